// The embedded engines in process, on a folder that is thrown away: cheap enough for every test file.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTables, startDynamo } from '#infra/local/dynamo.ts';
import { doorQueues, intakeDoors, queueUrls } from '#infra/local/queue/door-queues.ts';
import { startQueue } from '#infra/local/queue/start-queue.ts';
import { createBuckets } from '#infra/local/s3/create-buckets.ts';
import type { S3Notification } from '#infra/local/s3/object-event.ts';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { Config } from '#runtime/config.ts';
import { makeDynamo, makeS3 } from '#store/clients.ts';

export interface Engines {
  readonly config: Config;
  readonly dynamo: DynamoDBDocumentClient;
  readonly s3: S3Client;
  /** Reaches a queue engine only when the tests asked for one. */
  readonly sqs: SQSClient;
  readonly stop: () => Promise<void>;
}

export interface EnginesOptions {
  /** Told of each object made in the intake bucket, as AWS words it. */
  readonly onObjectCreated?: (notification: S3Notification) => Promise<void> | void;
  /** Starts the queue engine too; events of the intake bucket then go to the queue of `ingest-bundle`, unless `onObjectCreated` is given. */
  readonly withQueue?: boolean;
  /** Laid over the configuration of the tests, e.g. `{ calendarStandsAt: '2031-04-17' }`. */
  readonly config?: Partial<Config>;
}

const credentials = { accessKeyId: 'woordspoor-test', secretAccessKey: 'not-a-secret' };
const region = 'eu-central-1';
const buckets = { intake: 'test-intake', vault: 'test-vault', exports: 'test-exports', ledger: 'test-ledger' };
/** A port where nobody listens. */
const nowhere = 'http://127.0.0.1:9';

export async function startEngines(options: EnginesOptions = {}): Promise<Engines> {
  const folder = await mkdtemp(join(tmpdir(), 'woordspoor-test-'));
  const onAccident = (error: unknown) => console.error(error);
  const queue =
    options.withQueue === true ? await startQueue({ folder: join(folder, 'queue'), credentials, region, queues: doorQueues, onAccident }) : undefined;
  const toQueue = (notification: S3Notification) => {
    for (const door of intakeDoors) queue?.send(door, JSON.stringify(notification));
  };
  const onObjectCreated = options.onObjectCreated ?? (queue === undefined ? undefined : toQueue);
  const [dynamoEngine, s3Engine] = await Promise.all([
    startDynamo({}),
    startS3({
      folder: join(folder, 's3'),
      credentials,
      region,
      durable: false,
      eventBuckets: [buckets.intake],
      ...(onObjectCreated === undefined ? {} : { onObjectCreated }),
      onAccident,
    }),
  ]);
  const config = Config.parse({
    region,
    endpoints: { dynamodb: dynamoEngine.endpoint, s3: s3Engine.endpoint, s3Public: s3Engine.endpoint, sqs: queue?.endpoint ?? nowhere },
    credentials,
    tables: { catalogue: 'test-catalogue', index: 'test-index', audit: 'test-audit' },
    buckets,
    ...queueUrls(queue?.urlOf ?? ((name) => `${nowhere}/${name}`)),
    identity: { issuer: `${nowhere}/oidc`, clientId: 'woordspoor-web', clientSecret: 'not-a-secret', audience: 'woordspoor', insecure: true },
    publicUrl: nowhere,
    ...options.config,
  });
  const dynamo = makeDynamo({ region, endpoint: config.endpoints.dynamodb, credentials });
  const s3 = makeS3({ region, endpoint: config.endpoints.s3, credentials });
  const sqs = new SQSClient({ region, endpoint: queue?.endpoint ?? nowhere, credentials, maxAttempts: 2 });
  await Promise.all([createTables(dynamo, config.tables), createBuckets(s3, config)]);
  return {
    config,
    dynamo,
    s3,
    sqs,
    stop: async () => {
      dynamo.destroy();
      s3.destroy();
      sqs.destroy();
      await Promise.all([dynamoEngine.stop(), s3Engine.stop()]);
      await queue?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
