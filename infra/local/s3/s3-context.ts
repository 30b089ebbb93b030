// What the routes work with, and how they answer.
import type { BlobFiles, BlobPart } from './blob-files.ts';
import type { Bucket, BucketStore } from './bucket-store.ts';
import { checksumHeader } from './checksum.ts';
import type { MultipartStore } from './multipart.ts';
import type { CreatedBy, EventOutbox } from './object-event.ts';
import { toNotification } from './object-event.ts';
import type { makeListing } from './object-listing.ts';
import { type Conditions, type NewVersion, type ObjectStore, type StoredChecksum, type Version, versionLabel } from './object-store.ts';
import type { S3Request } from './s3-request.ts';
import { toXml, type XmlFields } from './xml.ts';

export interface S3Context {
  readonly region: string;
  readonly buckets: BucketStore;
  readonly objects: ObjectStore;
  readonly listing: ReturnType<typeof makeListing>;
  readonly multipart: MultipartStore;
  readonly blobs: BlobFiles;
  readonly outbox: EventOutbox | undefined;
  readonly eventBuckets: ReadonlySet<string> | undefined;
  readonly epochMs: () => number;
}

type Headers = Readonly<Record<string, string | number | undefined>>;

function writeHead(request: S3Request, status: number, headers: Headers): void {
  request.response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) request.response.setHeader(name, value);
}

export function sendEmpty(request: S3Request, status: number, headers: Headers = {}): void {
  writeHead(request, status, status === 204 || status === 304 ? headers : { 'content-length': 0, ...headers });
  request.response.end();
}

export function sendXml(request: S3Request, root: string, fields: XmlFields, headers: Headers = {}, status = 200): void {
  const body = Buffer.from(toXml(root, fields));
  writeHead(request, status, { 'content-type': 'application/xml', 'content-length': body.length, ...headers });
  request.response.end(request.method === 'HEAD' ? undefined : body);
}

export function checksumFields(version: Pick<Version, 'checksum'>): StoredChecksum | null {
  return version.checksum === null ? null : (JSON.parse(version.checksum) as StoredChecksum);
}

export function checksumHeaders(version: Pick<Version, 'checksum'>): Headers {
  const checksum = checksumFields(version);
  return checksum === null ? {} : { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

export function versionHeaders(bucket: Bucket, version: Pick<Version, 'version'>): Headers {
  return { 'x-amz-version-id': versionLabel(bucket, version) };
}

/** Notes the event in the transaction that stores the version. */
export function eventNote(context: S3Context, request: S3Request, by: CreatedBy): ((version: Version) => void) | undefined {
  const { outbox, eventBuckets } = context;
  if (outbox === undefined || (eventBuckets !== undefined && !eventBuckets.has(request.bucket))) return undefined;
  const origin = { region: context.region, requestId: request.requestId, address: request.incoming.socket.remoteAddress ?? '' };
  return (version) => outbox.add(toNotification(version, by, origin));
}

/** Commits received bytes as a version; when the commit is refused the bytes go. */
export async function storeVersion(
  context: S3Context,
  request: S3Request,
  bucket: Bucket,
  fresh: NewVersion,
  conditions: Conditions,
  by: CreatedBy,
): Promise<Version> {
  const version = await orDiscard(context, fresh.blobs, () => context.objects.put(bucket, fresh, conditions, eventNote(context, request, by)));
  context.blobs.settle(fresh.blobs);
  context.outbox?.deliver();
  return version;
}

export async function orDiscard<T>(context: S3Context, parts: readonly BlobPart[], work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await context.blobs.discard(parts.map((part) => part.id));
    throw error;
  }
}
