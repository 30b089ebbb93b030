// Keys go out of the bytes of a file, and nothing else does: for any chunks, and once only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { withoutKeys } from '#core/parse/without-keys.ts';

const fixture = (path: string) => readFileSync(join(import.meta.dirname, '../../fixtures', path));

async function cleaned(format: string, bytes: Uint8Array, size = bytes.length, withFiles = false) {
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  const without = withoutKeys(format, chunks, { withFiles });
  if (without === null) throw new Error(`${format} holds no keys`);
  const parts: Uint8Array[] = [];
  for await (const part of without.bytes) parts.push(Uint8Array.from(part));
  return { bytes: Buffer.concat(parts), removed: without.removed() };
}

const signal = fixture('signal/main.jsonl');
const threema = Buffer.from(
  `uid,posted_at,type,isoutbox,body,caption\ng1,1711962000000,TEXT,0,"de som is ${'ab'.repeat(32)},\nook hier",\ng2,1711962000001,FILE,0,"[""b"",""${'cd'.repeat(32)}"",""image/png"",5,""x.png""]",een bijschrift\n`,
);

describe('a file without its keys', () => {
  it('of Signal', async () => {
    const { bytes, removed } = await cleaned('signal', signal);
    expect(removed).toBeGreaterThan(8);
    expect(bytes.toString()).not.toMatch(/R0VIRUlN/);
    expect(bytes.toString()).toContain('"profileKey":"…"');
    expect(bytes.toString().split('\n').length).toBe(signal.toString().split('\n').length);
    for (const line of bytes.toString().trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
    expect(await cleaned('signal', bytes)).toEqual({ bytes, removed: 0 });
  });

  it('of Signal with files keeps by what these are named', async () => {
    const key = /"localKey":"[^"]+"/.exec(signal.toString())?.[0] ?? 'none';
    expect((await cleaned('signal', signal, signal.length, true)).bytes.toString()).toContain(key);
    expect((await cleaned('signal', signal)).bytes.toString()).not.toContain(key);
  });

  it('of Threema: in rows of files, not in what somebody wrote', async () => {
    const { bytes, removed } = await cleaned('threema', threema);
    expect(removed).toBe(1);
    expect(bytes.toString()).toBe(threema.toString().replace('cd'.repeat(32), '…'));
  });

  it('is as broken as it was, and the same for what has none', async () => {
    const broken = Buffer.concat([Buffer.from('{"chatItem":{"text":"'), Buffer.from([0xff, 0xfe, 0xe2, 0x80]), Buffer.from('","key":"QUJD"}}')]);
    const { bytes } = await cleaned('signal', broken);
    expect(bytes.subarray(0, 25).equals(broken.subarray(0, 25))).toBe(true);
    expect(bytes.includes('QUJD')).toBe(false);
    expect(withoutKeys('whatsapp', async function* () {}, { withFiles: false })).toBeNull();
  });

  it('on one line of megabytes', async () => {
    const row = (n: number) =>
      `{"conversationId":"c","type":"incoming","sent_at":${n},"body":"${'woord '.repeat(200)}","attachments":[{"key":"R0VIRUlN${n}="}]}`;
    const bytes = Buffer.from(`[${Array.from({ length: 2500 }, (_, n) => row(n)).join(',')}]`);
    const without = await cleaned('sigtop-json', bytes, 60_000);
    expect(without.removed).toBe(2500);
    expect(without.bytes.includes('R0VIRUlN')).toBe(false);
    expect(JSON.parse(without.bytes.toString())).toHaveLength(2500);
  });

  property.prop([fc.integer({ min: 1, max: 400 })], { numRuns: 20 })('is the same for any chunks', async (size) => {
    expect((await cleaned('signal', signal, size)).bytes.equals((await cleaned('signal', signal)).bytes)).toBe(true);
    expect((await cleaned('threema', threema, size)).bytes.equals((await cleaned('threema', threema)).bytes)).toBe(true);
  });
});
