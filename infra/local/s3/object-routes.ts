// Objects: put, copy, get, head, delete, and their tags, retention and legal hold.
import { pipeline } from 'node:stream/promises';
import type { BlobPart } from './blob-files.ts';
import type { Bucket } from './bucket-store.ts';
import { type ChecksumAlgorithm, checksumAlgorithms, checksumHeader, checksumOf } from './checksum.ts';
import { namedAlgorithm } from './multipart.ts';
import { lockOfNewVersion } from './object-lock.ts';
import { blobsOf, type StoredChecksum, type Version, versionLabel } from './object-store.ts';
import { checksumFields, checksumHeaders, orDiscard, type S3Context, sendEmpty, sendXml, storeVersion, versionHeaders } from './s3-context.ts';
import { S3Fault } from './s3-fault.ts';
import { readText, receiveBody, type S3Request } from './s3-request.ts';
import { decodeStrict, type PayloadMode } from './signature.ts';
import { childOf, childrenOf, parseXml, textOf, toXml } from './xml.ts';

const keptHeaders = ['content-type', 'cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires'];
const metadataPrefix = 'x-amz-meta-';
const mostMetadata = 2048;

/** Headers that S3 gives a meaning which this engine has not: an honest refusal is better than a silent nothing. */
const refusedHeaders = [/^x-amz-server-side-encryption/, /^x-amz-grant-/, /^x-amz-website-redirect-location$/, /^x-amz-write-offset-bytes$/];

export function headersToKeep(header: S3Request['header'], names: readonly string[]): Record<string, string> {
  const kept: Record<string, string> = {};
  let metadataSize = 0;
  for (const name of names) {
    if (refusedHeaders.some((pattern) => pattern.test(name)))
      throw new S3Fault('NotImplemented', `A header you provided implies functionality that is not implemented: ${name}`);
    const value = header(name) ?? '';
    if (name === 'x-amz-acl' && value !== 'bucket-owner-full-control') throw new S3Fault('AccessControlListNotSupported', 'The bucket does not allow ACLs');
    if (name === 'x-amz-storage-class' && value !== 'STANDARD') throw new S3Fault('NotImplemented', 'This engine has one storage class: STANDARD.');
    if (name.startsWith(metadataPrefix)) metadataSize += name.length - metadataPrefix.length + Buffer.byteLength(value);
    if (keptHeaders.includes(name) || name.startsWith(metadataPrefix)) kept[name] = value;
  }
  if (metadataSize > mostMetadata) throw new S3Fault('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size.');
  const encoding = kept['content-encoding']
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== 'aws-chunked')
    .join(',');
  if (encoding === '') delete kept['content-encoding'];
  else if (encoding !== undefined) kept['content-encoding'] = encoding;
  kept['content-type'] ??= 'binary/octet-stream';
  return kept;
}

export function keptHeadersOf(request: S3Request): Record<string, string> {
  return headersToKeep(request.header, Object.keys(request.incoming.headers));
}

export function tagsFromHeader(request: S3Request): string | null {
  const text = request.header('x-amz-tagging');
  return text === undefined ? null : JSON.stringify([...new URLSearchParams(text)]);
}

export function storedChecksum(checksums: Readonly<Partial<Record<ChecksumAlgorithm, string>>>): StoredChecksum | null {
  const [first] = Object.entries(checksums) as [ChecksumAlgorithm, string][];
  return first === undefined ? null : { algorithm: first[0], value: first[1], type: 'FULL_OBJECT' };
}

export async function putObject(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  const headers = keptHeadersOf(request);
  const lock = lockOfNewVersion(bucket, request.header, context.epochMs());
  const vouched = ['content-md5', 'x-amz-trailer', ...checksumAlgorithms.map(checksumHeader)].some((name) => request.header(name) !== undefined);
  if ((lock.lockMode !== null || lock.legalHold === 1) && !vouched) {
    throw new S3Fault('InvalidRequest', 'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters');
  }
  const received = await receiveBody(request, mode, context.blobs);
  const version = await storeVersion(
    context,
    request,
    bucket,
    {
      key: request.key,
      size: received.blob.size,
      etag: received.etag,
      headers,
      checksum: storedChecksum(received.checksums),
      blobs: [received.blob],
      tags: tagsFromHeader(request),
      lock,
    },
    { ifMatch: request.header('if-match'), ifNoneMatch: request.header('if-none-match') },
    'Put',
  );
  sendEmpty(request, 200, { etag: `"${version.etag}"`, ...versionHeaders(bucket, version), ...checksumHeaders(version) });
}

/** The source named by `x-amz-copy-source`, held against its own conditions. */
export function copySource(context: S3Context, request: S3Request): { bucket: Bucket; version: Version } {
  const [path = '', query = ''] = (request.header('x-amz-copy-source') ?? '').split('?versionId=');
  const [, name, key] = /^\/?([^/]+)\/(.+)$/s.exec(decodeStrict(path)) ?? [];
  if (name === undefined || key === undefined)
    throw new S3Fault('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  const bucket = context.buckets.get(name);
  const version = query === '' ? context.objects.latest(bucket, key) : context.objects.byId(bucket, key, decodeStrict(query));
  if (version === undefined || version.marker === 1) throw new S3Fault('NoSuchKey', 'The specified key does not exist.');
  const [match, noneMatch] = [request.header('x-amz-copy-source-if-match'), request.header('x-amz-copy-source-if-none-match')];
  if ((match !== undefined && !sameTag(match, version)) || (noneMatch !== undefined && sameTag(noneMatch, version))) {
    throw new S3Fault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  return { bucket, version };
}

function sameTag(header: string, version: Version): boolean {
  return header === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '').replaceAll('"', '') === version.etag);
}

export async function copyObject(context: S3Context, request: S3Request): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  const source = copySource(context, request);
  const replace = request.header('x-amz-metadata-directive') === 'REPLACE';
  const own = keptHeadersOf(request);
  if (!replace && source.bucket.name === bucket.name && source.version.key === request.key && bucket.versioning === 'never') {
    throw new S3Fault('InvalidRequest', 'This copy request is illegal because it is trying to copy an object to itself without changing anything.');
  }
  const lock = lockOfNewVersion(bucket, request.header, context.epochMs());
  const parts: BlobPart[] = [];
  for (const part of blobsOf(source.version)) parts.push(await context.blobs.duplicate(part));
  const had = checksumFields(source.version);
  const asked = namedAlgorithm(request.header('x-amz-checksum-algorithm'));
  const checksum = await orDiscard(context, parts, async () =>
    asked === undefined || (had?.algorithm === asked && had.type === 'FULL_OBJECT')
      ? had
      : { algorithm: asked, type: 'FULL_OBJECT' as const, value: await checksumOf(asked, context.blobs.read(parts, 0, source.version.size)) },
  );
  const version = await storeVersion(
    context,
    request,
    bucket,
    {
      key: request.key,
      size: source.version.size,
      etag: source.version.etag,
      headers: replace ? own : (JSON.parse(source.version.headers) as Record<string, string>),
      checksum,
      blobs: parts,
      tags: request.header('x-amz-tagging-directive') === 'REPLACE' ? tagsFromHeader(request) : source.version.tags,
      lock,
    },
    { ifMatch: request.header('if-match'), ifNoneMatch: request.header('if-none-match') },
    'Copy',
  );
  sendXml(
    request,
    'CopyObjectResult',
    {
      ETag: `"${version.etag}"`,
      LastModified: new Date(version.modified).toISOString(),
      ...(checksum === null ? {} : { [`Checksum${checksum.algorithm}`]: checksum.value }),
    },
    { ...versionHeaders(bucket, version), 'x-amz-copy-source-version-id': versionLabel(source.bucket, source.version) },
  );
}

/** The version a request means: the one named, else the latest. */
export function versionOf(context: S3Context, request: S3Request, bucket: Bucket): Version {
  const id = request.field('versionId');
  const version = id === undefined ? context.objects.latest(bucket, request.key) : context.objects.byId(bucket, request.key, id);
  if (version === undefined) {
    throw id === undefined
      ? new S3Fault('NoSuchKey', 'The specified key does not exist.')
      : new S3Fault('NoSuchVersion', 'The specified version does not exist.');
  }
  if (version.marker === 1) {
    const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.version };
    throw id === undefined
      ? new S3Fault('NoSuchKey', 'The specified key does not exist.', headers)
      : new S3Fault('MethodNotAllowed', 'The specified method is not allowed against this resource.', headers);
  }
  return version;
}

function unchanged(request: S3Request, version: Version): boolean {
  const header = request.header;
  const seconds = Math.floor(version.modified / 1000) * 1000;
  const [match, noneMatch] = [header('if-match'), header('if-none-match')];
  const [since, unmodified] = [Date.parse(header('if-modified-since') ?? ''), Date.parse(header('if-unmodified-since') ?? '')];
  const failed = match === undefined ? seconds > unmodified : !sameTag(match, version);
  if (failed) throw new S3Fault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  return noneMatch === undefined ? seconds <= since : sameTag(noneMatch, version);
}

function rangeOf(text: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(text ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(Number(last) + 1, size);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (start >= size || (first === '' && Number(last) === 0))
    throw new S3Fault('InvalidRange', 'The requested range is not satisfiable', { 'content-range': `bytes */${size}` });
  return { start, end };
}

const overridable = ['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding'];

export async function getObject(context: S3Context, request: S3Request): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  const version = versionOf(context, request, bucket);
  const etag = `"${version.etag}"`;
  const common = { etag, 'last-modified': new Date(version.modified).toUTCString(), ...versionHeaders(bucket, version) };
  if (unchanged(request, version)) return sendEmpty(request, 304, common);
  const range = rangeOf(request.header('range'), version.size);
  const { start, end } = range ?? { start: 0, end: version.size };
  const overrides = Object.fromEntries(
    overridable.flatMap((name) => (request.field(`response-${name}`) === undefined ? [] : [[name, request.field(`response-${name}`) ?? '']])),
  );
  const tags = version.tags === null ? [] : (JSON.parse(version.tags) as unknown[]);
  const headers = {
    ...(JSON.parse(version.headers) as Record<string, string>),
    ...overrides,
    ...common,
    'accept-ranges': 'bytes',
    'content-length': end - start,
    ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${version.size}` }),
    ...(request.header('x-amz-checksum-mode') === 'ENABLED' && range === undefined ? checksumHeaders(version) : {}),
    ...(version.lockMode === null || version.lockUntil === null
      ? {}
      : { 'x-amz-object-lock-mode': version.lockMode, 'x-amz-object-lock-retain-until-date': new Date(version.lockUntil).toISOString() }),
    ...(bucket.locked ? { 'x-amz-object-lock-legal-hold': version.legalHold === 1 ? 'ON' : 'OFF' } : {}),
    ...(tags.length === 0 ? {} : { 'x-amz-tagging-count': tags.length }),
  };
  const status = range === undefined ? 200 : 206;
  if (request.method === 'HEAD') return sendEmpty(request, status, headers);
  request.response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) request.response.setHeader(name, value);
  await pipeline(context.blobs.read(blobsOf(version), start, end), request.response);
}

export async function deleteObject(context: S3Context, request: S3Request): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  const bypassGovernance = request.header('x-amz-bypass-governance-retention') === 'true';
  const outcome = await context.objects.remove(bucket, request.key, request.field('versionId'), { bypassGovernance, ifMatch: request.header('if-match') });
  sendEmpty(request, 204, { 'x-amz-version-id': outcome.version, 'x-amz-delete-marker': outcome.marker ? 'true' : undefined });
}

export async function deleteObjects(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  const root = parseXml(await readText(request, mode), 'Delete');
  const named = childrenOf(root, 'Object');
  if (named.length === 0 || named.length > 1000) throw new S3Fault('MalformedXML', 'Between 1 and 1000 objects can be deleted in one request.');
  const quiet = textOf(root, 'Quiet') === 'true';
  const bypassGovernance = request.header('x-amz-bypass-governance-retention') === 'true';
  const Deleted = [];
  const Errors = [];
  for (const one of named) {
    // Keys are not trimmed: a key may begin or end with a space.
    const Key = childOf(one, 'Key')?.text ?? '';
    const VersionId = textOf(one, 'VersionId');
    try {
      const outcome = await context.objects.remove(bucket, Key, VersionId, { bypassGovernance, ifMatch: textOf(one, 'ETag') });
      const marker = outcome.marker ? { DeleteMarker: true, DeleteMarkerVersionId: outcome.version } : {};
      Deleted.push({ Key, VersionId, ...marker });
    } catch (error) {
      const fault = error instanceof S3Fault ? error : new S3Fault('InternalError', 'We encountered an internal error. Please try again.');
      Errors.push({ Key, VersionId, Code: fault.code, Message: fault.message });
    }
  }
  sendXml(request, 'DeleteResult', { ...(quiet ? {} : { Deleted }), Error: Errors });
}

/** An error as S3 words it. */
export function faultDocument(fault: S3Fault, request: { readonly path: string; readonly requestId: string }): string {
  return toXml('Error', { Code: fault.code, Message: fault.message, Resource: request.path, RequestId: request.requestId });
}
