// A key person's facts change, the checklist of leaving goes on, a reminder was given. One conditional write on one item each.
import type { Acting } from '#core/audit/audited.ts';
import type { AuditEvent } from '#core/model/audit-event.ts';
import { type Custodian, type LeavingStep, openSteps, type StepState } from '#core/model/custodian.ts';
import type { CustodianId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { CalendarDate } from '#core/model/time.ts';
import type { CustodianChange, CustodianStore, StoredCustodian } from '#store/custodian-store.ts';
import { acted, settle } from './acted.ts';
import { type CustodianOrder, claimAccount, type NeedsAddCustodian } from './add-custodian.ts';

export interface NeedsChangeCustodian extends NeedsAddCustodian {
  readonly custodians: NeedsAddCustodian['custodians'] & Pick<CustodianStore, 'change'>;
}

export type CustodianPatch = {
  readonly [K in keyof CustodianOrder]?: CustodianOrder[K] | undefined;
} & {
  /** A day: the person leaves. null: the person stays, or has come back. */
  readonly leavingOn?: CalendarDate | null | undefined;
};

interface Work {
  readonly action: string;
  readonly facts: AuditEvent['facts'];
  readonly set: CustodianChange;
}

export async function findCustodian(needs: { readonly custodians: Pick<CustodianStore, 'get'> }, id: string): Promise<Result<StoredCustodian>> {
  const found = await needs.custodians.get(id);
  return found === null || found.state === 'removing' ? no('not-found') : ok(found);
}

async function carryOut(needs: NeedsChangeCustodian, acting: Acting, head: StoredCustodian, { action, facts, set }: Work): Promise<Result<Custodian>> {
  await settle(needs, head);
  const changed = await needs.custodians.change(head.id, head.rev, set, acted(needs, acting, action, head.id, facts));
  if (changed === null) return no('changed-meanwhile');
  await settle(needs, changed);
  return ok(changed);
}

export async function changeCustodian(needs: NeedsChangeCustodian, acting: Acting, id: CustodianId, patch: CustodianPatch): Promise<Result<Custodian>> {
  const head = await findCustodian(needs, id);
  if (!head.ok) return head;
  const { leavingOn, from, ...facts } = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as CustodianPatch;
  const set = {
    ...facts,
    ...(from === undefined || from === null ? {} : { from }),
    ...(leavingOn === undefined ? {} : { leavingOn, state: leavingOn === null ? 'active' : 'leaving' }),
  } as CustodianChange;
  if (Object.keys(set).length === 0) return ok(head.value);
  const former = head.value.subject;
  if (set.subject !== undefined && set.subject !== null && set.subject !== former && !(await claimAccount(needs, set.subject, id)))
    return no('custodian.account-taken', { errors: [{ field: 'subject' }] });
  const changed = await carryOut(needs, acting, head.value, { action: 'custodian.change', facts: { fields: Object.keys(set).join(' ') }, set });
  if (changed.ok && former !== null && changed.value.subject !== former) await needs.custodians.releaseSubject(former, id);
  return changed;
}

export interface StepOrder {
  readonly step: LeavingStep;
  readonly state: StepState;
  readonly remark: string | null;
}

export async function settleStep(needs: NeedsChangeCustodian, acting: Acting, id: CustodianId, order: StepOrder): Promise<Result<Custodian>> {
  const head = await findCustodian(needs, id);
  if (!head.ok) return head;
  if (head.value.state !== 'leaving') return no('custodian.wrong-state');
  const { step, state, remark } = order;
  const steps = { ...head.value.steps, [step]: { state, remark, by: acting.subject, at: needs.clock.now() } };
  return carryOut(needs, acting, head.value, { action: 'custodian.step', facts: { step, state }, set: { steps } });
}

/** The person has left: only when nothing of the checklist is open. */
export async function closeCustodian(needs: NeedsChangeCustodian, acting: Acting, id: CustodianId): Promise<Result<Custodian>> {
  const head = await findCustodian(needs, id);
  if (!head.ok) return head;
  if (head.value.state === 'left') return ok(head.value);
  if (head.value.state !== 'leaving') return no('custodian.wrong-state');
  if (openSteps(head.value).length > 0) return no('custodian.steps-open', { errors: openSteps(head.value).map((field) => ({ field })) });
  return carryOut(needs, acting, head.value, { action: 'custodian.close', facts: {}, set: { state: 'left' } });
}

export async function remindCustodian(needs: NeedsChangeCustodian, acting: Acting, id: CustodianId): Promise<Result<Custodian>> {
  const head = await findCustodian(needs, id);
  if (!head.ok) return head;
  const lastReminder = { at: needs.clock.now(), by: acting.subject };
  return carryOut(needs, acting, head.value, { action: 'custodian.remind', facts: {}, set: { lastReminder } });
}
