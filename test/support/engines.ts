// The embedded engines in process, on a folder that is thrown away: cheap enough for every test file.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTables, startDynamo } from '#infra/local/dynamo.ts';
import { createBuckets } from '#infra/local/s3/create-buckets.ts';
import type { S3Notification } from '#infra/local/s3/object-event.ts';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { doors } from '#infra/manifest.ts';
import { Config } from '#runtime/config.ts';
import { makeDynamo, makeS3 } from '#store/clients.ts';

export interface Engines {
  readonly config: Config;
  readonly dynamo: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly stop: () => Promise<void>;
}

export interface EnginesOptions {
  /** Told of each object made in the intake bucket, as AWS words it. */
  readonly onObjectCreated?: (notification: S3Notification) => Promise<void> | void;
  /** Laid over the configuration of the tests, e.g. `{ calendarStandsAt: '2031-04-17' }`. */
  readonly config?: Partial<Config>;
}

const credentials = { accessKeyId: 'woordspoor-test', secretAccessKey: 'not-a-secret' };
const buckets = { intake: 'test-intake', vault: 'test-vault', exports: 'test-exports', ledger: 'test-ledger' };

export async function startEngines(options: EnginesOptions = {}): Promise<Engines> {
  const folder = await mkdtemp(join(tmpdir(), 'woordspoor-test-'));
  const [dynamoEngine, s3Engine] = await Promise.all([
    startDynamo({}),
    startS3({
      folder: join(folder, 's3'),
      credentials,
      durable: false,
      eventBuckets: [buckets.intake],
      ...(options.onObjectCreated === undefined ? {} : { onObjectCreated: options.onObjectCreated }),
      onAccident: (error) => console.error(error),
    }),
  ]);
  const config = Config.parse({
    region: 'eu-central-1',
    endpoints: { dynamodb: dynamoEngine.endpoint, s3: s3Engine.endpoint, s3Public: s3Engine.endpoint },
    credentials,
    tables: { catalogue: 'test-catalogue', index: 'test-index', audit: 'test-audit' },
    buckets,
    queues: Object.fromEntries(doors.map((door) => [door.name, `http://127.0.0.1:9/queue/${door.name}`])),
    deadLetterQueues: Object.fromEntries(doors.map((door) => [door.name, `http://127.0.0.1:9/queue/${door.name}-dead`])),
    identity: { issuer: 'http://127.0.0.1:9/oidc', clientId: 'woordspoor-web', clientSecret: 'not-a-secret', audience: 'woordspoor', insecure: true },
    publicUrl: 'http://127.0.0.1:9',
    ...options.config,
  });
  const dynamo = makeDynamo({ region: config.region, endpoint: config.endpoints.dynamodb, credentials });
  const s3 = makeS3({ region: config.region, endpoint: config.endpoints.s3, credentials });
  await Promise.all([createTables(dynamo, config.tables), createBuckets(s3, config)]);
  return {
    config,
    dynamo,
    s3,
    stop: async () => {
      dynamo.destroy();
      s3.destroy();
      await Promise.all([dynamoEngine.stop(), s3Engine.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
