// What a word stands for and what is offered beside it, on the engine: exact counts, within the asker's sight; switched-off words.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchRequest, SearchScope } from '#core/search/question.ts';
import { makeExpandTerm } from '#flow/expand-term.ts';
import type { BundleSight } from '#flow/search-cache.ts';
import { makeSearchMessages, type SearchMessages } from '#flow/search-messages.ts';
import { createTables, type DynamoEngine, startDynamo } from '#infra/local/dynamo.ts';
import { makeDynamo } from '#store/clients.ts';
import { makeIndexStore } from '#store/index/index-store.ts';
import { fileBundle } from '#test/support/filed-bundle.ts';

const settings = { region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
const all: SearchScope = { kind: 'all' };
let engine: DynamoEngine;
let search: SearchMessages;
let trips: string[] = [];
let file: (id: number, uploader: string, state: string, texts: readonly string[]) => Promise<void>;

beforeAll(async () => {
  engine = await startDynamo({});
  const raw = new DynamoDBClient({ ...settings, endpoint: engine.endpoint });
  await createTables(raw, { catalogue: 'catalogue', index: 'index', audit: 'audit' });
  raw.destroy();
  const index = makeIndexStore({ dynamo: makeDynamo({ ...settings, endpoint: engine.endpoint }), table: 'index', shards: 1 });
  const heads = new Map<string, BundleSight>();
  search = makeSearchMessages({
    index,
    bundleHeads: async (ids) => ids.flatMap((id) => heads.get(id) ?? []),
    indexedBundles: async () => [],
    keyPeople: async () => [],
    epochMs: () => Date.parse('2026-11-24T12:00:00.000Z'),
    onTrip: (trip) => trips.push(trip),
  });
  file = async (number, uploader, state, texts) => {
    const id = `bundle_01J${String(number).padStart(23, '0')}`;
    const messages = texts.map((text) => ({ sender: 'Bo', local: '2024-01-01T10:00', text }));
    await fileBundle(index, id, { state, uploader, caseIds: [], conversations: [{ title: null, messages }] });
    heads.set(id, { id, state, uploader, caseIds: [], indexedAt: state === 'indexed' ? '2024-01-01T00:00:00.000Z' : null });
  };
  await file(1, 'ada', 'indexed', ['vergunning', 'vergunningen', 'vergund', 'omgevingsvergunning', 'omgevingsvergunning ja', 'vergunnig', 'zwembad']);
  await file(2, 'bo', 'indexed', ['vergunning', 'vergunningaanvraag', 'bouwvergunningen']);
  await file(3, 'bo', 'ingesting', ['kapvergunning']);
});
afterAll(() => engine.stop());

async function total(request: SearchRequest, scope: SearchScope = all): Promise<number> {
  const found = await search(request, scope);
  if (!found.ok) throw new Error(found.fault.code);
  return found.value.total;
}

describe('expandTerm', () => {
  it('gives the forms of a word, and offers compounds and slips with their counts', async () => {
    const found = await makeExpandTerm(search)('vergunning', all);
    if (!found.ok) throw new Error(found.fault.code);
    expect(found.value.terms).toEqual([
      { term: 'vergunning', messages: 2 },
      { term: 'vergund', messages: 1 },
      { term: 'vergunningen', messages: 1 },
    ]);
    expect(found.value.offers).toEqual([
      {
        kind: 'compound',
        tooMany: false,
        terms: [
          { term: 'omgevingsvergunning', messages: 2 },
          { term: 'bouwvergunningen', messages: 1 },
          { term: 'vergunningaanvraag', messages: 1 },
        ],
      },
      { kind: 'spelling', tooMany: false, terms: [{ term: 'vergunnig', messages: 1 }] },
    ]);
    // Offered is not searched for.
    expect(await total({ query: 'vergunning' })).toBe(4);
  });

  it('shows nobody a word of another, or of what is not indexed', async () => {
    const found = await makeExpandTerm(search)('vergunning', { kind: 'uploader', subject: 'bo' });
    const shown = JSON.stringify(found);
    expect(shown).toContain('vergunningaanvraag');
    for (const hidden of ['omgevingsvergunning', 'vergunnig"', 'kapvergunning', 'vergund']) expect(shown).not.toContain(hidden);
  });

  it('offers nothing beside phrases, patterns and fields', async () => {
    for (const leaf of ['"vergunning"', '*vergunning*', 'van:Bo', 'ja', '2024']) {
      const found = await makeExpandTerm(search)(leaf, all);
      expect([leaf, found.ok && found.value.offers]).toEqual([leaf, []]);
    }
  });

  it('names the place when a leaf cannot be read', async () => {
    const found = await makeExpandTerm(search)('/ver(/', all);
    expect(!found.ok && [found.fault.code, found.fault.errors?.[0]?.position]).toEqual(['query.syntax', 4]);
  });
});

describe('words that were switched off', () => {
  it('are counted and not found, for the leaf they were switched off for', async () => {
    const switchedOff = [{ leaf: 'vergunning', terms: ['vergunningen', 'vergund'] }];
    const found = await search({ query: 'vergunning', switchedOff }, all);
    if (!found.ok) throw new Error(found.fault.code);
    expect(found.value.total).toBe(2);
    expect(found.value.expansions[0]?.terms).toEqual([
      { term: 'vergunning', messages: 2 },
      { term: 'vergund', messages: 1, off: true },
      { term: 'vergunningen', messages: 1, off: true },
    ]);
    expect(await total({ query: '*vergunning* NIET vergunning', switchedOff })).toBe(5);
    expect(await total({ query: 'Vergunning', switchedOff })).toBe(4);
    expect(await total({ query: 'vergun*', switchedOff: [{ leaf: 'vergun*', terms: ['vergunnig'] }] })).toBe(5);
  });
});

describe('the words that a search knows', () => {
  it('are never behind: a word that came a moment ago is found by a star, and the warm search costs no trip more', async () => {
    expect(await total({ query: '*splinter*' })).toBe(0);
    await file(4, 'ada', 'indexed', ['nieuwsplinters']);
    expect(await total({ query: '*splinter*' })).toBe(1);
    expect(await total({ query: 'nieuwsplinter' })).toBe(1);
    trips = [];
    expect(await total({ query: '*splinter*' })).toBe(1);
    expect(trips).toEqual(['page']);
  });

  it('say so when there are too many to show', async () => {
    await file(5, 'ada', 'indexed', [Array.from({ length: 2_100 }, (_, i) => `teveel${i}x`).join(' ')]);
    const found = await search({ query: '*evee*' }, all);
    expect(!found.ok && [found.fault.code, found.fault.errors?.[0]?.code]).toEqual(['query.expansion-too-wide', 'query.expansion']);
  });
});
