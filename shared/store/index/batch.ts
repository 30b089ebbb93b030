// Batches against one table: all of what is asked, whatever DynamoDB leaves undone at first (UnprocessedItems, UnprocessedKeys).

import { setTimeout as wait } from 'node:timers/promises';
import { type AttributeValue, BatchGetItemCommand, BatchWriteItemCommand, QueryCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type RawItem = Record<string, AttributeValue>;

export interface BatchTable {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
}

const writesAtOnce = 25;
const readsAtOnce = 100;
/** Measured: more writes at once only fill the memory of the one who must carry them out. */
const writesInFlight = 4;
const readsInFlight = 12;
const mostTries = 12;

export function toKey({ pk, sk }: Key): RawItem {
  return { pk: { S: pk }, sk: { S: sk } };
}

async function backOff(tries: number): Promise<void> {
  if (tries >= mostTries) throw new Error(`the table left work undone ${mostTries} times`);
  await wait(Math.min(5_000, 25 * 2 ** tries) * (0.5 + Math.random() / 2));
}

/** Runs `work` on each part, at most `inFlight` at once; the first error ends it after those in flight. */
async function inParallel<T>(parts: readonly T[], inFlight: number, work: (part: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < parts.length) {
      const part = parts[next++];
      if (part !== undefined) await work(part);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, parts.length) }, lane));
}

export function inParts<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}

async function writeAll({ dynamo, table }: BatchTable, requests: readonly WriteRequest[]): Promise<void> {
  await inParallel(inParts(requests, writesAtOnce), writesInFlight, async (part) => {
    let left: WriteRequest[] = part;
    for (let tries = 0; ; tries++) {
      const answer = await dynamo.send(new BatchWriteItemCommand({ RequestItems: { [table]: left } }));
      left = answer.UnprocessedItems?.[table] ?? [];
      if (left.length === 0) return;
      await backOff(tries);
    }
  });
}

/** Keys must differ from each other. */
export async function putAll(table: BatchTable, items: readonly RawItem[]): Promise<void> {
  await writeAll(
    table,
    items.map((Item) => ({ PutRequest: { Item } })),
  );
}

export async function deleteAll(table: BatchTable, keys: readonly Key[]): Promise<void> {
  await writeAll(
    table,
    keys.map((key) => ({ DeleteRequest: { Key: toKey(key) } })),
  );
}

/** Items that exist, in no order. Consistent reads. */
export async function getAll({ dynamo, table }: BatchTable, keys: readonly Key[], attributes?: readonly string[]): Promise<RawItem[]> {
  const found: RawItem[] = [];
  const projection =
    attributes === undefined
      ? {}
      : {
          ProjectionExpression: attributes.map((_, i) => `#a${i}`).join(', '),
          ExpressionAttributeNames: Object.fromEntries(attributes.map((name, i) => [`#a${i}`, name])),
        };
  await inParallel(inParts(keys, readsAtOnce), readsInFlight, async (part) => {
    let left: RawItem[] = part.map(toKey);
    for (let tries = 0; ; tries++) {
      const answer = await dynamo.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true, ...projection } } }));
      for (const item of answer.Responses?.[table] ?? []) found.push(item);
      const rest = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      if (rest.length === 0) return;
      // A part of an answer is what the 16 MB limit leaves; nothing at all is throttling.
      if (rest.length === left.length) await backOff(tries);
      left = rest;
    }
  });
  return found;
}

/** All items of a partition, or only their keys. */
export async function queryAll(
  { dynamo, table }: BatchTable,
  pk: string,
  options: { readonly sortPrefix?: string; readonly attributes?: string } = {},
): Promise<RawItem[]> {
  const found: RawItem[] = [];
  let from: RawItem | undefined;
  do {
    const answer = await dynamo.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: options.sortPrefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': { S: pk }, ...(options.sortPrefix === undefined ? {} : { ':sk': { S: options.sortPrefix } }) },
        ...(options.attributes === undefined ? {} : { ProjectionExpression: options.attributes }),
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    );
    for (const item of answer.Items ?? []) found.push(item);
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}

export async function keysOf(table: BatchTable, pk: string): Promise<Key[]> {
  return (await queryAll(table, pk, { attributes: 'pk, sk' })).map((item) => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' }));
}
