// A case as it is now, from a records manager or the case system: stored with its retention, then its bundles follow. Reopening clears the date.
import type { Acting } from '#core/audit/audited.ts';
import type { Case, Derivation } from '#core/model/case.ts';
import type { CaseId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { CalendarDate, Period } from '#core/model/time.ts';
import { addPeriod } from '#core/retention/calendar.ts';
import { deriveCaseRetention } from '#core/retention/derive-case-retention.ts';
import { selectionList2020, selectionResult } from '#core/retention/selection-list.ts';
import type { CaseStore } from '#store/case-store.ts';
import type { PendingStore } from '#store/pending-store.ts';
import { acted, settle } from './acted.ts';
import { applyRetention, type NeedsApplyRetention } from './apply-retention.ts';
import type { NeedsQueue } from './needs.ts';

export interface NeedsPutCase extends NeedsApplyRetention, NeedsQueue {
  readonly cases: Pick<CaseStore, 'get' | 'getMany' | 'pendingEvent' | 'create' | 'change'>;
  readonly pending: Pick<PendingStore, 'begin' | 'get' | 'end'>;
}

export interface CaseOrder {
  readonly title: string | null;
  readonly state: Case['state'];
  readonly closedOn: CalendarDate | null;
  readonly selection: string | null;
  readonly nomination: 'destroy' | 'keep' | null;
  readonly period: Period | null;
  readonly derivation: Derivation;
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

export async function putCase(needs: NeedsPutCase, acting: Acting, id: CaseId, wanted: CaseOrder): Promise<Result<Case>> {
  const order = checked(wanted);
  if (!order.ok) return order;
  const existing = await needs.cases.get(id);
  const facts = { id, ...order.value };
  const next: Case = {
    ...facts,
    rev: 1,
    verified: true,
    retention: deriveCaseRetention(facts, selectionList2020),
    holds: existing?.holds ?? [],
    createdAt: existing?.createdAt ?? needs.clock.now(),
  };
  const event = acted(needs, acting, existing?.state === 'closed' && next.state === 'open' ? 'case.reopen' : 'case.put', `case:${id}`, {
    state: next.state,
    nomination: next.retention.nomination,
    actionDate: next.retention.actionDate ?? 'none',
  });
  if (existing !== null) {
    const former = await needs.cases.pendingEvent(id);
    if (former !== null) await needs.audit.append(former);
  }

  // Before the case itself: a crash after its write must not leave its bundles on the former date for good.
  await needs.pending.begin('case', id, needs.clock.now());
  const stored = existing === null ? ((await needs.cases.create(next, event)) ? next : null) : await needs.cases.change(next, existing.rev, event);
  if (stored === null) return no('changed-meanwhile');
  await settle(needs, { pendingEvent: event });
  if ((await applyRetention(needs, acting, id, 1)) === 'more') await needs.queue.send('apply-retention', { caseId: id });
  return ok(stored);
}
