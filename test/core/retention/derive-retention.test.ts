// Retention from the case, never from the upload (DOMAIN 3.1, 3.2; PITFALLS: openregister#3552, open-archiefbeheer#1032, gemma-zaken#1589).
import { describe, expect, it } from 'vitest';
import type { OwnRetention } from '#core/model/bundle.ts';
import { derivationKinds } from '#core/model/case.ts';
import type { CaseId } from '#core/model/id.ts';
import type { CalendarDate, Period } from '#core/model/time.ts';
import { type CaseOfBundle, caseNotFound, deriveBundle, deriveBundleRetention } from '#core/retention/derive-bundle-retention.ts';
import { type CaseFacts, deriveCaseRetention } from '#core/retention/derive-case-retention.ts';
import { selectionList2020 } from '#core/retention/selection-list.ts';

const date = (text: string) => text as CalendarDate;
const period = (text: string) => text as Period;

function facts(given: Partial<CaseFacts> = {}): CaseFacts {
  return {
    id: 'ZAAK-2026-0042' as CaseId,
    state: 'closed',
    closedOn: date('2026-02-28'),
    selection: '6.1',
    nomination: null,
    period: null,
    derivation: { kind: 'afgehandeld' },
    ...given,
  };
}
const derive = (given: Partial<CaseFacts> = {}) => deriveCaseRetention(facts(given), selectionList2020);

describe('a case', () => {
  it('is due its period after closing, and says so in one sentence', () => {
    expect(derive()).toEqual({
      nomination: 'destroy',
      period: 'P5Y',
      startDate: '2026-02-28',
      actionDate: '2031-02-28',
      explanation: 'bewaren tot 28-02-2031: zaak ZAAK-2026-0042 afgehandeld 28-02-2026 + 5 jaar (Selectielijst 2020, 6.1)',
    });
  });

  it.each([
    ['2024-02-29', '6.2', '2025-02-28'],
    ['2024-02-29', '6.1', '2029-02-28'],
    ['2025-12-31', '6.2', '2026-12-31'],
    ['2026-01-01', '6.2', '2027-01-01'],
    ['2024-02-02', '12.1.9', '2024-03-01'],
    ['2025-12-04', '12.1.9', '2026-01-01'],
  ])('closed %s under %s is due %s', (closedOn, selection, actionDate) => {
    expect(derive({ closedOn: date(closedOn), selection }).actionDate).toBe(actionDate);
  });

  it('that is open is not due, whatever its start date', () => {
    expect(derive({ state: 'open', closedOn: null })).toMatchObject({ nomination: 'destroy', period: 'P5Y', startDate: null, actionDate: null });
    expect(derive({ state: 'open', closedOn: null, derivation: { kind: 'eigenschap', startDate: date('2001-01-01') } }).actionDate).toBeNull();
  });

  it('to be kept has no date, even when open, and even with a period', () => {
    expect(derive({ selection: '1.1.1' })).toMatchObject({ nomination: 'keep', period: null, startDate: null, actionDate: null });
    expect(derive({ selection: null, nomination: 'keep', state: 'open', closedOn: null })).toMatchObject({ nomination: 'keep', actionDate: null });
  });

  it.each(derivationKinds.filter((kind) => kind !== 'afgehandeld'))('derived by %s has no start until it is given', (kind) => {
    const without = derive({ derivation: { kind } });
    expect(without).toMatchObject({ nomination: 'destroy', startDate: null, actionDate: null });
    expect(without.explanation).toContain('niet opgegeven');
    expect(derive({ derivation: { kind, startDate: date('2020-06-30') } })).toMatchObject({ startDate: '2020-06-30', actionDate: '2025-06-30' });
  });

  it.each(['2.1', '3.1', '4.1.7', '12.1.4'])('under %s, with a process term, has no start until it is given', (selection) => {
    expect(derive({ selection })).toMatchObject({ nomination: 'destroy', startDate: null, actionDate: null });
    expect(derive({ selection, derivation: { kind: 'afgehandeld', startDate: date('2020-01-31') } }).startDate).toBe('2020-01-31');
  });

  it('never starts before its closing when the period starts at closing', () => {
    expect(derive({ derivation: { kind: 'afgehandeld', startDate: date('2020-01-01') } }).startDate).toBe('2026-02-28');
    expect(derive({ derivation: { kind: 'afgehandeld', startDate: date('2027-01-01') } }).startDate).toBe('2027-01-01');
  });

  it.each(['19.1.17', '19.1.19', '19.2.1'])('under %s, whose term is not given, is not due', (selection) => {
    expect(derive({ selection })).toMatchObject({ nomination: 'destroy', period: null, actionDate: null });
  });

  it.each(['7.1.20', '19.1.13', '99.9'])('under %s, lapsed or not in the list, is unknown', (selection) => {
    expect(derive({ selection })).toMatchObject({ nomination: 'unknown', period: null, actionDate: null });
  });

  it('without a result and without a nomination is unknown', () => {
    expect(derive({ selection: null })).toMatchObject({ nomination: 'unknown', actionDate: null });
  });

  it('closed without a date is not due', () => {
    expect(derive({ closedOn: null }).actionDate).toBeNull();
  });

  it('may have nomination and period by hand', () => {
    const own = derive({ selection: null, nomination: 'destroy', period: period('P1Y6M'), closedOn: date('2024-08-31') });
    expect(own).toMatchObject({ nomination: 'destroy', period: 'P1Y6M', actionDate: '2026-02-28' });
    expect(own.explanation).toBe('bewaren tot 28-02-2026: zaak ZAAK-2026-0042 afgehandeld 31-08-2024 + 1 jaar en 6 maanden (eigen termijn)');
    expect(derive({ selection: null, nomination: 'destroy' }).actionDate).toBeNull();
  });

  it('with a period that cannot be counted is not due', () => {
    expect(derive({ selection: null, nomination: 'destroy', period: period('P99999Y') }).actionDate).toBeNull();
  });
});

const caseOf = (given: Partial<CaseFacts>): CaseOfBundle => {
  const all = facts(given);
  return { id: all.id, state: all.state, selection: all.selection, retention: deriveCaseRetention(all, selectionList2020) };
};
const short = caseOf({ id: 'Z-KORT' as CaseId, selection: '6.2' });
const long = caseOf({ id: 'Z-LANG' as CaseId, selection: '6.1' });
const open = caseOf({ id: 'Z-OPEN' as CaseId, state: 'open', closedOn: null });
const keep = caseOf({ id: 'Z-BLIJFT' as CaseId, selection: '1.1.1' });
const unknown = caseOf({ id: 'Z-ONBEKEND' as CaseId, selection: null });
const own = (given: Partial<OwnRetention> = {}): OwnRetention => ({ nomination: 'destroy', period: period('P10Y'), startDate: date('2026-01-01'), ...given });

describe('a bundle', () => {
  it('of one case has the retention of that case', () => {
    expect(deriveBundle(null, [long])).toEqual({ retention: long.retention, selection: '6.1' });
  });

  it('of several cases has the longest, in any order', () => {
    for (const cases of [
      [short, long],
      [long, short],
    ]) {
      const { retention, selection } = deriveBundle(null, cases);
      expect(retention.actionDate).toBe('2031-02-28');
      expect(selection).toBe('6.1');
      expect(retention.explanation).toContain('de langste van 2 termijnen');
    }
  });

  it.each([
    ['keep before everything', [short, keep, open, unknown], 'keep'],
    ['unknown before a date', [short, unknown, long], 'unknown'],
    ['open before a date', [short, open, long], 'destroy'],
    ['a case that is not found before a date', [short, caseNotFound('Z-WEG' as CaseId)], 'unknown'],
  ] as const)('lets %s win', (_, cases, nomination) => {
    for (const order of [cases, cases.toReversed()])
      expect(deriveBundleRetention(null, order)).toMatchObject({ nomination, startDate: null, actionDate: null });
  });

  it('without a case and without a period of its own is unknown, never due', () => {
    expect(deriveBundleRetention(null, [])).toMatchObject({ nomination: 'unknown', actionDate: null });
  });

  it('may have a period of its own; the longest wins', () => {
    expect(deriveBundle(own(), [])).toMatchObject({ retention: { actionDate: '2036-01-01' }, selection: null });
    expect(deriveBundleRetention(own(), []).explanation).toBe('bewaren tot 01-01-2036: eigen termijn van deze bundel, 01-01-2026 + 10 jaar');
    expect(deriveBundle(own(), [long])).toMatchObject({ retention: { actionDate: '2036-01-01' }, selection: null });
    expect(deriveBundle(own({ period: period('P1Y') }), [long])).toMatchObject({ retention: { actionDate: '2031-02-28' }, selection: '6.1' });
  });

  it('of its own kept, without a period or without a start is not due', () => {
    expect(deriveBundleRetention(own({ nomination: 'keep' }), [long])).toMatchObject({ nomination: 'keep', actionDate: null });
    expect(deriveBundleRetention(own({ period: null }), [long]).actionDate).toBeNull();
    expect(deriveBundleRetention(own({ startDate: null }), [long]).actionDate).toBeNull();
    expect(deriveBundleRetention(own({ period: period('P99999Y') }), [long]).actionDate).toBeNull();
  });

  it('does not trust a date on an open case', () => {
    expect(deriveBundleRetention(null, [{ ...long, state: 'open' }]).actionDate).toBeNull();
  });
});
