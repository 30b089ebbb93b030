// A page of matches in exact order: by time, then bundle, conversation and ordinal; newest first is the same order backwards.
// Blocks' earliest and latest times tell which blocks can hold the page; columns, where they are at hand, which records do.
import * as z from 'zod';
import { conversationNumber } from './attachment-shelf.ts';
import { type Bits, countBitsIn, hasBit } from './bits.ts';
import type { SegmentHead } from './segment.ts';

export const searchOrders = ['newest', 'oldest', 'conversation'] as const;
/** `conversation`: as it stands in each, one after the other; pages of attachments after their conversation. */
export type SearchOrder = (typeof searchOrders)[number];

export interface MatchKey {
  readonly time: number;
  readonly bundleId: string;
  readonly n: number;
  /** In the conversation. */
  readonly ordinal: number;
}

export interface Matches {
  readonly head: SegmentHead;
  readonly bits: Bits;
  /** Times of the segment's records, when at hand. */
  readonly times: Float64Array | null;
}

export interface BlockOfMatches {
  readonly matches: Matches;
  readonly block: number;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareByTime(a: MatchKey, b: MatchKey): number {
  return a.time - b.time || compareTexts(a.bundleId, b.bundleId) || a.n - b.n || a.ordinal - b.ordinal;
}

type Place = Omit<MatchKey, 'time'>;

function compareByConversation(a: Place, b: Place): number {
  return compareTexts(a.bundleId, b.bundleId) || conversationNumber(a.n) - conversationNumber(b.n) || a.n - b.n || a.ordinal - b.ordinal;
}

function compareIn(order: SearchOrder): (a: MatchKey, b: MatchKey) => number {
  if (order === 'conversation') return compareByConversation;
  return order === 'newest' ? (a, b) => compareByTime(b, a) : compareByTime;
}

interface Group {
  readonly matches: Matches;
  readonly block: number;
  /** Signed times, so that both orders ascend: nearest and farthest record of the block. */
  readonly near: number;
  readonly far: number;
  readonly surely: number;
}

/** Blocks that can hold one of the first `count` matches after `after`, in the given order. */
export function blocksOfPage(all: readonly Matches[], order: SearchOrder, after: MatchKey | null, count: number): readonly BlockOfMatches[] {
  return order === 'conversation' ? blocksInPlace(all, after, count) : blocksInTime(all, order, after, count);
}

function blocksInPlace(all: readonly Matches[], after: MatchKey | null, count: number): readonly BlockOfMatches[] {
  const placeOf = ({ head: { bundleId, n, base } }: Matches, record: number): Place => ({ bundleId, n, ordinal: base + record });
  const blocks: BlockOfMatches[] = [];
  let held = 0;
  for (const matches of [...all].sort((a, b) => compareByConversation(placeOf(a, 0), placeOf(b, 0)))) {
    const { blockStarts } = matches.head;
    for (let block = 0; block + 1 < blockStarts.length && held < count; block++) {
      const [from, to] = [blockStarts[block] ?? 0, blockStarts[block + 1] ?? 0];
      if (after !== null && compareByConversation(placeOf(matches, to - 1), after) <= 0) continue;
      const here = countBitsIn(matches.bits, from, to);
      if (here === 0) continue;
      blocks.push({ matches, block });
      // Of the block in which the cursor stands nobody knows how many come after it.
      if (after === null || compareByConversation(placeOf(matches, from), after) > 0) held += here;
    }
  }
  return blocks;
}

const spans = new WeakMap<SegmentHead, readonly [earliest: number, latest: number]>();

/** Earliest and latest time of a segment; worked out once for a head that is remembered. */
function spanOf(head: SegmentHead): readonly [earliest: number, latest: number] {
  const known = spans.get(head);
  if (known !== undefined) return known;
  let [earliest, latest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [from, to] of head.blockTimes) {
    if (from < earliest) earliest = from;
    if (to > latest) latest = to;
  }
  const span = [earliest, latest] as const;
  spans.set(head, span);
  return span;
}

function blocksInTime(all: readonly Matches[], order: 'newest' | 'oldest', after: MatchKey | null, count: number): readonly BlockOfMatches[] {
  const newest = order === 'newest';
  const cursor = after === null ? Number.NEGATIVE_INFINITY : newest ? -after.time : after.time;
  // Each segment is walked from its near end; as soon as it alone fills the page, nothing beyond what it took can be on it.
  let bound = Number.POSITIVE_INFINITY;
  const groups: Group[] = [];
  const byNear = all
    .map((matches) => ({ matches, nearest: newest ? -spanOf(matches.head)[1] : spanOf(matches.head)[0] }))
    .sort((a, b) => a.nearest - b.nearest);
  for (const { matches, nearest } of byNear) {
    if (nearest > bound) break;
    const { blockStarts, blockTimes } = matches.head;
    const blocks = blockTimes.length;
    let surelyHere = 0;
    let farHere = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < blocks; i++) {
      const block = newest ? blocks - 1 - i : i;
      const times = blockTimes[block];
      if (times === undefined) continue;
      const near = newest ? -times[1] : times[0];
      const far = newest ? -times[0] : times[1];
      if (near > bound || far < cursor) continue;
      const held = countBitsIn(matches.bits, blockStarts[block] ?? 0, blockStarts[block + 1] ?? 0);
      if (held === 0) continue;
      const surely = near > cursor ? held : 0;
      groups.push({ matches, block, near, far, surely });
      if (surelyHere >= count || surely === 0) continue;
      surelyHere += surely;
      if (far > farHere) farHere = far;
      if (surelyHere >= count && farHere < bound) bound = farHere;
    }
  }
  let surely = 0;
  for (const group of groups.filter(({ near }) => near <= bound).sort((a, b) => a.far - b.far)) {
    surely += group.surely;
    if (surely < count) continue;
    bound = Math.min(bound, group.far);
    break;
  }
  return groups.filter(({ near }) => near <= bound);
}

/** The first `count` matches of these blocks after `after`. `timeOf` is asked for records of the blocks only. */
export function keysOfPage(
  blocks: readonly BlockOfMatches[],
  order: SearchOrder,
  after: MatchKey | null,
  count: number,
  timeOf: (place: BlockOfMatches, record: number) => number,
): readonly (MatchKey & { readonly place: BlockOfMatches })[] {
  const compare = compareIn(order);
  const keys: (MatchKey & { readonly place: BlockOfMatches })[] = [];
  for (const place of blocks) {
    const { head, bits } = place.matches;
    const to = head.blockStarts[place.block + 1] ?? 0;
    for (let record = head.blockStarts[place.block] ?? 0; record < to; record++) {
      if (!hasBit(bits, record)) continue;
      const key = { time: timeOf(place, record), bundleId: head.bundleId, n: head.n, ordinal: head.base + record, place };
      if (after === null || compare(key, after) > 0) keys.push(key);
    }
  }
  return keys.sort(compare).slice(0, count);
}

const CursorShape = z.tuple([z.string(), z.number(), z.string(), z.int().min(1), z.int().min(0)]);

/** The text of a cursor: a digest of the question, then the last match. Holds no word of question or chat. */
export function cursorText(digest: string, key: MatchKey): string {
  return JSON.stringify([digest, key.time, key.bundleId, key.n, key.ordinal]);
}

/** Null when this is no cursor, or one of another question. */
export function parseCursorText(text: string, digest: string): MatchKey | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = CursorShape.safeParse(value);
  if (!parsed.success || parsed.data[0] !== digest) return null;
  const [, time, bundleId, n, ordinal] = parsed.data;
  return { time, bundleId, n, ordinal };
}
