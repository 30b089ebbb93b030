// The layout of a header as one number: all that one export keeps the same, so that two headers of one phone have the same number.

export const layoutKinds = ['bracket', 'dash', 'colon', 'semicolon', 'plain'] as const;
export type LayoutKind = (typeof layoutKinds)[number];

/** Bits of a layout: kind 0–2, date separator 3–5, year place 6–7, then these flags. */
export const layoutFlag = {
  comma: 1 << 8,
  seconds: 1 << 9,
  dotTime: 1 << 10,
  hourLetter: 1 << 11,
  halfBefore: 1 << 12,
  halfAfter: 1 << 13,
  timeFirst: 1 << 14,
  word: 1 << 15,
  dashBetween: 1 << 16,
  longDash: 1 << 17,
} as const;

const dateSeparators = ['-', '/', '.', '年'];

export function layoutKind(layout: number): LayoutKind {
  return layoutKinds[layout & 7] ?? 'plain';
}
export function layoutSeparator(layout: number): string {
  return dateSeparators[(layout >> 3) & 7] ?? '-';
}
export function layoutYearPlace(layout: number): number {
  return (layout >> 6) & 3;
}
export function layoutHasTimeFirst(layout: number): boolean {
  return (layout & layoutFlag.timeFirst) !== 0;
}
export function layoutHasHalf(layout: number): boolean {
  return (layout & (layoutFlag.halfBefore | layoutFlag.halfAfter)) !== 0;
}

/** `[n-n-nnnn, HH:MM:SS] `: for people who look into a summary. */
export function nameLayout(layout: number): string {
  const separator = layoutSeparator(layout);
  const numbers = [1, 2, 3].map((place) => (layoutYearPlace(layout) === place ? 'nnnn' : 'n'));
  const date = separator === '年' ? `${numbers[0]}年${numbers[1]}月${numbers[2]}日` : numbers.join(separator);
  const colon = layout & layoutFlag.hourLetter ? ' h ' : layout & layoutFlag.dotTime ? '.' : ':';
  const half = layout & layoutFlag.halfBefore ? 'AM ' : '';
  const time = `${half}HH${colon}MM${layout & layoutFlag.seconds ? `${layout & layoutFlag.dotTime ? '.' : ':'}SS` : ''}${layout & layoutFlag.halfAfter ? ' AM' : ''}`;
  const between = layout & layoutFlag.dashBetween ? ' - ' : layout & layoutFlag.comma ? ', ' : layout & layoutFlag.word ? ' … ' : ' ';
  const stamp = layout & layoutFlag.timeFirst ? `${time}${between}${date}` : `${date}${between}${time}`;
  const kind = layoutKind(layout);
  if (kind === 'bracket') return `[${stamp}] `;
  return `${stamp}${kind === 'dash' ? (layout & layoutFlag.longDash ? ' – ' : ' - ') : kind === 'colon' ? ': ' : kind === 'semicolon' ? '; ' : ' '}`;
}
