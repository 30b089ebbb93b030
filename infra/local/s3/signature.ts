// AWS Signature Version 4: in the Authorization header, in the query of a presigned link, and for form uploads.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { S3Fault } from './s3-fault.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export type QueryPairs = readonly (readonly [name: string, value: string])[];

/** How the body vouches for itself. */
export type PayloadMode = { readonly kind: 'plain'; readonly sha256?: string } | { readonly kind: 'chunked'; readonly signing?: ChunkSigning };

export interface ChunkSigning {
  readonly key: Buffer;
  readonly amzDate: string;
  readonly scope: string;
  readonly seed: string;
}

interface SignedRequest {
  /** Name of the service in the credential scope. */
  readonly service?: string;
  readonly method: string;
  /** Path as received, still percent-encoded. */
  readonly path: string;
  readonly query: QueryPairs;
  readonly headers: IncomingHttpHeaders;
}

const sevenDays = 7 * 24 * 3600;
const skewMs = 15 * 60_000;

export function sha256Hex(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function hmacHex(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Percent-encoding of RFC 3986 as SigV4 wants it. */
export function encodeStrict(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function decodeStrict(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Fault('InvalidURI', "Couldn't parse the specified URI.");
  }
}

export function parseAmzDate(text: string): number {
  const m = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (m === null) throw new S3Fault('AccessDenied', 'The date of the request is absent or malformed.');
  return Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6]));
}

/** `AKID/20261124/eu-central-1/s3/aws4_request` → signing key and scope. */
export function signingKeyFor(credential: string, credentials: Credentials, expected = 's3'): { key: Buffer; scope: string; date: string } {
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split('/');
  if (date === undefined || region === undefined || service !== expected || terminator !== 'aws4_request' || rest.length > 0) {
    throw new S3Fault('AccessDenied', 'The credential scope is malformed.');
  }
  if (accessKeyId !== credentials.accessKeyId) throw new S3Fault('InvalidAccessKeyId', 'The access key ID you provided does not exist in our records.');
  const key = hmac(hmac(hmac(hmac(`AWS4${credentials.secretAccessKey}`, date), region), service), terminator);
  return { key, scope: `${date}/${region}/${service}/${terminator}`, date };
}

function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[], payload: string): string {
  const path = request.path
    .split('/')
    .map((part) => encodeStrict(decodeStrict(part)))
    .join('/');
  const query = request.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeStrict(name), encodeStrict(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = signedHeaders
    .map(
      (name) =>
        `${name}:${String(request.headers[name] ?? '')
          .trim()
          .replace(/ +/g, ' ')}\n`,
    )
    .join('');
  return [request.method, path, query, headers, signedHeaders.join(';'), payload].join('\n');
}

function refuseUnsignedHeaders(headers: IncomingHttpHeaders, signed: readonly string[]): void {
  const unsigned = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !signed.includes(name));
  if (!signed.includes('host') || unsigned.length > 0) {
    throw new S3Fault(
      'AccessDenied',
      `There were headers present in the request which were not signed: ${['host', ...unsigned].filter((n) => !signed.includes(n)).join(', ')}`,
    );
  }
}

function refuseMismatch(
  request: SignedRequest,
  credential: string,
  amzDate: string,
  signedHeaders: readonly string[],
  payload: string,
  given: string,
  credentials: Credentials,
) {
  const { key, scope, date } = signingKeyFor(credential, credentials, request.service);
  if (!amzDate.startsWith(date)) throw new S3Fault('AccessDenied', 'The credential date does not match the request date.');
  const toSign = ['AWS4-HMAC-SHA256', amzDate, scope, sha256Hex(canonicalRequest(request, signedHeaders, payload))].join('\n');
  if (!sameText(hmacHex(key, toSign), given)) {
    throw new S3Fault(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  }
  refuseUnsignedHeaders(request.headers, signedHeaders);
  return { key, scope };
}

function payloadModeOf(payload: string, signing: () => ChunkSigning): PayloadMode {
  if (payload === 'UNSIGNED-PAYLOAD') return { kind: 'plain' };
  if (payload === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return { kind: 'chunked' };
  if (payload === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' || payload === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER')
    return { kind: 'chunked', signing: signing() };
  if (/^[0-9a-f]{64}$/.test(payload)) return { kind: 'plain', sha256: payload };
  throw new S3Fault('InvalidArgument', 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING- value, or a valid sha256 value.');
}

function checkHeaderSignature(request: SignedRequest, authorization: string, credentials: Credentials, nowMs: number): PayloadMode {
  const m = /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(authorization);
  const [, credential, names, signature] = m ?? [];
  if (credential === undefined || names === undefined || signature === undefined) throw new S3Fault('AccessDenied', 'The authorization header is malformed.');
  const amzDate = String(request.headers['x-amz-date'] ?? '');
  const payload = request.headers['x-amz-content-sha256'];
  if (typeof payload !== 'string') throw new S3Fault('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  const at = parseAmzDate(amzDate);
  const { key, scope } = refuseMismatch(request, credential, amzDate, names.split(';'), payload, signature, credentials);
  if (Math.abs(nowMs - at) > skewMs) throw new S3Fault('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.');
  return payloadModeOf(payload, () => ({ key, amzDate, scope, seed: signature }));
}

function checkQuerySignature(request: SignedRequest, credentials: Credentials, nowMs: number): PayloadMode {
  const of = (name: string) => request.query.find(([n]) => n === name)?.[1] ?? '';
  if (of('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') throw new S3Fault('AccessDenied', 'Query-string authentication requires X-Amz-Algorithm=AWS4-HMAC-SHA256.');
  const seconds = Number(of('X-Amz-Expires'));
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > sevenDays)
    throw new S3Fault('AccessDenied', 'X-Amz-Expires must be a number of seconds, at most a week.');
  const header = request.headers['x-amz-content-sha256'];
  const payload = typeof header === 'string' ? header : of('X-Amz-Content-Sha256') || 'UNSIGNED-PAYLOAD';
  const amzDate = of('X-Amz-Date');
  const at = parseAmzDate(amzDate);
  const names = of('X-Amz-SignedHeaders').split(';');
  const { key, scope } = refuseMismatch(request, of('X-Amz-Credential'), amzDate, names, payload, of('X-Amz-Signature'), credentials);
  if (at > nowMs + skewMs) throw new S3Fault('AccessDenied', 'Request is not yet valid');
  if (nowMs > at + seconds * 1000) throw new S3Fault('AccessDenied', 'Request has expired');
  return payloadModeOf(payload, () => ({ key, amzDate, scope, seed: of('X-Amz-Signature') }));
}

/** Refuses whatever is not signed by the one known key; says how the body is to be read. */
export function checkSignature(request: SignedRequest, credentials: Credentials, nowMs: number): PayloadMode {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return checkHeaderSignature(request, authorization, credentials, nowMs);
  if (request.query.some(([name]) => name === 'X-Amz-Signature')) return checkQuerySignature(request, credentials, nowMs);
  throw new S3Fault('AccessDenied', 'Access Denied');
}
