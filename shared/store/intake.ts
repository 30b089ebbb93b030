// The intake bucket: uploads on their way in. Links are signed for exactly the bytes that were registered.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { RandomAccess } from './random-access.ts';
import { base64FromHex, hexFromBase64, isAbsent, isThereAlready } from './s3-absent.ts';
import { intakeKey } from './table.ts';

export type IntakeStore = ReturnType<typeof makeIntakeStore>;

export interface SignedRequest {
  readonly method: 'PUT';
  readonly url: string;
  /** To be sent with the bytes, exactly so: they are part of the signature. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}

export interface UploadedPart {
  readonly number: number;
  readonly etag: string;
  readonly size: number;
  readonly sha256: string | null;
}

export interface IntakeObject {
  readonly size: number;
  readonly etag: string;
}

export interface IntakeSettings {
  readonly bucket: string;
  readonly linkSeconds: number;
}

interface SigningOptions {
  readonly expiresIn: number;
  readonly signingDate: Date;
  readonly unhoistableHeaders: Set<string>;
}

const checksumHeader = 'x-amz-checksum-sha256';

/** `s3Public` signs: its endpoint is the address a browser reaches. `epochMs` is the time from which a link counts. */
export function makeIntakeStore(s3: S3Client, s3Public: S3Client, settings: IntakeSettings, epochMs: () => number) {
  const { bucket: Bucket, linkSeconds } = settings;
  const target = (bundleId: string) => ({ Bucket, Key: intakeKey.upload(bundleId) });

  async function signed(headers: SignedRequest['headers'], sign: (options: SigningOptions) => Promise<string>): Promise<SignedRequest> {
    const signedAt = epochMs();
    const url = await sign({ expiresIn: linkSeconds, signingDate: new Date(signedAt), unhoistableHeaders: new Set([checksumHeader]) });
    return { method: 'PUT', url, headers, expiresAt: new Date(signedAt + linkSeconds * 1000).toISOString() };
  }

  /** One PUT of exactly `size` bytes with this hash, and only while nothing is there. */
  async function presignPut(bundleId: string, size: number, sha256: string): Promise<SignedRequest> {
    const ChecksumSHA256 = base64FromHex(sha256);
    const command = new PutObjectCommand({ ...target(bundleId), ContentLength: size, ChecksumSHA256, IfNoneMatch: '*' });
    return signed({ [checksumHeader]: ChecksumSHA256, 'if-none-match': '*' }, (options) => getSignedUrl(s3Public, command, options));
  }

  /** With `partChecksums` every part must come with its SHA-256; S3 wants that to be known from the start. */
  async function createMultipart(bundleId: string, partChecksums: boolean): Promise<string> {
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ ...target(bundleId), ...(partChecksums ? { ChecksumAlgorithm: 'SHA256' as const } : {}) }),
    );
    if (UploadId === undefined) throw new Error('intake: no upload id');
    return UploadId;
  }

  async function presignPart(bundleId: string, uploadId: string, number: number, size: number, sha256?: string): Promise<SignedRequest> {
    const checksum = sha256 === undefined ? {} : { ChecksumSHA256: base64FromHex(sha256) };
    const command = new UploadPartCommand({ ...target(bundleId), UploadId: uploadId, PartNumber: number, ContentLength: size, ...checksum });
    const headers: Record<string, string> = sha256 === undefined ? {} : { [checksumHeader]: base64FromHex(sha256) };
    return signed(headers, (options) => getSignedUrl(s3Public, command, options));
  }

  /** Parts that have come in, or null when the upload is over (completed, broken off or expired). */
  async function listParts(bundleId: string, uploadId: string): Promise<UploadedPart[] | null> {
    const parts: UploadedPart[] = [];
    let marker: string | undefined;
    try {
      do {
        const page = await s3.send(
          new ListPartsCommand({ ...target(bundleId), UploadId: uploadId, ...(marker === undefined ? {} : { PartNumberMarker: marker }) }),
        );
        for (const part of page.Parts ?? []) {
          parts.push({
            number: part.PartNumber ?? 0,
            etag: part.ETag ?? '',
            size: part.Size ?? 0,
            sha256: part.ChecksumSHA256 === undefined ? null : hexFromBase64(part.ChecksumSHA256),
          });
        }
        marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
      } while (marker !== undefined);
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
    return parts;
  }

  /** 'completed' also when it was so already; 'absent' when neither upload nor object is there. */
  async function complete(bundleId: string, uploadId: string, parts: readonly UploadedPart[]): Promise<'completed' | 'absent'> {
    try {
      await s3.send(
        new CompleteMultipartUploadCommand({
          ...target(bundleId),
          UploadId: uploadId,
          IfNoneMatch: '*',
          MultipartUpload: {
            Parts: parts.map((part) => ({
              PartNumber: part.number,
              ETag: part.etag,
              ...(part.sha256 === null ? {} : { ChecksumSHA256: base64FromHex(part.sha256) }),
            })),
          },
        }),
      );
      return 'completed';
    } catch (error) {
      if (isThereAlready(error)) return 'completed';
      if (!isAbsent(error)) throw error;
      return (await head(bundleId)) === null ? 'absent' : 'completed';
    }
  }

  async function abort(bundleId: string, uploadId: string): Promise<void> {
    try {
      await s3.send(new AbortMultipartUploadCommand({ ...target(bundleId), UploadId: uploadId }));
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }

  async function head(bundleId: string): Promise<IntakeObject | null> {
    try {
      const { ContentLength, ETag } = await s3.send(new HeadObjectCommand(target(bundleId)));
      return { size: ContentLength ?? 0, etag: ETag ?? '' };
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  /** The object's bytes by range; a range asked for fails when the object was replaced meanwhile. */
  function open(bundleId: string, object: IntakeObject): RandomAccess {
    return {
      size: object.size,
      read: async (from, to) => {
        if (from >= to) return new Uint8Array();
        const { Body } = await s3.send(new GetObjectCommand({ ...target(bundleId), Range: `bytes=${from}-${to - 1}`, IfMatch: object.etag }));
        if (Body === undefined) throw new Error('intake: no body');
        return Body.transformToByteArray();
      },
    };
  }

  async function remove(bundleId: string): Promise<void> {
    await s3.send(new DeleteObjectCommand(target(bundleId)));
  }

  const where = (bundleId: string) => ({ bucket: Bucket, key: intakeKey.upload(bundleId) });

  return { presignPut, createMultipart, presignPart, listParts, complete, abort, head, open, remove, where };
}
