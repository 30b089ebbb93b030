// Buckets and their settings.
import type { S3Database } from './s3-database.ts';
import { S3Fault } from './s3-fault.ts';

type Versioning = 'never' | 'Enabled' | 'Suspended';
export type LockMode = 'GOVERNANCE' | 'COMPLIANCE';

interface DefaultRetention {
  readonly mode: LockMode;
  readonly days?: number;
  readonly years?: number;
}

export interface CorsRule {
  readonly id?: string;
  readonly methods: readonly string[];
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly expose: readonly string[];
  readonly maxAge?: number;
}

/** The three actions a rule can ask for here; days count from the object's own date. */
export interface LifecycleRule {
  readonly id?: string;
  readonly enabled: boolean;
  readonly prefix: string;
  readonly expireDays?: number;
  readonly noncurrentDays?: number;
  readonly abortUploadDays?: number;
}

export interface Bucket {
  readonly name: string;
  readonly created: number;
  readonly versioning: Versioning;
  readonly locked: boolean;
  readonly retention: DefaultRetention | null;
  readonly cors: readonly CorsRule[] | null;
  readonly lifecycle: readonly LifecycleRule[] | null;
}

interface BucketRow {
  readonly name: string;
  readonly created: number;
  readonly versioning: Versioning;
  readonly locked: number;
  readonly retention: string | null;
  readonly cors: string | null;
  readonly lifecycle: string | null;
}

export interface BucketStore {
  readonly create: (name: string, locked: boolean) => void;
  readonly remove: (name: string) => void;
  readonly list: () => readonly Bucket[];
  readonly find: (name: string) => Bucket | undefined;
  /** Throws NoSuchBucket. */
  readonly get: (name: string) => Bucket;
  readonly setVersioning: (bucket: Bucket, to: 'Enabled' | 'Suspended') => void;
  readonly setRetention: (bucket: Bucket, to: DefaultRetention | null) => void;
  readonly setCors: (bucket: Bucket, to: readonly CorsRule[] | null) => void;
  readonly setLifecycle: (bucket: Bucket, to: readonly LifecycleRule[] | null) => void;
}

function fromRow(row: BucketRow): Bucket {
  const parsed = <T>(text: string | null) => (text === null ? null : (JSON.parse(text) as T));
  return {
    name: row.name,
    created: row.created,
    versioning: row.versioning,
    locked: row.locked === 1,
    retention: parsed<DefaultRetention>(row.retention),
    cors: parsed<CorsRule[]>(row.cors),
    lifecycle: parsed<LifecycleRule[]>(row.lifecycle),
  };
}

export function makeBucketStore(db: S3Database, epochMs: () => number): BucketStore {
  const known = new Map(db.all<BucketRow>('SELECT * FROM buckets').map((row) => [row.name, fromRow(row)]));
  const set = (column: 'versioning' | 'retention' | 'cors' | 'lifecycle', bucket: Bucket, value: string | null, next: Bucket) => {
    db.run(`UPDATE buckets SET ${column} = ? WHERE name = ?`, value, bucket.name);
    known.set(bucket.name, next);
  };
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  return {
    create: (name, locked) => {
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..')) throw new S3Fault('InvalidBucketName', 'The specified bucket is not valid.');
      if (known.has(name)) throw new S3Fault('BucketAlreadyOwnedByYou', 'The bucket you tried to create already exists, and you own it.');
      const bucket: Bucket = { name, created: epochMs(), versioning: locked ? 'Enabled' : 'never', locked, retention: null, cors: null, lifecycle: null };
      db.run('INSERT INTO buckets VALUES (?, ?, ?, ?, NULL, NULL, NULL)', name, bucket.created, bucket.versioning, locked ? 1 : 0);
      known.set(name, bucket);
    },
    remove: (name) => {
      const inUse = db.one('SELECT 1 FROM versions WHERE bucket = ? UNION ALL SELECT 1 FROM uploads WHERE bucket = ? LIMIT 1', name, name);
      if (inUse !== undefined) throw new S3Fault('BucketNotEmpty', 'The bucket you tried to delete is not empty.');
      db.run('DELETE FROM buckets WHERE name = ?', name);
      known.delete(name);
    },
    list: () => [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    find: (name) => known.get(name),
    get: (name) => {
      const bucket = known.get(name);
      if (bucket === undefined) throw new S3Fault('NoSuchBucket', 'The specified bucket does not exist');
      return bucket;
    },
    setVersioning: (bucket, to) => {
      if (bucket.locked && to === 'Suspended') {
        throw new S3Fault('InvalidBucketState', 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.');
      }
      set('versioning', bucket, to, { ...bucket, versioning: to });
    },
    setRetention: (bucket, to) => {
      if (!bucket.locked) throw new S3Fault('InvalidBucketState', 'Object Lock configuration cannot be enabled on existing buckets');
      set('retention', bucket, json(to), { ...bucket, retention: to });
    },
    setCors: (bucket, to) => set('cors', bucket, json(to), { ...bucket, cors: to }),
    setLifecycle: (bucket, to) => set('lifecycle', bucket, json(to), { ...bucket, lifecycle: to }),
  };
}
