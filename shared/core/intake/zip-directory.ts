// The directory of a zip by ranges, in the browser: what is in it, without touching what it holds. The archive itself reads with yauzl
// (store/zip-by-ranges.ts) and checks every byte; here an archive is only looked into before it is sent. APPNOTE 6.3, sections 4.3 and 4.5.
//
//   [local header | name | extra | data] … [directory entry | name | extra | comment] … (zip64 end, locator) end of directory
import type { ProblemCode } from '#core/model/bundle.ts';
import { cleanEntryName } from './entry-name.ts';
import { isRatioTooHigh, zipLimits } from './zip-limits.ts';

export interface ByteRanges {
  readonly size: number;
  /** Bytes [from, to). */
  readonly read: (from: number, to: number) => Promise<Uint8Array>;
}

export interface ZipMember {
  /** With its folders, slashes forward. */
  readonly name: string;
  readonly rawName: Uint8Array;
  readonly isFolder: boolean;
  readonly madeBy: number;
  readonly flags: number;
  /** 0: plain, 8: deflate. */
  readonly method: number;
  /** As DOS wrote it: time and date. */
  readonly modified: number;
  readonly crc32: number;
  readonly size: number;
  readonly storedSize: number;
  readonly attributes: number;
  /** The field that names it in Unicode, when there is one; the other fields say nothing that is kept. */
  readonly extra: Uint8Array;
  readonly headerOffset: number;
}

export type ZipDirectory = { readonly ok: true; readonly members: readonly ZipMember[] } | { readonly ok: false; readonly problem: ProblemCode };

const endSignature = 0x06054b50;
const locatorSignature = 0x07064b50;
const end64Signature = 0x06064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const mostDirectoryBytes = 64 * 2 ** 20;
const none16 = 0xffff;
const none32 = 0xffffffff;
const unicodePath = 0x7075;

const refused = (problem: ProblemCode) => ({ ok: false, problem }) as const;

export async function readZipDirectory(source: ByteRanges): Promise<ZipDirectory> {
  const place = await findDirectory(source);
  if (place === null) return refused('zip.damaged');
  const { offset, length, count } = place;
  if (count > zipLimits.entries) return refused('zip.too-many-entries');
  if (length > mostDirectoryBytes || offset + length > source.size) return refused('zip.damaged');
  const bytes = await source.read(offset, offset + length);
  const members: ZipMember[] = [];
  let total = 0;
  for (let at = 0; members.length < count; ) {
    const entry = readEntry(bytes, at);
    if (entry === null) return refused('zip.damaged');
    const { member, end, encrypted, hostile } = entry;
    if (encrypted) return refused('zip.encrypted');
    if (hostile) return refused('zip.hostile-name');
    if (member.method !== 0 && member.method !== 8) return refused('zip.method-not-read');
    if (isRatioTooHigh(member.size, member.storedSize, zipLimits)) return refused('zip.ratio');
    if (member.headerOffset + 30 + member.storedSize > offset) return refused('zip.damaged');
    total += member.size;
    members.push(member);
    at = end;
  }
  return total > zipLimits.totalBytes ? refused('zip.too-large') : { ok: true, members };
}

async function findDirectory(source: ByteRanges): Promise<{ readonly offset: number; readonly length: number; readonly count: number } | null> {
  const from = Math.max(0, source.size - 22 - none16 - 20);
  const tail = await source.read(from, source.size);
  const view = viewOf(tail);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== endSignature || at + 22 + view.getUint16(at + 20, true) !== tail.length) continue;
    const [count, length, offset] = [view.getUint16(at + 10, true), view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
    if (count !== none16 && length !== none32 && offset !== none32) return { offset, length, count };
    if (at < 20 || view.getUint32(at - 20, true) !== locatorSignature) return { offset, length, count };
    const end64 = Number(view.getBigUint64(at - 12, true));
    if (end64 + 56 > source.size) return null;
    const far = viewOf(await source.read(end64, end64 + 56));
    if (far.getUint32(0, true) !== end64Signature) return null;
    const [many, long, start] = [32, 40, 48].map((place) => Number(far.getBigUint64(place, true)));
    return { count: many ?? 0, length: long ?? 0, offset: start ?? 0 };
  }
  return null;
}

interface ReadEntry {
  readonly member: ZipMember;
  readonly end: number;
  readonly encrypted: boolean;
  readonly hostile: boolean;
}

function readEntry(bytes: Uint8Array, at: number): ReadEntry | null {
  const view = viewOf(bytes);
  if (at + 46 > bytes.length || view.getUint32(at, true) !== entrySignature) return null;
  const [nameLength, extraLength, commentLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
  const end = at + 46 + nameLength + extraLength + commentLength;
  if (end > bytes.length) return null;
  const rawName = bytes.slice(at + 46, at + 46 + nameLength);
  const extras = extraFields(bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
  const flags = view.getUint16(at + 8, true);
  const wide = extras.get(1);
  const sizes = wideSizes([view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)], wide);
  if (sizes === null) return null;
  const [size, storedSize, headerOffset] = sizes;
  const extra = extras.get(unicodePath);
  const cleaned = cleanEntryName(decodeName(rawName, flags, extra));
  const name = cleaned.ok ? cleaned.name : '';
  return {
    member: {
      name,
      rawName,
      isFolder: name.endsWith('/'),
      madeBy: view.getUint16(at + 4, true),
      flags,
      method: view.getUint16(at + 10, true),
      modified: view.getUint32(at + 12, true),
      crc32: view.getUint32(at + 16, true),
      size,
      storedSize,
      attributes: view.getUint32(at + 38, true),
      extra: extra === undefined ? new Uint8Array() : withHead(unicodePath, extra),
      headerOffset,
    },
    end,
    encrypted: (flags & 1) !== 0,
    hostile: !cleaned.ok,
  };
}

/** Size, stored size and offset: each that does not fit stands in the zip64 field, in this order. */
function wideSizes(narrow: readonly [number, number, number], wide: Uint8Array | undefined): readonly [number, number, number] | null {
  let at = 0;
  const values = narrow.map((value) => {
    if (value !== none32) return value;
    if (wide === undefined || at + 8 > wide.length) return -1;
    at += 8;
    return Number(viewOf(wide).getBigUint64(at - 8, true));
  });
  const [size = -1, stored = -1, offset = -1] = values;
  return size < 0 || stored < 0 || offset < 0 ? null : [size, stored, offset];
}

function extraFields(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  const view = viewOf(bytes);
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = view.getUint16(at + 2, true);
    fields.set(view.getUint16(at, true), bytes.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

function withHead(id: number, data: Uint8Array): Uint8Array {
  const field = new Uint8Array(4 + data.length);
  viewOf(field).setUint16(0, id, true);
  viewOf(field).setUint16(2, data.length, true);
  field.set(data, 4);
  return field;
}

/** WHATWG Encoding: present in Node and in browsers, but in neither of core's type libraries. */
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => { readonly decode: (bytes: Uint8Array) => string };

/** Upper half of code page 437, in which names stand that are no UTF-8. */
const page437 = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Marked or not, a name that is UTF-8 is read as that: tools on macOS and Linux leave the mark off. */
function decodeName(raw: Uint8Array, flags: number, unicode: Uint8Array | undefined): string {
  const bytes = unicode === undefined || (flags & 0x800) !== 0 ? raw : unicode.subarray(5);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : (page437[byte - 0x80] ?? '?'))).join('');
  }
}

/** First byte of what the member holds; null: there is no member there. */
export async function dataStart(source: ByteRanges, { headerOffset }: Pick<ZipMember, 'headerOffset'>): Promise<number | null> {
  const header = viewOf(await source.read(headerOffset, headerOffset + 30));
  if (header.byteLength < 30 || header.getUint32(0, true) !== localSignature) return null;
  return headerOffset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
