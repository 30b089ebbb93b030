// The text of one attachment, page by page, as it was read: what the window shows of a document, which is itself only ever a download.
import type { Bundle } from '#core/model/bundle.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { shelfSegments } from '#core/search/attachment-shelf.ts';
import { decodeRecord } from '#core/search/block-codec.ts';
import { type FiledRecord, segmentPlaceOf } from '#core/search/segment.ts';
import type { FiledAttachmentText } from '#store/index/attachment-text-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';

export interface NeedsAttachmentText {
  readonly index: Pick<IndexStore, 'getAttachments' | 'getAttachmentText' | 'readSegmentHeads' | 'readSegmentBlocks'>;
}

export interface AttachmentText {
  readonly n: number;
  readonly name: string;
  /** `waiting`: it is still to be looked at. */
  readonly outcome: FiledAttachmentText['outcome'] | 'waiting';
  readonly pages: readonly { readonly page: NonNullable<FiledRecord['page']>; readonly text: string }[];
  /** Page after these, from 0; null at the end. */
  readonly next: number | null;
}

export async function readAttachmentText(
  { index }: NeedsAttachmentText,
  bundle: Bundle,
  order: { readonly n: number; readonly from: number; readonly limit: number },
): Promise<Result<AttachmentText>> {
  const [files, read] = await Promise.all([index.getAttachments(bundle.id, [order.n]), index.getAttachmentText(bundle.id, order.n)]);
  const file = files.get(order.n);
  if (file === undefined) return no('not-found');
  const place = read?.pages;
  const shown = { n: order.n, name: file.name, outcome: read?.outcome ?? 'waiting' } as const;
  if (place === undefined) return ok({ ...shown, pages: [], next: null });
  const from = place.first + Math.min(order.from, place.count);
  const to = Math.min(from + order.limit, place.first + place.count);
  const records = await recordsOn(index, bundle, place.n, from, to);
  if (records === null) return no('not-found');
  const pages = records.flatMap(({ page, text }) => (page === undefined ? [] : [{ page, text }]));
  return ok({ ...shown, pages, next: to < place.first + place.count ? to - place.first : null });
}

/** Records [from, to) of a shelf; null when something is gone. */
async function recordsOn(index: NeedsAttachmentText['index'], bundle: Bundle, shelf: number, from: number, to: number): Promise<readonly FiledRecord[] | null> {
  const ids: string[] = [];
  let base = 0;
  for (const { id, count } of shelfSegments(bundle.id, bundle.attachmentText?.segments ?? '')) {
    if (segmentPlaceOf(id).n !== shelf) continue;
    if (base < to && base + count > from) ids.push(id);
    base += count;
  }
  const heads = await index.readSegmentHeads(ids);
  const places: { readonly id: string; readonly first: number; readonly block: number; readonly pages: number }[] = [];
  for (const id of ids) {
    const head = heads.get(id);
    if (head === undefined) return null;
    for (let block = 0; block + 1 < head.blockStarts.length; block++) {
      const first = head.base + (head.blockStarts[block] ?? 0);
      if (first < to && head.base + (head.blockStarts[block + 1] ?? 0) > from) places.push({ id, first, block, pages: head.longBlocks[String(block)] ?? 1 });
    }
  }
  const rows = await index.readSegmentBlocks(places.map(({ id, block, pages }) => ({ segmentId: id, block, pages })));
  if (rows.size < places.length) return null;
  return places.flatMap(({ id, first, block }) =>
    (rows.get(`${id}/${block}`) ?? []).flatMap((row, i) => (first + i >= from && first + i < to ? [decodeRecord(row)] : [])),
  );
}
