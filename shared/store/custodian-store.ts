// Key persons: their heads, which account is whose, and the bundles that name them.
import type { AuditEvent } from '#core/model/audit-event.ts';
import { type Custodian, type CustodianState, shownCustodianStates } from '#core/model/custodian.ts';
import type { BundleId, CustodianId } from '#core/model/id.ts';
import type { Catalogue, Item, Page } from './catalogue.ts';
import { pageByStates } from './state-pages.ts';
import { catalogueKey, stateKey } from './table.ts';

export type CustodianStore = ReturnType<typeof makeCustodianStore>;

/** The newest event, which may not have reached the audit table yet. */
export type StoredCustodian = Custodian & { readonly pendingEvent?: AuditEvent };

export type CustodianChange = Partial<Omit<Custodian, 'id' | 'rev' | 'createdAt'>>;

function toCustodian(item: Item): StoredCustodian {
  const { pk: _pk, sk: _sk, stateKey: _stateKey, stateAt: _stateAt, ...rest } = item;
  return rest as unknown as StoredCustodian;
}

export function makeCustodianStore(catalogue: Catalogue) {
  async function get(id: string): Promise<StoredCustodian | null> {
    const item = await catalogue.get(catalogueKey.custodian(id));
    return item === null ? null : toCustodian(item);
  }

  /** false when it is there already. */
  async function create(custodian: Custodian, pendingEvent: AuditEvent): Promise<boolean> {
    return catalogue.putNew({
      ...catalogueKey.custodian(custodian.id),
      ...custodian,
      pendingEvent,
      stateKey: stateKey('custodian', custodian.state),
      stateAt: `${custodian.createdAt}#${custodian.id}`,
    });
  }

  /** Only when nobody changed it since `rev`. Null: read again. */
  async function change(id: CustodianId, rev: number, set: CustodianChange, pendingEvent: AuditEvent): Promise<StoredCustodian | null> {
    const item = await catalogue.change(
      catalogueKey.custodian(id),
      { set: { ...set, pendingEvent, ...(set.state === undefined ? {} : { stateKey: stateKey('custodian', set.state) }) }, add: { rev: 1 } },
      { text: '#rev = :rev', names: { '#rev': 'rev' }, values: { ':rev': rev } },
    );
    return item === null ? null : toCustodian(item);
  }

  async function remove(id: CustodianId): Promise<void> {
    await catalogue.remove(catalogueKey.custodian(id));
  }

  /** Of whom this account is, by the claim alone: whether the head agrees is for who reads it. */
  async function claimant(subject: string): Promise<CustodianId | null> {
    return ((await catalogue.get(catalogueKey.custodianSubject(subject)))?.['custodianId'] as CustodianId | undefined) ?? null;
  }

  /** false when the account is somebody else's. `instead`: a holder that was found to have no head, or to have let it go. */
  async function claimSubject(subject: string, id: CustodianId, instead: CustodianId | null = null): Promise<boolean> {
    return catalogue.putWhen(
      { ...catalogueKey.custodianSubject(subject), custodianId: id },
      { text: 'attribute_not_exists(pk) OR #c IN (:id, :instead)', names: { '#c': 'custodianId' }, values: { ':id': id, ':instead': instead ?? id } },
    );
  }

  async function releaseSubject(subject: string, id: CustodianId): Promise<void> {
    await catalogue.remove(catalogueKey.custodianSubject(subject), { text: '#c = :id', names: { '#c': 'custodianId' }, values: { ':id': id } });
  }

  async function linkBundle(id: CustodianId, bundleId: BundleId): Promise<void> {
    await catalogue.put({ ...catalogueKey.custodianBundle(id, bundleId), bundleId });
  }

  async function unlinkBundle(id: CustodianId, bundleId: BundleId): Promise<void> {
    await catalogue.remove(catalogueKey.custodianBundle(id, bundleId));
  }

  async function isLinked(id: CustodianId, bundleId: BundleId): Promise<boolean> {
    return (await catalogue.get(catalogueKey.custodianBundle(id, bundleId))) !== null;
  }

  /** Newest first. */
  async function linksOf(id: CustodianId, limit: number, next: Item | null = null): Promise<Page<BundleId>> {
    const page = await catalogue.query({
      partition: ['pk', catalogueKey.custodian(id).pk],
      sort: { name: 'sk', beginsWith: 'BUNDLE#' },
      limit,
      from: next,
      descending: true,
    });
    return { items: page.items.map((item) => item['bundleId'] as BundleId), next: page.next };
  }

  /** Newest first within a state; without a state, all that may be shown. */
  async function list(state: CustodianState | null, limit: number, next: Item | null = null): Promise<Page<StoredCustodian>> {
    const page = await pageByStates(catalogue, 'custodian', { states: state === null ? shownCustodianStates : [state], limit, next });
    return { items: page.items.map(toCustodian), next: page.next };
  }

  return { get, create, change, remove, claimant, claimSubject, releaseSubject, linkBundle, unlinkBundle, isLinked, linksOf, list };
}
