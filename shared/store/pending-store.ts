// Work that has begun and must be finished: written before the first step, removed after the last, read consistently.
// A crash in between leaves it for nightly-upkeep; a hold in the making blocks destruction from this entry on.
import type { Instant } from '#core/model/time.ts';
import type { Catalogue, Item } from './catalogue.ts';
import { catalogueKey } from './table.ts';

export type PendingStore = ReturnType<typeof makePendingStore>;
export type PendingKind = 'hold' | 'hotspot' | 'case' | 'expiry' | 'attachments';

export interface Pending<T> {
  readonly id: string;
  readonly since: Instant;
  readonly facts: T;
}

export function makePendingStore(catalogue: Catalogue) {
  async function begin(kind: PendingKind, id: string, since: Instant, facts: unknown = null): Promise<void> {
    await catalogue.put({ ...catalogueKey.pending(kind, id), since, facts });
  }

  /** Only this very work: what began anew meanwhile stays. */
  async function end(kind: PendingKind, id: string, since: Instant): Promise<void> {
    await catalogue.remove(catalogueKey.pending(kind, id), { text: '#since = :since', names: { '#since': 'since' }, values: { ':since': since } });
  }

  async function get<T>(kind: PendingKind, id: string): Promise<Pending<T> | null> {
    const item = await catalogue.get(catalogueKey.pending(kind, id));
    return item === null ? null : toPending(item);
  }

  async function* each<T>(kind: PendingKind): AsyncGenerator<Pending<T>> {
    for await (const item of catalogue.each({ partition: ['pk', catalogueKey.pending(kind, '').pk] })) yield toPending<T>(item);
  }

  function toPending<T>(item: Item): Pending<T> {
    return { id: item['sk'] as string, since: item['since'] as Instant, facts: item['facts'] as T };
  }

  return { begin, end, get, each };
}
