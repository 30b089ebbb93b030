import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReadConversation, type ReadConversation } from '#flow/read-conversation.ts';
import { createTables, type DynamoEngine, startDynamo } from '#infra/local/dynamo.ts';
import { makeDynamo } from '#store/clients.ts';
import { type BlockPlace, type IndexStore, makeIndexStore } from '#store/index/index-store.ts';
import { fileBundle } from '#test/support/filed-bundle.ts';

const settings = { region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
const tables = { catalogue: 'catalogue', index: 'index', audit: 'audit' };
const bundleId = 'bundle_01JREADREADREADREADREADRE';
let engine: DynamoEngine;
let index: IndexStore;
let read: ReadConversation;
const asked: BlockPlace[] = [];

beforeAll(async () => {
  engine = await startDynamo({});
  const raw = new DynamoDBClient({ ...settings, endpoint: engine.endpoint });
  await createTables(raw, tables);
  raw.destroy();
  index = makeIndexStore({ dynamo: makeDynamo({ ...settings, endpoint: engine.endpoint }), table: tables.index, shards: 1 });
  const messages = Array.from({ length: 100 }, (_, i) => ({ sender: 'Ada', local: `2024-05-01T10:${String(i % 60).padStart(2, '0')}`, text: `bericht ${i}` }));
  await fileBundle(
    index,
    bundleId,
    { state: 'indexed', uploader: 'ada', caseIds: [], conversations: [{ title: 'A', messages }] },
    { records: 30, blockRecords: 8 },
  );
  read = makeReadConversation({
    index: {
      ...index,
      readSegmentBlocks: (places) => {
        asked.push(...places);
        return index.readSegmentBlocks(places);
      },
    },
  });
});
afterAll(() => engine.stop());

describe('readConversation', () => {
  it('reads a range across segments, only the blocks that hold it', async () => {
    asked.length = 0;
    const answer = await read.range({ bundleId, n: 1, from: 28, limit: 5 });
    if (!answer.ok) throw new Error(answer.fault.code);
    expect(answer.value.items.map(({ id, text }) => [id, text])).toEqual([28, 29, 30, 31, 32].map((i) => [`${bundleId}.1.${i}`, `bericht ${i}`]));
    expect(answer.value).toMatchObject({ records: 100, next: 33 });
    expect(asked.map(({ segmentId, block }) => `${segmentId.split('.')[2]}/${block}`)).toEqual(['0/3', '1/0']);
  });

  it('walks to the end and says so', async () => {
    const seen: number[] = [];
    for (let from: number | null = 0; from !== null; ) {
      const answer = await read.range({ bundleId, n: 1, from, limit: 37 });
      if (!answer.ok) throw new Error(answer.fault.code);
      seen.push(...answer.value.items.map(({ ordinal }) => ordinal));
      from = answer.value.next;
    }
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('gives the context of a message, cut at the edges', async () => {
    const ordinals = async (ordinal: number) => {
      const answer = await read.around({ bundleId, n: 1, ordinal, context: 2 });
      return answer.ok ? answer.value.items.map((item) => item.ordinal) : answer.fault.code;
    };
    expect(await ordinals(0)).toEqual([0, 1, 2]);
    expect(await ordinals(60)).toEqual([58, 59, 60, 61, 62]);
    expect(await ordinals(99)).toEqual([97, 98, 99]);
  });

  it('has nothing beyond the end, of another conversation, or over the limit', async () => {
    expect(await read.range({ bundleId, n: 1, from: 100, limit: 5 })).toMatchObject({ ok: true, value: { items: [], next: null } });
    expect(await read.range({ bundleId, n: 2, from: 0, limit: 5 })).toMatchObject({ ok: false, fault: { code: 'not-found' } });
    expect(await read.range({ bundleId, n: 1, from: 0, limit: 501 })).toMatchObject({ ok: false, fault: { code: 'input.invalid' } });
  });
});
