// What a warm process remembers between searches. Segments of an indexed bundle never change; a head's `indexed` holds as long as
// the archive's epoch stands (decision 0003). A new epoch empties everything: nothing of a destroyed chat stays in memory.
import type { AttachmentMark } from '#core/model/attachment-text.ts';
import type { SegmentColumns, SegmentHead } from '#core/search/segment.ts';

export interface BundleSight {
  readonly id: string;
  readonly state: string;
  readonly uploader: string;
  readonly caseIds: readonly string[];
  readonly indexedAt: string | null;
  /** The key person whose chats it holds, where somebody else handed them in. */
  readonly custodianId?: string | null;
  /** Up to where the text of its attachments may be found. */
  readonly attachmentsReadTo?: AttachmentMark;
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

/** What a search must know of bundles and segments before it can answer. */
export interface Wanted {
  readonly bundleIds: readonly string[];
  readonly segmentIds: readonly string[];
  /** Segments of which single senders or times must be told apart. */
  readonly columns: readonly string[];
  /** `<bundleId>/<n>` */
  readonly titles: readonly string[];
}

/** `seenIn` absent: read by this very pass. */
export type Sight = BundleSight & { readonly seenIn?: number };

export interface Known {
  readonly sights: ReadonlyMap<string, Sight>;
  readonly heads: ReadonlyMap<string, SegmentHead>;
  readonly columns: ReadonlyMap<string, SegmentColumns>;
  readonly titles: ReadonlyMap<string, string | null>;
}

function split<T>(ids: readonly string[], from: ReadonlyMap<string, T>): readonly [there: Map<string, T>, missing: string[]] {
  const there = new Map<string, T>();
  const missing: string[] = [];
  for (const id of ids) {
    const value = from.get(id);
    if (value === undefined) missing.push(id);
    else there.set(id, value);
  }
  return [there, missing];
}

/**
 * What is remembered of it, and what must be read. Taken at one moment: other searches may empty the memory while this one waits, and
 * a bundle must not drop out of an answer by that.
 */
export function recall(cache: SearchCache, wanted: Wanted): { readonly known: Known; readonly missing: Wanted } {
  const [sights, bundleIds] = split(wanted.bundleIds, cache.sights);
  const [heads, segmentIds] = split(wanted.segmentIds, cache.heads);
  const [columns, missingColumns] = split(wanted.columns, cache.columns);
  const [titles, missingTitles] = split(wanted.titles, cache.titles);
  return { known: { sights, heads, columns, titles }, missing: { bundleIds, segmentIds, columns: missingColumns, titles: missingTitles } };
}

/** Requests that reading it takes, a hundred items each. */
export function requestsFor({ bundleIds, segmentIds, columns, titles }: Wanted): number {
  return [bundleIds, segmentIds, columns, titles].reduce((sum, ids) => sum + Math.ceil(ids.length / 100), 0);
}

export function joinKnown(a: Known, b: Known): Known {
  return {
    sights: new Map([...a.sights, ...b.sights]),
    heads: new Map([...a.heads, ...b.heads]),
    columns: new Map([...a.columns, ...b.columns]),
    titles: new Map([...a.titles, ...b.titles]),
  };
}
