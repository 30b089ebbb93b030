// Proves a zip sound in one pass, before anything of it is kept: the hash of the whole and of every entry, CRCs, sizes, ratios.
import { createHash } from 'node:crypto';
import { type RandomAccess, streamRange } from './random-access.ts';
import { inFileOrder, inflate, localHeaderBytes, localHeaderLength, refuse, type Zip, type ZipEntry, type ZipProblem, ZipRefused } from './zip-by-ranges.ts';

export interface SweptEntry<T> {
  readonly entry: ZipEntry;
  /** SHA-256 of the inflated bytes, hexadecimal. */
  readonly sha256: string;
  /** Where its stored bytes begin. */
  readonly dataStart: number;
  /** What `look` made of its first bytes. */
  readonly seen: T;
}

export interface Sweep<T> {
  /** SHA-256 of the whole archive, hexadecimal. */
  readonly sha256: string;
  readonly entries: readonly SweptEntry<T>[];
  /** The first thing found wrong; `entries` then stops before it. */
  readonly problem: ZipProblem | null;
}

/**
 * One pass over the whole archive, front to back: its hash, and every entry inflated, counted, checked and hashed on the way.
 * Nothing is kept but what `look` makes of the first bytes of each entry, and nothing need be written before all is known to be sound.
 */
export async function sweepZip<T>(zip: Zip, look: (entry: ZipEntry, head: Uint8Array) => Promise<T>, headBytes = 4100): Promise<Sweep<T>> {
  const whole = createHash('sha256');
  const cursor = makeCursor(zip.source, (bytes) => whole.update(bytes));
  const entries: SweptEntry<T>[] = [];
  let problem: ZipProblem | null = null;
  try {
    for (const entry of inFileOrder(zip.entries)) {
      await cursor.skipTo(entry.headerOffset);
      if (cursor.at() !== entry.headerOffset) refuse('zip.damaged', { entry: entry.index + 1, overlap: 1 });
      const header = await cursor.collect(localHeaderBytes);
      await cursor.skipTo(entry.headerOffset + localHeaderLength(header, entry));
      const dataStart = cursor.at();
      const end = dataStart + entry.storedSize;
      if (end > zip.source.size) refuse('zip.damaged', { entry: entry.index + 1 });
      const { sha256, head } = await digestOf(inflate(cursor.take(entry.storedSize), entry), headBytes);
      entries.push({ entry, sha256, dataStart, seen: await look(entry, head) });
      await cursor.skipTo(end);
    }
  } catch (error) {
    if (!(error instanceof ZipRefused)) throw error;
    problem = error.problem;
  }
  await cursor.skipTo(zip.source.size);
  return { sha256: whole.digest('hex'), entries, problem };
}

async function digestOf(bytes: AsyncIterable<Uint8Array>, headBytes: number): Promise<{ readonly sha256: string; readonly head: Uint8Array }> {
  const hash = createHash('sha256');
  let head = new Uint8Array();
  for await (const chunk of bytes) {
    hash.update(chunk);
    if (head.length < headBytes) head = new Uint8Array(Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]));
  }
  return { sha256: hash.digest('hex'), head };
}

/** Goes through a source once, front to back; every byte passes `see` once and in order, whoever takes it (a broken-off taker may still be at it). */
function makeCursor(source: RandomAccess, see: (bytes: Uint8Array) => void) {
  const stream = streamRange(source, 0, source.size);
  let rest: Uint8Array = new Uint8Array();
  let place = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** The next bytes, none of them at or after `end`; null when that is reached. One at a time. */
  function next(end: number): Promise<Uint8Array | null> {
    const mine = turn.then(async () => {
      if (place >= end) return null;
      if (rest.length === 0) {
        const more = await stream.next();
        if (more.done === true) return null;
        rest = more.value;
      }
      const bytes = rest.subarray(0, end - place);
      rest = rest.subarray(bytes.length);
      place += bytes.length;
      see(bytes);
      return bytes;
    });
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function* take(count: number): AsyncGenerator<Uint8Array> {
    const end = place + count;
    for (let bytes = await next(end); bytes !== null; bytes = await next(end)) yield bytes;
  }

  async function collect(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for await (const part of take(count)) parts.push(part);
    return new Uint8Array(Buffer.concat(parts));
  }

  async function skipTo(offset: number): Promise<void> {
    while ((await next(offset)) !== null);
  }

  return { take, collect, skipTo, at: () => place };
}
