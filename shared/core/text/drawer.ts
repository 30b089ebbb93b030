// The card catalogue: 1,024 ranges of the alphabet; level k has 2^k drawers, each holding 2^(10-k) ranges (ARCHITECTURE 6).
// Terms are ordered by UTF-16 unit, everywhere.
import { drawerBoundaries } from './drawer-boundaries.ts';

export const deepestLevel = 10;

/** Range 0…1,023 of a term: the last one that begins at or before it. */
export function rangeOf(term: string): number {
  let low = 0;
  let high = drawerBoundaries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((drawerBoundaries[middle] ?? '') <= term) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ranges of terms that are sorted. */
export function rangesOf(sorted: readonly string[]): Uint16Array {
  const ranges = new Uint16Array(sorted.length);
  let range = 0;
  for (let i = 0; i < sorted.length; i++) {
    const term = sorted[i] ?? '';
    while (range < drawerBoundaries.length && (drawerBoundaries[range] ?? '') <= term) range++;
    ranges[i] = range;
  }
  return ranges;
}

export function drawerOf(term: string, level: number): number {
  return rangeOf(term) >> (deepestLevel - level);
}

/** First term beyond all that begin with `prefix`, in UTF-16 order; null when there is none. */
export function afterPrefix(prefix: string): string | null {
  for (let i = prefix.length - 1; i >= 0; i--) {
    const c = prefix.charCodeAt(i);
    if (c < 0xffff) return prefix.slice(0, i) + String.fromCharCode(c + 1);
  }
  return null;
}

/** Drawers [first, last] of a level that may hold terms beginning with `prefix`. */
export function drawersOfPrefix(prefix: string, level: number): readonly [first: number, last: number] {
  const beyond = afterPrefix(prefix);
  const last = beyond === null ? drawerBoundaries.length : rangeOf(beyond) - (drawerBoundaries[rangeOf(beyond) - 1] === beyond ? 1 : 0);
  return [drawerOf(prefix, level), last >> (deepestLevel - level)];
}
