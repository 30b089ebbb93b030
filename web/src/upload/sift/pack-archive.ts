// An archive made anew: members that stay are taken over as they lie there, compressed; what is new is compressed; the e-mail that a zip
// stood in is written around it again.
import { createCRC32 } from 'hash-wasm';
import { mailAround } from '#core/intake/rsmf-mail.ts';
import { dataStart, type ZipMember } from '#core/intake/zip-directory.ts';
import { directoryOf, localHeader, type ZipContent } from '#core/intake/zip-headers.ts';
import type { Archive } from './archive.ts';
import { bytesOf, encoded } from './base64-blob.ts';
import { blobOf, deflated, rangesOf, streamOf } from './blob-bytes.ts';

/** By the number of a member: what becomes of it. */
export interface Packing {
  readonly stays: (number: number) => boolean;
  /** Null: as it lies there. */
  readonly fresh: (number: number) => AsyncIterable<Uint8Array> | null;
  /** Records that have gone from it. */
  readonly struck: (number: number) => number;
}

const lookupsAtOnce = 64;

export async function packArchive(archive: Archive, packing: Packing): Promise<Blob> {
  const wanted = archive.members.flatMap((member, place) => {
    const inside = archive.inside[place] ?? -1;
    return numbersIn(inside).some(packing.stays) ? [{ member, inside }] : [];
  });
  const starts = await startsOf(
    archive.blob,
    wanted.map(({ member }) => member),
  );
  const parts: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  const written: { content: ZipContent; offset: number }[] = [];
  let offset = 0;
  for (const [at, { member, inside }] of wanted.entries()) {
    const bytes = typeof inside === 'number' ? packing.fresh(inside) : streamOf(await packArchive(inside, packing));
    const fresh = bytes === null ? null : await packed(bytes);
    const start = starts[at] ?? 0;
    const content: ZipContent = fresh === null ? member : { ...member, method: 8, crc32: fresh.crc32, size: fresh.size, storedSize: fresh.body.size };
    const header = localHeader(content) as Uint8Array<ArrayBuffer>;
    parts.push(header, fresh?.body ?? archive.blob.slice(start, start + member.storedSize));
    written.push({ content, offset });
    offset += header.length + content.storedSize;
  }
  const zip = new Blob([...parts, directoryOf(written, offset) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
  if (archive.mail === null) return zip;
  const struck = archive.inside.flatMap(numbersIn).reduce((sum, number) => sum + packing.struck(number), 0);
  const { before, after, lineEnd } = mailAround(archive.mail, struck);
  return new Blob([bytesOf(before), await blobOf(encoded(streamOf(zip), lineEnd)), bytesOf(after)]);
}

function numbersIn(inside: number | Archive): readonly number[] {
  return typeof inside === 'number' ? [inside] : inside.inside.flatMap(numbersIn);
}

async function startsOf(blob: Blob, members: readonly ZipMember[]): Promise<readonly number[]> {
  const ranges = rangesOf(blob);
  const starts: number[] = [];
  for (let at = 0; at < members.length; at += lookupsAtOnce) {
    const found = await Promise.all(members.slice(at, at + lookupsAtOnce).map((member) => dataStart(ranges, member)));
    for (const [i, start] of found.entries()) {
      if (start === null) throw new Error(`zip: member ${at + i + 1} is not where its directory says`);
      starts.push(start);
    }
  }
  return starts;
}

/** Compressed anew. */
async function packed(bytes: AsyncIterable<Uint8Array>): Promise<{ readonly body: Blob; readonly crc32: number; readonly size: number }> {
  const sum = await createCRC32();
  sum.init();
  let size = 0;
  const summed = async function* () {
    for await (const chunk of bytes) {
      sum.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  };
  const body = await blobOf(deflated(summed()));
  return { body, crc32: Number.parseInt(sum.digest('hex'), 16), size };
}
