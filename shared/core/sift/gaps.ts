// Where something is missing in the conversation that was kept: from the ordinals of the untouched file to those of what was sent.
//
//   untouched   0 1 2 3 4 5 6 7        struck: 2–3 (privé), 4 (gezondheid), 7 (privé)
//   sent        0 1         2 3        gaps: before 2 → 2 privé + 1 gezondheid; after the last → 1 privé
import type { SiftMode, SiftReason, StruckRange } from '#core/model/sift.ts';
import { reasonAt } from './strikes.ts';

export interface Gap {
  readonly reason: SiftReason;
  readonly records: number;
}

export interface GapsOf {
  /** Gaps right before the record with this ordinal, in order; beyond the last record: what is missing at the end. */
  readonly before: (ordinal: number) => readonly Gap[];
  /** All that is missing from this ordinal on. */
  readonly from: (ordinal: number) => readonly Gap[];
  /** Marked by who handed it in, though it was sent. */
  readonly marked: (ordinal: number) => SiftReason | null;
}

export function gapsOf(mode: SiftMode, ranges: readonly StruckRange[]): GapsOf {
  if (mode === 'marked') {
    return { before: () => [], from: () => [], marked: (ordinal) => reasonAt(ranges, ordinal) };
  }
  const gaps = new Map<number, Gap[]>();
  let struck = 0;
  for (const { from, to, reason } of ranges) {
    const records = to - from + 1;
    const at = from - struck;
    gaps.set(at, [...(gaps.get(at) ?? []), { reason, records }]);
    struck += records;
  }
  return {
    before: (ordinal) => gaps.get(ordinal) ?? [],
    from: (ordinal) => [...gaps].flatMap(([at, missing]) => (at >= ordinal ? missing : [])),
    marked: () => null,
  };
}
