// A file as a row of decoded windows, cut at line ends, with the byte offset of every line. Memory stays flat: the reader says
// after each window from which byte on it wants to see the text again (the record that is still open), and the rest is let go.
import { type Decoder, makeDecoder, type TextEncoding } from './text-encoding.ts';

/** Bytes of a window, and of the longest record before it is cut (the cut is a doubt; nothing is lost). */
export const windowBytes = 64 * 1024;
export const longestRecordBytes = 2 * 1024 * 1024;

export interface TextWindow {
  /** The decoded characters; the same object is filled anew for every window. */
  text: string;
  /** Bytes of the window, valid until the next one is asked for. */
  bytes: Uint8Array;
  /** Offset in the file of the window's first byte. */
  base: number;
  /** For line i: index in `text` of its end (line feed, or the end of the window), and bytes up to and including its line feed. */
  lineEnds: Int32Array;
  lineBytes: Int32Array;
  lines: number;
  /** No more after this one. */
  last: boolean;
  /** The last line has no line feed yet: it goes on in the next window. */
  cutInLine: boolean;
  /** Set by the reader: bytes of this window that are done with. The rest comes back at the start of the next. */
  done: number;
  /** Set by the windows: nothing was done with and the window has reached its greatest size; something must be taken now. */
  full: boolean;
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
  const window: TextWindow = {
    text: '',
    bytes: new Uint8Array(0),
    base: 0,
    lineEnds: new Int32Array(4096),
    lineBytes: new Int32Array(4096),
    lines: 0,
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
      fillWindow(window, decoder, held.subarray(0, cut), base, encoding);
      window.last = last;
      window.full = full;
      window.cutInLine = !last && window.lines > 0 && window.lineEnds[window.lines - 1] === window.text.length;
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

function fillWindow(window: TextWindow, decoder: Decoder, bytes: Uint8Array, base: number, encoding: TextEncoding): void {
  const text = decoder.decode(bytes);
  window.text = text;
  window.bytes = bytes;
  window.base = base;
  let lines = 0;
  let from = 0;
  let byteFrom = 0;
  const sameLength = text.length === bytes.length;
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  while (from < text.length) {
    if (lines === window.lineEnds.length) {
      window.lineEnds = doubled(window.lineEnds);
      window.lineBytes = doubled(window.lineBytes);
    }
    const feed = text.indexOf('\n', from);
    if (feed < 0) {
      window.lineEnds[lines] = text.length;
      window.lineBytes[lines] = bytes.length;
      lines++;
      break;
    }
    // The k-th line feed of the text is the k-th of the bytes: no malformed sequence swallows one.
    byteFrom = sameLength ? feed + 1 : wide ? (feed + 1) * 2 : bytes.indexOf(10, byteFrom) + 1;
    window.lineEnds[lines] = feed;
    window.lineBytes[lines] = byteFrom;
    lines++;
    from = feed + 1;
  }
  window.lines = lines;
}

function doubled(numbers: Int32Array): Int32Array {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
