// One request as the routes see it, and the reading of its body.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeAwsChunked, type Trailers } from './aws-chunked.ts';
import type { BlobFiles, BlobPart } from './blob-files.ts';
import { type ChecksumAlgorithm, checksumAlgorithms, checksumHeader, type RunningChecksum, startChecksum } from './checksum.ts';
import { S3Fault } from './s3-fault.ts';
import { decodeStrict, type PayloadMode, type QueryPairs } from './signature.ts';

export interface S3Request {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
  readonly query: QueryPairs;
  readonly bucket: string;
  readonly key: string;
  readonly requestId: string;
  readonly header: (name: string) => string | undefined;
  /** Value of a query field; the empty text for a bare `?name`. */
  readonly field: (name: string) => string | undefined;
}

const longestKey = 1024;

export function readTarget(incoming: IncomingMessage, response: ServerResponse, requestId: string): S3Request {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const query = (mark === -1 ? '' : url.slice(mark + 1))
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const is = pair.indexOf('=');
      const of = (text: string) => decodeStrict(text.replaceAll('+', ' '));
      return is === -1 ? ([of(pair), ''] as const) : ([of(pair.slice(0, is)), of(pair.slice(is + 1))] as const);
    });
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const decodedKey = decodeStrict(key);
  if (Buffer.byteLength(decodedKey) > longestKey) throw new S3Fault('KeyTooLongError', 'Your key is too long');
  if (decodedKey.includes('\0')) throw new S3Fault('InvalidArgument', 'A key cannot hold a null character.');
  return {
    incoming,
    response,
    method: incoming.method ?? 'GET',
    path,
    query,
    bucket: decodeStrict(bucket),
    key: decodedKey,
    requestId,
    header: (name) => {
      const value = incoming.headers[name];
      return Array.isArray(value) ? value.join(',') : value;
    },
    field: (name) => query.find(([n]) => n === name)?.[1],
  };
}

/** The payload of the request, unwrapped; `trailers` is full when the stream has ended. */
function payloadOf(request: S3Request, mode: PayloadMode, trailers: Trailers): AsyncIterable<Buffer> {
  if (request.header('expect')?.toLowerCase() === '100-continue') request.response.writeContinue();
  // An early stop must not cut the line: the refusal still has to reach the client.
  const raw: AsyncIterable<Buffer> = request.incoming.iterator({ destroyOnReturn: false });
  return mode.kind === 'chunked' ? decodeAwsChunked(raw, mode.signing, trailers) : raw;
}

function expectedLength(request: S3Request, mode: PayloadMode): number | undefined {
  const text = mode.kind === 'chunked' ? request.header('x-amz-decoded-content-length') : request.header('content-length');
  if (text === undefined) {
    if (mode.kind === 'plain' && request.header('transfer-encoding') !== undefined) return undefined;
    throw new S3Fault('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (!/^\d{1,15}$/.test(text)) throw new S3Fault('InvalidArgument', 'The content length is malformed.');
  return Number(text);
}

/** A small body as text (XML of a request). */
export async function readText(request: S3Request, mode: PayloadMode, limit = 8 * 2 ** 20): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payloadOf(request, mode, new Map())) {
    size += chunk.length;
    if (size > limit) throw new S3Fault('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  refuseDigest(mode.kind === 'plain' ? mode.sha256 : undefined, () => createHash('sha256').update(bytes).digest('hex'), 'XAmzContentSHA256Mismatch');
  refuseDigest(request.header('content-md5'), () => createHash('md5').update(bytes).digest('base64'), 'BadDigest');
  return bytes.toString('utf8');
}

function refuseDigest(given: string | undefined, computed: () => string, code: 'XAmzContentSHA256Mismatch' | 'BadDigest'): void {
  if (given === undefined || computed() === given) return;
  throw new S3Fault(
    code,
    code === 'BadDigest'
      ? 'The digest you specified did not match what we received.'
      : "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}

export interface Received {
  readonly blob: BlobPart;
  /** Hex MD5 of the bytes. */
  readonly etag: string;
  readonly checksums: Readonly<Partial<Record<ChecksumAlgorithm, string>>>;
}

/** Largest single put of S3. */
const largestPut = 5 * 2 ** 30;

/**
 * Takes bytes in as a stream, counts and hashes them on the way, makes them durable, and holds them against all that was claimed.
 * When a claim is wrong nothing stays behind.
 */
export async function receiveBytes(
  source: AsyncIterable<Buffer>,
  blobs: BlobFiles,
  wanted: readonly ChecksumAlgorithm[],
  bounds: { readonly exactly?: number | undefined; readonly atMost?: number },
): Promise<Received & { readonly sha256: string | undefined }> {
  const md5 = createHash('md5');
  const running = new Map<ChecksumAlgorithm, RunningChecksum>();
  for (const algorithm of wanted) running.set(algorithm, await startChecksum(algorithm));
  const limit = bounds.exactly ?? bounds.atMost ?? largestPut;
  async function* measured(): AsyncGenerator<Buffer> {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limit || size > largestPut) throw new S3Fault('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
      md5.update(chunk);
      for (const checksum of running.values()) checksum.update(chunk);
      yield chunk;
    }
    if (bounds.exactly !== undefined && size !== bounds.exactly) {
      throw new S3Fault('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');
    }
  }
  const blob = await blobs.receive(measured());
  const digests = new Map([...running].map(([algorithm, checksum]) => [algorithm, checksum.digest()]));
  return {
    blob,
    etag: md5.digest('hex'),
    checksums: Object.fromEntries([...digests].map(([algorithm, digest]) => [algorithm, digest.toString('base64')])),
    sha256: digests.get('SHA256')?.toString('hex'),
  };
}

/** Body of a put or a part. `also` names an algorithm that is wanted even when the client claims nothing. */
export async function receiveBody(request: S3Request, mode: PayloadMode, blobs: BlobFiles, also?: ChecksumAlgorithm | null): Promise<Received> {
  const trailers: Trailers = new Map();
  const announced = (request.header('x-amz-trailer') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const claimedIn = (algorithm: ChecksumAlgorithm) => {
    const name = checksumHeader(algorithm);
    return request.header(name) !== undefined || announced.includes(name);
  };
  const claimed = checksumAlgorithms.filter(claimedIn);
  if (claimed.length > 1) throw new S3Fault('InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  const payloadHash = mode.kind === 'plain' ? mode.sha256 : undefined;
  const wanted = new Set<ChecksumAlgorithm>([...claimed, ...(also ? [also] : []), ...(payloadHash === undefined ? [] : ['SHA256' as const])]);
  const received = await receiveBytes(payloadOf(request, mode, trailers), blobs, [...wanted], { exactly: expectedLength(request, mode) });
  try {
    refuseDigest(payloadHash, () => received.sha256 ?? '', 'XAmzContentSHA256Mismatch');
    refuseDigest(request.header('content-md5'), () => Buffer.from(received.etag, 'hex').toString('base64'), 'BadDigest');
    for (const algorithm of claimed) {
      const name = checksumHeader(algorithm);
      refuseDigest(request.header(name) ?? trailers.get(name) ?? '', () => received.checksums[algorithm] ?? '', 'BadDigest');
    }
  } catch (error) {
    await blobs.discard([received.blob.id]);
    throw error;
  }
  const kept = [...claimed, ...(also ? [also] : [])];
  return { blob: received.blob, etag: received.etag, checksums: Object.fromEntries(kept.map((a) => [a, received.checksums[a] ?? ''])) };
}
