import { createHash, createHmac } from 'node:crypto';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { decodeAwsChunked, type Trailers } from '#infra/local/s3/aws-chunked.ts';
import type { ChunkSigning } from '#infra/local/s3/signature.ts';

const signing: ChunkSigning = { key: Buffer.from('key'), amzDate: '20261124T120000Z', scope: '20261124/eu-central-1/s3/aws4_request', seed: 'a'.repeat(64) };
const hash = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const sign = (kind: string, previous: string, ...hashes: string[]) =>
  createHmac('sha256', signing.key)
    .update([kind, signing.amzDate, signing.scope, previous, ...hashes].join('\n'))
    .digest('hex');

function frame(chunks: readonly Uint8Array[], signed: boolean, trailers: Readonly<Record<string, string>> = {}): Buffer {
  let previous = signing.seed;
  const framed = [...chunks.filter((chunk) => chunk.length > 0), new Uint8Array(0)].map((chunk) => {
    previous = sign('AWS4-HMAC-SHA256-PAYLOAD', previous, hash(''), hash(chunk));
    const head = `${chunk.length.toString(16)}${signed ? `;chunk-signature=${previous}` : ''}\r\n`;
    return Buffer.concat([Buffer.from(head), chunk, Buffer.from(chunk.length === 0 ? '' : '\r\n')]);
  });
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}`);
  const last =
    signed && lines.length > 0
      ? [`x-amz-trailer-signature:${sign('AWS4-HMAC-SHA256-TRAILER', previous, hash(lines.map((line) => `${line}\n`).join('')))}`]
      : [];
  return Buffer.concat([...framed, Buffer.from([...lines, ...last].map((line) => `${line}\r\n`).join('')), Buffer.from('\r\n')]);
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function decode(bytes: Buffer, size: number, signed: boolean): Promise<{ payload: Buffer; trailers: Trailers }> {
  const trailers: Trailers = new Map();
  const pieces: Buffer[] = [];
  for await (const piece of decodeAwsChunked(inPieces(bytes, size), signed ? signing : undefined, trailers)) pieces.push(Buffer.from(piece));
  return { payload: Buffer.concat(pieces), trailers };
}

describe('a chunked body', () => {
  test.prop([fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), fc.integer({ min: 1, max: 400 }), fc.boolean()], { numRuns: 200 })(
    'gives back exactly its payload, however the network cuts it',
    async (chunks, size, signed) => {
      const { payload, trailers } = await decode(frame(chunks, signed, { 'x-amz-checksum-crc32': 'AAAAAA==' }), size, signed);
      expect(payload.equals(Buffer.concat(chunks))).toBe(true);
      expect(trailers.get('x-amz-checksum-crc32')).toBe('AAAAAA==');
    },
  );

  it('is refused when a chunk, the order of chunks or a trailer was tampered with', async () => {
    const good = frame([Buffer.from('eerste'), Buffer.from('tweede')], true, { 'x-amz-checksum-crc32': 'AAAAAA==' });
    await expect(decode(good, 50, true)).resolves.toBeDefined();
    const changed = (from: string, to: string) => decode(Buffer.from(good.toString('latin1').replace(from, to), 'latin1'), 50, true);
    await expect(changed('eerste', 'eersta')).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
    await expect(changed('AAAAAA==', 'BBBBBB==')).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
    await expect(changed(';chunk-signature=', ';other=')).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
    const [first, second] = [frame([Buffer.from('eerste')], true), frame([Buffer.from('tweede')], true)];
    await expect(decode(Buffer.concat([second.subarray(0, -90), first]), 50, true)).rejects.toBeInstanceOf(Error);
  });

  it('is refused when it is cut off or longer than it says', async () => {
    const good = frame([Buffer.from('inhoud')], false, { 'x-amz-checksum-crc32': 'AAAAAA==' });
    for (let length = 0; length < good.length; length++)
      await expect(decode(good.subarray(0, length), 7, false), String(length)).rejects.toMatchObject({ code: 'IncompleteBody' });
    await expect(decode(Buffer.from('3\r\nhoud\r\n0\r\n\r\n'), 7, false)).rejects.toMatchObject({ code: 'InvalidRequest' });
    await expect(decode(Buffer.from('-3\r\nabc\r\n'), 7, false)).rejects.toMatchObject({ code: 'InvalidRequest' });
    await expect(decode(Buffer.alloc(20_000, 0x61), 4096, false)).rejects.toMatchObject({ code: 'InvalidRequest' });
  });
});
