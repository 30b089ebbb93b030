import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { createTables, startDynamo } from '#infra/local/dynamo.ts';
import { makeDynamo } from '#store/clients.ts';

const tables = { catalogue: 'test-catalogue', index: 'test-index', audit: 'test-audit' };
const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function start(folder: string, compactWhenIdleMs?: number) {
  const engine = await startDynamo({ folder, ...(compactWhenIdleMs === undefined ? {} : { compactWhenIdleMs }) });
  const dynamo = makeDynamo({ region: 'eu-central-1', endpoint: engine.endpoint, credentials });
  undo.push(engine.stop, () => dynamo.destroy());
  await createTables(dynamo, tables);
  return { engine, dynamo };
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'woordspoor-dynamo-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const stands = (folder: string, word: string) => readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(word));

describe('the DynamoDB engine on a folder', () => {
  it('keeps items over a restart', async () => {
    const folder = await newFolder();
    const first = await start(folder);
    await first.dynamo.send(new PutCommand({ TableName: tables.index, Item: { pk: 'a', sk: 'b', text: 'blijft' } }));
    await first.engine.stop();
    const second = await start(folder);
    expect((await second.dynamo.send(new GetCommand({ TableName: tables.index, Key: { pk: 'a', sk: 'b' } }))).Item).toMatchObject({ text: 'blijft' });
  });

  it('has nothing of a deleted item left on the disk after compaction, which comes by itself when it is quiet', async () => {
    const folder = await newFolder();
    const { dynamo } = await start(folder, 100);
    const planted = 'sleutelwoordDatWegMoet';
    await dynamo.send(new PutCommand({ TableName: tables.index, Item: { pk: 'a', sk: 'b', text: planted } }));
    await dynamo.send(new PutCommand({ TableName: tables.index, Item: { pk: 'a', sk: 'c', text: 'ditBlijft' } }));
    expect(stands(folder, planted)).toBe(true);
    // A query that stops half-way must not hold on to what it saw.
    const query = new QueryCommand({ TableName: tables.index, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'a' }, Limit: 1 });
    expect((await dynamo.send(query)).LastEvaluatedKey).toBeDefined();
    await dynamo.send(new DeleteCommand({ TableName: tables.index, Key: { pk: 'a', sk: 'b' } }));
    expect(stands(folder, planted)).toBe(true);
    await expect.poll(() => stands(folder, planted), { timeout: 10_000 }).toBe(false);
    expect((await dynamo.send(new GetCommand({ TableName: tables.index, Key: { pk: 'a', sk: 'c' } }))).Item).toMatchObject({ text: 'ditBlijft' });
  });
});
