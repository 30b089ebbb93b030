// A zip with other content in some of its members: the others are taken over as they lie there, compressed; what is new stands in it plain,
// so that the same content gives the same bytes. Its length is known before a byte of it is made. APPNOTE 6.3.
import { crc32 } from 'node:zlib';
import { dataStart, type ZipMember } from '#core/intake/zip-directory.ts';
import { directoryOf, localHeader, type ZipContent } from '#core/intake/zip-headers.ts';
import { type RandomAccess, streamRange } from './random-access.ts';

export interface Stream {
  readonly size: number;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** `fresh`: new content by place of the member; may be opened more than once. */
export async function repackZip(
  source: RandomAccess,
  members: readonly ZipMember[],
  fresh: ReadonlyMap<number, () => AsyncIterable<Uint8Array>>,
): Promise<Stream> {
  const pieces: { readonly content: ZipContent; readonly header: Uint8Array; readonly offset: number; readonly open: () => AsyncIterable<Uint8Array> }[] = [];
  let offset = 0;
  for (const [place, member] of members.entries()) {
    const open = fresh.get(place);
    const content = open === undefined ? member : await plainContent(member, open());
    const header = localHeader(content);
    pieces.push({ content, header, offset, open: open ?? (() => stored(source, member, place)) });
    offset += header.length + content.storedSize;
  }
  const directory = directoryOf(pieces, offset);
  return {
    size: offset + directory.length,
    open: async function* () {
      for (const { header, open } of pieces) {
        yield header;
        yield* open();
      }
      yield directory;
    },
  };
}

async function plainContent(member: ZipMember, bytes: AsyncIterable<Uint8Array>): Promise<ZipContent> {
  let size = 0;
  let sum = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    sum = crc32(chunk, sum);
  }
  return { ...member, method: 0, crc32: sum, size, storedSize: size };
}

async function* stored(source: RandomAccess, member: ZipMember, place: number): AsyncGenerator<Uint8Array> {
  const start = await dataStart(source, member);
  if (start === null) throw new Error(`zip: member ${place + 1} is not where its directory says`);
  yield* streamRange(source, start, start + member.storedSize);
}
