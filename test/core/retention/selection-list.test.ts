// The built-in table of facts: its size, its traps (DOMAIN 2.5) and rows that policy texts name.
import { describe, expect, it } from 'vitest';
import { Period } from '#core/model/time.ts';
import { periodParts } from '#core/retention/calendar.ts';
import { selectionList2020, selectionResult } from '#core/retention/selection-list.ts';

describe('the Selectielijst 2020', () => {
  it('has 346 results in 29 process types, each number once', () => {
    expect(selectionList2020.results).toHaveLength(346);
    expect(selectionList2020.processTypes).toHaveLength(29);
    expect(new Set(selectionList2020.results.map(({ number }) => number)).size).toBe(346);
  });

  it('has 255 to destroy, 89 to keep and 2 lapsed', () => {
    const count = (nomination: 'destroy' | 'keep' | null) => selectionList2020.results.filter((row) => row.nomination === nomination).length;
    expect([count('destroy'), count('keep'), count(null)]).toEqual([255, 89, 2]);
  });

  it('has only periods that can be counted', () => {
    for (const { period } of selectionList2020.results) {
      if (period === null) continue;
      expect(Period.safeParse(period).success).toBe(true);
      const { years, months, weeks, days } = periodParts(period);
      expect(years + months + weeks + days).toBeGreaterThan(0);
    }
  });

  it.each([
    ['6.1', 'destroy', 'P5Y', 'nil'],
    ['6.2', 'destroy', 'P1Y', 'nil'],
    ['13.1', 'destroy', 'P5Y', 'nil'],
    ['15.1', 'destroy', 'P5Y', 'nil'],
    ['19.1.6', 'keep', null, null],
    ['12.1.9', 'destroy', 'P28D', 'nil'],
    ['8.4.1', 'destroy', 'P42D', 'nil'],
    ['2.1', 'destroy', 'P10Y', 'life-of-object'],
    ['12.1.4', 'destroy', 'P2Y', null],
    ['7.1.20', null, null, null],
    ['19.1.13', null, null, null],
    ['19.1.17', 'destroy', null, 'nil'],
    ['19.1.19', 'destroy', null, 'nil'],
    ['19.2.1', 'destroy', null, 'nil'],
  ])('%s: %s %s %s', (number, nomination, period, processTerm) => {
    expect(selectionResult(selectionList2020, number)).toMatchObject({ number, nomination, period, processTerm });
  });

  it('knows no number that is not in it', () => {
    expect(selectionResult(selectionList2020, '99.9')).toBeNull();
    expect(selectionResult(selectionList2020, '6')).toBeNull();
  });

  it('names its source, version and licence', () => {
    expect(selectionList2020.version).toContain('11143');
    expect(selectionList2020.licence).toContain('EUPL');
  });
});
