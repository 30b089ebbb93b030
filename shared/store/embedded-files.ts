// Files that stand as base64 inside a chat file (SMS Backup & Restore): decoded in the order in which they lie there, in one pass.
// A small one is held whole; a large one is never held: it is read three times, to weigh it, to look at it and to hand it on.
import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { InspectedFile } from './inspect-upload.ts';

export interface EmbeddedFile extends Pick<InspectedFile, 'size' | 'sha256' | 'sniffed' | 'open'> {
  /** Which of the ranges this was. */
  readonly place: number;
}

type Range = readonly [from: number, to: number];

/** Characters of base64 that are held whole. */
const wholeCharacters = 16 * 2 ** 20;
const sniffBytes = 4100;

/** `ranges`: bytes [from, to) of the chat file, ascending. The bytes of a small file are good until the next one is asked for. */
export async function* readEmbedded(
  openSource: () => AsyncIterable<Uint8Array>,
  ranges: readonly Range[],
  whole: number = wholeCharacters,
): AsyncGenerator<EmbeddedFile> {
  const small = ranges.map((range, place) => ({ range, place })).filter(({ range: [from, to] }) => to - from <= whole);
  let next = 0;
  for await (const text of cutOut(
    openSource,
    small.map(({ range }) => range),
  )) {
    const bytes = Buffer.from(withoutBreaks(text), 'base64');
    const place = small[next++]?.place ?? 0;
    yield { place, ...(await factsOf(one(bytes))), open: () => one(bytes) };
  }
  for (const [place, range] of ranges.entries()) {
    if (range[1] - range[0] <= whole) continue;
    const open = () => decoded(openSource, range);
    yield { place, ...(await factsOf(open())), open };
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function factsOf(stream: AsyncIterable<Uint8Array>): Promise<Pick<EmbeddedFile, 'size' | 'sha256' | 'sniffed'>> {
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  for await (const bytes of stream) {
    hash.update(bytes);
    size += bytes.length;
    if (head.length < sniffBytes) head = Buffer.concat([head, bytes.subarray(0, sniffBytes)]);
  }
  const type = await fileTypeFromBuffer(head);
  return { size, sha256: hash.digest('hex'), sniffed: type === undefined ? null : { ext: type.ext, mediaType: type.mime } };
}

/** Each range as text, whole. */
async function* cutOut(openSource: () => AsyncIterable<Uint8Array>, ranges: readonly Range[]): AsyncGenerator<string> {
  let at = 0;
  let held: Buffer[] = [];
  let next = 0;
  for await (const chunk of ranges.length === 0 ? [] : openSource()) {
    for (let range = ranges[next]; range !== undefined; range = ranges[next]) {
      const [from, to] = range;
      if (from >= at + chunk.length) break;
      held.push(Buffer.from(chunk.subarray(Math.max(0, from - at), Math.max(0, to - at))));
      if (to > at + chunk.length) break;
      yield Buffer.concat(held).toString('latin1');
      held = [];
      next++;
    }
    at += chunk.length;
    if (next === ranges.length) return;
  }
  if (next < ranges.length) throw new Error('embedded file: the chat file ended before it');
}

/** One range as bytes, piece by piece: base64 is decoded in fours; what is left over, and a reference cut in two, waits for the next piece. */
async function* decoded(openSource: () => AsyncIterable<Uint8Array>, [from, to]: Range): AsyncGenerator<Uint8Array> {
  let at = 0;
  let rest = '';
  for await (const chunk of openSource()) {
    const piece = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += chunk.length;
    if (piece.length > 0) {
      const raw = rest + Buffer.from(piece).toString('latin1');
      const open = raw.lastIndexOf('&');
      const whole = open < 0 || raw.includes(';', open) ? raw.length : open;
      const text = withoutBreaks(raw.slice(0, whole));
      const fours = text.length & ~3;
      rest = text.slice(fours) + raw.slice(whole);
      if (fours > 0) yield Buffer.from(text.slice(0, fours), 'base64');
    }
    if (at >= to) break;
  }
  if (rest !== '') yield Buffer.from(rest, 'base64');
}

/** Line breaks stand in base64 as themselves or as references. */
function withoutBreaks(text: string): string {
  return text.replace(/&#(?:x[0-9a-fA-F]+|\d+);|\s/g, '');
}
