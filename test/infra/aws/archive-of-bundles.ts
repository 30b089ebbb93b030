// The bundles of cdk.out as an archive: each in its own process, on the embedded engines, with its own road to them. The road keeps what was asked,
// so that every request can be held against the statements of the role that the function would have.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pascal } from '#infra/aws/doors.ts';
import { queuesOf, seesDeadLetters } from '#infra/aws/grants.ts';
import { type Door, type DoorName, doors as manifest } from '#infra/manifest.ts';
import type { Config } from '#runtime/config.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { type BundleProcess, startBundle } from './bundle-process.ts';
import { needsOf, refusals, type SeenRequest } from './rights.ts';
import type { StandingBundle } from './synth-bundles.ts';

const doors: readonly Door[] = manifest;
const queued = doors.filter(({ trigger }) => trigger.kind !== 'http').map(({ name }) => name);

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

interface Waiting {
  readonly door: string;
  readonly body: string;
  readonly tries: number;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Discovery and keys of an identity provider, and tokens signed by it. */
async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'proef', alg: 'RS256', use: 'sig' };
  let issuer = '';
  const server = createServer((asked, answer) => {
    const body =
      asked.url === '/keys'
        ? { keys: [jwk] }
        : { issuer, jwks_uri: `${issuer}/keys`, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` };
    answer.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  issuer = await listen(server);
  /** As Cognito signs for a machine: its own id as the audience, and the roles that infra/aws/name-roles.ts wrote. */
  const token = (subject: string, ...roles: readonly string[]) =>
    new SignJWT({ roles })
      .setProtectedHeader({ alg: 'RS256', kid: 'proef' })
      .setIssuer(issuer)
      .setAudience('machine')
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(privateKey);
  return { issuer, token, server };
}

export async function startArchiveOfBundles(
  bundles: ReadonlyMap<string, StandingBundle>,
  options: { readonly calendarStandsAt?: string; readonly limits?: Partial<Config['limits']>; readonly zgw?: Config['zgw'] } = {},
) {
  const waiting: Waiting[] = [];
  const engines: Engines = await startEngines({
    onObjectCreated: (notification) => {
      for (const door of doors)
        if (door.trigger.kind === 'queue' && door.trigger.also === 'intake-object-created')
          waiting.push({ door: door.name, body: JSON.stringify(notification), tries: 0 });
    },
  });
  const { endpoints, buckets, tables, credentials } = engines.config;
  const identity = await startIssuer();
  const queueUrl = (door: string, kind = '') => `http://127.0.0.1/000000000000/${door}${kind}`;
  const names = new Map([
    ...Object.entries(tables).map(([name, configured]) => [configured, `${pascal(name)}Table`] as const),
    ...Object.entries(buckets).map(([name, configured]) => [configured, pascal(name)] as const),
    ...doors.flatMap(({ name }) => [[queueUrl(name), `${pascal(name)}Queue`] as const, [queueUrl(name, '-dead'), `${pascal(name)}DeadLetters`] as const]),
  ]);
  const doorOf = new Map(doors.map(({ name }) => [queueUrl(name), name]));
  const laidAside = new Map(queued.map((name) => [queueUrl(name, '-dead'), [] as string[]]));
  const rests: { readonly door: string; readonly seconds: number }[] = [];
  const seen = new Map<string, SeenRequest[]>();
  const servers: Server[] = [identity.server];
  const running = new Map<string, BundleProcess>();

  function answerQueue(target: string, body: string, answer: ServerResponse): number {
    const asked = JSON.parse(body) as { QueueUrl: string; MessageBody?: string; ReceiptHandle?: string; VisibilityTimeout?: number };
    const dead = laidAside.get(asked.QueueUrl);
    const reply = (value: unknown) => answer.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(value));
    const door = doorOf.get(asked.QueueUrl);
    if (target === 'SendMessage' && door !== undefined && asked.MessageBody !== undefined) {
      waiting.push({ door, body: asked.MessageBody, tries: 0 });
      reply({ MessageId: randomUUID(), MD5OfMessageBody: createHash('md5').update(asked.MessageBody).digest('hex') });
      return 200;
    }
    if (door !== undefined && target === 'ChangeMessageVisibility' && asked.VisibilityTimeout !== undefined) {
      rests.push({ door, seconds: asked.VisibilityTimeout });
      reply({});
      return 200;
    }
    if (dead !== undefined && target === 'GetQueueAttributes') {
      reply({ Attributes: { ApproximateNumberOfMessages: String(dead.length), ApproximateNumberOfMessagesNotVisible: '0' } });
      return 200;
    }
    if (dead !== undefined && target === 'ReceiveMessage') {
      const md5 = (text: string) => createHash('md5').update(text).digest('hex');
      reply({ Messages: dead.slice(0, 10).map((text) => ({ MessageId: randomUUID(), ReceiptHandle: md5(text), Body: text, MD5OfBody: md5(text) })) });
      return 200;
    }
    if (dead !== undefined && target === 'DeleteMessage') {
      dead.splice(
        dead.findIndex((text) => createHash('md5').update(text).digest('hex') === asked.ReceiptHandle),
        1,
      );
      reply({});
      return 200;
    }
    answer.statusCode = 400;
    reply({ __type: 'com.amazonaws.sqs#UnsupportedOperation', message: target });
    return 400;
  }

  /** The road of one door to all engines. Host and signature stay as the client wrote them. */
  async function road(door: string): Promise<string> {
    const mine: SeenRequest[] = [];
    seen.set(door, mine);
    const pass = async (asked: IncomingMessage, answer: ServerResponse) => {
      const target = String(asked.headers['x-amz-target'] ?? '');
      const body = await bytesOf(asked);
      const note = (status: number) =>
        mine.push({
          method: asked.method ?? '',
          url: asked.url ?? '',
          headers: asked.headers,
          body: target === '' ? body.toString('latin1') : body.toString(),
          status,
        });
      if (target.startsWith('AmazonSQS.')) {
        note(answerQueue(target.slice('AmazonSQS.'.length), body.toString(), answer));
        return;
      }
      const to = new URL(asked.url ?? '/', target.startsWith('DynamoDB') ? endpoints.dynamodb : endpoints.s3);
      await new Promise<void>((resolve, reject) => {
        const onward = httpRequest(to, { method: asked.method ?? 'GET', headers: asked.headers }, (got) => {
          note(got.statusCode ?? 0);
          answer.writeHead(got.statusCode ?? 502, got.headers);
          got.pipe(answer).once('finish', resolve);
        });
        onward.once('error', reject);
        onward.end(body);
      });
    };
    const server = createServer((asked, answer) => {
      pass(asked, answer).catch(() => answer.destroy());
    });
    servers.push(server);
    return listen(server);
  }

  async function bundle(door: Door): Promise<BundleProcess> {
    const started = running.get(door.name);
    if (started !== undefined) return started;
    const standing = bundles.get(door.name);
    if (standing === undefined) throw new Error(`no bundle of the door ${door.name}`);
    const endpoint = await road(door.name);
    const config: Config = {
      ...engines.config,
      credentials,
      endpoints: { dynamodb: endpoint, s3: endpoint, s3Public: endpoint, sqs: endpoint },
      queues: Object.fromEntries(queuesOf(door, queued).map((name) => [name, queueUrl(name)])),
      deadLetterQueues: seesDeadLetters(door) ? Object.fromEntries(queued.map((name) => [name, queueUrl(name, '-dead')])) : {},
      identity: { issuer: identity.issuer, clientId: 'window', audience: ['window', 'machine'], rolesClaim: 'roles', insecure: true },
      publicUrl: 'https://woordspoor.example.nl',
      limits: { ...engines.config.limits, ...options.limits },
      calendarStandsAt: options.calendarStandsAt ?? null,
      ...(options.zgw !== undefined && door.grants.includes('zgw:read') ? { zgw: options.zgw } : {}),
    };
    const child = await startBundle(standing.file, JSON.stringify(config));
    running.set(door.name, child);
    return child;
  }

  const doorNamed = (name: string): Door => {
    const door = doors.find((one) => one.name === name);
    if (door === undefined) throw new Error(`no door ${name}`);
    return door;
  };

  /** A request as the HTTP API hands it on (payload version 2.0). */
  async function ask(
    method: string,
    path: string,
    given: { readonly token?: string; readonly body?: unknown; readonly accept?: string } = {},
  ): Promise<Answer> {
    const door = doors.find(({ trigger }) => trigger.kind === 'http');
    if (door === undefined) throw new Error('no http door');
    const [rawPath = '', rawQueryString = ''] = path.split('?');
    const event = {
      version: '2.0',
      routeKey: 'ANY /{proxy+}',
      rawPath,
      rawQueryString,
      headers: {
        host: 'api.execute-api.eu-central-1.amazonaws.com',
        'x-forwarded-for': '192.0.2.1, 198.51.100.7',
        'x-forwarded-proto': 'https',
        accept: given.accept ?? '*/*',
        ...(given.token === undefined ? {} : { authorization: `Bearer ${given.token}` }),
        ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api',
        domainName: 'api.execute-api.eu-central-1.amazonaws.com',
        domainPrefix: 'api',
        http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '198.51.100.7', userAgent: 'proef' },
        requestId: randomUUID(),
        routeKey: 'ANY /{proxy+}',
        stage: '$default',
        time: '24/Nov/2026:12:00:00 +0000',
        timeEpoch: 1_795_521_600_000,
      },
      isBase64Encoded: false,
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    };
    return (await (await bundle(door)).invoke(event)) as Answer;
  }

  /** A message as SQS hands it on. True when the door was done with it. */
  async function hand(door: DoorName | string, body: string): Promise<boolean> {
    const messageId = randomUUID();
    const event = {
      Records: [
        {
          messageId,
          receiptHandle: 'receipt',
          body,
          attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1795521600000', SenderId: 'proef', ApproximateFirstReceiveTimestamp: '1795521600000' },
          messageAttributes: {},
          md5OfBody: createHash('md5').update(body).digest('hex'),
          eventSource: 'aws:sqs',
          eventSourceARN: `arn:aws:sqs:eu-central-1:000000000000:${door}`,
          awsRegion: 'eu-central-1',
        },
      ],
    };
    const answer = (await (await bundle(doorNamed(door))).invoke(event)) as { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };
    return !answer.batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === messageId);
  }

  /** Hands all waiting messages on until none is left; what fails three times is an error with the door's log. */
  async function deliver(): Promise<number> {
    let count = 0;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      count++;
      if (await hand(next.door, next.body)) continue;
      if (next.tries === 2) throw new Error(`${next.door} gave up: ${running.get(next.door)?.log().slice(-3000)}`);
      waiting.push({ ...next, tries: next.tries + 1 });
    }
    return count;
  }

  /** Requests of a door that its role would have been refused. */
  function refused(door: string): string[] {
    const statements = bundles.get(door)?.statements ?? [];
    return [...new Set((seen.get(door) ?? []).flatMap((request) => refusals(statements, needsOf(request, names))))];
  }

  return {
    engines,
    token: identity.token,
    ask,
    hand,
    deliver,
    /** How long failed messages were to rest. */
    rests,
    /** Lays a message aside, as SQS does after three tries. */
    layAside: (door: string, body: string) => laidAside.get(queueUrl(door, '-dead'))?.push(body),
    refused,
    asked: (door: string) => (seen.get(door) ?? []).length,
    process: (door: string) => bundle(doorNamed(door)),
    logOf: (door: string) => running.get(door)?.log() ?? '',
    stop: async () => {
      await Promise.all([...running.values()].map((one) => one.stop()));
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await engines.stop();
    },
  };
}
