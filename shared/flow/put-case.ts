// A case as it is now, by a records manager: checked, valued, kept (keep-case.ts). Reopening clears the date.
import type { Acting } from '#core/audit/audited.ts';
import type { Case, Derivation } from '#core/model/case.ts';
import type { CaseId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { CalendarDate, Period } from '#core/model/time.ts';
import { addPeriod } from '#core/retention/calendar.ts';
import { deriveCaseRetention } from '#core/retention/derive-case-retention.ts';
import { selectionList2020, selectionResult } from '#core/retention/selection-list.ts';
import { keepCase, type NeedsKeepCase } from './keep-case.ts';

export interface CaseOrder {
  readonly title: string | null;
  readonly state: Case['state'];
  readonly closedOn: CalendarDate | null;
  readonly selection: string | null;
  readonly nomination: 'destroy' | 'keep' | null;
  readonly period: Period | null;
  readonly derivation: Derivation;
  /** Why, when somebody puts it by hand. */
  readonly reason?: string | null | undefined;
}

const farthest = '9000-01-01' as CalendarDate;

function checked(order: CaseOrder): Result<CaseOrder> {
  if (order.state === 'closed' && order.closedOn === null) return no('case.closed-without-date', { errors: [{ field: 'closedOn' }] });
  if (order.selection !== null && selectionResult(selectionList2020, order.selection) === null) {
    return no('case.selection-unknown', { errors: [{ field: 'selection' }] });
  }
  const byHand = order.nomination !== null || order.period !== null;
  if (order.selection !== null && byHand) return no('case.retention-contradicts', { errors: [{ field: 'selection' }] });
  if (order.period !== null && order.nomination !== 'destroy') return no('case.retention-contradicts', { errors: [{ field: 'period' }] });
  if (order.period !== null && addPeriod(farthest, order.period) === null) return no('input.invalid', { errors: [{ field: 'period' }] });
  // A case that is opened again may still carry the day on which it was closed: that day is over.
  return ok(order.state === 'open' ? { ...order, closedOn: null } : order);
}

/** What the case would be; nothing is stored. `source` says who speaks: the case system may overwrite an import, not a hand. */
export function valueCase(
  { clock }: Pick<NeedsKeepCase, 'clock'>,
  id: CaseId,
  wanted: CaseOrder,
  existing: Case | null,
  source: 'hand' | 'import',
): Result<Case> {
  const order = checked(wanted);
  if (!order.ok) return order;
  const { reason = null, ...facts } = { id, ...order.value, actionDateInSource: null };
  return ok({
    ...facts,
    rev: 1,
    verified: true,
    source,
    reason,
    ...(existing?.zgw === undefined ? {} : { zgw: { ...existing.zgw, attention: [] } }),
    retention: deriveCaseRetention(facts, selectionList2020),
    holds: existing?.holds ?? [],
    createdAt: existing?.createdAt ?? clock.now(),
  });
}

export async function putCase(needs: NeedsKeepCase, acting: Acting, id: CaseId, wanted: CaseOrder): Promise<Result<Case>> {
  const existing = await needs.cases.get(id);
  // From then on the case system no longer speaks for it: somebody must be able to tell why.
  if (existing?.source === 'zgw' && (wanted.reason ?? '') === '')
    return no('input.invalid', { errors: [{ field: 'reason', message: 'zeg waarom u afwijkt van het zaaksysteem' }] });
  const next = valueCase(needs, id, wanted, existing, 'hand');
  return next.ok ? keepCase(needs, acting, next.value, existing, 'case.put') : next;
}
