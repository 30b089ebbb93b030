// The http door on all engines, with an issuer and the doors behind the queue run by hand: what a person does through the API, whole.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ZipFile } from 'yazl';
import type * as z from 'zod';
import type { BundleAnswer, RegisteredBundle } from '#contract/bundle.ts';
import { Problem } from '#contract/problem.ts';
import { BundleId, HoldId, ListId } from '#core/model/id.ts';
import { applyHold } from '#flow/apply-hold.ts';
import { applyRetention } from '#flow/apply-retention.ts';
import { destroyBundle } from '#flow/destroy-bundle.ts';
import { dropBrokenRuns } from '#flow/drop-broken-runs.ts';
import { executeDestruction, executeList } from '#flow/execute-destruction.ts';
import { nightlyUpkeep } from '#flow/nightly-upkeep.ts';
import { proposeDestruction } from '#flow/propose-destruction.ts';
import { readAttachments } from '#flow/read-attachments.ts';
import { sealAuditDays } from '#flow/seal-audit-days.ts';
import { syncCases } from '#flow/sync-cases.ts';
import { makeApp } from '#functions/api/app.ts';
import { refusalsOf } from '#functions/api/openapi.ts';
import { routes } from '#functions/api/routes.ts';
import { renderCertificate } from '#functions/documents/certificate-pdf.ts';
import { ingestNamed } from '#functions/ingest-bundle.ts';
import { makeAttachmentReader } from '#functions/read-attachments/attachment-reader.ts';
import { syncAsked } from '#functions/sync-cases.ts';
import { doorQueues, queueUrls } from '#infra/local/queue/door-queues.ts';
import { type QueueEngine, startQueue } from '#infra/local/queue/start-queue.ts';
import { reportRun } from '#runtime/report-run.ts';
import { makeServices, type Services } from '#runtime/services.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import type { CallOptions } from './api-ground.ts';
import { startSmallIssuer } from './small-issuer.ts';

export const people = {
  employee: ['employee-1', 'employee'],
  'employee-2': ['employee-2', 'employee'],
  'woo-coordinator': ['coordinator-1', 'woo-coordinator'],
  'woo-reviewer': ['reviewer-1', 'woo-reviewer'],
  'records-manager': ['manager-1', 'records-manager'],
  'records-manager-2': ['manager-2', 'records-manager'],
  archivist: ['archivist-1', 'archivist'],
  administrator: ['administrator-1', 'administrator'],
  auditor: ['auditor-1', 'auditor'],
} as const;
export type Person = keyof typeof people;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are held against the contract by `call` itself
  readonly json: any;
}

export interface FullGround {
  readonly services: Services;
  readonly engines: Engines;
  readonly queue: QueueEngine;
  readonly logged: string[];
  readonly raw: (who: Person | null, method: string, path: string, options?: CallOptions) => Promise<Response>;
  /** As `raw`, and the answer is held against what the contract says of this route. */
  readonly call: (who: Person | null, method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  /** Runs what lies in the queue until nothing does. */
  readonly drain: () => Promise<void>;
  readonly handIn: (who: Person, fileName: string, bytes: Uint8Array | string, more?: object) => Promise<BundleAnswer>;
  readonly stop: () => Promise<void>;
}

/** The route that answers at this address. */
function routeAt(method: string, path: string) {
  const { pathname } = new URL(path, 'http://x');
  return routes.find((route) => route.method === method.toLowerCase() && new RegExp(`^/v1${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname));
}

/** Every field that the contract names is there and of its kind, and no field is there that it does not name. */
function heldAgainst(schema: z.ZodType, value: unknown): void {
  const outcome = schema.safeParse(value);
  expect(outcome.error?.issues ?? []).toEqual([]);
  expect(outcome.data).toEqual(value);
}

export async function startFullGround(config: Parameters<typeof startEngines>[0] = {}): Promise<FullGround> {
  const folder = await mkdtemp(join(tmpdir(), 'woordspoor-queue-'));
  const credentials = { accessKeyId: 'woordspoor-test', secretAccessKey: 'not-a-secret' };
  const [issuer, queue] = await Promise.all([startSmallIssuer(), startQueue({ folder, credentials, queues: doorQueues })]);
  const engines = await startEngines({
    ...config,
    config: {
      identity: { issuer: issuer.url, clientId: 'window', audience: 'woordspoor', rolesClaim: 'roles', insecure: true },
      publicUrl: 'http://localhost:8080',
      ...queueUrls(queue.urlOf),
      ...config.config,
    },
  });
  const made = makeServices({ ...engines.config, endpoints: { ...engines.config.endpoints, sqs: queue.endpoint } }, 'api');
  const logged: string[] = [];
  const waiting: { readonly door: string; readonly message: Readonly<Record<string, string | number>> }[] = [];
  const services: Services = {
    ...made,
    log: {
      info: (code) => logged.push(code),
      warn: (code) => logged.push(code),
      accident: (code, error) => logged.push(`${code} ${error instanceof Error ? error.stack : String(error)}`),
    },
    queue: {
      send: async (door, message) => {
        waiting.push({ door, message });
      },
    },
  };
  const app = makeApp(services);
  const tokens = new Map(
    await Promise.all(
      Object.entries(people).map(async ([name, [sub, role]]) => [name, await issuer.token({ sub, roles: [role] }, { expires: '2h' })] as const),
    ),
  );

  const raw: FullGround['raw'] = async (who, method, path, { body, text, headers } = {}) =>
    app.request(new URL(path, 'http://localhost:8080'), {
      method,
      headers: {
        ...(who === null ? {} : { authorization: `Bearer ${tokens.get(who)}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined && text === undefined ? {} : { body: text ?? JSON.stringify(body) }),
    });

  const call: FullGround['call'] = async (who, method, path, body, headers = {}) => {
    const response = await raw(who, method, path, { body, headers });
    const json = await response.json();
    if (response.status >= 400) {
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const { status, code } = Problem.parse(json);
      expect(status).toBe(response.status);
      const route = routeAt(method, path);
      if (route !== undefined) expect(refusalsOf(route).get(status), `${route.id} declares ${code}`).toContain(code);
    } else {
      const schema = routeAt(method, path)?.answers.find((answer) => answer.status === response.status && answer.schema !== null)?.schema;
      if (schema === undefined || schema === null) throw new Error(`the contract says nothing of ${method} ${path} ${response.status}`);
      heldAgainst(schema, json);
    }
    return { status: response.status, headers: response.headers, json };
  };

  const drain = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { door, message } = next;
      const acting = { subject: 'system', role: 'system', origin: `${door}/test` } as const;
      const needs = { ...services, renderCertificate };
      const run = typeof message['run'] === 'string' ? message['run'] : null;
      switch (door) {
        case 'ingest-bundle':
          await ingestNamed(services, BundleId.parse(message['bundleId']));
          break;
        case 'read-attachments': {
          const reader = makeAttachmentReader();
          const untilMs = services.clock.epochMs() + 60_000;
          const outcome = await readAttachments({ ...services, readText: reader.readText }, acting, BundleId.parse(message['bundleId']), untilMs);
          await reader.close();
          expect(['more', 'busy']).not.toContain(outcome.kind);
          break;
        }
        case 'apply-hold':
          await applyHold(services, HoldId.parse(message['holdId']));
          break;
        case 'apply-retention':
          await applyRetention(services, acting, String(message['caseId']) as Parameters<typeof applyRetention>[2]);
          break;
        case 'sync-cases':
          if (run === null) await syncAsked(services, message);
          else await reportRun(services, door, run, () => syncCases({ ...services, untilMs: Number.POSITIVE_INFINITY }, acting));
          break;
        case 'propose-destruction':
          await reportRun(services, door, run, () => proposeDestruction(services, acting));
          break;
        case 'execute-destruction':
          if (run === null) await executeList(needs, acting, ListId.parse(message['listId']));
          else await reportRun(services, door, run, () => executeDestruction(needs, acting));
          break;
        case 'destroy-bundle':
          await destroyBundle(services, acting, ListId.parse(message['listId']), BundleId.parse(message['bundleId']));
          break;
        case 'nightly-upkeep':
          await reportRun(services, door, run, async () => ({
            ...(await sealAuditDays(services, acting)),
            ...(await dropBrokenRuns(services)),
            ...(await nightlyUpkeep({ ...services, intakeDays: services.limits.intakeDays }, acting)),
          }));
          break;
        default:
          throw new Error(`no door ${door}`);
      }
    }
  };

  const handIn: FullGround['handIn'] = async (who, fileName, content, more = {}) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const registered = await call(who, 'POST', '/v1/bundles', { fileName, size: bytes.length, sha256, ...more });
    expect(registered.status).toBe(201);
    const { bundle, upload } = registered.json as RegisteredBundle;
    if (upload.kind !== 'single') throw new Error('too large for one upload');
    const sent = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: new Uint8Array(bytes) });
    expect(sent.status).toBe(200);
    await ingestNamed(services, bundle.id);
    return (await call(who, 'GET', `/v1/bundles/${bundle.id}`)).json;
  };

  return {
    services,
    engines,
    queue,
    logged,
    raw,
    call,
    drain,
    handIn,
    stop: async () => {
      await Promise.all([engines.stop(), issuer.stop(), queue.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), name, { mtime: new Date(Date.UTC(2022, 4, 13)) });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
