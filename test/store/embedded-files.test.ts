// Files that stand as base64 in a chat file come out as they went in, small ones and large ones, whatever the chunks.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readEmbedded } from '#store/embedded-files.ts';

const files = [Buffer.from('%PDF-1.7 kort'), Buffer.alloc(5000, 'Woordspoor'), Buffer.from('x'), Buffer.alloc(9001, 7), Buffer.from('laatste')];
const encoded = files.map((file, i) => (i === 3 ? (file.toString('base64').match(/.{1,76}/g) ?? []).join('&#13;&#10;') : file.toString('base64')));
const text = encoded.map((one) => `<part data="${one}"/>\n`).join('');
let at = 0;
const ranges = encoded.map((one) => {
  const from = text.indexOf(one, at);
  at = from + one.length;
  return [from, at] as const;
});

async function readAll(chunk: number, whole: number) {
  const open = async function* () {
    for (let i = 0; i < text.length; i += chunk) yield Buffer.from(text.slice(i, i + chunk));
  };
  const read: { place: number; bytes: Buffer; size: number; sha256: string; ext: string | undefined }[] = [];
  for await (const { place, size, sha256, sniffed, open: openOne } of readEmbedded(open, ranges, whole)) {
    const parts: Uint8Array[] = [];
    for await (const part of openOne()) parts.push(part);
    read.push({ place, bytes: Buffer.concat(parts), size, sha256, ext: sniffed?.ext });
  }
  return read.sort((a, b) => a.place - b.place);
}

describe.each([
  ['held whole', 100_000],
  ['in pieces when long', 1000],
  ['all in pieces', 0],
])('embedded files, %s', (_name, whole) => {
  it.each([1, 5, 64, 1021, 1_000_000])('chunks of %i', async (chunk) => {
    const read = await readAll(chunk, whole);
    expect(read.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4]);
    for (const [i, { bytes, size, sha256 }] of read.entries()) {
      expect(bytes.equals(files[i] ?? Buffer.alloc(0))).toBe(true);
      expect(size).toBe(files[i]?.length);
      expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
    expect(read[0]?.ext).toBe('pdf');
  });
});

it('says so when the chat file ends before a file that was named', async () => {
  const short = async function* () {
    yield Buffer.from('abc');
  };
  await expect(readEmbedded(short, [[10, 20]]).next()).rejects.toThrow('ended before it');
});
