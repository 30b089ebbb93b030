// S3 on the embedded ground: an engine of our own over node:http, node:sqlite and files in a folder.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeBlobFiles } from './blob-files.ts';
import { makeBucketStore } from './bucket-store.ts';
import { corsHeaders } from './cors.ts';
import { applyLifecycle } from './lifecycle.ts';
import { makeMultipartStore } from './multipart.ts';
import { makeEventOutbox, type S3Notification } from './object-event.ts';
import { makeListing } from './object-listing.ts';
import { faultDocument } from './object-routes.ts';
import { makeObjectStore } from './object-store.ts';
import { postObject } from './post-route.ts';
import { routeOf } from './route.ts';
import type { S3Context } from './s3-context.ts';
import { openS3Database } from './s3-database.ts';
import { S3Fault, s3FaultStatus } from './s3-fault.ts';
import { readTarget, type S3Request } from './s3-request.ts';
import { type Credentials, checkSignature } from './signature.ts';

export interface S3Options {
  readonly folder: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly region?: string;
  readonly credentials: Credentials;
  /** Called once or more for each object made, after it is durable. What rejects is handed over again later. */
  readonly onObjectCreated?: (notification: S3Notification) => Promise<void> | void;
  /** Buckets whose objects are told of; absent: all. */
  readonly eventBuckets?: readonly string[];
  /** false: bytes are not forced to the disk (for tests that throw the folder away). */
  readonly durable?: boolean;
  readonly epochMs?: () => number;
  /** What the engine could not explain; the client got InternalError. */
  readonly onAccident?: (error: unknown) => void;
}

export interface S3Engine {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
  /** Empties the write-ahead log, so that nothing of a deleted row is left on the disk. */
  readonly compact: () => void;
  /** Carries out the lifecycle rules now; gives how many objects, versions and uploads went. */
  readonly applyLifecycle: () => Promise<number>;
}

const hour = 3_600_000;

export async function startS3(options: S3Options): Promise<S3Engine> {
  const { credentials, durable = true, region = 'eu-central-1', epochMs = Date.now } = options;
  mkdirSync(options.folder, { recursive: true });
  const db = openS3Database(join(options.folder, 's3.sqlite'), durable);
  const blobs = makeBlobFiles(options.folder, durable);
  const objects = makeObjectStore(db, blobs, epochMs);
  await objects.recover();
  const buckets = makeBucketStore(db, epochMs);
  const multipart = makeMultipartStore(db, blobs, objects, epochMs);
  const outbox = options.onObjectCreated === undefined ? undefined : makeEventOutbox(db, options.onObjectCreated);
  const eventBuckets = options.eventBuckets === undefined ? undefined : new Set(options.eventBuckets);
  const context: S3Context = { region, buckets, objects, listing: makeListing(db), multipart, blobs, outbox, eventBuckets, epochMs };

  let compactSoon: NodeJS.Timeout | undefined;
  const compactAfterDeletes = (request: S3Request) => {
    const deletes = request.method === 'DELETE' || (request.method === 'POST' && request.field('delete') !== undefined);
    if (!deletes || compactSoon !== undefined) return;
    compactSoon = setTimeout(() => {
      compactSoon = undefined;
      db.checkpoint();
    }, 2000);
    compactSoon.unref();
  };

  const serve = async (request: S3Request): Promise<void> => {
    const { method, header } = request;
    const bucket = buckets.find(request.bucket);
    const preflight = method === 'OPTIONS';
    const cors = corsHeaders(
      bucket?.cors ?? null,
      header('origin'),
      preflight ? header('access-control-request-method') : method,
      preflight ? header('access-control-request-headers') : undefined,
    );
    for (const [name, value] of Object.entries(cors ?? {})) request.response.setHeader(name, value);
    if (preflight) {
      if (cors === undefined) throw new S3Fault('AccessDenied', 'CORSResponse: This CORS request is not allowed.');
      request.response.writeHead(200, { 'content-length': 0 }).end();
      return;
    }
    if (method === 'POST' && request.key === '' && /^multipart\/form-data/i.test(header('content-type') ?? ''))
      return postObject(context, request, credentials);
    const mode = checkSignature({ method, path: request.path, query: request.query, headers: request.incoming.headers }, credentials, epochMs());
    await routeOf(request)(context, request, mode);
    compactAfterDeletes(request);
  };

  const refuse = (incoming: IncomingMessage, response: ServerResponse, requestId: string, error: unknown) => {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    if (!(error instanceof S3Fault) && !incoming.destroyed) options.onAccident?.(error);
    const fault = error instanceof S3Fault ? error : new S3Fault('InternalError', 'We encountered an internal error. Please try again.');
    const body = Buffer.from(faultDocument(fault, { path: (incoming.url ?? '').split('?')[0] ?? '', requestId }));
    response.statusCode = s3FaultStatus[fault.code];
    for (const [name, value] of Object.entries(fault.headers)) response.setHeader(name, value);
    response.setHeader('content-type', 'application/xml');
    response.setHeader('content-length', body.length);
    // A body that was not asked for may still be on its way: let it pass, then close.
    if (!incoming.complete) response.setHeader('connection', 'close');
    incoming.resume();
    response.end(incoming.method === 'HEAD' ? undefined : body);
  };

  const answer = (incoming: IncomingMessage, response: ServerResponse) => {
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    response.setHeader('x-amz-request-id', requestId);
    // Clients set their signing clock by it.
    response.setHeader('date', new Date(epochMs()).toUTCString());
    void (async () => serve(readTarget(incoming, response, requestId)))().catch((error: unknown) => refuse(incoming, response, requestId, error));
  };
  // Uploads may take hours; Node's five minutes for a whole request are meant for web pages.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, answer);
  server.on('checkContinue', answer);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => resolve());
    });
  } catch (error) {
    db.close();
    throw error;
  }
  outbox?.deliver();
  const lifecycle = () => applyLifecycle({ db, buckets, objects, multipart, epochMs });
  const clock = setInterval(() => void lifecycle().catch((error: unknown) => options.onAccident?.(error)), hour);
  clock.unref();

  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://${options.host ?? '127.0.0.1'}:${port}`,
    compact: db.checkpoint,
    applyLifecycle: lifecycle,
    stop: async () => {
      clearInterval(clock);
      clearTimeout(compactSoon);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), 2000);
      await closed;
      clearTimeout(force);
      await outbox?.stop();
      db.checkpoint();
      db.close();
    },
  };
}
