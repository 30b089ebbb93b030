// What is known of a segment while a query is held against it, and what its columns say of single records.
import { allBits, type Bits, noBits, setBit } from './bits.ts';
import { labelMatches } from './match-record.ts';
import type { SegmentCards } from './open-drawers.ts';
import { leavesOf, type Pattern, type Query } from './query.ts';
import type { SegmentColumns, SegmentHead } from './segment.ts';

/** Filters of a request that look at single records. */
export interface RecordFilters {
  readonly senders: readonly string[];
  /** A record of one of these kinds; none: of any. */
  readonly kinds: readonly { readonly mask: number; readonly value: number }[];
  readonly from: number;
  readonly to: number;
}

export const everyTime = { from: 0, to: 99_999_999_999_999 } as const;

export interface SegmentView {
  readonly head: SegmentHead;
  /** Records of each pattern, once worked out: the answer and the expansions ask for the same. */
  readonly phrases: Map<Pattern, Bits>;
  readonly cards: SegmentCards;
  /** Positions that were read beside the drawers, by `placesKey`. */
  readonly places: ReadonlyMap<string, Uint8Array>;
  /** Null where `needsColumns` says they are not needed. */
  readonly columns: SegmentColumns | null;
  readonly title: string | null;
  readonly caseIds: readonly string[];
}

function coverage(head: SegmentHead, from: number, to: number): 'all' | 'none' | 'part' {
  if (from <= everyTime.from && to >= everyTime.to) return 'all';
  let all = true;
  let none = true;
  for (const [earliest, latest] of head.blockTimes) {
    if (earliest < from || latest > to) all = false;
    if (latest >= from && earliest <= to) none = false;
  }
  return all ? 'all' : none ? 'none' : 'part';
}

/** Whether single senders or times must be looked at to answer the query for this segment. */
export function needsColumns(query: Query, filters: RecordFilters, head: SegmentHead): boolean {
  if (filters.senders.length > 0 || filters.kinds.length > 0 || coverage(head, filters.from, filters.to) === 'part') return true;
  return leavesOf(query).some(
    ({ leaf }) =>
      (leaf.on === 'sender' && head.senders.some((label) => labelMatches(leaf.pattern, label))) ||
      (leaf.on === 'date' && coverage(head, leaf.from, leaf.to) === 'part') ||
      leaf.on === 'kind',
  );
}

function columnsOf(view: SegmentView): SegmentColumns {
  if (view.columns === null) throw new Error('columns of a segment are needed and were not read');
  return view.columns;
}

export function bitsOfTimes(view: SegmentView, from: number, to: number): Bits {
  const { count } = view.head;
  const covered = coverage(view.head, from, to);
  if (covered === 'all') return allBits(count);
  const bits = noBits(count);
  if (covered === 'none') return bits;
  const { times } = columnsOf(view);
  for (let i = 0; i < count; i++) if ((times[i] ?? 0) >= from && (times[i] ?? 0) <= to) setBit(bits, i);
  return bits;
}

export function bitsOfSenders(view: SegmentView, wanted: (label: string) => boolean): Bits {
  const bits = noBits(view.head.count);
  const numbers = new Set(view.head.senders.flatMap((label, i) => (wanted(label) ? [i + 1] : [])));
  if (numbers.size === 0) return bits;
  const { senders } = columnsOf(view);
  for (let i = 0; i < senders.length; i++) if (numbers.has(senders[i] ?? 0)) setBit(bits, i);
  return bits;
}

export function bitsOfKind(view: SegmentView, mask: number, value: number): Bits {
  const bits = noBits(view.head.count);
  const { kinds } = columnsOf(view);
  for (let i = 0; i < kinds.length; i++) if (((kinds[i] ?? 0) & mask) === value) setBit(bits, i);
  return bits;
}
