// Reads a zip by ranges: its directory through yauzl, its entries as streams that are counted while they inflate.
// Limits: core/intake/zip-limits.ts. Runs on anything that can be read by range.
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';
import { cleanEntryName } from '#core/intake/entry-name.ts';
import { isRatioTooHigh, type ZipLimits, zipLimits } from '#core/intake/zip-limits.ts';
import type { ProblemCode } from '#core/model/bundle.ts';
import { cached, type RandomAccess, streamRange } from './random-access.ts';

export interface ZipEntry {
  /** Place in the directory, from 0. */
  readonly index: number;
  /** With its folders, slashes forward. */
  readonly name: string;
  /** The name held backslashes. */
  readonly cleaned: boolean;
  readonly isFolder: boolean;
  readonly size: number;
  readonly storedSize: number;
  readonly stored: 'plain' | 'deflate';
  readonly crc32: number;
  readonly headerOffset: number;
}

export interface Zip {
  readonly source: RandomAccess;
  readonly entries: readonly ZipEntry[];
}

export interface ZipProblem {
  readonly code: ProblemCode;
  readonly evidence?: Readonly<Record<string, string | number>>;
}

/** Thrown when an archive is refused; carries a code and numbers, never a name. */
export class ZipRefused extends Error {
  readonly problem: ZipProblem;
  constructor(problem: ZipProblem) {
    super(problem.code);
    this.name = 'ZipRefused';
    this.problem = problem;
  }
}

export function refuse(code: ProblemCode, evidence?: ZipProblem['evidence']): never {
  throw new ZipRefused(evidence === undefined ? { code } : { code, evidence });
}

export const localHeaderBytes = 30;

/** yauzl's view of the bytes; an accident while reading is kept apart from what yauzl finds wrong in the archive. */
class Reader extends yauzl.RandomAccessReader {
  readonly source: RandomAccess;
  accident: unknown = undefined;
  constructor(source: RandomAccess) {
    super();
    this.source = source;
  }
  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null, bytesRead?: number) => void): void {
    const to = Math.min(position + length, this.source.size);
    if (position < 0 || position >= to) {
      setImmediate(callback, null, 0);
      return;
    }
    this.source.read(position, to).then(
      (bytes) => {
        buffer.set(bytes, offset);
        callback(null, bytes.length);
      },
      (error: unknown) => {
        this.accident = error ?? new Error('range: not readable');
        callback(new Error('range: not readable', { cause: error }));
      },
    );
  }
}

/** Bit 11 says UTF-8; tools on macOS and Linux leave it off and write UTF-8 all the same; else code page 437. */
function decodeName(entry: yauzl.Entry): string {
  const raw = entry.fileName as unknown as Buffer;
  const marked = (entry.generalPurposeBitFlag & 0x800) !== 0;
  const hasUnicodeField = entry.extraFields.some((field) => field.id === 0x7075);
  if (!marked && !hasUnicodeField && raw.some((byte) => byte > 0x7f)) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
    } catch {
      // not UTF-8: the code page it is
    }
  }
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, true);
}

function toEntry(entry: yauzl.Entry, index: number): ZipEntry {
  if ((entry.generalPurposeBitFlag & 0x1) !== 0) refuse('zip.encrypted');
  const name = cleanEntryName(decodeName(entry));
  if (!name.ok) refuse('zip.hostile-name', { entry: index + 1 });
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) refuse('zip.method-not-read', { entry: index + 1, method: entry.compressionMethod });
  return {
    index,
    name: name.name,
    cleaned: name.cleaned,
    isFolder: name.name.endsWith('/'),
    size: entry.uncompressedSize,
    storedSize: entry.compressedSize,
    stored: entry.compressionMethod === 8 ? 'deflate' : 'plain',
    crc32: entry.crc32,
    headerOffset: entry.relativeOffsetOfLocalHeader,
  };
}

function checkClaims(entries: readonly ZipEntry[], directoryOffset: number, limits: ZipLimits): void {
  let total = 0;
  for (const entry of entries) {
    if (entry.size > limits.entryBytes) refuse('zip.too-large', { entry: entry.index + 1, limit: limits.entryBytes });
    if (isRatioTooHigh(entry.size, entry.storedSize, limits)) refuse('zip.ratio', { entry: entry.index + 1, limit: limits.ratio });
    total += entry.size;
  }
  if (total > limits.totalBytes) refuse('zip.too-large', { limit: limits.totalBytes });
  let free = 0;
  for (const entry of inFileOrder(entries)) {
    if (entry.headerOffset < free) refuse('zip.damaged', { entry: entry.index + 1, overlap: 1 });
    free = entry.headerOffset + localHeaderBytes + entry.storedSize;
  }
  if (free > directoryOffset) refuse('zip.damaged', { overlap: 1 });
}

export function inFileOrder(entries: readonly ZipEntry[]): readonly ZipEntry[] {
  return [...entries].sort((a, b) => a.headerOffset - b.headerOffset);
}

/** Opens the directory and checks all it claims. Throws ZipRefused. */
export async function openZip(bytes: RandomAccess, limits: ZipLimits = zipLimits): Promise<Zip> {
  const source = cached(bytes);
  const reader = new Reader(source);
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, source.size, { decodeStrings: false, autoClose: false });
    // yauzl keeps its place in the directory under this name, and does not say it in its types.
    const place = zip as unknown as { readonly readEntryCursor: number };
    const directoryOffset = place.readEntryCursor;
    if (zip.entryCount > limits.entries) refuse('zip.too-many-entries', { entries: zip.entryCount, limit: limits.entries });
    const entries: ZipEntry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(toEntry(entry, entries.length));
    const after = await source.read(place.readEntryCursor, Math.min(place.readEntryCursor + 4, source.size));
    if (Buffer.from(after).toString('latin1') === 'PK\x01\x02') refuse('zip.damaged', { unlisted: 1 });
    checkClaims(entries, directoryOffset, limits);
    return { source: bytes, entries };
  } catch (error) {
    if (reader.accident !== undefined) throw new Error('zip: bytes could not be read', { cause: reader.accident });
    if (error instanceof ZipRefused) throw error;
    const encrypted = error instanceof Error && error.message === 'strong encryption is not supported';
    throw new ZipRefused({ code: encrypted ? 'zip.encrypted' : 'zip.damaged' });
  }
}

/** Inflates one entry. The claims are within the limits (openZip); here they are held to: a byte too many, too few, or another CRC is refused where it shows. */
export async function* inflate(stored: AsyncIterable<Uint8Array>, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const where = { entry: entry.index + 1 };
  let count = 0;
  let sum = 0;
  const chunks = entry.stored === 'plain' ? stored : inflated(stored);
  try {
    for await (const chunk of chunks) {
      count += chunk.length;
      if (count > entry.size) refuse('zip.damaged', { ...where, claimed: entry.size });
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (typeof code === 'string' && code.startsWith('Z_')) refuse('zip.damaged', where);
    throw error;
  }
  if (count !== entry.size) refuse('zip.damaged', { ...where, claimed: entry.size, found: count });
  if (sum !== entry.crc32) refuse('zip.damaged', { ...where, crc: 1 });
}

function inflated(stored: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const inflater = createInflateRaw({ chunkSize: 2 ** 16 });
  // An error of either side destroys the inflater and so comes out of its iteration.
  pipeline(Readable.from(stored, { objectMode: true, highWaterMark: 1 }), inflater, () => undefined);
  return inflater;
}

async function dataStart(source: RandomAccess, entry: ZipEntry): Promise<number> {
  const header = await source.read(entry.headerOffset, Math.min(entry.headerOffset + localHeaderBytes, source.size));
  return entry.headerOffset + localHeaderLength(header, entry);
}

export function localHeaderLength(header: Uint8Array, entry: ZipEntry): number {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (header.length < localHeaderBytes || view.getUint32(0, true) !== 0x04034b50) refuse('zip.damaged', { entry: entry.index + 1, header: 1 });
  return localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
}

/** The inflated bytes of one entry, streamed; `knownStart` spares a request. Throws ZipRefused at the byte where a claim proves false. */
export async function* openEntry(zip: Zip, entry: ZipEntry, knownStart?: number): AsyncGenerator<Uint8Array> {
  const start = knownStart ?? (await dataStart(zip.source, entry));
  if (start + entry.storedSize > zip.source.size) refuse('zip.damaged', { entry: entry.index + 1 });
  yield* inflate(streamRange(zip.source, start, start + entry.storedSize), entry);
}
