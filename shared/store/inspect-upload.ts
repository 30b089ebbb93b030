// What came in, proven: its size, its hash, whether it is a zip, and which files are in it. One pass over the bytes, nothing written.
import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { baseName } from '#core/intake/entry-name.ts';
import { recognise } from '#core/intake/recognise.ts';
import { looksLikeRsmf, readRsmfEnvelope } from '#core/intake/rsmf-envelope.ts';
import type { ReaderSource } from '#core/parse/reader.ts';
import { base64Access, NotBase64 } from './base64-access.ts';
import { type RandomAccess, streamRange } from './random-access.ts';
import { openEnvelopes } from './rsmf-entries.ts';
import { sweepZip } from './sweep-zip.ts';
import { openEntry, openZip, type Zip, type ZipEntry, type ZipProblem, ZipRefused } from './zip-by-ranges.ts';

export interface InspectedFile {
  /** With its folders as they stand in the archive; the name as handed in when there is none. */
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** First bytes: 64 KiB of what may be a chat (less when an archive holds very many), some hundreds of the rest. */
  readonly head: Uint8Array;
  /** By its first bytes; null where these tell nothing (plain text). */
  readonly sniffed: { readonly ext: string; readonly mediaType: string } | null;
  readonly nameCleaned: boolean;
  /** May be called again. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

export type Inspection =
  | { readonly ok: true; readonly container: 'file' | 'zip'; readonly files: readonly InspectedFile[]; readonly declared?: Declared }
  | { readonly ok: false; readonly problem: ZipProblem };

/** What the envelope of a `.rsmf` says is in it. */
export type Declared = NonNullable<ReaderSource['declared']>;

export interface Expected {
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
}

const headBytes = 65_536;
/** An archive shows itself at once. */
const magicBytes = 512;
/** Of all heads of an archive together. */
const allHeads = 48 * 2 ** 20;
const mediaHead = 512;
const sniffBytes = 4100;

/** Names that a chat may have, here or in another program. */
function mayBeText(name: string): boolean {
  const base = baseName(name);
  return !base.includes('.') || /\.(txt|jsonl?|xml|html?|csv|rsmf|eml|md)$/i.test(base);
}

export async function inspectUpload(source: RandomAccess, expected: Expected): Promise<Inspection> {
  if (source.size !== expected.size) return { ok: false, problem: { code: 'file.size-differs', evidence: { registered: expected.size, found: source.size } } };
  if (source.size === 0) return { ok: false, problem: { code: 'file.empty' } };
  const head = await source.read(0, Math.min(headBytes, source.size));
  if (recognise(head.subarray(0, magicBytes), expected.fileName, []).kind === 'zip') {
    const inspection = await inspectZip(source, expected);
    return inspection.ok ? openEnvelopes(inspection.files, inspectEnvelope) : inspection;
  }
  return looksLikeRsmf(Buffer.from(head).toString('latin1')) ? inspectRsmf(source, expected) : inspectFile(source, expected, head);
}

async function inspectFile(source: RandomAccess, expected: Expected, head: Uint8Array): Promise<Inspection> {
  if ((await hashOf(source)) !== expected.sha256) return { ok: false, problem: { code: 'file.hash-differs' } };
  const file = {
    name: expected.fileName,
    size: source.size,
    sha256: expected.sha256,
    head,
    sniffed: null,
    nameCleaned: false,
    open: () => streamRange(source, 0, source.size),
  };
  return { ok: true, container: 'file', files: [file] };
}

/** An e-mail around a zip: the hash is that of the whole, the files are those of the zip. */
async function inspectRsmf(source: RandomAccess, expected: Expected): Promise<Inspection> {
  return (await hashOf(source)) === expected.sha256 ? inspectEnvelope(source) : { ok: false, problem: { code: 'file.hash-differs' } };
}

async function inspectEnvelope(source: RandomAccess): Promise<Inspection> {
  const envelope = await readRsmfEnvelope(streamRange(source, 0, source.size));
  if (envelope === null) return { ok: false, problem: { code: 'zip.damaged' } };
  const { zip, events, version } = envelope;
  try {
    const inspection = await inspectZip(await base64Access(source, ...zip), null);
    const declared = { ...(events === undefined ? {} : { records: events }), ...(version === undefined ? {} : { version }) };
    return inspection.ok ? { ...inspection, declared } : inspection;
  } catch (error) {
    if (error instanceof NotBase64) return { ok: false, problem: { code: 'zip.damaged' } };
    throw error;
  }
}

/** `expected` null: the hash of what the zip stands in was proven already. */
async function inspectZip(source: RandomAccess, expected: Expected | null): Promise<Inspection> {
  let zip: Zip;
  try {
    zip = await openZip(source);
  } catch (error) {
    if (!(error instanceof ZipRefused)) throw error;
    // Bytes that were broken on their way are no damaged archive: the person should send the same file again.
    const broken = expected !== null && (await hashOf(source)) !== expected.sha256;
    return { ok: false, problem: broken ? { code: 'file.hash-differs' } : error.problem };
  }
  const texts = zip.entries.filter((entry) => mayBeText(entry.name)).length;
  const textHead = Math.max(2048, Math.min(headBytes, Math.floor(allHeads / Math.max(1, texts))));
  const look = async (entry: ZipEntry, head: Uint8Array) => ({
    head: Uint8Array.from(head.subarray(0, mayBeText(entry.name) ? textHead : mediaHead)),
    sniffed: await sniff(head.subarray(0, sniffBytes)),
  });
  const sweep = await sweepZip(zip, look, headBytes);
  if (expected !== null && sweep.sha256 !== expected.sha256) return { ok: false, problem: { code: 'file.hash-differs' } };
  if (sweep.problem !== null) return { ok: false, problem: sweep.problem };
  const files = sweep.entries
    .filter(({ entry }) => !entry.isFolder)
    .sort((a, b) => a.entry.index - b.entry.index)
    .map(({ entry, sha256, dataStart, seen }) => ({
      name: entry.name,
      size: entry.size,
      sha256,
      head: seen.head,
      sniffed: seen.sniffed,
      nameCleaned: entry.cleaned,
      open: () => openEntry(zip, entry, dataStart),
    }));
  return { ok: true, container: 'zip', files };
}

export async function hashOf(source: RandomAccess): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of streamRange(source, 0, source.size)) hash.update(bytes);
  return hash.digest('hex');
}

async function sniff(head: Uint8Array): Promise<InspectedFile['sniffed']> {
  const type = await fileTypeFromBuffer(head);
  return type === undefined ? null : { ext: type.ext, mediaType: type.mime };
}
