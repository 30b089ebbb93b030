// Case, result type, selection list and own calculation: where they differ the most careful counts, and somebody is asked to look (DOMAIN 3.1, 3.2).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivationKinds } from '#core/model/case.ts';
import type { CaseId } from '#core/model/id.ts';
import type { ProcessTerm } from '#core/model/process-term.ts';
import type { ZgwCase } from '#core/model/zgw-case.ts';
import { deriveCaseRetention } from '#core/retention/derive-case-retention.ts';
import { selectionList2020 } from '#core/retention/selection-list.ts';
import { derivationFits, valueZgwCase } from '#core/retention/value-zgw-case.ts';
import { makeDayIn } from '#runtime/clock.ts';
import { day, resultType, term, zgwCase } from './zgw-cases.ts';

const zone = makeDayIn({ zone: 'Europe/Amsterdam' });
const valued = (given: Partial<ZgwCase> = {}) => valueZgwCase(zgwCase(given), selectionList2020, zone);
const kept = (given: Partial<ZgwCase> = {}) => {
  const one = valued(given);
  return { ...deriveCaseRetention({ id: 'ZAAK-2026-0042' as CaseId, ...one }, selectionList2020), attention: one.attention };
};
const listed = (number: string, processTerm: ProcessTerm | null = 'nil') => ({ number, processTerm });

describe('a case of the case system', () => {
  it('explains its date by its closing, its term and its row of the list', () => {
    expect(kept({ resultType: resultType({ selection: listed('6.1') }) })).toEqual({
      nomination: 'destroy',
      period: 'P5Y',
      startDate: '2026-02-28',
      actionDate: '2031-02-28',
      explanation: 'bewaren tot 28-02-2031: zaak ZAAK-2026-0042 afgehandeld 28-02-2026 + 5 jaar (Selectielijst 2020, 6.1)',
      attention: [],
    });
  });

  it('explains a start that is not the closing', () => {
    const decided = resultType({}, { kind: 'vervaldatum_besluit' });
    expect(kept({ resultType: decided, decisions: [{ effectiveOn: null, lapsesOn: day('2027-05-01') }] }).explanation).toBe(
      'bewaren tot 01-05-2032: zaak ZAAK-2026-0042 afgehandeld 28-02-2026, termijn begint 01-05-2027 (de vervaldatum van een besluit) + 5 jaar (eigen termijn)',
    );
  });

  it('that is open, or opened again, has no date, even when the case system still has one', () => {
    const open = { closedOn: null, actionDate: day('2020-01-01'), startDate: day('2015-01-01') };
    expect(kept(open)).toMatchObject({ startDate: null, actionDate: null });
    expect(kept({ ...open, resultType: null })).toMatchObject({ nomination: 'unknown', actionDate: null });
  });

  it('without a result has no valuation, and nothing is due', () => {
    expect(kept({ resultType: null })).toMatchObject({ nomination: 'unknown', actionDate: null });
    expect(kept({ resultType: null, nomination: 'destroy', actionDate: day('2030-01-01') })).toMatchObject({ attention: [], actionDate: null });
  });

  it.each<[string, Partial<ZgwCase>]>([
    ['the case', { nomination: 'keep' }],
    ['the result type', { nomination: 'destroy', resultType: resultType({ nomination: 'keep' }) }],
    ['the selection list', { resultType: resultType({ selection: listed('1.1.1', null) }) }],
  ])('is kept when %s says so, and says that they differ', (_, given) => {
    expect(kept(given)).toMatchObject({ nomination: 'keep', actionDate: null, attention: ['nomination-differs'] });
  });

  it('that was handed over is not destroyed here', () => {
    expect(kept({ archiveStatus: 'transferred', actionDate: day('2020-01-01') })).toMatchObject({
      nomination: 'keep',
      actionDate: null,
      attention: ['transferred'],
    });
  });

  it('without a term has no date, unless the case system gives one', () => {
    expect(kept({ resultType: resultType({ period: null }) })).toMatchObject({ period: null, actionDate: null });
    const given = kept({ resultType: resultType({ period: null }), actionDate: day('2033-01-01') });
    expect(given).toMatchObject({ actionDate: '2033-01-01', explanation: expect.stringContaining('archiefactiedatum in het zaaksysteem') });
  });

  it.each([
    ['2035-01-01', '2035-01-01'],
    ['2030-01-01', '2031-02-28'],
  ])('with %s in the case system and 2031-02-28 by calculation is kept until %s, and says so', (inSource, wanted) => {
    expect(kept({ actionDate: day(inSource) })).toMatchObject({ actionDate: wanted, attention: ['date-differs'] });
  });

  it('of which the list asks longer than the result type is kept for as long as the list asks', () => {
    const short = kept({ resultType: resultType({ period: term('P1Y'), selection: listed('6.1') }) });
    expect(short).toMatchObject({ period: 'P5Y', actionDate: '2031-02-28' });
    expect(kept({ resultType: resultType({ period: term('P9Y'), selection: listed('6.1') }) })).toMatchObject({ period: 'P9Y', actionDate: '2035-02-28' });
  });

  it('whose start is postponed or missing is not due and is on the work list', () => {
    expect(kept({ resultType: resultType({}, { kind: 'eigenschap', characteristic: 'einde' }) })).toMatchObject({
      actionDate: null,
      attention: ['start-postponed'],
    });
    expect(kept({ resultType: resultType({}, { kind: 'ingangsdatum_besluit' }) })).toMatchObject({ actionDate: null, attention: ['start-missing'] });
    expect(kept({ resultType: resultType({}, { kind: 'iets_nieuws' }) })).toMatchObject({ actionDate: null, attention: ['start-missing'] });
    expect(kept({ archiveStatus: 'archived-process-term-unknown' })).toMatchObject({ actionDate: null, attention: ['start-postponed'] });
  });

  it.each<[ProcessTerm | null, (typeof derivationKinds)[number], boolean]>([
    ['nil', 'afgehandeld', true],
    ['nil', 'termijn', false],
    ['estimated-life-of-object', 'termijn', true],
    ['estimated-life-of-object', 'afgehandeld', false],
    ['estimated-life-of-object', 'eigenschap', false],
    ['life-of-object', 'afgehandeld', false],
    ['life-of-object', 'vervaldatum_besluit', true],
    ['date-to-be-set', 'afgehandeld', false],
    ['merged-with-period', 'eigenschap', true],
    [null, 'afgehandeld', true],
  ])('under process term %s may be derived by %s: %s', (processTerm, kind, fits) => {
    expect(derivationFits(processTerm, kind)).toBe(fits);
  });

  it('that starts at closing where the list has it start later is not due, whatever the case system made of it', () => {
    const wrong = resultType({ selection: listed('2.1', 'life-of-object') });
    expect(kept({ resultType: wrong, actionDate: day('2027-01-01') })).toMatchObject({ actionDate: null, attention: ['derivation-contradicts-list'] });
  });

  it('is never due before its closing and its term, whatever the case system holds', () => {
    const dates = fc.integer({ min: 0, max: 20_000 }).map((n) => day(new Date(Date.UTC(2000, 0, 1) + n * 86_400_000).toISOString().slice(0, 10)));
    const perhaps = fc.option(dates, { nil: null });
    const source = fc.record({
      closedOn: perhaps,
      actionDate: perhaps,
      nomination: fc.constantFrom(null, 'destroy' as const, 'keep' as const),
      kind: fc.constantFrom(...derivationKinds),
      related: fc.array(fc.record({ closedOn: perhaps }), { maxLength: 3 }),
      lapses: fc.array(perhaps, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(source, ({ closedOn, actionDate, nomination, kind, related, lapses }) => {
        const outcome = kept({
          closedOn,
          actionDate,
          nomination,
          related,
          decisions: lapses.map((lapsesOn) => ({ effectiveOn: lapsesOn, lapsesOn })),
          resultType: resultType({}, { kind, processPeriod: term('P2Y') }),
        });
        if (closedOn === null || nomination === 'keep') expect(outcome.actionDate).toBeNull();
        if (outcome.actionDate !== null && actionDate !== null) expect(outcome.actionDate >= actionDate).toBe(true);
        if (outcome.actionDate !== null && kind === 'afgehandeld') expect(outcome.actionDate > (closedOn ?? '9')).toBe(true);
        if (outcome.actionDate !== null) expect(outcome.explanation).toContain('bewaren tot');
      }),
    );
  });
});
