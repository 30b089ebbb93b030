// Process B: the queue doors and the nightly doors, as the manifest names them, called as Lambda would call them.
import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { configFromEnvironment } from '#runtime/config.ts';
import { makeLog } from '#runtime/log.ts';
import { runAsChild } from './child.ts';
import { queuedDoors } from './queue/door-queues.ts';
import { invokeQueue, type RunningSource } from './queue/invoke-queue.ts';
import { startNightClock } from './schedule.ts';

export interface WorkerTask {
  readonly folder: string;
}

export interface WorkerReady {
  /** Doors that could not be opened, with what a person notices. The others work. */
  readonly closed: readonly { readonly door: string; readonly errorImpact: string }[];
}

type Handler = (event: SQSEvent | Readonly<Record<string, unknown>>) => Promise<SQSBatchResponse | undefined>;

/** Calls of one door at the same time: one reads while another computes. */
const callsAtOnce = 2;
const root = join(import.meta.dirname, '..', '..');

runAsChild<WorkerTask, WorkerReady>(async ({ folder }) => {
  const config = configFromEnvironment();
  const log = makeLog('worker');
  const sqs = new SQSClient({
    region: config.region,
    ...(config.endpoints.sqs === undefined ? {} : { endpoint: config.endpoints.sqs }),
    ...(config.credentials === undefined ? {} : { credentials: config.credentials }),
  });
  const open: { readonly door: (typeof queuedDoors)[number]; readonly handler: Handler }[] = [];
  const closed: { readonly door: string; readonly errorImpact: string }[] = [];
  for (const door of queuedDoors) {
    try {
      const { handler } = (await import(join(root, door.entry))) as { handler: Handler };
      open.push({ door, handler });
    } catch (error) {
      // Nothing of a chat has been read yet: the message is about code.
      log.accident('door.cannot-open', error, { name: door.name, reason: error instanceof Error ? error.message : '' });
      closed.push({ door: door.name, errorImpact: door.errorImpact });
    }
  }
  const sources: RunningSource[] = open.map(({ door, handler }) =>
    invokeQueue(sqs, {
      door: door.name,
      queueUrl: config.queues[door.name] ?? '',
      region: config.region,
      handler,
      concurrency: callsAtOnce,
      onAccident: (code, error) => log.accident(code, error, { name: door.name }),
    }),
  );
  const clock = startNightClock({
    file: join(folder, 'nights.json'),
    zone: config.zone,
    standing: config.calendarStandsAt,
    doors: open.flatMap(({ door, handler }) =>
      door.trigger.kind === 'schedule'
        ? [{ name: door.name, at: door.trigger.at, run: () => handler({ source: 'aws.scheduler', 'detail-type': 'Scheduled Event' }) }]
        : [],
    ),
    onAccident: (code, name, error) => log.accident(code, error, { name }),
  });
  return {
    ready: { closed },
    stop: async () => {
      await Promise.all([clock.stop(), ...sources.map((source) => source.stop())]);
      sqs.destroy();
    },
  };
});
