// Lists whose cooling-off is over are carried out: every item is handed to destroy-bundle, and when all are settled the certificate is made.
// Run again it hands on what still waits; a list is executed only when nothing of it waits any more.
import type { Acting } from '#core/audit/audited.ts';
import { type ListItem, type ListState, type ListStep, waitingListStates } from '#core/model/destruction-list.ts';
import type { ListId } from '#core/model/id.ts';
import { listText } from '#core/model/list-text.nl.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { isReadLately } from '#core/retention/is-unread.ts';
import { stillStands } from '#core/retention/standing-authorisation.ts';
import type { ListStore, StoredList } from '#store/list-store.ts';
import type { RunReport } from '#store/run-store.ts';
import type { ZgwStateStore } from '#store/zgw/zgw-state-store.ts';
import { acted, settle } from './acted.ts';
import { leaveChangedItems, type NeedsLeave } from './leave-changed-items.ts';
import { makeCertificate, type NeedsCertificate } from './make-certificate.ts';
import { mergeWords, type NeedsMerge } from './merge-dictionary.ts';
import type { NeedsQueue } from './needs.ts';
import { askForAgain, type NeedsAskAgain, writeDecisions } from './work-on-list.ts';

export interface NeedsExecute extends NeedsCertificate, NeedsMerge, NeedsQueue, NeedsLeave, NeedsAskAgain {
  readonly lists: ListStore;
  readonly zgwState: Pick<ZgwStateStore, 'get'>;
  readonly bundles: NeedsMerge['bundles'] & NeedsLeave['bundles'];
}

export async function executeDestruction(needs: NeedsExecute, acting: Acting): Promise<RunReport> {
  const counts = { lists: 0, started: 0, withdrawn: 0, handedOn: 0, executed: 0, left: 0 };
  // All collected before the first is started, or a list just started would be handed on twice.
  const open = await needs.lists.open();
  const inState = (...states: readonly ListState[]) => open.flatMap(({ id, state }) => (states.includes(state) ? [id] : []));
  for (const id of inState(...waitingListStates)) counts.left += await leaveChangedItems(needs, acting, id);
  for (const id of [...inState('executing'), ...inState('cooling-off')]) {
    const outcome = await executeList(needs, acting, id);
    if (outcome.step !== 'wait') counts.lists++;
    if (outcome.step === 'started') counts.started++;
    if (outcome.step === 'withdrawn') counts.withdrawn++;
    if (outcome.executed) counts.executed++;
    counts.handedOn += outcome.handedOn;
  }
  return counts;
}

export interface ListOutcome {
  /** wait: not its day, or not its state · withdrawn: the standing authorisation is gone and the list is aborted · started · continued */
  readonly step: 'wait' | 'withdrawn' | 'started' | 'continued';
  readonly handedOn: number;
  readonly executed: boolean;
}

const idle = { handedOn: 0, executed: false } as const;

/** One list, as far as it can go now. The head is read consistently: the index that named it only proposes. */
export async function executeList(needs: NeedsExecute, acting: Acting, id: ListId): Promise<ListOutcome> {
  let list = await needs.lists.get(id);
  if (list === null) return { step: 'wait', ...idle };
  await settle(needs, list);
  let step: ListOutcome['step'] = 'continued';
  if (list.state === 'cooling-off') {
    // At once and not on its day: whoever withdraws sees that it works.
    if (!(await isAuthorised(needs, list))) return { step: (await withdraw(needs, acting, list)) ? 'withdrawn' : 'wait', ...idle };
    if (list.executeFrom === null || list.executeFrom > needs.clock.today() || !(await areCasesRead(needs))) return { step: 'wait', ...idle };
    const started = await start(needs, acting, await writeDecisions(needs, list));
    if (started === null) return { step: 'wait', ...idle };
    list = started;
    step = 'started';
  }
  if (list.state !== 'executing') return { step: 'wait', ...idle };
  const handedOn = (await areCasesRead(needs)) ? await handOn(needs, acting, list) : 0;
  return { step, handedOn, executed: handedOn === 0 && (await finishList(needs, acting, id)) };
}

/** A case may be open again where we cannot look: a list waits for the case system, however long. */
async function areCasesRead(needs: NeedsExecute): Promise<boolean> {
  return isReadLately((await needs.zgwState.get())?.readWholeOn, needs.clock.today());
}

/** A list of people's making was authorised by them; one under a standing authorisation needs that to be in force still. */
async function isAuthorised(needs: NeedsExecute, list: StoredList): Promise<boolean> {
  if (list.authorisation === 'per-list') return true;
  const { settings } = await needs.settings.get();
  const { decisionReference, selection, createdOn } = list;
  const covers = (day: CalendarDate) => decisionReference !== null && stillStands(settings.standingAuthorisations, decisionReference, selection, day);
  return covers(createdOn) && covers(needs.clock.today());
}

/** Asked for again before and after, as when a person aborts: its bundles come on a draft that people decide on. false: changed meanwhile. */
async function withdraw(needs: NeedsExecute, acting: Acting, list: StoredList): Promise<boolean> {
  await askForAgain(needs, list.id);
  const aborted = await needs.lists.change(list.id, list.rev, needs.clock.now(), {
    state: 'aborted',
    steps: [...list.steps, byItself(needs, acting, 'aborted', listText.authorisationGone)],
    pendingEvent: acted(needs, acting, 'list.abort', list.id, { to: 'aborted' }),
  });
  if (aborted === null) return false;
  await settle(needs, aborted);
  await askForAgain(needs, list.id);
  return true;
}

function byItself(needs: NeedsExecute, acting: Acting, to: ListStep['to'], remark: string | null = null): ListStep {
  return { to, by: acting.subject, role: acting.role, at: needs.clock.now(), remark };
}

async function start(needs: NeedsExecute, acting: Acting, list: StoredList): Promise<StoredList | null> {
  const started = await needs.lists.change(list.id, list.rev, needs.clock.now(), {
    state: 'executing',
    steps: [...list.steps, byItself(needs, acting, 'executing')],
    certificatePlan: { id: needs.ids.make('certificate'), on: needs.clock.today() },
    pendingEvent: acted(needs, acting, 'list.execute', list.id, { items: list.items }),
  });
  if (started !== null) await settle(needs, started);
  return started;
}

/** All marks before the first message: no mark left then means that nothing waits. */
async function handOn(needs: NeedsExecute, acting: Acting, list: StoredList): Promise<number> {
  const waiting: ListItem[] = [];
  for (const item of await needs.lists.allItems(list.id)) {
    if (item.outcome !== 'waiting') continue;
    if (item.keep !== null) await leaveAsKept(needs, acting, item);
    else waiting.push(item);
  }
  for (const { bundleId } of waiting) await needs.lists.markWaiting(list.id, bundleId);
  for (const { bundleId } of waiting) await needs.queue.send('destroy-bundle', { listId: list.id, bundleId });
  return waiting.length;
}

async function leaveAsKept(needs: NeedsExecute, acting: Acting, { listId, bundleId }: ListItem): Promise<void> {
  await needs.lists.keepListing(bundleId, listId);
  await needs.lists.changeItem(listId, bundleId, { outcome: 'left-out', reason: 'kept' });
  await needs.audit.append(acted(needs, acting, 'bundle.keep', bundleId, { list: listId }));
}

/** executing → executed, with its certificate; false while anything waits. */
export async function finishList(needs: NeedsExecute, acting: Acting, id: ListId): Promise<boolean> {
  for (;;) {
    const list = await needs.lists.get(id);
    if (list === null || list.state !== 'executing') return false;
    const items = await needs.lists.allItems(id);
    if (items.some(({ outcome }) => outcome === 'waiting')) return false;
    const settled = items.some(({ outcome }) => outcome === 'destroyed' || outcome === 'already-absent');
    // Words that stood only in what was destroyed leave the dictionary before the certificate says that it is gone.
    if (settled) await mergeWords(needs, needs.ids.make('run'));
    const certificateId = settled ? await makeCertificate(needs, list, items) : null;
    const named = new Set(list.excluded.map(({ bundleId }) => bundleId));
    const leftOut = items.flatMap(({ bundleId, outcome, reason }) =>
      outcome === 'left-out' && reason !== null && !named.has(bundleId) ? [{ bundleId, reason }] : [],
    );
    const done = await needs.lists.change(id, list.rev, needs.clock.now(), {
      state: 'executed',
      certificateId,
      excluded: [...list.excluded, ...leftOut],
      steps: [...list.steps, byItself(needs, acting, 'executed')],
      pendingEvent: acted(needs, acting, 'list.executed', id, {
        destroyed: items.filter(({ outcome }) => outcome === 'destroyed').length,
        alreadyAbsent: items.filter(({ outcome }) => outcome === 'already-absent').length,
        leftOut: leftOut.length,
        certificate: certificateId ?? 'none',
      }),
    });
    if (done === null) continue;
    await settle(needs, done);
    return true;
  }
}
