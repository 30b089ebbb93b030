// Drawers that stay open in a warm process: never a word of what is gone, never a part of what came.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDrawerMemory } from '#flow/drawer-memory.ts';
import type { BundleSight } from '#flow/search-cache.ts';
import { makeSearchMessages } from '#flow/search-messages.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { fileBundle } from '#test/support/filed-bundle.ts';
import { all, bundleIdOf, makeHeads, nowMs, oneChat, type SearchGround, startSearchGround } from '#test/support/search-ground.ts';
import { ask } from '#test/support/search-oracle.ts';

const small = { records: 5, blockRecords: 2, drawerBytes: 30 };
let ground: SearchGround;
let index: IndexStore;
beforeAll(async () => {
  ground = await startSearchGround();
  index = ground.index;
});
afterAll(() => ground.engine.stop());

function stateAt(epoch: number, words: number) {
  return { epoch, words, levels: [0], snapshot: null };
}

describe('drawers that are remembered', () => {
  it('are opened once while nothing comes or goes, and with positions when a phrase asks for them', async () => {
    const filed = await fileBundle(index, bundleIdOf(1), oneChat('indexed', ['zwembad dicht', 'dicht zwembad', 'zwembad open']), small);
    const trips: string[] = [];
    const search = makeSearchMessages({ ...makeHeads(index, [filed]).needs, onTrip: (trip) => trips.push(trip) });
    const total = async (query: string) => {
      trips.length = 0;
      return (await ask(search, { query }, all)).total;
    };
    expect(await total('"zwembad"')).toBe(3);
    expect(await total('"zwembad"')).toBe(3);
    expect(await total('"zwembad"')).toBe(3);
    expect(trips).toEqual(['page']);
    expect(await total('"zwembad dicht"')).toBe(1);
    expect(trips).toContain('drawers');
    expect(await total('"zwembad dicht"')).toBe(1);
    expect(trips).not.toContain('drawers');
    expect(await total('"zwembad" NIET "open"')).toBe(2);
    await index.deleteBundleRange(filed.id);
  });

  it('hold nothing of a bundle that is gone, and all of one that came', async () => {
    const stays = await fileBundle(index, bundleIdOf(2), oneChat('indexed', ['zwembad']), small);
    const { heads, needs } = makeHeads(index, [stays]);
    const search = makeSearchMessages(needs);
    const total = async () => (await ask(search, { query: '"zwembad" OF "dicht"', facets: ['month'] }, all)).total;
    for (let i = 0; i < 3; i++) expect(await total()).toBe(1);
    let here = 1;
    for (let round = 0; round < 6; round++) {
      const seen = new Set<number>();
      let busy = true;
      const looking = (async () => {
        while (busy) seen.add(await total());
      })();
      const before = here;
      if (round % 2 === 0) {
        const filed = await fileBundle(index, bundleIdOf(3), oneChat('indexed', Array(20).fill('zwembad dicht')), small);
        heads.set(filed.id, { ...(heads.get(stays.id) as BundleSight), id: filed.id, indexedAt: new Date(nowMs - 10 + round).toISOString() });
        here = 21;
      } else {
        heads.set(bundleIdOf(3), { ...(heads.get(bundleIdOf(3)) as BundleSight), state: 'destroying' });
        await index.deleteBundleRange(bundleIdOf(3));
        here = 1;
      }
      busy = false;
      await looking;
      for (const count of seen) expect([before, here]).toContain(count);
      for (let i = 0; i < 2; i++) expect(await total()).toBe(here);
    }
    await index.deleteBundleRange(stays.id);
  });

  it('are kept only between two equal states, and forgotten by any other', () => {
    const memory = makeDrawerMemory();
    const request = { level: 3, drawer: 1, positions: true };
    const read = [{ request, hits: [{ segmentId: 's', terms: new Uint8Array(4), positions: null }] }];
    expect(memory.settle(memory.moment(), stateAt(1, 1), read)).toBe(false);
    expect(memory.recall(request)).toBeNull();
    expect(memory.settle(memory.moment(), stateAt(1, 1), read)).toBe(true);
    expect(memory.recall(request)).toHaveLength(1);
    expect(memory.recall({ ...request, positions: false })).toHaveLength(1);
    expect(memory.recall({ ...request, drawer: 2 })).toBeNull();
    const before = memory.moment();
    for (const moved of [stateAt(1, 2), stateAt(2, 2)]) {
      expect(memory.settle(before, moved, read)).toBe(false);
      expect(memory.recall(request)).toBeNull();
    }
    // A search that began before reads an older state after a newer one was seen: what it read is not kept for the newer one.
    expect(memory.settle(before, stateAt(1, 1), read)).toBe(true);
    expect(memory.settle(memory.moment(), stateAt(2, 2), [])).toBe(false);
    expect(memory.recall(request)).toBeNull();
  });

  it('are let go, oldest first, when they weigh too much', () => {
    const memory = makeDrawerMemory();
    memory.settle(null, stateAt(1, 1), []);
    const heavy = (drawer: number) => ({
      request: { level: 10, drawer, positions: false },
      hits: [{ segmentId: 's', terms: new Uint8Array(new ArrayBuffer(30_000_000)), positions: null }],
    });
    for (const drawer of [1, 2, 3]) memory.settle(memory.moment(), stateAt(1, 1), [heavy(drawer)]);
    expect([1, 2, 3].map((drawer) => memory.recall(heavy(drawer).request) !== null)).toEqual([false, true, true]);
  });
});
