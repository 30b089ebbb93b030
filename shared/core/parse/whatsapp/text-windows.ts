// A file as a row of decoded windows, cut at line ends, with the byte offset of every line. Memory stays flat: the reader says
// after each window from which byte on it wants to see the text again (the record that is still open), and the rest is let go.
import { encodeUtf8, makeDecoder, makeStrictDecoder, type TextEncoding } from './text-encoding.ts';

/** Bytes of a window, and of the longest record before it is cut (the cut is a doubt; nothing is lost). */
export const windowBytes = 64 * 1024;
export const longestRecordBytes = 2 * 1024 * 1024;

/**
 * One object, filled anew for every window. `scan` is the window in UTF-8, whatever the file has: lines and headers are looked for
 * in bytes, since that is several times faster than in a string; the string is what records are cut from.
 *
 *   scan   0 2 - 0 5 - …  é(2 bytes) …  \n
 *   text   0 2 - 0 5 - …  é          …  \n      index in text = index in scan − shift
 */
export interface TextWindow {
  scan: Uint8Array;
  text: string;
  /** Offset in the file of the window's first byte, and its bytes there. */
  base: number;
  size: number;
  /** Bytes of one character in the file (UTF-16, windows-1252); 0 when `scan` is the file itself. */
  unit: number;
  /** Where the lines of the window begin in the file, when neither of these tells it (broken UTF-8); else null. */
  lineStarts: Int32Array | null;
  /** The bytes as they stand in the file, where they are no UTF-8 though they should be; else null. */
  broken: Uint8Array | null;
  /** No more after this one. */
  last: boolean;
  /** The last line has no line feed yet: it goes on in the next window. */
  cutInLine: boolean;
  /** Set by the reader: bytes of this window that are done with. The rest comes back at the start of the next. */
  done: number;
  /** Nothing of it could be taken before, and it has reached the greatest size: something must be taken now. */
  full: boolean;
}

/** Offset in the file of a line's start, by its place in `scan`, in `text`, and its number within the window. */
export function fileOffset(window: TextWindow, scanAt: number, textAt: number, line: number): number {
  if (window.lineStarts !== null) return window.base + (window.lineStarts[line] ?? window.size);
  return window.base + (window.unit === 0 ? scanAt : textAt * window.unit);
}

/** End of the last whole character in `bytes[0, length)`. */
function characterEnd(bytes: Uint8Array, length: number, encoding: TextEncoding): number {
  if (encoding === 'windows-1252') return length;
  if (encoding !== 'utf-8') return length & ~1;
  for (let back = 1; back <= 4 && back <= length; back++) {
    const byte = bytes[length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? length - back : length;
  }
  return length;
}

function lastLineEnd(bytes: Uint8Array, length: number, encoding: TextEncoding): number {
  if (encoding === 'utf-8' || encoding === 'windows-1252') return bytes.lastIndexOf(10, length - 1) + 1;
  const low = encoding === 'utf-16le' ? 0 : 1;
  for (let i = (length & ~1) - 2; i >= 0; i -= 2) {
    if (bytes[i + low] === 10 && bytes[i + 1 - low] === 0) return i + 2;
  }
  return 0;
}

/** Windows of the same cut whatever the chunks were. */
export async function* readWindows(chunks: AsyncIterable<Uint8Array>, encoding: TextEncoding): AsyncGenerator<TextWindow> {
  const decoder = makeDecoder(encoding);
  const strict = encoding === 'utf-8' ? makeStrictDecoder() : null;
  const window: TextWindow = {
    scan: new Uint8Array(0),
    text: '',
    base: 0,
    size: 0,
    unit: encoding === 'utf-8' ? 0 : encoding === 'windows-1252' ? 1 : 2,
    lineStarts: null,
    broken: null,
    last: false,
    cutInLine: false,
    done: 0,
    full: false,
  };
  let held: Uint8Array = new Uint8Array(windowBytes);
  let length = 0;
  let base = 0;
  let goal = windowBytes;
  let spare: Uint8Array | null = null;
  let ended = false;
  const source = chunks[Symbol.asyncIterator]();
  try {
    while (true) {
      while (length < goal && !ended) {
        if (spare === null) {
          const next = await source.next();
          if (next.done === true) {
            ended = true;
            break;
          }
          spare = next.value;
        }
        const take = Math.min(goal - length, spare.length);
        held.set(take === spare.length ? spare : spare.subarray(0, take), length);
        length += take;
        spare = take === spare.length ? null : spare.subarray(take);
      }
      // The end is known only when the source has said so: look one chunk further, so that `last` does not depend on the chunking.
      while (!ended && spare === null) {
        const next = await source.next();
        if (next.done === true) ended = true;
        else if (next.value.length > 0) spare = next.value;
      }
      const last = ended && spare === null;
      if (last && length === 0) return;
      let cut = last ? length : lastLineEnd(held, length, encoding);
      const full = goal >= longestRecordBytes;
      if (cut === 0) {
        if (!full) {
          ({ held, goal } = grown(held, length, goal));
          continue;
        }
        cut = characterEnd(held, length, encoding);
      }
      const bytes = held.subarray(0, cut);
      const text = strict?.decode(bytes) ?? null;
      window.text = text ?? decoder.decode(bytes);
      window.scan = text === null ? encodeUtf8(window.text) : bytes;
      window.lineStarts = text === null && encoding === 'utf-8' ? lineStartsOf(bytes) : null;
      window.broken = window.lineStarts === null ? null : bytes;
      window.base = base;
      window.size = cut;
      window.last = last;
      window.full = full;
      window.cutInLine = !last && window.scan[window.scan.length - 1] !== 10;
      window.done = cut;
      yield window;
      const done = window.done;
      if (last && done >= length) return;
      if (done === 0) {
        if (last || full) throw new Error('a full window was not taken');
        ({ held, goal } = grown(held, length, goal));
        continue;
      }
      held.copyWithin(0, done, length);
      length -= done;
      base += done;
      if (goal > windowBytes && length < windowBytes) {
        goal = windowBytes;
        held = held.slice(0, windowBytes);
      }
    }
  } finally {
    await source.return?.();
  }
}

function grown(held: Uint8Array, length: number, goal: number): { held: Uint8Array; goal: number } {
  const larger = new Uint8Array(goal * 2);
  larger.set(held.subarray(0, length));
  return { held: larger, goal: goal * 2 };
}

/** The k-th line feed of the text is the k-th of the bytes: no malformed sequence swallows one. */
function lineStartsOf(bytes: Uint8Array): Int32Array {
  const starts = [0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return Int32Array.from(starts);
}
