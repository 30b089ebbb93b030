// The embedded ground as a whole: engines and worker as child processes, API, sign-in and window in this one.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { getRequestListener } from '@hono/node-server';
import { makeApp } from '#functions/api/app.ts';
import { Config } from '#runtime/config.ts';
import { makeServices } from '#runtime/services.ts';
import { makeS3 } from '#store/clients.ts';
import { type Child, startChild } from './child.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { createTables } from './dynamo.ts';
import type { EnginesReady, EnginesTask } from './engines-process.ts';
import { groundSecrets } from './ground-secrets.ts';
import { type IdentityProvider, makeIdentityProvider } from './identity/make-identity-provider.ts';
import { queueUrls } from './queue/door-queues.ts';
import { createBuckets } from './s3/create-buckets.ts';
import type { StartOptions } from './start-options.ts';
import type { WorkerReady, WorkerTask } from './worker-process.ts';

export interface Ground {
  readonly publicUrl: string;
  readonly config: Config;
  readonly closedDoors: WorkerReady['closed'];
  /** Whether this start filled the archive with the demo's data. */
  readonly demo: 'filled' | 'failed' | 'absent';
  /** Settles when a part without which nothing works has ended by itself. */
  readonly broken: Promise<string>;
  readonly stop: () => Promise<void>;
  /** For whoever cannot wait. */
  readonly kill: () => void;
}

export class GroundProblem extends Error {
  readonly code: 'port-in-use' | 'folder-in-use';
  constructor(code: 'port-in-use' | 'folder-in-use', options?: ErrorOptions) {
    super(code, options);
    this.name = 'GroundProblem';
    this.code = code;
  }
}

const region = 'eu-central-1';
const audience = 'woordspoor';
const webClient = 'woordspoor-web';
const tables = { catalogue: 'woordspoor-catalogue', index: 'woordspoor-index', audit: 'woordspoor-audit' };
const buckets = { intake: 'woordspoor-intake', vault: 'woordspoor-vault', exports: 'woordspoor-exports', ledger: 'woordspoor-ledger' };
const webFolder = join(import.meta.dirname, '..', '..', 'web', 'dist');
/** What runs may finish its message; what is cut off is tried again at the next start. */
const graceMs = 10_000;

type Answer = (incoming: IncomingMessage, response: ServerResponse) => void;

const starting: Answer = (_incoming, response) => {
  response
    .writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1' })
    .end('Woordspoor start op. Probeer het over een paar tellen opnieuw.\n');
};

/** A page elsewhere that points its own name at this machine gets nothing. */
function isOwnName(host: string | undefined): boolean {
  return /^(localhost|[a-z0-9-]+\.localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host ?? '');
}

async function listen(port: number, answer: Answer): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'EADDRINUSE' || cause.code === 'EACCES' ? new GroundProblem('port-in-use', { cause }) : cause),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), 2000);
      await closed;
      clearTimeout(force);
    },
  };
}

export function workerLog(folder: string): string {
  return join(folder, 'worker.log');
}

interface DemoMark {
  readonly demo: 'none' | 'wanted' | 'done';
}

function demoMark(folder: string, empty: boolean) {
  const file = join(folder, 'ground.json');
  const write = (mark: DemoMark) => {
    writeFileSync(`${file}.new`, JSON.stringify(mark), { flush: true });
    renameSync(`${file}.new`, file);
  };
  if (!existsSync(file)) write({ demo: empty ? 'none' : 'wanted' });
  const mark = JSON.parse(readFileSync(file, 'utf8')) as DemoMark;
  return { wanted: mark.demo === 'wanted' && !empty, done: () => write({ demo: 'done' }) };
}

/** Keeps the worker running: when it breaks it is started anew, later and later. */
function keepWorker(task: WorkerTask, config: Config) {
  let stopping = false;
  let child: Child<WorkerReady>;
  const start = () => {
    child = startChild<WorkerReady>(join(import.meta.dirname, 'worker-process.ts'), task, {
      environment: { WOORDSPOOR_CONFIG: JSON.stringify(config) },
      log: workerLog(task.folder),
    });
    return child.ready;
  };
  const watch = async () => {
    for (let falls = 0; !stopping; falls++) {
      const from = Date.now();
      await child.exited;
      if (stopping) return;
      if (Date.now() - from > 60_000) falls = 0;
      await sleep(Math.min(500 * 2 ** falls, 30_000));
      if (!stopping) await start().catch(() => undefined);
    }
  };
  const ready = start();
  void ready.then(
    () => watch(),
    () => undefined,
  );
  return {
    ready,
    stop: () => {
      stopping = true;
      return child.stop(graceMs);
    },
    kill: () => {
      stopping = true;
      child.kill();
    },
  };
}

export async function startGround(options: StartOptions): Promise<Ground> {
  let answer = starting;
  const web = await listen(options.port, (incoming, response) => {
    if (isOwnName(incoming.headers.host)) answer(incoming, response);
    else response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' }).end('Deze naam hoort niet bij Woordspoor.\n');
  });
  const undo: (() => Promise<unknown> | unknown)[] = [web.close];
  const kills: (() => void)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const { folder } = options;
    mkdirSync(folder, { recursive: true });
    const secrets = groundSecrets(folder);
    const credentials = { accessKeyId: secrets.accessKeyId, secretAccessKey: secrets.secretAccessKey };
    const publicUrl = `http://localhost:${web.port}`;

    const task: EnginesTask = { folder, region, credentials, intakeBucket: buckets.intake, s3Port: web.port < 65_535 ? web.port + 1 : 0 };
    const engines = startChild<EnginesReady>(join(import.meta.dirname, 'engines-process.ts'), task);
    kills.push(engines.kill);
    undo.push(() => engines.stop(graceMs));
    const endpoints = await engines.ready.catch((cause: unknown) => {
      if (cause instanceof Error && /locked/.test(cause.message)) throw new GroundProblem('folder-in-use', { cause });
      throw cause;
    });
    const config = Config.parse({
      region,
      endpoints: { dynamodb: endpoints.dynamodb, s3: endpoints.s3, s3Public: endpoints.s3, sqs: endpoints.sqs },
      credentials,
      tables,
      buckets,
      ...queueUrls((name) => endpoints.queueUrls[name] ?? ''),
      identity: { issuer: `${publicUrl}/oidc`, clientId: webClient, clientSecret: secrets.webClientSecret, audience, insecure: true },
      publicUrl,
      calendarStandsAt: options.today,
      ...(existsSync(join(webFolder, 'index.html')) ? { webFolder } : {}),
    });
    const dynamo = new DynamoDBClient({ region, endpoint: endpoints.dynamodb, credentials });
    const s3 = makeS3({ region, endpoint: endpoints.s3, credentials });
    await Promise.all([createTables(dynamo, tables), createBuckets(s3, config)]);
    dynamo.destroy();
    s3.destroy();

    const services = makeServices(config, 'api');
    undo.push(() => {
      services.dynamo.destroy();
      services.s3.destroy();
      services.sqs.destroy();
    });
    const identity: IdentityProvider = makeIdentityProvider({
      folder: join(folder, 'identity'),
      publicUrl,
      audience,
      webClient: { id: webClient, secret: secrets.webClientSecret },
      keys: { jwks: { keys: [secrets.signingKey] }, cookies: secrets.cookieKeys },
      onAccident: (error) => services.log.accident('identity.failed', error),
    });
    undo.push(identity.stop);
    const api = getRequestListener(makeApp(services).fetch);
    answer = (incoming, response) => {
      // Cookies belong to one name: a page asked for under another name of this machine is shown under ours.
      const wantsPage = incoming.method === 'GET' && incoming.headers.accept?.includes('text/html') === true && !/^\/(v1|oidc)(\/|$)/.test(incoming.url ?? '');
      if (wantsPage && incoming.headers.host !== new URL(publicUrl).host) {
        response.writeHead(307, { location: `${publicUrl}${incoming.url ?? '/'}` }).end();
        return;
      }
      if (/^\/oidc(\/|$)/.test(incoming.url ?? '')) identity.handle(incoming, response);
      else void api(incoming, response);
    };

    const worker = keepWorker({ folder }, config);
    kills.push(worker.kill);
    undo.push(worker.stop);
    const { closed } = await worker.ready;

    const demo = demoMark(folder, options.empty);
    let seeding: Ground['demo'] = 'absent';
    if (demo.wanted) {
      // An archive without examples is better than none; the next start tries again.
      seeding = await seedDemo(publicUrl).then(
        () => 'filled' as const,
        (error: unknown) => {
          services.log.accident('demo.failed', error);
          return 'failed' as const;
        },
      );
      if (seeding === 'filled') demo.done();
    }
    return {
      publicUrl,
      config,
      closedDoors: closed,
      demo: seeding,
      broken: engines.exited.then((code) => `engines ended with code ${code}`),
      stop,
      kill: () => {
        for (const kill of kills) kill();
      },
    };
  } catch (error) {
    for (const kill of kills) kill();
    await stop();
    throw error;
  }
}
