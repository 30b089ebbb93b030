// From a case in the case system to what we keep of it. Where case, result type, selection list and own calculation differ, the most careful
// counts and somebody is asked to look: nothing is guessed, nothing comes due early (DOMAIN 3.1, 3.2).
import type { Case, CaseAttention } from '#core/model/case.ts';
import type { CaseId } from '#core/model/id.ts';
import type { ProcessTerm } from '#core/model/process-term.ts';
import type { CalendarDate } from '#core/model/time.ts';
import type { ZgwCase } from '#core/model/zgw-case.ts';
import { deriveCaseRetention } from './derive-case-retention.ts';
import { type DayIn, type DerivationKind, derivationKindOf, deriveStart } from './derive-start.ts';
import { type SelectionList, selectionResult } from './selection-list.ts';

export type ValuedCase = Pick<Case, 'title' | 'state' | 'closedOn' | 'selection' | 'nomination' | 'period' | 'derivation'> & {
  readonly actionDateInSource: CalendarDate | null;
  readonly attention: readonly CaseAttention[];
};

/** Selection-list link rules of the source: which derivation a process term admits. */
export function derivationFits(processTerm: ProcessTerm | null, kind: DerivationKind): boolean {
  if (processTerm === null) return true;
  if (processTerm === 'nil') return kind === 'afgehandeld';
  if (processTerm === 'estimated-life-of-object') return kind === 'termijn';
  return kind !== 'afgehandeld';
}

export function valueZgwCase(one: ZgwCase, list: SelectionList, dayIn: DayIn): ValuedCase {
  const attention = new Set<CaseAttention>();
  const { resultType, closedOn } = one;
  const row = resultType?.selection == null ? null : selectionResult(list, resultType.selection.number);
  const kind = derivationKindOf(resultType?.derivation?.kind ?? '');
  const base = { title: one.title, selection: row?.number ?? null };

  const said = [one.nomination, resultType?.nomination ?? null, row?.nomination ?? null].filter((nomination) => nomination !== null);
  const nomination = said.includes('keep') ? 'keep' : (said[0] ?? null);
  if (new Set(said).size > 1) attention.add('nomination-differs');
  if (one.archiveStatus === 'transferred') attention.add('transferred');

  // Nothing is destroyed here because it lies elsewhere: that takes the other archive's receipt.
  const kept = nomination === 'keep' || one.archiveStatus === 'transferred';
  if (kept) {
    return {
      ...base,
      state: closedOn === null ? 'open' : 'closed',
      closedOn,
      nomination: 'keep',
      period: null,
      derivation: { kind: kind ?? 'afgehandeld' },
      actionDateInSource: null,
      attention: [...attention],
    };
  }
  const period = nomination === 'destroy' ? (resultType?.period ?? null) : null;
  if (closedOn === null) {
    return {
      ...base,
      state: 'open',
      closedOn,
      nomination,
      period,
      derivation: { kind: kind ?? 'afgehandeld' },
      actionDateInSource: null,
      attention: [...attention],
    };
  }

  const fits = kind !== null && derivationFits(resultType?.selection?.processTerm ?? row?.processTerm ?? null, kind);
  if (kind !== null && !fits) attention.add('derivation-contradicts-list');
  const start = kind === null ? null : deriveStart(one, kind, closedOn, dayIn);
  if (start?.kind === 'postponed') attention.add('start-postponed');
  if (start?.kind === 'missing' || (start === null && resultType !== null)) attention.add('start-missing');
  // A start at closing where the list has it begin later would be too early: then there is none, whatever the case system made of it.
  const trusted = fits || (kind !== null && kind !== 'afgehandeld');
  const termUnknown = one.archiveStatus === 'archived-process-term-unknown';
  if (termUnknown) attention.add('start-postponed');
  const startDate = trusted && !termUnknown && start?.kind === 'date' ? start.date : null;
  const actionDateInSource = trusted && !termUnknown && nomination === 'destroy' ? one.actionDate : null;
  const valued = {
    ...base,
    state: 'closed' as const,
    closedOn,
    nomination,
    period,
    derivation:
      startDate === null
        ? { kind: kind === null || kind === 'afgehandeld' ? ('ander_datumkenmerk' as const) : kind }
        : { kind: kind ?? 'afgehandeld', startDate },
  } satisfies Omit<ValuedCase, 'attention' | 'actionDateInSource'>;
  const own = deriveCaseRetention({ id: one.number as CaseId, ...valued }, list).actionDate;
  if (own !== null && actionDateInSource !== null && own !== actionDateInSource) attention.add('date-differs');
  return { ...valued, actionDateInSource, attention: [...attention] };
}
