// All nine afleidingswijzen with the source's own rules for what is missing (ZGW zrc-021; DOMAIN 3.2).
import { describe, expect, it } from 'vitest';
import { derivationKinds } from '#core/model/case.ts';
import type { ZgwCase } from '#core/model/zgw-case.ts';
import { type DerivationKind, dayOf, derivationKindOf, deriveStart, type Start } from '#core/retention/derive-start.ts';
import { makeDayIn } from '#runtime/clock.ts';
import { day, resultType, term, zgwCase } from './zgw-cases.ts';

const zone = makeDayIn({ zone: 'Europe/Amsterdam' });
const closed = day('2026-02-28');
const by = (kind: DerivationKind, given: Partial<ZgwCase> = {}, derivation = {}): Start =>
  deriveStart(zgwCase({ resultType: resultType({}, { kind, ...derivation }), ...given }), kind, closed, zone);
const on = (date: string): Start => ({ kind: 'date', date: day(date) });
const postponed: Start = { kind: 'postponed' };
const missing: Start = { kind: 'missing' };
const value = (name: string, text: string) => ({ name, value: text });
const decision = (effectiveOn: string | null, lapsesOn: string | null) => ({
  effectiveOn: effectiveOn === null ? null : day(effectiveOn),
  lapsesOn: lapsesOn === null ? null : day(lapsesOn),
});
const other = (closedOn: string | null) => ({ closedOn: closedOn === null ? null : day(closedOn) });

describe('the start of the period', () => {
  it.each<[string, Start, Start]>([
    ['afgehandeld: the day of closing', by('afgehandeld'), on('2026-02-28')],
    ['hoofdzaak: the end of the main case', by('hoofdzaak', { mainCase: other('2026-05-31') }), on('2026-05-31')],
    ['hoofdzaak: waits for a main case that is open', by('hoofdzaak', { mainCase: other(null) }), postponed],
    ['hoofdzaak: wrong without a main case', by('hoofdzaak'), missing],
    ['eigenschap: its value', by('eigenschap', { properties: [value('einde', '2027-03-01')] }, { characteristic: 'einde' }), on('2027-03-01')],
    ['eigenschap: written without dashes', by('eigenschap', { properties: [value('einde', '20270301')] }, { characteristic: 'einde' }), on('2027-03-01')],
    ['eigenschap: not there yet', by('eigenschap', { properties: [value('begin', '2027-03-01')] }, { characteristic: 'einde' }), postponed],
    ['eigenschap: not a date', by('eigenschap', { properties: [value('einde', 'binnenkort')] }, { characteristic: 'einde' }), missing],
    ['eigenschap: not a day that exists', by('eigenschap', { properties: [value('einde', '2027-02-29')] }, { characteristic: 'einde' }), missing],
    ['eigenschap: a nameless one is none', by('eigenschap', { properties: [value('', '2027-03-01')] }), postponed],
    ['ander_datumkenmerk: somebody sets it', by('ander_datumkenmerk'), postponed],
    ['ander_datumkenmerk: set', by('ander_datumkenmerk', { startDate: day('2030-01-01') }), on('2030-01-01')],
    ['zaakobject: the latest of all', by('zaakobject', { objects: ['2027-01-01', '2028-01-01', '2026-01-01'] }), on('2028-01-01')],
    ['zaakobject: wrong without one', by('zaakobject'), missing],
    ['zaakobject: wrong when one has no date', by('zaakobject', { objects: ['2027-01-01', null] }), missing],
    ['termijn: closing and the process term', by('termijn', {}, { processPeriod: term('P1Y') }), on('2027-02-28')],
    ['termijn: wrong without a process term', by('termijn'), missing],
    ['gerelateerde_zaak: the latest end', by('gerelateerde_zaak', { related: [other('2026-01-01'), other('2026-09-09')] }), on('2026-09-09')],
    ['gerelateerde_zaak: waits for one that is open', by('gerelateerde_zaak', { related: [other('2026-01-01'), other(null)] }), postponed],
    ['gerelateerde_zaak: wrong without one', by('gerelateerde_zaak'), missing],
    [
      'ingangsdatum_besluit: the latest',
      by('ingangsdatum_besluit', { decisions: [decision('2026-03-01', null), decision('2026-04-01', null)] }),
      on('2026-04-01'),
    ],
    ['ingangsdatum_besluit: wrong without a decision', by('ingangsdatum_besluit'), missing],
    ['vervaldatum_besluit: the latest', by('vervaldatum_besluit', { decisions: [decision('2026-03-01', '2031-03-01')] }), on('2031-03-01')],
    ['vervaldatum_besluit: not there yet', by('vervaldatum_besluit', { decisions: [decision('2026-03-01', null)] }), postponed],
    [
      'vervaldatum_besluit: one that never lapses is not passed over',
      by('vervaldatum_besluit', { decisions: [decision(null, '2031-03-01'), decision(null, null)] }),
      postponed,
    ],
    ['vervaldatum_besluit: no decision yet', by('vervaldatum_besluit'), postponed],
  ])('%s', (_, found, wanted) => {
    expect(found).toEqual(wanted);
  });

  it.each(derivationKinds)('%s: a start that was set in the case system goes before all', (kind) => {
    expect(by(kind, { startDate: day('2040-12-31') })).toEqual(on('2040-12-31'));
  });

  it('knows the nine and no other', () => {
    expect(derivationKinds.map(derivationKindOf)).toEqual([...derivationKinds]);
    expect(derivationKindOf('uploaddatum')).toBeNull();
  });
});

describe('a day', () => {
  it.each([
    // A moment with a zone is the day it is in the archive's zone, whatever zone the machine has.
    ['2026-12-31T22:59:59Z', '2026-12-31'],
    ['2026-12-31T23:00:00Z', '2027-01-01'],
    ['2026-06-30T21:59:00Z', '2026-06-30'],
    ['2026-06-30T22:00:00Z', '2026-07-01'],
    ['2024-02-28T23:30:00Z', '2024-02-29'],
    ['2026-03-29T00:30:00.000Z', '2026-03-29'],
    ['2027-01-01T00:30:00+02:00', '2026-12-31'],
    ['2026-12-31T23:30', '2026-12-31'],
    [' 2026-12-31 ', '2026-12-31'],
    ['20240229', '2024-02-29'],
    ['2023-02-29', null],
    ['31-12-2026', null],
    ['2026-13-01', null],
    ['2026-12-31T25:00Z', null],
    ['', null],
  ])('%s is %s', (text, wanted) => {
    expect(dayOf(text, zone)).toBe(wanted);
  });

  it('is another day in another zone, and the machine has no say', () => {
    expect(dayOf('2026-12-31T23:30:00Z', makeDayIn({ zone: 'UTC' }))).toBe('2026-12-31');
    expect(dayOf('2026-12-31T23:30:00Z', makeDayIn({ zone: 'America/Curacao' }))).toBe('2026-12-31');
    expect(dayOf('2026-12-31T16:00:00Z', makeDayIn({ zone: 'Asia/Jakarta' }))).toBe('2026-12-31');
    expect(dayOf('2026-12-31T17:00:00Z', makeDayIn({ zone: 'Asia/Jakarta' }))).toBe('2027-01-01');
  });
});
