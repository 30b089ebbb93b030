// The index held against the oracle (core/search/match-record.ts) for random chats and random questions.
import { fc } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchScope } from '#core/search/question.ts';
import { makeSearchMessages } from '#flow/search-messages.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { type FiledBundle, fileBundle, type PlainBundle } from '#test/support/filed-bundle.ts';
import { all, bundleIdOf, chat, makeHeads, merge, oneChat, type SearchGround, startSearchGround } from '#test/support/search-ground.ts';
import { ask, byBruteForce, holdAgainstOracle } from '#test/support/search-oracle.ts';
import { bundle, limitsArb, request } from '#test/support/search-questions.ts';

let ground: SearchGround;
let index: IndexStore;
beforeAll(async () => {
  ground = await startSearchGround();
  index = ground.index;
});
afterAll(() => ground.engine.stop());

describe('search', () => {
  it('finds exactly what reading every record finds: totals, order, pages, highlights, facets, expansions, scope', async () => {
    let number = 1;
    await fc.assert(
      fc.asyncProperty(
        fc.array(bundle, { minLength: 1, maxLength: 4 }),
        limitsArb,
        fc.array(fc.tuple(request, fc.constantFrom<SearchScope>(all, all, { kind: 'uploader', subject: 'ada' })), { minLength: 3, maxLength: 6 }),
        fc.constantFrom(-1, 0, 1, 2),
        async (plain, limits, questions, mergeBefore) => {
          const filed: FiledBundle[] = [];
          for (const each of plain as PlainBundle[]) filed.push(await fileBundle(index, bundleIdOf(number++), each, limits));
          const heads = makeHeads(index, filed);
          const search = makeSearchMessages(heads.needs);
          try {
            for (const [i, [asked, scope]] of questions.entries()) {
              const places = filed.flatMap(({ id, conversations }) => conversations.map(({ n }) => ({ bundleId: id, n })));
              const question = i % 3 === 2 ? { ...asked, filters: { ...asked.filters, conversations: places.filter((_, p) => p % 2 === 0) } } : asked;
              if (i === mergeBefore) await merge(index, heads.needs);
              const limited = { ...question, limit: question.limit < 3 && byBruteForce(filed, question, scope).length > 12 ? 5 : question.limit };
              await holdAgainstOracle(search, filed, limited, scope);
            }
          } finally {
            for (const { id } of filed) await index.deleteBundleRange(id);
          }
        },
      ),
      { numRuns: Number(process.env['WOORDSPOOR_SEARCH_RUNS'] ?? 15), endOnFailure: false },
    );
  }, 300_000);

  it('takes three round trips at most, also the first of a process and for a phrase whose places lie beside', async () => {
    const limits = { records: 40, besideBytes: 4, drawerBytes: 40 };
    const texts = Array.from({ length: 120 }, (_, i) => (i % 40 === 7 ? 'wij gaan nu' : i % 2 === 0 ? 'gaan wij' : 'nu gaan'));
    const filed = await fileBundle(index, bundleIdOf(9051), oneChat('indexed', texts), limits);
    const trips: string[] = [];
    const search = makeSearchMessages({ ...makeHeads(index, [filed]).needs, onTrip: (trip) => trips.push(trip) });
    for (const [query, total, most] of [
      ['"wij gaan nu"', 3, 3],
      ['"wij gaan nu"', 3, 3],
      ['"wij gaan nu"', 3, 3],
      ['gaan', 120, 2],
      ['"nu wij"', 0, 3],
    ] as const) {
      trips.length = 0;
      expect((await ask(search, { query }, all)).total).toBe(total);
      expect(trips.length).toBeLessThanOrEqual(most);
    }
    await index.deleteBundleRange(filed.id);
  });

  it('lets a title speak for every segment of its conversation, and for no other', async () => {
    const plain: PlainBundle = {
      state: 'indexed',
      uploader: 'ada',
      caseIds: [],
      conversations: [chat(Array(23).fill('ja'), 'Wijkteam Zuid'), chat(Array(9).fill('ja'), 'Zuid Wijkteam'), chat(['ja'], null)],
    };
    const filed = await fileBundle(index, bundleIdOf(9020), plain, { records: 5 });
    const search = makeSearchMessages(makeHeads(index, [filed]).needs);
    for (const [query, total] of [
      ['in:zuid', 32],
      ['in:"wijkteam zuid"', 23],
      ['in:wijk*', 32],
      ['in:noord', 0],
      ['ja NIET in:zuid', 1],
      ['wijkteam', 0],
    ] as const) {
      expect([query, (await ask(search, { query }, all)).total]).toEqual([query, total]);
      await holdAgainstOracle(search, [filed], { query, limit: 200 }, all);
    }
    await index.deleteBundleRange(filed.id);
  });

  it('takes a cursor only with the question it came from', async () => {
    const filed = await fileBundle(index, bundleIdOf(9005), oneChat('indexed', Array(30).fill('dijk')));
    const search = makeSearchMessages(makeHeads(index, [filed]).needs);
    const { next } = await ask(search, { query: 'dijk', limit: 10 }, all);
    if (next === null) throw new Error('no cursor');
    expect((await ask(search, { query: 'dijk', limit: 20, next }, all)).items).toHaveLength(20);
    const refused = [
      { query: 'dijk*', next },
      { query: 'dijk', order: 'oldest' as const, next },
      { query: 'dijk', filters: { senders: ['Ada'] }, next },
      { query: 'dijk', next: 'abc' },
      { query: 'dijk', next: '!' },
      { query: 'dijk', next: Buffer.from('["x",1,"b",1,-1]').toString('base64url') },
    ];
    for (const request of refused) expect(await search(request, all)).toMatchObject({ ok: false, fault: { code: 'cursor.invalid' } });
    expect(await search({ query: 'dijk', next }, { kind: 'uploader', subject: 'ada' })).toMatchObject({ ok: false, fault: { code: 'cursor.invalid' } });
    await index.deleteBundleRange(filed.id);
  });

  it('refuses a prefix that stands for too many words, and never cuts it', async () => {
    const filed = await fileBundle(
      index,
      bundleIdOf(9006),
      oneChat(
        'indexed',
        Array.from({ length: 300 }, (_, i) => Array.from({ length: 8 }, (__, k) => `q${(i * 8 + k).toString(36)}`).join(' ')),
      ),
    );
    const search = makeSearchMessages(makeHeads(index, [filed]).needs);
    expect(await search({ query: 'ja q*' }, all)).toMatchObject({ ok: false, fault: { code: 'query.expansion-too-wide', errors: [{ position: 3 }] } });
    const { expansions, total } = await ask(search, { query: 'q1*' }, all);
    const words = new Set(filed.conversations[0]?.records.flatMap(({ text }) => text.split(' ')).filter((word) => word.startsWith('q1')));
    expect(new Set(expansions[0]?.terms.map(({ term }) => term))).toEqual(words);
    expect(total).toBe(byBruteForce([filed], { query: 'q1*' }, all).length);
    await index.deleteBundleRange(filed.id);
  });

  it('shards drawers without changing an answer', async () => {
    const sharded = ground.makeIndex(4);
    const filed: FiledBundle[] = [];
    for (let i = 0; i < 6; i++) filed.push(await fileBundle(sharded, bundleIdOf(9010 + i), oneChat('indexed', ['sluis dicht', 'sluis', 'de sluis dicht'])));
    const search = makeSearchMessages({ ...makeHeads(sharded, filed).needs });
    await holdAgainstOracle(search, filed, { query: '"sluis dicht" OF de', limit: 3 }, all);
    for (const { id, segments } of filed) {
      await sharded.deleteBundleRange(id);
      expect(await sharded.verifyBundleAbsent(id, segments)).toBe(true);
    }
  });
});
