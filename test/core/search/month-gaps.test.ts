import { describe, expect, it } from 'vitest';
import { kindFlag } from '#core/search/columns-codec.ts';
import { monthGaps } from '#core/search/month-gaps.ts';
import { localNumber } from '#core/search/segment.ts';

const columns = (...records: readonly (readonly [local: string, kind?: number])[]) => ({
  times: Float64Array.from(records, ([local]) => localNumber(local)),
  kinds: Uint8Array.from(records, ([, kind = 0]) => kind),
});

describe('monthGaps', () => {
  it('has every month from the first to the last, over the turn of the year', () => {
    const months = monthGaps([columns(['2024-02-01T10:00']), columns(['2023-11-30T23:59'], ['2023-11-30T23:59', kindFlag.deleted])], []);
    expect(months.map(({ value, records, deleted }) => [value, records, deleted])).toEqual([
      ['2023-11', 2, 1],
      ['2023-12', 0, 0],
      ['2024-01', 0, 0],
      ['2024-02', 1, 0],
    ]);
  });

  it('marks the months in which a timer ran, on to the end when nobody turned it off', () => {
    const turned = (local: string, on: boolean) => ({ time: localNumber(local), on });
    const timer = [turned('2024-01-31T10:00', true), turned('2024-02-01T10:00', true), turned('2024-02-02T10:00', false), turned('2024-04-09T10:00', true)];
    const months = monthGaps([columns(['2024-01-01T10:00'], ['2024-05-01T10:00'])], timer);
    expect(months.map(({ timer: on }) => on)).toEqual([true, true, false, true, true]);
  });

  it('stands when a date names a month that no year has, and when there is nothing', () => {
    expect(monthGaps([columns(['2024-13-01T10:00'], ['2024-12-01T10:00'])], []).map(({ value }) => value)).toEqual(['2024-12']);
    expect(monthGaps([], [])).toEqual([]);
  });
});
