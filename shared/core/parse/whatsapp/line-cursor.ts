// From line feed to line feed through a window's bytes, four at a time, keeping count of how far the text lags behind the bytes.
import type { TextWindow } from './text-windows.ts';

export interface LineCursor {
  readonly open: (window: TextWindow) => void;
  /** Moves on to the next line; false when there is none. */
  readonly next: () => boolean;
  /** The line without its line feed: [scanFrom, scanEnd) in bytes, [from, end) in text; its number in the window, from 0. */
  scanFrom: number;
  scanEnd: number;
  from: number;
  end: number;
  index: number;
}

export function makeLineCursor(): LineCursor {
  let scan: Uint8Array = new Uint8Array(0);
  let words: Int32Array = new Int32Array(0);
  let size = 0;
  let at = 0;
  let shift = 0;
  const cursor: LineCursor = { open, next, scanFrom: 0, scanEnd: 0, from: 0, end: 0, index: -1 };

  function open(window: TextWindow): void {
    scan = window.scan;
    size = scan.length;
    // Windows begin at the start of their buffer; text that was encoded anew does so by nature, else a copy does.
    if ((scan.byteOffset & 3) !== 0) scan = scan.slice();
    words = new Int32Array(scan.buffer, scan.byteOffset, size >> 2);
    at = 0;
    shift = 0;
    cursor.index = -1;
  }

  function next(): boolean {
    if (at >= size) return false;
    let i = at;
    let lag = shift;
    cursor.scanFrom = i;
    cursor.from = i - lag;
    while (i < size) {
      if ((i & 3) === 0) {
        // Four bytes that are all ASCII and none of them a line feed.
        const last = words.length;
        let k = i >> 2;
        while (k < last) {
          const word = words[k] as number;
          const feeds = word ^ 0x0a0a0a0a;
          if (((word | ((feeds - 0x01010101) & ~feeds)) & 0x80808080) !== 0) break;
          k++;
        }
        i = k << 2;
        if (i >= size) break;
      }
      const byte = scan[i] as number;
      if (byte === 10) break;
      if (byte >= 0x80) {
        if (byte < 0xc0) lag++;
        else if (byte >= 0xf0) lag--;
      }
      i++;
    }
    cursor.scanEnd = i;
    cursor.end = i - lag;
    cursor.index++;
    at = i + 1;
    shift = lag;
    return true;
  }

  return cursor;
}
