import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import type { S3Notification } from '#infra/local/s3/object-event.ts';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { s3Credentials, type TriedEngine, tryS3 } from '#test/support/s3-engine.ts';

let tried: TriedEngine;
afterEach(() => tried.stop());

const day = 86_400_000;

describe('over a restart', () => {
  it('keeps objects, versions, holds and uploads under way', async () => {
    tried = await tryS3({ durable: true });
    await tried.s3.send(new CreateBucketCommand({ Bucket: 'vault', ObjectLockEnabledForBucket: true }));
    const first = await tried.s3.send(new PutObjectCommand({ Bucket: 'vault', Key: 'k', Body: 'één' }));
    await tried.s3.send(new PutObjectCommand({ Bucket: 'vault', Key: 'k', Body: 'twee' }));
    await tried.s3.send(new PutObjectLegalHoldCommand({ Bucket: 'vault', Key: 'k', VersionId: first.VersionId, LegalHold: { Status: 'ON' } }));
    const { UploadId } = await tried.s3.send(new CreateMultipartUploadCommand({ Bucket: 'vault', Key: 'm' }));
    const part = await tried.s3.send(new UploadPartCommand({ Bucket: 'vault', Key: 'm', UploadId, PartNumber: 1, Body: 'deel' }));
    await tried.restart();
    expect(await (await tried.s3.send(new GetObjectCommand({ Bucket: 'vault', Key: 'k', VersionId: first.VersionId }))).Body?.transformToString()).toBe('één');
    expect((await tried.s3.send(new ListObjectVersionsCommand({ Bucket: 'vault' }))).Versions?.map((one) => one.IsLatest)).toEqual([true, false]);
    await expect(tried.s3.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'k', VersionId: first.VersionId }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await tried.s3.send(
      new CompleteMultipartUploadCommand({ Bucket: 'vault', Key: 'm', UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: part.ETag }] } }),
    );
    expect(await (await tried.s3.send(new GetObjectCommand({ Bucket: 'vault', Key: 'm' }))).Body?.transformToString()).toBe('deel');
  });

  it('clears away bytes that a crash left without a row', async () => {
    tried = await tryS3();
    await tried.s3.send(new CreateBucketCommand({ Bucket: 'vault' }));
    await tried.s3.send(new PutObjectCommand({ Bucket: 'vault', Key: 'k', Body: 'blijft' }));
    const kept = await tried.files();
    await writeFile(join(tried.folder, 'incoming', 'f'.repeat(32)), 'half an upload');
    await tried.restart();
    expect(await tried.files()).toEqual(kept);
    expect(await (await tried.s3.send(new GetObjectCommand({ Bucket: 'vault', Key: 'k' }))).Body?.transformToString()).toBe('blijft');
  });

  it('finishes what a crash cut off between the commit and the move of the bytes', async () => {
    tried = await tryS3();
    await tried.s3.send(new CreateBucketCommand({ Bucket: 'vault' }));
    await tried.s3.send(new PutObjectCommand({ Bucket: 'vault', Key: 'k', Body: 'blijft' }));
    const [name = ''] = await tried.files();
    const { rename } = await import('node:fs/promises');
    await rename(join(tried.folder, 'blobs', name.slice(0, 2), name), join(tried.folder, 'incoming', name));
    await tried.restart();
    expect(await (await tried.s3.send(new GetObjectCommand({ Bucket: 'vault', Key: 'k' }))).Body?.transformToString()).toBe('blijft');
  });

  it('does not let a second engine onto the same folder', async () => {
    tried = await tryS3();
    await expect(startS3({ folder: tried.folder, credentials: s3Credentials })).rejects.toThrow(/locked/);
  });
});

describe('events', () => {
  it('are worded as AWS words them, for the buckets that were asked for', async () => {
    const told: S3Notification[] = [];
    tried = await tryS3({ eventBuckets: ['intake'], onObjectCreated: (notification) => void told.push(notification) });
    for (const Bucket of ['intake', 'other']) await tried.s3.send(new CreateBucketCommand({ Bucket }));
    await tried.s3.send(new PutObjectCommand({ Bucket: 'other', Key: 'x', Body: 'x' }));
    const { ETag } = await tried.s3.send(new PutObjectCommand({ Bucket: 'intake', Key: 'uploads/een bestand+ë.zip', Body: 'inhoud' }));
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]?.Records).toEqual([
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'eu-central-1',
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: expect.any(String) },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String) },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: expect.any(String),
          bucket: { name: 'intake', ownerIdentity: { principalId: expect.any(String) }, arn: 'arn:aws:s3:::intake' },
          object: { key: 'uploads/een+bestand%2B%C3%AB.zip', size: 6, eTag: ETag?.replaceAll('"', ''), sequencer: expect.stringMatching(/^[0-9A-F]{18}$/) },
        },
      },
    ]);
  });

  it('wait for a listener that fails, also over a restart', async () => {
    const told: string[] = [];
    tried = await tryS3({ onObjectCreated: () => Promise.reject(new Error('nobody home')) });
    await tried.s3.send(new CreateBucketCommand({ Bucket: 'intake' }));
    for (const Key of ['a', 'b']) await tried.s3.send(new PutObjectCommand({ Bucket: 'intake', Key, Body: 'x' }));
    await tried.restart({ onObjectCreated: ({ Records }) => void told.push(...Records.map((one) => one.s3.object.key)) });
    await expect.poll(() => told).toEqual(['a', 'b']);
    await tried.restart();
    expect(told).toEqual(['a', 'b']);
  });
});

describe('what is deleted', () => {
  it('is gone from the disk: the bytes at once, the row with the next compaction', async () => {
    tried = await tryS3({ durable: true });
    await tried.s3.send(new CreateBucketCommand({ Bucket: 'vault', ObjectLockEnabledForBucket: true }));
    const planted = 'sleutelwoord-dat-weg-moet';
    const { VersionId } = await tried.s3.send(new PutObjectCommand({ Bucket: 'vault', Key: planted, Body: 'geheim', Metadata: { planted } }));
    expect(await tried.files()).toHaveLength(1);
    await tried.s3.send(new DeleteObjectCommand({ Bucket: 'vault', Key: planted, VersionId }));
    expect(await tried.files()).toHaveLength(0);
    tried.engine.compact();
    for (const name of ['s3.sqlite', 's3.sqlite-wal']) {
      const content = await readFile(join(tried.folder, name)).catch((error: { code?: string }) =>
        error.code === 'ENOENT' ? Buffer.alloc(0) : Promise.reject(error),
      );
      expect(content.includes(planted), name).toBe(false);
    }
  });

  it('goes by itself when a lifecycle rule says so, but never under a hold', async () => {
    let now = Date.parse('2026-11-24T12:00:00Z');
    tried = await tryS3({ epochMs: () => now });
    const client = tried.client({ systemClockOffset: now - Date.now() });
    await client.send(new CreateBucketCommand({ Bucket: 'intake' }));
    await client.send(new CreateBucketCommand({ Bucket: 'vault', ObjectLockEnabledForBucket: true }));
    await client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' } }));
    const rules = (Bucket: string, rule: object) =>
      client.send(
        new PutBucketLifecycleConfigurationCommand({
          Bucket,
          LifecycleConfiguration: { Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, ...rule }] },
        }),
      );
    await rules('intake', { Expiration: { Days: 2 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } });
    await rules('vault', { NoncurrentVersionExpiration: { NoncurrentDays: 2 } });
    await client.send(new PutObjectCommand({ Bucket: 'intake', Key: 'tmp/old', Body: 'x' }));
    await client.send(new PutObjectCommand({ Bucket: 'intake', Key: 'stays', Body: 'x' }));
    await client.send(new CreateMultipartUploadCommand({ Bucket: 'intake', Key: 'tmp/upload' }));
    for (const Key of ['tmp/held', 'tmp/free']) {
      const { VersionId } = await client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body: 'x' }));
      if (Key === 'tmp/held') await client.send(new PutObjectLegalHoldCommand({ Bucket: 'vault', Key, VersionId, LegalHold: { Status: 'ON' } }));
      await client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body: 'y' }));
    }
    now += day;
    expect(await tried.engine.applyLifecycle()).toBe(0);
    now += day;
    expect(await tried.engine.applyLifecycle()).toBe(3);
    const later = tried.client({ systemClockOffset: now - Date.now() });
    const { Versions = [] } = await later.send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
    expect(Versions.map((one) => one.Key)).toEqual(['tmp/free', 'tmp/held', 'tmp/held']);
    expect((await later.send(new ListMultipartUploadsCommand({ Bucket: 'intake' }))).Uploads).toBeUndefined();
    expect(await (await later.send(new GetObjectCommand({ Bucket: 'intake', Key: 'stays' }))).Body?.transformToString()).toBe('x');
    await expect(later.send(new GetObjectCommand({ Bucket: 'intake', Key: 'tmp/old' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
