// Bundle heads in the catalogue, the claim of a file's hash, doubt places, and the links from cases.
import type { AttachmentMark } from '#core/model/attachment-text.ts';
import type { AuditEvent } from '#core/model/audit-event.ts';
import { type Bundle, type BundleState, bundleMoves, type Retention } from '#core/model/bundle.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { BundleId, CaseId, CustodianId, HoldId } from '#core/model/id.ts';
import type { Instant } from '#core/model/time.ts';
import type { Catalogue, Change, Condition, Item, Page } from './catalogue.ts';
import { catalogueKey, dueKeys, stateKey } from './table.ts';

export type BundleStore = ReturnType<typeof makeBundleStore>;

/** What a search needs of a head. */
export interface BundleSight {
  readonly id: BundleId;
  readonly state: BundleState;
  readonly uploader: string;
  readonly caseIds: readonly CaseId[];
  readonly indexedAt: Instant | null;
  readonly custodianId?: CustodianId | null;
  readonly attachmentsReadTo?: AttachmentMark;
}

/** Fields that a flow may set beside a move. State, rev and the index keys are the store's own. */
export type BundlePatch = Partial<Omit<Bundle, 'id' | 'state' | 'rev' | 'holds' | 'sha256' | 'createdAt' | 'uploader'>> & {
  readonly lease?: { readonly until: number; readonly attempt: string } | null;
  readonly pendingEvent?: AuditEvent;
};

const doubtsPerPage = 200;
const firstAttachmentDoubts = 500_000;

function toBundle(item: Item): Bundle {
  const { pk: _pk, sk: _sk, stateKey: _stateKey, stateAt: _stateAt, uploaderKey: _uploaderKey, dueMonth: _dueMonth, dueKey: _dueKey, holds, ...rest } = item;
  return { ...(rest as unknown as Bundle), holds: [...((holds as Set<HoldId> | undefined) ?? [])].sort() };
}

function filed(bundleId: string, retention: Retention, today: string): Pick<Change, 'set' | 'remove'> {
  return retention.nomination === 'destroy' && retention.actionDate !== null
    ? { set: dueKeys(retention.actionDate, bundleId, today) }
    : { remove: ['dueMonth', 'dueKey'] };
}

export function makeBundleStore(catalogue: Catalogue) {
  /** Lowest month under which this process has filed: the nightly job was told to ask from there on. */
  let lowestFiled = '~';

  /** Files under a month only after the nightly job knows that it must ask for it. */
  async function announce(keys: Pick<Change, 'set' | 'remove'>): Promise<void> {
    const month = String(keys.set?.['dueMonth'] ?? '~').slice('DUE#'.length);
    if (month === '' || month >= lowestFiled) return;
    await catalogue.change(
      catalogueKey.job('propose-destruction'),
      { set: { month }, add: { rev: 1 } },
      { text: 'attribute_not_exists(#month) OR #month > :month', names: { '#month': 'month' }, values: { ':month': month } },
    );
    lowestFiled = month;
  }

  async function get(id: string): Promise<Bundle | null> {
    const item = await catalogue.get(catalogueKey.bundle(id));
    return item === null ? null : toBundle(item);
  }

  async function getMany(ids: readonly string[]): Promise<Bundle[]> {
    return (await catalogue.getMany(ids.map(catalogueKey.bundle))).map(toBundle);
  }

  async function sights(ids: readonly string[]): Promise<BundleSight[]> {
    const fields = ['id', 'state', 'uploader', 'caseIds', 'indexedAt', 'custodianId', 'attachmentsReadTo'] as const;
    return (await catalogue.getMany(ids.map(catalogueKey.bundle), fields)) as unknown as BundleSight[];
  }

  /**
   * Claims the file's hash for this bundle: 'claimed' (also when it was ours already), or the id of the bundle that has it.
   * A claim whose head was never written (a crash in between) is taken over.
   */
  async function claim(sha256: string, id: BundleId): Promise<'claimed' | BundleId> {
    const key = catalogueKey.sha256(sha256);
    if (await catalogue.putNew({ ...key, bundleId: id })) return 'claimed';
    const holder = (await catalogue.get(key))?.['bundleId'] as BundleId | undefined;
    if (holder === id) return 'claimed';
    if (holder !== undefined && (await get(holder)) !== null) return holder;
    const taken = await catalogue.putWhen(
      { ...key, bundleId: id },
      { text: 'attribute_not_exists(pk) OR #b = :b', names: { '#b': 'bundleId' }, values: { ':b': holder ?? '' } },
    );
    return taken ? 'claimed' : claim(sha256, id);
  }

  async function releaseClaim(sha256: string, id: BundleId): Promise<void> {
    await catalogue.remove(catalogueKey.sha256(sha256), { text: '#b = :b', names: { '#b': 'bundleId' }, values: { ':b': id } });
  }

  async function claimant(sha256: string): Promise<BundleId | null> {
    return ((await catalogue.get(catalogueKey.sha256(sha256)))?.['bundleId'] as BundleId | undefined) ?? null;
  }

  /** false when the head is there already. */
  async function create(bundle: Bundle, pendingEvent?: AuditEvent): Promise<boolean> {
    const { holds, ...rest } = bundle;
    return catalogue.putNew({
      ...catalogueKey.bundle(bundle.id),
      ...rest,
      ...(holds.length === 0 ? {} : { holds: new Set(holds) }),
      ...(pendingEvent === undefined ? {} : { pendingEvent }),
      stateKey: stateKey('bundle', bundle.state),
      stateAt: `${bundle.createdAt}#${bundle.id}`,
      uploaderKey: bundle.uploader,
    });
  }

  /**
   * One conditional write: from one of `from` to `to`. The head afterwards, or null when it stood in another state
   * (or the extra condition did not hold). `today` files or unfiles the due index when the state comes to or leaves `indexed`.
   */
  async function move(
    id: string,
    from: readonly BundleState[],
    to: BundleState,
    at: Instant,
    today: string,
    patch: BundlePatch = {},
    also?: Condition,
  ): Promise<Bundle | null> {
    if (from.some((state) => !bundleMoves[state].includes(to))) throw new Error(`bundle: no move from ${from.join(', ')} to ${to}`);
    const states = Object.fromEntries(from.map((state, i) => [`:from${i}`, state]));
    const due =
      to === 'indexed' && patch.retention !== undefined ? filed(id, patch.retention, today) : to === 'indexed' ? {} : { remove: ['dueMonth', 'dueKey'] };
    await announce(due);
    const item = await catalogue.change(
      catalogueKey.bundle(id),
      {
        set: { ...patch, ...due.set, state: to, stateKey: stateKey('bundle', to), stateAt: `${at}#${id}` },
        remove: due.remove ?? [],
        add: { rev: 1 },
      },
      {
        text: `#state IN (${Object.keys(states).join(', ')})${also === undefined ? '' : ` AND (${also.text})`}`,
        names: { '#state': 'state', ...also?.names },
        values: { ...states, ...also?.values },
      },
    );
    return item === null ? null : toBundle(item);
  }

  /** Changes facts without a move, only when nobody changed the head since `rev`. Null: read again. */
  async function patch(id: string, rev: number, today: string, wanted: BundlePatch): Promise<Bundle | null> {
    const current = wanted.retention === undefined ? null : await get(id);
    const due = wanted.retention !== undefined && current?.state === 'indexed' ? filed(id, wanted.retention, today) : {};
    await announce(due);
    const item = await catalogue.change(
      catalogueKey.bundle(id),
      { set: { ...wanted, ...due.set }, remove: due.remove ?? [], add: { rev: 1 } },
      { text: '#rev = :rev', names: { '#rev': 'rev' }, values: { ':rev': rev } },
    );
    return item === null ? null : toBundle(item);
  }

  /** A hold comes on the head while nothing has begun to be destroyed; otherwise it is too late as a whole. */
  async function addHold(id: string, holdId: HoldId): Promise<'held' | 'too-late'> {
    const item = await catalogue.change(
      catalogueKey.bundle(id),
      { add: { holds: new Set([holdId]), rev: 1 } },
      {
        text: 'attribute_exists(pk) AND NOT #state IN (:destroying, :destroyed)',
        names: { '#state': 'state' },
        values: { ':destroying': 'destroying', ':destroyed': 'destroyed' },
      },
    );
    return item === null ? 'too-late' : 'held';
  }

  /** Takes the hold off and files the bundle as due again where its date has passed meanwhile. */
  async function removeHold(id: string, holdId: HoldId, today: string): Promise<Bundle | null> {
    const item = await catalogue.change(catalogueKey.bundle(id), { take: { holds: new Set([holdId]) }, add: { rev: 1 } });
    if (item === null) return null;
    await refile(id, today);
    return toBundle(item);
  }

  /** Files an indexed bundle anew in the due index: after a release, or when it came off a list. */
  async function refile(id: string, today: string): Promise<void> {
    for (;;) {
      const head = await get(id);
      if (head === null || head.state !== 'indexed') return;
      if ((await patch(id, head.rev, today, { retention: head.retention })) !== null) return;
    }
  }

  async function linkCase(caseId: string, bundleId: string): Promise<void> {
    await catalogue.put({ ...catalogueKey.caseBundle(caseId, bundleId), bundleId });
  }

  async function unlinkCase(caseId: string, bundleId: string): Promise<void> {
    await catalogue.remove(catalogueKey.caseBundle(caseId, bundleId));
  }

  async function linksOfCase(caseId: string, limit: number, next: Item | null = null): Promise<Page<BundleId>> {
    const page = await catalogue.query({ partition: ['pk', `CASE#${caseId}`], sort: { name: 'sk', beginsWith: 'BUNDLE#' }, limit, from: next });
    return { items: page.items.map((item) => item['bundleId'] as BundleId), next: page.next };
  }

  async function isLinked(caseId: string, bundleId: string): Promise<boolean> {
    return (await catalogue.get(catalogueKey.caseBundle(caseId, bundleId))) !== null;
  }

  /** Writes every single doubt, in pages; pages of an earlier attempt beyond these are removed. */
  async function putDoubts(id: string, doubts: readonly Doubt[]): Promise<void> {
    const pages = Math.ceil(doubts.length / doubtsPerPage);
    for (let page = 0; page < pages; page++) {
      await catalogue.put({ ...catalogueKey.bundleDoubts(id, page), doubts: doubts.slice(page * doubtsPerPage, (page + 1) * doubtsPerPage) });
    }
    await removeDoubts(id, pages);
  }

  /** Doubts over attachments of which the text was read later: a page a batch, behind those of the intake. */
  async function putAttachmentDoubts(id: string, batch: number, doubts: readonly Doubt[]): Promise<void> {
    await catalogue.put({ ...catalogueKey.bundleDoubts(id, firstAttachmentDoubts + batch), doubts });
  }

  async function removeAttachmentDoubts(id: string, batch: number): Promise<void> {
    await catalogue.remove(catalogueKey.bundleDoubts(id, firstAttachmentDoubts + batch));
  }

  async function listDoubts(id: string, next: Item | null = null): Promise<Page<Doubt>> {
    const page = await catalogue.query({ partition: ['pk', `BUNDLE#${id}`], sort: { name: 'sk', beginsWith: 'DOUBTS#' }, limit: 1, from: next });
    return { items: page.items.flatMap((item) => item['doubts'] as Doubt[]), next: page.next };
  }

  async function removeDoubts(id: string, fromPage = 0): Promise<void> {
    const pages = catalogue.each({ partition: ['pk', `BUNDLE#${id}`], sort: { name: 'sk', from: catalogueKey.bundleDoubts(id, fromPage).sk, to: 'DOUBTS#~' } });
    for await (const item of pages) await catalogue.remove({ pk: item['pk'] as string, sk: item['sk'] as string });
  }

  /** Newest first. */
  async function listByState(state: BundleState, limit: number, next: Item | null = null): Promise<Page<Bundle>> {
    return toPage(await catalogue.query({ index: 'byState', partition: ['stateKey', stateKey('bundle', state)], limit, from: next, descending: true }));
  }

  /** The index may lag by a moment. */
  async function countByState(state: BundleState): Promise<number> {
    return catalogue.count('byState', ['stateKey', stateKey('bundle', state)]);
  }

  /** In this state since before `at`, oldest first: work that may be stuck. */
  async function listStuck(state: BundleState, before: Instant, limit: number, next: Item | null = null): Promise<Page<Bundle>> {
    const request = { index: 'byState', partition: ['stateKey', stateKey('bundle', state)] as const, sort: { name: 'stateAt', to: before as string } };
    return toPage(await catalogue.query({ ...request, limit, from: next }));
  }

  async function listByUploader(subject: string, limit: number, next: Item | null = null): Promise<Page<Bundle>> {
    return toPage(await catalogue.query({ index: 'byUploader', partition: ['uploaderKey', subject], limit, from: next, descending: true }));
  }

  /** Bundles filed under `month` (`2031-04`) whose action date is on or before `upTo`. The index only proposes: the head decides. */
  async function due(month: string, upTo: string, limit: number, next: Item | null = null): Promise<Page<Bundle>> {
    const request = { index: 'byDue', partition: ['dueMonth', `DUE#${month}`] as const, sort: { name: 'dueKey', to: `${upTo}#~` } };
    return toPage(await catalogue.query({ ...request, limit, from: next }));
  }

  function toPage(page: Page<Item>): Page<Bundle> {
    return { items: page.items.map(toBundle), next: page.next };
  }

  /** Replaces the head by what may remain after destruction, in one conditional write. */
  async function reduceToDestroyed(id: string, remains: Bundle, at: Instant): Promise<boolean> {
    const { holds: _holds, ...rest } = remains;
    return catalogue.putWhen(
      {
        ...catalogueKey.bundle(id),
        ...rest,
        state: 'destroyed',
        rev: remains.rev + 1,
        stateKey: stateKey('bundle', 'destroyed'),
        stateAt: `${at}#${id}`,
        uploaderKey: remains.uploader,
      },
      { text: '#state = :s AND #rev = :rev', names: { '#state': 'state', '#rev': 'rev' }, values: { ':s': 'destroying', ':rev': remains.rev } },
    );
  }

  return {
    get,
    getMany,
    sights,
    claim,
    releaseClaim,
    claimant,
    create,
    move,
    patch,
    addHold,
    removeHold,
    refile,
    linkCase,
    unlinkCase,
    linksOfCase,
    isLinked,
    putDoubts,
    putAttachmentDoubts,
    removeAttachmentDoubts,
    listDoubts,
    removeDoubts,
    listByState,
    countByState,
    listStuck,
    listByUploader,
    due,
    reduceToDestroyed,
  };
}
