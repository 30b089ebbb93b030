// The dictionary is exact: after each night it holds the words of what is indexed, with their counts, and no other. Held against counting
// every record anew, with the merge and the destruction broken off after every write.
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CalendarDate, Instant } from '#core/model/time.ts';
import { eachTerm } from '#core/search/dictionary.ts';
import { eachWord } from '#core/search/each-word.ts';
import { tokenize } from '#core/text/tokenize.ts';
import { type MergedWords, mergeWords, type NeedsMerge } from '#flow/merge-dictionary.ts';
import type { BundleSight } from '#flow/search-cache.ts';
import { makeSearchWords } from '#flow/search-words.ts';
import { createTables, type DynamoEngine, startDynamo } from '#infra/local/dynamo.ts';
import { makeDynamo } from '#store/clients.ts';
import { type IndexStore, makeIndexStore } from '#store/index/index-store.ts';
import { Broken, makeBreaker } from '#test/support/breaking-clients.ts';
import { type FiledBundle, fileBundle } from '#test/support/filed-bundle.ts';

const settings = { region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
const tables = { catalogue: 'catalogue', index: 'index', audit: 'audit' };
const startMs = Date.parse('2026-11-24T03:00:00.000Z');
const hourMs = 3_600_000;
let engine: DynamoEngine;
let raw: DynamoDBClient;
let index: IndexStore;
const breaker = makeBreaker();

beforeAll(async () => {
  engine = await startDynamo({});
  raw = new DynamoDBClient({ ...settings, endpoint: engine.endpoint });
  await createTables(raw, tables);
  index = makeIndexStore({ dynamo: breaker.wrap(makeDynamo({ ...settings, endpoint: engine.endpoint })), table: tables.index, shards: 1 });
});
afterAll(async () => {
  raw.destroy();
  await engine.stop();
});

let number = 1;
let nights = 0;
let sights: Map<string, BundleSight>;
let filed: FiledBundle[];
beforeEach(() => {
  breaker.heal();
});

function needsOf(atMs: number): NeedsMerge {
  const clock = { epochMs: () => atMs, now: () => Instant.parse(new Date(atMs).toISOString()), today: () => CalendarDate.parse('2026-11-24') };
  return {
    index,
    clock,
    bundles: {
      sights: async (ids) => ids.flatMap((id) => sights.get(id) ?? []),
      listByState: async (state) => ({ items: [...sights.values()].filter((sight) => sight.state === state), next: null }),
    },
  };
}

/** Each night comes an hour after the one before: what broke off then is dead by now. */
async function night(): Promise<MergedWords> {
  nights++;
  return mergeWords(needsOf(startMs + nights * hourMs), `night-${nights}`);
}

async function file(state: string, texts: readonly string[], title = 'Wijkteam'): Promise<FiledBundle> {
  const id = `bundle_01J${String(number++).padStart(23, '0')}`;
  const messages = texts.map((text) => ({ sender: 'Fatima', local: '2024-01-01T10:00', text }));
  const bundle = await fileBundle(index, id, { state, uploader: 'ada', caseIds: [], conversations: [{ title, messages }] }, { records: 2 });
  filed.push(bundle);
  move(id, state);
  return bundle;
}

function move(id: string, state: string): void {
  sights.set(id, { id, state, uploader: 'ada', caseIds: [], indexedAt: state === 'ingesting' ? null : '2024-01-01T00:00:00.000Z' });
}

async function destroy(id: string): Promise<void> {
  move(id, 'destroying');
  await index.fileWordsRemoved(id);
  await index.deleteBundleRange(id);
  move(id, 'destroyed');
}

async function standing(): Promise<Record<string, number>> {
  const { snapshot } = await index.readState();
  const read = snapshot === null ? null : await index.dictionary.readSnapshot(snapshot);
  return Object.fromEntries([...eachTerm(read?.pages ?? [])].map(([term, { messages, labels }]) => [term, messages + labels * 1_000]));
}

/** Every record and label of what is indexed, counted anew. */
async function counted(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const add = (term: string, by: number) => {
    counts[term] = (counts[term] ?? 0) + by;
  };
  for (const { id, conversations, segments } of filed) {
    if (sights.get(id)?.state !== 'indexed') continue;
    for (const { records, title } of conversations) {
      for (const record of records) {
        const terms = new Set<string>();
        eachWord(record, (term) => terms.add(term));
        for (const term of terms) add(term, 1);
      }
      const labels = (texts: readonly string[]) => new Set(texts.flatMap((text) => tokenize(text).map(({ term }) => term)));
      segments.forEach((_, i) => {
        for (const term of labels(['Fatima', ...(title !== null && i === segments.length - 1 ? [title] : [])])) add(term, 1_000);
      });
    }
  }
  return counts;
}

async function everythingOf(word: string): Promise<string[]> {
  const { Items = [] } = await raw.send(new ScanCommand({ TableName: tables.index }));
  return Items.map((item) => `${item['pk']?.S} ${item['sk']?.S}`).filter((key) => key.includes(word));
}

async function begin(): Promise<void> {
  sights = new Map();
  for (const { id } of filed ?? []) await index.deleteBundleRange(id);
  const { Items = [] } = await raw.send(new ScanCommand({ TableName: tables.index }));
  const { deleteAll } = await import('#store/index/batch.ts');
  await deleteAll(
    { dynamo: makeDynamo({ ...settings, endpoint: engine.endpoint }), table: tables.index },
    Items.map((item) => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' })),
  );
  filed = [];
}

/** One archive's life: three bundles, one destroyed, one refused half way, one that comes between. */
async function life(during: (work: () => Promise<void>) => Promise<void>): Promise<void> {
  await begin();
  const first = await file('indexed', ['zwembad vergunning', 'ja 👍', 'zwembad zwembad'], 'Alleenhier');
  await file('indexed', ['vergunning', 'café 許可'], 'Zuid');
  const halfway = await file('ingesting', ['halverwege']);
  await during(async () => void (await night()));
  expect(await standing()).toEqual(await counted());
  await during(() => destroy(first.id));
  await index.deleteBundleRange(halfway.id);
  sights.delete(halfway.id);
  await file('indexed', ['nieuw woord']);
  const late = await file('indexed', ['kwam en ging']);
  await during(() => destroy(late.id));
  await during(async () => void (await night()));
  const after = await standing();
  expect(after).toEqual(await counted());
  for (const gone of ['zwembad', 'alleenhier', 'halverwege', 'kwam']) expect(after).not.toHaveProperty(gone);
  await night();
  expect((await everythingOf('dictionary')).filter((key) => !key.startsWith('dictionary:'))).toEqual([]);
  expect(new Set((await everythingOf('dictionary:')).map((key) => key.split(' ')[0])).size).toBe(1);
}

describe('the dictionary', () => {
  it('holds after each night exactly the words of what is indexed, and nothing of what was destroyed', async () => {
    await life((work) => work());
  });

  it('is the same when merge or destruction break off after any write and run again', async () => {
    // Filing has tests of its own: only the four works of a life break, each after each of its writes.
    for (let turn = 0; turn < 4; turn++) {
      for (let at = 1, broke = true; broke; at++) {
        broke = false;
        let now = 0;
        await life(async (work) => {
          if (now++ !== turn) return work();
          breaker.breakAt(at, 'after');
          try {
            await work();
          } catch (error) {
            if (!(error instanceof Broken)) throw error;
            broke = true;
          }
          breaker.heal();
          if (broke) await work();
        });
        if (!broke) expect(at).toBeGreaterThan(5);
      }
    }
  }, 120_000);

  it('is read in full while a merge runs: a searcher never misses a word of what is indexed', async () => {
    await begin();
    await file('indexed', ['zwembad', 'vergunning']);
    await night();
    await file('indexed', ['raadszaal']);
    const words = makeSearchWords(index, () => undefined);
    const reads: Promise<boolean>[] = [];
    const look = async () => {
      const { dictionaries } = await words.refresh();
      const held = new Set(dictionaries.flatMap((dictionary) => [...eachTerm(dictionary)].map(([term]) => term)));
      return ['zwembad', 'vergunning', 'raadszaal'].every((term) => held.has(term));
    };
    const writes = breaker.count();
    for (let n = 1; n < 12; n++) {
      breaker.meddle(1, 'before', async () => {
        reads.push(look());
        await reads.at(-1);
      });
      await night();
      await file('indexed', [`woord${n}`]);
    }
    expect(breaker.count()).toBeGreaterThan(writes);
    reads.push(look());
    expect(await Promise.all(reads)).not.toContain(false);
  });

  it('lets one merge run at a time, and takes over one that died', async () => {
    await begin();
    await file('indexed', ['zwembad']);
    const at = startMs + 1_000 * hourMs;
    const state = await index.dictionary.readMergeState();
    expect(await index.dictionary.begin('died', at, state)).toBe(true);
    await index.dictionary.putPage('died', 0, new Uint8Array([1]));
    expect(await mergeWords(needsOf(at + 60_000), 'soon')).toMatchObject({ wordsAdded: 0, wordsRemoved: 0 });
    expect(await mergeWords(needsOf(at + hourMs), 'later')).toMatchObject({ wordsAdded: 1, wordsRemoved: 0 });
    expect(await index.dictionary.flip('died', null)).toBe(false);
    expect(await everythingOf('dictionary:died')).toEqual([]);
    expect(await standing()).toEqual(await counted());
  });

  /** Another snapshot stands than the books say: what it holds was lost, as an accident or a restored table would do it. */
  async function lose(): Promise<void> {
    const { snapshot } = await index.readState();
    await index.dictionary.begin('lost', startMs, await index.dictionary.readMergeState());
    await index.dictionary.putHead('lost', { pages: 0, terms: 0, applied: [] });
    expect(await index.dictionary.flip('lost', snapshot)).toBe(true);
    await index.dictionary.tidy(await index.dictionary.readMergeState());
  }

  async function archiveWithLoss(): Promise<FiledBundle> {
    await begin();
    const goes = await file('indexed', ['zwembad vergunning', 'ja'], 'Alleenhier');
    await file('indexed', ['vergunning', 'café 許可'], 'Zuid');
    await night();
    await lose();
    expect(await standing()).toEqual({});
    return goes;
  }

  async function expectExact(goes: FiledBundle): Promise<void> {
    const after = await standing();
    expect(after).toEqual(await counted());
    expect(after).toHaveProperty('vergunning');
    for (const gone of ['zwembad', 'alleenhier']) expect(after).not.toHaveProperty(gone);
    expect((await everythingOf('dictionary')).filter((key) => key.includes(goes.segments[0]?.id ?? '?'))).toEqual([]);
  }

  it('is made anew from the segments when more must come out than it holds, and what was destroyed is gone the same night', async () => {
    const goes = await archiveWithLoss();
    await destroy(goes.id);
    await file('indexed', ['nieuw woord']);
    expect(await night()).toMatchObject({ dictionaryRebuilt: true });
    await expectExact(goes);
    expect(await night()).toEqual({ wordsAdded: 0, wordsRemoved: 0, dictionaryRebuilt: false });
  });

  it('is made anew when a page or the head of the snapshot that stands is gone', async () => {
    const { deleteAll } = await import('#store/index/batch.ts');
    for (const lost of ['head', 'page']) {
      await begin();
      const goes = await file('indexed', ['zwembad'], 'Alleenhier');
      await file('indexed', ['vergunning']);
      await night();
      const { snapshot } = await index.readState();
      const keys = (await everythingOf(`dictionary:${snapshot}`)).filter((key) => key.split(' ')[1]?.startsWith(lost));
      expect(keys).not.toEqual([]);
      const dynamo = makeDynamo({ ...settings, endpoint: engine.endpoint });
      await deleteAll(
        { dynamo, table: tables.index },
        keys.map((key) => ({ pk: key.split(' ')[0] ?? '', sk: key.split(' ')[1] ?? '' })),
      );
      await destroy(goes.id);
      expect(await night()).toMatchObject({ dictionaryRebuilt: true });
      await expectExact(goes);
    }
  });

  it('comes out the same when making it anew breaks off after any write and the next night goes on', async () => {
    for (let at = 1, reached = true; reached; at++) {
      const goes = await archiveWithLoss();
      await destroy(goes.id);
      const before = breaker.count();
      breaker.breakAt(at, 'after');
      await night().catch((error: unknown) => expect(error).toBeInstanceOf(Broken));
      breaker.heal();
      reached = breaker.count() - before >= at;
      await night();
      await night();
      await expectExact(goes);
      if (!reached) expect(at).toBeGreaterThan(5);
    }
  }, 120_000);

  it('holds neither too much nor too little when bundles come and go while it is made anew', async () => {
    for (let at = 1, meddled = true; meddled; at++) {
      const goes = await archiveWithLoss();
      await destroy(goes.id);
      const alsoGoes = await file('indexed', ['waterschap']);
      meddled = false;
      breaker.meddle(at, 'before', async () => {
        meddled = true;
        await destroy(alsoGoes.id);
        await file('indexed', ['tussendoor gekomen']);
      });
      // What is emptied under its hands may end one night; the next finds all marks.
      await night().catch((error: unknown) => expect(String(error)).toContain('the next run sees why'));
      breaker.heal();
      await night();
      await expectExact(goes);
      expect(await standing()).not.toHaveProperty('waterschap', meddled ? 1 : undefined);
    }
  }, 120_000);
});
