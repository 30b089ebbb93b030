// Parameters of law that change on a day (DOMAIN 2.1, 2.3): what held before that day goes on to hold for it. Text of law is no setting; the
// day on which an Act takes effect is, as long as it has not been published.
import type { CalendarDate, Period } from '#core/model/time.ts';
import { toDutchDate } from '#core/text/dutch-date.ts';
import { addPeriod, periodInWords } from './calendar.ts';

export interface LegalRule<T> {
  readonly from: CalendarDate;
  readonly value: T;
  /** Act and article, as a person reads it. */
  readonly ground: string;
}

/** The rule that holds on a day; null before the first. */
export function ruleOn<T>(rules: readonly LegalRule<T>[], day: CalendarDate): LegalRule<T> | null {
  return rules.reduce<LegalRule<T> | null>((best, rule) => (rule.from <= day && (best === null || rule.from > best.from) ? rule : best), null);
}

const archiefwet1995: LegalRule<Period> = {
  from: '1996-01-01' as CalendarDate,
  value: 'P20Y' as Period,
  ground: 'Archiefwet 1995, artikel 12',
};

/** Within which term what is kept for good goes to an archive repository. `newActFrom`: first day of the new Act; null: not known yet. */
export function transferTerms(newActFrom: CalendarDate | null): readonly LegalRule<Period>[] {
  return newActFrom === null ? [archiefwet1995] : [archiefwet1995, { from: newActFrom, value: 'P10Y' as Period, ground: 'Archiefwet 2026' }];
}

export interface Transfer {
  readonly by: CalendarDate | null;
  readonly explanation: string;
}

/** Of a case that is kept for good: handed over at the latest on, and why. An open case has no day yet. */
export function transferOf(closedOn: CalendarDate | null, today: CalendarDate, newActFrom: CalendarDate | null): Transfer {
  const rule = ruleOn(transferTerms(newActFrom), today);
  if (closedOn === null || rule === null) return { by: null, explanation: 'nog geen datum van overbrenging: de zaak is nog open' };
  const by = addPeriod(closedOn, rule.value);
  if (by === null) return { by: null, explanation: 'nog geen datum van overbrenging: die is niet te tellen' };
  return {
    by,
    explanation: `overbrengen uiterlijk ${toDutchDate(by)}: afgehandeld ${toDutchDate(closedOn)} + ${periodInWords(rule.value)} (${rule.ground})`,
  };
}
