// Multipart uploads: begin, part, part copied from another object, list, complete, abort.
import { checksumAlgorithms } from './checksum.ts';
import { checksumsOf, type NamedPart, namedAlgorithm } from './multipart.ts';
import { lockOfNewVersion } from './object-lock.ts';
import { copySource, keptHeadersOf, tagsFromHeader } from './object-routes.ts';
import { blobsOf } from './object-store.ts';
import { checksumFields, eventNote, orDiscard, type S3Context, sendEmpty, sendXml, versionHeaders } from './s3-context.ts';
import { S3Fault } from './s3-fault.ts';
import { type Received, readText, receiveBody, receiveBytes, type S3Request } from './s3-request.ts';
import { encodeStrict, type PayloadMode } from './signature.ts';
import { childrenOf, parseXml, textOf } from './xml.ts';

export function createUpload(context: S3Context, request: S3Request): void {
  const bucket = context.buckets.get(request.bucket);
  const algorithm = namedAlgorithm(request.header('x-amz-checksum-algorithm'));
  const upload = context.multipart.create(bucket, request.key, {
    headers: keptHeadersOf(request),
    algorithm,
    type: request.header('x-amz-checksum-type'),
    tags: tagsFromHeader(request),
    lock: lockOfNewVersion(bucket, request.header, context.epochMs()),
  });
  sendXml(
    request,
    'InitiateMultipartUploadResult',
    { Bucket: bucket.name, Key: upload.key, UploadId: upload.id },
    { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': upload.checksumType ?? undefined },
  );
}

function partNumberOf(request: S3Request): number {
  const text = request.field('partNumber') ?? '';
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number < 1 || number > 10_000)
    throw new S3Fault('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  return number;
}

function copyRange(request: S3Request, size: number): { start: number; end: number } {
  const text = request.header('x-amz-copy-source-range');
  if (text === undefined) return { start: 0, end: size };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(text) ?? [];
  if (first === undefined || last === undefined || Number(last) < Number(first) || Number(last) >= size) {
    throw new S3Fault(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  return { start: Number(first), end: Number(last) + 1 };
}

export async function putPart(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  const upload = context.multipart.get(bucket, request.key, request.field('uploadId') ?? '');
  const number = partNumberOf(request);
  const copied = request.header('x-amz-copy-source') === undefined ? undefined : copySource(context, request).version;
  let received: Received;
  if (copied === undefined) {
    received = await receiveBody(request, mode, context.blobs, upload.checksumAlgorithm);
  } else {
    const { start, end } = copyRange(request, copied.size);
    const wanted = upload.checksumAlgorithm === null ? [] : [upload.checksumAlgorithm];
    received = await receiveBytes(context.blobs.read(blobsOf(copied), start, end), context.blobs, wanted, { exactly: end - start });
  }
  const { blob, etag, checksums } = received;
  const modified = context.epochMs();
  await orDiscard(context, [blob], () =>
    context.multipart.putPart(upload, { number, blob: blob.id, size: blob.size, etag, modified, checksums: JSON.stringify(checksums) }),
  );
  const headers = Object.fromEntries(Object.entries(checksums).map(([algorithm, value]) => [`x-amz-checksum-${algorithm.toLowerCase()}`, value]));
  if (copied === undefined) return sendEmpty(request, 200, { etag: `"${etag}"`, ...headers });
  const sums = Object.fromEntries(Object.entries(checksums).map(([algorithm, value]) => [`Checksum${algorithm}`, value]));
  sendXml(request, 'CopyPartResult', { ETag: `"${etag}"`, LastModified: new Date(modified).toISOString(), ...sums });
}

function limitOf(request: S3Request, name: string): number {
  const text = request.field(name) ?? '1000';
  if (!/^\d{1,9}$/.test(text)) throw new S3Fault('InvalidArgument', `Provided ${name} not an integer or within integer range`);
  return Math.min(Number(text), 1000);
}

export function listParts(context: S3Context, request: S3Request): void {
  const bucket = context.buckets.get(request.bucket);
  const upload = context.multipart.get(bucket, request.key, request.field('uploadId') ?? '');
  const limit = limitOf(request, 'max-parts');
  const marker = Number(request.field('part-number-marker') ?? 0);
  const found = context.multipart.parts(upload, Number.isInteger(marker) ? marker : 0, limit + 1);
  const page = found.slice(0, limit);
  sendXml(request, 'ListPartsResult', {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number,
    MaxParts: limit,
    IsTruncated: found.length > limit,
    StorageClass: 'STANDARD',
    ChecksumAlgorithm: upload.checksumAlgorithm ?? undefined,
    ChecksumType: upload.checksumType ?? undefined,
    Part: page.map((part) => ({
      PartNumber: part.number,
      LastModified: new Date(part.modified).toISOString(),
      ETag: `"${part.etag}"`,
      Size: part.size,
      ...Object.fromEntries(Object.entries(checksumsOf(part)).map(([algorithm, value]) => [`Checksum${algorithm}`, value])),
    })),
  });
}

export function listUploads(context: S3Context, request: S3Request): void {
  const bucket = context.buckets.get(request.bucket);
  if (request.field('delimiter') !== undefined) throw new S3Fault('NotImplemented', 'This engine lists uploads without a delimiter.');
  const limit = limitOf(request, 'max-uploads');
  const [prefix, keyMarker, idMarker] = [request.field('prefix') ?? '', request.field('key-marker') ?? '', request.field('upload-id-marker') ?? ''];
  // Without an upload id the marker's own key is done with.
  const found = context.multipart.uploads(bucket, prefix, keyMarker, idMarker === '' ? '\u{10FFFF}' : idMarker, limit + 1);
  const page = found.slice(0, limit);
  const more = found.length > limit;
  sendXml(request, 'ListMultipartUploadsResult', {
    Bucket: bucket.name,
    KeyMarker: keyMarker,
    UploadIdMarker: idMarker,
    Prefix: prefix,
    NextKeyMarker: more ? page.at(-1)?.key : undefined,
    NextUploadIdMarker: more ? page.at(-1)?.id : undefined,
    MaxUploads: limit,
    IsTruncated: more,
    Upload: page.map((upload) => ({
      Key: upload.key,
      UploadId: upload.id,
      StorageClass: 'STANDARD',
      Initiated: new Date(upload.started).toISOString(),
      ChecksumAlgorithm: upload.checksumAlgorithm ?? undefined,
      ChecksumType: upload.checksumType ?? undefined,
    })),
  });
}

export async function completeUpload(context: S3Context, request: S3Request, mode: PayloadMode): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  const root = parseXml(await readText(request, mode), 'CompleteMultipartUpload');
  const parts = childrenOf(root, 'Part').map((part): NamedPart => {
    const number = Number(textOf(part, 'PartNumber'));
    const etag = textOf(part, 'ETag');
    if (!Number.isInteger(number) || etag === undefined) throw new S3Fault('MalformedXML', 'A part needs a number and an ETag.');
    const checksums = checksumAlgorithms.flatMap((algorithm) => {
      const value = textOf(part, `Checksum${algorithm}`);
      return value === undefined ? [] : [[algorithm, value] as const];
    });
    return { number, etag, checksums: Object.fromEntries(checksums) };
  });
  const upload = context.multipart.get(bucket, request.key, request.field('uploadId') ?? '');
  const algorithm = checksumAlgorithms.find((one) => request.header(`x-amz-checksum-${one.toLowerCase()}`) !== undefined);
  const claimed = algorithm === undefined ? undefined : { algorithm, value: request.header(`x-amz-checksum-${algorithm.toLowerCase()}`) ?? '' };
  const conditions = { ifMatch: request.header('if-match'), ifNoneMatch: request.header('if-none-match') };
  const version = await context.multipart.complete(bucket, upload, { parts, conditions, claimed }, eventNote(context, request, 'CompleteMultipartUpload'));
  context.outbox?.deliver();
  const checksum = checksumFields(version);
  const path = request.key.split('/').map(encodeStrict).join('/');
  sendXml(
    request,
    'CompleteMultipartUploadResult',
    {
      Location: `http://${request.header('host') ?? ''}/${bucket.name}/${path}`,
      Bucket: bucket.name,
      Key: version.key,
      ETag: `"${version.etag}"`,
      ...(checksum === null ? {} : { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type }),
    },
    versionHeaders(bucket, version),
  );
}

export async function abortUpload(context: S3Context, request: S3Request): Promise<void> {
  const bucket = context.buckets.get(request.bucket);
  await context.multipart.abort(context.multipart.get(bucket, request.key, request.field('uploadId') ?? ''));
  sendEmpty(request, 204);
}
