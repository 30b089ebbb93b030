// Destruction lists: heads, items, which items still wait, and which list has claimed a bundle.
import type { AuditEvent } from '#core/model/audit-event.ts';
import {
  type DestructionInventory,
  type DestructionList,
  type DestructionProof,
  type ListItem,
  type ListState,
  listStates,
} from '#core/model/destruction-list.ts';
import type { BundleId, CertificateId, ListId } from '#core/model/id.ts';
import type { CalendarDate, Instant } from '#core/model/time.ts';
import type { Catalogue, Item, Page } from './catalogue.ts';
import { pageByStates } from './state-pages.ts';
import { catalogueKey, listStatePlace, stateKey } from './table.ts';

export type ListStore = ReturnType<typeof makeListStore>;

/** A reviewer's decisions travel with the state change and are then written on the items: never the one without the other. */
export interface Decision {
  readonly bundleId: BundleId;
  readonly keep: string | null;
}

export type StoredList = DestructionList & {
  readonly decisions?: readonly Decision[];
  readonly pendingEvent?: AuditEvent;
  /** Set when the execution begins: the certificate that will be made, and its day. */
  readonly certificatePlan?: { readonly id: CertificateId; readonly on: CalendarDate };
};

export type ListPatch = Partial<Pick<StoredList, 'state' | 'excluded' | 'steps' | 'executeFrom' | 'certificateId' | 'pendingEvent' | 'certificatePlan'>> & {
  readonly decisions?: readonly Decision[] | null;
};

/** Which list a bundle stands on, for which date; `kept` when a reviewer took it off and wants it kept. */
export interface Listing {
  readonly bundleId: BundleId;
  readonly listId: ListId;
  readonly actionDate: CalendarDate;
  readonly kept: boolean;
}

export type ItemPatch = Partial<Pick<ListItem, 'keep' | 'outcome' | 'reason'>>;

function toList(item: Item): StoredList {
  const { pk: _pk, sk: _sk, stateKey: _stateKey, stateAt: _stateAt, ...list } = item;
  return list as unknown as StoredList;
}

function statePlace(state: ListState, at: Instant, id: ListId): { readonly stateKey: string; readonly stateAt: string } {
  const { stateKey, prefix } = listStatePlace(state);
  return { stateKey, stateAt: `${prefix}${at}#${id}` };
}

function toItem(item: Item): ListItem {
  const { pk: _pk, sk: _sk, ...one } = item;
  return one as unknown as ListItem;
}

export function makeListStore(catalogue: Catalogue) {
  async function get(id: string): Promise<StoredList | null> {
    const item = await catalogue.get(catalogueKey.list(id));
    return item === null ? null : toList(item);
  }

  /** false when it is there already. */
  async function create(list: DestructionList, at: Instant, pendingEvent: AuditEvent): Promise<boolean> {
    return catalogue.putNew({ ...catalogueKey.list(list.id), ...list, pendingEvent, ...statePlace(list.state, at, list.id) });
  }

  /** The list afterwards, or null when somebody changed it since `rev`. */
  async function change(id: ListId, rev: number, at: Instant, patch: ListPatch): Promise<StoredList | null> {
    const { decisions, ...rest } = patch;
    const item = await catalogue.change(
      catalogueKey.list(id),
      {
        set: {
          ...rest,
          ...(decisions === undefined || decisions === null ? {} : { decisions }),
          ...(patch.state === undefined ? {} : statePlace(patch.state, at, id)),
        },
        remove: decisions === null ? ['decisions'] : [],
        add: { rev: 1 },
      },
      { text: '#rev = :rev', names: { '#rev': 'rev' }, values: { ':rev': rev } },
    );
    return item === null ? null : toList(item);
  }

  /** Newest first; without a state, all of them, in the order of their road. */
  async function list(state: ListState | null, limit: number, next: Item | null = null): Promise<Page<StoredList>> {
    const placeOf = (one: string) => listStatePlace(one as ListState);
    const page = await pageByStates(catalogue, 'list', { states: state === null ? listStates : [state], limit, next, placeOf });
    return { items: page.items.map(toList), next: page.next };
  }

  /** Every list on which something may happen yet; one request when there is none. */
  async function open(): Promise<readonly Pick<StoredList, 'id' | 'state'>[]> {
    const found: Pick<StoredList, 'id' | 'state'>[] = [];
    let from: Item | null = null;
    do {
      const page: Page<Item> = await catalogue.query({ index: 'byState', partition: ['stateKey', stateKey('list', 'open')], limit: 100, from });
      for (const item of page.items) found.push({ id: toList(item).id, state: toList(item).state });
      from = page.next;
    } while (from !== null);
    return found;
  }

  /** false when it is there already. */
  async function addItem(item: ListItem): Promise<boolean> {
    return catalogue.putNew({ ...catalogueKey.listItem(item.listId, item.bundleId), ...item });
  }

  async function getItem(id: string, bundleId: string): Promise<ListItem | null> {
    const item = await catalogue.get(catalogueKey.listItem(id, bundleId));
    return item === null ? null : toItem(item);
  }

  /** Takes back an item of a list that has not been made yet. */
  async function removeItem(id: ListId, bundleId: BundleId): Promise<void> {
    await catalogue.remove(catalogueKey.listItem(id, bundleId));
  }

  /** Changes an item that is not settled yet; null when it is. */
  async function changeItem(id: ListId, bundleId: BundleId, patch: ItemPatch): Promise<ListItem | null> {
    const item = await catalogue.change(
      catalogueKey.listItem(id, bundleId),
      { set: patch },
      { text: '#outcome = :waiting', names: { '#outcome': 'outcome' }, values: { ':waiting': 'waiting' } },
    );
    return item === null ? null : toItem(item);
  }

  /** What is destroyed is destroyed, also when another delivery had left it out a moment before. */
  async function recordDestroyed(id: ListId, bundleId: BundleId, proof: DestructionProof): Promise<void> {
    await catalogue.change(
      catalogueKey.listItem(id, bundleId),
      { set: { outcome: 'destroyed', reason: null, proof } },
      { text: '#outcome IN (:waiting, :left)', names: { '#outcome': 'outcome' }, values: { ':waiting': 'waiting', ':left': 'left-out' } },
    );
  }

  /** Once only: what was found before the first deletion is never overwritten by what was left half way. */
  async function recordInventory(id: ListId, bundleId: BundleId, inventory: DestructionInventory): Promise<void> {
    await catalogue.change(
      catalogueKey.listItem(id, bundleId),
      { set: { inventory } },
      { text: 'attribute_exists(pk) AND attribute_not_exists(#inventory)', names: { '#inventory': 'inventory' } },
    );
  }

  async function items(id: string, limit: number, next: Item | null = null): Promise<Page<ListItem>> {
    const page = await catalogue.query({ partition: ['pk', catalogueKey.list(id).pk], sort: { name: 'sk', beginsWith: 'ITEM#' }, limit, from: next });
    return { items: page.items.map(toItem), next: page.next };
  }

  async function allItems(id: string): Promise<ListItem[]> {
    const found: ListItem[] = [];
    const all = catalogue.each({ partition: ['pk', catalogueKey.list(id).pk], sort: { name: 'sk', beginsWith: 'ITEM#' } });
    for await (const item of all) found.push(toItem(item));
    return found;
  }

  async function markWaiting(id: ListId, bundleId: BundleId): Promise<void> {
    await catalogue.put(catalogueKey.listWaiting(id, bundleId));
  }

  async function clearWaiting(id: ListId, bundleId: BundleId): Promise<void> {
    await catalogue.remove(catalogueKey.listWaiting(id, bundleId));
  }

  /** Bundles that were handed to destroy-bundle and are not settled; consistent. */
  async function waiting(id: ListId, limit: number): Promise<BundleId[]> {
    const page = await catalogue.query({ partition: ['pk', catalogueKey.list(id).pk], sort: { name: 'sk', beginsWith: 'WAITING#' }, limit });
    return page.items.map((item) => String(item['sk']).slice('WAITING#'.length) as BundleId);
  }

  async function listings(bundleIds: readonly string[]): Promise<Listing[]> {
    return (await catalogue.getMany(bundleIds.map(catalogueKey.bundleListing))) as unknown as Listing[];
  }

  /** Claims the bundle for a list, from nobody or from `over` (a listing that is over). false: another list was first. */
  async function claimListing(listing: Listing, over: Listing | null): Promise<boolean> {
    return catalogue.putWhen(
      { ...catalogueKey.bundleListing(listing.bundleId), ...listing },
      over === null
        ? { text: 'attribute_not_exists(pk)' }
        : {
            text: '#list = :list AND #date = :date',
            names: { '#list': 'listId', '#date': 'actionDate' },
            values: { ':list': over.listId, ':date': over.actionDate },
          },
    );
  }

  /** The bundle stays claimed, as kept, until its action date changes: it is not proposed again night after night. */
  async function keepListing(bundleId: BundleId, listId: ListId): Promise<void> {
    await catalogue.change(
      catalogueKey.bundleListing(bundleId),
      { set: { kept: true } },
      { text: '#list = :list', names: { '#list': 'listId' }, values: { ':list': listId } },
    );
  }

  async function releaseListing(bundleId: BundleId, listId: ListId): Promise<void> {
    await catalogue.remove(catalogueKey.bundleListing(bundleId), { text: '#list = :list', names: { '#list': 'listId' }, values: { ':list': listId } });
  }

  return {
    get,
    create,
    change,
    list,
    open,
    addItem,
    removeItem,
    getItem,
    changeItem,
    recordInventory,
    recordDestroyed,
    items,
    allItems,
    markWaiting,
    clearWaiting,
    waiting,
    listings,
    claimListing,
    keepListing,
    releaseListing,
  };
}
