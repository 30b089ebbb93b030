// Retention of a bundle: keep wins, what is unknown or open leaves it not due, else the longest of its cases and its own period.
import type { OwnRetention, Retention } from '#core/model/bundle.ts';
import type { Case } from '#core/model/case.ts';
import type { CaseId } from '#core/model/id.ts';
import { toDutchDate } from '#core/text/dutch-date.ts';
import { addPeriod, periodInWords } from './calendar.ts';

export type CaseOfBundle = Pick<Case, 'id' | 'state' | 'selection' | 'retention'>;

export interface DerivedRetention {
  readonly retention: Retention;
  /** Selection-list result on which the date rests; null: an own period, a term given by hand, or no date. */
  readonly selection: string | null;
}

/** A case that is named by the bundle but cannot be found: nothing is known of it, so nothing is due. */
export function caseNotFound(id: CaseId): CaseOfBundle {
  return {
    id,
    state: 'open',
    selection: null,
    retention: {
      nomination: 'unknown',
      period: null,
      startDate: null,
      actionDate: null,
      explanation: `nog geen vernietigingsdatum: zaak ${id} is niet gevonden`,
    },
  };
}

function ofOwn(own: OwnRetention): Retention {
  if (own.nomination === 'keep') {
    return { nomination: 'keep', period: null, startDate: null, actionDate: null, explanation: 'blijvend bewaren: eigen regel van deze bundel' };
  }
  const { period, startDate } = own;
  if (period === null || startDate === null) {
    const missing = period === null ? 'bewaartermijn' : 'begindatum';
    return { nomination: 'destroy', period, startDate, actionDate: null, explanation: `nog geen vernietigingsdatum: de eigen termijn heeft geen ${missing}` };
  }
  const actionDate = addPeriod(startDate, period);
  if (actionDate === null) {
    return { nomination: 'destroy', period, startDate, actionDate: null, explanation: 'nog geen vernietigingsdatum: de eigen termijn is niet te tellen' };
  }
  return {
    nomination: 'destroy',
    period,
    startDate,
    actionDate,
    explanation: `bewaren tot ${toDutchDate(actionDate)}: eigen termijn van deze bundel, ${toDutchDate(startDate)} + ${periodInWords(period)}`,
  };
}

/** `cases` holds one entry for every case the bundle names, `caseNotFound` for one that is not there. */
export function deriveBundle(own: OwnRetention | null, cases: readonly CaseOfBundle[]): DerivedRetention {
  const parts: readonly DerivedRetention[] = [
    ...cases.map(({ retention, selection, state }) =>
      state === 'open' && retention.actionDate !== null
        ? { retention: { ...retention, startDate: null, actionDate: null, explanation: 'nog geen vernietigingsdatum: de zaak is nog open' }, selection }
        : { retention, selection },
    ),
    ...(own === null ? [] : [{ retention: ofOwn(own), selection: null }]),
  ];
  if (parts.length === 0) {
    const explanation = 'nog geen vernietigingsdatum: geen zaak en geen eigen termijn';
    return { retention: { nomination: 'unknown', period: null, startDate: null, actionDate: null, explanation }, selection: null };
  }
  const kept = parts.find(({ retention }) => retention.nomination === 'keep');
  if (kept !== undefined) return kept;
  const blocked = parts.find(({ retention }) => retention.nomination === 'unknown') ?? parts.find(({ retention }) => retention.actionDate === null) ?? null;
  if (blocked !== null) return { retention: { ...blocked.retention, startDate: null, actionDate: null }, selection: null };

  const longest = parts.reduce((best, part) => ((part.retention.actionDate ?? '') > (best.retention.actionDate ?? '') ? part : best));
  if (parts.length === 1) return longest;
  return { ...longest, retention: { ...longest.retention, explanation: `${longest.retention.explanation}; de langste van ${parts.length} termijnen` } };
}

export function deriveBundleRetention(own: OwnRetention | null, cases: readonly CaseOfBundle[]): Retention {
  return deriveBundle(own, cases).retention;
}

/** Field by field: a store need not give fields back in the order in which they were written. */
export function sameRetention(a: Retention, b: Retention): boolean {
  return (['nomination', 'period', 'startDate', 'actionDate', 'explanation'] as const).every((field) => a[field] === b[field]);
}
