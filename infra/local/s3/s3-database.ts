// What is known of buckets, versions, uploads and undelivered events: one SQLite file. Deleted rows are overwritten (secure_delete).
import { DatabaseSync } from 'node:sqlite';

const schema = `
CREATE TABLE IF NOT EXISTS buckets (
  name TEXT PRIMARY KEY, created INTEGER NOT NULL, versioning TEXT NOT NULL, locked INTEGER NOT NULL,
  retention TEXT, cors TEXT, lifecycle TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions (
  seq INTEGER PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL, latest INTEGER NOT NULL, marker INTEGER NOT NULL,
  modified INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, headers TEXT NOT NULL, checksum TEXT, blobs TEXT NOT NULL,
  tags TEXT, lockMode TEXT, lockUntil INTEGER, legalHold INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS versionsOfKey ON versions (bucket, key, seq DESC);
CREATE UNIQUE INDEX IF NOT EXISTS versionById ON versions (bucket, key, version);
CREATE UNIQUE INDEX IF NOT EXISTS latestOfKey ON versions (bucket, key) WHERE latest = 1;
CREATE TABLE IF NOT EXISTS uploads (
  id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, started INTEGER NOT NULL, headers TEXT NOT NULL,
  checksumAlgorithm TEXT, checksumType TEXT, tags TEXT, lockMode TEXT, lockUntil INTEGER, legalHold INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS uploadsOfBucket ON uploads (bucket, key, id);
CREATE TABLE IF NOT EXISTS parts (
  upload TEXT NOT NULL, number INTEGER NOT NULL, blob TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
  checksums TEXT NOT NULL, PRIMARY KEY (upload, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blobs (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS doomed (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
`;

type SqlValue = string | number | null;

export interface S3Database {
  readonly all: <T>(sql: string, ...values: SqlValue[]) => T[];
  readonly one: <T>(sql: string, ...values: SqlValue[]) => T | undefined;
  readonly run: (sql: string, ...values: SqlValue[]) => number;
  /** All or nothing. Never nested. */
  readonly transaction: <T>(work: () => T) => T;
  /** Folds the write-ahead log into the file and empties it, so that no deleted row stays behind in it. */
  readonly checkpoint: () => void;
  readonly close: () => void;
}

export function openS3Database(file: string, durable: boolean): S3Database {
  const db = new DatabaseSync(file);
  // One process owns the folder: a second one is told so at once.
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON;');
  db.exec(`PRAGMA synchronous = ${durable ? 'FULL' : 'OFF'}`);
  db.exec(schema);
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (sql: string) => {
    let found = prepared.get(sql);
    if (found === undefined) {
      found = db.prepare(sql);
      prepared.set(sql, found);
    }
    return found;
  };
  return {
    all: <T>(sql: string, ...values: SqlValue[]) => statement(sql).all(...values) as T[],
    one: <T>(sql: string, ...values: SqlValue[]) => statement(sql).get(...values) as T | undefined,
    run: (sql, ...values) => Number(statement(sql).run(...values).changes),
    transaction: (work) => {
      statement('BEGIN IMMEDIATE').run();
      try {
        const result = work();
        statement('COMMIT').run();
        return result;
      } catch (error) {
        statement('ROLLBACK').run();
        throw error;
      }
    },
    checkpoint: () => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
    close: () => db.close(),
  };
}
