// Holds: their heads, and which bundles carry them.
import type { AuditEvent } from '#core/model/audit-event.ts';
import { type Hold, type HoldState, holdStates } from '#core/model/hold.ts';
import type { BundleId, HoldId } from '#core/model/id.ts';
import type { Catalogue, Item, Page } from './catalogue.ts';
import { pageByStates } from './state-pages.ts';
import { catalogueKey, stateKey } from './table.ts';

export type HoldStore = ReturnType<typeof makeHoldStore>;

/** The newest event, which may not have reached the audit table yet. */
export type StoredHold = Hold & { readonly pendingEvent?: AuditEvent };

function toHold(item: Item): StoredHold {
  const { pk: _pk, sk: _sk, stateKey: _stateKey, stateAt: _stateAt, tooLateFor, ...rest } = item;
  return { ...(rest as unknown as StoredHold), tooLateFor: [...((tooLateFor as Set<BundleId> | undefined) ?? [])].sort() };
}

export function makeHoldStore(catalogue: Catalogue) {
  async function get(id: string): Promise<StoredHold | null> {
    const item = await catalogue.get(catalogueKey.hold(id));
    return item === null ? null : toHold(item);
  }

  async function getMany(ids: readonly string[]): Promise<StoredHold[]> {
    return (await catalogue.getMany([...new Set(ids)].map(catalogueKey.hold))).map(toHold);
  }

  /** false when it is there already. */
  async function create(hold: Hold, pendingEvent: AuditEvent): Promise<boolean> {
    const { tooLateFor: _tooLateFor, ...facts } = hold;
    return catalogue.putNew({
      ...catalogueKey.hold(hold.id),
      ...facts,
      pendingEvent,
      stateKey: stateKey('hold', hold.state),
      stateAt: `${hold.placedAt}#${hold.id}`,
    });
  }

  /** One conditional write; null when the hold stood in another state. */
  async function move(
    id: HoldId,
    from: HoldState,
    to: HoldState,
    at: string,
    pendingEvent: AuditEvent,
    set: Partial<Pick<Hold, 'releasedBy' | 'releasedAt'>> = {},
  ): Promise<StoredHold | null> {
    const item = await catalogue.change(
      catalogueKey.hold(id),
      { set: { ...set, state: to, pendingEvent, stateKey: stateKey('hold', to), stateAt: `${at}#${id}` }, add: { rev: 1 } },
      { text: '#state = :from', names: { '#state': 'state' }, values: { ':from': from } },
    );
    return item === null ? null : toHold(item);
  }

  async function addTooLate(id: HoldId, bundleId: BundleId): Promise<void> {
    await catalogue.change(catalogueKey.hold(id), { add: { tooLateFor: new Set([bundleId]), rev: 1 } });
  }

  /** Written before the hold comes on the bundle's head, so that a release finds every bundle that may carry it. */
  async function addBundle(id: HoldId, bundleId: BundleId): Promise<void> {
    await catalogue.put({ ...catalogueKey.holdBundle(id, bundleId), bundleId });
  }

  async function removeBundle(id: HoldId, bundleId: BundleId): Promise<void> {
    await catalogue.remove(catalogueKey.holdBundle(id, bundleId));
  }

  async function* eachBundle(id: HoldId): AsyncGenerator<BundleId> {
    const links = catalogue.each({ partition: ['pk', catalogueKey.hold(id).pk], sort: { name: 'sk', beginsWith: 'BUNDLE#' } });
    for await (const item of links) yield item['bundleId'] as BundleId;
  }

  /** Newest first; without a state, all of them, state by state. */
  async function list(state: HoldState | null, limit: number, next: Item | null = null): Promise<Page<StoredHold>> {
    const page = await pageByStates(catalogue, 'hold', { states: state === null ? holdStates : [state], limit, next });
    return { items: page.items.map(toHold), next: page.next };
  }

  return { get, getMany, create, move, addTooLate, addBundle, removeBundle, eachBundle, list };
}
