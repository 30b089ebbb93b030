// A bundle that comes or goes while people search is in the answer whole or not at all.
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleSight } from '#flow/search-cache.ts';
import { makeSearchMessages } from '#flow/search-messages.ts';
import { makeDynamo } from '#store/clients.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { type FiledBundle, fileBundle } from '#test/support/filed-bundle.ts';
import { all, bundleIdOf, dynamoSettings, makeHeads, nowMs, oneChat, type SearchGround, startSearchGround, tables } from '#test/support/search-ground.ts';
import { ask } from '#test/support/search-oracle.ts';

let ground: SearchGround;
let index: IndexStore;
beforeAll(async () => {
  ground = await startSearchGround();
  index = ground.index;
});
afterAll(() => ground.engine.stop());

describe('a search while bundles come and go', () => {
  it('shows a bundle whole or not at all while it comes and goes', async () => {
    const small = { records: 5, blockRecords: 2, drawerBytes: 30 };
    const stays = await fileBundle(index, bundleIdOf(9001), oneChat('indexed', ['zwembad', 'zwembad']), small);
    const goes = await fileBundle(index, bundleIdOf(9002), oneChat('indexed', Array(40).fill('zwembad dicht')), small);
    const { heads, needs } = makeHeads(index, [stays, goes]);
    const search = makeSearchMessages(needs);
    const total = async (query = 'zwembad') => (await ask(search, { query, facets: ['month'] }, all)).total;
    expect(await total()).toBe(42);
    expect(await total('NIET dicht')).toBe(2);

    // Destruction begins: the head moves, then the index is emptied piece by piece while searches go on.
    heads.set(goes.id, { ...(heads.get(goes.id) as BundleSight), state: 'destroying' });
    const seen = new Set<number>();
    let busy = true;
    const deleting = index.deleteBundleRange(goes.id).finally(() => {
      busy = false;
    });
    while (busy) seen.add(await total());
    await deleting;
    expect([...seen].every((count) => count === 42 || count === 2)).toBe(true);
    expect(await total()).toBe(2);
    expect(await total('NIET dicht')).toBe(2);

    // It comes again: nothing is seen before its head says so, and then all of it.
    heads.set(goes.id, { ...(heads.get(goes.id) as BundleSight), state: 'ingesting', indexedAt: null });
    await fileBundle(index, goes.id, oneChat('indexed', Array(40).fill('zwembad open')), small);
    expect(await total()).toBe(2);
    heads.set(goes.id, { ...(heads.get(goes.id) as BundleSight), state: 'indexed', indexedAt: new Date(nowMs + 5).toISOString() });
    expect(await total()).toBe(42);
    expect(await total('dicht')).toBe(0);
    for (const { id } of [stays, goes]) await index.deleteBundleRange(id);
  });

  it('reads the drawers again when a bundle was indexed while they were read', async () => {
    const filed = await fileBundle(index, bundleIdOf(9003), oneChat('indexed', ['brug', 'brug open']));
    const { heads, needs } = makeHeads(index, [filed]);
    const sight = heads.get(filed.id) as BundleSight;
    heads.set(filed.id, { ...sight, indexedAt: new Date(nowMs - 10).toISOString() });
    const trips: string[] = [];
    const search = makeSearchMessages({ ...needs, onTrip: (trip) => trips.push(trip) });
    expect((await ask(search, { query: 'brug' }, all)).total).toBe(2);
    expect(trips.filter((trip) => trip === 'drawers')).toHaveLength(2);
    trips.length = 0;
    expect((await ask(search, { query: 'brug' }, all)).total).toBe(2);
    expect(trips).toEqual(['page']);
    await index.deleteBundleRange(filed.id);
  });

  it('finds what was indexed just now, though the epoch or a level changed as well', async () => {
    const fresh = { indexedAt: new Date(nowMs - 10).toISOString() };
    const before = await fileBundle(index, bundleIdOf(9011), oneChat('indexed', ['kadegeld']));
    const { heads, needs } = makeHeads(index, [before]);
    const search = makeSearchMessages(needs);
    const total = async () => (await ask(search, { query: 'kadegeld' }, all)).total;
    expect(await total()).toBe(1);
    const noise = Array.from({ length: 300 }, (_, i) => `ruis${i} wind${i} zee${i}`);
    const filed = await fileBundle(index, bundleIdOf(9012), oneChat('indexed', ['kadegeld', ...noise]), { records: 1000, drawerBytes: 20, besideBytes: 10 });
    heads.set(filed.id, { ...(heads.get(before.id) as BundleSight), id: filed.id, ...fresh });
    expect(await total()).toBe(2);
    const again = await fileBundle(index, bundleIdOf(9013), oneChat('indexed', ['kadegeld']));
    heads.set(again.id, { ...(heads.get(before.id) as BundleSight), id: again.id, ...fresh });
    await index.bumpEpoch();
    expect(await total()).toBe(3);
    for (const { id } of [before, filed, again]) await index.deleteBundleRange(id);
  });

  it('answers in full while other searches run and the epoch goes up all the time', async () => {
    const filed: FiledBundle[] = [];
    for (let i = 0; i < 8; i++) filed.push(await fileBundle(index, bundleIdOf(9030 + i), oneChat('indexed', ['molen', 'de molen', 'wiek'])));
    const search = makeSearchMessages(makeHeads(index, filed).needs);
    let searching = true;
    const bumping = (async () => {
      while (searching) await index.bumpEpoch();
    })();
    const totals = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        await new Promise((done) => setTimeout(done, i * 3));
        return (await ask(search, { query: i % 3 === 0 ? 'NIET wiek' : 'molen', facets: ['month'] }, all)).total;
      }),
    );
    searching = false;
    await bumping;
    expect(new Set(totals)).toEqual(new Set([16]));
    for (const { id } of filed) await index.deleteBundleRange(id);
  });

  it('never calls an answer complete when a part of an indexed bundle is missing', async () => {
    const filed = await fileBundle(index, bundleIdOf(9004), oneChat('indexed', ['kade', 'kade']));
    const search = makeSearchMessages(makeHeads(index, [filed]).needs);
    const raw = makeDynamo({ ...dynamoSettings, endpoint: ground.engine.endpoint });
    await raw.send(new DeleteItemCommand({ TableName: tables.index, Key: { pk: { S: `segment:${filed.segments[0]?.id}` }, sk: { S: 'block:00000' } } }));
    expect(await search({ query: 'kade' }, all)).toEqual({ ok: false, fault: { code: 'unavailable' } });
    await index.deleteBundleRange(filed.id);
  });
});
