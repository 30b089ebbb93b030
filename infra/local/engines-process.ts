// Process A: the engines (DynamoDB, S3, queues) on one folder. A large ingest does not stall them, nor they the API.
import { join } from 'node:path';
import { runAsChild } from './child.ts';
import { startDynamo } from './dynamo.ts';
import { doorQueues, intakeDoors } from './queue/door-queues.ts';
import { startQueue } from './queue/start-queue.ts';
import type { Credentials } from './s3/signature.ts';
import { type S3Options, startS3 } from './s3/start-s3.ts';

export interface EnginesTask {
  readonly folder: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly intakeBucket: string;
  /** Where S3 listens when that port is free; links then stay valid over a restart. */
  readonly s3Port: number;
}

export interface EnginesReady {
  readonly dynamodb: string;
  readonly s3: string;
  readonly sqs: string;
  readonly queueUrls: Readonly<Record<string, string>>;
}

function report(engine: string) {
  return (error: unknown) => {
    const stack = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 4).join(' ') : '';
    process.stderr.write(`${JSON.stringify({ level: 'error', engine, error: error instanceof Error ? error.name : typeof error, stack })}\n`);
  };
}

async function startS3Near(options: S3Options) {
  try {
    return await startS3(options);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    return startS3({ ...options, port: 0 });
  }
}

runAsChild<EnginesTask, EnginesReady>(async (task) => {
  const { folder, region, credentials } = task;
  // SQLite's lock comes first: a second archive on the same folder is refused before it touches anything.
  const queue = await startQueue({ folder: join(folder, 'queue'), region, credentials, queues: doorQueues, onAccident: report('queue') });
  const s3 = await startS3Near({
    folder: join(folder, 's3'),
    port: task.s3Port,
    region,
    credentials,
    eventBuckets: [task.intakeBucket],
    onObjectCreated: (notification) => {
      for (const door of intakeDoors) queue.send(door, JSON.stringify(notification));
    },
    onAccident: report('s3'),
  });
  const dynamo = await startDynamo({ folder: join(folder, 'dynamodb'), compactWhenIdleMs: 30_000 });
  return {
    ready: {
      dynamodb: dynamo.endpoint,
      s3: s3.endpoint,
      sqs: queue.endpoint,
      queueUrls: Object.fromEntries(doorQueues.map(({ name }) => [name, queue.urlOf(name)])),
    },
    stop: async () => {
      await Promise.all([dynamo.stop(), s3.stop()]);
      await queue.stop();
    },
  };
});
