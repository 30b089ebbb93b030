// Rules of law with effective dates: the old one holds until its day (DOMAIN 2.1, 2.3).
import { describe, expect, it } from 'vitest';
import { ruleOn, transferOf, transferTerms } from '#core/retention/legal-rules.ts';
import { day } from './zgw-cases.ts';

describe('the transfer term', () => {
  it.each([
    ['2026-12-31', null, 'P20Y'],
    ['2026-12-31', '2027-01-01', 'P20Y'],
    ['2027-01-01', '2027-01-01', 'P10Y'],
    ['2027-01-01', null, 'P20Y'],
  ])('on %s with the new Act from %s is %s', (today, from, wanted) => {
    expect(ruleOn(transferTerms(from === null ? null : day(from)), day(today))?.value).toBe(wanted);
  });

  it('explains itself', () => {
    expect(transferOf(day('2024-02-29'), day('2026-11-24'), null)).toEqual({
      by: '2044-02-29',
      explanation: 'overbrengen uiterlijk 29-02-2044: afgehandeld 29-02-2024 + 20 jaar (Archiefwet 1995, artikel 12)',
    });
    expect(transferOf(day('2024-02-29'), day('2027-06-01'), day('2027-01-01'))).toMatchObject({ by: '2034-02-28' });
    expect(transferOf(null, day('2027-06-01'), null)).toMatchObject({ by: null });
  });
});
