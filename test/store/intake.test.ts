// The intake bucket on the engine: what a signed link lets in, and nothing else.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type IntakeStore, makeIntakeStore, type SignedRequest } from '#store/intake.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';

let engines: Engines;
let intake: IntakeStore;
let now = Date.now();
let count = 0;
const newId = () => `bundle_${String(++count).padStart(26, '0')}`;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const send = (signed: SignedRequest, body: Uint8Array<ArrayBuffer>) => fetch(signed.url, { method: signed.method, headers: signed.headers, body });

beforeAll(async () => {
  engines = await startEngines();
  intake = makeIntakeStore(engines.s3, engines.s3, { bucket: engines.config.buckets.intake, linkSeconds: 60 }, () => now);
});
afterAll(() => engines.stop());

describe('a single upload', () => {
  const body = new Uint8Array(Buffer.from('[02-05-2022 16:08:13] Noor: dag 👋'));

  test('takes exactly the bytes that were registered, once', async () => {
    const id = newId();
    const signed = await intake.presignPut(id, body.length, sha256(body));
    expect(Date.parse(signed.expiresAt) - now).toBe(60_000);
    expect((await send(signed, body)).status).toBe(200);
    expect((await send(signed, body)).status).toBe(412);
    const object = await intake.head(id);
    expect(object?.size).toBe(body.length);
    expect(Buffer.from(await intake.open(id, object!).read(1, 11)).toString()).toBe('02-05-2022');
  });

  test.each([
    ['other bytes of the same length', (bytes: Uint8Array<ArrayBuffer>) => Uint8Array.from(bytes, (byte) => byte ^ 1)],
    ['fewer bytes', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(1)],
    ['more bytes', (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array([...bytes, 32])],
  ])('refuses %s', async (_case, change) => {
    const id = newId();
    const answer = await send(await intake.presignPut(id, body.length, sha256(body)), change(body));
    expect(answer.ok).toBe(false);
    expect(await intake.head(id)).toBeNull();
  });

  test('refuses an upload that leaves the hash out of its headers', async () => {
    const signed = await intake.presignPut(newId(), body.length, sha256(body));
    expect((await send({ ...signed, headers: { 'if-none-match': '*' } }, body)).status).toBe(403);
  });

  test('refuses a link whose time is up', async () => {
    now = Date.now() - 3600_000;
    const signed = await intake.presignPut(newId(), body.length, sha256(body));
    now = Date.now();
    expect((await send(signed, body)).status).toBe(403);
  });

  test('can be of one byte, or of none', async () => {
    for (const bytes of [new Uint8Array([65]), new Uint8Array()]) {
      const id = newId();
      expect((await send(await intake.presignPut(id, bytes.length, sha256(bytes)), bytes)).status).toBe(200);
      expect((await intake.head(id))?.size).toBe(bytes.length);
    }
  });
});

describe('an upload in parts', () => {
  const part = new Uint8Array(randomBytes(5 * 2 ** 20));
  const tail = new Uint8Array(randomBytes(1000));

  test.each([true, false])('is put together, with checksums of parts: %s', async (checksums) => {
    const id = newId();
    const uploadId = await intake.createMultipart(id, checksums);
    for (const [i, bytes] of [part, tail].entries()) {
      const signed = await intake.presignPart(id, uploadId, i + 1, bytes.length, checksums ? sha256(bytes) : undefined);
      expect((await send(signed, bytes)).status).toBe(200);
    }
    const parts = (await intake.listParts(id, uploadId)) ?? [];
    expect(parts.map(({ number, size }) => [number, size])).toEqual([
      [1, part.length],
      [2, tail.length],
    ]);
    if (checksums) expect(parts.map((one) => one.sha256)).toEqual([sha256(part), sha256(tail)]);
    expect(await intake.complete(id, uploadId, parts)).toBe('completed');
    expect(await intake.complete(id, uploadId, parts)).toBe('completed');
    expect(await intake.listParts(id, uploadId)).toBeNull();
    const object = (await intake.head(id))!;
    expect(object.size).toBe(part.length + tail.length);
    const source = intake.open(id, object);
    expect(Buffer.compare(await source.read(part.length - 3, part.length + 4), Buffer.concat([part.subarray(-3), tail.subarray(0, 4)]))).toBe(0);
  });

  test('refuses a part with another hash', async () => {
    const id = newId();
    const uploadId = await intake.createMultipart(id, true);
    const signed = await intake.presignPart(id, uploadId, 1, tail.length, sha256(tail));
    expect(
      (
        await send(
          signed,
          Uint8Array.from(tail, (byte) => byte ^ 1),
        )
      ).ok,
    ).toBe(false);
    expect(await intake.listParts(id, uploadId)).toEqual([]);
  });

  test('can be broken off, twice', async () => {
    const id = newId();
    const uploadId = await intake.createMultipart(id, false);
    await intake.abort(id, uploadId);
    await intake.abort(id, uploadId);
    expect(await intake.listParts(id, uploadId)).toBeNull();
    expect(await intake.complete(id, uploadId, [])).toBe('absent');
  });
});

test('reads no bytes of an object that took the place of another', async () => {
  const id = newId();
  const [first, second] = [new Uint8Array([1, 2, 3]), new Uint8Array([4, 5, 6])];
  await send(await intake.presignPut(id, 3, sha256(first)), first);
  const source = intake.open(id, (await intake.head(id))!);
  await intake.remove(id);
  await send(await intake.presignPut(id, 3, sha256(second)), second);
  await expect(source.read(0, 3)).rejects.toThrow();
});
