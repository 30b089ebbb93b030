// Bytes of a file that are held while a record is looked for in them, with their places in the file. Long base64 is not held: a mark
// stands for it (`…`), and the places after it count on.
//
//   held   <part ct="image/png" data="iVBORw0KGgo … AAAA … "/>
//   file   <part ct="image/png" data="iVBORw0KGgo … 1,400,000 bytes … "/>

/** `…` in UTF-8. */
const mark = Uint8Array.of(0xe2, 0x80, 0xa6);

interface Gap {
  at: number;
  removed: number;
  lines: number;
}

export interface HeldBytes {
  bytes: Uint8Array;
  length: number;
  readonly append: (piece: Uint8Array) => void;
  /** Bytes of the file that are passed over here; calls that follow each other make one gap. */
  readonly passOver: (piece: Uint8Array) => void;
  /** Place in the file of the byte at `at`. */
  readonly offset: (at: number) => number;
  /** Line feeds of the file within [from, to). */
  readonly lines: (from: number, to: number) => number;
  /** Lets go of the first bytes. */
  readonly drop: (count: number) => void;
}

export function makeHeldBytes(): HeldBytes {
  let base = 0;
  let gaps: Gap[] = [];
  const held: HeldBytes = { bytes: new Uint8Array(128 * 1024), length: 0, append, passOver, offset, lines, drop };

  function append(piece: Uint8Array): void {
    if (held.length + piece.length > held.bytes.length) {
      const wider = new Uint8Array(Math.max(held.bytes.length * 2, held.length + piece.length));
      wider.set(held.bytes.subarray(0, held.length));
      held.bytes = wider;
    }
    held.bytes.set(piece, held.length);
    held.length += piece.length;
  }

  function passOver(piece: Uint8Array): void {
    let gap = gaps.at(-1);
    if (gap === undefined || gap.at + mark.length !== held.length) {
      gap = { at: held.length, removed: 0, lines: 0 };
      gaps.push(gap);
      append(mark);
    }
    gap.removed += piece.length;
    gap.lines += countLines(piece, 0, piece.length);
  }

  function offset(at: number): number {
    let place = base + at;
    for (const gap of gaps) if (gap.at + mark.length <= at) place += gap.removed - mark.length;
    return place;
  }

  function lines(from: number, to: number): number {
    let count = countLines(held.bytes, from, to);
    for (const gap of gaps) if (gap.at >= from && gap.at < to) count += gap.lines;
    return count;
  }

  function drop(count: number): void {
    if (count === 0) return;
    base = offset(count);
    gaps = gaps.flatMap((gap) => (gap.at < count ? [] : [{ ...gap, at: gap.at - count }]));
    held.bytes.copyWithin(0, count, held.length);
    held.length -= count;
  }

  return held;
}

/** Up to here looking at each byte is quicker than asking for the next line feed. */
const shortBytes = 2048;

function countLines(bytes: Uint8Array, from: number, to: number): number {
  if (to - from <= shortBytes) {
    let feeds = 0;
    for (let at = from; at < to; at++) if (bytes[at] === 10) feeds++;
    return feeds;
  }
  // Cut off first: a search that finds nothing would go on to the end of the buffer.
  const within = bytes.subarray(from, to);
  let count = 0;
  for (let at = within.indexOf(10); at >= 0; at = within.indexOf(10, at + 1)) count++;
  return count;
}

/** End of the last whole UTF-8 character in bytes [0, length). */
export function wholeCharacters(bytes: Uint8Array, length: number): number {
  for (let back = 1; back <= 4 && back <= length; back++) {
    const byte = bytes[length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? length - back : length;
  }
  return length;
}
