// Headers of one export look alike, digit for digit. The last one that was read in full becomes a shape; the next is laid against it
// in bytes. Only what does not fit is read in full. This is what makes the reader fast; it finds nothing that parseHeader would not.
//
//   shape    0 2 - 0 5 - 2 0 2 2   1 6 : 0 8   -      digits may differ, all else may not
//   next     0 2 - 0 5 - 2 0 2 2   1 6 : 1 3   -      the date is that of the header before: read once
import { datePossible, type Header, mayBeginHeader, parseHeader } from './header.ts';
import { layoutHasTimeFirst, layoutKind } from './layout-code.ts';
import type { TextWindow } from './text-windows.ts';

interface Shape {
  readonly length: number;
  /** The bytes of the last header that fitted. */
  readonly bytes: Uint8Array;
  readonly dateFrom: number;
  readonly dateTo: number;
  readonly a: number;
  readonly aDigits: number;
  readonly b: number;
  readonly bDigits: number;
  readonly c: number;
  readonly cDigits: number;
  readonly hour: number;
  readonly hourDigits: number;
  readonly minute: number;
  /** −1: no seconds. */
  readonly second: number;
  readonly half: number;
  readonly layout: number;
  readonly yearPlace: number;
}

export interface HeaderScanner {
  /** Reads the line [`scanFrom`, `scanEnd`) of the window's bytes, [`from`, `end`) of its text, into `h`, as parseHeader does. */
  readonly read: (window: TextWindow, scanFrom: number, scanEnd: number, from: number, end: number) => boolean;
  /** Where the body begins in bytes, after a header was found; −1 when only its place in the text is known. */
  readonly scanBody: () => number;
}

/** First bytes of digits and marks beyond ASCII. */
function mayBeginHeaderByte(byte: number): boolean {
  return byte < 0x80 ? mayBeginHeader(byte) : byte === 0xe2 || byte === 0xef || (byte >= 0xd8 && byte <= 0xdb) || byte === 0xe0;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function twoDigitsAt(scan: Uint8Array, at: number): number {
  return (scan[at] as number) * 10 + (scan[at + 1] as number) - 528;
}

function numberAt(scan: Uint8Array, at: number, digits: number): number {
  let value = 0;
  for (let i = at; i < at + digits; i++) value = value * 10 + (scan[i] as number) - 48;
  return value;
}

export function makeHeaderScanner(h: Header): HeaderScanner {
  let shape: Shape | null = null;
  let scanBody = -1;
  /** The date in `h` is not that of the shape's bytes. */
  let stale = true;

  function fits(s: Shape, scan: Uint8Array, from: number, end: number): boolean {
    const { bytes, length } = s;
    if (from + length > end) return false;
    for (let i = 0; i < length; i++) {
      const byte = scan[from + i] as number;
      const before = bytes[i] as number;
      if (byte === before) continue;
      if (!isDigit(byte) || !isDigit(before)) return false;
      bytes[i] = byte;
      if (i >= s.dateFrom && i < s.dateTo) stale = true;
    }
    let hour = s.hourDigits === 2 ? twoDigitsAt(scan, from + s.hour) : (scan[from + s.hour] as number) - 48;
    const minute = twoDigitsAt(scan, from + s.minute);
    const second = s.second < 0 ? -1 : twoDigitsAt(scan, from + s.second);
    if (s.half !== 0 && hour <= 12) hour = (hour % 12) + (s.half === 2 ? 12 : 0);
    if (hour > 23 || minute > 59 || second > 60) return false;
    if (stale) {
      h.a = numberAt(scan, from + s.a, s.aDigits);
      h.b = numberAt(scan, from + s.b, s.bDigits);
      h.c = numberAt(scan, from + s.c, s.cDigits);
      h.yearPlace = s.yearPlace;
      h.padding = h.a <= 9 ? (s.aDigits === 1 ? 2 : 1) : h.b <= 9 ? (s.bDigits === 1 ? 2 : 1) : 0;
      if (!datePossible(h)) return false;
      stale = false;
    }
    h.hour = hour;
    h.minute = minute;
    h.second = second;
    h.half = s.half;
    h.layout = s.layout;
    h.misfit = false;
    scanBody = from + length;
    return true;
  }

  /** Makes the header that was just read the shape, where it is plain ASCII after at most one mark. */
  function learn(text: string, from: number): void {
    if (layoutKind(h.layout) === 'plain') return;
    const start = h.marked ? from + 1 : from;
    const length = h.body - start;
    const bytes = new Uint8Array(length);
    const at: number[] = [];
    const digits: number[] = [];
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(start + i);
      if (code > 0x7e || code < 0x20) return;
      bytes[i] = code;
      if (!isDigit(code)) continue;
      if (i > 0 && isDigit(bytes[i - 1] ?? 0)) digits[digits.length - 1] = (digits.at(-1) ?? 0) + 1;
      else {
        at.push(i);
        digits.push(1);
      }
    }
    const times = h.second < 0 ? 2 : 3;
    if (at.length !== 3 + times) return;
    const date = layoutHasTimeFirst(h.layout) ? times : 0;
    const time = layoutHasTimeFirst(h.layout) ? 0 : 3;
    const place = (k: number) => at[k] ?? 0;
    const count = (k: number) => digits[k] ?? 0;
    shape = {
      length,
      bytes,
      dateFrom: place(date),
      dateTo: place(date + 2) + count(date + 2),
      a: place(date),
      aDigits: count(date),
      b: place(date + 1),
      bDigits: count(date + 1),
      c: place(date + 2),
      cDigits: count(date + 2),
      hour: place(time),
      hourDigits: count(time),
      minute: place(time + 1),
      second: times === 3 ? place(time + 2) : -1,
      half: h.half,
      layout: h.layout,
      yearPlace: h.yearPlace,
    };
    stale = false;
  }

  return {
    read: (window, scanFrom, scanEnd, from, end) => {
      const { scan } = window;
      const first = scan[scanFrom] as number;
      if (!mayBeginHeaderByte(first)) {
        h.misfit = false;
        return false;
      }
      if (shape !== null) {
        if (first !== 0xe2) {
          if (fits(shape, scan, scanFrom, scanEnd)) {
            h.marked = false;
            h.body = from + shape.length;
            return true;
          }
        } else if (scan[scanFrom + 1] === 0x80 && scan[scanFrom + 2] === 0x8e && fits(shape, scan, scanFrom + 3, scanEnd)) {
          h.marked = true;
          h.body = from + 1 + shape.length;
          return true;
        }
      }
      scanBody = -1;
      stale = true;
      if (!parseHeader(window.text, from, end, h)) return false;
      // Where nothing follows, the space after the dash may be lacking: such a header is no measure for others.
      if (h.body < end) learn(window.text, from);
      return true;
    },
    scanBody: () => scanBody,
  };
}
