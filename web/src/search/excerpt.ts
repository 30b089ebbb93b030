// What a list of hits shows of a long message.
import type { SearchHit } from '#contract/search.ts';

/** A long message is shown around its first highlight; nothing else is left out of it than what `…` says. */
export function excerpt(
  value: string,
  highlights: SearchHit['highlights'],
): { readonly value: string; readonly highlights: readonly (readonly [number, number])[] } {
  const longest = 280;
  if (value.length <= longest) return { value, highlights };
  const at = highlights[0]?.[0] ?? 0;
  const from = Math.max(0, Math.min(at - 80, value.length - longest));
  const to = Math.min(value.length, from + longest);
  const before = from > 0 ? '… ' : '';
  const shift = before.length - from;
  return {
    value: `${before}${value.slice(from, to)}${to < value.length ? ' …' : ''}`,
    highlights: highlights.filter(([start, end]) => start >= from && end <= to).map(([start, end]) => [start + shift, end + shift] as const),
  };
}
