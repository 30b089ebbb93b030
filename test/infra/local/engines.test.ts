import { GetBucketVersioningCommand, GetObjectCommand, GetObjectLockConfigurationCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { type Engines, startEngines } from '#test/support/engines.ts';

let engines: Engines;
afterEach(() => engines.stop());

test('the engines start with tables and buckets and keep what they are given', async () => {
  engines = await startEngines();
  const { dynamo, s3, config } = engines;
  await dynamo.send(new PutCommand({ TableName: config.tables.catalogue, Item: { pk: 'a', sk: 'b', n: 1 } }));
  expect((await dynamo.send(new GetCommand({ TableName: config.tables.catalogue, Key: { pk: 'a', sk: 'b' } }))).Item).toEqual({ pk: 'a', sk: 'b', n: 1 });
  await s3.send(new PutObjectCommand({ Bucket: config.buckets.vault, Key: 'x', Body: 'hallo' }));
  expect(await (await s3.send(new GetObjectCommand({ Bucket: config.buckets.vault, Key: 'x' }))).Body?.transformToString()).toBe('hallo');
});

test('an object in the intake bucket, and only there, becomes a message on the queue of the ingest door', async () => {
  engines = await startEngines({ withQueue: true });
  const { s3, sqs, config } = engines;
  await s3.send(new PutObjectCommand({ Bucket: config.buckets.exports, Key: 'elsewhere', Body: 'x' }));
  await s3.send(new PutObjectCommand({ Bucket: config.buckets.intake, Key: 'uploads/a b+ë', Body: 'hallo' }));
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: config.queues['ingest-bundle'], WaitTimeSeconds: 5, MaxNumberOfMessages: 10 }),
  );
  expect(Messages).toHaveLength(1);
  expect(JSON.parse(Messages[0]?.Body ?? '')).toMatchObject({
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: { bucket: { name: config.buckets.intake }, object: { key: 'uploads/a+b%2B%C3%AB', size: 5 } },
      },
    ],
  });
});

test('the buckets are as the AWS ground makes them: locks without a term in the vault, a lasting one in the ledger', async () => {
  engines = await startEngines();
  const { s3, config } = engines;
  const lockOf = (Bucket: string) => s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
  expect((await lockOf(config.buckets.vault)).ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled' });
  expect((await lockOf(config.buckets.ledger)).ObjectLockConfiguration?.Rule?.DefaultRetention).toEqual({ Mode: 'GOVERNANCE', Years: 100 });
  await expect(lockOf(config.buckets.intake)).rejects.toMatchObject({ name: 'ObjectLockConfigurationNotFoundError' });
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket: config.buckets.intake }))).Status).toBeUndefined();
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket: config.buckets.vault }))).Status).toBe('Enabled');
});
