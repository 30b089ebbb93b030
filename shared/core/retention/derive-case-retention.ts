// Retention of a case: from its closing and the selection list, never from an upload (ZGW zrc-021; DOMAIN: nine afleidingswijzen).
// What is not known stays not known: no date, and a sentence that says what is missing.
import type { Retention } from '#core/model/bundle.ts';
import type { Case } from '#core/model/case.ts';
import type { ProcessTerm } from '#core/model/process-term.ts';
import type { CalendarDate, Period } from '#core/model/time.ts';
import { toDutchDate } from '#core/text/dutch-date.ts';
import { addPeriod, periodInWords } from './calendar.ts';
import { type SelectionList, selectionResult } from './selection-list.ts';

export type CaseFacts = Pick<Case, 'id' | 'state' | 'closedOn' | 'selection' | 'nomination' | 'period' | 'derivation' | 'actionDateInSource'>;

interface Rule {
  readonly nomination: 'destroy' | 'keep' | 'unknown';
  readonly period: Period | null;
  /** Of the selection list, where the case system gives another: the longer counts. */
  readonly otherPeriod: Period | null;
  readonly processTerm: ProcessTerm | null;
  /** `Selectielijst 2020, 6.1` or `eigen termijn` */
  readonly source: string;
}

const derivationsInWords: Readonly<Record<Exclude<Case['derivation']['kind'], 'afgehandeld'>, string>> = {
  ander_datumkenmerk: 'een ander datumkenmerk',
  eigenschap: 'een eigenschap van de zaak',
  gerelateerde_zaak: 'een gerelateerde zaak',
  hoofdzaak: 'de hoofdzaak',
  ingangsdatum_besluit: 'de ingangsdatum van een besluit',
  termijn: 'een termijn na afhandeling',
  vervaldatum_besluit: 'de vervaldatum van een besluit',
  zaakobject: 'een zaakobject',
};

const processTermsInWords: Readonly<Record<Exclude<ProcessTerm, 'nil'>, string>> = {
  'life-of-object': 'de termijn begint als het procesobject niet meer bestaat',
  'estimated-life-of-object': 'de termijn begint na de geschatte bestaansduur van het procesobject',
  'date-to-be-set': 'de termijn begint op een vast te leggen datum',
  'merged-with-period': 'de termijn begint op een eigen datum, zoals een geboortedatum',
};

function ruleOf(facts: CaseFacts, list: SelectionList): Rule {
  const row = facts.selection === null ? null : selectionResult(list, facts.selection);
  const named = facts.selection === null ? 'eigen termijn' : `${list.shortName}, ${facts.selection}`;
  if (facts.selection === null || facts.nomination !== null) {
    // Beside a row of the list: what the result type of the case system says (DOMAIN 3.1). Its derivation says when the period starts.
    const nomination = row?.nomination === 'keep' ? 'keep' : (facts.nomination ?? 'unknown');
    const same = row === null || (row.nomination === facts.nomination && row.period === facts.period);
    return { nomination, period: facts.period, otherPeriod: row?.period ?? null, processTerm: 'nil', source: same ? named : `resultaattype bij ${named}` };
  }
  if (row === null) return { nomination: 'unknown', period: null, otherPeriod: null, processTerm: null, source: named };
  return { nomination: row.nomination ?? 'unknown', period: row.period, otherPeriod: null, processTerm: row.processTerm, source: named };
}

function startOf(facts: CaseFacts, rule: Rule, closedOn: CalendarDate): { readonly date: CalendarDate; readonly words: string } | { readonly missing: string } {
  const { kind, startDate } = facts.derivation;
  const closed = { date: closedOn, words: `afgehandeld ${toDutchDate(closedOn)}` };
  const because = kind === 'afgehandeld' ? '' : ` (${derivationsInWords[kind]})`;
  const begins = (date: CalendarDate) => `afgehandeld ${toDutchDate(closedOn)}, termijn begint ${toDutchDate(date)}${because}`;
  const given = startDate === undefined ? null : { date: startDate, words: startDate === closedOn ? closed.words : begins(startDate) };
  if (kind !== 'afgehandeld') return given ?? { missing: `de begindatum hangt af van ${derivationsInWords[kind]} en is niet opgegeven` };
  if (given !== null) return rule.processTerm === 'nil' && closedOn > given.date ? closed : given;
  if (rule.processTerm === 'nil') return closed;
  if (rule.processTerm === null) return { missing: 'de selectielijst zegt niet wanneer de termijn begint en er is geen begindatum opgegeven' };
  return { missing: `${processTermsInWords[rule.processTerm]} en die datum is niet opgegeven` };
}

/** The longer of the two periods from this day, with its end. */
function longer(start: CalendarDate, period: Period, other: Period | null): { readonly period: Period; readonly end: CalendarDate } | null {
  const end = addPeriod(start, period);
  const otherEnd = other === null ? null : addPeriod(start, other);
  if (end === null) return null;
  return other !== null && otherEnd !== null && otherEnd > end ? { period: other, end: otherEnd } : { period, end };
}

/** Stored with the case, and derived again at every proposal and every destruction. */
export function deriveCaseRetention(facts: CaseFacts, list: SelectionList): Retention {
  const rule = ruleOf(facts, list);
  const name = `zaak ${facts.id}`;
  const without = (nomination: Retention['nomination'], why: string): Retention => ({
    nomination,
    period: nomination === 'destroy' ? rule.period : null,
    startDate: null,
    actionDate: null,
    explanation: `nog geen vernietigingsdatum: ${name} ${why}`,
  });

  if (rule.nomination === 'keep') {
    return { nomination: 'keep', period: null, startDate: null, actionDate: null, explanation: `blijvend bewaren: ${name} (${rule.source})` };
  }
  if (rule.nomination === 'unknown') {
    return without(
      'unknown',
      facts.selection === null ? 'heeft geen resultaat uit de selectielijst' : `heeft een resultaat zonder waardering (${rule.source})`,
    );
  }
  if (facts.state === 'open') return without('destroy', 'is nog open');
  if (facts.closedOn === null) return without('destroy', 'heeft geen datum van afhandeling');
  const inSource = facts.actionDateInSource ?? null;
  const bySource = (date: CalendarDate, period: Period | null, startDate: CalendarDate | null): Retention => ({
    nomination: 'destroy',
    period,
    startDate,
    actionDate: date,
    explanation: `bewaren tot ${toDutchDate(date)}: ${name} heeft deze archiefactiedatum in het zaaksysteem (${rule.source})`,
  });
  if (rule.period === null && inSource !== null) return bySource(inSource, null, null);
  if (rule.period === null) return without('destroy', `heeft geen bewaartermijn in jaren, maanden of dagen (${rule.source})`);

  const start = startOf(facts, rule, facts.closedOn);
  if ('missing' in start && inSource !== null) return bySource(inSource, rule.period, null);
  if ('missing' in start) return without('destroy', `(${rule.source}): ${start.missing}`);
  const counted = longer(start.date, rule.period, rule.otherPeriod);
  if (counted === null) return without('destroy', `heeft een bewaartermijn die niet te tellen is (${rule.source})`);
  if (inSource !== null && inSource > counted.end) return bySource(inSource, counted.period, start.date);
  return {
    nomination: 'destroy',
    period: counted.period,
    startDate: start.date,
    actionDate: counted.end,
    explanation: `bewaren tot ${toDutchDate(counted.end)}: ${name} ${start.words} + ${periodInWords(counted.period)} (${rule.source})`,
  };
}
