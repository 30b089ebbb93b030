// Doubts add up: one line per code for the head, with an exact count, and every single place for the pages beside it.
import type { Doubt, DoubtCode, DoubtSeverity } from '#core/model/doubt.ts';

export interface DoubtGatherer {
  readonly add: (doubt: Doubt) => void;
  /** One per code, questions first. */
  readonly summary: () => readonly Doubt[];
  /** Every place, in the order found. Of one code no more than `placesPerCode` are kept; the count in the summary stays exact. */
  readonly places: () => readonly Doubt[];
}

/** A file of nothing but lines that are not understood must not fill the memory with their places. */
export const placesPerCode = 10_000;

const weight: Readonly<Record<DoubtSeverity, number>> = { question: 2, warning: 1, note: 0 };

export function makeDoubtGatherer(): DoubtGatherer {
  const byCode = new Map<DoubtCode, { doubt: Doubt; count: number; kept: number }>();
  const places: Doubt[] = [];

  function add(doubt: Doubt): void {
    const known = byCode.get(doubt.code);
    const count = doubt.count ?? 1;
    if (known === undefined) {
      byCode.set(doubt.code, { doubt, count, kept: 1 });
      places.push(doubt);
      return;
    }
    known.count += count;
    if (weight[doubt.severity] > weight[known.doubt.severity]) known.doubt = doubt;
    else if (doubt.choices !== undefined) known.doubt = { ...known.doubt, choices: [...new Set([...(known.doubt.choices ?? []), ...doubt.choices])] };
    if (known.kept++ < placesPerCode) places.push(doubt);
  }

  function summary(): readonly Doubt[] {
    return [...byCode.values()].map(({ doubt, count }) => ({ ...doubt, count })).sort((a, b) => weight[b.severity] - weight[a.severity]);
  }

  return { add, summary, places: () => places };
}
