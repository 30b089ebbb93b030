// Each night: what is due by date, derived again, free of holds and on no other list becomes a destruction list per selection result.
// It asks only for the months since its last run, and a list's head is written last: a list that can be seen is whole.
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { DestructionList, LeaveReason } from '#core/model/destruction-list.ts';
import type { BundleId, ListId } from '#core/model/id.ts';
import { ulid } from '#core/model/id.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { addDays, daysBetween, monthOf, monthsFrom } from '#core/retention/calendar.ts';
import { coveringAuthorisation } from '#core/retention/standing-authorisation.ts';
import { toDutchDate } from '#core/text/dutch-date.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { Item, Page } from '#store/catalogue.ts';
import type { Listing, ListStore } from '#store/list-store.ts';
import type { PendingStore } from '#store/pending-store.ts';
import type { RunReport, RunStore } from '#store/run-store.ts';
import type { SettingsStore } from '#store/settings-store.ts';
import { acted, settle } from './acted.ts';
import { holdsInTheMaking, type Intents, otherHolds } from './other-holds.ts';
import { derivedFrom, type NeedsRederive, rederiveBundle } from './rederive-bundle.ts';

export interface NeedsPropose extends NeedsRederive {
  readonly bundles: Pick<BundleStore, 'get' | 'getMany' | 'patch' | 'due'>;
  readonly lists: Pick<ListStore, 'get' | 'create' | 'listings' | 'claimListing' | 'releaseListing' | 'addItem' | 'removeItem' | 'allItems'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly pending: Pick<PendingStore, 'each'>;
  readonly runs: Pick<RunStore, 'progress' | 'advance' | 'lease' | 'giveBack'>;
}

interface Candidate {
  readonly bundle: Bundle;
  readonly actionDate: CalendarDate;
  readonly selection: string | null;
  /** A listing that is over and may be taken. */
  readonly over: Listing | null;
}

interface Group {
  readonly selection: string | null;
  readonly candidates: Candidate[];
  readonly held: BundleId[];
}

const job = 'propose-destruction';
/** A list that people can still oversee, and whose decisions fit one item. */
export const itemsPerList = 500;
const excludedPerList = 1000;
const leaseMs = 15 * 60 * 1000;
const duePage = 100;

export async function proposeDestruction(needs: NeedsPropose, acting: Acting): Promise<RunReport> {
  const lease = { held: false };
  try {
    return await propose(needs, acting, lease);
  } finally {
    if (lease.held) await needs.runs.giveBack(job, acting.origin);
  }
}

async function propose(needs: NeedsPropose, acting: Acting, lease: { held: boolean }): Promise<RunReport> {
  const today = needs.clock.today();
  const { month, rev } = await needs.runs.progress(job);
  const months = month === null ? [] : monthsFrom(month, monthOf(today));
  const counts = { months: months.length, due: 0, proposed: 0, held: 0, kept: 0, listedBefore: 0, dateChanged: 0, notDue: 0, lists: 0, authorisedLists: 0 };
  let intents: Intents | null = null;
  const groups = new Map<string, Group>();

  for (const asked of months) {
    let next: Item | null = null;
    do {
      const page: Page<Bundle> = await needs.bundles.due(asked, today, duePage, next);
      next = page.next;
      if (page.items.length === 0) continue;
      // Only when there is something to do: a night with nothing due costs no lease.
      lease.held ||= await needs.runs.lease(job, acting.origin, needs.clock.epochMs(), needs.clock.epochMs() + leaseMs);
      if (!lease.held) return { ...counts, alreadyRunning: true };
      intents ??= await holdsInTheMaking(needs.pending);
      counts.due += page.items.length;
      await sift(needs, acting, page.items, intents, groups, counts);
    } while (next !== null);
  }
  for (const group of groups.values()) await makeLists(needs, acting, group, counts);
  if (month !== null && monthOf(today) > month) await needs.runs.advance(job, monthOf(today), rev);
  return counts;
}

/** The index only proposes; heads, cases, holds and listings are read consistently and decide. */
async function sift(
  needs: NeedsPropose,
  acting: Acting,
  filed: readonly Bundle[],
  intents: Intents,
  groups: Map<string, Group>,
  counts: Record<'proposed' | 'held' | 'kept' | 'listedBefore' | 'dateChanged' | 'notDue', number>,
): Promise<void> {
  const ids = filed.map(({ id }) => id);
  const [heads, listings] = await Promise.all([needs.bundles.getMany(ids), needs.lists.listings(ids)]);
  const cases = new Map((await needs.cases.getMany(heads.flatMap(({ caseIds }) => caseIds))).map((one) => [one.id as string, one]));
  const listed = new Map(listings.map((listing) => [listing.bundleId, listing]));
  for (const bundle of heads.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const { retention, selection } = derivedFrom(bundle, cases);
    if (retention.actionDate !== bundle.retention.actionDate || retention.nomination !== bundle.retention.nomination) {
      counts.dateChanged++;
      await rederiveBundle(needs, acting, bundle.id);
      continue;
    }
    const { actionDate } = retention;
    if (bundle.state !== 'indexed' || retention.nomination !== 'destroy' || actionDate === null || actionDate > needs.clock.today()) {
      counts.notDue++;
      continue;
    }
    const listing = listed.get(bundle.id) ?? null;
    const standing = listing === null ? 'free' : await standingOf(needs, listing, actionDate);
    if (standing !== 'free') {
      counts[standing]++;
      continue;
    }
    const group = groups.get(selection ?? '') ?? { selection, candidates: [], held: [] };
    groups.set(selection ?? '', group);
    if (bundle.holds.length > 0 || otherHolds(bundle, cases, intents).length > 0) {
      counts.held++;
      group.held.push(bundle.id);
    } else group.candidates.push({ bundle, actionDate, selection, over: listing });
  }
}

/** Whether an earlier listing still keeps the bundle from a new one. */
async function standingOf(needs: NeedsPropose, listing: Listing, actionDate: CalendarDate): Promise<'free' | 'listedBefore' | 'kept'> {
  if (listing.kept) return listing.actionDate === actionDate ? 'kept' : 'free';
  const list = await needs.lists.get(listing.listId);
  return list === null || list.state === 'aborted' || list.state === 'executed' ? 'free' : 'listedBefore';
}

async function makeLists(needs: NeedsPropose, acting: Acting, group: Group, counts: Record<'proposed' | 'lists' | 'authorisedLists', number>): Promise<void> {
  const today = needs.clock.today();
  const { settings } = await needs.settings.get();
  const authorisation = coveringAuthorisation(settings.standingAuthorisations, group.selection, today);
  for (let from = 0, sequence = 0; from < group.candidates.length; from += itemsPerList, sequence++) {
    let id = listIdOf(today, group.selection, sequence);
    while ((await needs.lists.get(id)) !== null) id = listIdOf(today, group.selection, ++sequence);
    const items = await fill(needs, id, group.candidates.slice(from, from + itemsPerList));
    if (items === 0) continue;
    const at = needs.clock.now();
    const base = { id, rev: 1, name: nameOf(today, group.selection, sequence), selection: group.selection, createdOn: today, items, certificateId: null };
    const excluded = group.held.splice(0, excludedPerList).map((bundleId) => ({ bundleId, reason: 'held' satisfies LeaveReason as LeaveReason }));
    const list: DestructionList =
      authorisation === null
        ? { ...base, state: 'draft', authorisation: 'per-list', decisionReference: null, excluded, steps: [], executeFrom: null }
        : {
            ...base,
            state: 'cooling-off',
            authorisation: 'standing',
            decisionReference: authorisation.decisionReference,
            excluded,
            steps: [{ to: 'cooling-off', by: acting.subject, role: acting.role, at, remark: authorisation.decisionReference }],
            executeFrom: addDays(today, settings.coolingOffDays),
          };
    const event = acted(needs, acting, 'list.propose', id, { items, excluded: excluded.length, authorisation: list.authorisation });
    if (!(await needs.lists.create(list, at, event))) throw new Error('propose: another run has made this list');
    await settle(needs, { pendingEvent: event });
    counts.lists++;
    counts.proposed += items;
    if (authorisation !== null) counts.authorisedLists++;
  }
}

/** Claims each bundle and writes its item; how many there are. What an earlier attempt left behind is taken back. */
async function fill(needs: NeedsPropose, id: ListId, candidates: readonly Candidate[]): Promise<number> {
  const wanted = new Set<string>(candidates.map(({ bundle }) => bundle.id));
  for (const { bundleId } of await needs.lists.allItems(id)) {
    if (wanted.has(bundleId)) continue;
    await needs.lists.removeItem(id, bundleId);
    await needs.lists.releaseListing(bundleId, id);
  }
  let items = 0;
  for (const { bundle, actionDate, selection, over } of candidates) {
    if (!(await needs.lists.claimListing({ bundleId: bundle.id, listId: id, actionDate, kept: false }, over))) continue;
    await needs.lists.addItem({
      listId: id,
      bundleId: bundle.id,
      caseIds: bundle.caseIds,
      selection,
      actionDate,
      counts: bundle.counts,
      keep: null,
      outcome: 'waiting',
      reason: null,
    });
    items++;
  }
  return items;
}

/** The same night, selection and sequence give the same id: a run that broke off goes on with its own list. */
function listIdOf(today: CalendarDate, selection: string | null, sequence: number): ListId {
  const [a = 0, b = 0, c = 0] = selection === null ? [255, 255, 255] : selection.split('.').map(Number);
  const chance = Uint8Array.from([a, b, c, 0, 0, 0, sequence >> 24, sequence >> 16, sequence >> 8, sequence]);
  return `list_${ulid(daysBetween('1970-01-01' as CalendarDate, today) * 86_400_000, chance)}` as ListId;
}

function nameOf(today: CalendarDate, selection: string | null, sequence: number): string {
  return `Vernietigingslijst ${selection ?? 'eigen termijn'} van ${toDutchDate(today)}${sequence === 0 ? '' : ` (${sequence + 1})`}`;
}
