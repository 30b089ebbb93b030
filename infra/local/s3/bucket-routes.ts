// Buckets: make, remove, settings, and their listings.
import { corsFromXml, corsToXml } from './cors.ts';
import { lifecycleFromXml, lifecycleToXml } from './lifecycle.ts';
import type { Listing } from './object-listing.ts';
import { asLockMode } from './object-lock.ts';
import type { Version } from './object-store.ts';
import { checksumFields, type S3Context, sendEmpty, sendXml } from './s3-context.ts';
import { S3Fault } from './s3-fault.ts';
import { readText, type S3Request } from './s3-request.ts';
import { encodeStrict, type PayloadMode } from './signature.ts';
import { childOf, parseXml, textOf } from './xml.ts';

const owner = { ID: 'woordspoor', DisplayName: 'woordspoor' };

export function listBuckets(context: S3Context, request: S3Request): void {
  const Bucket = context.buckets.list().map((bucket) => ({ Name: bucket.name, CreationDate: new Date(bucket.created).toISOString() }));
  sendXml(request, 'ListAllMyBucketsResult', { Owner: owner, Buckets: { Bucket } });
}

export function createBucket(context: S3Context, request: S3Request): void {
  context.buckets.create(request.bucket, request.header('x-amz-bucket-object-lock-enabled') === 'true');
  sendEmpty(request, 200, { location: `/${request.bucket}` });
}

export function deleteBucket(context: S3Context, request: S3Request): void {
  context.buckets.get(request.bucket);
  context.buckets.remove(request.bucket);
  sendEmpty(request, 204);
}

export function headBucket(context: S3Context, request: S3Request): void {
  context.buckets.get(request.bucket);
  sendEmpty(request, 200, { 'x-amz-bucket-region': context.region });
}

export function bucketLocation(context: S3Context, request: S3Request): void {
  context.buckets.get(request.bucket);
  sendXml(request, 'LocationConstraint', {}, {});
}

export async function bucketVersioning(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  if (request.method === 'GET') return sendXml(request, 'VersioningConfiguration', bucket.versioning === 'never' ? {} : { Status: bucket.versioning });
  const status = textOf(parseXml(await readText(request, mode), 'VersioningConfiguration'), 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') throw new S3Fault('MalformedXML', 'The Status must be Enabled or Suspended.');
  context.buckets.setVersioning(context.buckets.get(bucket.name), status);
  sendEmpty(request, 200);
}

export async function bucketCors(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  if (request.method === 'GET') {
    if (bucket.cors === null) throw new S3Fault('NoSuchCORSConfiguration', 'The CORS configuration does not exist');
    return sendXml(request, 'CORSConfiguration', corsToXml(bucket.cors));
  }
  const rules = request.method === 'DELETE' ? null : corsFromXml(parseXml(await readText(request, mode), 'CORSConfiguration'));
  context.buckets.setCors(context.buckets.get(bucket.name), rules);
  sendEmpty(request, request.method === 'DELETE' ? 204 : 200);
}

export async function bucketLifecycle(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  if (request.method === 'GET') {
    if (bucket.lifecycle === null) throw new S3Fault('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist');
    return sendXml(request, 'LifecycleConfiguration', lifecycleToXml(bucket.lifecycle));
  }
  const rules = request.method === 'DELETE' ? null : lifecycleFromXml(parseXml(await readText(request, mode), 'LifecycleConfiguration'));
  context.buckets.setLifecycle(context.buckets.get(bucket.name), rules);
  sendEmpty(request, request.method === 'DELETE' ? 204 : 200);
}

export async function bucketObjectLock(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  if (request.method === 'GET') {
    if (!bucket.locked) throw new S3Fault('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket');
    const { retention } = bucket;
    const Rule = retention === null ? undefined : { DefaultRetention: { Mode: retention.mode, Days: retention.days, Years: retention.years } };
    return sendXml(request, 'ObjectLockConfiguration', { ObjectLockEnabled: 'Enabled', Rule });
  }
  const root = parseXml(await readText(request, mode), 'ObjectLockConfiguration');
  const rule = childOf(childOf(root, 'Rule'), 'DefaultRetention');
  const [days, years] = [textOf(rule, 'Days'), textOf(rule, 'Years')];
  const wrong = rule !== undefined && ((days === undefined) === (years === undefined) || !/^[1-9]\d{0,4}$/.test(days ?? years ?? ''));
  if (textOf(root, 'ObjectLockEnabled') !== 'Enabled' || wrong)
    throw new S3Fault('MalformedXML', 'The Object Lock configuration did not validate against our published schema.');
  const length = days === undefined ? { years: Number(years) } : { days: Number(days) };
  context.buckets.setRetention(context.buckets.get(bucket.name), rule === undefined ? null : { mode: asLockMode(textOf(rule, 'Mode')), ...length });
  sendEmpty(request, 200);
}

function limitOf(request: S3Request): number {
  const text = request.field('max-keys') ?? '1000';
  if (!/^\d{1,9}$/.test(text)) throw new S3Fault('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  return Math.min(Number(text), 1000);
}

function encoderOf(request: S3Request): (text: string) => string {
  const type = request.field('encoding-type');
  if (type === undefined) return (text) => text;
  if (type !== 'url') throw new S3Fault('InvalidArgument', 'Invalid Encoding Method specified in Request');
  return (text) => encodeStrict(text).replaceAll('%2F', '/');
}

function contentOf(version: Version, encode: (text: string) => string) {
  const checksum = checksumFields(version);
  return {
    Key: encode(version.key),
    LastModified: new Date(version.modified).toISOString(),
    ETag: `"${version.etag}"`,
    ChecksumAlgorithm: checksum?.algorithm,
    ChecksumType: checksum?.type,
    Size: version.size,
    StorageClass: 'STANDARD',
  };
}

function prefixesOf(listing: Listing, encode: (text: string) => string) {
  return listing.prefixes.map((prefix) => ({ Prefix: encode(prefix) }));
}

function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

export function listObjects(context: S3Context, request: S3Request): void {
  const bucket = context.buckets.get(request.bucket);
  const second = request.field('list-type') === '2';
  const encode = encoderOf(request);
  const [prefix, delimiter, limit] = [request.field('prefix') ?? '', request.field('delimiter') ?? '', limitOf(request)];
  const token = request.field('continuation-token');
  const after = second
    ? token === undefined
      ? (request.field('start-after') ?? '')
      : Buffer.from(token, 'base64url').toString('utf8')
    : (request.field('marker') ?? '');
  const listing = context.listing.objects(bucket, { prefix, delimiter, limit, after });
  const common = {
    Name: bucket.name,
    Prefix: encode(prefix),
    MaxKeys: limit,
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType: request.field('encoding-type'),
    IsTruncated: listing.next !== undefined,
    Contents: listing.items.map((version) => contentOf(version, encode)),
    CommonPrefixes: prefixesOf(listing, encode),
  };
  const next = listing.next?.key;
  if (!second) {
    sendXml(request, 'ListBucketResult', { ...common, Marker: encode(after), NextMarker: next === undefined ? undefined : encode(next) });
    return;
  }
  sendXml(request, 'ListBucketResult', {
    ...common,
    KeyCount: listing.items.length + listing.prefixes.length,
    ContinuationToken: token,
    StartAfter: request.field('start-after'),
    NextContinuationToken: next === undefined ? undefined : tokenOf(next),
  });
}

export function listVersions(context: S3Context, request: S3Request): void {
  const bucket = context.buckets.get(request.bucket);
  const encode = encoderOf(request);
  const [prefix, delimiter, limit] = [request.field('prefix') ?? '', request.field('delimiter') ?? '', limitOf(request)];
  const [keyMarker, versionMarker] = [request.field('key-marker') ?? '', request.field('version-id-marker')];
  if (keyMarker === '' && versionMarker) throw new S3Fault('InvalidArgument', 'A version-id marker cannot be specified without a key marker.');
  const listing = context.listing.versions(bucket, {
    prefix,
    delimiter,
    limit,
    after: keyMarker,
    afterVersion: versionMarker === '' ? undefined : versionMarker,
  });
  const rows = (marker: 0 | 1) => listing.items.filter((version) => version.marker === marker);
  const identity = (version: Version) => ({ VersionId: version.version, IsLatest: version.latest === 1, Owner: owner });
  const next = listing.next;
  sendXml(request, 'ListVersionsResult', {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: versionMarker ?? '',
    NextKeyMarker: next === undefined ? undefined : encode(next.key),
    NextVersionIdMarker: next?.version,
    MaxKeys: limit,
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType: request.field('encoding-type'),
    IsTruncated: next !== undefined,
    Version: rows(0).map((version) => ({ ...contentOf(version, encode), ...identity(version) })),
    DeleteMarker: rows(1).map((version) => ({ Key: encode(version.key), LastModified: new Date(version.modified).toISOString(), ...identity(version) })),
    CommonPrefixes: prefixesOf(listing, encode),
  });
}
