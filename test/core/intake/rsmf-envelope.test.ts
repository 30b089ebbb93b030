// Where the zip stands in a `.rsmf`, whatever the lines, the chunks and the order of its parts.
import { fc, test as property } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { looksLikeRsmf, readRsmfEnvelope } from '#core/intake/rsmf-envelope.ts';
import { rsmfFile } from '#test/fixtures/rsmf-parts.ts';

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const read = (bytes: Uint8Array, size = bytes.length) => readRsmfEnvelope(inChunks(bytes, Math.max(1, size)));

const file = rsmfFile({ manifest: '{"events":[]}', eventCount: 12 });

it.each([1, 7, 64, 100_000])('finds it in chunks of %i bytes', async (size) => {
  const envelope = await read(file, size);
  expect(envelope).toMatchObject({ version: '2.0.0', events: 12 });
  const [from, to] = envelope?.zip ?? [0, 0];
  const zip = Buffer.from(file.subarray(from, to).toString(), 'base64');
  expect(zip.subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004'));
  expect(zip.subarray(-22, -18)).toEqual(Buffer.from('PK\u0005\u0006'));
  expect(file.subarray(to).toString()).toBe('----grens=_1--\r\n');
});

it('finds it in a part within a part, and when it is the whole body', async () => {
  const nested = [
    'X-RSMF-Version: 1.0.0',
    'Content-Type: multipart/mixed; boundary=buiten',
    '',
    '--buiten',
    'Content-Type: multipart/related; boundary="binnen"',
    '',
    '--binnen',
    'Content-Type: text/plain',
    '',
    'tekst',
    '--binnen',
    'Content-Type: application/octet-stream; name="RSMF.ZIP"',
    'Content-Transfer-Encoding: BASE64',
    '',
    'UEsD',
    '--binnen--',
    '--buiten--',
  ].join('\n');
  const inner = await read(Buffer.from(nested));
  expect(nested.slice(...(inner?.zip ?? [0, 0]))).toBe('UEsD\n');
  const alone = 'X-RSMF-Version: 2.0.0\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsD\r\n';
  expect(alone.slice(...((await read(Buffer.from(alone)))?.zip ?? [0, 0]))).toBe('UEsD\r\n');
});

it('finds none where there is none', async () => {
  expect(await read(Buffer.from('X-RSMF-Version: 2.0.0\r\n\r\ntekst'))).toBeNull();
  expect(await read(Buffer.from(''))).toBeNull();
});

it('knows such an e-mail by its headers', () => {
  expect(looksLikeRsmf(file.toString('latin1'))).toBe(true);
  expect(looksLikeRsmf('From: a\r\nX-RSMF-Version: 2.0.0\r\n')).toBe(true);
  expect(looksLikeRsmf('From: a\r\n\r\nX-RSMF-Version: 2.0.0\r\n')).toBe(false);
  expect(looksLikeRsmf('een regel\r\nX-RSMF-Version: 2.0.0\r\n\r\n')).toBe(false);
});

const line = fc.constantFrom(
  '--a',
  '--a--',
  'Content-Type: multipart/mixed; boundary=a',
  'Content-Type: application/zip',
  'Content-Transfer-Encoding: base64',
  '',
  'UEsD',
  ' vervolg',
  'X-RSMF-EventCount: x',
);
property.prop([fc.array(line, { maxLength: 20 }), fc.integer({ min: 1, max: 9 })], { numRuns: 300 })('answers the same for any chunks', async (lines, size) => {
  const bytes = Buffer.from(lines.join('\n'));
  const envelope = await read(bytes);
  expect(await read(bytes, size)).toEqual(envelope);
  const [from, to] = envelope?.zip ?? [0, 0];
  expect(from <= to && to <= bytes.length).toBe(true);
});
