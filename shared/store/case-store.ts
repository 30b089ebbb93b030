// Case heads in the catalogue. A put is conditional on `rev`; holds are a set that only holds change.
import type { AuditEvent } from '#core/model/audit-event.ts';
import type { Case, CaseState } from '#core/model/case.ts';
import type { CaseId, HoldId } from '#core/model/id.ts';
import type { Instant } from '#core/model/time.ts';
import { deriveCaseRetention } from '#core/retention/derive-case-retention.ts';
import { selectionList2020 } from '#core/retention/selection-list.ts';
import type { Catalogue, Item, Page } from './catalogue.ts';
import { pageByStates } from './state-pages.ts';
import { catalogueKey, stateKey } from './table.ts';

export type CaseStore = ReturnType<typeof makeCaseStore>;

function toCase(item: Item): Case {
  const { pk: _pk, sk: _sk, stateKey: _stateKey, stateAt: _stateAt, pendingEvent: _event, holds, ...rest } = item;
  return { ...(rest as unknown as Case), holds: [...((holds as Set<HoldId> | undefined) ?? [])].sort() };
}

export function makeCaseStore(catalogue: Catalogue) {
  async function get(id: string): Promise<Case | null> {
    const item = await catalogue.get(catalogueKey.case(id));
    return item === null ? null : toCase(item);
  }

  /** In no order; absent ones are left out. */
  async function getMany(ids: readonly string[]): Promise<Case[]> {
    return (await catalogue.getMany([...new Set(ids)].map(catalogueKey.case))).map(toCase);
  }

  /** The event of the last change, which may not have reached the audit table yet. */
  async function pendingEvent(id: string): Promise<AuditEvent | null> {
    return ((await catalogue.get(catalogueKey.case(id)))?.['pendingEvent'] as AuditEvent | undefined) ?? null;
  }

  /** A case that was named at an upload and is not known: open, unverified, nothing decided. Known already: nothing happens. */
  async function ensure(id: CaseId, at: Instant): Promise<void> {
    const unknown: Omit<Case, 'holds'> = {
      id,
      rev: 1,
      title: null,
      verified: false,
      state: 'open',
      closedOn: null,
      selection: null,
      nomination: null,
      period: null,
      derivation: { kind: 'afgehandeld' },
      retention: deriveCaseRetention(
        { id, state: 'open', closedOn: null, selection: null, nomination: null, period: null, derivation: { kind: 'afgehandeld' } },
        selectionList2020,
      ),
      createdAt: at,
    };
    await catalogue.putNew({ ...catalogueKey.case(id), ...unknown, ...keys(unknown) });
  }

  /** false when the case is there already. */
  async function create(one: Case, pendingEvent: AuditEvent): Promise<boolean> {
    const { holds: _holds, ...facts } = one;
    return catalogue.putNew({ ...catalogueKey.case(one.id), ...facts, ...keys(one), pendingEvent });
  }

  /** The case afterwards, or null when somebody changed it since `rev`. Holds stay as they are. */
  async function change(one: Case, rev: number, pendingEvent: AuditEvent): Promise<Case | null> {
    const { id, rev: _rev, holds: _holds, createdAt: _createdAt, ...facts } = one;
    const item = await catalogue.change(
      catalogueKey.case(id),
      { set: { ...facts, ...keys(one), pendingEvent }, add: { rev: 1 } },
      { text: '#rev = :rev', names: { '#rev': 'rev' }, values: { ':rev': rev } },
    );
    return item === null ? null : toCase(item);
  }

  /** false when there is no such case. */
  async function addHold(id: string, holdId: HoldId): Promise<boolean> {
    return (await catalogue.change(catalogueKey.case(id), { add: { holds: new Set([holdId]) } })) !== null;
  }

  async function removeHold(id: string, holdId: HoldId): Promise<void> {
    await catalogue.change(catalogueKey.case(id), { take: { holds: new Set([holdId]) } });
  }

  /** Newest first; without a state the open ones before the closed ones. */
  async function list(state: CaseState | null, limit: number, next: Item | null = null): Promise<Page<Case>> {
    const page = await pageByStates(catalogue, 'case', { states: state === null ? ['open', 'closed'] : [state], limit, next });
    return { items: page.items.map(toCase), next: page.next };
  }

  async function countBundles(id: CaseId): Promise<number> {
    let count = 0;
    for await (const _link of catalogue.each({ partition: ['pk', catalogueKey.case(id).pk], sort: { name: 'sk', beginsWith: 'BUNDLE#' } })) count++;
    return count;
  }

  return { get, getMany, pendingEvent, ensure, create, change, addHold, removeHold, list, countBundles };
}

function keys(one: Pick<Case, 'id' | 'state' | 'createdAt'>): Item {
  return { stateKey: stateKey('case', one.state), stateAt: `${one.createdAt}#${one.id}` };
}
