// One chat handed in from several phones, searched with every message shown once: held against what was really said.
import { fc } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchOrders } from '#core/search/page.ts';
import { emptyPrint, localNumber, minuteOf } from '#core/search/segment.ts';
import type { SearchAnswer } from '#flow/search-answer.ts';
import type { SearchHit } from '#flow/search-hit.ts';
import { makeSearchMessages } from '#flow/search-messages.ts';
import { type FiledBundle, fileBundle, type PlainBundle } from '#test/support/filed-bundle.ts';
import { all, bundleIdOf, makeHeads, oneChat, type SearchGround, startSearchGround } from '#test/support/search-ground.ts';
import { ask, counted } from '#test/support/search-oracle.ts';

let ground: SearchGround;
beforeAll(async () => {
  ground = await startSearchGround();
});
afterAll(() => ground.engine.stop());

interface Said {
  readonly person: number;
  readonly minute: number;
  readonly text: string;
}

/** A minute of May 2024 as an export writes it. */
function localOf(minute: number): string {
  return new Date(Date.UTC(2024, 4, 2) + minute * 60_000).toISOString().slice(0, 16);
}

function phoneOf(
  chat: readonly Said[],
  has: (i: number) => boolean,
  labels: readonly string[],
  shift: number,
  state = 'indexed',
): PlainBundle & { readonly said: readonly number[] } {
  const said = chat.map((_, i) => i).filter(has);
  const messages = said.flatMap((i) => {
    const one = chat[i];
    return one === undefined ? [] : [{ sender: labels[one.person] ?? null, local: localOf(one.minute + shift), text: one.text }];
  });
  return { state, uploader: 'ada', caseIds: [], conversations: [{ title: 'Wijkteam', messages }], said };
}

async function everyHit(
  filed: readonly FiledBundle[],
  request: { readonly query: string; readonly order?: (typeof searchOrders)[number]; readonly limit: number },
) {
  const search = makeSearchMessages(makeHeads(ground.index, filed).needs);
  const items: SearchHit[] = [];
  let answer: SearchAnswer;
  let next: string | null = null;
  do {
    answer = await ask(search, { ...request, collapseDuplicates: true, facets: ['conversation'], next }, all);
    items.push(...answer.items);
    next = answer.next;
  } while (next !== null);
  expect(items.length).toBe(answer.total);
  return { items, answer };
}

const world = fc
  .record({
    words: fc.array(fc.constantFrom('vergunning', 'kade', '👍 kade', 'שלום kade', 'brug', ''), { minLength: 24, maxLength: 24 }),
    others: fc.array(fc.record({ person: fc.nat(1), after: fc.nat(23), text: fc.constantFrom('ja', 'ja', 'kade', 'nee') }), { maxLength: 8 }),
    phones: fc.array(
      fc.record({
        shift: fc.constantFrom(0, 0, 60, -345),
        without: fc.array(fc.nat(23), { minLength: 2, maxLength: 2 }),
        misses: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        labels: fc.constantFrom(['Ada', 'Bo'], ['Bo', 'Ada'], ['+31 6 12345678', 'Bo'], ['ik', 'ander']),
        state: fc.constantFrom('indexed', 'indexed', 'indexed', 'destroying', 'ingesting'),
      }),
      { minLength: 2, maxLength: 3 },
    ),
  })
  .map(({ words, others, phones }) => {
    const chat: (Said & { readonly other: number | null; readonly word: number | null })[] = [];
    words.forEach((word, i) => {
      chat.push({ person: i % 2, minute: i * 3, text: `punt ${i} ${word}`, word: i, other: null });
      others.forEach(({ person, after, text }, other) => {
        if (after === i) chat.push({ person, minute: i * 3, text, word: null, other });
      });
    });
    return {
      chat,
      phones: phones.map(({ shift, without, misses, labels, state }) =>
        phoneOf(
          chat,
          (i) => {
            const { word = null, other = null } = chat[i] ?? {};
            return word === null ? other === null || misses[other] !== true : !without.includes(word);
          },
          labels,
          shift,
          state,
        ),
      ),
    };
  });

describe('collapseDuplicates', () => {
  it('shows each message once with its sources, and says which exports lack it', async () => {
    let number = 1;
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.constantFrom({}, { records: 7, blockRecords: 3, drawerBytes: 30 }),
        fc.constantFrom(['kade', /\bkade\b/], ['ja', /^ja$/], ['punt', /punt/], ['vergunning OF ja', /vergunning|^ja$/]) as fc.Arbitrary<
          readonly [string, RegExp]
        >,
        fc.constantFrom(...searchOrders),
        fc.constantFrom(3, 200),
        async ({ chat, phones }, limits, [query, finds], order, limit) => {
          const filed: FiledBundle[] = [];
          for (const each of phones) filed.push(await fileBundle(ground.index, bundleIdOf(number++), each, limits));
          try {
            const { items, answer } = await everyHit(filed, { query, order, limit });
            const shown = phones.flatMap((phone, p) => (phone.state === 'indexed' ? [{ id: filed[p]?.id ?? '', said: phone.said }] : []));
            const keyOf = (i: number) => `${chat[i]?.person} ${chat[i]?.minute} ${chat[i]?.text}`;
            const found = shown.map(({ id, said }) => ({ id, hits: said.filter((i) => finds.test(chat[i]?.text ?? '')) }));
            const most = new Map<string, number>();
            for (const { hits } of found) for (const [key, same] of Map.groupBy(hits, keyOf)) most.set(key, Math.max(same.length, most.get(key) ?? 0));
            const places = items.map(({ conversation, message, duplicates = [] }) =>
              [{ bundleId: conversation.bundleId, ordinal: message.ordinal }, ...duplicates].map(({ bundleId, ordinal }) => {
                const said = shown.find(({ id }) => id === bundleId)?.said[ordinal];
                if (said === undefined) throw new Error('a source that nobody may see');
                return { bundleId, key: keyOf(said), place: `${bundleId} ${ordinal}` };
              }),
            );
            expect(counted(places.map(([first]) => first?.key ?? ''))).toEqual(Object.fromEntries(most));
            for (const one of places) {
              expect(new Set(one.map(({ key }) => key)).size).toBe(1);
              expect(new Set(one.map(({ bundleId }) => bundleId)).size).toBe(one.length);
            }
            expect(
              places
                .flat()
                .map(({ place }) => place)
                .toSorted(),
            ).toEqual(
              [...new Set(found.flatMap(({ id, hits }) => hits.map((i) => `${id} ${shown.find((one) => one.id === id)?.said.indexOf(i)}`)))].toSorted(),
            );
            expect(answer.uncollapsed).toBe(found.reduce((sum, { hits }) => sum + hits.length, 0));
            expect((answer.facets?.conversation ?? []).reduce((sum, { messages }) => sum + messages, 0)).toBe(answer.uncollapsed);
            for (const { lackedBy = [], duplicates = [], conversation } of items) {
              const named = [conversation.bundleId, ...duplicates.map(({ bundleId }) => bundleId), ...lackedBy.map(({ bundleId }) => bundleId)];
              expect(new Set(named).size).toBe(named.length);
            }
          } finally {
            for (const { id } of filed) await ground.index.deleteBundleRange(id);
          }
        },
      ),
      { numRuns: 20, endOnFailure: false },
    );
  }, 300_000);

  it('names the phone from which a message was taken away, and not the one that joined later', async () => {
    const chat = Array.from({ length: 12 }, (_, i) => ({ person: i % 2, minute: i * 5, text: i === 6 ? 'dit moet weg' : `regel ${i} weg` }));
    const phones = [
      phoneOf(chat, () => true, ['Ada', 'Bo'], 0),
      phoneOf(chat, (i) => i !== 6, ['Ada', 'Bo'], 0),
      phoneOf(chat, (i) => i > 7, ['Ada', 'Bo'], 0),
    ];
    const filed: FiledBundle[] = [];
    for (const [i, each] of phones.entries()) filed.push(await fileBundle(ground.index, bundleIdOf(900 + i), each));
    const { items } = await everyHit(filed, { query: 'weg', order: 'oldest', limit: 50 });
    expect(items).toHaveLength(12);
    expect(items[6]).toMatchObject({ message: { text: 'dit moet weg' }, duplicates: [], lackedBy: [{ bundleId: filed[1]?.id, n: 1 }] });
    expect(items[9]).toMatchObject({
      duplicates: [
        { bundleId: filed[1]?.id, n: 1, ordinal: 8, sender: 'Bo' },
        { bundleId: filed[2]?.id, n: 1, ordinal: 1, sender: 'Bo' },
      ],
    });
    for (const { id } of filed) await ground.index.deleteBundleRange(id);
  });

  it('takes a cursor only with the flag it came with', async () => {
    const filed = await fileBundle(ground.index, bundleIdOf(950), oneChat('indexed', Array(9).fill('dijk')));
    const search = makeSearchMessages(makeHeads(ground.index, [filed]).needs);
    const { next } = await ask(search, { query: 'dijk', limit: 3, collapseDuplicates: true }, all);
    expect(await search({ query: 'dijk', limit: 3, next }, all)).toMatchObject({ ok: false, fault: { code: 'cursor.invalid' } });
    expect((await ask(search, { query: 'dijk', limit: 3, next, collapseDuplicates: true }, all)).items).toHaveLength(3);
    await ground.index.deleteBundleRange(filed.id);
  });

  it('knows the print of a text without a word, and the minutes of a wall clock', async () => {
    const filed = await fileBundle(ground.index, bundleIdOf(960), oneChat('indexed', ['', ' ', 'x']));
    const [read] = [...(await ground.index.readSegmentPrints(filed.segments.map(({ id }) => id))).values()];
    expect([...(read?.prints ?? [])].map((print) => print === emptyPrint)).toEqual([true, true, false]);
    expect(minuteOf(localNumber('2024-03-01T00:05')) - minuteOf(localNumber('2024-02-28T23:59:59'))).toBe(24 * 60 + 6);
    await ground.index.deleteBundleRange(filed.id);
  });
});
