import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { segmentIdOf } from '#core/search/segment.ts';
import { longestSegmentList, segmentsOf, segmentText } from '#core/search/segment-list.ts';

const id = 'bundle_01J0000000000000000000000A';
const entry = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), fc.nat(5000), fc.nat(10), fc.nat(20))
  .map(([n, number, level, continuations]) => ({ id: segmentIdOf(id, n, number), level, continuations }));

describe('the segments on a head', () => {
  property.prop([fc.array(entry, { maxLength: 40 })])('are read back as they were', (entries) => {
    expect(segmentsOf({ id, segments: entries.map(segmentText).join(' ') })).toEqual(entries);
  });

  it('may be tens of thousands: a phone with two hundred parties that take turns for gigabytes', () => {
    const entries = Array.from({ length: 25_000 }, (_, i) => ({ id: segmentIdOf(id, 1 + (i % 200), Math.floor(i / 200)), level: 9, continuations: 1 }));
    expect(entries.map(segmentText).join(' ').length).toBeLessThan(longestSegmentList);
  });
});
