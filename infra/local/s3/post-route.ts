// The browser's form upload.
import { type ChecksumAlgorithm, checksumAlgorithms, checksumHeader } from './checksum.ts';
import { readForm } from './form-data.ts';
import { lockOfNewVersion } from './object-lock.ts';
import { headersToKeep, storedChecksum } from './object-routes.ts';
import { checkPostPolicy } from './post-policy.ts';
import { orDiscard, type S3Context, sendEmpty, sendXml, storeVersion, versionHeaders } from './s3-context.ts';
import { S3Fault } from './s3-fault.ts';
import { receiveBytes, type S3Request } from './s3-request.ts';
import { type Credentials, encodeStrict } from './signature.ts';

export async function postObject(context: S3Context, request: S3Request, credentials: Credentials): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  if (request.header('expect')?.toLowerCase() === '100-continue') request.response.writeContinue();
  const form = await readForm(request.incoming.iterator({ destroyOnReturn: false }), request.header('content-type'));
  const bounds = checkPostPolicy(bucket.name, form.fields, credentials, context.epochMs());
  const key = form.fields.get('key')?.replaceAll(`$\{filename}`, form.fileName.replace(/^.*[\\/]/, ''));
  if (key === undefined || key === '' || Buffer.byteLength(key) > 1024 || key.includes('\0'))
    throw new S3Fault('InvalidArgument', 'Bucket POST must contain a field named "key".');
  const field = (name: string) => form.fields.get(name);
  const claimed = checksumAlgorithms.filter((algorithm) => field(checksumHeader(algorithm)) !== undefined);
  const lock = lockOfNewVersion(bucket, field, context.epochMs());
  const headers = headersToKeep(
    field,
    [...form.fields.keys()].filter((name) => name !== 'x-amz-acl' || field(name) !== 'private'),
  );
  const received = await receiveBytes(form.file, context.blobs, claimed, { atMost: bounds.largest });
  await orDiscard(context, [received.blob], () => {
    if (received.blob.size < bounds.smallest) throw new S3Fault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    const wrong = claimed.some((algorithm: ChecksumAlgorithm) => received.checksums[algorithm] !== field(checksumHeader(algorithm)));
    if (wrong) throw new S3Fault('BadDigest', 'The digest you specified did not match what we received.');
  });
  const version = await storeVersion(
    context,
    request,
    bucket,
    { key, size: received.blob.size, etag: received.etag, headers, checksum: storedChecksum(received.checksums), blobs: [received.blob], tags: null, lock },
    {},
    'Post',
  );
  const location = `http://${request.header('host') ?? ''}/${bucket.name}/${key.split('/').map(encodeStrict).join('/')}`;
  const common = { etag: `"${version.etag}"`, location, ...versionHeaders(bucket, version) };
  const status = field('success_action_status');
  if (status === '201') return sendXml(request, 'PostResponse', { Location: location, Bucket: bucket.name, Key: key, ETag: `"${version.etag}"` }, common, 201);
  sendEmpty(request, status === '200' ? 200 : 204, common);
}
