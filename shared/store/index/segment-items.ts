// A segment as items of the index table, and the keys that must be empty when it is gone.
import { createHash } from 'node:crypto';
import type { Segment, SegmentEntry } from '#core/search/segment.ts';
import { indexKey } from '../table.ts';
import { type Key, type RawItem, toKey } from './batch.ts';
import { textOf } from './packing.ts';

export function shardOf(segmentId: string, shards: number): number | null {
  if (shards <= 1) return null;
  let hash = 0;
  for (let i = 0; i < segmentId.length; i++) hash = (Math.imul(hash, 31) + segmentId.charCodeAt(i)) >>> 0;
  return hash % shards;
}

export function itemsOfSegment(segment: Segment, shards: number): RawItem[] {
  const { entry } = segment;
  const shard = shardOf(entry.id, shards);
  const items: RawItem[] = [
    { ...toKey(indexKey.segmentHead(entry.id)), v: { B: segment.head } },
    { ...toKey(indexKey.segmentColumns(entry.id)), v: { B: segment.columns }, f: { B: segment.fingerprints } },
  ];
  segment.blocks.forEach((pages, n) => {
    for (const [p, page] of pages.entries()) items.push({ ...toKey(indexKey.segmentBlock(entry.id, n, p)), v: { B: page } });
  });
  for (const [p, page] of segment.terms.entries()) items.push({ ...toKey(indexKey.segmentTerms(entry.id, p)), v: { B: page } });
  for (const { drawer, terms, positions, beside } of segment.drawers) {
    terms.forEach((page, p) => {
      const inline = !beside && p === 0 ? positions[0] : undefined;
      items.push({
        ...toKey(indexKey.drawer(entry.level, drawer, entry.id, p, shard)),
        v: { B: page },
        ...(inline === undefined || inline.length === 0 ? {} : { p: { B: inline } }),
      });
    });
    if (!beside) continue;
    for (const [p, page] of positions.entries()) items.push({ ...toKey(indexKey.places(entry.level, drawer, entry.id, p, shard)), v: { B: page } });
  }
  return items;
}

export function digestOfItems(items: readonly RawItem[]): string {
  const hash = createHash('sha256');
  for (const item of items) {
    hash.update(textOf(item['pk'])).update('\n').update(textOf(item['sk'])).update('\n');
    for (const name of ['v', 'p', 'f']) {
      const bytes = item[name]?.B;
      hash.update(String(bytes?.length ?? -1)).update('\n');
      if (bytes !== undefined) hash.update(bytes);
    }
  }
  return hash.digest('base64url');
}

/** Every key that any value of the segment may lie under in the drawers, whether it does or not. */
export function drawerKeysOf(entry: SegmentEntry, shards: number): Key[] {
  const keys: Key[] = [];
  const shard = shardOf(entry.id, shards);
  for (let drawer = 0; drawer < 2 ** entry.level; drawer++) {
    for (let page = 0; page <= entry.continuations; page++) {
      keys.push(indexKey.drawer(entry.level, drawer, entry.id, page, shard), indexKey.places(entry.level, drawer, entry.id, page, shard));
    }
  }
  return keys;
}
