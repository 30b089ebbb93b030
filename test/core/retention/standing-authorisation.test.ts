// A standing authorisation covers its selection on its days, and nothing else.
import { describe, expect, it } from 'vitest';
import type { StandingAuthorisation } from '#core/model/settings.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { coveringAuthorisation, stillStands } from '#core/retention/standing-authorisation.ts';

const day = (text: string) => text as CalendarDate;
const one = (selection: string, decisionReference: string): StandingAuthorisation => ({
  selection,
  from: day('2030-01-01'),
  until: day('2030-12-31'),
  decisionReference,
});

describe('coveringAuthorisation', () => {
  it.each([
    ['6.1', '2029-12-31', null],
    ['6.1', '2030-01-01', 'B-6.1'],
    ['6.1', '2030-12-31', 'B-6.1'],
    ['6.1', '2031-01-01', null],
    ['6.1.4', '2030-06-01', null],
    ['6.2', '2030-06-01', null],
    [null, '2030-06-01', null],
  ])('%s on %s: %s', (selection, on, reference) => {
    expect(coveringAuthorisation([one('6.1', 'B-6.1')], selection, day(on))?.decisionReference ?? null).toBe(reference);
  });

  it('takes the narrower before the one for all', () => {
    const both = [one('*', 'B-ALLES'), one('6.1', 'B-6.1')];
    expect(coveringAuthorisation(both, '6.1', day('2030-06-01'))?.decisionReference).toBe('B-6.1');
    expect(coveringAuthorisation(both, null, day('2030-06-01'))?.decisionReference).toBe('B-ALLES');
  });

  it('does not stand any more when withdrawn', () => {
    expect(stillStands([one('6.1', 'B-6.1')], 'B-6.1', '6.1', day('2030-06-01'))).toBe(true);
    expect(stillStands([one('6.1', 'B-6.1')], 'B-ANDERS', '6.1', day('2030-06-01'))).toBe(false);
    expect(stillStands([one('6.2', 'B-6.1')], 'B-6.1', '6.1', day('2030-06-01'))).toBe(false);
    expect(stillStands([], 'B-6.1', '6.1', day('2030-06-01'))).toBe(false);
  });
});
