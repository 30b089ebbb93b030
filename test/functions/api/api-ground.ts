// The smallest ground on which the http door's own road runs: dynalite in memory and a small issuer; no object store.

import { makeApp } from '#functions/api/app.ts';
import type { Route } from '#functions/api/route.ts';
import { createTables, startDynamo } from '#infra/local/dynamo.ts';
import { Config } from '#runtime/config.ts';
import { makeServices, type Services } from '#runtime/services.ts';
import { type SmallIssuer, startSmallIssuer } from './small-issuer.ts';

export interface ApiGround {
  readonly issuer: SmallIssuer;
  readonly services: Services;
  readonly app: ReturnType<typeof makeApp>;
  readonly logged: string[];
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

export interface CallOptions {
  readonly token?: string;
  readonly cookie?: string;
  readonly body?: unknown;
  /** Sent as it is, with the media type of `headers`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startApiGround(
  routes?: readonly Route[],
  publicUrl = 'http://localhost:8080',
  change: (services: Services) => Services = (same) => same,
): Promise<ApiGround> {
  const [dynamo, issuer] = await Promise.all([startDynamo({}), startSmallIssuer()]);
  const config = Config.parse({
    endpoints: { dynamodb: dynamo.endpoint, s3: 'http://127.0.0.1:9', s3Public: 'http://127.0.0.1:9', sqs: 'http://127.0.0.1:9' },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    tables: { catalogue: 'catalogue', index: 'index', audit: 'audit' },
    buckets: { intake: 'intake', vault: 'vault', exports: 'exports', ledger: 'ledger' },
    identity: { issuer: issuer.url, clientId: 'window', audience: 'woordspoor', insecure: true },
    publicUrl,
  });
  const logged: string[] = [];
  const made = makeServices(config, 'api');
  const log = {
    info: (code: string) => logged.push(code),
    warn: (code: string) => logged.push(code),
    accident: (code: string, error: unknown) => logged.push(`${code} ${error instanceof Error ? error.stack : ''}`),
  };
  const services = change({ ...made, log });
  await createTables(services.dynamo, config.tables);
  const app = makeApp(services, routes);
  return {
    issuer,
    services,
    app,
    logged,
    call: async (method, path, { token, cookie, body, headers } = {}) =>
      app.request(new URL(path, publicUrl), {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(cookie === undefined ? {} : { cookie }),
          ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    stop: async () => {
      services.dynamo.destroy();
      await Promise.all([dynamo.stop(), issuer.stop()]);
    },
  };
}
