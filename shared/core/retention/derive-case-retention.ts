// Retention of a case: from its closing and the selection list, never from an upload (ZGW zrc-021; DOMAIN: nine afleidingswijzen).
// What is not known stays not known: no date, and a sentence that says what is missing.
import type { Retention } from '#core/model/bundle.ts';
import type { Case } from '#core/model/case.ts';
import type { CalendarDate, Period } from '#core/model/time.ts';
import { toDutchDate } from '#core/text/dutch-date.ts';
import { addPeriod, periodInWords } from './calendar.ts';
import { type ProcessTerm, type SelectionList, selectionResult } from './selection-list.ts';

export type CaseFacts = Pick<Case, 'id' | 'state' | 'closedOn' | 'selection' | 'nomination' | 'period' | 'derivation'>;

interface Rule {
  readonly nomination: 'destroy' | 'keep' | 'unknown';
  readonly period: Period | null;
  readonly processTerm: ProcessTerm | null;
  /** `Selectielijst 2020, 6.1` or `termijn van de zaak zelf` */
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
  if (facts.selection === null) return { nomination: facts.nomination ?? 'unknown', period: facts.period, processTerm: 'nil', source: 'eigen termijn' };
  const row = selectionResult(list, facts.selection);
  const source = `${list.shortName}, ${facts.selection}`;
  if (row === null) return { nomination: 'unknown', period: null, processTerm: null, source };
  return { nomination: row.nomination ?? 'unknown', period: row.period, processTerm: row.processTerm, source };
}

function startOf(facts: CaseFacts, rule: Rule, closedOn: CalendarDate): { readonly date: CalendarDate; readonly words: string } | { readonly missing: string } {
  const { kind, startDate } = facts.derivation;
  const closed = { date: closedOn, words: `afgehandeld ${toDutchDate(closedOn)}` };
  const given = startDate === undefined ? null : { date: startDate, words: `afgehandeld, begin van de termijn ${toDutchDate(startDate)}` };
  if (kind !== 'afgehandeld') return given ?? { missing: `de begindatum hangt af van ${derivationsInWords[kind]} en is niet opgegeven` };
  if (given !== null) return rule.processTerm === 'nil' && closedOn > given.date ? closed : given;
  if (rule.processTerm === 'nil') return closed;
  if (rule.processTerm === null) return { missing: 'de selectielijst zegt niet wanneer de termijn begint en er is geen begindatum opgegeven' };
  return { missing: `${processTermsInWords[rule.processTerm]} en die datum is niet opgegeven` };
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
  if (rule.period === null) return without('destroy', `heeft geen bewaartermijn in jaren, maanden of dagen (${rule.source})`);
  if (facts.closedOn === null) return without('destroy', 'heeft geen datum van afhandeling');

  const start = startOf(facts, rule, facts.closedOn);
  if ('missing' in start) return without('destroy', `(${rule.source}): ${start.missing}`);
  const actionDate = addPeriod(start.date, rule.period);
  if (actionDate === null) return without('destroy', `heeft een bewaartermijn die niet te tellen is (${rule.source})`);
  return {
    nomination: 'destroy',
    period: rule.period,
    startDate: start.date,
    actionDate,
    explanation: `bewaren tot ${toDutchDate(actionDate)}: ${name} ${start.words} + ${periodInWords(rule.period)} (${rule.source})`,
  };
}
