// The ledger bucket: certificates and seals, written once, kept for good.
import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { isAbsent, isThereAlready } from './s3-absent.ts';

export type Ledger = ReturnType<typeof makeLedger>;

export interface LedgerEntry {
  readonly bytes: Uint8Array;
  /** Hexadecimal. */
  readonly sha256: string;
}

function entryOf(bytes: Uint8Array): LedgerEntry {
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export function makeLedger(s3: S3Client, bucket: string) {
  async function get(key: string): Promise<LedgerEntry | null> {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Body === undefined ? null : entryOf(await Body.transformToByteArray());
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  /** What lies under the key afterwards: these bytes, or those that were there first. Nothing is ever overwritten. */
  async function putOnce(key: string, bytes: Uint8Array, mediaType: string): Promise<LedgerEntry> {
    const entry = entryOf(bytes);
    try {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentType: mediaType,
          ChecksumSHA256: Buffer.from(entry.sha256, 'hex').toString('base64'),
          IfNoneMatch: '*',
        }),
      );
      return entry;
    } catch (error) {
      if (!isThereAlready(error)) throw error;
      const first = await get(key);
      if (first === null) throw new Error('ledger: an entry is there and cannot be read', { cause: error });
      return first;
    }
  }

  /** Keys right under a prefix (nothing behind a further slash), in order. */
  async function* keys(prefix: string): AsyncGenerator<string> {
    let from: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: '/', ...(from === undefined ? {} : { ContinuationToken: from }) }),
      );
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      from = page.NextContinuationToken;
    } while (from !== undefined);
  }

  return { get, putOnce, keys };
}
