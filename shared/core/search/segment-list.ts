// The segments of a bundle as its head names them: short, for a head holds 400 kB and may name tens of thousands.
//
//   3.0.7.0 3.1.7.1    conversation, number, level and continuations, in base 36
import { type SegmentEntry, segmentIdOf, segmentPlaceOf } from './segment.ts';

/** UTF-16 units: leaves room on the head for all else, its list of attachment texts included. */
export const longestSegmentList = 280_000;

export function numbersText(numbers: readonly number[]): string {
  return numbers.map((one) => one.toString(36)).join('.');
}

export function numbersOf(list: string): readonly (readonly number[])[] {
  return list
    .split(' ')
    .filter((one) => one !== '')
    .map((one) => one.split('.').map((number) => Number.parseInt(number, 36)));
}

export function segmentText({ id, level, continuations }: SegmentEntry): string {
  const { n, number } = segmentPlaceOf(id);
  return numbersText([n, number, level, continuations]);
}

export function segmentsOf(bundle: { readonly id: string; readonly segments: string }): readonly SegmentEntry[] {
  return numbersOf(bundle.segments).map(([n = 0, number = 0, level = 0, continuations = 0]) => ({
    id: segmentIdOf(bundle.id, n, number),
    level,
    continuations,
  }));
}
