// Listings in the order of UTF-8 bytes, page by page, folding keys that share a delimiter into common prefixes.
import type { Bucket } from './bucket-store.ts';
import { seqOfVersionId, type Version } from './object-store.ts';
import type { S3Database } from './s3-database.ts';

export interface Listing {
  readonly items: readonly Version[];
  readonly prefixes: readonly string[];
  /** Where the next page starts: the last key or common prefix given out, and for versions its id. */
  readonly next: { readonly key: string; readonly version?: string } | undefined;
}

export interface ListingQuery {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
  readonly after: string;
  readonly afterVersion?: string | undefined;
}

const pageOfRows = 1000;
const beyondAll = '\u{10FFFF}';

/** Keys with this prefix are those from it up to this bound. */
function upperBound(prefix: string): string {
  return prefix + beyondAll;
}

export function makeListing(db: S3Database) {
  const walk = (query: ListingQuery, rowsAfter: (key: string, seq: number, limit: number) => readonly Version[], withVersions: boolean): Listing => {
    const items: Version[] = [];
    const prefixes: string[] = [];
    const afterFold =
      query.delimiter !== '' && query.after.startsWith(query.prefix) && query.after.endsWith(query.delimiter) && query.after.length > query.prefix.length;
    let key = afterFold ? upperBound(query.after) : query.after;
    let seq = withVersions && query.afterVersion !== undefined ? (seqOfVersionId(query.afterVersion) ?? Number.MAX_SAFE_INTEGER) : 0;
    let last: Listing['next'];
    if (query.limit === 0) return { items, prefixes, next: undefined };
    for (;;) {
      const rows = rowsAfter(key, seq, Math.min(pageOfRows, query.limit + 1));
      let skipped = false;
      for (const row of rows) {
        const cut = query.delimiter === '' ? -1 : row.key.indexOf(query.delimiter, query.prefix.length);
        if (items.length + prefixes.length >= query.limit) return { items, prefixes, next: last };
        if (cut === -1) {
          items.push(row);
          last = { key: row.key, version: row.version };
          [key, seq] = [row.key, row.seq];
        } else {
          const folded = row.key.slice(0, cut + query.delimiter.length);
          prefixes.push(folded);
          last = { key: folded };
          [key, seq] = [upperBound(folded), 0];
          skipped = true;
          break;
        }
      }
      if (!skipped && rows.length === 0) return { items, prefixes, next: undefined };
    }
  };
  return {
    objects: (bucket: Bucket, query: ListingQuery) =>
      walk(
        query,
        (key, _seq, limit) =>
          db.all<Version>(
            'SELECT * FROM versions WHERE bucket = ? AND key > ? AND key >= ? AND key < ? AND latest = 1 AND marker = 0 ORDER BY key LIMIT ?',
            bucket.name,
            key,
            query.prefix,
            upperBound(query.prefix),
            limit,
          ),
        false,
      ),
    versions: (bucket: Bucket, query: ListingQuery) =>
      walk(
        query,
        (key, seq, limit) =>
          db.all<Version>(
            `SELECT * FROM (SELECT * FROM versions WHERE bucket = ? AND key = ? AND key >= ? AND key < ? AND seq < ? ORDER BY seq DESC LIMIT ?)
             UNION ALL
             SELECT * FROM (SELECT * FROM versions WHERE bucket = ? AND key > ? AND key >= ? AND key < ? ORDER BY key, seq DESC LIMIT ?)
             LIMIT ?`,
            bucket.name,
            key,
            query.prefix,
            upperBound(query.prefix),
            seq,
            limit,
            bucket.name,
            key,
            query.prefix,
            upperBound(query.prefix),
            limit,
            limit,
          ),
        true,
      ),
  };
}
