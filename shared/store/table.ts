// THE schema: three tables, every key and every access pattern on one page. CDK and the embedded engine build from it.
//
// catalogue  (backed up; nothing that was said, no title, no name out of a chat)
//   pk                      sk                 what
//   BUNDLE#<id>             HEAD               bundle head                 byState, byUploader, byDue
//   BUNDLE#<id>             DOUBTS#<n>         up to 200 doubt places a page
//   SHA256#<hex>            HEAD               the bundle that claimed this file: same file twice → 409
//   CASE#<id>               HEAD               case                        byState, byDue (due cases are found through their bundles)
//   CASE#<id>               BUNDLE#<bundleId>  link: bundles of a case
//   HOLD#<id>               HEAD               hold                        byState
//   LIST#<id>               HEAD               destruction list            byState
//   LIST#<id>               ITEM#<bundleId>    item of the list
//   CERTIFICATE#<id>        HEAD               where it lies in the ledger, its hash and number
//   SETTINGS                HEAD               settings
//   RUN#<id>                HEAD               a run of a nightly job      byState
//   JOB#<name>              HEAD               how far the job has come (last month asked)
//   IDEMPOTENCY#<hash>      HEAD               key, fingerprint and outcome of a POST; ttl
//   SESSION#<hash>          HEAD               browser session (BFF); ttl
// index      (no backup: nothing outlives destruction; rebuildable from the originals)
//   bundle:<id>             names              file name and source file names as handed in
//   bundle:<id>             conversation:<n>   title, participants, counts, segments
//   bundle:<id>             attachments:<n>    page of attachments: name, presence, media type, size, sha256, vault key
//   segment:<segmentId>     head | columns | block:<n> | terms
//   drawer:<level>:<d>      <segmentId>[#<n>]  postings of the terms of one drawer in one segment
// audit      (append only)
//   DAY#<date>              <instant>#<id>     event                       byObject, byActor

export const tableSchemas = {
  catalogue: {
    backup: true,
    indexes: {
      byState: { partition: 'stateKey', sort: 'stateAt' },
      byUploader: { partition: 'uploaderKey', sort: 'createdAt' },
      byDue: { partition: 'dueMonth', sort: 'dueKey' },
    },
    ttl: 'expiresAt',
  },
  index: { backup: false, indexes: {}, ttl: null },
  audit: {
    backup: true,
    indexes: {
      byObject: { partition: 'object', sort: 'sk' },
      byActor: { partition: 'actor', sort: 'sk' },
    },
    ttl: null,
  },
} as const;

export type TableName = keyof typeof tableSchemas;

export const catalogueKey = {
  bundle: (id: string) => ({ pk: `BUNDLE#${id}`, sk: 'HEAD' }),
  bundleDoubts: (id: string, page: number) => ({ pk: `BUNDLE#${id}`, sk: `DOUBTS#${String(page).padStart(6, '0')}` }),
  sha256: (hex: string) => ({ pk: `SHA256#${hex}`, sk: 'HEAD' }),
  case: (id: string) => ({ pk: `CASE#${id}`, sk: 'HEAD' }),
  caseBundle: (caseId: string, bundleId: string) => ({ pk: `CASE#${caseId}`, sk: `BUNDLE#${bundleId}` }),
  hold: (id: string) => ({ pk: `HOLD#${id}`, sk: 'HEAD' }),
  list: (id: string) => ({ pk: `LIST#${id}`, sk: 'HEAD' }),
  listItem: (id: string, bundleId: string) => ({ pk: `LIST#${id}`, sk: `ITEM#${bundleId}` }),
  certificate: (id: string) => ({ pk: `CERTIFICATE#${id}`, sk: 'HEAD' }),
  settings: () => ({ pk: 'SETTINGS', sk: 'HEAD' }),
  run: (id: string) => ({ pk: `RUN#${id}`, sk: 'HEAD' }),
  job: (name: string) => ({ pk: `JOB#${name}`, sk: 'HEAD' }),
  idempotency: (hash: string) => ({ pk: `IDEMPOTENCY#${hash}`, sk: 'HEAD' }),
  session: (hash: string) => ({ pk: `SESSION#${hash}`, sk: 'HEAD' }),
} as const;

export const indexKey = {
  names: (bundleId: string) => ({ pk: `bundle:${bundleId}`, sk: 'names' }),
  conversation: (bundleId: string, n: number) => ({ pk: `bundle:${bundleId}`, sk: `conversation:${String(n).padStart(6, '0')}` }),
  attachments: (bundleId: string, page: number) => ({ pk: `bundle:${bundleId}`, sk: `attachments:${String(page).padStart(6, '0')}` }),
  segmentHead: (segmentId: string) => ({ pk: `segment:${segmentId}`, sk: 'head' }),
  segmentColumns: (segmentId: string) => ({ pk: `segment:${segmentId}`, sk: 'columns' }),
  segmentBlock: (segmentId: string, n: number) => ({ pk: `segment:${segmentId}`, sk: `block:${String(n).padStart(4, '0')}` }),
  segmentTerms: (segmentId: string) => ({ pk: `segment:${segmentId}`, sk: 'terms' }),
  drawer: (level: number, drawer: number, segmentId: string, continuation = 0) => ({
    pk: `drawer:${level}:${drawer}`,
    sk: continuation === 0 ? segmentId : `${segmentId}#${continuation}`,
  }),
} as const;

/** Keys of the vault: one prefix a bundle. */
export const vaultKey = {
  prefix: (bundleId: string) => `bundles/${bundleId}/`,
  original: (bundleId: string) => `bundles/${bundleId}/original`,
  attachment: (bundleId: string, n: number) => `bundles/${bundleId}/attachments/${String(n).padStart(6, '0')}`,
} as const;

export const intakeKey = { upload: (bundleId: string) => `uploads/${bundleId}` } as const;
export const ledgerKey = {
  certificateJson: (id: string) => `certificates/${id}.json`,
  certificatePdf: (id: string) => `certificates/${id}.pdf`,
} as const;

/** State keys for the byState index: `bundle#indexed`, `list#draft`, `hold#active`. */
export function stateKey(kind: 'bundle' | 'case' | 'hold' | 'list' | 'run', state: string): string {
  return `${kind}#${state}`;
}

/**
 * `DUE#2031-04` and `2031-04-17#bundle_…`. A bundle is filed under the month of its action date, or under the month in which it is filed
 * when that is later (a date moved into the past, a hold released): so the nightly job asks only for the months since its last run.
 */
export function dueKeys(actionDate: string, bundleId: string, filedOn: string): { dueMonth: string; dueKey: string } {
  const month = actionDate > filedOn ? actionDate.slice(0, 7) : filedOn.slice(0, 7);
  return { dueMonth: `DUE#${month}`, dueKey: `${actionDate}#${bundleId}` };
}
