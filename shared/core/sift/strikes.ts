// The struck ranges of one conversation as a value: ascending, apart, neighbours of one reason joined. Every change gives a new one.
import type { SiftReason, StruckRange } from '#core/model/sift.ts';

export type Span = readonly [from: number, to: number];

/** Strikes the spans (ascending, apart) with this reason, whatever stood there; null takes the strike away. */
export function paint(ranges: readonly StruckRange[], spans: readonly Span[], reason: SiftReason | null): readonly StruckRange[] {
  const out: StruckRange[] = [];
  const push = (from: number, to: number, why: SiftReason) => {
    const last = out.at(-1);
    if (last !== undefined && last.reason === why && last.to + 1 === from) out[out.length - 1] = { from: last.from, to, reason: why };
    else out.push({ from, to, reason: why });
  };
  const pieces = cutAway(ranges, spans);
  let next = 0;
  for (const [from, to] of reason === null ? [] : spans) {
    for (let piece = pieces[next]; piece !== undefined && piece.from < from; piece = pieces[++next]) push(piece.from, piece.to, piece.reason);
    if (reason !== null) push(from, to, reason);
  }
  for (const piece of pieces.slice(next)) push(piece.from, piece.to, piece.reason);
  return out;
}

function cutAway(ranges: readonly StruckRange[], spans: readonly Span[]): readonly StruckRange[] {
  const rest: StruckRange[] = [];
  let next = 0;
  for (const range of ranges) {
    let { from } = range;
    while ((spans[next]?.[1] ?? Number.POSITIVE_INFINITY) < from) next++;
    for (let at = next; from <= range.to; at++) {
      const span = spans[at];
      if (span === undefined || span[0] > range.to) {
        rest.push({ ...range, from });
        break;
      }
      if (span[0] > from) rest.push({ ...range, from, to: span[0] - 1 });
      from = Math.max(from, span[1] + 1);
    }
  }
  return rest;
}

/** Ordinals, ascending, as spans. */
export function toSpans(ordinals: Iterable<number>): readonly Span[] {
  const spans: [number, number][] = [];
  for (const ordinal of ordinals) {
    const last = spans.at(-1);
    if (last !== undefined && last[1] + 1 === ordinal) last[1] = ordinal;
    else spans.push([ordinal, ordinal]);
  }
  return spans;
}

/** Why this record is struck; null: it is not. */
export function reasonAt(ranges: readonly StruckRange[], ordinal: number): SiftReason | null {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined) return null;
    if (ordinal < range.from) high = middle - 1;
    else if (ordinal > range.to) low = middle + 1;
    else return range.reason;
  }
  return null;
}

export function countStruck(ranges: readonly StruckRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}
