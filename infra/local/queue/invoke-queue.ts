// The event source of a queue door: takes messages, calls the door as Lambda would, and gives back what failed, later and later.
import { setTimeout as sleep } from 'node:timers/promises';
import { ChangeMessageVisibilityCommand, DeleteMessageCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

type QueueDoorHandler = (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;

export interface QueueSource {
  readonly door: string;
  readonly queueUrl: string;
  readonly region: string;
  readonly handler: QueueDoorHandler;
  /** Messages of one call; 1 unless said otherwise. */
  readonly batchSize?: number;
  /** Calls at the same time; 1 unless said otherwise. */
  readonly concurrency?: number;
  /** How long a failed message rests before its next try, by how often it was tried. */
  readonly restSeconds?: (tries: number) => number;
  readonly onAccident?: (code: string, error: unknown) => void;
}

export interface RunningSource {
  /** Takes no more, and waits for what runs. */
  readonly stop: () => Promise<void>;
}

/** A message is lent for so long, and the loan renewed while its call runs: after a crash it is back soon. */
const loanSeconds = 60;
const renewMs = 20_000;

function restLonger(tries: number): number {
  return Math.min(2 ** tries, 300);
}

function toRecord(message: Message, source: QueueSource): SQSRecord {
  const attribute = (name: 'ApproximateReceiveCount' | 'SentTimestamp' | 'SenderId' | 'ApproximateFirstReceiveTimestamp') => message.Attributes?.[name] ?? '';
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ApproximateReceiveCount: attribute('ApproximateReceiveCount'),
      SentTimestamp: attribute('SentTimestamp'),
      SenderId: attribute('SenderId'),
      ApproximateFirstReceiveTimestamp: attribute('ApproximateFirstReceiveTimestamp'),
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${source.region}:000000000000:${source.queueUrl.split('/').at(-1) ?? ''}`,
    awsRegion: source.region,
  };
}

export function invokeQueue(sqs: SQSClient, source: QueueSource): RunningSource {
  const { queueUrl: QueueUrl, batchSize = 1, concurrency = 1, restSeconds = restLonger } = source;
  const stopping = new AbortController();

  const changeVisibility = (message: Message, seconds: number) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: seconds }));

  const call = async (messages: readonly Message[]): Promise<void> => {
    const renew = setInterval(() => {
      for (const message of messages) changeVisibility(message, loanSeconds).catch((error: unknown) => source.onAccident?.('queue.renew-failed', error));
    }, renewMs);
    let failed: ReadonlySet<string>;
    try {
      const answer = await source.handler({ Records: messages.map((message) => toRecord(message, source)) });
      failed = new Set(answer?.batchItemFailures.map((one) => one.itemIdentifier));
    } catch (error) {
      source.onAccident?.('queue.call-failed', error);
      failed = new Set(messages.map((message) => message.MessageId ?? ''));
    } finally {
      clearInterval(renew);
    }
    for (const message of messages) {
      if (failed.has(message.MessageId ?? '')) await changeVisibility(message, restSeconds(Number(message.Attributes?.ApproximateReceiveCount ?? 1)));
      else await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: batchSize,
            VisibilityTimeout: loanSeconds,
            WaitTimeSeconds: 20,
            MessageSystemAttributeNames: ['All'],
          }),
          { abortSignal: stopping.signal },
        );
        if (Messages.length > 0) await call(Messages);
      } catch (error) {
        if (stopping.signal.aborted) return;
        source.onAccident?.('queue.receive-failed', error);
        await sleep(1000, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };

  const loops = Array.from({ length: concurrency }, loop);
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}
