// THE ONLY code that deletes archive content. One conditional write begins it (indexed → destroying); then index, vault, intake and catalogue
// are emptied; then they are read back; only what is proved absent becomes `destroyed`. Every step can be repeated (Archiefbesluit art. 8).
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { DestructionInventory, DestructionList, DestructionProof, LeaveReason, ListItem } from '#core/model/destruction-list.ts';
import type { FaultCode } from '#core/model/fault.ts';
import type { BundleId, ListId } from '#core/model/id.ts';
import { isDestroyable } from '#core/retention/is-destroyable.ts';
import { isUnread } from '#core/retention/is-unread.ts';
import { allSegments } from '#core/search/attachment-shelf.ts';
import type { BundlePatch, BundleStore } from '#store/bundle-store.ts';
import type { Condition } from '#store/catalogue.ts';
import type { CustodianStore } from '#store/custodian-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import type { IntakeStore } from '#store/intake.ts';
import type { ListStore, StoredList } from '#store/list-store.ts';
import type { PendingStore } from '#store/pending-store.ts';
import type { SavedSearchStore } from '#store/saved-search-store.ts';
import type { SiftStore } from '#store/sift-store.ts';
import type { VaultStore } from '#store/vault.ts';
import { acted, refused, settle } from './acted.ts';
import { isWorkedOn } from './attachment-work.ts';
import type { NeedsQueue } from './needs.ts';
import { holdsInTheMaking, otherHolds } from './other-holds.ts';
import { derivedFrom, type NeedsRederive } from './rederive-bundle.ts';
import { type NeedsWhatIsLeft, whatIsLeft } from './what-is-left.ts';

export interface NeedsDestroy extends NeedsRederive, NeedsWhatIsLeft, NeedsQueue {
  readonly bundles: BundleStore;
  readonly lists: Pick<ListStore, 'get' | 'getItem' | 'changeItem' | 'recordInventory' | 'recordDestroyed' | 'clearWaiting' | 'waiting' | 'releaseListing'>;
  readonly custodians: NeedsWhatIsLeft['custodians'] & Pick<CustodianStore, 'unlinkBundle'>;
  readonly pending: Pick<PendingStore, 'each'>;
  readonly sifts: NeedsWhatIsLeft['sifts'] & Pick<SiftStore, 'remove'>;
  readonly index: NeedsWhatIsLeft['index'] & Pick<IndexStore, 'listSegments' | 'fileWordsRemoved' | 'deleteSegment' | 'deleteBundleRange'>;
  readonly savedSearches: NeedsWhatIsLeft['savedSearches'] & Pick<SavedSearchStore, 'emptyBundle'>;
  readonly vault: NeedsWhatIsLeft['vault'] & Pick<VaultStore, 'isLocked' | 'emptyPrefix'>;
  readonly intake: NeedsWhatIsLeft['intake'] & Pick<IntakeStore, 'remove' | 'abort'>;
}

/** waits: a reader of attachments has not let go yet; the message comes again. */
export type Destruction = 'waits' | 'destroyed' | 'already-absent' | 'left-out' | 'settled-before' | 'unknown-item';

const reasonOf: Partial<Readonly<Record<FaultCode, LeaveReason>>> = {
  'destroy.held': 'held',
  'destroy.not-due': 'not-due',
  'destroy.date-differs': 'date-differs',
  'destroy.case-unread': 'case-unread',
};

export async function destroyBundle(needs: NeedsDestroy, acting: Acting, listId: ListId, bundleId: BundleId): Promise<Destruction> {
  const [list, item] = await Promise.all([needs.lists.get(listId), needs.lists.getItem(listId, bundleId)]);
  if (list === null || item === null) return 'unknown-item';
  if (item.outcome !== 'waiting') return afterItem(needs, item, 'settled-before');

  const head = await needs.bundles.get(bundleId);
  if (head !== null) await settle(needs, head);
  if (head === null || (head.state === 'destroyed' && head.destruction?.listId !== listId)) {
    await proveAbsent(needs, bundleId, head);
    await needs.lists.changeItem(listId, bundleId, { outcome: 'already-absent' });
    await needs.audit.append(acted(needs, acting, 'bundle.already-absent', bundleId, { list: listId }));
    return afterItem(needs, item, 'already-absent');
  }
  if (hasBegun(head, listId)) return goOn(needs, acting, item, head);

  const begun = await begin(needs, acting, list, item, head);
  return typeof begun === 'string' ? leave(needs, acting, item, begun) : goOn(needs, acting, item, begun);
}

/** What has begun under this list goes on, whoever began it. */
function goOn(needs: NeedsDestroy, acting: Acting, item: ListItem, head: Bundle): Promise<Destruction> {
  if (head.state === 'destroyed') return close(needs, item, head);
  const { lease } = head.attachmentText ?? {};
  return isWorkedOn(head, needs.clock.epochMs()) ? wait(needs, item, lease?.until ?? 0) : empty(needs, acting, item, head);
}

/** The bundle is `destroying`: whoever reads its attachments stops before the next write, and its lease cannot be renewed. */
async function wait(needs: NeedsDestroy, item: ListItem, until: number): Promise<Destruction> {
  const seconds = Math.min(900, Math.ceil((until - needs.clock.epochMs()) / 1000) + 1);
  await needs.queue.send('destroy-bundle', { listId: item.listId, bundleId: item.bundleId }, seconds);
  return 'waits';
}

function hasBegun(head: Bundle | null, listId: ListId): head is Bundle {
  return (head?.state === 'destroying' || head?.state === 'destroyed') && head.destruction?.listId === listId;
}

/** The head in `destroying`, or why the bundle leaves the list. Everything is read consistently; the write checks the head's part again. */
async function begin(needs: NeedsDestroy, acting: Acting, list: StoredList, item: ListItem, head: Bundle): Promise<Bundle | LeaveReason> {
  if (item.keep !== null) return 'kept';
  const intents = await holdsInTheMaking(needs.pending);
  const cases = new Map((await needs.cases.getMany(head.caseIds)).map((one) => [one.id as string, one]));
  const today = needs.clock.today();
  const verdict = isDestroyable({
    bundle: head,
    list,
    item,
    today,
    rederived: derivedFrom(head, cases).retention,
    otherHolds: otherHolds(head, cases, intents),
    caseUnread: [...cases.values()].some(isUnread),
  });
  if (!verdict.ok) {
    // Not a matter of this bundle: the list itself may not run (yet). Nothing is settled by that.
    if (verdict.fault.code === 'destroy.not-authorised') throw new Error('destroy: the list is not authorised to run');
    return reasonOf[verdict.fault.code] ?? 'wrong-state';
  }
  // An object under a legal hold would leave the bundle half destroyed: all are asked before anything is deleted.
  if (await needs.vault.isLocked(head.id)) return 'held';

  const at = needs.clock.now();
  const patch: BundlePatch = {
    destruction: { listId: list.id, certificateId: list.certificatePlan?.id ?? null, startedAt: at, doneAt: null },
    pendingEvent: acted(needs, acting, 'bundle.destroy', head.id, { list: list.id, actionDate: item.actionDate }),
  };
  const begun = await needs.bundles.move(head.id, ['indexed'], 'destroying', at, today, patch, stillFree(item, head.rev));
  if (begun !== null) {
    await settle(needs, begun);
    return begun;
  }
  // Somebody changed the head since it was read: another delivery of this message, a hold, a case. All is asked again.
  const now = await needs.bundles.get(head.id);
  if (now === null) return 'wrong-state';
  return hasBegun(now, list.id) ? now : begin(needs, acting, list, item, now);
}

/** The part of the question that the one conditional write asks again: unchanged, no hold, to be destroyed, on the very date that was listed. */
function stillFree(item: ListItem, rev: number): Condition {
  return {
    text: '#rev = :rev AND attribute_not_exists(#holds) AND #retention.#nomination = :destroy AND #retention.#actionDate = :date',
    names: { '#rev': 'rev', '#holds': 'holds', '#retention': 'retention', '#nomination': 'nomination', '#actionDate': 'actionDate' },
    values: { ':rev': rev, ':destroy': 'destroy', ':date': item.actionDate },
  };
}

async function leave(needs: NeedsDestroy, acting: Acting, item: ListItem, reason: LeaveReason): Promise<Destruction> {
  // Filed again, so that a later night proposes it again; this changes the head, so that another delivery that has read it cannot begin.
  await needs.bundles.refile(item.bundleId, needs.clock.today());
  const head = await needs.bundles.get(item.bundleId);
  if (hasBegun(head, item.listId)) return goOn(needs, acting, item, head);
  await refused(needs, acting, 'bundle.destroy', item.bundleId, { list: item.listId, reason });
  await needs.lists.changeItem(item.listId, item.bundleId, { outcome: 'left-out', reason });
  return afterItem(needs, item, 'left-out');
}

async function empty(needs: NeedsDestroy, acting: Acting, item: ListItem, head: Bundle): Promise<Destruction> {
  await recordInventory(needs, item, head);
  const filed = new Set((await needs.index.listSegments(head.id)).map(({ id }) => id));
  await needs.index.fileWordsRemoved(head.id);
  await needs.index.deleteBundleRange(head.id);
  for (const segment of allSegments(head)) if (!filed.has(segment.id)) await needs.index.deleteSegment(segment);
  await needs.savedSearches.emptyBundle(head.id);
  await needs.vault.emptyPrefix(head.id);
  await needs.intake.remove(head.id);
  if (head.upload.kind === 'multipart') await needs.intake.abort(head.id, head.upload.uploadId);
  await needs.bundles.removeDoubts(head.id);
  await needs.sifts.remove(head.id);
  for (const caseId of head.caseIds) await needs.bundles.unlinkCase(caseId, head.id);
  if (head.custodianId != null) await needs.custodians.unlinkBundle(head.custodianId, head.id);
  await needs.bundles.releaseClaim(head.sha256, head.id);

  await proveAbsent(needs, head.id, head);
  const destroyed = await reduce(needs, acting, head.id);
  await settle(needs, destroyed);
  return close(needs, item, destroyed);
}

/** Written before the first deletion and never after it: what was there is known also when the work breaks off half way. */
async function recordInventory(needs: NeedsDestroy, item: ListItem, head: Bundle): Promise<void> {
  if (item.inventory !== undefined) return;
  const [segments, versions] = await Promise.all([needs.index.listSegments(head.id), needs.vault.countVersions(head.id)]);
  const inventory: DestructionInventory = {
    segments: new Set([...segments.map(({ id }) => id), ...allSegments(head).map(({ id }) => id)]).size,
    versions,
    cases: head.caseIds.length,
  };
  await needs.lists.recordInventory(item.listId, item.bundleId, inventory);
}

/** What is still there is not destroyed: it is thrown, tried again, and in the end seen in the dead letters. */
async function proveAbsent(needs: NeedsDestroy, bundleId: BundleId, head: Bundle | null): Promise<void> {
  const left = await whatIsLeft(needs, bundleId, head);
  if (left.length > 0) throw new Error(`destroy: still there after deletion: ${left.join(', ')}`);
}

/** What may remain: id, cases, hash, counts, period, ground and dates. No names, no titles, no places. */
async function reduce(needs: NeedsDestroy, acting: Acting, bundleId: BundleId): Promise<Bundle> {
  for (;;) {
    const head = await needs.bundles.get(bundleId);
    if (head === null || head.destruction === null) throw new Error('destroy: the head is gone');
    if (head.state === 'destroyed') return head;
    await settle(needs, head);
    const at = needs.clock.now();
    const remains: Bundle & Pick<BundlePatch, 'pendingEvent'> = {
      id: head.id,
      state: 'destroyed',
      rev: head.rev,
      size: head.size,
      sha256: head.sha256,
      format: head.format,
      readerVersion: null,
      caseIds: head.caseIds,
      uploader: head.uploader,
      custodianId: head.custodianId ?? null,
      createdAt: head.createdAt,
      indexedAt: head.indexedAt,
      upload: { kind: 'single' },
      keepDecision: null,
      ownRetention: head.ownRetention,
      counts: head.counts,
      period: head.period,
      doubts: [],
      answers: {},
      segments: '',
      retention: head.retention,
      holds: [],
      problem: null,
      destruction: { ...head.destruction, doneAt: at },
      pendingEvent: acted(needs, acting, 'bundle.destroyed', head.id, { list: head.destruction.listId, verified: true }),
    };
    if (await needs.bundles.reduceToDestroyed(bundleId, remains, at)) return remains;
  }
}

/** The item becomes `destroyed`, with the proof: the stores are read once more, so that a run that broke off proves it too. */
async function close(needs: NeedsDestroy, item: ListItem, head: Bundle): Promise<Destruction> {
  await proveAbsent(needs, item.bundleId, head);
  const proof: DestructionProof = {
    sha256: head.sha256,
    period: head.period,
    verifiedAt: needs.clock.now(),
    left: { index: 0, vault: 0, intake: 0, catalogue: 0 },
  };
  await needs.lists.recordDestroyed(item.listId, item.bundleId, proof);
  return afterItem(needs, item, 'destroyed');
}

/** The last item that is settled wakes the list. */
async function afterItem(needs: NeedsDestroy, item: Pick<ListItem, 'listId' | 'bundleId' | 'keep'>, outcome: Destruction): Promise<Destruction> {
  if (item.keep === null) await needs.lists.releaseListing(item.bundleId, item.listId);
  await needs.lists.clearWaiting(item.listId, item.bundleId);
  if ((await needs.lists.waiting(item.listId, 1)).length > 0) return outcome;
  const list: DestructionList | null = await needs.lists.get(item.listId);
  if (list?.state === 'executing') await needs.queue.send('execute-destruction', { listId: item.listId });
  return outcome;
}
