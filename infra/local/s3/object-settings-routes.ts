// What can be set on a version after it was made: tags, retention and legal hold.
import { asLockDate, asLockMode, refuseRetentionChange } from './object-lock.ts';
import { versionOf } from './object-routes.ts';
import type { Version } from './object-store.ts';
import { type S3Context, sendEmpty, sendXml, versionHeaders } from './s3-context.ts';
import { S3Fault } from './s3-fault.ts';
import { readText, type S3Request } from './s3-request.ts';
import type { PayloadMode } from './signature.ts';
import { childOf, childrenOf, parseXml, textOf } from './xml.ts';

export async function objectTagging(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  const version = versionOf(context, request, bucket);
  if (request.method === 'GET') {
    const tags = version.tags === null ? [] : (JSON.parse(version.tags) as [string, string][]);
    return sendXml(request, 'Tagging', { TagSet: { Tag: tags.map(([Key, Value]) => ({ Key, Value })) } }, versionHeaders(bucket, version));
  }
  if (request.method === 'DELETE') {
    context.objects.setTags(version, null);
    return sendEmpty(request, 204, versionHeaders(bucket, version));
  }
  const set = childOf(parseXml(await readText(request, mode), 'Tagging'), 'TagSet');
  const tags = childrenOf(set, 'Tag').map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']);
  if (tags.length > 10) throw new S3Fault('InvalidArgument', 'Object tags cannot be greater than 10');
  context.objects.setTags(version, JSON.stringify(tags));
  sendEmpty(request, 200, versionHeaders(bucket, version));
}

function lockableVersion(context: S3Context, request: S3Request): Version {
  const bucket = context.buckets.get(request.bucket);
  if (!bucket.locked) throw new S3Fault('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  return versionOf(context, request, bucket);
}

const noLockSet = () => new S3Fault('NoSuchObjectLockConfiguration', 'The specified object does not have a ObjectLock configuration');

export async function objectRetention(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const version = lockableVersion(context, request);
  if (request.method === 'GET') {
    if (version.lockMode === null || version.lockUntil === null) throw noLockSet();
    return sendXml(request, 'Retention', { Mode: version.lockMode, RetainUntilDate: new Date(version.lockUntil).toISOString() });
  }
  const root = parseXml(await readText(request, mode), 'Retention');
  const empty = root.children.length === 0;
  const to = empty
    ? { lockMode: null, lockUntil: null }
    : { lockMode: asLockMode(textOf(root, 'Mode')), lockUntil: asLockDate(textOf(root, 'RetainUntilDate')) };
  const now = lockableVersion(context, request);
  refuseRetentionChange(now, to, request.header('x-amz-bypass-governance-retention') === 'true', context.epochMs());
  context.objects.setLock(now, { ...to, legalHold: now.legalHold });
  sendEmpty(request, 200);
}

export async function objectLegalHold(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const version = lockableVersion(context, request);
  if (request.method === 'GET') return sendXml(request, 'LegalHold', { Status: version.legalHold === 1 ? 'ON' : 'OFF' });
  const status = textOf(parseXml(await readText(request, mode), 'LegalHold'), 'Status');
  if (status !== 'ON' && status !== 'OFF') throw new S3Fault('MalformedXML', 'Legal Hold must be either of "ON" or "OFF"');
  const now = lockableVersion(context, request);
  context.objects.setLock(now, { lockMode: now.lockMode, lockUntil: now.lockUntil, legalHold: status === 'ON' ? 1 : 0 });
  sendEmpty(request, 200);
}
