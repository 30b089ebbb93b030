// Our own checks of the S3 behaviours the archive rests on; meant to hold on real S3 as well.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketCorsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3Credentials, type TriedEngine, tryS3 } from '#test/support/s3-engine.ts';

const [Bucket, Versioned, Locked] = ['plain-bucket', 'versioned-bucket', 'locked-bucket'];
const fiveMiB = 5 * 2 ** 20;
let tried: TriedEngine;

beforeAll(async () => {
  tried = await tryS3();
  await tried.s3.send(new CreateBucketCommand({ Bucket }));
  await tried.s3.send(new CreateBucketCommand({ Bucket: Versioned }));
  await tried.s3.send(new PutBucketVersioningCommand({ Bucket: Versioned, VersioningConfiguration: { Status: 'Enabled' } }));
  await tried.s3.send(new CreateBucketCommand({ Bucket: Locked, ObjectLockEnabledForBucket: true }));
});
afterAll(() => tried.stop());

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('base64');
const put = (Key: string, Body: string | Uint8Array, more: object = {}) => tried.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const text = async (Key: string, more: object = {}) => (await tried.s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();
const statusOf = (work: Promise<unknown>) =>
  work.then(
    () => 200,
    (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode,
  );
/** Bytes that do not repeat, from a seed. */
function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0, state = seed; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

describe('who may come in', () => {
  it('refuses a wrong secret, an unknown key and nobody at all', async () => {
    const wrong = tried.client({ credentials: { ...s3Credentials, secretAccessKey: 'guess' } });
    await expect(wrong.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' }))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    const unknown = tried.client({ credentials: { accessKeyId: 'other', secretAccessKey: 'not-a-secret' } });
    await expect(unknown.send(new GetObjectCommand({ Bucket, Key: 'x' }))).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    expect((await fetch(`${tried.engine.endpoint}/${Bucket}/x`)).status).toBe(403);
    expect((await fetch(`${tried.engine.endpoint}/${Bucket}/x`, { method: 'PUT', body: 'x' })).status).toBe(403);
  });

  it('refuses a request of an hour ago', async () => {
    const late = tried.client({ systemClockOffset: -3_600_000 });
    await expect(late.send(new HeadObjectCommand({ Bucket, Key: 'x' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('takes a presigned link while it lasts, and only for what it was signed for', async () => {
    await put('linked', 'inhoud');
    const link = await getSignedUrl(tried.s3, new GetObjectCommand({ Bucket, Key: 'linked', ResponseContentDisposition: 'attachment; filename="chat.txt"' }), {
      expiresIn: 60,
    });
    const answer = await fetch(link);
    expect([answer.status, await answer.text(), answer.headers.get('content-disposition')]).toEqual([200, 'inhoud', 'attachment; filename="chat.txt"']);
    expect((await fetch(link.replace('linked', 'other'))).status).toBe(403);
    expect((await fetch(link, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(link.replace('chat.txt', 'boze.exe'))).status).toBe(403);
    expect((await fetch(link.replace(/X-Amz-Expires=60/, 'X-Amz-Expires=6000'))).status).toBe(403);
    const expired = await getSignedUrl(tried.s3, new GetObjectCommand({ Bucket, Key: 'linked' }), {
      expiresIn: 10,
      signingDate: new Date(Date.now() - 11_000),
    });
    expect((await fetch(expired)).status).toBe(403);
  });

  it('refuses headers with a meaning that were not signed', async () => {
    const link = await getSignedUrl(tried.s3, new PutObjectCommand({ Bucket, Key: 'unsigned-header' }), { expiresIn: 60 });
    expect((await fetch(link, { method: 'PUT', body: 'x', headers: { 'x-amz-meta-who': 'me' } })).status).toBe(403);
  });

  it('holds a presigned upload to the checksum that was signed with it', async () => {
    const body = 'precies dit';
    const bare = tried.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const name = 'x-amz-checksum-sha256';
    const command = new PutObjectCommand({ Bucket, Key: 'exact', ChecksumSHA256: sha256(body) });
    const link = await getSignedUrl(bare, command, { expiresIn: 60, unhoistableHeaders: new Set([name]) });
    expect(new URL(link).searchParams.get('X-Amz-SignedHeaders')).toContain(name);
    expect((await fetch(link, { method: 'PUT', body: 'iets anders', headers: { [name]: sha256(body) } })).status).toBe(400);
    expect((await fetch(link, { method: 'PUT', body: 'iets anders', headers: { [name]: sha256('iets anders') } })).status).toBe(403);
    expect((await fetch(link, { method: 'PUT', body })).status).toBe(403);
    const good = await fetch(link, { method: 'PUT', body, headers: { [name]: sha256(body) } });
    expect([good.status, good.headers.get(name)]).toEqual([200, sha256(body)]);
  });

  it('answers an operation it does not have with 501, never as if it were an object', async () => {
    for (const name of ['acl', 'notification', 'encryption']) {
      const signed = await getSignedUrl(tried.s3, new GetObjectCommand({ Bucket, Key: 'linked' }), { expiresIn: 60 });
      expect((await fetch(`${signed.split('?')[0]}?${name}`)).status).toBe(403);
    }
    const { GetObjectAclCommand } = await import('@aws-sdk/client-s3');
    await expect(tried.s3.send(new GetObjectAclCommand({ Bucket, Key: 'linked' }))).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
    await expect(put('sse', 'x', { ServerSideEncryption: 'AES256' })).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

describe('bytes', () => {
  it('keeps a streamed body as it was sent, without its framing', async () => {
    const bytes = noise(700_001);
    const pieces = [bytes.subarray(0, 1), bytes.subarray(1, 65_537), bytes.subarray(65_537, 65_538), bytes.subarray(65_538)];
    await tried.s3.send(
      new PutObjectCommand({ Bucket, Key: 'streamed', Body: Readable.from(pieces), ContentLength: bytes.length, ChecksumAlgorithm: 'CRC32' }),
    );
    const got = await (await tried.s3.send(new GetObjectCommand({ Bucket, Key: 'streamed' }))).Body?.transformToByteArray();
    expect(Buffer.compare(Buffer.from(got ?? []), bytes)).toBe(0);
  });

  it('keeps strange keys, metadata and an empty body', async () => {
    for (const Key of ['a b+c', 'ë/👍.txt', '%41', 'a//b', "quote'(1)!*", 'slash/', '~tilde', '&<>"']) {
      await put(Key, Key, { Metadata: { soort: 'proef' }, ContentType: 'text/plain; charset=utf-8' });
      const got = await tried.s3.send(new GetObjectCommand({ Bucket, Key }));
      expect([await got.Body?.transformToString(), got.Metadata, got.ContentType]).toEqual([Key, { soort: 'proef' }, 'text/plain; charset=utf-8']);
    }
    await put('leeg', new Uint8Array(0));
    expect(await text('leeg')).toBe('');
    const { Contents = [] } = await tried.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'ë/' }));
    expect(Contents.map((one) => one.Key)).toEqual(['ë/👍.txt']);
  });

  it('stores each kind of checksum and refuses a wrong one, leaving nothing behind', async () => {
    const known = {
      CRC32: 'y/Q5Jg==',
      CRC32C: '4waSgw==',
      CRC64NVME: 'rosUhgp5mIg=',
      SHA1: createHash('sha1').update('123456789').digest('base64'),
      SHA256: sha256('123456789'),
    };
    for (const [algorithm, value] of Object.entries(known)) {
      const field = `Checksum${algorithm}`;
      await put(`sum-${algorithm}`, '123456789', { [field]: value });
      const head = await tried.s3.send(new HeadObjectCommand({ Bucket, Key: `sum-${algorithm}`, ChecksumMode: 'ENABLED' }));
      expect((head as unknown as Record<string, unknown>)[field]).toBe(value);
      const before = await tried.files();
      await expect(put('sum-bad', '123456780', { [field]: value })).rejects.toMatchObject({ name: 'BadDigest' });
      expect(await tried.files()).toEqual(before);
    }
    expect(await statusOf(text('sum-bad'))).toBe(404);
  });

  it('leaves nothing of an upload whose sender goes away', async () => {
    const before = await tried.files();
    const link = await getSignedUrl(tried.s3, new PutObjectCommand({ Bucket, Key: 'broken-off' }), { expiresIn: 60 });
    const { request } = await import('node:http');
    await new Promise<void>((resolve) => {
      const sent = request(link, { method: 'PUT', headers: { 'content-length': 1_000_000 } });
      sent.on('error', () => resolve());
      sent.write(noise(100_000), () => setTimeout(() => sent.destroy(new Error('gone')), 50));
    });
    await expect.poll(() => tried.files(), { timeout: 5000 }).toEqual(before);
    expect(await statusOf(text('broken-off'))).toBe(404);
  });

  it('gives ranges', async () => {
    await put('range', '0123456789');
    for (const [range, want] of [
      ['bytes=2-4', '234'],
      ['bytes=7-', '789'],
      ['bytes=-3', '789'],
      ['bytes=0-99', '0123456789'],
      ['bytes=-99', '0123456789'],
      ['bytes=5-2', '0123456789'],
    ] as const) {
      expect(await text('range', { Range: range }), range).toBe(want);
    }
    expect(await statusOf(text('range', { Range: 'bytes=10-' }))).toBe(416);
  });

  it('copies without tying the copy to its source', async () => {
    await put('source ë', 'kopieer mij', { Metadata: { a: '1' } });
    await tried.s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${encodeURIComponent('source ë')}`, ChecksumAlgorithm: 'SHA256' }));
    await tried.s3.send(new DeleteObjectCommand({ Bucket, Key: 'source ë' }));
    const got = await tried.s3.send(new GetObjectCommand({ Bucket, Key: 'copy', ChecksumMode: 'ENABLED' }));
    expect([await got.Body?.transformToString(), got.Metadata, got.ChecksumSHA256]).toEqual(['kopieer mij', { a: '1' }, sha256('kopieer mij')]);
  });
});

describe('conditional writes', () => {
  it('lets exactly one of many first writers win', async () => {
    const tries = await Promise.all(Array.from({ length: 12 }, (_, i) => statusOf(put('first', String(i), { IfNoneMatch: '*' }))));
    expect(tries.filter((status) => status === 200)).toHaveLength(1);
    expect(tries.filter((status) => status === 412)).toHaveLength(11);
  });

  it('replaces only what the writer has seen', async () => {
    const { ETag } = await put('seen', '1');
    await put('seen', '2', { IfMatch: ETag });
    expect(await statusOf(put('seen', '3', { IfMatch: ETag }))).toBe(412);
    expect(await statusOf(put('never-there', '1', { IfMatch: ETag }))).toBe(404);
    expect(await text('seen')).toBe('2');
  });
});

describe('listings', () => {
  it('pages in the order of bytes and folds what a delimiter shares', async () => {
    const keys = ['l/a', 'l/a/1', 'l/a/2', 'l/b', 'l/é/1', 'l/Z', 'l/👍'];
    for (const key of keys) await put(key, 'x');
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await tried.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'l/', MaxKeys: 2, ContinuationToken: token }));
      seen.push(...(page.Contents ?? []).map((one) => one.Key ?? ''));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(seen).toEqual([...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    const folded: string[] = [];
    do {
      const page: ListObjectsV2CommandOutput = await tried.s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'l/', Delimiter: '/', MaxKeys: 1, ContinuationToken: token }),
      );
      folded.push(...(page.Contents ?? []).map((one) => one.Key ?? ''), ...(page.CommonPrefixes ?? []).map((one) => one.Prefix ?? ''));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(folded).toEqual(['l/Z', 'l/a', 'l/a/', 'l/b', 'l/é/', 'l/👍']);
  });
});

describe('versions', () => {
  const inVersioned = { Bucket: Versioned };

  it('keeps what is written over, hides behind a marker, and comes back when the marker goes', async () => {
    const first = await put('v', '1', inVersioned);
    const second = await put('v', '2', inVersioned);
    expect(first.VersionId).not.toBe(second.VersionId);
    expect(await text('v', { ...inVersioned, VersionId: first.VersionId })).toBe('1');
    const marker = await tried.s3.send(new DeleteObjectCommand({ ...inVersioned, Key: 'v' }));
    expect(marker.DeleteMarker).toBe(true);
    expect(await statusOf(text('v', inVersioned))).toBe(404);
    expect(await statusOf(text('v', { ...inVersioned, VersionId: marker.VersionId }))).toBe(405);
    expect(await text('v', { ...inVersioned, VersionId: second.VersionId })).toBe('2');
    await tried.s3.send(new DeleteObjectCommand({ ...inVersioned, Key: 'v', VersionId: marker.VersionId }));
    expect(await text('v', inVersioned)).toBe('2');
    await tried.s3.send(new DeleteObjectCommand({ ...inVersioned, Key: 'v', VersionId: second.VersionId }));
    expect(await text('v', inVersioned)).toBe('1');
  });

  it('lists more than a thousand versions in pages, never cut without saying so, even when each page is deleted on the way', async () => {
    const many = 1_105;
    for (let i = 0; i < many; i += 65)
      await Promise.all(Array.from({ length: Math.min(65, many - i) }, (_, j) => put(`many/${(i + j) % 3}`, `${i + j}`, inVersioned)));
    await tried.s3.send(new DeleteObjectCommand({ ...inVersioned, Key: 'many/1' }));
    const list = (more: object) => tried.s3.send(new ListObjectVersionsCommand({ ...inVersioned, Prefix: 'many/', ...more }));
    const firstPage = await list({});
    expect([firstPage.IsTruncated, (firstPage.Versions?.length ?? 0) + (firstPage.DeleteMarkers?.length ?? 0)]).toEqual([true, 1000]);
    const seen = new Set<string>();
    let [KeyMarker, VersionIdMarker]: (string | undefined)[] = [undefined, undefined];
    do {
      const page = await list({ MaxKeys: 400, KeyMarker, VersionIdMarker });
      const all = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      for (const one of all) seen.add(`${one.Key} ${one.VersionId}`);
      await tried.s3.send(new DeleteObjectsCommand({ ...inVersioned, Delete: { Objects: all.map(({ Key, VersionId }) => ({ Key: Key ?? '', VersionId })) } }));
      [KeyMarker, VersionIdMarker] = page.IsTruncated ? [page.NextKeyMarker, page.NextVersionIdMarker] : [undefined, undefined];
    } while (KeyMarker !== undefined);
    expect(seen.size).toBe(many + 1);
    const rest = await list({});
    expect([rest.Versions, rest.DeleteMarkers, rest.IsTruncated]).toEqual([undefined, undefined, false]);
  });
});

describe('Object Lock', () => {
  const inLocked = { Bucket: Locked };
  const tomorrow = () => new Date(Date.now() + 86_400_000);
  const remove = (Key: string, VersionId: string | undefined, more: object = {}) =>
    tried.s3.send(new DeleteObjectCommand({ ...inLocked, Key, VersionId, ...more }));

  it('does not let a version under legal hold go, by any of the roads, until the hold is off', async () => {
    const { VersionId } = await put('held', 'x', inLocked);
    await tried.s3.send(new PutObjectLegalHoldCommand({ ...inLocked, Key: 'held', VersionId, LegalHold: { Status: 'ON' } }));
    expect(await statusOf(remove('held', VersionId))).toBe(403);
    expect(await statusOf(remove('held', VersionId, { BypassGovernanceRetention: true }))).toBe(403);
    const batch = await tried.s3.send(new DeleteObjectsCommand({ ...inLocked, Delete: { Objects: [{ Key: 'held', VersionId }] } }));
    expect(batch.Errors?.[0]).toMatchObject({ Key: 'held', VersionId, Code: 'AccessDenied' });
    // A marker hides it; the version itself stays.
    await remove('held', undefined);
    expect(await text('held', { ...inLocked, VersionId })).toBe('x');
    await tried.s3.send(new PutObjectLegalHoldCommand({ ...inLocked, Key: 'held', VersionId, LegalHold: { Status: 'OFF' } }));
    expect(await statusOf(remove('held', VersionId))).toBe(200);
    expect(await statusOf(text('held', { ...inLocked, VersionId }))).toBe(404);
  });

  it('holds governance until it is bypassed, and compliance against everybody', async () => {
    const governed = await put('governed', 'x', { ...inLocked, ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: tomorrow() });
    expect(await statusOf(remove('governed', governed.VersionId))).toBe(403);
    expect(await statusOf(remove('governed', governed.VersionId, { BypassGovernanceRetention: true }))).toBe(200);
    const kept = await put('kept', 'x', { ...inLocked, ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: tomorrow() });
    expect(await statusOf(remove('kept', kept.VersionId, { BypassGovernanceRetention: true }))).toBe(403);
    const change = (Mode: 'GOVERNANCE' | 'COMPLIANCE', until: Date) =>
      tried.s3.send(
        new PutObjectRetentionCommand({
          ...inLocked,
          Key: 'kept',
          VersionId: kept.VersionId,
          Retention: { Mode, RetainUntilDate: until },
          BypassGovernanceRetention: true,
        }),
      );
    expect(await statusOf(change('COMPLIANCE', new Date(Date.now() + 3_600_000)))).toBe(403);
    expect(await statusOf(change('GOVERNANCE', new Date(Date.now() + 2 * 86_400_000)))).toBe(403);
    expect(await statusOf(change('COMPLIANCE', new Date(Date.now() + 2 * 86_400_000)))).toBe(200);
    const { Retention } = await tried.s3.send(new GetObjectRetentionCommand({ ...inLocked, Key: 'kept', VersionId: kept.VersionId }));
    expect(Retention?.RetainUntilDate?.getTime()).toBeGreaterThan(tomorrow().getTime());
  });

  it('lets a version go when its time is up', async () => {
    const { VersionId } = await put('short', 'x', { ...inLocked, ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date(Date.now() + 1500) });
    expect(await statusOf(remove('short', VersionId))).toBe(403);
    await new Promise((resolve) => setTimeout(resolve, 1600));
    expect(await statusOf(remove('short', VersionId))).toBe(200);
  });

  it('wants a checksum with what is locked, as S3 does', async () => {
    const bare = tried.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const command = new PutObjectCommand({ Bucket: Locked, Key: 'vouched', ObjectLockLegalHoldStatus: 'ON' });
    // The SDK adds one by itself where the operation demands it; a presigned link has none.
    const link = await getSignedUrl(bare, command, {
      expiresIn: 60,
      unhoistableHeaders: new Set(['x-amz-object-lock-legal-hold']),
    });
    const send = (headers: Record<string, string>) => fetch(link, { method: 'PUT', body: 'x', headers: { 'x-amz-object-lock-legal-hold': 'ON', ...headers } });
    expect((await send({})).status).toBe(400);
    expect((await send({ 'content-md5': createHash('md5').update('y').digest('base64') })).status).toBe(400);
    expect((await send({ 'content-md5': createHash('md5').update('x').digest('base64') })).status).toBe(200);
  });

  it('refuses a lock where the bucket has none, a date in the past, and versioning switched off under a lock', async () => {
    expect(await statusOf(put('x', 'x', { ObjectLockLegalHoldStatus: 'ON' }))).toBe(400);
    expect(await statusOf(put('x', 'x', { ...inLocked, ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date(1) }))).toBe(400);
    expect(await statusOf(tried.s3.send(new PutBucketVersioningCommand({ ...inLocked, VersioningConfiguration: { Status: 'Suspended' } })))).toBe(409);
  });
});

describe('multipart uploads', () => {
  const begin = async (Key: string, more: object = {}) => (await tried.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId ?? '';
  const part = (Key: string, UploadId: string, PartNumber: number, Body: Uint8Array | string) =>
    tried.s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm: 'SHA256' }));
  const complete = (
    Key: string,
    UploadId: string,
    Parts: readonly { PartNumber: number; ETag: string | undefined; ChecksumSHA256?: string | undefined }[],
    more: object = {},
  ) => tried.s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: [...Parts] }, ...more }));

  it('joins parts that came in any order, once over, with a checksum of the checksums', async () => {
    const id = await begin('joined', { ChecksumAlgorithm: 'SHA256', Metadata: { a: '1' } });
    const [one, two] = [noise(fiveMiB, 1), noise(1234, 2)];
    const second = await part('joined', id, 7, two);
    await part('joined', id, 3, 'a first try');
    const first = await part('joined', id, 3, one);
    const listed = await tried.s3.send(new ListPartsCommand({ Bucket, Key: 'joined', UploadId: id, MaxParts: 1 }));
    expect([listed.IsTruncated, listed.NextPartNumberMarker, listed.Parts?.map((p) => [p.PartNumber, p.Size, p.ChecksumSHA256])]).toEqual([
      true,
      '3',
      [[3, fiveMiB, sha256(one)]],
    ]);
    const done = await complete('joined', id, [
      { PartNumber: 3, ETag: first.ETag, ChecksumSHA256: sha256(one) },
      { PartNumber: 7, ETag: second.ETag, ChecksumSHA256: sha256(two) },
    ]);
    const digests = [one, two].map((bytes) => createHash('sha256').update(bytes).digest());
    expect(done.ChecksumSHA256).toBe(`${sha256(Buffer.concat(digests))}-2`);
    expect(done.Location).toBe(`${tried.engine.endpoint}/${Bucket}/joined`);
    const got = await tried.s3.send(new GetObjectCommand({ Bucket, Key: 'joined' }));
    expect(got.Metadata).toEqual({ a: '1' });
    expect(Buffer.compare(Buffer.from((await got.Body?.transformToByteArray()) ?? []), Buffer.concat([one, two]))).toBe(0);
    expect(await text('joined', { Range: `bytes=${fiveMiB - 2}-${fiveMiB + 1}` })).toBe(Buffer.concat([one.subarray(-2), two.subarray(0, 2)]).toString());
    expect(await statusOf(tried.s3.send(new ListPartsCommand({ Bucket, Key: 'joined', UploadId: id })))).toBe(404);
  });

  it('refuses wrong tags, wrong order, small parts and a claim that does not fit, and stays open for a better try', async () => {
    const before = await tried.files();
    const id = await begin('refused', { ChecksumAlgorithm: 'SHA256' });
    const [a, b] = [await part('refused', id, 1, 'small'), await part('refused', id, 2, 'last')];
    const both = [
      { PartNumber: 1, ETag: a.ETag, ChecksumSHA256: sha256('small') },
      { PartNumber: 2, ETag: b.ETag, ChecksumSHA256: sha256('last') },
    ] as const;
    await expect(complete('refused', id, both)).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete('refused', id, [both[1], both[0]])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete('refused', id, [{ ...both[0], ETag: b.ETag }])).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete('refused', id, [{ ...both[0], ChecksumSHA256: sha256('other') }])).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete('refused', id, [both[0]], { ChecksumSHA256: `${sha256('other')}-1` })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(complete('refused', `${id.slice(0, -1)}0${id.at(-1)}`, both)).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await complete('refused', id, [both[0]]);
    expect(await text('refused')).toBe('small');
    // The part that was not named is gone from the disk.
    expect((await tried.files()).length).toBe(before.length + 1);
  });

  it('lists uploads under way, page by page, and takes all bytes away when one is aborted', async () => {
    const before = await tried.files();
    const ids = [await begin('list/a'), await begin('list/a'), await begin('list/b')];
    await part('list/b', ids[2] ?? '', 1, 'x');
    const seen: (string | undefined)[] = [];
    let [KeyMarker, UploadIdMarker]: (string | undefined)[] = [undefined, undefined];
    do {
      const page: ListMultipartUploadsCommandOutput = await tried.s3.send(
        new ListMultipartUploadsCommand({ Bucket, Prefix: 'list/', MaxUploads: 1, KeyMarker, UploadIdMarker }),
      );
      seen.push(...(page.Uploads ?? []).map((one) => one.UploadId));
      [KeyMarker, UploadIdMarker] = page.IsTruncated ? [page.NextKeyMarker, page.NextUploadIdMarker] : [undefined, undefined];
    } while (KeyMarker !== undefined);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    for (const [i, Key] of ['list/a', 'list/a', 'list/b'].entries()) await tried.s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: ids[i] }));
    expect(await tried.files()).toEqual(before);
    expect(await statusOf(part('list/b', ids[2] ?? '', 2, 'x'))).toBe(404);
  });

  it('takes a part from another object, by range', async () => {
    await put('lender', '0123456789');
    const id = await begin('borrower');
    const copied = await tried.s3.send(
      new UploadPartCopyCommand({ Bucket, Key: 'borrower', UploadId: id, PartNumber: 1, CopySource: `${Bucket}/lender`, CopySourceRange: 'bytes=2-5' }),
    );
    await complete('borrower', id, [{ PartNumber: 1, ETag: copied.CopyPartResult?.ETag }]);
    expect(await text('borrower')).toBe('2345');
  });

  it('takes a presigned part with its checksum signed', async () => {
    const bare = tried.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const id = (await bare.send(new CreateMultipartUploadCommand({ Bucket, Key: 'part-link', ChecksumAlgorithm: 'SHA256' }))).UploadId;
    const name = 'x-amz-checksum-sha256';
    const command = new UploadPartCommand({ Bucket, Key: 'part-link', UploadId: id, PartNumber: 1, ChecksumSHA256: sha256('deel') });
    const link = await getSignedUrl(bare, command, { expiresIn: 60, unhoistableHeaders: new Set([name]) });
    expect((await fetch(link, { method: 'PUT', body: 'reed', headers: { [name]: sha256('deel') } })).status).toBe(400);
    const sent = await fetch(link, { method: 'PUT', body: 'deel', headers: { [name]: sha256('deel') } });
    const ETag = sent.headers.get('etag') ?? undefined;
    await complete('part-link', id ?? '', [{ PartNumber: 1, ETag, ChecksumSHA256: sha256('deel') }]);
    expect(await text('part-link')).toBe('deel');
  });
});

describe('the browser', () => {
  it('may do what the bucket allows its origin, and sees the headers it needs', async () => {
    const origin = 'http://localhost:8080';
    const rule = {
      AllowedMethods: ['PUT'],
      AllowedOrigins: [origin],
      AllowedHeaders: ['x-amz-*', 'content-type'],
      ExposeHeaders: ['ETag', 'x-amz-checksum-sha256'],
      MaxAgeSeconds: 600,
    };
    await tried.s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
    const ask = (from: string, method: string, headers: string) =>
      fetch(`${tried.engine.endpoint}/${Bucket}/k`, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': method, 'access-control-request-headers': headers },
      });
    const allowed = await ask(origin, 'PUT', 'content-type,x-amz-checksum-sha256');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin'), allowed.headers.get('access-control-max-age')]).toEqual([200, origin, '600']);
    expect((await ask('http://evil.example', 'PUT', '')).status).toBe(403);
    expect((await ask(origin, 'DELETE', '')).status).toBe(403);
    expect((await ask(origin, 'PUT', 'authorization')).status).toBe(403);
    const link = await getSignedUrl(tried.s3, new PutObjectCommand({ Bucket, Key: 'from-browser' }), { expiresIn: 60 });
    const sent = await fetch(link, { method: 'PUT', body: 'x', headers: { origin } });
    expect([sent.status, sent.headers.get('access-control-expose-headers')]).toEqual([200, 'ETag, x-amz-checksum-sha256']);
    // A refusal must be readable too, or the page cannot say what went wrong.
    expect((await fetch(`${link}0`, { method: 'PUT', body: 'x', headers: { origin } })).headers.get('access-control-allow-origin')).toBe(origin);
  });

  it('may post a form within its policy: size, key and fields', async () => {
    const post = await createPresignedPost(tried.s3, {
      Bucket,
      Key: `form/$\{filename}`,
      Conditions: [
        ['content-length-range', 2, 10],
        ['starts-with', '$Content-Type', 'text/'],
      ],
      Expires: 60,
    });
    const send = async (body: string, more: Record<string, string> = { 'Content-Type': 'text/plain' }, fields: Record<string, string> = post.fields) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...fields, ...more })) form.append(name, value);
      form.append('file', new Blob([body]), 'brief.txt');
      return (await fetch(post.url, { method: 'POST', body: form })).status;
    };
    expect(await send('goed')).toBe(204);
    expect(await text('form/brief.txt')).toBe('goed');
    const before = await tried.files();
    expect(await send('veel te lang voor dit')).toBe(400);
    expect(await send('x')).toBe(400);
    expect(await send('goed', { 'Content-Type': 'image/png' })).toBe(403);
    expect(await send('goed', { 'Content-Type': 'text/plain', 'x-amz-meta-extra': '1' })).toBe(403);
    expect(await send('goed', { 'Content-Type': 'text/plain' }, { ...post.fields, key: 'elsewhere' })).toBe(403);
    expect(await send('goed', { 'Content-Type': 'text/plain' }, { ...post.fields, 'X-Amz-Signature': '0'.repeat(64) })).toBe(403);
    expect(await tried.files()).toEqual(before);
  });
});
