// Reads the text of a bundle's attachments, off the ingest path, and files it beside the conversation. Batch by batch: text, what became of
// each file, doubts; then ONE write to the head by which it may be found. Safe to repeat; whatever breaks, the next delivery goes on.
// No attachment makes a bundle fail: what cannot be read is a doubt.
import type { AttachmentKind } from '#core/attachment/attachment-kind.ts';
import { attachmentLimits } from '#core/attachment/attachment-limits.ts';
import type { ReadOutcome, UnreadReason } from '#core/attachment/read-outcome.ts';
import type { Acting } from '#core/audit/audited.ts';
import { makeDoubtGatherer } from '#core/intake/gather-doubts.ts';
import type { AttachmentMark } from '#core/model/attachment-text.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { Doubt, DoubtCode } from '#core/model/doubt.ts';
import type { BundleId } from '#core/model/id.ts';
import { allSegments, isShelf, shelfOf, shelfSegments, shelfSegmentText } from '#core/search/attachment-shelf.ts';
import { type FiledRecord, type Segment, segmentPlaceOf } from '#core/search/segment.ts';
import { makeSegmentBuilder } from '#core/search/segment-builder.ts';
import type { BundlePatch, BundleStore } from '#store/bundle-store.ts';
import type { FiledAttachmentText } from '#store/index/attachment-text-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { zstdPacking } from '#store/index/packing.ts';
import type { PendingStore } from '#store/pending-store.ts';
import type { VaultStore } from '#store/vault.ts';
import { acted, settle } from './acted.ts';
import { type AttachmentWork, takeAttachmentWork, WorkLost } from './attachment-work.ts';
import type { NeedsAudit, NeedsLog, NeedsQueue } from './needs.ts';
import { type NeedsPlan, type PlannedAttachment, planAttachments } from './plan-attachments.ts';

export interface NeedsReadAttachments extends NeedsAudit, NeedsQueue, NeedsLog {
  readonly bundles: Pick<BundleStore, 'get' | 'patch' | 'putAttachmentDoubts' | 'removeAttachmentDoubts' | 'removeDoubts'>;
  readonly index: NeedsPlan['index'] &
    Pick<
      IndexStore,
      | 'writeSegment'
      | 'deleteSegment'
      | 'listSegments'
      | 'bumpEpoch'
      | 'deleteBundleRange'
      | 'verifyBundleAbsent'
      | 'putAttachmentTexts'
      | 'deleteAttachmentTexts'
    >;
  readonly vault: Pick<VaultStore, 'open'>;
  readonly pending: Pick<PendingStore, 'get' | 'end'>;
  /** Text of a document or a picture; never throws. */
  readonly readText: (kind: AttachmentKind, bytes: Uint8Array) => Promise<ReadOutcome>;
}

export type AttachmentsOutcome =
  | { readonly kind: 'done' | 'nothing' | 'more' }
  /** Another is at it; ask again then. */
  | { readonly kind: 'busy'; readonly retryInSeconds: number };

export interface AttachmentBatchLimits {
  /** Files, UTF-16 units and milliseconds after which a batch is filed. */
  readonly files: number;
  readonly units: number;
  readonly ms: number;
}
const batchLimits: AttachmentBatchLimits = { files: 200, units: 1_000_000, ms: 30_000 };

/** Segments that a head can name beside those of the conversations; each takes some 12 bytes. */
export const mostShelfSegments = 5_000;

/** A file over which the machine died this often is passed over. */
const mostDeaths = 2;

const doubtOf: Readonly<Record<UnreadReason, readonly [DoubtCode, Doubt['severity']]>> = {
  'too-large': ['attachment.too-large-to-read', 'warning'],
  encrypted: ['attachment.encrypted', 'warning'],
  damaged: ['attachment.damaged', 'warning'],
  'no-text': ['attachment.no-text', 'note'],
  'not-read': ['attachment.text-not-read', 'note'],
  stopped: ['attachment.reading-stopped', 'warning'],
};

/** `until`: the work is handed on when this moment has passed. */
export async function readAttachments(
  needs: NeedsReadAttachments,
  acting: Acting,
  bundleId: BundleId,
  until: number,
  limits: AttachmentBatchLimits = batchLimits,
): Promise<AttachmentsOutcome> {
  const work = await takeAttachmentWork(needs, bundleId, needs.ids.make('run'));
  if (work === null) {
    await finishDone(needs, bundleId);
    return { kind: 'nothing' };
  }
  if ('busyUntil' in work) return { kind: 'busy', retryInSeconds: Math.max(1, Math.ceil((work.busyUntil - needs.clock.epochMs()) / 1000)) };
  const batch = makeBatch();
  try {
    return { kind: await goThrough(needs, acting, bundleId, work, batch, until, limits) };
  } catch (error) {
    if (!(error instanceof WorkLost)) {
      // An accident, not a death: the file at hand is not to blame, and the next attempt need not wait.
      await work.write(() => ({ lease: null, trying: null })).catch(() => undefined);
      throw error;
    }
    await withdraw(needs, bundleId, batch);
    return { kind: 'nothing' };
  }
}

/** Delivered again after the last write, or after the bundle went: what comes after may be unfinished. */
async function finishDone(needs: NeedsReadAttachments, bundleId: BundleId): Promise<void> {
  const head = await needs.bundles.get(bundleId);
  if (head !== null) await settle(needs, head);
  if (head?.state === 'indexed' && head.attachmentText?.state === 'done') await needs.index.bumpEpoch();
  // A machine that stood still through all of the destruction may have written after it.
  if (head?.state === 'destroyed' && !(await needs.index.verifyBundleAbsent(bundleId))) await needs.index.deleteBundleRange(bundleId);
  if (head?.state === 'destroyed') await needs.bundles.removeDoubts(bundleId);
  await endPending(needs, bundleId);
}

async function endPending({ pending }: NeedsReadAttachments, bundleId: string): Promise<void> {
  const begun = await pending.get('attachments', bundleId);
  if (begun !== null) await pending.end('attachments', bundleId, begun.since);
}

/** What has been read and is not on the head yet. */
interface Batch {
  items: { readonly planned: PlannedAttachment; readonly outcome: FiledAttachmentText['outcome']; readonly pages: readonly FiledRecord[] }[];
  units: number;
  since: number | null;
  /** Number of its page of doubts, once it was written. */
  doubts: number | null;
  segments: Segment[];
}

function makeBatch(): Batch {
  return { items: [], units: 0, since: null, doubts: null, segments: [] };
}

async function goThrough(
  needs: NeedsReadAttachments,
  acting: Acting,
  bundleId: BundleId,
  work: AttachmentWork,
  batch: Batch,
  until: number,
  limits: AttachmentBatchLimits,
): Promise<'done' | 'more'> {
  const head = await work.write(() => ({}));
  await settle(needs, head);
  await dropStale(needs, head);
  // A death between the head and the epoch leaves warm searches with an older mark.
  if (work.reading().read > 0) await needs.index.bumpEpoch();
  const plan = await planAttachments(needs, head);
  if (plan === null) {
    await work.write(() => ({}));
    throw new Error('attachments: a part of an indexed bundle is not in the index');
  }
  const now = needs.clock.epochMs;
  for (let at = work.reading().read; at < plan.length; at++) {
    const planned = plan[at];
    if (planned === undefined) break;
    const isSuspect = work.reading().suspect?.file === planned.file.n;
    const full = batch.items.length >= limits.files || batch.units >= limits.units || (batch.since !== null && now() - batch.since >= limits.ms);
    if (batch.items.length > 0 && (full || isSuspect || batch.items[0]?.planned.conversation !== planned.conversation)) {
      await commit(needs, bundleId, work, batch, plan.length);
    }
    if (now() >= until) {
      if (batch.items.length > 0) await commit(needs, bundleId, work, batch, plan.length);
      await work.write(() => ({ lease: null }));
      return 'more';
    }
    batch.since ??= now();
    const { outcome, pages } = await readOne(needs, work, planned, isSuspect);
    batch.items.push({ planned, outcome, pages });
    for (const page of pages) batch.units += page.text.length;
  }
  if (batch.items.length > 0) await commit(needs, bundleId, work, batch, plan.length);
  const { read, withText } = work.reading();
  const done = await work.write(
    () => ({ state: 'done', total: plan.length, lease: null, trying: null, suspect: null }),
    () => ({ pendingEvent: acted(needs, acting, 'bundle.read-attachments', bundleId, { attachments: read, withText }) }),
  );
  await settle(needs, done);
  await endPending(needs, bundleId);
  needs.log.info('attachments.read', { bundleId, attachments: read, withText });
  return 'done';
}

/** What a dead attempt wrote and the head does not know: this one may cut its batches elsewhere. */
async function dropStale(needs: NeedsReadAttachments, head: Bundle): Promise<void> {
  const known = new Set(allSegments(head).map(({ id }) => id));
  for (const entry of await needs.index.listSegments(head.id)) {
    if (isShelf(segmentPlaceOf(entry.id).n) && !known.has(entry.id)) await needs.index.deleteSegment(entry);
  }
}

async function readOne(
  needs: NeedsReadAttachments,
  work: AttachmentWork,
  planned: PlannedAttachment,
  isSuspect: boolean,
): Promise<{ readonly outcome: FiledAttachmentText['outcome']; readonly pages: readonly FiledRecord[] }> {
  const { file, kind } = planned;
  if (kind === 'silent') return { outcome: 'silent', pages: nameOnly(planned) };
  const without = (reason: UnreadReason) => ({ outcome: reason, pages: nameOnly(planned) });
  if (kind === 'other') return without('not-read');
  if ((file.size ?? 0) > (kind === 'picture' ? attachmentLimits.pictureBytes : attachmentLimits.documentBytes)) return without('too-large');
  if (isSuspect && (work.reading().suspect?.times ?? 0) >= mostDeaths) return without('stopped');
  await work.write(() => ({ trying: file.n, state: 'reading' }));
  const bytes = await bytesOf(needs, file.vaultKey ?? '', file.size ?? 0);
  if (bytes === null) {
    // Gone because the bundle is being destroyed, and then the head says so; otherwise somebody must look.
    await work.write(() => ({}));
    throw new Error('attachments: a file of an indexed bundle is not in the vault');
  }
  const read = await needs.readText(kind, bytes);
  if (!read.ok) {
    // A photo without a word on it is no matter of doubt.
    return kind === 'picture' && read.reason === 'no-text' ? { outcome: 'no-text', pages: nameOnly(planned) } : without(read.reason);
  }
  const pages = read.pages.map(({ unit, number, name, text, confidence }, i) =>
    toRecord(planned, text, { unit, number, ...(name === undefined ? {} : { part: name }), ...(confidence === undefined ? {} : { confidence }) }, i === 0),
  );
  return { outcome: 'read', pages };
}

/** A file that no message names must be found by its name all the same. */
function nameOnly(planned: PlannedAttachment): readonly FiledRecord[] {
  return planned.ordinal === null ? [toRecord(planned, '', { unit: planned.kind === 'picture' ? 'picture' : 'part', number: 1 }, true)] : [];
}

type PagePlace = Omit<NonNullable<FiledRecord['page']>, 'file' | 'name' | 'ordinal' | 'caption'>;

function toRecord(planned: PlannedAttachment, text: string, place: PagePlace, first: boolean): FiledRecord {
  const { file, ordinal, carrier } = planned;
  const { caption, ...message } = carrier;
  return {
    kind: 'media',
    ...message,
    text,
    raw: text,
    bytes: [0, 0],
    lines: [0, 0],
    ...(first && ordinal === null ? { attachments: [{ name: file.name, presence: 'present', kind: 'unknown', n: file.n }] } : {}),
    page: { file: file.n, name: file.name, ordinal, caption, ...place },
  };
}

async function bytesOf(needs: NeedsReadAttachments, key: string, size: number): Promise<Uint8Array | null> {
  const stream = await needs.vault.open(key);
  if (stream === null) return null;
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const chunk of stream) {
    if (at + chunk.length > size) throw new Error('attachments: a file in the vault is larger than it was');
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes.subarray(0, at);
}

/** Files what was read; at last the head says that it may be found, and the epoch tells warm searches. */
async function commit(needs: NeedsReadAttachments, bundleId: BundleId, work: AttachmentWork, batch: Batch, total: number): Promise<void> {
  const { items } = batch;
  const planned = items[0]?.planned;
  if (planned === undefined) return;
  const { segments: filed, batches } = work.reading();
  const shelf = shelfOf(planned.conversation);
  const there = shelfSegments(bundleId, filed);
  const mine = there.filter(({ id }) => segmentPlaceOf(id).n === shelf);
  const base = mine.reduce((sum, { count }) => sum + count, 0);
  const records = items.flatMap(({ pages }) => pages);
  if (records.length > 0) {
    const from = { base, number: mine.length };
    const builder = makeSegmentBuilder({ bundleId, n: shelf, platform: planned.platform, packing: zstdPacking, from });
    batch.segments = [...builder.add(records), ...builder.finish(planned.title)];
  }
  const tooMany = there.length + batch.segments.length > mostShelfSegments;
  if (tooMany) batch.segments = [];

  let first = base;
  const texts: FiledAttachmentText[] = [];
  const doubts: Doubt[] = [];
  for (const { planned: one, outcome, pages } of items) {
    const became = tooMany && pages.length > 0 ? 'too-large' : outcome;
    texts.push({ file: one.file.n, outcome: became, ...(became !== 'read' ? {} : { pages: { n: shelf, first, count: pages.length } }) });
    first += pages.length;
    if (became === 'read' || became === 'silent' || (one.kind === 'picture' && became === 'no-text')) continue;
    const [code, severity] = doubtOf[became];
    doubts.push({ code, severity, evidence: { attachment: one.file.n } });
  }

  await work.write(() => ({}));
  for (const segment of batch.segments) {
    work.check();
    await needs.index.writeSegment(segment);
  }
  work.check();
  await needs.index.putAttachmentTexts(bundleId, texts);
  if (doubts.length > 0) {
    batch.doubts = batches;
    await needs.bundles.putAttachmentDoubts(bundleId, batches, doubts);
  } else await needs.bundles.removeAttachmentDoubts(bundleId, batches);
  const last = batch.segments.at(-1);
  const mark: AttachmentMark | null = last === undefined ? null : { n: shelf, number: segmentPlaceOf(last.entry.id).number, at: needs.clock.now() };
  await work.write(
    (reading) => ({
      total,
      read: reading.read + items.length,
      withText: reading.withText + texts.filter(({ outcome }) => outcome === 'read').length,
      batches: reading.batches + 1,
      segments: [reading.segments, ...batch.segments.map(({ entry, count }) => shelfSegmentText({ ...entry, count }))].filter((one) => one !== '').join(' '),
      trying: null,
      suspect: items.some(({ planned: one }) => one.file.n === reading.suspect?.file) ? null : (reading.suspect ?? null),
    }),
    (head): BundlePatch => {
      const summary = makeDoubtGatherer();
      for (const doubt of [...head.doubts, ...doubts]) summary.add(doubt);
      return { ...(doubts.length === 0 ? {} : { doubts: summary.summary() }), ...(mark === null ? {} : { attachmentsReadTo: mark }) };
    },
  );
  Object.assign(batch, makeBatch());
  if (mark !== null) await needs.index.bumpEpoch();
}

/** Takes back what was written of a batch that the head does not know: the bundle went to be destroyed meanwhile, or another has the work. */
async function withdraw(needs: NeedsReadAttachments, bundleId: BundleId, batch: Batch): Promise<void> {
  const head = await needs.bundles.get(bundleId);
  // Another attempt writes the same things under the same keys, and settles them.
  if (head?.state === 'indexed') return;
  const known = new Set(head === null ? [] : allSegments(head).map(({ id }) => id));
  for (const { entry } of batch.segments) if (!known.has(entry.id)) await needs.index.deleteSegment(entry);
  await needs.index.deleteAttachmentTexts(
    bundleId,
    batch.items.map(({ planned }) => planned.file.n),
  );
  if (batch.doubts !== null) await needs.bundles.removeAttachmentDoubts(bundleId, batch.doubts);
  // The one that destroys waits for this lease to end, and need not any longer.
  if (head?.attachmentText?.lease != null) {
    await needs.bundles.patch(bundleId, head.rev, needs.clock.today(), { attachmentText: { ...head.attachmentText, lease: null } });
  }
  await endPending(needs, bundleId);
}
