// The vault: originals and attachments, one prefix a bundle, versioned, with legal holds. To destroy a bundle is to empty its prefix of
// every version and marker; absence is proved by listing it.
import { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Copy, copyObject } from './copy-object.ts';
import { base64FromHex, hexFromBase64, isAbsent, isThereAlready } from './s3-absent.ts';
import { vaultKey } from './table.ts';

export type VaultStore = ReturnType<typeof makeVaultStore>;

export interface VaultObject {
  readonly size: number;
  /** Hexadecimal; null when S3 keeps none of the whole (an original that was put together from parts). */
  readonly sha256: string | null;
  readonly mediaType: string | null;
  readonly held: boolean;
}

export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isMarker: boolean;
}

export interface LeftVersion extends ObjectVersion {
  /** What S3 answered: `AccessDenied` for a version under a legal hold. */
  readonly code: string;
}

export interface AttachmentPut {
  readonly bundleId: string;
  readonly n: number;
  readonly size: number;
  /** Hexadecimal, known beforehand: S3 refuses other bytes. */
  readonly sha256: string;
  readonly mediaType: string | null;
  /** May be called again after a failed attempt. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Attachments up to this size are put from memory, so that the client itself can try again. */
const wholeBytes = 4 * 2 ** 20;
const streamAttempts = 3;

export function makeVaultStore(s3: S3Client, s3Public: S3Client, bucket: string, epochMs: () => number) {
  async function head(key: string): Promise<VaultObject | null> {
    try {
      const found = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
      const whole = found.ChecksumSHA256 !== undefined && !found.ChecksumSHA256.includes('-');
      return {
        size: found.ContentLength ?? 0,
        sha256: whole ? hexFromBase64(found.ChecksumSHA256 ?? '') : null,
        mediaType: found.ContentType ?? null,
        held: found.ObjectLockLegalHoldStatus === 'ON',
      };
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  async function isThere(key: string, size: number, sha256: string): Promise<boolean> {
    const found = await head(key);
    return found !== null && found.size === size && (found.sha256 === null || found.sha256 === sha256);
  }

  /** Copies the proven original in from the intake, within S3. Done already: nothing happens. */
  async function putOriginal(bundleId: string, from: Copy['from'], size: number, sha256: string): Promise<void> {
    const key = vaultKey.original(bundleId);
    if (await isThere(key, size, sha256)) return;
    await copyObject(s3, { from, to: { bucket, key }, size });
    if (!(await isThere(key, size, sha256))) throw new Error('vault: the copy of an original differs from it');
  }

  /** Puts an attachment; the key it lies under. Done already: nothing is written. */
  async function putAttachment(put: AttachmentPut): Promise<string> {
    const key = vaultKey.attachment(put.bundleId, put.n);
    for (let attempt = 1; ; attempt++) {
      try {
        await s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: put.size <= wholeBytes ? await collect(put.open(), put.size) : Readable.from(put.open(), { objectMode: false }),
            ContentLength: put.size,
            ChecksumSHA256: base64FromHex(put.sha256),
            ContentType: put.mediaType ?? 'application/octet-stream',
            IfNoneMatch: '*',
          }),
        );
        return key;
      } catch (error) {
        if (isThereAlready(error)) {
          if (await isThere(key, put.size, put.sha256)) return key;
          throw new Error('vault: another object lies where this attachment belongs', { cause: error });
        }
        if (attempt >= streamAttempts) throw error;
      }
    }
  }

  /** The bytes of an object, or of [from, to) of it, as a stream; null when it is not there. */
  async function open(key: string, range?: { readonly from: number; readonly to: number }): Promise<AsyncIterable<Uint8Array> | null> {
    try {
      const { Body } = await s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, ...(range === undefined ? {} : { Range: `bytes=${range.from}-${range.to - 1}` }) }),
      );
      return (Body as AsyncIterable<Uint8Array> | undefined) ?? null;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  /** A short-lived link to download. `name` stands in the URL: pass a neutral one, never one out of a chat. */
  async function presignGet(key: string, name: string, seconds = 300): Promise<string> {
    return getSignedUrl(
      s3Public,
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentDisposition: `attachment; filename="${name}"`,
        ResponseContentType: 'application/octet-stream',
      }),
      { expiresIn: seconds, signingDate: new Date(epochMs()) },
    );
  }

  /** Every version and marker under the bundle's prefix. */
  async function* listVersions(bundleId: string): AsyncGenerator<ObjectVersion> {
    let marker: { KeyMarker?: string; VersionIdMarker?: string } | null = {};
    while (marker !== null) {
      const page: Awaited<ReturnType<typeof versionPage>> = await versionPage(bundleId, marker);
      for (const version of page.Versions ?? []) yield { key: version.Key ?? '', versionId: version.VersionId ?? 'null', isMarker: false };
      for (const version of page.DeleteMarkers ?? []) yield { key: version.Key ?? '', versionId: version.VersionId ?? 'null', isMarker: true };
      marker =
        page.IsTruncated === true
          ? {
              ...(page.NextKeyMarker === undefined ? {} : { KeyMarker: page.NextKeyMarker }),
              ...(page.NextVersionIdMarker === undefined ? {} : { VersionIdMarker: page.NextVersionIdMarker }),
            }
          : null;
    }
  }

  async function versionPage(bundleId: string, marker: { KeyMarker?: string; VersionIdMarker?: string }) {
    return s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: vaultKey.prefix(bundleId), ...marker }));
  }

  /** Sets or lifts the legal hold on every version of the bundle; how many there were. */
  async function setLegalHold(bundleId: string, status: 'ON' | 'OFF'): Promise<number> {
    let count = 0;
    for await (const version of listVersions(bundleId)) {
      if (version.isMarker) continue;
      await s3.send(new PutObjectLegalHoldCommand({ Bucket: bucket, Key: version.key, VersionId: version.versionId, LegalHold: { Status: status } }));
      count++;
    }
    return count;
  }

  /** Removes every version and marker of the bundle. What would not go comes back by name, with the reason. */
  async function emptyPrefix(bundleId: string): Promise<{ readonly removed: number; readonly left: readonly LeftVersion[] }> {
    let removed = 0;
    const left: LeftVersion[] = [];
    let batch: ObjectVersion[] = [];
    const flush = async () => {
      if (batch.length === 0) return;
      const { Errors } = await s3.send(
        new DeleteObjectsCommand({
          Bucket: bucket,
          Delete: { Quiet: true, Objects: batch.map((version) => ({ Key: version.key, VersionId: version.versionId })) },
        }),
      );
      for (const error of Errors ?? []) {
        const version = batch.find((one) => one.key === error.Key && one.versionId === (error.VersionId ?? 'null'));
        left.push({ key: error.Key ?? '', versionId: error.VersionId ?? 'null', isMarker: version?.isMarker ?? false, code: error.Code ?? 'unknown' });
      }
      removed += batch.length - (Errors?.length ?? 0);
      batch = [];
    };
    for await (const version of listVersions(bundleId)) {
      batch.push(version);
      if (batch.length === 1000) await flush();
    }
    await flush();
    return { removed, left };
  }

  /** Reads the prefix back: how many versions and markers are still there. Zero is the proof. */
  async function countVersions(bundleId: string): Promise<number> {
    let count = 0;
    for await (const _version of listVersions(bundleId)) count++;
    return count;
  }

  return { head, putOriginal, putAttachment, open, presignGet, listVersions, setLegalHold, emptyPrefix, countVersions };
}

async function collect(stream: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array> {
  const whole = new Uint8Array(size);
  let at = 0;
  for await (const chunk of stream) {
    if (at + chunk.length > size) throw new Error('vault: more bytes than told');
    whole.set(chunk, at);
    at += chunk.length;
  }
  if (at !== size) throw new Error('vault: fewer bytes than told');
  return whole;
}
