// Case heads in the catalogue. A put is conditional on `rev`; holds are a set that only holds change.
import type { AuditEvent } from '#core/model/audit-event.ts';
import type { Case, CaseState, WorkReason } from '#core/model/case.ts';
import type { CaseId, HoldId } from '#core/model/id.ts';
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

  /** Files the case on the work list with its reasons, or takes it off. */
  async function fileWork(id: CaseId, reasons: readonly WorkReason[]): Promise<void> {
    if (reasons.length === 0) await catalogue.remove(catalogueKey.caseWork(id));
    else await catalogue.put({ ...catalogueKey.caseWork(id), reasons });
  }

  /** The whole work list: numbers and reasons, by number. What is filed proposes; the case itself decides. */
  async function* eachWork(after: string | null = null): AsyncGenerator<{ readonly id: CaseId; readonly reasons: readonly WorkReason[] }> {
    const { pk } = catalogueKey.caseWork('');
    const filed = catalogue.each({ partition: ['pk', pk], from: after === null ? null : catalogueKey.caseWork(after) });
    for await (const item of filed) yield { id: item['sk'] as CaseId, reasons: item['reasons'] as WorkReason[] };
  }

  return { get, getMany, pendingEvent, create, change, addHold, removeHold, list, countBundles, fileWork, eachWork };
}

function keys(one: Pick<Case, 'id' | 'state' | 'createdAt'>): Item {
  return { stateKey: stateKey('case', one.state), stateAt: `${one.createdAt}#${one.id}` };
}
