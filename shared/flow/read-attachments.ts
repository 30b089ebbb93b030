// Reads the text of a bundle's attachments, off the ingest path, and files it beside the conversation. Batch by batch: text, what became of
// each file, doubts; then ONE write to the head by which it may be found. Safe to repeat; whatever breaks, the next delivery goes on.
// No attachment makes a bundle fail: what cannot be read is a doubt.
import type { AttachmentKind } from '#core/attachment/attachment-kind.ts';
import { attachmentLimits } from '#core/attachment/attachment-limits.ts';
import type { ReadOutcome, UnreadReason } from '#core/attachment/read-outcome.ts';
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { BundleId } from '#core/model/id.ts';
import { allSegments, isShelf } from '#core/search/attachment-shelf.ts';
import { type FiledRecord, segmentPlaceOf } from '#core/search/segment.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { FiledAttachmentText } from '#store/index/attachment-text-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import type { PendingStore } from '#store/pending-store.ts';
import type { VaultStore } from '#store/vault.ts';
import { acted, settle } from './acted.ts';
import { type AttachmentBatch, fileBatch, makeAttachmentBatch, type NeedsBatch, takeBatchBack } from './attachment-batch.ts';
import { type AttachmentWork, takeAttachmentWork, WorkLost } from './attachment-work.ts';
import type { NeedsAudit, NeedsLog, NeedsQueue } from './needs.ts';
import { type NeedsPlan, type PlannedAttachment, planAttachments } from './plan-attachments.ts';

export interface NeedsReadAttachments extends NeedsAudit, NeedsQueue, NeedsLog {
  readonly bundles: NeedsBatch['bundles'] & Pick<BundleStore, 'removeDoubts'>;
  readonly index: NeedsPlan['index'] & NeedsBatch['index'] & Pick<IndexStore, 'listSegments' | 'deleteBundleRange' | 'verifyBundleAbsent'>;
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

/** A file over which the machine died this often is passed over. */
const mostDeaths = 2;

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
  const batch = makeAttachmentBatch();
  try {
    return { kind: await goThrough(needs, acting, bundleId, work, batch, until, limits) };
  } catch (error) {
    if (!(error instanceof WorkLost)) {
      // An accident, not a death: the file at hand is not to blame, and the next attempt need not wait.
      await work.write(() => ({ lease: null, trying: null })).catch(() => undefined);
      throw error;
    }
    await takeBatchBack(needs, bundleId, batch);
    if ((await needs.bundles.get(bundleId))?.state !== 'indexed') await endPending(needs, bundleId);
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

async function goThrough(
  needs: NeedsReadAttachments,
  acting: Acting,
  bundleId: BundleId,
  work: AttachmentWork,
  batch: AttachmentBatch,
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
      await fileBatch(needs, bundleId, work, batch, plan.length);
    }
    if (now() >= until) {
      if (batch.items.length > 0) await fileBatch(needs, bundleId, work, batch, plan.length);
      await work.write(() => ({ lease: null }));
      return 'more';
    }
    batch.since ??= now();
    const { outcome, pages } = await readOne(needs, work, planned, isSuspect);
    batch.items.push({ planned, outcome, pages });
    for (const page of pages) batch.units += page.text.length;
  }
  if (batch.items.length > 0) await fileBatch(needs, bundleId, work, batch, plan.length);
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
