// The vault: originals and attachments, one prefix a bundle, versioned, with legal holds. To destroy a bundle is to empty its prefix of
// every version and marker; absence is proved by listing it.
import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Copy, copyObject } from './copy-object.ts';
import type { RandomAccess } from './random-access.ts';
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

interface ProvenPut {
  readonly size: number;
  /** Hexadecimal, known beforehand: S3 refuses other bytes. */
  readonly sha256: string;
  readonly mediaType: string | null;
  /** May be called again after a failed attempt. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

export interface AttachmentPut extends ProvenPut {
  readonly bundleId: string;
  readonly n: number;
}

/** What is held in memory of an attachment at once; larger ones go in parts of this size. */
const partBytes = 8 * 2 ** 20;
const plainBytes = 'application/octet-stream';

const holdsAtOnce = 16;

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

  /** Puts an attachment; the key it lies under. */
  async function putAttachment(put: AttachmentPut): Promise<string> {
    const key = vaultKey.attachment(put.bundleId, put.n);
    await putProven(key, put);
    return key;
  }

  /** Puts what is kept in place of an upload, which is that upload without the keys in it; the hash that it has. */
  async function putInstead(bundleId: string, { size, open: stream }: Pick<AttachmentPut, 'size' | 'open'>): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of stream()) hash.update(chunk);
    const sha256 = hash.digest('hex');
    await putProven(vaultKey.original(bundleId), { size, sha256, mediaType: null, open: stream });
    return sha256;
  }

  /** Done already: nothing is written. Its bytes are proven before the object exists. */
  async function putProven(key: string, put: ProvenPut): Promise<void> {
    if (put.size > partBytes && (await isThere(key, put.size, put.sha256))) return;
    try {
      await (put.size <= partBytes ? putWhole(key, put) : putInParts(key, put));
    } catch (error) {
      if (!isThereAlready(error)) throw error;
      if (!(await isThere(key, put.size, put.sha256))) throw new Error('vault: another object lies where this one belongs', { cause: error });
    }
  }

  async function putWhole(key: string, put: ProvenPut): Promise<void> {
    let body: Uint8Array = new Uint8Array();
    for await (const part of inParts(put.open(), partBytes)) body = part;
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentLength: put.size,
        ChecksumSHA256: base64FromHex(put.sha256),
        ContentType: put.mediaType ?? plainBytes,
        IfNoneMatch: '*',
      }),
    );
  }

  /** Part by part from memory: a part that fails is sent again by the client itself, which a stream could not be. */
  async function putInParts(key: string, put: ProvenPut): Promise<void> {
    const target = { Bucket: bucket, Key: key };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'SHA256', ContentType: put.mediaType ?? plainBytes }));
    if (UploadId === undefined) throw new Error('vault: no upload id');
    try {
      const whole = createHash('sha256');
      const Parts: { PartNumber: number; ETag?: string | undefined; ChecksumSHA256: string }[] = [];
      for await (const Body of inParts(put.open(), partBytes)) {
        whole.update(Body);
        const PartNumber = Parts.length + 1;
        const ChecksumSHA256 = createHash('sha256').update(Body).digest('base64');
        const { ETag } = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body, ContentLength: Body.length, ChecksumSHA256 }));
        Parts.push({ PartNumber, ETag, ChecksumSHA256 });
      }
      if (whole.digest('hex') !== put.sha256) throw new Error('vault: an attachment is not what was proven');
      await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, IfNoneMatch: '*', MultipartUpload: { Parts } }));
    } catch (error) {
      await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined);
      throw error;
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

  /** An object's bytes by range, to be read like an upload. */
  function source(key: string, size: number): RandomAccess {
    return {
      size,
      read: async (from, to) => {
        const body = await open(key, { from, to });
        if (body === null) throw new Error('vault: an object is gone');
        const parts: Uint8Array[] = [];
        for await (const part of body) parts.push(part);
        return Buffer.concat(parts);
      },
    };
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

  /**
   * Whether any version of the bundle is under a legal hold. Asked outright: a HEAD keeps silent about holds to whoever may not see them,
   * and silence must never look like freedom.
   */
  async function isLocked(bundleId: string): Promise<boolean> {
    let batch: ObjectVersion[] = [];
    const ask = async () => {
      const answers = await Promise.all(batch.map(isVersionLocked));
      batch = [];
      return answers.includes(true);
    };
    for await (const version of listVersions(bundleId)) {
      if (version.isMarker) continue;
      batch.push(version);
      if (batch.length === holdsAtOnce && (await ask())) return true;
    }
    return ask();
  }

  async function isVersionLocked({ key, versionId }: ObjectVersion): Promise<boolean> {
    try {
      const { LegalHold } = await s3.send(new GetObjectLegalHoldCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
      return LegalHold?.Status === 'ON';
    } catch (error) {
      // No hold was ever set on it, or it went meanwhile.
      if (isAbsent(error)) return false;
      throw error;
    }
  }

  /** Uploads in parts that a dead machine left unfinished: their parts are bytes too, and no listing of versions shows them. */
  async function* listUnfinished(bundleId: string): AsyncGenerator<{ readonly key: string; readonly uploadId: string }> {
    let marker: { KeyMarker?: string; UploadIdMarker?: string } | null = {};
    while (marker !== null) {
      const page: ListMultipartUploadsCommandOutput = await s3.send(
        new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: vaultKey.prefix(bundleId), ...marker }),
      );
      for (const upload of page.Uploads ?? []) yield { key: upload.Key ?? '', uploadId: upload.UploadId ?? '' };
      marker =
        page.IsTruncated === true
          ? {
              ...(page.NextKeyMarker === undefined ? {} : { KeyMarker: page.NextKeyMarker }),
              ...(page.NextUploadIdMarker === undefined ? {} : { UploadIdMarker: page.NextUploadIdMarker }),
            }
          : null;
    }
  }

  /** Removes every version and marker of the bundle, and what was left unfinished. What would not go comes back by name, with the reason. */
  async function emptyPrefix(bundleId: string): Promise<{ readonly removed: number; readonly left: readonly LeftVersion[] }> {
    for await (const { key, uploadId } of listUnfinished(bundleId)) {
      await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId })).catch((error: unknown) => {
        if (!isAbsent(error)) throw error;
      });
    }
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

  /** Reads the prefix back: how many versions, markers and unfinished uploads are there. Zero is the proof. */
  async function countVersions(bundleId: string): Promise<number> {
    let count = 0;
    for await (const _version of listVersions(bundleId)) count++;
    for await (const _upload of listUnfinished(bundleId)) count++;
    return count;
  }

  return { head, putOriginal, putAttachment, putInstead, open, source, presignGet, listVersions, setLegalHold, isLocked, emptyPrefix, countVersions };
}

/** The bytes of a stream in pieces of `size`, the last one shorter. */
async function* inParts(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    for (let rest = chunk; rest.length > 0; ) {
      const piece = rest.subarray(0, size - length);
      held.push(piece);
      length += piece.length;
      rest = rest.subarray(piece.length);
      if (length < size) continue;
      yield Buffer.concat(held);
      held = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(held);
}
