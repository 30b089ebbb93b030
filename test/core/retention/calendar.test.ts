// Calendar arithmetic, held against a slow count of days and against tables of edge dates (DOMAIN 3.2).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarDate, Period } from '#core/model/time.ts';
import { addDays, addPeriod, daysBetween, monthsFrom, periodInWords, periodParts } from '#core/retention/calendar.ts';

const date = (text: string) => text as CalendarDate;
const period = (text: string) => text as Period;

describe('addPeriod', () => {
  it.each([
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2024-02-29', 'P4Y', '2028-02-29'],
    ['2096-02-29', 'P4Y', '2100-02-28'],
    ['1996-02-29', 'P4Y', '2000-02-29'],
    ['2025-02-28', 'P1Y', '2026-02-28'],
    ['2023-02-28', 'P1Y', '2024-02-28'],
    ['2025-01-31', 'P1M', '2025-02-28'],
    ['2024-01-31', 'P1M', '2024-02-29'],
    ['2025-03-31', 'P1M', '2025-04-30'],
    ['2025-12-31', 'P1M', '2026-01-31'],
    ['2025-12-31', 'P2M', '2026-02-28'],
    ['2025-08-31', 'P6M', '2026-02-28'],
    ['2025-03-01', 'P28D', '2025-03-29'],
    ['2024-02-02', 'P28D', '2024-03-01'],
    ['2025-02-02', 'P28D', '2025-03-02'],
    ['2025-12-31', 'P1D', '2026-01-01'],
    ['2025-11-20', 'P42D', '2026-01-01'],
    ['2025-11-20', 'P6W', '2026-01-01'],
    ['2024-08-31', 'P1Y6M', '2026-02-28'],
    ['2024-02-29', 'P1Y1D', '2025-03-01'],
    ['2025-01-01', 'P110Y', '2135-01-01'],
    ['2025-01-01', 'P91D', '2025-04-02'],
    ['2025-03-29', 'P2D', '2025-03-31'],
    ['2025-10-25', 'P2D', '2025-10-27'],
    ['2025-05-05', 'P0D', '2025-05-05'],
  ])('%s + %s = %s', (start, term, end) => {
    expect(addPeriod(date(start), period(term))).toBe(end);
  });

  it('has no date beyond the year 9999', () => {
    expect(addPeriod(date('2025-01-01'), period('P99999Y'))).toBeNull();
    expect(addPeriod(date('2025-01-01'), period('P99999999D'))).toBeNull();
  });

  it('never ends before it starts, and a longer term never ends earlier', () => {
    const days = fc.integer({ min: 0, max: 100_000 });
    const parts = fc.tuple(fc.integer({ min: 0, max: 110 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 400 }));
    fc.assert(
      fc.property(days, parts, (offset, [y, m, d]) => {
        const start = addDays(date('1950-01-01'), offset);
        const end = addPeriod(start, period(`P${y}Y${m}M${d}D`)) ?? '';
        const later = addPeriod(start, period(`P${y}Y${m}M${d + 1}D`)) ?? '';
        expect(end >= start).toBe(true);
        expect(later > end).toBe(true);
      }),
    );
  });
});

describe('addDays and daysBetween', () => {
  it('agree with a walk over every day of 4 centuries', () => {
    const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let count = 0;
    let wrong = 0;
    for (let year = 1900; year < 2300; year++) {
      const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
      lengths.forEach((length, month) => {
        for (let day = 1; day <= length + (month === 1 && leap ? 1 : 0); day++, count++) {
          const text = `${year}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          if (addDays(date('1900-01-01'), count) !== text || daysBetween(date('1900-01-01'), date(text)) !== count) wrong++;
        }
      });
    }
    expect(wrong).toBe(0);
    expect(count).toBe(146_097);
  });

  it('are each other’s inverse backwards too', () => {
    expect(addDays(date('2024-03-01'), -1)).toBe('2024-02-29');
    expect(addDays(date('2026-01-01'), -365)).toBe('2025-01-01');
    expect(daysBetween(date('2026-01-01'), date('2025-01-01'))).toBe(-365);
  });
});

describe('months', () => {
  it.each([
    ['2031-04', '2031-04', ['2031-04']],
    ['2030-11', '2031-02', ['2030-11', '2030-12', '2031-01', '2031-02']],
    ['2031-05', '2031-04', []],
  ])('from %s to %s', (first, last, months) => {
    expect(monthsFrom(first, last)).toEqual(months);
  });
});

describe('periods', () => {
  it.each([
    ['P5Y', '5 jaar'],
    ['P1Y6M', '1 jaar en 6 maanden'],
    ['P28D', '28 dagen'],
    ['P1D', '1 dag'],
    ['P6W', '6 weken'],
    ['P1Y1M1W1D', '1 jaar, 1 maand, 1 week en 1 dag'],
    ['P0D', '0 dagen'],
  ])('%s is %s', (term, words) => {
    expect(periodInWords(period(term))).toBe(words);
  });

  it('refuses what is no period instead of counting nothing', () => {
    for (const bad of ['', 'P', 'P1', '5Y', 'PT1H', 'P1Y ', 'P-1Y']) expect(() => periodParts(period(bad))).toThrow(RangeError);
  });
});
