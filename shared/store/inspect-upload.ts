// What came in, proven: its size, its hash, whether it is a zip, and which files are in it. One pass over the bytes, nothing written.
import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { type RandomAccess, streamRange } from './random-access.ts';
import { sweepZip } from './sweep-zip.ts';
import { openEntry, openZip, type Zip, type ZipProblem, ZipRefused } from './zip-by-ranges.ts';

export interface InspectedFile {
  /** With its folders as they stand in the archive; the name as handed in when there is none. */
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** By its first bytes; null where these tell nothing (plain text). */
  readonly sniffed: { readonly ext: string; readonly mediaType: string } | null;
  readonly nameCleaned: boolean;
  /** May be called again. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

export type Inspection =
  | { readonly ok: true; readonly container: 'file' | 'zip'; readonly files: readonly InspectedFile[] }
  | { readonly ok: false; readonly problem: ZipProblem };

export interface Expected {
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
}

export async function inspectUpload(source: RandomAccess, expected: Expected): Promise<Inspection> {
  if (source.size !== expected.size) return { ok: false, problem: { code: 'file.size-differs', evidence: { registered: expected.size, found: source.size } } };
  if (source.size === 0) return { ok: false, problem: { code: 'file.empty' } };
  const start = await source.read(0, Math.min(4100, source.size));
  return isZip(start) ? inspectZip(source, expected) : inspectFile(source, expected, start);
}

/** A local header, or the end of an archive without entries. */
function isZip(start: Uint8Array): boolean {
  const mark = Buffer.from(start.subarray(0, 4)).toString('latin1');
  return mark === 'PK\x03\x04' || mark === 'PK\x05\x06';
}

async function inspectFile(source: RandomAccess, expected: Expected, start: Uint8Array): Promise<Inspection> {
  if ((await hashOf(source)) !== expected.sha256) return { ok: false, problem: { code: 'file.hash-differs' } };
  const file = {
    name: expected.fileName,
    size: source.size,
    sha256: expected.sha256,
    sniffed: await sniff(start),
    nameCleaned: false,
    open: () => streamRange(source, 0, source.size),
  };
  return { ok: true, container: 'file', files: [file] };
}

async function inspectZip(source: RandomAccess, expected: Expected): Promise<Inspection> {
  let zip: Zip;
  try {
    zip = await openZip(source);
  } catch (error) {
    if (!(error instanceof ZipRefused)) throw error;
    // Bytes that were broken on their way are no damaged archive: the person should send the same file again.
    const broken = (await hashOf(source)) !== expected.sha256;
    return { ok: false, problem: broken ? { code: 'file.hash-differs' } : error.problem };
  }
  const sweep = await sweepZip(zip, (_entry, head) => sniff(head));
  if (sweep.sha256 !== expected.sha256) return { ok: false, problem: { code: 'file.hash-differs' } };
  if (sweep.problem !== null) return { ok: false, problem: sweep.problem };
  const files = sweep.entries
    .filter(({ entry }) => !entry.isFolder)
    .sort((a, b) => a.entry.index - b.entry.index)
    .map(({ entry, sha256, seen }) => ({
      name: entry.name,
      size: entry.size,
      sha256,
      sniffed: seen,
      nameCleaned: entry.cleaned,
      open: () => openEntry(zip, entry),
    }));
  return { ok: true, container: 'zip', files };
}

async function hashOf(source: RandomAccess): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of streamRange(source, 0, source.size)) hash.update(bytes);
  return hash.digest('hex');
}

async function sniff(head: Uint8Array): Promise<InspectedFile['sniffed']> {
  const type = await fileTypeFromBuffer(head);
  return type === undefined ? null : { ext: type.ext, mediaType: type.mime };
}
