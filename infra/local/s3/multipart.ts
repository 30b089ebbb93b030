// Multipart uploads. Completing joins the parts by naming them in a row: no byte is copied, whatever the size.
import { createHash, randomBytes } from 'node:crypto';
import type { BlobFiles, BlobPart } from './blob-files.ts';
import type { Bucket } from './bucket-store.ts';
import { asChecksumAlgorithm, type ChecksumAlgorithm, type ChecksumType, checksumOf } from './checksum.ts';
import type { Lock } from './object-lock.ts';
import type { Conditions, ObjectStore, StoredChecksum, Version } from './object-store.ts';
import type { S3Database } from './s3-database.ts';
import { S3Fault } from './s3-fault.ts';

export interface Upload extends Lock {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly started: number;
  readonly headers: string;
  readonly checksumAlgorithm: ChecksumAlgorithm | null;
  readonly checksumType: ChecksumType | null;
  readonly tags: string | null;
}

export interface Part {
  readonly number: number;
  readonly blob: string;
  readonly size: number;
  readonly etag: string;
  readonly modified: number;
  /** JSON: algorithm → base64. */
  readonly checksums: string;
}

export interface NamedPart {
  readonly number: number;
  readonly etag: string;
  readonly checksums: Readonly<Partial<Record<ChecksumAlgorithm, string>>>;
}

interface Completion {
  readonly parts: readonly NamedPart[];
  readonly conditions: Conditions;
  /** Checksum of the whole that the client claims. */
  readonly claimed?: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
}

export interface MultipartStore {
  readonly create: (
    bucket: Bucket,
    key: string,
    settings: {
      readonly headers: Readonly<Record<string, string>>;
      readonly algorithm: ChecksumAlgorithm | undefined;
      readonly type: string | undefined;
      readonly tags: string | null;
      readonly lock: Lock;
    },
  ) => Upload;
  /** Throws NoSuchUpload. */
  readonly get: (bucket: Bucket, key: string, id: string) => Upload;
  readonly putPart: (upload: Upload, part: Part) => Promise<void>;
  readonly parts: (upload: Upload, after: number, limit: number) => readonly Part[];
  readonly uploads: (bucket: Bucket, prefix: string, afterKey: string, afterId: string, limit: number) => readonly Upload[];
  readonly complete: (bucket: Bucket, upload: Upload, completion: Completion, also?: (version: Version) => void) => Promise<Version>;
  readonly abort: (upload: Upload) => Promise<void>;
}

const smallestPart = 5 * 2 ** 20;

function typeOf(algorithm: ChecksumAlgorithm | undefined, asked: string | undefined): ChecksumType | null {
  if (algorithm === undefined) return null;
  const type = asked ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  const possible = type === 'FULL_OBJECT' ? algorithm.startsWith('CRC') : type === 'COMPOSITE' && algorithm !== 'CRC64NVME';
  if (!possible) throw new S3Fault('InvalidRequest', `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`);
  return type as ChecksumType;
}

export function checksumsOf(part: Part): Readonly<Partial<Record<ChecksumAlgorithm, string>>> {
  return JSON.parse(part.checksums) as Partial<Record<ChecksumAlgorithm, string>>;
}

export function makeMultipartStore(db: S3Database, blobs: BlobFiles, objects: ObjectStore, epochMs: () => number): MultipartStore {
  const allParts = (upload: Upload) => db.all<Part>('SELECT * FROM parts WHERE upload = ? ORDER BY number', upload.id);
  const asBlob = (part: Part): BlobPart => ({ id: part.blob, size: part.size });
  const forget = (upload: Upload) => {
    db.run('DELETE FROM parts WHERE upload = ?', upload.id);
    db.run('DELETE FROM uploads WHERE id = ?', upload.id);
  };

  const chosenParts = (upload: Upload, named: readonly NamedPart[]): readonly Part[] => {
    const have = new Map(allParts(upload).map((part) => [part.number, part]));
    const chosen = named.map((one, i) => {
      const before = named[i - 1];
      if (before !== undefined && before.number >= one.number) throw new S3Fault('InvalidPartOrder', 'The list of parts was not in ascending order.');
      const part = have.get(one.number);
      const differs = part !== undefined && Object.entries(one.checksums).some(([a, value]) => checksumsOf(part)[a as ChecksumAlgorithm] !== value);
      if (part === undefined || part.etag !== one.etag.replaceAll('"', '') || differs) {
        throw new S3Fault('InvalidPart', 'One or more of the specified parts could not be found, or its entity tag or checksum did not match.');
      }
      return part;
    });
    if (chosen.length === 0) throw new S3Fault('MalformedXML', 'You must specify at least one part');
    if (chosen.slice(0, -1).some((part) => part.size < smallestPart))
      throw new S3Fault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    return chosen;
  };

  const checksumOfWhole = async (upload: Upload, chosen: readonly Part[]): Promise<StoredChecksum | null> => {
    const { checksumAlgorithm: algorithm, checksumType: type } = upload;
    if (algorithm === null || type === null) return null;
    if (type === 'FULL_OBJECT') {
      const size = chosen.reduce((sum, part) => sum + part.size, 0);
      return { algorithm, type, value: await checksumOf(algorithm, blobs.read(chosen.map(asBlob), 0, size)) };
    }
    const each = chosen.map((part) => Buffer.from(checksumsOf(part)[algorithm] ?? '', 'base64'));
    return { algorithm, type, value: `${await checksumOf(algorithm, each)}-${chosen.length}` };
  };

  return {
    create: (bucket, key, { headers, algorithm, type, tags, lock }) => {
      const upload: Upload = {
        id: randomBytes(24).toString('hex'),
        bucket: bucket.name,
        key,
        started: epochMs(),
        headers: JSON.stringify(headers),
        checksumAlgorithm: algorithm ?? null,
        checksumType: typeOf(algorithm, type),
        tags,
        ...lock,
      };
      db.run(
        'INSERT INTO uploads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        upload.id,
        upload.bucket,
        key,
        upload.started,
        upload.headers,
        upload.checksumAlgorithm,
        upload.checksumType,
        tags,
        lock.lockMode,
        lock.lockUntil,
        lock.legalHold,
      );
      return upload;
    },
    get: (bucket, key, id) => {
      const upload = db.one<Upload>('SELECT * FROM uploads WHERE id = ?', id);
      if (upload === undefined || upload.bucket !== bucket.name || upload.key !== key) {
        throw new S3Fault(
          'NoSuchUpload',
          'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
        );
      }
      return upload;
    },
    putPart: async (upload, part) => {
      const replaced = db.transaction(() => {
        if (db.one('SELECT 1 FROM uploads WHERE id = ?', upload.id) === undefined) throw new S3Fault('NoSuchUpload', 'The specified upload does not exist.');
        const before = db.one<Part>('SELECT * FROM parts WHERE upload = ? AND number = ?', upload.id, part.number);
        if (before !== undefined) objects.doom([asBlob(before)]);
        db.run(
          'INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?, ?)',
          upload.id,
          part.number,
          part.blob,
          part.size,
          part.etag,
          part.modified,
          part.checksums,
        );
        db.run('INSERT INTO blobs VALUES (?)', part.blob);
        return before === undefined ? [] : [asBlob(before)];
      });
      blobs.settle([asBlob(part)]);
      await objects.sweep(replaced);
    },
    parts: (upload, after, limit) => db.all<Part>('SELECT * FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?', upload.id, after, limit),
    uploads: (bucket, prefix, afterKey, afterId, limit) =>
      db.all<Upload>(
        'SELECT * FROM uploads WHERE bucket = ? AND (key > ? OR (key = ? AND id > ?)) AND key >= ? AND key < ? ORDER BY key, id LIMIT ?',
        bucket.name,
        afterKey,
        afterKey,
        afterId,
        prefix,
        `${prefix}\u{10FFFF}`,
        limit,
      ),
    complete: async (bucket, upload, completion, also) => {
      const chosen = chosenParts(upload, completion.parts);
      const checksum = await checksumOfWhole(upload, chosen);
      const { claimed } = completion;
      if (claimed !== undefined && checksum?.algorithm === claimed.algorithm && checksum.value !== claimed.value) {
        throw new S3Fault('BadDigest', `The ${claimed.algorithm} you specified did not match what we received.`);
      }
      const etag = `${createHash('md5')
        .update(Buffer.concat(chosen.map((part) => Buffer.from(part.etag, 'hex'))))
        .digest('hex')}-${chosen.length}`;
      let unused: readonly BlobPart[] = [];
      const version = objects.put(
        bucket,
        {
          key: upload.key,
          size: chosen.reduce((sum, part) => sum + part.size, 0),
          etag,
          headers: JSON.parse(upload.headers) as Record<string, string>,
          checksum,
          blobs: chosen.map(asBlob),
          tags: upload.tags,
          lock: { lockMode: upload.lockMode, lockUntil: upload.lockUntil, legalHold: upload.legalHold },
        },
        completion.conditions,
        (stored) => {
          const now = new Map(allParts(upload).map((part) => [part.number, part]));
          if (chosen.some((part) => now.get(part.number)?.blob !== part.blob))
            throw new S3Fault('InvalidPart', 'A part changed while the upload was being completed.');
          const kept = new Set(chosen.map((part) => part.blob));
          unused = [...now.values()].filter((part) => !kept.has(part.blob)).map(asBlob);
          objects.doom(unused);
          forget(upload);
          also?.(stored);
        },
      );
      await objects.sweep(unused);
      return version;
    },
    abort: async (upload) => {
      const gone = db.transaction(() => {
        const parts = allParts(upload).map(asBlob);
        objects.doom(parts);
        forget(upload);
        return parts;
      });
      await objects.sweep(gone);
    },
  };
}

/** The algorithm an upload or a put names for its checksum, refusing one that S3 does not know. */
export function namedAlgorithm(text: string | undefined): ChecksumAlgorithm | undefined {
  const algorithm = asChecksumAlgorithm(text);
  if (text !== undefined && algorithm === undefined) throw new S3Fault('InvalidRequest', 'Checksum algorithm provided is unsupported.');
  return algorithm;
}
