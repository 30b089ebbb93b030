// Copies an object inside S3, whatever its size: in one request to 5 GiB, above that part by part. The bytes stay within S3.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { isNotBuilt } from './s3-absent.ts';

export interface Copy {
  readonly from: { readonly bucket: string; readonly key: string };
  readonly to: { readonly bucket: string; readonly key: string };
  readonly size: number;
}

const gibibyte = 2 ** 30;
/** Above this S3 refuses to copy in one request. */
const singleCopyBytes = 5 * gibibyte;

export async function copyObject(s3: S3Client, copy: Copy, limits = { single: singleCopyBytes, part: gibibyte }): Promise<void> {
  const CopySource = `${copy.from.bucket}/${encodeURIComponent(copy.from.key)}`;
  const target = { Bucket: copy.to.bucket, Key: copy.to.key };
  if (copy.size <= limits.single) {
    await s3.send(new CopyObjectCommand({ ...target, CopySource, ChecksumAlgorithm: 'SHA256', MetadataDirective: 'REPLACE' }));
    return;
  }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'SHA256' }));
  if (UploadId === undefined) throw new Error('copy: no upload id');
  try {
    const Parts: { PartNumber: number; ETag?: string | undefined; ChecksumSHA256?: string | undefined }[] = [];
    for (let from = 0, PartNumber = 1; from < copy.size; from += limits.part, PartNumber++) {
      const range = `bytes=${from}-${Math.min(from + limits.part, copy.size) - 1}`;
      const made = await copyPart(s3, { ...target, UploadId, PartNumber }, copy, CopySource, range);
      Parts.push({ PartNumber, ETag: made.ETag, ChecksumSHA256: made.ChecksumSHA256 });
    }
    await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined);
    throw error;
  }
}

interface PartTarget {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
  readonly PartNumber: number;
}

/** Part by server-side copy; an engine that has none gets the bytes streamed through. */
async function copyPart(
  s3: S3Client,
  part: PartTarget,
  copy: Copy,
  CopySource: string,
  range: string,
): Promise<{ ETag?: string | undefined; ChecksumSHA256?: string | undefined }> {
  try {
    const { CopyPartResult } = await s3.send(new UploadPartCopyCommand({ ...part, CopySource, CopySourceRange: range }));
    return CopyPartResult ?? {};
  } catch (error) {
    if (!isNotBuilt(error)) throw error;
    const { Body, ContentLength } = await s3.send(new GetObjectCommand({ Bucket: copy.from.bucket, Key: copy.from.key, Range: range }));
    if (Body === undefined) throw new Error('copy: no body', { cause: error });
    return s3.send(new UploadPartCommand({ ...part, Body, ContentLength, ChecksumAlgorithm: 'SHA256' }));
  }
}
