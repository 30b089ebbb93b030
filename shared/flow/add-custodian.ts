// A key person comes into the register. An account belongs to one person at most: it is claimed before the head is written.
import type { Acting } from '#core/audit/audited.ts';
import type { Custodian } from '#core/model/custodian.ts';
import type { CustodianId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { CalendarDate, Period } from '#core/model/time.ts';
import type { CustodianStore } from '#store/custodian-store.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsAddCustodian extends NeedsAudit {
  readonly custodians: Pick<CustodianStore, 'get' | 'create' | 'remove' | 'claimant' | 'claimSubject' | 'releaseSubject'>;
}

export interface CustodianOrder {
  readonly name: string;
  readonly function: string;
  readonly subject: string | null;
  readonly rhythm: Period | null;
  readonly from: CalendarDate | null;
  readonly reminder: string;
}

export async function addCustodian(needs: NeedsAddCustodian, acting: Acting, order: CustodianOrder): Promise<Result<Custodian>> {
  const id = needs.ids.make('custodian');
  if (order.subject !== null && !(await claimAccount(needs, order.subject, id))) return no('custodian.account-taken', { errors: [{ field: 'subject' }] });
  const custodian: Custodian = {
    id,
    rev: 1,
    state: 'active',
    name: order.name,
    function: order.function,
    subject: order.subject,
    rhythm: order.rhythm,
    from: order.from ?? needs.clock.today(),
    reminder: order.reminder,
    lastReminder: null,
    leavingOn: null,
    steps: {},
    createdAt: needs.clock.now(),
  };
  const event = acted(needs, acting, 'custodian.add', id, { account: order.subject !== null, rhythm: order.rhythm ?? 'none' });
  if (!(await needs.custodians.create(custodian, event))) throw new Error('add custodian: a new id is taken');
  // Between our claim and our head another may have taken the claim for one that was left behind: then that one stands.
  if (order.subject !== null && (await needs.custodians.claimant(order.subject)) !== id) {
    await needs.custodians.remove(id);
    return no('custodian.account-taken', { errors: [{ field: 'subject' }] });
  }
  await settle(needs, { pendingEvent: event });
  return ok(custodian);
}

/** A claim whose holder is gone, or has let the account go, is taken over. */
export async function claimAccount(needs: Pick<NeedsAddCustodian, 'custodians'>, subject: string, id: CustodianId): Promise<boolean> {
  if (await needs.custodians.claimSubject(subject, id)) return true;
  const holder = await needs.custodians.claimant(subject);
  if (holder === null) return needs.custodians.claimSubject(subject, id);
  const head = await needs.custodians.get(holder);
  if (head !== null && head.state !== 'removing' && head.subject === subject) return false;
  return needs.custodians.claimSubject(subject, id, holder);
}
