// THE list of doors. CDK builds from it, the embedded ground starts from it. A door that is not here does not exist.

export type TableGrant =
  | 'catalogue:read'
  | 'catalogue:write'
  | 'index:read'
  | 'index:write'
  | 'index:delete'
  | 'index:searches'
  | 'audit:append'
  | 'audit:read';
export type BucketGrant =
  | 'intake:read'
  | 'intake:presign'
  | 'intake:delete'
  | 'vault:read'
  | 'vault:write'
  | 'vault:hold'
  | 'vault:destroy'
  | 'ledger:append'
  | 'ledger:seal'
  | 'ledger:read';
export type QueueGrant = `queue:${string}`;
export type Grant = TableGrant | BucketGrant | QueueGrant | 'dead-letters:read' | 'dead-letters:retry' | 'zgw:read';

export interface Door {
  readonly name: string;
  /** File that exports `handler`, from the root of the repository. */
  readonly entry: string;
  readonly trigger:
    | { readonly kind: 'http' }
    | { readonly kind: 'queue'; readonly also?: 'intake-object-created' }
    /** Local time of the archive's calendar, every night. */
    | { readonly kind: 'schedule'; readonly at: `${number}:${number}` };
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly grants: readonly Grant[];
  /** What cannot be part of its bundle: entries that run in a thread of their own, and packages that read their own files. */
  readonly beside?: { readonly entries: readonly string[]; readonly packages: readonly string[] };
  /** What a person notices when this door fails: the alarm quotes it. Dutch. */
  readonly errorImpact: string;
}

export const doors = [
  {
    name: 'api',
    entry: 'functions/api.ts',
    trigger: { kind: 'http' },
    timeoutSeconds: 29,
    memoryMb: 1024,
    grants: [
      'catalogue:read',
      'catalogue:write',
      'index:read',
      'index:write',
      'index:searches',
      'audit:append',
      'audit:read',
      'intake:read',
      'intake:presign',
      'vault:read',
      'vault:hold',
      'ledger:read',
      'queue:ingest-bundle',
      'queue:apply-hold',
      'queue:apply-retention',
      'queue:sync-cases',
      'queue:propose-destruction',
      'queue:execute-destruction',
      'queue:nightly-upkeep',
      'dead-letters:read',
      'dead-letters:retry',
      'zgw:read',
    ],
    errorImpact: 'Niemand kan inloggen, uploaden, zoeken of beslissen.',
  },
  {
    name: 'ingest-bundle',
    entry: 'functions/ingest-bundle.ts',
    trigger: { kind: 'queue', also: 'intake-object-created' },
    timeoutSeconds: 900,
    memoryMb: 2048,
    grants: [
      'catalogue:read',
      'catalogue:write',
      'index:read',
      'index:write',
      'index:delete',
      'audit:append',
      'intake:read',
      'intake:delete',
      'vault:read',
      'vault:write',
      'vault:hold',
      'queue:ingest-bundle',
      'queue:read-attachments',
    ],
    errorImpact: 'Een geüpload bestand blijft op "ontvangen" staan en is nog niet te vinden. Er gaat niets verloren.',
  },
  {
    name: 'read-attachments',
    entry: 'functions/read-attachments.ts',
    trigger: { kind: 'queue' },
    timeoutSeconds: 900,
    memoryMb: 3008,
    grants: ['catalogue:read', 'catalogue:write', 'index:read', 'index:write', 'index:delete', 'audit:append', 'vault:read', 'queue:read-attachments'],
    beside: { entries: ['functions/read-attachments/document-worker.ts'], packages: ['tesseract.js', '@tesseract.js-data/nld'] },
    errorImpact: 'Tekst in bijlagen is nog niet te vinden. De bijlagen zelf zijn er wel en berichten zijn gewoon te vinden.',
  },
  {
    name: 'apply-hold',
    entry: 'functions/apply-hold.ts',
    trigger: { kind: 'queue' },
    timeoutSeconds: 900,
    memoryMb: 512,
    grants: ['catalogue:read', 'catalogue:write', 'audit:append', 'vault:read', 'vault:hold', 'queue:apply-hold'],
    errorImpact: 'Een bevriezing is nog niet op elk bestand gezet. Vernietigen is al wel geblokkeerd.',
  },
  {
    name: 'apply-retention',
    entry: 'functions/apply-retention.ts',
    trigger: { kind: 'queue' },
    timeoutSeconds: 900,
    memoryMb: 512,
    grants: ['catalogue:read', 'catalogue:write', 'audit:append', 'queue:apply-retention'],
    errorImpact: 'Bundels van een gewijzigde zaak tonen nog de oude vernietigingsdatum. Er wordt niets te vroeg vernietigd.',
  },
  {
    name: 'sync-cases',
    entry: 'functions/sync-cases.ts',
    trigger: { kind: 'schedule', at: '01:00' },
    timeoutSeconds: 900,
    memoryMb: 512,
    grants: ['catalogue:read', 'catalogue:write', 'audit:append', 'queue:apply-retention', 'queue:sync-cases', 'zgw:read'],
    errorImpact: 'Zaken zijn vannacht niet bijgewerkt uit het zaaksysteem. Afgehandelde en heropende zaken tonen nog de oude stand.',
  },
  {
    name: 'propose-destruction',
    entry: 'functions/propose-destruction.ts',
    trigger: { kind: 'schedule', at: '02:00' },
    timeoutSeconds: 900,
    memoryMb: 1024,
    grants: ['catalogue:read', 'catalogue:write', 'audit:append', 'queue:propose-destruction'],
    errorImpact: 'Er is vannacht geen vernietigingslijst gemaakt. Morgen volgt hetzelfde voorstel.',
  },
  {
    name: 'execute-destruction',
    entry: 'functions/execute-destruction.ts',
    trigger: { kind: 'schedule', at: '03:00' },
    timeoutSeconds: 900,
    memoryMb: 1024,
    grants: [
      'catalogue:read',
      'catalogue:write',
      'index:read',
      'index:delete',
      'audit:append',
      'ledger:append',
      'ledger:read',
      'queue:destroy-bundle',
      'queue:execute-destruction',
    ],
    errorImpact: 'Een lijst waarvan de bedenktijd om is, is nog niet uitgevoerd.',
  },
  {
    name: 'destroy-bundle',
    entry: 'functions/destroy-bundle.ts',
    trigger: { kind: 'queue' },
    timeoutSeconds: 900,
    memoryMb: 1024,
    grants: [
      'catalogue:read',
      'catalogue:write',
      'index:read',
      'index:delete',
      'audit:append',
      'intake:read',
      'intake:delete',
      'vault:read',
      'vault:destroy',
      'ledger:append',
      'ledger:read',
      'queue:destroy-bundle',
      'queue:execute-destruction',
    ],
    errorImpact: 'Een bundel staat op "wordt vernietigd" en de lijst is nog niet afgerond.',
  },
  {
    name: 'nightly-upkeep',
    entry: 'functions/nightly-upkeep.ts',
    trigger: { kind: 'schedule', at: '04:00' },
    timeoutSeconds: 900,
    memoryMb: 1024,
    grants: [
      'catalogue:read',
      'catalogue:write',
      'index:read',
      'index:delete',
      'index:searches',
      'audit:append',
      'audit:read',
      'intake:read',
      'intake:delete',
      'ledger:seal',
      'ledger:read',
      'queue:ingest-bundle',
      'queue:read-attachments',
      'queue:apply-hold',
      'queue:apply-retention',
      'queue:destroy-bundle',
      'queue:nightly-upkeep',
    ],
    errorImpact:
      'Vastgelopen werk wordt niet opnieuw gestart, verlopen uploads blijven staan, woorden van wat vernietigd is staan nog in de woordenlijst en het logboek van gisteren is nog niet verzegeld.',
  },
] as const satisfies readonly Door[];

export type DoorName = (typeof doors)[number]['name'];
