// People's steps on a destruction list: submit, review, authorise, confirm, abort. One conditional write moves the list and carries the
// reviewer's decisions; they are written on the items right after, or by whoever touches the list next.
import type { Acting } from '#core/audit/audited.ts';
import type { DestructionList, ListStep } from '#core/model/destruction-list.ts';
import type { ListId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { addDays, monthOf } from '#core/retention/calendar.ts';
import { canStep } from '#core/retention/list-steps.ts';
import type { Decision, ListPatch, ListStore, StoredList } from '#store/list-store.ts';
import type { RunStore } from '#store/run-store.ts';
import type { SettingsStore } from '#store/settings-store.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';

/** What it takes to have the bundles of a list proposed again. */
export interface NeedsAskAgain {
  readonly lists: Pick<ListStore, 'allItems'>;
  readonly runs: Pick<RunStore, 'askAgainFrom'>;
}

export interface NeedsWorkOnList extends NeedsAudit {
  readonly lists: ListStore;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly runs: Pick<RunStore, 'askAgainFrom'>;
}

export type ListOrder =
  | { readonly action: 'submit' }
  | { readonly action: 'review'; readonly decisions: readonly Decision[]; readonly approve: boolean; readonly remark: string | null }
  | { readonly action: 'authorise'; readonly approve: boolean; readonly remark: string | null }
  | { readonly action: 'confirm'; readonly name: string }
  | { readonly action: 'abort'; readonly reason: string };

export async function workOnList(needs: NeedsWorkOnList, acting: Acting, id: ListId, order: ListOrder): Promise<Result<DestructionList>> {
  const found = await needs.lists.get(id);
  if (found === null) return no('not-found');
  await settle(needs, found);
  const list = await writeDecisions(needs, found);

  const approve = 'approve' in order ? order.approve : true;
  const step = canStep(list, order.action, { subject: acting.subject }, acting.role, approve);
  if (!step.ok) return step;
  if (order.action === 'confirm' && order.name !== list.name) return no('list.name-differs', { errors: [{ field: 'name' }] });
  if (order.action === 'review') {
    const known = new Set((await needs.lists.allItems(id)).map(({ bundleId }) => bundleId));
    const unknown = order.decisions.filter(({ bundleId }) => !known.has(bundleId));
    if (unknown.length > 0) return no('list.item-unknown', { errors: unknown.map(({ bundleId }) => ({ field: 'decisions', message: bundleId })) });
  }

  const at = needs.clock.now();
  const taken: ListStep = { to: step.value, by: acting.subject, role: acting.role, at, remark: remarkOf(order) };
  const patch: ListPatch = {
    state: step.value,
    steps: [...list.steps, taken],
    ...(order.action === 'review' && order.decisions.length > 0 ? { decisions: order.decisions, excluded: excludedAfter(list, order.decisions) } : {}),
    ...(step.value === 'cooling-off' ? { executeFrom: await afterCoolingOff(needs) } : {}),
    pendingEvent: acted(needs, acting, `list.${order.action}`, id, {
      to: step.value,
      ...(order.action === 'review' ? { kept: order.decisions.filter(({ keep }) => keep !== null).length } : {}),
    }),
  };
  // Before and after: a crash must not leave the bundles of an aborted list out of every later proposal, nor a run in between.
  if (order.action === 'abort') await askForAgain(needs, id);
  const moved = await needs.lists.change(id, list.rev, at, patch);
  if (moved === null) return no('changed-meanwhile');
  await settle(needs, moved);
  if (order.action === 'abort') await askForAgain(needs, id);
  return ok(await writeDecisions(needs, moved));
}

/** What the reviewer keeps leaves the list where everybody sees it, at once. */
function excludedAfter(list: StoredList, decisions: Extract<ListOrder, { action: 'review' }>['decisions']): DestructionList['excluded'] {
  const kept = new Set(list.excluded.filter(({ reason }) => reason === 'kept').map(({ bundleId }) => bundleId));
  for (const { bundleId, keep } of decisions) keep === null ? kept.delete(bundleId) : kept.add(bundleId);
  const others = list.excluded.filter(({ reason }) => reason !== 'kept');
  // What left by itself is named once, with that reason.
  for (const { bundleId } of others) kept.delete(bundleId);
  return [...others, ...[...kept].map((bundleId) => ({ bundleId, reason: 'kept' as const }))];
}

function remarkOf(order: ListOrder): string | null {
  if (order.action === 'abort') return order.reason;
  return 'remark' in order ? order.remark : null;
}

async function afterCoolingOff(needs: Pick<NeedsWorkOnList, 'settings' | 'clock'>): Promise<CalendarDate> {
  const { settings } = await needs.settings.get();
  return addDays(needs.clock.today(), settings.coolingOffDays);
}

export async function askForAgain(needs: NeedsAskAgain, id: ListId): Promise<void> {
  const months = (await needs.lists.allItems(id)).map(({ actionDate }) => monthOf(actionDate)).sort();
  const [first] = months;
  if (first !== undefined) await needs.runs.askAgainFrom('propose-destruction', first);
}

/** Writes a review's decisions on the items, once; the list afterwards. */
export async function writeDecisions(needs: Pick<NeedsWorkOnList, 'lists' | 'clock'>, list: StoredList): Promise<StoredList> {
  if (list.decisions === undefined) return list;
  for (const { bundleId, keep } of list.decisions) await needs.lists.changeItem(list.id, bundleId, { keep });
  const written = await needs.lists.change(list.id, list.rev, needs.clock.now(), { decisions: null });
  if (written !== null) return written;
  const now = await needs.lists.get(list.id);
  if (now === null) throw new Error('list: its head is gone');
  return writeDecisions(needs, now);
}
