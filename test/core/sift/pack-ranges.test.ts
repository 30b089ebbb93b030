// Struck ranges as bytes and back.
import { fc, test as property } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { type StruckRange, siftReasons } from '#core/model/sift.ts';
import { packRanges, unpackRanges } from '#core/sift/pack-ranges.ts';

const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 100_000_000 }), fc.integer({ min: 0, max: 50_000 }), fc.constantFrom(...siftReasons)), {
  maxLength: 8,
});

property.prop([steps])('come back as they were', (given) => {
  let end = -1;
  const ranges = given.map(([step, length, reason]): StruckRange => {
    const from = end + step;
    end = from + length;
    return { from, to: end, reason };
  });
  expect(unpackRanges(packRanges(ranges))).toEqual(ranges);
});

it('take three bytes each where two people take turns', () => {
  const turns = Array.from({ length: 20_000 }, (_, at): StruckRange => ({ from: at * 2, to: at * 2, reason: 'private' }));
  expect(packRanges(turns).length).toBe(60_000);
});

it('that break off are no ranges', () => {
  expect(() => unpackRanges(Uint8Array.of(1))).toThrow('break off');
  expect(() => unpackRanges(Uint8Array.of(1, 1, 9))).toThrow('not known');
});
