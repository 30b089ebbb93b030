// Heads and directory of a zip that is put together from members of another: what they hold is taken over as it lies there, compressed.
// zip64 where a size or place asks for it (APPNOTE 6.3, 4.5.3). Sizes stand in the head: no descriptors.
import type { ZipMember } from './zip-directory.ts';

export type ZipContent = Omit<ZipMember, 'name' | 'isFolder' | 'headerOffset'>;

const none16 = 0xffff;
const none32 = 0xffffffff;
/** UTF-8 names, and how hard it was compressed; neither encrypted nor followed by a descriptor. */
const keptFlags = 0x806;

export function localHeader(content: ZipContent): Uint8Array {
  const wide = isWide(content.size) || isWide(content.storedSize);
  const zip64 = wide ? zip64Field([content.size, content.storedSize]) : new Uint8Array();
  const head = fields([4, 0x04034b50], [2, wide ? 45 : 20], ...shared(content, wide), [2, content.rawName.length], [2, zip64.length + content.extra.length]);
  return joined([head, content.rawName, zip64, content.extra]);
}

/** The directory and its end, to stand at `offset`. */
export function directoryOf(members: readonly { readonly content: ZipContent; readonly offset: number }[], offset: number): Uint8Array {
  const entries = members.map(({ content, offset: at }) => {
    const wide = isWide(content.size) || isWide(content.storedSize);
    const zip64 = zip64Field([...(wide ? [content.size, content.storedSize] : []), ...(isWide(at) ? [at] : [])]);
    const head = fields(
      [4, 0x02014b50],
      [2, content.madeBy],
      [2, zip64.length > 0 ? 45 : 20],
      ...shared(content, wide),
      [2, content.rawName.length],
      [2, zip64.length + content.extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, content.attributes],
      [4, isWide(at) ? none32 : at],
    );
    return joined([head, content.rawName, zip64, content.extra]);
  });
  const length = entries.reduce((sum, entry) => sum + entry.length, 0);
  const count = members.length;
  const wide = count >= none16 || isWide(length) || isWide(offset);
  const end64 = fields([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, length], [8, offset]);
  const locator = fields([4, 0x07064b50], [4, 0], [8, offset + length], [4, 1]);
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, Math.min(count, none16)],
    [2, Math.min(count, none16)],
    [4, Math.min(length, none32)],
    [4, Math.min(offset, none32)],
    [2, 0],
  );
  return joined([...entries, ...(wide ? [end64, locator] : []), end]);
}

function isWide(value: number): boolean {
  return value >= none32;
}

function shared({ flags, method, modified, crc32, size, storedSize }: ZipContent, wide: boolean): readonly (readonly [2 | 4, number])[] {
  return [
    [2, flags & keptFlags],
    [2, method],
    [4, modified],
    [4, crc32],
    [4, wide ? none32 : storedSize],
    [4, wide ? none32 : size],
  ];
}

function zip64Field(values: readonly number[]): Uint8Array {
  if (values.length === 0) return new Uint8Array();
  return fields([2, 1], [2, values.length * 8], ...values.map((value) => [8, value] as const));
}

function fields(...values: readonly (readonly [2 | 4 | 8, number])[]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of values) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
