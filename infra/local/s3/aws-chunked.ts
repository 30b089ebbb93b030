// The `aws-chunked` body: chunks with their size (and, when signed, their signature), then trailers.
//   1000;chunk-signature=ab…\r\n <4096 bytes> \r\n  …  0;chunk-signature=cd…\r\n x-amz-checksum-crc32:…\r\n \r\n
import { createHash } from 'node:crypto';
import { S3Fault } from './s3-fault.ts';
import { type ChunkSigning, hmacHex, sameText, sha256Hex } from './signature.ts';

export type Trailers = Map<string, string>;

const longestLine = 8192;
const mostTrailers = 32;

function lineReader(source: AsyncIterable<Buffer>) {
  const iterator = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async (): Promise<Buffer> => {
    const next = await iterator.next();
    if (next.done === true) throw new S3Fault('IncompleteBody', 'The body ended before its last chunk.');
    return next.value;
  };
  return {
    line: async (): Promise<string> => {
      for (;;) {
        const end = held.indexOf('\r\n');
        if (end !== -1) {
          const text = held.toString('latin1', 0, end);
          held = held.subarray(end + 2);
          return text;
        }
        if (held.length > longestLine) throw new S3Fault('InvalidRequest', 'A line of the chunked body is too long.');
        held = Buffer.concat([held, await more()]);
      }
    },
    /** At least one byte, at most `most`. */
    some: async (most: number): Promise<Buffer> => {
      while (held.length === 0) held = await more();
      const piece = held.subarray(0, most);
      held = held.subarray(piece.length);
      return piece;
    },
  };
}

function refuseBadSignature(ok: boolean): void {
  if (!ok) throw new S3Fault('SignatureDoesNotMatch', 'The signature of a chunk does not match.');
}

/** Yields the payload; fills `trailers` when the end is reached; throws when the body is cut off or a signature is wrong. */
export async function* decodeAwsChunked(source: AsyncIterable<Buffer>, signing: ChunkSigning | undefined, trailers: Trailers): AsyncGenerator<Buffer> {
  const input = lineReader(source);
  let previous = signing?.seed ?? '';
  for (;;) {
    const [sizeText = '', ...extensions] = (await input.line()).split(';');
    if (!/^[0-9a-fA-F]{1,12}$/.test(sizeText)) throw new S3Fault('InvalidRequest', 'A chunk size is malformed.');
    const size = Number.parseInt(sizeText, 16);
    const hash = signing === undefined ? undefined : createHash('sha256');
    for (let left = size; left > 0; ) {
      const piece = await input.some(left);
      left -= piece.length;
      hash?.update(piece);
      yield piece;
    }
    if (signing !== undefined && hash !== undefined) {
      const given = extensions.find((e) => e.startsWith('chunk-signature='))?.slice('chunk-signature='.length) ?? '';
      const toSign = ['AWS4-HMAC-SHA256-PAYLOAD', signing.amzDate, signing.scope, previous, sha256Hex(''), hash.digest('hex')].join('\n');
      refuseBadSignature(sameText(hmacHex(signing.key, toSign), given));
      previous = given;
    }
    if (size === 0) break;
    if ((await input.line()) !== '') throw new S3Fault('InvalidRequest', 'A chunk is longer than it says.');
  }
  let canonical = '';
  for (let line = await input.line(); line !== ''; line = await input.line()) {
    const colon = line.indexOf(':');
    if (colon < 1 || trailers.size >= mostTrailers) throw new S3Fault('InvalidRequest', 'A trailer is malformed.');
    const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    trailers.set(name, value);
    if (name !== 'x-amz-trailer-signature') canonical += `${name}:${value}\n`;
  }
  if (signing !== undefined && canonical !== '') {
    const toSign = ['AWS4-HMAC-SHA256-TRAILER', signing.amzDate, signing.scope, previous, sha256Hex(canonical)].join('\n');
    refuseBadSignature(sameText(hmacHex(signing.key, toSign), trailers.get('x-amz-trailer-signature') ?? ''));
  }
}
