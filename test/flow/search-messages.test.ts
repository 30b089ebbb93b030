// The index held against the oracle (core/search/match-record.ts) for random chats and random questions.
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { fc } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CalendarDate, Instant } from '#core/model/time.ts';
import { explainMatch, recordMatches } from '#core/search/match-record.ts';
import { parseQuery } from '#core/search/parse-query.ts';
import type { SearchRequest, SearchScope } from '#core/search/question.ts';
import { type FiledRecord, localNumber, type SegmentLimits } from '#core/search/segment.ts';
import { tokenize } from '#core/text/tokenize.ts';
import { mergeDictionary } from '#flow/merge-dictionary.ts';
import type { BundleSight } from '#flow/search-cache.ts';
import { makeSearchMessages, type SearchAnswer, type SearchMessages } from '#flow/search-messages.ts';
import { createTables, type DynamoEngine, startDynamo } from '#infra/local/dynamo.ts';
import { makeDynamo } from '#store/clients.ts';
import { type IndexStore, makeIndexStore } from '#store/index/index-store.ts';
import { type FiledBundle, fileBundle, type PlainBundle } from '#test/support/filed-bundle.ts';

const settings = { region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
const tables = { catalogue: 'catalogue', index: 'index', audit: 'audit' };
const longAgo = '2024-01-01T00:00:00.000Z';
const nowMs = Date.parse('2026-11-24T12:00:00.000Z');
const all: SearchScope = { kind: 'all' };
let engine: DynamoEngine;
let index: IndexStore;

beforeAll(async () => {
  engine = await startDynamo({});
  const raw = new DynamoDBClient({ ...settings, endpoint: engine.endpoint });
  await createTables(raw, tables);
  raw.destroy();
  index = makeIndexStore({ dynamo: makeDynamo({ ...settings, endpoint: engine.endpoint }), table: tables.index, shards: 1 });
});
afterAll(() => engine.stop());

function bundleIdOf(number: number): string {
  return `bundle_01J${String(number).padStart(23, '0')}`;
}

/** A catalogue in memory: heads that a test moves as a flow would. */
function makeHeads(bundles: readonly FiledBundle[]) {
  const heads = new Map<string, BundleSight>(
    bundles.map((bundle) => [
      bundle.id,
      { id: bundle.id, state: bundle.state, uploader: bundle.uploader, caseIds: bundle.caseIds, indexedAt: bundle.state === 'ingesting' ? null : longAgo },
    ]),
  );
  const segments = new Map(bundles.map((bundle) => [bundle.id, bundle.segments]));
  return {
    heads,
    needs: {
      index,
      bundleHeads: async (ids: readonly string[]) => ids.flatMap((id) => heads.get(id) ?? []),
      indexedBundles: async () => [...heads.values()].filter(({ state }) => state === 'indexed').map(({ id }) => ({ id, segments: segments.get(id) ?? [] })),
      epochMs: () => nowMs,
    },
  };
}

/** What happens each night; words of bundles that are not indexed stay out. */
async function merge({ bundleHeads }: { readonly bundleHeads: (ids: readonly string[]) => Promise<BundleSight[]> }): Promise<void> {
  const clock = { epochMs: () => nowMs, now: () => Instant.parse(new Date(nowMs).toISOString()), today: () => CalendarDate.parse('2026-11-24') };
  await mergeDictionary({ index, bundles: { sights: bundleHeads }, clock }, `s${snapshots++}`);
}
let snapshots = 0;

interface Expected {
  readonly id: string;
  readonly key: readonly [time: number, bundle: string, n: number, ordinal: number];
  readonly bundle: FiledBundle;
  readonly sender: string | null;
  readonly month: string;
}

/** Every match by reading every record, in order. */
function byBruteForce(bundles: readonly FiledBundle[], request: SearchRequest, scope: SearchScope): Expected[] {
  const parsed = parseQuery(request.query);
  if (!parsed.ok) throw new Error(`no query: ${parsed.fault.errors?.[0]?.code}`);
  const { filters = {} } = request;
  const has = (values: readonly string[] | undefined, value: string) => values === undefined || values.length === 0 || values.includes(value);
  const found: Expected[] = [];
  for (const bundle of bundles) {
    if (bundle.state !== 'indexed' || (scope.kind === 'uploader' && bundle.uploader !== scope.subject)) continue;
    if (!has(filters.bundleIds, bundle.id) || !has(filters.platforms, 'whatsapp')) continue;
    if ((filters.caseIds ?? []).length > 0 && !bundle.caseIds.some((id) => filters.caseIds?.includes(id))) continue;
    for (const { n, title, records } of bundle.conversations) {
      records.forEach((record, ordinal) => {
        if (!recordMatches(parsed.value, record, { title, caseIds: bundle.caseIds, platform: 'whatsapp' })) return;
        if ((filters.senders ?? []).length > 0 && (record.sender === null || !filters.senders?.includes(record.sender))) return;
        const day = record.local.slice(0, 10);
        if ((filters.from ?? '') > day || (filters.to ?? '9999-99-99') < day) return;
        found.push({
          id: `${bundle.id}.${n}.${ordinal}`,
          key: [localNumber(record.local), bundle.id, n, ordinal],
          bundle,
          sender: record.sender,
          month: record.local.slice(0, 7),
        });
      });
    }
  }
  const sign = (request.order ?? 'newest') === 'newest' ? -1 : 1;
  return found.sort((a, b) => {
    for (let i = 0; i < 4; i++) {
      const [x, y] = [a.key[i] ?? 0, b.key[i] ?? 0];
      if (x !== y) return x < y ? -sign : sign;
    }
    return 0;
  });
}

async function ask(search: SearchMessages, request: SearchRequest, scope: SearchScope): Promise<SearchAnswer> {
  const answer = await search(request, scope);
  if (!answer.ok) throw new Error(`fault ${answer.fault.code} ${answer.fault.errors?.[0]?.code ?? ''}`);
  return answer.value;
}

function counted(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

async function holdAgainstOracle(search: SearchMessages, bundles: readonly FiledBundle[], request: SearchRequest, scope: SearchScope): Promise<void> {
  const expected = byBruteForce(bundles, request, scope);
  const records = new Map<string, FiledRecord>(
    bundles.flatMap((bundle) => bundle.conversations.flatMap(({ n, records: all }) => all.map((record, i) => [`${bundle.id}.${n}.${i}`, record] as const))),
  );
  const parsed = parseQuery(request.query);
  if (!parsed.ok) throw new Error('no query');

  const walked: string[] = [];
  let next: string | null = null;
  do {
    const answer: SearchAnswer = await ask(search, { ...request, next }, scope);
    expect(answer.total).toBe(expected.length);
    expect(answer.items.length).toBe(Math.min(request.limit ?? 50, expected.length - walked.length));
    for (const item of answer.items) {
      const record = records.get(item.message.id);
      if (record === undefined) throw new Error('a hit that no chat holds');
      expect(item.message.text).toBe(record.text);
      expect(item.message.sentAt.local).toBe(record.local);
      expect(item.message.sender).toBe(record.sender);
      const explained = explainMatch(parsed.value, record);
      expect([item.highlights, item.matched]).toEqual([explained.highlights, explained.matched]);
      walked.push(item.message.id);
    }
    if (walked.length === answer.items.length) {
      const facets = Object.fromEntries(
        (request.facets ?? []).map((kind) => [kind, Object.fromEntries((answer.facets?.[kind] ?? []).map(({ value, messages }) => [value, messages]))]),
      );
      const wanted: Record<string, Record<string, number>> = {
        case: counted(expected.flatMap(({ bundle }) => bundle.caseIds)),
        conversation: counted(expected.map(({ id }) => id.split('.').slice(0, 2).join('/'))),
        sender: counted(expected.flatMap(({ sender }) => (sender === null ? [] : [sender]))),
        month: counted(expected.map(({ month }) => month)),
      };
      expect(facets).toEqual(Object.fromEntries((request.facets ?? []).map((kind) => [kind, wanted[kind]])));
      for (const { leaf, terms } of answer.expansions) {
        for (const { term, messages } of terms) {
          const query = term.startsWith('tel:') ? `+${term.slice(4)}` : term.endsWith('*') ? leaf : `"${term}"`;
          // Words of two pieces around a star are counted together.
          if (term.includes('#') || /[*].*[^*]/.test(term)) continue;
          const holds = byBruteForce(bundles, { ...request, query }, scope);
          if (term.startsWith('tel:')) expect(messages).toBeLessThanOrEqual(holds.length);
          else if (!term.endsWith('*')) expect([term, messages]).toEqual([term, holds.filter(({ id }) => holdsPlainly(records.get(id), term)).length]);
        }
      }
    }
    next = answer.next;
  } while (next !== null);
  expect(walked).toEqual(expected.map(({ id }) => id));
}

/** A quoted phone number in digits would also find its canonical form; the count of a word is of the word alone. */
function holdsPlainly(record: { readonly text: string; readonly attachments?: readonly { readonly name: string }[] } | undefined, term: string): boolean {
  const terms = term.split(' ');
  const texts = [record?.text ?? '', ...(record?.attachments ?? []).map(({ name }) => name)];
  return texts.some((text) => {
    const words = tokenize(text)
      .map((token) => token.term)
      .filter((word) => !word.startsWith('tel:'));
    return words.some((_, at) => terms.every((wanted, i) => words[at + i] === wanted));
  });
}

const wordPool = [
  'vergunning',
  'vergunningen',
  'vergund',
  'ja',
  'nee',
  'de',
  'niet',
  'op',
  'mail',
  'Één',
  'café',
  'foto’s',
  'Z-2024-00123',
  '👍',
  '👍🏽',
  '🇳🇱',
  '許可',
  'مرحبا',
  'שלום',
  '06-12345678',
  '+31 6 12345678',
  '16:08',
  'x'.repeat(90),
  'e\u0301e\u0301n',
  '\u200eok',
];
const text = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.constantFrom(...wordPool), { maxLength: 7, size: 'max' }).map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom('', ' \n ', 'ja '.repeat(400), `${'de mail '.repeat(200)}vergunning`) },
);
const senders = ['Jan de Vries', 'Fatima', 'Sjoerd van der Meer', '+31 6 12345678', 'jan', '~ Één'];
const local = fc
  .tuple(
    fc.constantFrom('2023-12-31', '2024-01-01', '2024-01-15', '2024-03-31', '2024-02-30'),
    fc.constantFrom(9, 23),
    fc.constantFrom(0, 1, 59),
    fc.option(fc.constantFrom(0, 7)),
  )
  .map(([day, h, m, s]) => `${day}T${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}${s === null ? '' : `:${String(s).padStart(2, '0')}`}`);
const message = fc
  .record({
    sender: fc.option(fc.constantFrom(...senders), { freq: 6 }),
    local,
    text,
    attachment: fc.option(fc.constantFrom('Begroting 2024.pdf', 'IMG-0001.jpg'), { freq: 2 }),
  })
  .map(({ attachment, ...rest }) => (attachment === null ? rest : { ...rest, attachment }));
const conversation = fc.record({
  title: fc.option(fc.constantFrom('Wijkteam Zuid', 'Zuid vergunning', 'MT')),
  messages: fc.array(message, { maxLength: 20, size: 'max' }),
});
const bundle = fc.record({
  state: fc.constantFrom('indexed', 'indexed', 'indexed', 'ingesting', 'destroying'),
  uploader: fc.constantFrom('ada', 'bo'),
  caseIds: fc.subarray(['ZAAK-1', 'ZAAK-2', 'zaak-20']),
  conversations: fc.array(conversation, { minLength: 1, maxLength: 3 }),
});
const limitsArb: fc.Arbitrary<Partial<SegmentLimits>> = fc.constantFrom(
  { records: 7, blockRecords: 3, drawerBytes: 20, besideBytes: 10 },
  { records: 25, blockRecords: 4, drawerBytes: 200, besideBytes: 30, itemBytes: 150 },
  { records: 1000, blockRecords: 64, segmentText: 3000, senders: 2 },
  {},
);

const leafText = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'vergunning',
      'VERGUNNINGEN',
      'ja',
      'de',
      'een',
      '👍',
      '🇳🇱',
      '許',
      'שלום',
      'foto’s',
      'ontbreekt',
      'begroting',
      `${'x'.repeat(90)}`,
      '123',
      '16:08',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom('"niet op de mail"', '"de mail"', '"ja ja"', '"許可"', '"mail de"', 'Z-2024-00123', '"2024 pdf"', '"op de"') },
  { weight: 2, arbitrary: fc.constantFrom('vergun*', 'v*', 'x*', '0*', 'Z-20*', 't*', 'tel*', '許*', '👍*', '1*') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'van:jan',
      'van:"jan de"',
      'van:j*',
      'in:zuid',
      'in:"wijkteam zuid"',
      'in:w*',
      'zaak:ZAAK-1',
      'zaak:zaak-2*',
      'datum:2024-01',
      'datum:2024-01-15..',
      'datum:2023',
      'van:0612345678',
      'van:één',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('06-12345678', '0031612345678', '+31612345678', '06 1234 5678') },
  { weight: 2, arbitrary: fc.constantFrom('*unning*', '*n', 'ver*en', '*e*e*', 'Z-*24-*', '*許*', '*12*') },
  { weight: 2, arbitrary: fc.constantFrom('vergunnig~1', 'vergudn~1', 'verguning~2', 'ja~1', 'ma~2', 'caef~1', 'een~1') },
  { weight: 2, arbitrary: fc.constantFrom('/v.*/', '/(ja|nee)/', '/[0-9]{4}/', '/.*[^a-z0-9].*/', '/.{1,3}/', '/مر.+/') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'bijlage:begroting',
      'bijlage:"2024 pdf"',
      'bijlage:*',
      'bijlage:j*',
      'bijlage:*g',
      'bijlage:ja',
      'app:whatsapp',
      'app:sms',
      'type:tekst',
      'type:systeem',
      'type:bijlage',
      'van:*jo*',
      'van:fatma~1',
      'van:/j.*/',
      'in:*uid*',
      'zaak:*-2*',
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('ja', 'vergunning', '"de mail"', '*e*', '(niet OF nee*)', '06-12345678', 'begroting'),
        fc.constantFrom(1, 2, 5, 99),
        fc.constantFrom('ja', 'mail', '"op de"', 'v*', '/.{2}/', '(een OF 👍 OF café~1)'),
      )
      .map(([a, n, b]) => `${a} NABIJ/${n} ${b}`),
  },
);
const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leafText,
    fc.tuple(tie('query'), fc.constantFrom(' ', ' EN ', ' OF ', ' OR ', ' NIET ', ' OF NIET '), tie('query')).map(([a, op, b]) => `(${a}${op}${b})`),
    tie('query').map((q) => `NIET ${q}`),
  ),
}));
const request = fc.record({
  query: fc.oneof({ weight: 12, arbitrary: query }, { weight: 1, arbitrary: fc.constant('') }),
  order: fc.constantFrom('newest' as const, 'oldest' as const),
  limit: fc.constantFrom(1, 3, 10, 200),
  facets: fc.subarray(['case', 'conversation', 'sender', 'month'] as const),
  filters: fc.record(
    {
      caseIds: fc.subarray(['ZAAK-1', 'ZAAK-2']),
      senders: fc.subarray(['Fatima', 'jan', 'nobody']),
      from: fc.constantFrom(null, '2024-01-01', '2024-03-01'),
      to: fc.constantFrom(null, '2024-01-15'),
      platforms: fc.constantFrom([], ['whatsapp'], ['signal']),
    },
    { requiredKeys: [] },
  ),
});

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
          const heads = makeHeads(filed);
          const search = makeSearchMessages(heads.needs);
          try {
            for (const [i, [question, scope]] of questions.entries()) {
              if (i === mergeBefore) await merge(heads.needs);
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

  const chat = (texts: readonly string[], title: string | null = 'Wijkteam') => ({
    title,
    messages: texts.map((body, i) => ({ sender: 'Ada', local: `2024-05-01T10:${String(i % 60).padStart(2, '0')}`, text: body })),
  });
  const one = (state: string, texts: readonly string[], uploader = 'ada'): PlainBundle => ({
    state,
    uploader,
    caseIds: ['ZAAK-1'],
    conversations: [chat(texts)],
  });

  it('shows a bundle whole or not at all while it comes and goes', async () => {
    const small = { records: 5, blockRecords: 2, drawerBytes: 30 };
    const stays = await fileBundle(index, bundleIdOf(9001), one('indexed', ['zwembad', 'zwembad']), small);
    const goes = await fileBundle(index, bundleIdOf(9002), one('indexed', Array(40).fill('zwembad dicht')), small);
    const { heads, needs } = makeHeads([stays, goes]);
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
    await fileBundle(index, goes.id, one('indexed', Array(40).fill('zwembad open')), small);
    expect(await total()).toBe(2);
    heads.set(goes.id, { ...(heads.get(goes.id) as BundleSight), state: 'indexed', indexedAt: new Date(nowMs + 5).toISOString() });
    expect(await total()).toBe(42);
    expect(await total('dicht')).toBe(0);
    for (const { id } of [stays, goes]) await index.deleteBundleRange(id);
  });

  it('reads the drawers again when a bundle was indexed while they were read', async () => {
    const filed = await fileBundle(index, bundleIdOf(9003), one('indexed', ['brug', 'brug open']));
    const { heads, needs } = makeHeads([filed]);
    const sight = heads.get(filed.id) as BundleSight;
    heads.set(filed.id, { ...sight, indexedAt: new Date(nowMs - 10).toISOString() });
    const trips: string[] = [];
    const search = makeSearchMessages({ ...needs, onTrip: (trip) => trips.push(trip) });
    expect((await ask(search, { query: 'brug' }, all)).total).toBe(2);
    expect(trips.filter((trip) => trip === 'drawers')).toHaveLength(2);
    trips.length = 0;
    expect((await ask(search, { query: 'brug' }, all)).total).toBe(2);
    expect(trips).toEqual(['drawers', 'page']);
    await index.deleteBundleRange(filed.id);
  });

  it('finds what was indexed just now, though the epoch or a level changed as well', async () => {
    const fresh = { indexedAt: new Date(nowMs - 10).toISOString() };
    const before = await fileBundle(index, bundleIdOf(9011), one('indexed', ['kadegeld']));
    const { heads, needs } = makeHeads([before]);
    const search = makeSearchMessages(needs);
    const total = async () => (await ask(search, { query: 'kadegeld' }, all)).total;
    expect(await total()).toBe(1);
    const noise = Array.from({ length: 300 }, (_, i) => `ruis${i} wind${i} zee${i}`);
    const filed = await fileBundle(index, bundleIdOf(9012), one('indexed', ['kadegeld', ...noise]), { records: 1000, drawerBytes: 20, besideBytes: 10 });
    heads.set(filed.id, { ...(heads.get(before.id) as BundleSight), id: filed.id, ...fresh });
    expect(await total()).toBe(2);
    const again = await fileBundle(index, bundleIdOf(9013), one('indexed', ['kadegeld']));
    heads.set(again.id, { ...(heads.get(before.id) as BundleSight), id: again.id, ...fresh });
    await index.bumpEpoch();
    expect(await total()).toBe(3);
    for (const { id } of [before, filed, again]) await index.deleteBundleRange(id);
  });

  it('answers in full while other searches run and the epoch goes up all the time', async () => {
    const filed: FiledBundle[] = [];
    for (let i = 0; i < 8; i++) filed.push(await fileBundle(index, bundleIdOf(9030 + i), one('indexed', ['molen', 'de molen', 'wiek'])));
    const search = makeSearchMessages(makeHeads(filed).needs);
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
    const filed = await fileBundle(index, bundleIdOf(9004), one('indexed', ['kade', 'kade']));
    const search = makeSearchMessages(makeHeads([filed]).needs);
    const raw = makeDynamo({ ...settings, endpoint: engine.endpoint });
    await raw.send(new DeleteItemCommand({ TableName: tables.index, Key: { pk: { S: `segment:${filed.segments[0]?.id}` }, sk: { S: 'block:00000' } } }));
    expect(await search({ query: 'kade' }, all)).toEqual({ ok: false, fault: { code: 'unavailable' } });
    await index.deleteBundleRange(filed.id);
  });

  it('takes three round trips at most, also the first of a process and for a phrase whose places lie beside', async () => {
    const limits = { records: 40, besideBytes: 4, drawerBytes: 40 };
    const texts = Array.from({ length: 120 }, (_, i) => (i % 40 === 7 ? 'wij gaan nu' : i % 2 === 0 ? 'gaan wij' : 'nu gaan'));
    const filed = await fileBundle(index, bundleIdOf(9051), one('indexed', texts), limits);
    const trips: string[] = [];
    const search = makeSearchMessages({ ...makeHeads([filed]).needs, onTrip: (trip) => trips.push(trip) });
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
    const search = makeSearchMessages(makeHeads([filed]).needs);
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
    const filed = await fileBundle(index, bundleIdOf(9005), one('indexed', Array(30).fill('dijk')));
    const search = makeSearchMessages(makeHeads([filed]).needs);
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
      one(
        'indexed',
        Array.from({ length: 300 }, (_, i) => Array.from({ length: 8 }, (__, k) => `q${(i * 8 + k).toString(36)}`).join(' ')),
      ),
    );
    const search = makeSearchMessages(makeHeads([filed]).needs);
    expect(await search({ query: 'ja q*' }, all)).toMatchObject({ ok: false, fault: { code: 'query.expansion-too-wide', errors: [{ position: 3 }] } });
    const { expansions, total } = await ask(search, { query: 'q1*' }, all);
    const words = new Set(filed.conversations[0]?.records.flatMap(({ text }) => text.split(' ')).filter((word) => word.startsWith('q1')));
    expect(new Set(expansions[0]?.terms.map(({ term }) => term))).toEqual(words);
    expect(total).toBe(byBruteForce([filed], { query: 'q1*' }, all).length);
    await index.deleteBundleRange(filed.id);
  });

  it('shards drawers without changing an answer', async () => {
    const sharded = makeIndexStore({ dynamo: makeDynamo({ ...settings, endpoint: engine.endpoint }), table: tables.index, shards: 4 });
    const filed: FiledBundle[] = [];
    for (let i = 0; i < 6; i++) filed.push(await fileBundle(sharded, bundleIdOf(9010 + i), one('indexed', ['sluis dicht', 'sluis', 'de sluis dicht'])));
    const search = makeSearchMessages({ ...makeHeads(filed).needs, index: sharded });
    await holdAgainstOracle(search, filed, { query: '"sluis dicht" OF de', limit: 3 }, all);
    for (const { id, segments } of filed) {
      await sharded.deleteBundleRange(id);
      expect(await sharded.verifyBundleAbsent(id, segments)).toBe(true);
    }
  });
});
