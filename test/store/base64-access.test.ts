// Base64 in the middle of a file, read by range.
import { fc, test as property } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { base64Access, NotBase64 } from '#store/base64-access.ts';
import { fromBytes } from '#store/random-access.ts';

const bytes = Buffer.from(Array.from({ length: 400_001 }, (_, n) => (Math.imul(n + 1, 2654435761) >>> 11) & 255));

async function accessTo(content: Uint8Array, width: number, end: string) {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  const text = lines.map((one) => one + end).join('');
  return base64Access(fromBytes(Buffer.from(`koptekst${text}staart`)), 'koptekst'.length, 'koptekst'.length + text.length);
}

property.prop([fc.integer({ min: 1, max: 120 }), fc.constantFrom('\r\n', '\n', ' \r\n'), fc.nat(bytes.length), fc.nat(bytes.length)], { numRuns: 40 })(
  'gives any range, whatever the lines',
  async (width, end, a, b) => {
    const access = await accessTo(bytes, width, end);
    expect(access.size).toBe(bytes.length);
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    expect(Buffer.from(await access.read(from, to)).equals(bytes.subarray(from, to))).toBe(true);
  },
);

it.each([0, 1, 2, 3, 98_303, 98_304, 98_305])('gives all of %i bytes', async (length) => {
  const access = await accessTo(bytes.subarray(0, length), 76, '\r\n');
  expect(access.size).toBe(length);
  expect(Buffer.from(await access.read(0, length)).equals(bytes.subarray(0, length))).toBe(true);
});

it('refuses other characters, and what comes after the end', async () => {
  await expect(base64Access(fromBytes(Buffer.from('UEsD@@@@')), 0, 8)).rejects.toBeInstanceOf(NotBase64);
  await expect(base64Access(fromBytes(Buffer.from('UEs=UEsD')), 0, 8)).rejects.toBeInstanceOf(NotBase64);
});
