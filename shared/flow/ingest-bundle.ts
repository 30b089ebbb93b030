// From received to indexed. The order is what makes it safe: prove → read and file → files into the vault → commit by ONE conditional
// write → the upload removed last. Nothing shows before the commit; every step can be repeated; whatever breaks, the next delivery goes on.
import type { Acting } from '#core/audit/audited.ts';
import { makeDoubtGatherer } from '#core/intake/gather-doubts.ts';
import type { Bundle, ProblemCode } from '#core/model/bundle.ts';
import { headBytes } from '#core/parse/generic/propose-mapping.ts';
import { withHead } from '#core/parse/with-head.ts';
import { segmentsOf, segmentText } from '#core/search/segment-list.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { AskedTable } from '#store/index/conversation-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { hashOf, inspectUpload } from '#store/inspect-upload.ts';
import type { IntakeStore } from '#store/intake.ts';
import { keylessOriginal } from '#store/keyless-original.ts';
import type { PendingStore } from '#store/pending-store.ts';
import { fromBytes, type RandomAccess } from '#store/random-access.ts';
import { vaultKey } from '#store/table.ts';
import type { VaultStore } from '#store/vault.ts';
import { acted, settle } from './acted.ts';
import { coverByCases, type NeedsCases } from './cover-by-cases.ts';
import { coverByRules, type NeedsRules } from './cover-by-rules.ts';
import { type Lease, LeaseLost, takeLease } from './ingest-lease.ts';
import { keepFiles, type NeedsKeeping } from './keep-files.ts';
import type { NeedsLog, NeedsQueue } from './needs.ts';
import { planReading } from './plan-reading.ts';
import { type ChatFile, type NeedsReading, type Reading, readConversations } from './read-conversations.ts';
import { clearIndex, clearRefused, type NeedsRefuse, refuseBundle } from './refuse-bundle.ts';

export interface NeedsIngest extends NeedsCases, NeedsRules, NeedsKeeping, NeedsReading, NeedsRefuse, NeedsLog, NeedsQueue {
  readonly bundles: BundleStore;
  readonly index: IndexStore;
  readonly intake: IntakeStore;
  readonly vault: VaultStore;
  readonly cases: NeedsCases['cases'] & NeedsRules['cases'];
  readonly pending: NeedsRules['pending'] & Pick<PendingStore, 'begin'>;
}

export type IngestOutcome =
  | { readonly kind: 'indexed' | 'needs-answer' | 'refused' | 'nothing' }
  /** Another is at it; ask again then. */
  | { readonly kind: 'busy'; readonly retryInSeconds: number };

/** Uploads up to this size are read into memory once; larger ones by range. */
const wholeBytes = 16 * 2 ** 20;

export async function ingestBundle(needs: NeedsIngest, acting: Acting, bundleId: string): Promise<IngestOutcome> {
  const lease = await takeLease(needs, bundleId, needs.ids.make('run'));
  if (lease === null) return finishDone(needs, bundleId);
  if ('busyUntil' in lease) return { kind: 'busy', retryInSeconds: Math.max(1, Math.ceil((lease.busyUntil - needs.clock.epochMs()) / 1000)) };
  try {
    await settle(needs, lease.bundle);
    return { kind: await work(needs, acting, lease) };
  } catch (error) {
    if (error instanceof LeaseLost) return { kind: 'nothing' };
    await lease.giveBack().catch(() => undefined);
    throw error;
  }
}

/** Delivered again after the deciding write: what comes after it may be unfinished. */
async function finishDone(needs: NeedsIngest, bundleId: string): Promise<IngestOutcome> {
  const bundle = await needs.bundles.get(bundleId);
  if (bundle === null || bundle.state === 'needs-answer' || bundle.state === 'awaiting-upload') return { kind: 'nothing' };
  if (bundle.state === 'refused') {
    await clearRefused(needs, bundle);
    return { kind: 'refused' };
  }
  if (bundle.state !== 'indexed') {
    await needs.intake.remove(bundleId);
    return { kind: 'nothing' };
  }
  await finishIndexed(needs, bundle);
  return { kind: 'indexed' };
}

async function work(needs: NeedsIngest, acting: Acting, lease: Lease): Promise<'indexed' | 'needs-answer' | 'refused'> {
  const { bundle } = lease;
  const refuse = async (problem: { readonly code: ProblemCode; readonly evidence?: Readonly<Record<string, string | number>> }) => {
    if (!(await refuseBundle(needs, acting, bundle.id, { from: ['ingesting'], problem, also: lease.mine }))) throw new LeaseLost();
    return 'refused' as const;
  };
  const upload = await openUpload(needs, bundle, lease);
  if (upload === null) return refuse({ code: 'upload.expired' });
  const names = await needs.index.getNames(bundle.id);
  const fileName = names?.fileName ?? '';
  const { size, sha256 } = upload.there ?? bundle;
  const inspection = await inspectUpload(upload.source, { fileName, size, sha256 });
  if (!inspection.ok) return refuse(inspection.problem);
  const plan = planReading(inspection, { fileName, registeredAt: bundle.createdAt });
  if (!plan.ok) return refuse(plan.problem);

  const doubts = makeDoubtGatherer();
  for (const doubt of plan.doubts) doubts.add(doubt);
  const { dateOrder, mappings } = bundle.answers;
  if (mappings !== undefined) await needs.index.removeAskedTable(bundle.id);
  const firstFree = plan.attachments.length + 1;
  const reading = await readConversations(needs, { bundleId: bundle.id, chats: plan.chats, dateOrder, mappings, firstFree, doubts, keep: lease.keep });
  if (reading.counts.records === 0) return refuse({ code: 'file.not-a-chat' });
  if (reading.tooMany) return refuse({ code: 'file.too-many-conversations', evidence: { segments: reading.segments.length } });
  await lease.keep();
  await needs.index.putNames(bundle.id, { fileName, sourceFiles: plan.chats.map(({ source }) => ({ file: source.file, name: source.name })) });
  await needs.bundles.putDoubts(bundle.id, doubts.places());
  const read = { format: plan.format, readerVersion: plan.readerVersion, counts: reading.counts, period: reading.period, doubts: doubts.summary() };
  if (reading.asks) {
    await ask(needs, acting, lease, read, reading.unmapped);
    return 'needs-answer';
  }

  await dropStale(needs, bundle.id, reading);
  for (const conversation of reading.conversations) await needs.index.putConversation(bundle.id, conversation);
  const found = doubts.summary();
  const keyless = found.some(({ code }) => code === 'secrets.present') ? await keylessOriginal(upload.source, fileName) : null;
  const kept = await keepFiles(needs, { bundle, files: plan.attachments, embedded: reading.embedded, keyless, there: upload.there, keep: lease.keep });
  const files = plan.attachments.length + reading.embedded.length;
  const toRead = files === 0 ? {} : { attachmentText: { state: 'reading', total: files, read: 0, withText: 0, segments: '', batches: 0 } as const };
  await finishIndexed(
    needs,
    await commit(needs, acting, lease, { ...read, ...toRead, ...(kept ? { kept } : {}), segments: reading.segments.map(segmentText).join(' ') }),
  );
  return 'indexed';
}

interface Upload {
  readonly source: RandomAccess;
  /** What lies in the vault in its place. */
  readonly there: Bundle['kept'] | null;
}

/** The upload; or the original in the vault, when an attempt came that far and the upload has gone since. Null: there is nothing to read. */
async function openUpload(needs: NeedsIngest, bundle: Bundle, lease: Lease): Promise<Upload | null> {
  const object = await needs.intake.head(bundle.id);
  if (object === null) {
    const original = vaultKey.original(bundle.id);
    const kept = await needs.vault.head(original);
    if (kept === null) return null;
    const source = keeping(needs.vault.source(original, kept.size), lease);
    return { source, there: kept.size === bundle.size ? null : { size: kept.size, sha256: kept.sha256 ?? (await hashOf(source)) } };
  }
  const source = needs.intake.open(bundle.id, object);
  return { source: object.size <= wholeBytes ? fromBytes(await source.read(0, object.size)) : keeping(source, lease), there: null };
}

/** Long readings keep the lease alive. */
function keeping(source: RandomAccess, lease: Lease): RandomAccess {
  return {
    size: source.size,
    read: async (from, to) => {
      await lease.keep();
      return source.read(from, to);
    },
  };
}

type Found = Pick<Bundle, 'format' | 'readerVersion' | 'counts' | 'period' | 'doubts'>;

/** What was filed before the question came up goes out again: after the answer the same words may stand under other dates. */
async function ask(needs: NeedsIngest, acting: Acting, lease: Lease, found: Found, unmapped: ChatFile | null): Promise<void> {
  const { id } = lease.bundle;
  await clearIndex(needs, id);
  // What is asked about is content: its start stands in the index, as short as the question is open.
  if (unmapped !== null) await needs.index.putAskedTable(id, await askedTable(unmapped));
  const event = acted(needs, acting, 'bundle.ask', id, { questions: found.doubts.filter((doubt) => doubt.severity === 'question').length });
  const patch = { ...found, lease: null, pendingEvent: event };
  const moved = await needs.bundles.move(id, ['ingesting'], 'needs-answer', needs.clock.now(), needs.clock.today(), patch, lease.mine);
  if (moved === null) throw new LeaseLost();
  await settle(needs, moved);
}

async function askedTable({ reader, source }: ChatFile): Promise<AskedTable> {
  const { head } = await withHead(source.open(), headBytes);
  return { file: source.file, name: source.name, kind: reader.format === 'generic-json' ? 'json' : 'csv', head };
}

/** An earlier attempt, by an earlier version of a reader, may have filed what this one did not: then all is filed anew. */
async function dropStale(needs: NeedsIngest, bundleId: string, reading: Reading): Promise<void> {
  const mine = new Set(reading.segments.map((segment) => segment.id));
  const [segments, conversations] = await Promise.all([needs.index.listSegments(bundleId), needs.index.listConversations(bundleId)]);
  for (const segment of segments) if (!mine.has(segment.id)) await needs.index.deleteSegment(segment);
  if (conversations.length <= reading.conversations.length) return;
  await clearIndex(needs, bundleId);
  throw new Error('ingest: an earlier attempt had filed more; all is filed anew');
}

/** The one write that makes a bundle visible. It fails when anybody changed the head since it was read: then it is read again. */
async function commit(needs: NeedsIngest, acting: Acting, lease: Lease, found: Found & Pick<Bundle, 'segments' | 'attachmentText' | 'kept'>): Promise<Bundle> {
  const { id } = lease.bundle;
  for (;;) {
    const head = await coverByCases(needs, acting, lease.bundle);
    if (head.state !== 'ingesting' || head.lease?.attempt !== lease.attempt) throw new LeaseLost();
    const at = needs.clock.now();
    const event = acted(needs, acting, 'bundle.index', id, { records: found.counts?.records ?? 0, doubts: found.doubts.length });
    const patch = { ...found, indexedAt: at, retention: head.retention, lease: null, pendingEvent: event };
    const unchanged = {
      text: `${lease.mine.text} AND #rev = :rev`,
      names: { ...lease.mine.names, '#rev': 'rev' },
      values: { ...lease.mine.values, ':rev': head.rev },
    };
    const indexed = await needs.bundles.move(id, ['ingesting'], 'indexed', at, needs.clock.today(), patch, unchanged);
    if (indexed !== null) return indexed;
  }
}

/**
 * After the commit: the event, the hotspots that cover it, the legal hold on what the vault got meanwhile, the reading of attachments, and at last the upload's end. A hold that came before the
 * commit is on the head we got back; one that comes after finds every object in its place.
 */
async function finishIndexed(needs: NeedsIngest, bundle: Bundle): Promise<void> {
  await settle(needs, bundle);
  await coverByRules(needs, bundle);
  if (bundle.holds.length > 0) await lockAsHeld(needs, bundle.id);
  if (bundle.attachmentText?.state === 'reading') {
    await needs.pending.begin('attachments', bundle.id, needs.clock.now());
    await needs.queue.send('read-attachments', { bundleId: bundle.id });
  }
  await needs.intake.remove(bundle.id);
  needs.log.info('bundle.indexed', { bundleId: bundle.id, records: bundle.counts?.records, segments: segmentsOf(bundle).length });
}

/** The objects follow the head, also when a hold comes or goes in these very moments: whoever writes last looks last. */
async function lockAsHeld(needs: NeedsIngest, bundleId: string): Promise<void> {
  const isHeld = async () => ((await needs.bundles.get(bundleId))?.holds.length ?? 0) > 0;
  for (let held = await isHeld(); ; ) {
    await needs.vault.setLegalHold(bundleId, held ? 'ON' : 'OFF');
    const now = await isHeld();
    if (now === held) return;
    held = now;
  }
}
