// A batch of attachments that were read: filed under the lease of the work, found from one write to the head on, or taken back whole.
import type { UnreadReason } from '#core/attachment/read-outcome.ts';
import { makeDoubtGatherer } from '#core/intake/gather-doubts.ts';
import type { AttachmentMark } from '#core/model/attachment-text.ts';
import type { Doubt, DoubtCode } from '#core/model/doubt.ts';
import type { BundleId } from '#core/model/id.ts';
import { allSegments, shelfOf, shelfSegments, shelfSegmentText } from '#core/search/attachment-shelf.ts';
import { type FiledRecord, type Segment, segmentPlaceOf } from '#core/search/segment.ts';
import { makeSegmentBuilder } from '#core/search/segment-builder.ts';
import type { BundlePatch, BundleStore } from '#store/bundle-store.ts';
import type { FiledAttachmentText } from '#store/index/attachment-text-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { zstdPacking } from '#store/index/packing.ts';
import type { AttachmentWork } from './attachment-work.ts';
import type { NeedsClock } from './needs.ts';
import type { PlannedAttachment } from './plan-attachments.ts';

export interface NeedsBatch extends NeedsClock {
  readonly bundles: Pick<BundleStore, 'get' | 'patch' | 'putAttachmentDoubts' | 'removeAttachmentDoubts'>;
  readonly index: Pick<IndexStore, 'writeSegment' | 'deleteSegment' | 'bumpEpoch' | 'putAttachmentTexts' | 'deleteAttachmentTexts'>;
}

/** Segments that a head can name beside those of the conversations; each takes some 12 bytes. */
const mostShelfSegments = 5_000;

const doubtOf: Readonly<Record<UnreadReason, readonly [DoubtCode, Doubt['severity']]>> = {
  'too-large': ['attachment.too-large-to-read', 'warning'],
  encrypted: ['attachment.encrypted', 'warning'],
  damaged: ['attachment.damaged', 'warning'],
  'no-text': ['attachment.no-text', 'note'],
  'not-read': ['attachment.text-not-read', 'note'],
  stopped: ['attachment.reading-stopped', 'warning'],
};

/** What has been read and is not on the head yet. */
export interface AttachmentBatch {
  items: { readonly planned: PlannedAttachment; readonly outcome: FiledAttachmentText['outcome']; readonly pages: readonly FiledRecord[] }[];
  units: number;
  since: number | null;
  /** Number of its page of doubts, once it was written. */
  doubts: number | null;
  segments: Segment[];
}

export function makeAttachmentBatch(): AttachmentBatch {
  return { items: [], units: 0, since: null, doubts: null, segments: [] };
}

/** Files what was read; at last the head says that it may be found, and the epoch tells warm searches. */
export async function fileBatch(needs: NeedsBatch, bundleId: BundleId, work: AttachmentWork, batch: AttachmentBatch, total: number): Promise<void> {
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
  Object.assign(batch, makeAttachmentBatch());
  if (mark !== null) await needs.index.bumpEpoch();
}

/** Takes back what was written of a batch that the head does not know: the bundle went to be destroyed meanwhile, or another has the work. */
export async function takeBatchBack(needs: NeedsBatch, bundleId: BundleId, batch: AttachmentBatch): Promise<void> {
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
}
