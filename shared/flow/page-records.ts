// The records of a page of hits: the blocks that hold them are read at once, and each record is decoded once, when it is looked at.
import { decodeRecord } from '#core/search/block-codec.ts';
import type { BlockOfMatches } from '#core/search/page.ts';
import type { FiledRecord } from '#core/search/segment.ts';
import type { IndexStore } from '#store/index/index-store.ts';

/** `record`: its place in its segment. */
export type RecordAt = (block: BlockOfMatches, record: number) => FiledRecord;

/** `lost`: a block is not there any more. */
export async function readPageRecords(index: Pick<IndexStore, 'readSegmentBlocks'>, blocks: readonly BlockOfMatches[]): Promise<RecordAt | 'lost'> {
  const places = blocks.map(({ matches: { head }, block }) => ({ segmentId: head.id, block, pages: head.longBlocks[String(block)] ?? 1 }));
  const rows = places.length === 0 ? new Map<string, readonly string[]>() : await index.readSegmentBlocks(places);
  if (rows.size < places.length) return 'lost';
  const records = new Map<string, FiledRecord>();
  return ({ matches: { head }, block }, record) => {
    const key = `${head.id}/${record}`;
    const known = records.get(key);
    if (known !== undefined) return known;
    const row = rows.get(`${head.id}/${block}`)?.[record - (head.blockStarts[block] ?? 0)];
    if (row === undefined) throw new Error('a block holds fewer records than its segment says');
    const decoded = decodeRecord(row);
    records.set(key, decoded);
    return decoded;
  };
}
