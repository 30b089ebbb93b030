// The vault on the engine: originals come in whole, attachments proven, legal holds stop every removal, emptying leaves nothing.
import { createHash, randomBytes } from 'node:crypto';
import { CreateMultipartUploadCommand, DeleteObjectCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyObject } from '#store/copy-object.ts';
import { vaultKey } from '#store/table.ts';
import { makeVaultStore, type VaultStore } from '#store/vault.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';

let engines: Engines;
let vault: VaultStore;
let count = 0;
const newId = () => `bundle_${String(++count).padStart(26, '0')}`;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function* chunks(bytes: Uint8Array, size = 70_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function bytesOf(stream: AsyncIterable<Uint8Array> | null): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream ?? []) parts.push(part);
  return Buffer.concat(parts);
}

function attachment(bundleId: string, n: number, bytes: Uint8Array) {
  return { bundleId, n, size: bytes.length, sha256: sha256(bytes), mediaType: 'image/jpeg', open: () => chunks(bytes) };
}

beforeAll(async () => {
  engines = await startEngines();
  vault = makeVaultStore(engines.s3, engines.s3, engines.config.buckets.vault, Date.now);
});
afterAll(() => engines.stop());

describe('an original', () => {
  async function upload(bytes: Uint8Array): Promise<{ bucket: string; key: string }> {
    const from = { bucket: engines.config.buckets.intake, key: `uploads/met spatie+ë ${++count}` };
    await engines.s3.send(new PutObjectCommand({ Bucket: from.bucket, Key: from.key, Body: bytes }));
    return from;
  }

  test('is copied within S3, once, with its hash', async () => {
    const id = newId();
    const bytes = randomBytes(100_000);
    const from = await upload(bytes);
    await vault.putOriginal(id, from, bytes.length, sha256(bytes));
    await vault.putOriginal(id, from, bytes.length, sha256(bytes));
    expect(await vault.countVersions(id)).toBe(1);
    expect(await vault.head(vaultKey.original(id))).toMatchObject({ size: bytes.length, sha256: sha256(bytes), held: false });
    expect(Buffer.compare(await bytesOf(await vault.open(vaultKey.original(id), { from: 5, to: 99_000 })), bytes.subarray(5, 99_000))).toBe(0);
  });

  test('is not called copied when the bytes differ from what was proven', async () => {
    const id = newId();
    const from = await upload(Buffer.from('iets anders'));
    await expect(vault.putOriginal(id, from, 11, sha256(Buffer.from('wat bewezen')))).rejects.toThrow('differs');
  });

  test('above the size of one copy goes part by part', async () => {
    const bytes = randomBytes(12 * 2 ** 20);
    const from = await upload(bytes);
    const to = { bucket: engines.config.buckets.vault, key: `bundles/${newId()}/original` };
    await copyObject(engines.s3, { from, to, size: bytes.length }, { single: 2 ** 20, part: 5 * 2 ** 20 });
    expect(sha256(await bytesOf(await vault.open(to.key)))).toBe(sha256(bytes));
  });
});

describe('an attachment', () => {
  test.each([0, 1, 300_000, 9 * 2 ** 20])('of %i bytes is put once and proven by S3', async (size) => {
    const id = newId();
    const bytes = randomBytes(size);
    const key = await vault.putAttachment(attachment(id, 1, bytes));
    expect(await vault.putAttachment(attachment(id, 1, bytes))).toBe(key);
    expect(await vault.countVersions(id)).toBe(1);
    expect(await vault.head(key)).toMatchObject({ size, sha256: size > 8 * 2 ** 20 ? null : sha256(bytes), mediaType: 'image/jpeg' });
    expect(sha256(await bytesOf(await vault.open(key)))).toBe(sha256(bytes));
  });

  test.each([300_000, 9 * 2 ** 20])('of %i bytes is refused when its bytes are not those that were proven', async (size) => {
    const id = newId();
    const bytes = randomBytes(size);
    await expect(vault.putAttachment({ ...attachment(id, 1, bytes), sha256: sha256(Buffer.from('x')) })).rejects.toThrow();
    expect(await vault.countVersions(id)).toBe(0);
  });

  test.each([300_000, 9 * 2 ** 20])('of %i bytes leaves nothing when its source breaks off, and comes whole when it is tried again', async (size) => {
    const id = newId();
    const bytes = randomBytes(size);
    let asked = 0;
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 1000);
      if (++asked === 1) throw new Error('broken off');
      yield bytes.subarray(1000);
    }
    const put = { ...attachment(id, 1, bytes), open: broken };
    await expect(vault.putAttachment(put)).rejects.toThrow('broken off');
    expect(await vault.countVersions(id)).toBe(0);
    await vault.putAttachment(put);
    expect(asked).toBe(2);
    expect(await vault.countVersions(id)).toBe(1);
  });

  test('never takes the place of another', async () => {
    const id = newId();
    await vault.putAttachment(attachment(id, 1, Buffer.from('een')));
    await expect(vault.putAttachment(attachment(id, 1, Buffer.from('twee')))).rejects.toThrow('another object');
  });
});

test('an absent object is null', async () => {
  expect(await vault.head('bundles/none/original')).toBeNull();
  expect(await vault.open('bundles/none/original')).toBeNull();
});

test('a signed link gives the bytes as a download', async () => {
  const id = newId();
  const key = await vault.putAttachment(attachment(id, 1, Buffer.from('inhoud')));
  const answer = await fetch(await vault.presignGet(key, 'bijlage-1'));
  expect(await answer.text()).toBe('inhoud');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="bijlage-1"');
});

describe('emptying', () => {
  test('takes every version and marker, and nothing of a neighbour', async () => {
    const id = newId();
    const neighbour = newId();
    const key = await vault.putAttachment(attachment(id, 1, Buffer.from('een')));
    await vault.putAttachment(attachment(neighbour, 1, Buffer.from('buur')));
    await engines.s3.send(new PutObjectCommand({ Bucket: engines.config.buckets.vault, Key: key, Body: 'een, later' }));
    await engines.s3.send(new DeleteObjectCommand({ Bucket: engines.config.buckets.vault, Key: key }));
    expect(await vault.countVersions(id)).toBe(3);
    expect(await vault.emptyPrefix(id)).toEqual({ removed: 3, left: [] });
    expect(await vault.countVersions(id)).toBe(0);
    expect(await vault.countVersions(neighbour)).toBe(1);
    expect(await vault.emptyPrefix(id)).toEqual({ removed: 0, left: [] });
  });

  test('takes the parts of an upload that was never finished', async () => {
    const id = newId();
    const target = { Bucket: engines.config.buckets.vault, Key: vaultKey.attachment(id, 1) };
    const { UploadId } = await engines.s3.send(new CreateMultipartUploadCommand(target));
    await engines.s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'een deel' }));
    expect(await vault.countVersions(id)).toBe(1);
    expect(await vault.emptyPrefix(id)).toEqual({ removed: 0, left: [] });
    expect(await vault.countVersions(id)).toBe(0);
  });

  test('goes on beyond a thousand versions', async () => {
    const id = newId();
    const numbers = Array.from({ length: 1050 }, (_, i) => i + 1);
    for (let at = 0; at < numbers.length; at += 50)
      await Promise.all(numbers.slice(at, at + 50).map((n) => vault.putAttachment(attachment(id, n, Buffer.from(`${n}`)))));
    expect(await vault.countVersions(id)).toBe(1050);
    expect(await vault.emptyPrefix(id)).toEqual({ removed: 1050, left: [] });
    expect(await vault.countVersions(id)).toBe(0);
  });

  test('names what a legal hold keeps, and takes it once the hold is lifted', async () => {
    const id = newId();
    for (const n of [1, 2]) await vault.putAttachment(attachment(id, n, Buffer.from(`${n}`)));
    expect(await vault.setLegalHold(id, 'ON')).toBe(2);
    expect((await vault.head(vaultKey.attachment(id, 1)))?.held).toBe(true);
    const kept = await vault.emptyPrefix(id);
    expect(kept.removed).toBe(0);
    expect(kept.left.map(({ key, code }) => [key, code])).toEqual([
      [vaultKey.attachment(id, 1), 'AccessDenied'],
      [vaultKey.attachment(id, 2), 'AccessDenied'],
    ]);
    expect(await vault.setLegalHold(id, 'OFF')).toBe(2);
    expect(await vault.emptyPrefix(id)).toEqual({ removed: 2, left: [] });
  });
});
