// What changed since it was listed (held, case reopened, date moved) leaves its list by itself, each night, with the reason where everybody
// sees it. It only ever takes off: what may be destroyed is asked once more by destroy-bundle (PITFALLS: a snapshot at the start is not enough).
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { Case } from '#core/model/case.ts';
import { type LeaveReason, type ListItem, waitingListStates } from '#core/model/destruction-list.ts';
import type { ListId } from '#core/model/id.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CaseStore } from '#store/case-store.ts';
import type { ListStore } from '#store/list-store.ts';
import type { PendingStore } from '#store/pending-store.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';
import { holdsInTheMaking, type Intents, otherHolds } from './other-holds.ts';
import { derivedFrom } from './rederive-bundle.ts';

export interface NeedsLeave extends NeedsAudit {
  readonly lists: ListStore;
  readonly bundles: Pick<BundleStore, 'get' | 'getMany' | 'refile'>;
  readonly cases: Pick<CaseStore, 'getMany'>;
  readonly pending: Pick<PendingStore, 'each'>;
}

const atOnce = 100;

/** How many items left the list. Run again after a break, it writes on the list what was only on the items. */
export async function leaveChangedItems(needs: NeedsLeave, acting: Acting, id: ListId): Promise<number> {
  const waiting = (await needs.lists.allItems(id)).filter(({ outcome }) => outcome === 'waiting');
  const intents = await holdsInTheMaking(needs.pending);
  let left = 0;
  for (let from = 0; from < waiting.length; from += atOnce) {
    const items = waiting.slice(from, from + atOnce);
    const heads = new Map((await needs.bundles.getMany(items.map(({ bundleId }) => bundleId))).map((head) => [head.id as string, head]));
    const caseIds = [...new Set([...heads.values()].flatMap((head) => head.caseIds))];
    const cases = new Map((await needs.cases.getMany(caseIds)).map((one) => [one.id as string, one]));
    for (const item of items) {
      const head = heads.get(item.bundleId);
      const reason = head === undefined ? null : reasonToLeave(head, item, cases, intents);
      if (reason !== null && (await leaveList(needs, item, reason))) left++;
    }
  }
  await nameOnList(needs, acting, id);
  return left;
}

/** null: it stays. What is gone already stays too: the execution names it as already absent. */
function reasonToLeave(head: Bundle, item: ListItem, cases: ReadonlyMap<string, Case>, intents: Intents): LeaveReason | null {
  if (head.state === 'destroying' || head.state === 'destroyed') return null;
  if (head.state !== 'indexed') return 'wrong-state';
  if (head.holds.length > 0 || otherHolds(head, cases, intents).length > 0) return 'held';
  const { retention } = derivedFrom(head, cases);
  for (const { nomination, actionDate } of [retention, head.retention]) {
    if (nomination !== 'destroy' || actionDate === null) return 'not-due';
    if (actionDate !== item.actionDate) return 'date-differs';
  }
  return null;
}

/** The head is changed first, as destroy-bundle does it: a delivery that has read it before cannot begin any more. */
async function leaveList(needs: NeedsLeave, { listId, bundleId }: ListItem, reason: LeaveReason): Promise<boolean> {
  await needs.bundles.refile(bundleId, needs.clock.today());
  const head = await needs.bundles.get(bundleId);
  if (head?.state === 'destroying' || head?.state === 'destroyed') return false;
  if ((await needs.lists.changeItem(listId, bundleId, { outcome: 'left-out', reason })) === null) return false;
  await needs.lists.releaseListing(bundleId, listId);
  return true;
}

async function nameOnList(needs: NeedsLeave, acting: Acting, id: ListId): Promise<void> {
  for (;;) {
    const list = await needs.lists.get(id);
    if (list === null || !waitingListStates.some((state) => state === list.state)) return;
    await settle(needs, list);
    const named = new Set(list.excluded.map(({ bundleId }) => bundleId));
    const items = await needs.lists.allItems(id);
    const left = items.filter(({ outcome }) => outcome === 'left-out');
    // Its claim too: a break may have come between the item and its release.
    for (const { bundleId } of left) if (!named.has(bundleId)) await needs.lists.releaseListing(bundleId, id);
    const more = left.flatMap(({ bundleId, reason }) => (reason === null || named.has(bundleId) ? [] : [{ bundleId, reason }]));
    if (more.length === 0) return;
    const pendingEvent = acted(needs, acting, 'list.leave', id, { left: more.length });
    const changed = await needs.lists.change(id, list.rev, needs.clock.now(), { excluded: [...list.excluded, ...more], pendingEvent });
    if (changed === null) continue;
    await settle(needs, changed);
    return;
  }
}
