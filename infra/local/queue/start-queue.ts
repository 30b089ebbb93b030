// SQS on the embedded ground: the JSON protocol of Amazon SQS (AWS JSON 1.0) over node:http.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod';
import { S3Fault } from '../s3/s3-fault.ts';
import { type Credentials, checkSignature, sha256Hex } from '../s3/signature.ts';
import { type Message, md5Of, openQueueStore, type QueueDefinition, type QueueStore } from './queue-store.ts';

export interface QueueOptions {
  readonly folder: string;
  readonly port?: number;
  readonly region?: string;
  readonly credentials: Credentials;
  readonly queues: readonly QueueDefinition[];
  readonly onAccident?: (error: unknown) => void;
}

export interface QueueEngine {
  readonly endpoint: string;
  readonly urlOf: (name: string) => string;
  /** For an event source in the same process: durable when it returns. */
  readonly send: (name: string, body: string, delaySeconds?: number) => void;
  readonly stop: () => Promise<void>;
}

const account = '000000000000';
const largestMessage = 2 ** 20;
const largestRequest = 2 ** 21;
const longestDelay = 900;
const longestVisibility = 43_200;

class QueueFault extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'QueueFault';
    this.code = code;
    this.status = status;
  }
}

const Attributes = z.record(z.string(), z.unknown()).optional();
const OneMessage = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: z.int().min(0).max(longestDelay).optional(),
  MessageAttributes: Attributes,
});
const ToQueue = z.object({ QueueUrl: z.string() });
const Receipt = z.object({ ReceiptHandle: z.string() });
const Visibility = z.object({ VisibilityTimeout: z.int().min(0).max(longestVisibility) });
const entriesOf = <T extends z.ZodRawShape>(shape: z.ZodObject<T>) =>
  z.object({
    Entries: z
      .array(shape.extend({ Id: z.string().regex(/^[\w-]{1,80}$/) }))
      .min(1)
      .max(10),
  });

const Receive = z.object({
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).max(longestVisibility).optional(),
  WaitTimeSeconds: z.int().min(0).max(20).default(0),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
});

function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new QueueFault('InvalidParameterValue', `The request is malformed at ${parsed.error.issues[0]?.path.join('.') || 'its root'}.`);
}

/** Those who wait for a message, per queue. */
function makeWaiters() {
  const waiting = new Map<string, Set<() => void>>();
  return {
    wake: (queue: string) => {
      for (const go of waiting.get(queue) ?? []) go();
    },
    wakeAll: () => {
      for (const set of waiting.values()) for (const go of set) go();
    },
    wait: (queue: string, ms: number, response: ServerResponse) =>
      new Promise<void>((resolve) => {
        const set = waiting.get(queue) ?? new Set();
        waiting.set(queue, set);
        const go = () => {
          clearTimeout(timer);
          set.delete(go);
          response.off('close', go);
          resolve();
        };
        const timer = setTimeout(go, ms);
        set.add(go);
        response.on('close', go);
      }),
  };
}

function systemAttributes(message: Message, names: readonly string[]): Readonly<Record<string, string>> | undefined {
  const all: Record<string, string> = {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sent),
    SenderId: account,
    ApproximateFirstReceiveTimestamp: String(message.firstReceived ?? message.sent),
    ...(message.deadFrom === null ? {} : { DeadLetterQueueSourceArn: `arn:aws:sqs:local:${account}:${message.deadFrom}` }),
  };
  const chosen = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

function toReceived(message: Message, names: readonly string[]) {
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5Of(message.body),
    Body: message.body,
    Attributes: systemAttributes(message, names),
  };
}

type Answer = Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
type Operation = (input: unknown, response: ServerResponse) => Answer;

export async function startQueue(options: QueueOptions): Promise<QueueEngine> {
  const { credentials, region = 'eu-central-1' } = options;
  mkdirSync(options.folder, { recursive: true });
  const store: QueueStore = openQueueStore(join(options.folder, 'queue.sqlite'));
  const queues = new Map(options.queues.map((queue) => [queue.name, queue]));
  const waiters = makeWaiters();
  let stopping = false;
  let endpoint = '';
  const urlOf = (name: string) => `${endpoint}/${account}/${name}`;
  const arnOf = (name: string) => `arn:aws:sqs:${region}:${account}:${name}`;

  const queueOf = (input: unknown): QueueDefinition => {
    const name = read(ToQueue, input).QueueUrl.split('/').at(-1) ?? '';
    const queue = queues.get(name);
    if (queue === undefined) throw new QueueFault('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  const send = (queue: QueueDefinition, message: z.infer<typeof OneMessage>) => {
    if (Object.keys(message.MessageAttributes ?? {}).length > 0) throw new QueueFault('UnsupportedOperation', 'This engine carries no message attributes.');
    if (Buffer.byteLength(message.MessageBody) > largestMessage)
      throw new QueueFault('InvalidParameterValue', `One or more parameters are invalid. Reason: Message must be shorter than ${largestMessage} bytes.`);
    const sent = store.send(queue.name, message.MessageBody, message.DelaySeconds ?? 0);
    waiters.wake(queue.name);
    return { MessageId: sent.id, MD5OfMessageBody: md5Of(message.MessageBody) };
  };
  const remove = (queue: QueueDefinition, receipt: string) => void store.remove(queue.name, receipt);
  const hide = (queue: QueueDefinition, receipt: string, seconds: number) => {
    if (!store.hideFor(queue.name, receipt, seconds)) throw new QueueFault('MessageNotInflight', 'The specified message is not in flight.');
    if (seconds === 0) waiters.wake(queue.name);
  };
  /** A batch: each entry by itself, what fails is named. */
  const batch = <T extends { readonly Id: string }>(entries: readonly T[], work: (entry: T) => Readonly<Record<string, unknown>> | undefined) => {
    const Successful: Record<string, unknown>[] = [];
    const Failed: Record<string, unknown>[] = [];
    for (const entry of entries) {
      try {
        Successful.push({ Id: entry.Id, ...work(entry) });
      } catch (error) {
        if (!(error instanceof QueueFault)) throw error;
        Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
      }
    }
    return { Successful, Failed };
  };

  const receive: Operation = async (input, response) => {
    const queue = queueOf(input);
    const { MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds, AttributeNames, MessageSystemAttributeNames } = read(Receive, input);
    const until = Date.now() + WaitTimeSeconds * 1000;
    for (;;) {
      // A caller that went away must not be lent a message.
      if (response.destroyed) return {};
      const found = store.receive(queue, MaxNumberOfMessages, VisibilityTimeout ?? queue.visibilitySeconds);
      if (found.length > 0) return { Messages: found.map((message) => toReceived(message, [...AttributeNames, ...MessageSystemAttributeNames])) };
      const now = Date.now();
      if (now >= until || stopping) return {};
      await waiters.wait(queue.name, Math.max(Math.min(until, store.nextVisible(queue.name) ?? until) - now, 5), response);
    }
  };

  /** By the name in `x-amz-target`, its first letter small. */
  const operations: Readonly<Record<string, Operation>> = {
    sendMessage: (input) => send(queueOf(input), read(OneMessage, input)),
    sendMessageBatch: (input) => {
      const queue = queueOf(input);
      return batch(read(entriesOf(OneMessage), input).Entries, (entry) => send(queue, entry));
    },
    receiveMessage: receive,
    deleteMessage: (input) => {
      remove(queueOf(input), read(Receipt, input).ReceiptHandle);
      return {};
    },
    deleteMessageBatch: (input) => {
      const queue = queueOf(input);
      return batch(read(entriesOf(Receipt), input).Entries, (entry) => remove(queue, entry.ReceiptHandle));
    },
    changeMessageVisibility: (input) => {
      hide(queueOf(input), read(Receipt, input).ReceiptHandle, read(Visibility, input).VisibilityTimeout);
      return {};
    },
    changeMessageVisibilityBatch: (input) => {
      const queue = queueOf(input);
      const shape = z.object({ ...Receipt.shape, ...Visibility.shape });
      return batch(read(entriesOf(shape), input).Entries, (entry) => {
        hide(queue, entry.ReceiptHandle, entry.VisibilityTimeout);
        return undefined;
      });
    },
    getQueueUrl: (input) => {
      const { QueueName } = read(z.object({ QueueName: z.string() }), input);
      return { QueueUrl: urlOf(queueOf({ QueueUrl: QueueName }).name) };
    },
    listQueues: (input) => {
      const { QueueNamePrefix = '' } = read(z.object({ QueueNamePrefix: z.string().optional() }), input);
      return { QueueUrls: [...queues.keys()].filter((name) => name.startsWith(QueueNamePrefix)).map(urlOf) };
    },
    getQueueAttributes: (input) => {
      const queue = queueOf(input);
      const { AttributeNames } = read(z.object({ AttributeNames: z.array(z.string()).default([]) }), input);
      const counts = store.counts(queue.name);
      const all: Record<string, string> = {
        QueueArn: arnOf(queue.name),
        ApproximateNumberOfMessages: String(counts.visible),
        ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
        ApproximateNumberOfMessagesDelayed: String(counts.delayed),
        VisibilityTimeout: String(queue.visibilitySeconds),
        MaximumMessageSize: String(largestMessage),
        ...(queue.deadLetterQueue === undefined
          ? {}
          : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(queue.deadLetterQueue), maxReceiveCount: String(queue.maxReceiveCount) }) }),
      };
      return { Attributes: Object.fromEntries(Object.entries(all).filter(([name]) => AttributeNames.includes('All') || AttributeNames.includes(name))) };
    },
    startMessageMoveTask: (input) => {
      const { SourceArn, DestinationArn } = read(z.object({ SourceArn: z.string(), DestinationArn: z.string().optional() }), input);
      const source = queueOf({ QueueUrl: SourceArn.split(':').at(-1) ?? '' });
      const to = DestinationArn === undefined ? undefined : queueOf({ QueueUrl: DestinationArn.split(':').at(-1) ?? '' }).name;
      store.redrive(source.name, to);
      waiters.wakeAll();
      return { TaskHandle: randomUUID() };
    },
    purgeQueue: (input) => {
      store.purge(queueOf(input).name);
      return {};
    },
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largestRequest) throw new QueueFault('InvalidParameterValue', 'The request is too large.');
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    const mode = checkSignature(
      { service: 'sqs', method: incoming.method ?? '', path: incoming.url ?? '/', query: [], headers: incoming.headers },
      credentials,
      Date.now(),
    );
    if (mode.kind !== 'plain' || mode.sha256 !== sha256Hex(body)) throw new QueueFault('InvalidParameterValue', 'The body does not match its signature.', 403);
    const target = String(incoming.headers['x-amz-target'] ?? '').replace(/^AmazonSQS\./, '');
    const name = target.charAt(0).toLowerCase() + target.slice(1);
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) throw new QueueFault('UnsupportedOperation', 'This engine does not know the operation.');
    let input: unknown;
    try {
      input = JSON.parse(body.toString('utf8'));
    } catch {
      throw new QueueFault('InvalidParameterValue', 'The request is not JSON.');
    }
    const result = await operation(input, response);
    if (!response.destroyed)
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() }).end(JSON.stringify(result));
  };

  const refuse = (response: ServerResponse, error: unknown) => {
    if (response.headersSent || response.destroyed) return void response.destroy();
    const known = error instanceof QueueFault ? error : error instanceof S3Fault ? new QueueFault(error.code, error.message, 403) : undefined;
    if (known === undefined) options.onAccident?.(error);
    const { code, message, status } = known ?? new QueueFault('InternalError', 'Something went wrong inside the engine.', 500);
    const query = code === 'QueueDoesNotExist' ? 'AWS.SimpleQueueService.NonExistentQueue' : code;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': `${query};Sender` });
    response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }));
  };

  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    void answer(incoming, response).catch((error: unknown) => refuse(response, error));
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
    });
  } catch (error) {
    store.close();
    throw error;
  }
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    urlOf,
    send: (name, body, delaySeconds = 0) => void send(queueOf({ QueueUrl: name }), { MessageBody: body, DelaySeconds: delaySeconds }),
    stop: async () => {
      stopping = true;
      waiters.wakeAll();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(force);
      store.close();
    },
  };
}
