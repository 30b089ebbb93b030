// An index on the engine with heads in memory: bundles that a test moves as a flow would, without the way there.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CalendarDate, Instant } from '#core/model/time.ts';
import type { SearchScope } from '#core/search/question.ts';
import { mergeDictionary } from '#flow/merge-dictionary.ts';
import type { BundleSight } from '#flow/search-cache.ts';
import { createTables, type DynamoEngine, startDynamo } from '#infra/local/dynamo.ts';
import { makeDynamo } from '#store/clients.ts';
import { type IndexStore, makeIndexStore } from '#store/index/index-store.ts';
import type { FiledBundle, PlainBundle } from './filed-bundle.ts';

export const dynamoSettings = { region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
export const tables = { catalogue: 'catalogue', index: 'index', audit: 'audit' };
export const longAgo = '2024-01-01T00:00:00.000Z';
export const nowMs = Date.parse('2026-11-24T12:00:00.000Z');
export const all: SearchScope = { kind: 'all' };

/** Key people: one has an account, one is only named on heads. */
export const register = [
  { id: 'custodian_1', name: 'Ada de Wit', subject: 'ada' },
  { id: 'custodian_2', name: 'Wethouder Bos', subject: null },
];

export interface SearchGround {
  readonly engine: DynamoEngine;
  readonly index: IndexStore;
  readonly makeIndex: (shards: number) => IndexStore;
}

export async function startSearchGround(): Promise<SearchGround> {
  const engine = await startDynamo({});
  const raw = new DynamoDBClient({ ...dynamoSettings, endpoint: engine.endpoint });
  await createTables(raw, tables);
  raw.destroy();
  const makeIndex = (shards: number) => makeIndexStore({ dynamo: makeDynamo({ ...dynamoSettings, endpoint: engine.endpoint }), table: tables.index, shards });
  return { engine, makeIndex, index: makeIndex(1) };
}

export function bundleIdOf(number: number): string {
  return `bundle_01J${String(number).padStart(23, '0')}`;
}

/** A catalogue in memory: heads that a test moves as a flow would. */
export function makeHeads(index: IndexStore, bundles: readonly FiledBundle[]) {
  const heads = new Map<string, BundleSight>(
    bundles.map((bundle) => [
      bundle.id,
      {
        id: bundle.id,
        state: bundle.state,
        uploader: bundle.uploader,
        caseIds: bundle.caseIds,
        custodianId: bundle.custodianId,
        indexedAt: bundle.state === 'ingesting' ? null : longAgo,
      },
    ]),
  );
  const segments = new Map(bundles.map((bundle) => [bundle.id, bundle.segments]));
  return {
    heads,
    needs: {
      index,
      bundleHeads: async (ids: readonly string[]) => ids.flatMap((id) => heads.get(id) ?? []),
      indexedBundles: async () => [...heads.values()].filter(({ state }) => state === 'indexed').map(({ id }) => ({ id, segments: segments.get(id) ?? [] })),
      keyPeople: async () => register,
      epochMs: () => nowMs,
    },
  };
}

let snapshots = 0;

/** What happens each night; words of bundles that are not indexed stay out. */
export async function merge(index: IndexStore, { bundleHeads }: { readonly bundleHeads: (ids: readonly string[]) => Promise<BundleSight[]> }): Promise<void> {
  const clock = { epochMs: () => nowMs, now: () => Instant.parse(new Date(nowMs).toISOString()), today: () => CalendarDate.parse('2026-11-24') };
  await mergeDictionary({ index, bundles: { sights: bundleHeads }, clock }, `s${snapshots++}`);
}

/** One conversation of one sender, a message a minute. */
export function chat(texts: readonly string[], title: string | null = 'Wijkteam') {
  return { title, messages: texts.map((body, i) => ({ sender: 'Ada', local: `2024-05-01T10:${String(i % 60).padStart(2, '0')}`, text: body })) };
}

export function oneChat(state: string, texts: readonly string[], uploader = 'ada'): PlainBundle {
  return { state, uploader, caseIds: ['ZAAK-1'], conversations: [chat(texts)] };
}
