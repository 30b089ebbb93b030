// The life of a bundle on the engines: a case is closed, the calendar goes on, people decide, the list is carried out.
// `broken` is the same house on clients that break at a chosen write.
import { zstdDecompressSync } from 'node:zlib';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle, OwnRetention } from '#core/model/bundle.ts';
import type { DestructionList } from '#core/model/destruction-list.ts';
import { type BundleId, CaseId, type ListId } from '#core/model/id.ts';
import type { Role } from '#core/model/role.ts';
import type { CalendarDate, Instant } from '#core/model/time.ts';
import { destroyBundle } from '#flow/destroy-bundle.ts';
import { executeDestruction, executeList } from '#flow/execute-destruction.ts';
import { proposeDestruction } from '#flow/propose-destruction.ts';
import { type CaseOrder, putCase } from '#flow/put-case.ts';
import { workOnList } from '#flow/work-on-list.ts';
import type { Services } from '#runtime/services.ts';
import { makeAuditStore } from '#store/audit-store.ts';
import { makeBundleStore } from '#store/bundle-store.ts';
import { makeCaseStore } from '#store/case-store.ts';
import { makeCatalogue } from '#store/catalogue.ts';
import { makeCertificateStore } from '#store/certificate-store.ts';
import { makeCustodianStore } from '#store/custodian-store.ts';
import { makeHoldStore } from '#store/hold-store.ts';
import { makeIndexStore } from '#store/index/index-store.ts';
import { makeIntakeStore } from '#store/intake.ts';
import { makeLedger } from '#store/ledger.ts';
import { makeListStore } from '#store/list-store.ts';
import { makePendingStore } from '#store/pending-store.ts';
import { makeRunStore } from '#store/run-store.ts';
import { makeSavedSearchStore } from '#store/saved-search-store.ts';
import { makeSealStore } from '#store/seal-store.ts';
import { makeSettingsStore } from '#store/settings-store.ts';
import { makeVaultStore } from '#store/vault.ts';
import { makeZgwStateStore } from '#store/zgw/zgw-state-store.ts';
import { craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { type Breaker, makeBreaker } from './breaking-clients.ts';
import type { Engines } from './engines.ts';
import { ingested, type Sent, servicesOn } from './handed-in.ts';

export const date = (text: string) => text as CalendarDate;
export const person = (subject: string, role: Role): Acting => ({ subject, role, origin: 'test' });
export const anna = person('sub-anna', 'records-manager');
export const bert = person('sub-bert', 'records-manager');
export const carla = person('sub-carla', 'archivist');
export const night: Acting = { subject: 'system', role: 'system', origin: 'night/1' };

/** Stands in for the drawing of a certificate, which has its own test. */
const renderCertificate = async (certificate: { readonly number: string }) => new TextEncoder().encode(`%PDF ${certificate.number}`);

export type House = Services & { readonly intakeDays: number; readonly renderCertificate: typeof renderCertificate };

export interface Lifecycle {
  readonly house: House;
  /** The same stores behind the breaker. */
  readonly broken: House;
  readonly breaker: Breaker;
  readonly sent: Sent[];
  readonly setToday: (today: string) => void;
  /** Lets real time pass, for what looks at how long something stands. */
  readonly pass: (ms: number) => void;
}

export function lifecycleOn(engines: Engines, startsOn: string): Lifecycle {
  let today = date(startsOn);
  let passed = 0;
  const breaker = makeBreaker();
  const base = servicesOn(engines);
  const epochMs = () => Date.now() + passed;
  const clock = { epochMs, now: () => new Date(epochMs()).toISOString() as Instant, today: () => today };
  const house: House = { ...base, clock, ...storesOn(engines, engines.dynamo, engines.s3, clock.epochMs), intakeDays: 14, renderCertificate };
  const broken: House = {
    ...house,
    ...storesOn(engines, breaker.wrap(engines.dynamo), breaker.wrap(engines.s3), clock.epochMs),
    queue: { send: breaker.guard(base.queue.send) as Services['queue']['send'] },
  };
  return {
    house,
    broken,
    breaker,
    sent: base.sent,
    setToday: (next) => {
      today = date(next);
    },
    pass: (ms) => {
      passed += ms;
    },
  };
}

function storesOn(engines: Engines, dynamo: Engines['dynamo'], s3: Engines['s3'], epochMs: () => number) {
  const { config } = engines;
  const catalogue = makeCatalogue(dynamo, config.tables.catalogue);
  const ledger = makeLedger(s3, config.buckets.ledger);
  return {
    dynamo,
    s3,

    catalogue,
    bundles: makeBundleStore(catalogue),
    audit: makeAuditStore(dynamo, config.tables.audit, epochMs),
    cases: makeCaseStore(catalogue),
    custodians: makeCustodianStore(catalogue),
    holds: makeHoldStore(catalogue),
    lists: makeListStore(catalogue),
    certificates: makeCertificateStore(catalogue),
    runs: makeRunStore(catalogue),
    pending: makePendingStore(catalogue),
    settings: makeSettingsStore(catalogue),
    zgwState: makeZgwStateStore(catalogue),
    savedSearches: makeSavedSearchStore(dynamo, config.tables.index),
    index: makeIndexStore({ dynamo, table: config.tables.index, shards: config.drawerShards }),
    intake: makeIntakeStore(s3, s3, { bucket: config.buckets.intake, linkSeconds: 600 }, epochMs),
    vault: makeVaultStore(s3, s3, config.buckets.vault, epochMs),
    ledger,
    seals: makeSealStore(ledger),
  };
}

let numbered = 0;
/** A case number that no other test has. */
export function newCaseId(): CaseId {
  return CaseId.parse(`ZAAK-2024-${String(++numbered).padStart(4, '0')}`);
}

const open: CaseOrder = {
  title: null,
  state: 'open',
  closedOn: null,
  selection: '6.2',
  nomination: null,
  period: null,
  derivation: { kind: 'afgehandeld' },
};

export function openCase(given: Partial<CaseOrder> = {}): CaseOrder {
  return { ...open, ...given };
}

export function closedCase(closedOn: string, given: Partial<CaseOrder> = {}): CaseOrder {
  return { ...open, state: 'closed', closedOn: date(closedOn), ...given };
}

export async function havingCase(house: House, order: CaseOrder, id: CaseId = newCaseId()): Promise<CaseId> {
  const put = await putCase(house, anna, id, order);
  if (!put.ok) throw new Error(put.fault.code);
  return id;
}

export interface ChatOrder {
  readonly word?: string;
  readonly messages?: number;
  readonly attachments?: number;
  readonly retention?: OwnRetention;
}

let chats = 0;
/** A chat of its own words, ingested as a person would hand it in; with attachments as a zip. */
export async function havingBundle(house: House, caseIds: readonly CaseId[], order: ChatOrder = {}): Promise<Bundle> {
  const n = ++chats;
  const word = order.word ?? 'kademuur';
  const lines: string[] = [];
  for (let i = 0; i < (order.messages ?? 3); i++)
    lines.push(`13-02-2024 09:${String(i % 60).padStart(2, '0')} - Noor de Wit: ${word} regel ${i} van chat ${n}`);
  const photos = Array.from({ length: order.attachments ?? 0 }, (_, i) => `IMG-20240213-WA${String(i).padStart(4, '0')}.jpg`);
  for (const photo of photos) lines.push(`13-02-2024 10:00 - Noor de Wit: ${photo} (bestand bijgevoegd)`);
  const text = `${lines.join('\n')}\n`;
  const jpeg = (i: number) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]), Buffer.from(`${word} ${n} ${i}`)]);
  const bytes =
    photos.length === 0
      ? text
      : craftZip({ entries: [{ name: `WhatsApp-chat met ${word}.txt`, data: text }, ...photos.map((name, i) => ({ name, data: jpeg(i) }))] });
  const bundle = await ingested(house, {
    fileName: `WhatsApp-chat met ${word}.${photos.length === 0 ? 'txt' : 'zip'}`,
    bytes,
    caseIds,
    ...(order.retention === undefined ? {} : { retention: order.retention }),
  });
  if (bundle.state !== 'indexed') throw new Error(`not indexed: ${bundle.state}`);
  return bundle;
}

/** The list on which the night put this bundle. */
export async function listOf(house: House, bundleId: BundleId): Promise<DestructionList | null> {
  const [listing] = await house.lists.listings([bundleId]);
  return listing === undefined ? null : house.lists.get(listing.listId);
}

export async function proposedList(house: House, bundleId: BundleId): Promise<DestructionList> {
  await proposeDestruction(house, night);
  const list = await listOf(house, bundleId);
  if (list === null) throw new Error('not proposed');
  return list;
}

/** Takes a draft through all its people to cooling-off. */
export async function confirmedList(house: House, id: ListId): Promise<DestructionList> {
  const list = await house.lists.get(id);
  const steps = [
    [anna, { action: 'submit' }],
    [bert, { action: 'review', decisions: [], approve: true, remark: null }],
    [carla, { action: 'authorise', approve: true, remark: null }],
    [anna, { action: 'confirm', name: list?.name ?? '' }],
  ] as const;
  let moved: DestructionList | null = null;
  for (const [acting, order] of steps) {
    const answer = await workOnList(house, acting, id, order);
    if (!answer.ok) throw new Error(answer.fault.code);
    moved = answer.value;
  }
  if (moved === null) throw new Error('no list');
  return moved;
}

/** Carries out all that the queue was told, until it is silent; what was handed on, in order. */
export async function drain(life: Lifecycle): Promise<string[]> {
  const done: string[] = [];
  for (let sent = life.sent.shift(); sent !== undefined; sent = life.sent.shift()) {
    const { door, message } = sent;
    done.push(door);
    if (door === 'destroy-bundle') await destroyBundle(life.house, night, message['listId'] as ListId, message['bundleId'] as BundleId);
    if (door === 'execute-destruction') await executeList(life.house, night, message['listId'] as ListId);
  }
  return done;
}

export async function carryOut(life: Lifecycle): Promise<void> {
  life.sent.length = 0;
  await executeDestruction(life.house, night);
  await drain(life);
}

/** Word for word: all that the tables and buckets hold, as text. */
export async function everythingStored(engines: Engines): Promise<string> {
  const found: string[] = [];
  for (const table of Object.values(engines.config.tables)) {
    let from: Record<string, unknown> | undefined;
    do {
      const page = await engines.dynamo.send(new ScanCommand({ TableName: table, ...(from === undefined ? {} : { ExclusiveStartKey: from }) }));
      for (const item of page.Items ?? []) found.push(JSON.stringify(item, (_, value: unknown) => (value instanceof Uint8Array ? readable(value) : value)));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  }
  for (const bucket of Object.values(engines.config.buckets)) {
    const { Versions } = await engines.s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    for (const version of Versions ?? []) {
      const { Body } = await engines.s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: version.Key ?? '', ...(version.VersionId === undefined ? {} : { VersionId: version.VersionId }) }),
      );
      found.push(version.Key ?? '', Buffer.from((await Body?.transformToByteArray()) ?? []).toString('latin1'));
    }
  }
  return found.join('\n');
}

/** Bytes as they are, and as they are when unpacked: the index packs its texts. */
function readable(bytes: Uint8Array): string {
  const plain = Buffer.from(bytes).toString('latin1');
  try {
    return `${plain}\n${zstdDecompressSync(bytes).toString('utf8')}`;
  } catch {
    return plain;
  }
}
