// Versions of objects: put, find, delete, list. A version's row is its commit point; its bytes are immutable files.
import { randomBytes } from 'node:crypto';
import type { BlobFiles, BlobPart } from './blob-files.ts';
import type { Bucket } from './bucket-store.ts';
import type { ChecksumAlgorithm, ChecksumType } from './checksum.ts';
import { type Lock, noLock, refuseLocked } from './object-lock.ts';
import type { S3Database } from './s3-database.ts';
import { S3Fault } from './s3-fault.ts';

export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
  readonly type: ChecksumType;
}

export interface Version extends Lock {
  readonly seq: number;
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly latest: 0 | 1;
  readonly marker: 0 | 1;
  readonly modified: number;
  readonly size: number;
  readonly etag: string;
  /** JSON of the headers that come back with the object: content-type, x-amz-meta-… */
  readonly headers: string;
  readonly checksum: string | null;
  readonly blobs: string;
  readonly tags: string | null;
}

export interface NewVersion {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum: StoredChecksum | null;
  readonly blobs: readonly BlobPart[];
  readonly tags: string | null;
  readonly lock: Lock;
}

export interface Conditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

interface DeleteOutcome {
  readonly marker: boolean;
  readonly version?: string;
}

export interface ObjectStore {
  /** Checks the conditions and commits, in one step that nothing can come between. `also` joins the same transaction. */
  readonly put: (bucket: Bucket, fresh: NewVersion, conditions: Conditions, also?: (version: Version) => void) => Version;
  readonly latest: (bucket: Bucket, key: string) => Version | undefined;
  readonly byId: (bucket: Bucket, key: string, version: string) => Version | undefined;
  readonly remove: (
    bucket: Bucket,
    key: string,
    version: string | undefined,
    options: { readonly bypassGovernance: boolean; readonly ifMatch?: string | undefined },
  ) => Promise<DeleteOutcome>;
  readonly setLock: (version: Version, lock: Lock) => void;
  readonly setTags: (version: Version, tags: string | null) => void;
  /** Removes rows' bytes that a crash left behind. */
  readonly recover: () => Promise<void>;
  readonly doom: (parts: readonly BlobPart[]) => void;
  readonly sweep: (parts: readonly BlobPart[]) => Promise<void>;
}

export function blobsOf(version: Version): readonly BlobPart[] {
  return JSON.parse(version.blobs) as readonly BlobPart[];
}

export function versionLabel(bucket: Bucket, version: Pick<Version, 'version'>): string | undefined {
  return bucket.versioning === 'never' ? undefined : version.version;
}

const seqDigits = 12;

/** A version id carries its place in the order, so that paging goes on where a version has meanwhile been deleted. */
function makeVersionId(seq: number): string {
  return `${seq.toString(36).padStart(seqDigits, '0')}${randomBytes(10).toString('hex')}`;
}

export function seqOfVersionId(version: string): number | undefined {
  return /^[0-9a-z]{12}[0-9a-f]{20}$/.test(version) ? Number.parseInt(version.slice(0, seqDigits), 36) : undefined;
}

function refuseUnmet(current: Version | undefined, conditions: Conditions): void {
  const present = current !== undefined && current.marker === 0 ? current : undefined;
  const unmet = () => new S3Fault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  if (conditions.ifNoneMatch !== undefined) {
    if (conditions.ifNoneMatch !== '*')
      throw new S3Fault('NotImplemented', 'A header you provided implies functionality that is not implemented: If-None-Match other than *');
    if (present !== undefined) throw unmet();
  }
  if (conditions.ifMatch !== undefined) {
    if (present === undefined) throw new S3Fault('NoSuchKey', 'The specified key does not exist.');
    if (conditions.ifMatch !== '*' && conditions.ifMatch.replaceAll('"', '') !== present.etag) throw unmet();
  }
}

export function makeObjectStore(db: S3Database, blobs: BlobFiles, epochMs: () => number): ObjectStore {
  let lastSeq = Math.max(db.one<{ seq: number | null }>('SELECT max(seq) AS seq FROM versions')?.seq ?? 0, epochMs() * 1000);
  const latest = (bucket: Bucket, key: string) => db.one<Version>('SELECT * FROM versions WHERE bucket = ? AND key = ? AND latest = 1', bucket.name, key);
  const byId = (bucket: Bucket, key: string, version: string) =>
    db.one<Version>('SELECT * FROM versions WHERE bucket = ? AND key = ? AND version = ?', bucket.name, key, version);
  const doom = (parts: readonly BlobPart[]) => {
    for (const { id } of parts) {
      db.run('INSERT INTO doomed VALUES (?)', id);
      db.run('DELETE FROM blobs WHERE id = ?', id);
    }
  };
  const sweep = async (parts: readonly BlobPart[]) => {
    await blobs.discard(parts.map((part) => part.id));
    for (const { id } of parts) db.run('DELETE FROM doomed WHERE id = ?', id);
  };

  /** Inside a transaction: takes a row away and lets the one before it be the latest. */
  const takeAway = (version: Version) => {
    db.run('DELETE FROM versions WHERE seq = ?', version.seq);
    doom(blobsOf(version));
    if (version.latest === 0) return;
    const before = db.one<{ seq: number }>('SELECT seq FROM versions WHERE bucket = ? AND key = ? ORDER BY seq DESC LIMIT 1', version.bucket, version.key);
    if (before !== undefined) db.run('UPDATE versions SET latest = 1 WHERE seq = ?', before.seq);
  };

  /** Inside a transaction. Gives the parts whose bytes must go when it is through. */
  const insert = (bucket: Bucket, fresh: NewVersion, marker: 0 | 1): { version: Version; replaced: readonly BlobPart[] } => {
    lastSeq = Math.max(lastSeq + 1, epochMs() * 1000);
    const replaces = bucket.versioning === 'Enabled' ? undefined : byId(bucket, fresh.key, 'null');
    if (replaces !== undefined) takeAway(replaces);
    db.run('UPDATE versions SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1', bucket.name, fresh.key);
    const version: Version = {
      seq: lastSeq,
      bucket: bucket.name,
      key: fresh.key,
      version: bucket.versioning === 'Enabled' ? makeVersionId(lastSeq) : 'null',
      latest: 1,
      marker,
      modified: epochMs(),
      size: fresh.size,
      etag: fresh.etag,
      headers: JSON.stringify(fresh.headers),
      checksum: fresh.checksum === null ? null : JSON.stringify(fresh.checksum),
      blobs: JSON.stringify(fresh.blobs),
      tags: fresh.tags,
      ...fresh.lock,
    };
    db.run(
      'INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      version.seq,
      version.bucket,
      version.key,
      version.version,
      version.latest,
      version.marker,
      version.modified,
      version.size,
      version.etag,
      version.headers,
      version.checksum,
      version.blobs,
      version.tags,
      version.lockMode,
      version.lockUntil,
      version.legalHold,
    );
    for (const { id } of fresh.blobs) db.run('INSERT OR IGNORE INTO blobs VALUES (?)', id);
    return { version, replaced: replaces === undefined ? [] : blobsOf(replaces) };
  };

  return {
    latest,
    byId,
    doom,
    sweep,
    put: (bucket, fresh, conditions, also) => {
      const { version, replaced } = db.transaction(() => {
        refuseUnmet(latest(bucket, fresh.key), conditions);
        const done = insert(bucket, fresh, 0);
        also?.(done.version);
        return done;
      });
      void sweep(replaced).catch(() => undefined);
      return version;
    },
    remove: async (bucket, key, versionId, options) => {
      if (versionId === undefined && bucket.versioning !== 'never') {
        const { version, replaced } = db.transaction(() => {
          if (options.ifMatch !== undefined) refuseUnmet(latest(bucket, key), { ifMatch: options.ifMatch });
          return insert(bucket, { key, size: 0, etag: '', headers: {}, checksum: null, blobs: [], tags: null, lock: noLock }, 1);
        });
        await sweep(replaced);
        return { marker: true, version: version.version };
      }
      const gone = db.transaction(() => {
        const version = versionId === undefined ? latest(bucket, key) : byId(bucket, key, versionId);
        if (options.ifMatch !== undefined) refuseUnmet(version, { ifMatch: options.ifMatch });
        if (version === undefined) return undefined;
        refuseLocked(version, options.bypassGovernance, epochMs());
        takeAway(version);
        return version;
      });
      if (gone !== undefined) await sweep(blobsOf(gone));
      return { marker: gone?.marker === 1, ...(versionId === undefined ? {} : { version: versionId }) };
    },
    setLock: (version, lock) => {
      db.run('UPDATE versions SET lockMode = ?, lockUntil = ?, legalHold = ? WHERE seq = ?', lock.lockMode, lock.lockUntil, lock.legalHold, version.seq);
    },
    setTags: (version, tags) => {
      db.run('UPDATE versions SET tags = ? WHERE seq = ?', tags, version.seq);
    },
    recover: async () => {
      blobs.recover((id) => db.one('SELECT 1 FROM blobs WHERE id = ?', id) !== undefined);
      await sweep(db.all<{ id: string }>('SELECT id FROM doomed').map(({ id }) => ({ id, size: 0 })));
    },
  };
}
