import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { startEngines } from '#test/support/engines.ts';

test('the engines start with tables and buckets, keep what they are given, and stop', async () => {
  const engines = await startEngines();
  const { dynamo, s3, config } = engines;
  await dynamo.send(new PutCommand({ TableName: config.tables.catalogue, Item: { pk: 'a', sk: 'b', n: 1 } }));
  expect((await dynamo.send(new GetCommand({ TableName: config.tables.catalogue, Key: { pk: 'a', sk: 'b' } }))).Item).toEqual({ pk: 'a', sk: 'b', n: 1 });
  await s3.send(new PutObjectCommand({ Bucket: config.buckets.vault, Key: 'x', Body: 'hallo' }));
  expect(await (await s3.send(new GetObjectCommand({ Bucket: config.buckets.vault, Key: 'x' }))).Body?.transformToString()).toBe('hallo');
  await engines.stop();
});
