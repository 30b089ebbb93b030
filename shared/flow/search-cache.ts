// What a warm process remembers between searches. Segments of an indexed bundle never change; a head's `indexed` holds as long as
// the archive's epoch stands (decision 0003). A new epoch empties everything: nothing of a destroyed chat stays in memory.
import type { SegmentColumns, SegmentHead } from '#core/search/segment.ts';

export interface BundleSight {
  readonly id: string;
  readonly state: string;
  readonly uploader: string;
  readonly caseIds: readonly string[];
  readonly indexedAt: string | null;
}

export interface RememberedSight extends BundleSight {
  /** The turn in which it was seen: drawers read in a later turn hold the whole bundle. */
  readonly seenIn: number;
}

export interface SearchCache {
  /** Null until the archive's state was read. */
  epoch: number | null;
  levels: readonly number[];
  /** Heads that were seen `indexed` in this epoch. */
  readonly sights: Map<string, RememberedSight>;
  /** Rises with every pass of every search. */
  turn: number;
  readonly heads: Map<string, SegmentHead>;
  readonly columns: Map<string, SegmentColumns>;
  /** `<bundleId>/<n>` → title */
  readonly titles: Map<string, string | null>;
  columnRecords: number;
}

const mostHeads = 20_000;
/** 11 bytes a record: some 66 MB. */
const mostColumnRecords = 6_000_000;

export function makeSearchCache(): SearchCache {
  return { epoch: null, levels: [], sights: new Map(), turn: 0, heads: new Map(), columns: new Map(), titles: new Map(), columnRecords: 0 };
}

export function startEpoch(cache: SearchCache, epoch: number, levels: readonly number[]): void {
  cache.epoch = epoch;
  cache.levels = levels;
  cache.sights.clear();
  cache.heads.clear();
  cache.columns.clear();
  cache.titles.clear();
  cache.columnRecords = 0;
}

function forgetOldest<T>(map: Map<string, T>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

export function rememberSight(cache: SearchCache, sight: BundleSight): void {
  cache.sights.set(sight.id, { ...sight, seenIn: cache.turn });
  forgetOldest(cache.sights, mostHeads);
}

export function rememberHead(cache: SearchCache, head: SegmentHead): void {
  cache.heads.set(head.id, head);
  forgetOldest(cache.heads, mostHeads);
}

export function rememberColumns(cache: SearchCache, segmentId: string, columns: SegmentColumns): void {
  if (cache.columns.has(segmentId)) return;
  cache.columns.set(segmentId, columns);
  cache.columnRecords += columns.times.length;
  for (const [oldest, { times }] of cache.columns) {
    if (cache.columnRecords <= mostColumnRecords) return;
    cache.columns.delete(oldest);
    cache.columnRecords -= times.length;
  }
}

export function rememberTitle(cache: SearchCache, conversation: string, title: string | null): void {
  cache.titles.set(conversation, title);
  forgetOldest(cache.titles, mostHeads);
}
