// Saved searches and their runs, in the index table: no backup holds a query, which may name a person, or what it found (decision 0019).
// A run counts once it is `done`; its hits lie with each bundle and are emptied with it.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AuditEvent } from '#core/model/audit-event.ts';
import type { BundleId, SearchId } from '#core/model/id.ts';
import type { CloseReason, RunBundle, RunRecord, RunSummary, SavedSearch, SearchQuestion } from '#core/model/saved-search.ts';
import type { Instant } from '#core/model/time.ts';
import type { FrozenBundle } from '#core/search/frozen-hits.ts';
import { segmentLimits } from '#core/search/segment.ts';
import { type Item, makeCatalogue, type Page } from './catalogue.ts';
import { type BatchTable, deleteAll, getAll, keysOf, putAll, toKey } from './index/batch.ts';
import { bytesOf, packJson, textOf, unpackJson } from './index/packing.ts';
import { indexKey, searchPartitions } from './table.ts';

export type SavedSearchStore = ReturnType<typeof makeSavedSearchStore>;

/** The newest event of a search or run, which may not have reached the audit table yet. */
interface WithEvent {
  readonly pendingEvent?: AuditEvent;
}

/** `making`: not seen by anybody yet; `dropped`: broke off, and was taken away. */
type HeadState = SavedSearch['state'] | 'making' | 'dropped';

export interface SearchHead extends Omit<SavedSearch, 'state' | 'last'>, WithEvent {
  readonly state: HeadState;
  readonly last: RunSummary | null;
}

export interface StoredRun extends WithEvent {
  readonly n: number;
  readonly state: 'making' | 'done' | 'dropped';
  /** Absent until it is done. */
  readonly summary?: RunSummary;
  readonly recordPages?: number;
}

export interface Making {
  readonly id: SearchId;
  readonly n: number;
  readonly since: Instant;
}

/** What a bundle is given of a run, packed and cut into items. */
export interface PackedFound {
  readonly bundleId: string;
  readonly pages: readonly Uint8Array[];
}

function inPages(bytes: Uint8Array): readonly Uint8Array[] {
  const pages: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += segmentLimits.itemBytes) pages.push(bytes.subarray(at, at + segmentLimits.itemBytes));
  return pages;
}

export function packFound(bundleId: string, kept: FrozenBundle): PackedFound {
  return { bundleId, pages: inPages(packJson(kept)) };
}

function toHead(item: Item): SearchHead {
  const { pk: _pk, sk: _sk, v, closed = null, last = null, ...rest } = item;
  return { ...rest, closed, last, ...unpackJson<{ name: string; question: SearchQuestion }>({ B: v as Uint8Array }) } as unknown as SearchHead;
}

function toRun(item: Item): StoredRun {
  const { pk: _pk, sk: _sk, ...run } = item;
  return run as unknown as StoredRun;
}

export function makeSavedSearchStore(dynamo: DynamoDBDocumentClient, table: string) {
  const items = makeCatalogue(dynamo, table);
  const batch: BatchTable = { dynamo, table };

  async function get(id: string): Promise<SearchHead | null> {
    const item = await items.get(indexKey.search(id));
    return item === null ? null : toHead(item);
  }

  /** Unseen until its first run is done. */
  async function create(search: Omit<SavedSearch, 'state' | 'last' | 'closed'>): Promise<void> {
    const { name, question, ...rest } = search;
    await items.put({ ...indexKey.searchMaking(search.id, 1), id: search.id, n: 1, since: search.createdAt });
    await items.put({ ...indexKey.search(search.id), ...rest, state: 'making', v: packJson({ name, question }) });
  }

  /** The first run opens the search. false: it was dropped meanwhile. */
  async function open(id: SearchId, last: RunSummary): Promise<boolean> {
    const condition = { text: '#state = :making', names: { '#state': 'state' }, values: { ':making': 'making' } };
    return (await items.change(indexKey.search(id), { set: { last, state: 'open' } }, condition)) !== null;
  }

  /** Unless a newer one stands there. */
  async function showLast(id: SearchId, last: RunSummary): Promise<void> {
    const condition = {
      text: '#state IN (:open, :closed) AND #last.#n < :n',
      names: { '#state': 'state', '#last': 'last', '#n': 'n' },
      values: { ':open': 'open', ':closed': 'closed', ':n': last.n },
    };
    await items.change(indexKey.search(id), { set: { last } }, condition);
  }

  /** Null when it is not open. */
  async function close(id: SearchId, closed: { readonly at: Instant; readonly reason: CloseReason }, pendingEvent: AuditEvent): Promise<SearchHead | null> {
    const item = await items.change(
      indexKey.search(id),
      { set: { state: 'closed', closed, pendingEvent } },
      { text: '#state = :open', names: { '#state': 'state' }, values: { ':open': 'open' } },
    );
    return item === null ? null : toHead(item);
  }

  async function dropSearch(id: SearchId): Promise<boolean> {
    const changed = await items.change(
      indexKey.search(id),
      { set: { state: 'dropped' } },
      { text: '#state IN (:making, :dropped)', names: { '#state': 'state' }, values: { ':making': 'making', ':dropped': 'dropped' } },
    );
    return changed !== null;
  }

  /** Newest first; what is in the making is not seen. */
  async function list(limit: number, next: Item | null): Promise<Page<SearchHead>> {
    const found: SearchHead[] = [];
    let from = next;
    do {
      const page = await items.query({ partition: ['pk', searchPartitions.searches], limit: limit - found.length, from, descending: true });
      found.push(...page.items.map(toHead).filter(({ last }) => last !== null));
      from = page.next;
    } while (from !== null && found.length < limit);
    return { items: found, next: from };
  }

  /** Takes the next number. A number is never given twice. */
  async function beginRun(id: SearchId, since: Instant): Promise<number> {
    for (;;) {
      const newest = await items.query({
        partition: ['pk', indexKey.searchRun(id, 0).pk],
        sort: { name: 'sk', beginsWith: 'run:' },
        limit: 1,
        descending: true,
      });
      const n = Number(newest.items[0]?.['n'] ?? 0) + 1;
      await items.put({ ...indexKey.searchMaking(id, n), id, n, since });
      if (await items.putNew({ ...indexKey.searchRun(id, n), n, state: 'making' })) return n;
    }
  }

  /** false: the night took the run away meanwhile. */
  async function changeMaking(id: SearchId, n: number, set: Partial<StoredRun>): Promise<boolean> {
    const condition = { text: '#state = :making', names: { '#state': 'state' }, values: { ':making': 'making' } };
    return (await items.change(indexKey.searchRun(id, n), { set }, condition)) !== null;
  }

  async function finishRun(id: SearchId, summary: RunSummary, pendingEvent: AuditEvent): Promise<boolean> {
    return changeMaking(id, summary.n, { state: 'done', summary, pendingEvent });
  }

  async function dropRun(id: SearchId, n: number): Promise<boolean> {
    const changed = await items.change(
      indexKey.searchRun(id, n),
      { set: { state: 'dropped' } },
      { text: '#state IN (:making, :dropped)', names: { '#state': 'state' }, values: { ':making': 'making', ':dropped': 'dropped' } },
    );
    return changed !== null;
  }

  async function getRun(id: string, n: number): Promise<StoredRun | null> {
    const item = await items.get(indexKey.searchRun(id, n));
    return item === null ? null : toRun(item);
  }

  /** The run that was done last before `n`. */
  async function runBefore(id: string, n: number): Promise<StoredRun | null> {
    let from: Item | null = null;
    do {
      const page: Page<Item> = await items.query({
        partition: ['pk', indexKey.searchRun(id, 0).pk],
        sort: { name: 'sk', from: indexKey.searchRun(id, 0).sk, to: indexKey.searchRun(id, n - 1).sk },
        limit: 10,
        from,
        descending: true,
      });
      const done = page.items.map(toRun).find(({ state }) => state === 'done');
      if (done !== undefined) return done;
      from = page.next;
    } while (from !== null);
    return null;
  }

  /** Newest first. */
  async function runs(id: string, limit: number, next: Item | null): Promise<Page<StoredRun>> {
    const page = await items.query({
      partition: ['pk', indexKey.searchRun(id, 0).pk],
      sort: { name: 'sk', beginsWith: 'run:' },
      limit,
      from: next,
      descending: true,
    });
    return { items: page.items.map(toRun).filter(({ state }) => state === 'done'), next: page.next };
  }

  /** Whole before the first hit is written: whoever takes the run away knows from it where its hits can be. false as above. */
  async function putRecord(id: SearchId, n: number, record: RunRecord): Promise<boolean> {
    const pages = inPages(packJson(record));
    await putAll(
      batch,
      pages.map((page, i) => ({ ...toKey(indexKey.searchRecord(id, n, i)), v: { B: page } })),
    );
    return changeMaking(id, n, { recordPages: pages.length });
  }

  async function readRecord(id: string, { n, recordPages: pages = 0 }: Pick<StoredRun, 'n' | 'recordPages'>): Promise<RunRecord | null> {
    const keys = Array.from({ length: pages }, (_, page) => indexKey.searchRecord(id, n, page));
    const parts = new Map((await getAll(batch, keys)).map((item) => [textOf(item['sk']), bytesOf(item['v'])]));
    if (parts.size < pages || pages === 0) return null;
    return unpackJson<RunRecord>({ B: Buffer.concat(keys.map(({ sk }) => parts.get(sk) ?? new Uint8Array())) });
  }

  async function putFound(id: SearchId, n: number, found: readonly PackedFound[]): Promise<void> {
    await putAll(
      batch,
      found.flatMap(({ bundleId, pages }) => pages.map((page, i) => ({ ...toKey(indexKey.found(bundleId, id, n, i)), v: { B: page } }))),
    );
  }

  /** By bundle; a bundle whose part is gone is not in it. */
  async function readFound(id: string, n: number, bundles: readonly Pick<RunBundle, 'id' | 'pages'>[]): Promise<ReadonlyMap<BundleId, FrozenBundle>> {
    const keysOfBundle = ({ id: bundleId, pages }: Pick<RunBundle, 'id' | 'pages'>) =>
      Array.from({ length: pages }, (_, page) => indexKey.found(bundleId, id, n, page));
    const parts = new Map(
      (await getAll(batch, bundles.flatMap(keysOfBundle))).map((item) => [`${textOf(item['pk'])} ${textOf(item['sk'])}`, bytesOf(item['v'])]),
    );
    const found = new Map<BundleId, FrozenBundle>();
    for (const bundle of bundles) {
      const pages = keysOfBundle(bundle).flatMap(({ pk, sk }) => parts.get(`${pk} ${sk}`) ?? []);
      if (pages.length === bundle.pages) found.set(bundle.id, unpackJson<FrozenBundle>({ B: Buffer.concat(pages) }));
    }
    return found;
  }

  async function removeFound(id: SearchId, n: number, bundles: readonly Pick<RunBundle, 'id' | 'pages'>[]): Promise<void> {
    await deleteAll(
      batch,
      bundles.flatMap(({ id: bundleId, pages }) => Array.from({ length: pages }, (_, page) => indexKey.found(bundleId, id, n, page))),
    );
  }

  /** Of a run that was dropped: its hits, then its record; of a search that was dropped all of it. */
  async function removeDropped(id: SearchId, n: number, whole: boolean): Promise<void> {
    const run = await getRun(id, n);
    const record = run === null ? null : await readRecord(id, run);
    if (record !== null) await removeFound(id, n, record.bundles);
    const ofRun = indexKey.searchRecord(id, n, 0).sk.slice(0, -4);
    const keys = await keysOf(batch, `search:${id}`);
    await deleteAll(
      batch,
      keys.filter(({ sk }) => whole || sk.startsWith(ofRun)),
    );
    if (whole) await deleteAll(batch, [indexKey.search(id)]);
  }

  async function making(): Promise<readonly Making[]> {
    const found: Making[] = [];
    for await (const { id, n, since } of items.each({ partition: ['pk', searchPartitions.making] })) {
      found.push({ id: id as SearchId, n: Number(n), since: since as Instant });
    }
    return found;
  }

  async function endMaking(id: SearchId, n: number): Promise<void> {
    await deleteAll(batch, [indexKey.searchMaking(id, n)]);
  }

  /** All that runs have found in this bundle. */
  async function emptyBundle(bundleId: string): Promise<void> {
    await deleteAll(batch, await keysOf(batch, `found:${bundleId}`));
  }

  async function isBundleAbsent(bundleId: string): Promise<boolean> {
    return (await keysOf(batch, `found:${bundleId}`)).length === 0;
  }

  return {
    get,
    create,
    open,
    showLast,
    close,
    dropSearch,
    list,
    beginRun,
    finishRun,
    dropRun,
    getRun,
    runBefore,
    runs,
    putRecord,
    readRecord,
    putFound,
    readFound,
    removeFound,
    removeDropped,
    making,
    endMaking,
    emptyBundle,
    isBundleAbsent,
  };
}
