// The one composition root: clients, stores and flows, made from a Config. Doors take what they need from here.
import { SQSClient } from '@aws-sdk/client-sqs';
import { makeAuditStore } from '#store/audit-store.ts';
import { makeBundleStore } from '#store/bundle-store.ts';
import { makeCatalogue } from '#store/catalogue.ts';
import { makeDynamo, makeS3 } from '#store/clients.ts';
import { makeIdempotencyStore } from '#store/idempotency-store.ts';
import { makeSessionStore } from '#store/session-store.ts';
import { makeClock } from './clock.ts';
import { type Config, configFromEnvironment } from './config.ts';
import { makeIds } from './ids.ts';
import { makeLog } from './log.ts';
import { makeQueue } from './queue.ts';

export type Services = ReturnType<typeof makeServices>;

export function makeServices(config: Config, door: string) {
  const { region, endpoints, credentials } = config;
  const dynamo = makeDynamo({ region, endpoint: endpoints.dynamodb, credentials });
  const s3 = makeS3({ region, endpoint: endpoints.s3, credentials });
  const sqs = new SQSClient({
    region,
    ...(endpoints.sqs === undefined ? {} : { endpoint: endpoints.sqs }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  const clock = makeClock(config);
  const ids = makeIds(clock.epochMs);
  const log = makeLog(door);
  const queue = makeQueue(sqs, config);
  const catalogue = makeCatalogue(dynamo, config.tables.catalogue);
  const bundles = makeBundleStore(catalogue);
  const audit = makeAuditStore(dynamo, config.tables.audit);
  const sessions = makeSessionStore(catalogue);
  const idempotency = makeIdempotencyStore(catalogue);

  return { config, dynamo, s3, sqs, clock, ids, log, queue, catalogue, bundles, audit, sessions, idempotency };
}

let made: Services | undefined;

/** Made once per process: a warm Lambda keeps its connections and caches. */
export function servicesFromEnvironment(door: string): Services {
  made ??= makeServices(configFromEnvironment(), door);
  return made;
}
