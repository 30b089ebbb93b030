import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { invokeQueue } from '#infra/local/queue/invoke-queue.ts';
import { startQueue } from '#infra/local/queue/start-queue.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'not-a-secret' };
const definitions = [
  { name: 'work', visibilitySeconds: 30, maxReceiveCount: 3, deadLetterQueue: 'work-dead' },
  { name: 'work-dead', visibilitySeconds: 30 },
];

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'woordspoor-queue-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function start(folder: string, secret = credentials.secretAccessKey) {
  const engine = await startQueue({ folder, credentials, queues: definitions });
  const sqs = new SQSClient({ region: 'eu-central-1', endpoint: engine.endpoint, credentials: { ...credentials, secretAccessKey: secret }, maxAttempts: 1 });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    sqs.destroy();
    await engine.stop();
  };
  undo.push(stop);
  return { engine, sqs, QueueUrl: engine.urlOf('work'), stop };
}

async function countsOf(sqs: SQSClient, QueueUrl: string): Promise<readonly [visible: number, inFlight: number, delayed: number]> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  const of = (suffix: string) => Number(Attributes[`ApproximateNumberOfMessages${suffix}` as keyof typeof Attributes]);
  return [of(''), of('NotVisible'), of('Delayed')];
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not come to that');
}

describe('the queue engine', () => {
  it('hands a message to one receiver at a time, until it is deleted', async () => {
    const { sqs, QueueUrl } = await start(await newFolder());
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"n":"één 👍"}' }));
    const first = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] }));
    expect(first.Messages?.[0]?.Body).toBe('{"n":"één 👍"}');
    expect(first.Messages?.[0]?.Attributes?.ApproximateReceiveCount).toBe('1');
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
    expect(await countsOf(sqs, QueueUrl)).toEqual([0, 1, 0]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first.Messages?.[0]?.ReceiptHandle }));
    expect(await countsOf(sqs, QueueUrl)).toEqual([0, 0, 0]);
  });

  it('gives a message back when its time is up, and at once when the receiver says so', async () => {
    const { sqs, QueueUrl } = await start(await newFolder());
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    const first = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 1 }));
    const again = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, VisibilityTimeout: 30 }));
    expect(again.Messages?.[0]?.MessageId).toBe(first.Messages?.[0]?.MessageId);
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: again.Messages?.[0]?.ReceiptHandle, VisibilityTimeout: 0 }));
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1);
    await expect(
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first.Messages?.[0]?.ReceiptHandle, VisibilityTimeout: 9 })),
    ).rejects.toThrow('not in flight');
  });

  it('wakes a waiting receiver as soon as a message comes, and holds a delayed one back', async () => {
    const { sqs, QueueUrl } = await start(await newFolder());
    const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    const started = performance.now();
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'now' }));
    expect((await waiting).Messages?.[0]?.Body).toBe('now');
    expect(performance.now() - started).toBeLessThan(2000);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 1 }));
    expect(await countsOf(sqs, QueueUrl)).toEqual([0, 1, 1]);
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }))).Messages?.[0]?.Body).toBe('later');
  });

  it('lays a message aside after three tries and sends it back on redrive', async () => {
    const { sqs, QueueUrl, engine } = await start(await newFolder());
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
    for (let tries = 1; tries <= 3; tries++) expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }))).Messages).toHaveLength(1);
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
    expect(await countsOf(sqs, engine.urlOf('work-dead'))).toEqual([1, 0, 0]);
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: 'arn:aws:sqs:eu-central-1:000000000000:work-dead' }));
    expect(await countsOf(sqs, QueueUrl)).toEqual([1, 0, 0]);
  });

  it('keeps messages over a restart and frees those that were lent out', async () => {
    const folder = await newFolder();
    const before = await start(folder);
    await before.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: before.QueueUrl,
        Entries: [
          { Id: 'a', MessageBody: '1' },
          { Id: 'b', MessageBody: '2' },
        ],
      }),
    );
    await before.sqs.send(new ReceiveMessageCommand({ QueueUrl: before.QueueUrl }));
    await before.stop();
    const after = await start(folder);
    expect(await countsOf(after.sqs, after.QueueUrl)).toEqual([2, 0, 0]);
    const { Messages } = await after.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: after.QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
    );
    expect(Messages?.map((m) => m.Attributes?.ApproximateReceiveCount).sort()).toEqual(['1', '2']);
  });

  it('refuses a wrong signature and an unknown queue', async () => {
    const { engine, QueueUrl } = await start(await newFolder());
    const stranger = new SQSClient({
      region: 'eu-central-1',
      endpoint: engine.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'guess' },
      maxAttempts: 1,
    });
    await expect(stranger.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    stranger.destroy();
    const known = new SQSClient({ region: 'eu-central-1', endpoint: engine.endpoint, credentials, maxAttempts: 1 });
    await expect(known.send(new SendMessageCommand({ QueueUrl: engine.urlOf('nowhere'), MessageBody: 'x' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    expect((await known.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(2);
    known.destroy();
  });
});

describe('the event source of a door', () => {
  it('calls the door as Lambda would, deletes what went well, and lays aside what keeps failing', async () => {
    const { sqs, QueueUrl, engine } = await start(await newFolder());
    const seen: string[] = [];
    const events: SQSEvent[] = [];
    const source = invokeQueue(sqs, {
      door: 'work',
      queueUrl: QueueUrl,
      region: 'eu-central-1',
      batchSize: 10,
      restSeconds: () => 0,
      handler: async (event) => {
        events.push(event);
        seen.push(...event.Records.map((record) => record.body));
        return { batchItemFailures: event.Records.filter((record) => record.body === 'bad').map((record) => ({ itemIdentifier: record.messageId })) };
      },
    });
    undo.push(source.stop);
    for (const MessageBody of ['good', 'bad', 'fine']) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await until(async () => (await countsOf(sqs, engine.urlOf('work-dead')))[0] === 1);
    expect(seen.filter((body) => body === 'bad')).toHaveLength(3);
    expect(seen.filter((body) => body !== 'bad').sort()).toEqual(['fine', 'good']);
    expect(await countsOf(sqs, QueueUrl)).toEqual([0, 0, 0]);
    expect(events[0]?.Records[0]).toMatchObject({
      eventSource: 'aws:sqs',
      awsRegion: 'eu-central-1',
      eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:work',
    });
  });

  it('tries again when the door throws, and stops only when its call is through', async () => {
    const { sqs, QueueUrl } = await start(await newFolder());
    let calls = 0;
    let finished = false;
    const source = invokeQueue(sqs, {
      door: 'work',
      queueUrl: QueueUrl,
      region: 'eu-central-1',
      restSeconds: () => 0,
      handler: async () => {
        calls += 1;
        if (calls === 1) throw new Error('the first time it breaks');
        await new Promise((resolve) => setTimeout(resolve, 150));
        finished = true;
      },
    });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await until(() => calls === 2);
    await source.stop();
    expect(finished).toBe(true);
    expect(await countsOf(sqs, QueueUrl)).toEqual([0, 0, 0]);
  });
});
