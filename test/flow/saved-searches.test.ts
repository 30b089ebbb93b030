// Searches kept by name: the same hits later, what is new, gone or destroyed when run again, and nothing left of what is destroyed.
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { CaseId, SearchId } from '#core/model/id.ts';
import type { Result } from '#core/model/result.ts';
import type { SearchQuestion } from '#core/model/saved-search.ts';
import type { Instant } from '#core/model/time.ts';
import { allSegments } from '#core/search/attachment-shelf.ts';
import { dropBrokenRuns } from '#flow/drop-broken-runs.ts';
import { hitsOfRun, readRun } from '#flow/read-run.ts';
import { type HitPage, readRunHits } from '#flow/read-run-hits.ts';
import { closeSearch, runSearchAgain, saveSearch } from '#flow/save-search.ts';
import type { SearchAnswer } from '#flow/search-answer.ts';
import { packFound } from '#store/saved-search-store.ts';
import { breakAfterWrite } from '#test/support/breaking-services.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { servicesOn } from '#test/support/handed-in.ts';
import {
  carryOut,
  closedCase,
  confirmedList,
  everythingStored,
  type House,
  havingBundle,
  havingCase,
  type Lifecycle,
  lifecycleOn,
  person,
  proposedList,
} from '#test/support/lifecycle.ts';

const wilma = person('sub-wilma', 'woo-coordinator');
const karel = person('sub-karel', 'woo-coordinator');
let engines: Engines;
let life: Lifecycle;
let house: House;

beforeAll(async () => {
  engines = await startEngines();
  life = lifecycleOn(engines, '2026-03-02');
  house = life.house;
});
afterAll(() => engines.stop());

function asking(query: string, given: Partial<SearchQuestion['filters']> = {}): SearchQuestion {
  return {
    query,
    filters: { caseIds: [], bundleIds: [], conversations: [], custodianIds: [], kinds: [], senders: [], platforms: [], from: null, to: null, ...given },
    switchedOff: [],
  };
}

function having<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.code);
  return result.value;
}

async function hitsOf(id: SearchId, n: number, show: 'all' | 'new' | 'gone' = 'all', limit = 3): Promise<string[]> {
  const found: string[] = [];
  let after: Parameters<typeof readRunHits>[3]['after'] = null;
  do {
    const page: HitPage = having(await readRunHits(house, id, n, { show, order: 'newest', after, limit }));
    found.push(...page.items.map(({ message }) => message.id));
    after = page.next;
  } while (after !== null);
  return found;
}

async function searched(query: string): Promise<string[]> {
  const found: string[] = [];
  let next: string | null = null;
  do {
    const page: SearchAnswer = having(await house.searchMessages({ query, next, limit: 7 }, { kind: 'all' }));
    found.push(...page.items.map(({ message }) => message.id));
    next = page.next;
  } while (next !== null);
  return found;
}

async function destroy(bundle: Bundle): Promise<string> {
  const list = await proposedList(house, bundle.id);
  await confirmedList(house, list.id);
  life.setToday('2026-03-09');
  await carryOut(life);
  life.setToday('2026-03-02');
  const head = await house.bundles.get(bundle.id);
  expect(head?.state).toBe('destroyed');
  return (await house.certificates.get(head?.destruction?.certificateId ?? ''))?.number ?? '';
}

const due = (): Promise<CaseId> => havingCase(house, closedCase('2025-03-01', { selection: '6.2' }));

describe('a saved search', () => {
  it('shows the same hits later, in the order of the search, whatever came in meanwhile', async () => {
    await havingBundle(house, [], { word: 'wielewaal', messages: 10 });
    await havingBundle(house, [], { word: 'wielewaal', messages: 4 });
    const saved = having(await saveSearch(house, wilma, 'Vogels 🦜', asking('wielewaal')));
    expect(saved).toMatchObject({ name: 'Vogels 🦜', createdBy: 'sub-wilma', state: 'open', last: { n: 1, total: 14, bundles: 2, conversations: 2 } });
    const before = await searched('wielewaal');
    expect(await hitsOf(saved.id, 1)).toEqual(before);

    const added = await havingBundle(house, [], { word: 'wielewaal', messages: 2 });
    expect(await hitsOf(saved.id, 1)).toEqual(before);
    expect(having(await runSearchAgain(house, karel, saved.id))).toMatchObject({ n: 2, total: 16, by: 'sub-karel' });
    expect(having(await readRun(house, saved.id, 2)).difference).toEqual({ with: 1, new: 2, gone: [], destroyed: [] });
    expect((await hitsOf(saved.id, 2, 'new')).map((id) => id.split('.')[0])).toEqual([added.id, added.id]);
    expect(await hitsOf(saved.id, 2)).toEqual(await searched('wielewaal'));
    expect(await house.savedSearches.get(saved.id)).toMatchObject({ last: { n: 2, total: 16 } });
  });

  it('keeps what the query was understood as, what its words stood for, and what was switched off', async () => {
    const bundle = await havingBundle(house, [], { word: 'meerkoeten', messages: 3 });
    const question = { ...asking('meerkoet* OF regel NIET "chat x"', { bundleIds: [bundle.id] }), switchedOff: [{ leaf: 'regel', terms: ['regel'] }] };
    const saved = having(await saveSearch(house, wilma, 'Koeten', question));
    const run = having(await readRun(house, saved.id, 1));
    expect(run.parsed).toBe('(meerkoet* OF (regel EN NIET "chat x"))');
    expect(run.expansions).toEqual([
      { leaf: 'meerkoet*', terms: [{ term: 'meerkoeten', messages: 3 }] },
      { leaf: 'regel', terms: [{ term: 'regel', messages: 3, off: true }] },
      { leaf: '"chat x"', terms: [] },
    ]);
    expect(run.watermark.bundles.indexed).toBeGreaterThan(3);
    expect(run.standing).toEqual({ shown: 3, destroyed: [], lost: [] });
    expect(having(await readRunHits(house, saved.id, 1, { show: 'all', order: 'oldest', after: null, limit: 1 })).items[0]?.matched).toEqual(['meerkoeten']);
  });

  it('says of what is gone whether it was read again or is no longer asked for', async () => {
    const [moved, reread, same] = [
      await havingBundle(house, [await due()], { word: 'ijsvogel', messages: 2 }),
      await havingBundle(house, [], { word: 'ijsvogel', messages: 3 }),
      await havingBundle(house, [], { word: 'ijsvogel', messages: 4 }),
    ];
    const saved = having(await saveSearch(house, wilma, 'IJsvogels', asking(`ijsvogel NIET zaak:${moved.caseIds[0]}x`)));
    const byCase = having(await saveSearch(house, wilma, 'Een zaak', asking('ijsvogel', { caseIds: moved.caseIds })));
    expect([saved.last.total, byCase.last.total]).toEqual([9, 2]);
    const change = async ({ id }: Bundle, wanted: Parameters<House['bundles']['patch']>[3]) => {
      const head = await house.bundles.get(id);
      expect(await house.bundles.patch(id, head?.rev ?? 0, '2026-03-02', wanted)).not.toBeNull();
      await house.index.bumpEpoch();
    };
    await change(moved, { caseIds: [] });
    await change(reread, { indexedAt: '2026-01-01T00:00:00.000Z' as Instant });

    expect(having(await readRun(house, saved.id, 1)).standing).toEqual({ shown: 6, destroyed: [], lost: [{ reason: 'read-again', bundles: 1, hits: 3 }] });
    having(await runSearchAgain(house, wilma, saved.id));
    const run = having(await readRun(house, saved.id, 2));
    expect(run.difference).toEqual({ with: 1, new: 3, gone: [{ reason: 'read-again', bundles: 1, hits: 3 }], destroyed: [] });
    expect(new Set((await hitsOf(saved.id, 2)).map((id) => id.split('.')[0]))).toEqual(new Set([moved.id, reread.id, same.id]));

    expect(having(await runSearchAgain(house, wilma, byCase.id)).total).toBe(0);
    expect(having(await readRun(house, byCase.id, 2)).difference).toMatchObject({ new: 0, gone: [{ reason: 'outside', bundles: 1, hits: 2 }] });
    expect((await hitsOf(byCase.id, 2, 'gone')).map((id) => id.split('.')[0])).toEqual([moved.id, moved.id]);
  });

  it('may find nothing, and still is a record', async () => {
    const saved = having(await saveSearch(house, wilma, 'Niets', asking('onvindbaarwoord')));
    expect(saved.last).toMatchObject({ total: 0, bundles: 0, conversations: 0 });
    expect(await hitsOf(saved.id, 1)).toEqual([]);
    expect(having(await readRun(house, saved.id, 1))).toMatchObject({ expansions: [{ leaf: 'onvindbaarwoord', terms: [] }], standing: { shown: 0 } });
  });

  it('is not kept when it cannot be answered', async () => {
    const before = (await house.savedSearches.list(200, null)).items.length;
    expect(await saveSearch(house, wilma, 'Fout', asking('(a'))).toMatchObject({ ok: false, fault: { code: 'query.syntax' } });
    expect((await house.savedSearches.list(200, null)).items).toHaveLength(before);
  });

  it('is closed by who made it, once; it stays to be read', async () => {
    const saved = having(await saveSearch(house, wilma, 'Dubbel', asking('wielewaal')));
    expect(await closeSearch(house, karel, saved.id, 'double')).toMatchObject({ ok: false, fault: { code: 'search.of-another' } });
    expect(having(await closeSearch(house, wilma, saved.id, 'double'))).toMatchObject({ state: 'closed', closed: { reason: 'double' } });
    expect(await closeSearch(house, wilma, saved.id, 'double')).toMatchObject({ ok: false, fault: { code: 'search.closed' } });
    expect(await runSearchAgain(house, wilma, saved.id)).toMatchObject({ ok: false, fault: { code: 'search.closed' } });
    expect(await hitsOf(saved.id, 1)).toHaveLength(saved.last.total);
  });
});

describe('very many hits', () => {
  it('are all kept: 100,000 of one chat, in items far below what the table takes', async () => {
    const bundle = await havingBundle(house, [], { word: 'zwermvogel', messages: 100_000 });
    const saved = having(await saveSearch(house, wilma, 'Zwerm', asking('zwermvogel')));
    expect(saved.last).toMatchObject({ total: 100_000, bundles: 1, conversations: 1 });
    expect(having(await readRun(house, saved.id, 1)).standing.shown).toBe(100_000);
    const [set] = [...having(await hitsOfRun(house, saved.id, 1, 'all')).values()];
    expect(set?.get(1)).toEqual(Array.from({ length: 100_000 }, (_, ordinal) => ordinal));
    const oldest = having(await readRunHits(house, saved.id, 1, { show: 'all', order: 'oldest', after: null, limit: 200 }));
    const sought = having(await house.searchMessages({ query: 'zwermvogel', order: 'oldest', limit: 200 }, { kind: 'all' }));
    expect(oldest.items.map(({ message }) => message.id)).toEqual(sought.items.map(({ message }) => message.id));
    expect(await house.savedSearches.isBundleAbsent(bundle.id)).toBe(false);
  }, 120_000);

  it('that no packing makes small go on in further items, and come back whole', async () => {
    let seed = 1;
    const steps = Array.from({ length: 400_000 }, () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return 1 + ((seed >>> 12) % 9973);
    });
    const kept = { hits: [[1, steps] as const], words: [] };
    const [bundleId, id] = [house.ids.make('bundle'), house.ids.make('search')];
    const packed = packFound(bundleId, kept);
    expect(packed.pages.length).toBeGreaterThan(1);
    expect(Math.max(...packed.pages.map((page) => page.length))).toBeLessThanOrEqual(300_000);
    await house.savedSearches.putFound(id, 1, [packed]);
    const bundle = { id: bundleId, pages: packed.pages.length };
    expect((await house.savedSearches.readFound(id, 1, [bundle])).get(bundleId)).toEqual(kept);
    await house.savedSearches.removeFound(id, 1, [bundle]);
    expect(await house.savedSearches.isBundleAbsent(bundleId)).toBe(true);
  });
});

describe('what a rebuild of the index does to a bundle', () => {
  it('takes its segments and conversations and not what was found in it', async () => {
    const bundle = await havingBundle(house, [], { word: 'steltkluut', messages: 4 });
    const saved = having(await saveSearch(house, wilma, 'Kluten', asking('steltkluut')));
    await house.index.deleteBundleRange(bundle.id);
    expect(await house.index.verifyBundleAbsent(bundle.id, allSegments(bundle))).toBe(true);
    expect(await house.savedSearches.get(saved.id)).toMatchObject({ name: 'Kluten', question: { query: 'steltkluut' } });
    expect(await house.savedSearches.isBundleAbsent(bundle.id)).toBe(false);
    expect(having(await readRun(house, saved.id, 1)).standing.shown).toBe(4);
  });
});

describe('when a bundle is destroyed', () => {
  it('its hits become a number with the certificate, and no word of it is left in any store', async () => {
    const going = await havingBundle(house, [await due()], { word: 'gruttoreservaat', messages: 5 });
    const staying = await havingBundle(house, [], { word: 'gruttonest', messages: 2 });
    const saved = having(await saveSearch(house, wilma, 'Weidevogels', asking('grutto* NIET onzin')));
    expect(saved.last.total).toBe(7);
    expect(await everythingStored(engines)).toContain('gruttoreservaat');
    const number = await destroy(going);
    expect(await everythingStored(engines)).not.toContain('gruttoreservaat');

    const run = having(await readRun(house, saved.id, 1));
    expect(run.total).toBe(7);
    expect(run.standing).toEqual({ shown: 2, destroyed: [{ certificateId: expect.any(String), number, bundles: 1, hits: 5 }], lost: [] });
    expect(number).toMatch(/^V-2026-/);
    expect(run.expansions).toEqual([
      { leaf: 'grutto*', terms: [{ term: 'gruttonest', messages: 2 }] },
      { leaf: 'onzin', terms: [] },
    ]);
    expect(new Set((await hitsOf(saved.id, 1)).map((id) => id.split('.')[0]))).toEqual(new Set([staying.id]));

    having(await runSearchAgain(house, wilma, saved.id));
    expect(having(await readRun(house, saved.id, 2)).difference).toMatchObject({ with: 1, new: 0, gone: [], destroyed: [{ number, bundles: 1, hits: 5 }] });
    expect(await hitsOf(saved.id, 2, 'gone')).toEqual([]);
  });

  it('leaves nothing behind when it went while the run was written, whichever write came before', async () => {
    const question = asking('kwartelkoning');
    const counted = breakAfterWrite(servicesOn(engines), 0);
    await havingBundle(house, [], { word: 'kwartelkoning' });
    having(await saveSearch({ ...house, savedSearches: counted.services.savedSearches }, wilma, 'Teller', question));
    expect(counted.writes()).toBeGreaterThan(6);
    for (let n = 1; n <= counted.writes(); n++) {
      const going = await havingBundle(house, [await due()], { word: 'kwartelkoning', messages: 2 });
      const dying = breakAfterWrite(servicesOn(engines), n, async () => {
        await destroy(going);
      });
      const saved = having(await saveSearch({ ...house, savedSearches: dying.services.savedSearches }, wilma, `Schrijf ${n}`, question));
      expect(await house.savedSearches.isBundleAbsent(going.id), `write ${n}`).toBe(true);
      expect(having(await readRun(house, saved.id, 1)).standing, `write ${n}`).toMatchObject({ shown: saved.last.total - 2, destroyed: [{ hits: 2 }] });
    }
  }, 120_000);
});

async function searchItems(): Promise<string[]> {
  const found: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await engines.dynamo.send(
      new ScanCommand({ TableName: engines.config.tables.index, ConsistentRead: true, ...(from === undefined ? {} : { ExclusiveStartKey: from }) }),
    );
    found.push(...(page.Items ?? []).map(({ pk, sk }) => `${pk} ${sk}`));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return found.filter((key) => /^(search|found)/.test(key));
}

describe('a machine that dies after any write', () => {
  async function tidied(acting: Acting, work: (needs: House) => Promise<unknown>): Promise<number> {
    const counted = breakAfterWrite(servicesOn(engines), 0);
    await work({ ...house, ...storesOf(counted.services) });
    for (let n = 1; n <= counted.writes(); n++) {
      const { services } = breakAfterWrite(servicesOn(engines), n);
      await expect(work({ ...house, ...storesOf(services) }), `write ${n}`).rejects.toThrow();
    }
    life.pass(2 * 60 * 60 * 1000);
    await dropBrokenRuns(house);
    expect(await house.savedSearches.making()).toEqual([]);
    expect(acting.subject).toBe('sub-wilma');
    return counted.writes();
  }

  const storesOf = ({ savedSearches, audit }: Pick<House, 'savedSearches' | 'audit'>) => ({ savedSearches, audit });

  it('while a search is saved leaves it whole, or not at all after the night', async () => {
    await havingBundle(house, [], { word: 'roerdomp' });
    const before = new Set((await house.savedSearches.list(200, null)).items.map(({ id }) => id));
    const writes = await tidied(wilma, (needs) => saveSearch(needs, wilma, 'Riet', asking('roerdomp')));
    const after = (await house.savedSearches.list(200, null)).items.filter(({ id }) => !before.has(id));
    // Eight writes come before the one that opens it; one search went well.
    expect(after).toHaveLength(writes - 8 + 1);
    for (const { id } of after) expect(await hitsOf(id, 1), id).toHaveLength(3);
    const ids = new Set([...before, ...after.map(({ id }) => id)]);
    const orphans = (await searchItems()).filter((key) => ![...ids].some((id) => key.includes(id)));
    expect(orphans).toEqual([]);
  }, 60_000);

  it('while it is run again leaves the runs that were done, each whole', async () => {
    const saved = having(await saveSearch(house, wilma, 'Riet opnieuw', asking('roerdomp')));
    await tidied(wilma, async (needs) => having(await runSearchAgain(needs, wilma, saved.id)));
    const runs = (await house.savedSearches.runs(saved.id, 100, null)).items;
    for (const { n } of runs) expect(await hitsOf(saved.id, n), `run ${n}`).toHaveLength(3);
    const dropped = (await searchItems()).filter((key) => key.startsWith('found:') && key.includes(saved.id));
    expect(dropped).toHaveLength(runs.length);
    expect((await house.savedSearches.get(saved.id))?.last?.n).toBe(runs[0]?.n);
  }, 60_000);

  it('two that run at once are two runs with the same hits', async () => {
    const saved = having(await saveSearch(house, wilma, 'Tegelijk', asking('roerdomp')));
    const runs = await Promise.all([wilma, karel].map(async (who) => having(await runSearchAgain(house, who, saved.id))));
    expect(runs.map(({ n }) => n).sort()).toEqual([2, 3]);
    expect(await hitsOf(saved.id, 2)).toEqual(await hitsOf(saved.id, 3));
    expect((await house.savedSearches.get(saved.id))?.last?.n).toBe(3);
  });
});
