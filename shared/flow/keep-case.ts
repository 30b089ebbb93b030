// A case as it is now is stored with its retention; work list and bundles follow (apply-retention.ts). Everything that puts a
// case comes along here: by hand, by import, from the case system. Run again it changes nothing; broken off it is begun again.
import type { Acting } from '#core/audit/audited.ts';
import type { Case } from '#core/model/case.ts';
import type { CaseId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { CaseStore } from '#store/case-store.ts';
import type { PendingStore } from '#store/pending-store.ts';
import { acted, settle } from './acted.ts';
import { applyRetention, type NeedsApplyRetention } from './apply-retention.ts';
import type { NeedsQueue } from './needs.ts';

export interface NeedsKeepCase extends NeedsApplyRetention, NeedsQueue {
  readonly cases: Pick<CaseStore, 'get' | 'getMany' | 'pendingEvent' | 'create' | 'change' | 'fileWork'>;
  readonly pending: Pick<PendingStore, 'begin' | 'get' | 'end'>;
}

/** `existing`: the case as it was read before it was valued; null: it was not there. */
export async function keepCase(needs: NeedsKeepCase, acting: Acting, next: Case, existing: Case | null, action: string): Promise<Result<Case>> {
  const { id } = next;
  const reopened = existing?.state === 'closed' && next.state === 'open';
  const event = acted(needs, acting, reopened ? 'case.reopen' : action, `case:${id}`, {
    state: next.state,
    nomination: next.retention.nomination,
    actionDate: next.retention.actionDate ?? 'none',
    ...(next.source === undefined ? {} : { source: next.source }),
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
  await follow(needs, acting, id);
  return ok(stored);
}

async function follow(needs: NeedsKeepCase, acting: Acting, id: CaseId): Promise<void> {
  if ((await applyRetention(needs, acting, id, 1)) === 'more') await needs.queue.send('apply-retention', { caseId: id });
}

/** Of a case that is as it should be: what an earlier go, broken off, has left to do. */
export async function finishCase(needs: NeedsKeepCase, acting: Acting, id: CaseId): Promise<void> {
  if ((await needs.pending.get('case', id)) === null) return;
  const pendingEvent = await needs.cases.pendingEvent(id);
  if (pendingEvent !== null) await settle(needs, { pendingEvent });
  await follow(needs, acting, id);
}
