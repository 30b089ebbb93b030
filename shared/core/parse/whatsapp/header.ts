// The header of a record: from the start of a line up to its body (FORMATS: WhatsApp line grammar).
//
//   header := marks? ( '[' stamp ']' SP | stamp SP dash SP | stamp ':' SP | stamp ';' SP | stamp SP )
//   stamp  := date sep time | time ',' date
//   date   := n [-/.] SP? n [-/.] SP? n '.'?         digits of three scripts
//   sep    := ',' | SP | ' klo ' | ' um ' | ' à ' | ' - '
//   time   := half? H[:.h]MM([:.]SS)? (SP? half)?     half = AM, p. m., 下午 …
//
// One pass over character codes, no regular expression, at most 120 characters of a line; the outcome is written into one
// reused object, since this runs for every line of a gigabyte.
import { layoutFlag } from './layout-code.ts';
import { isBlank, isMark } from './marks.ts';
import { halves } from './wordings/half-day.ts';

export const headerReach = 120;

export interface Header {
  /** The three numbers of the date as they stand, and how many digits each has. */
  a: number;
  b: number;
  c: number;
  /** A number below ten is written with two digits (1), with one (2), or none is below ten (0). */
  padding: number;
  /** Which of the three has four digits: 0 none, 1, 2, 3. */
  yearPlace: number;
  hour: number;
  minute: number;
  /** 1 before noon, 2 after noon, 0 the clock has 24 hours. */
  half: number;
  /** −1: the layout has no seconds. */
  second: number;
  /** All that one export keeps the same, as one number: kind, separators, seconds, comma, half. */
  layout: number;
  /** Where the body begins. */
  body: number;
  /** A mark stands before the header: on iOS the line holds an attachment or a notice. */
  marked: boolean;
  /** The shape fits, but a number is out of bounds (hour 25, month 13 and day 40). */
  misfit: boolean;
}

export function makeHeader(): Header {
  return { a: 0, b: 0, c: 0, padding: 0, yearPlace: 0, half: 0, hour: 0, minute: 0, second: -1, layout: 0, body: 0, marked: false, misfit: false };
}

// Where the scan stands, and the last number read. Module state is safe here: parseHeader never awaits.
let at = 0;
let digits = 0;

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code < 0x660) return -1;
  if (code <= 0x669) return code - 0x660;
  if (code >= 0x6f0 && code <= 0x6f9) return code - 0x6f0;
  if (code >= 0x966 && code <= 0x96f) return code - 0x966;
  return -1;
}

/** A number of at most four digits from `at`; −1 when there is none. */
function readNumber(s: string, end: number): number {
  let value = 0;
  digits = 0;
  while (at < end) {
    const digit = digitOf(s.charCodeAt(at));
    if (digit < 0) break;
    if (++digits > 4) return -1;
    value = value * 10 + digit;
    at++;
  }
  return digits === 0 ? -1 : value;
}

function skipHidden(s: string, end: number): void {
  while (at < end && isMark(s.charCodeAt(at))) at++;
}

/** Blanks and marks; says whether a blank was among them. */
function skipBlanks(s: string, end: number): boolean {
  let blank = false;
  while (at < end) {
    const code = s.charCodeAt(at);
    if (isBlank(code)) blank = true;
    else if (!isMark(code)) break;
    at++;
  }
  return blank;
}

/** 1 before noon, 2 after noon, 0 no token; moves past the token. `a`, `p` with `m`, with or without points and blanks between. */
function readHalf(s: string, end: number): number {
  const start = at;
  const first = s.charCodeAt(at) | 32;
  if (first === 97 || first === 112) {
    at++;
    if (s.charCodeAt(at) === 46) at++;
    skipBlanks(s, end);
    if ((s.charCodeAt(at) | 32) === 109) {
      at++;
      if (s.charCodeAt(at) === 46) at++;
      const next = s.charCodeAt(at);
      const wordGoesOn = at < end && ((next >= 65 && next <= 90) || (next >= 97 && next <= 122));
      if (at <= end && !wordGoesOn) return first === 97 ? 1 : 2;
    }
    at = start;
    return 0;
  }
  if (first < 0x80 && first !== 115 && first !== 99 && first !== 100 && first !== 102 && first !== 101) return 0;
  for (const token of halves) {
    const after = at + token.text.length;
    if (s.startsWith(token.text, at) && (after >= end || endsHalf(s.charCodeAt(after)))) {
      at = after;
      return token.half;
    }
  }
  return 0;
}

function endsHalf(code: number): boolean {
  return isBlank(code) || isMark(code) || digitOf(code) >= 0 || code === 93 || code === 58 || code === 59;
}

const sepWords = ['klo', 'um', 'à', 'at', 'om', 'kl.', 'ore', 'г.', 'den'];

/** Reads a date into `h`; leaves `at` behind it. Returns the index of the separator, or −1. */
function readDate(s: string, end: number, h: Header): number {
  h.a = readNumber(s, end);
  if (h.a < 0) return -1;
  h.yearPlace = digits === 4 ? 1 : 0;
  h.padding = h.a > 9 ? 0 : digits === 1 ? 2 : 1;
  if (digits === 3) return -1;
  skipHidden(s, end);
  const mark = s.charCodeAt(at);
  const separator = mark === 45 ? 0 : mark === 47 ? 1 : mark === 46 ? 2 : mark === 0x5e74 ? 3 : -1;
  if (separator < 0) return -1;
  at++;
  skipBlanks(s, end);
  h.b = readNumber(s, end);
  if (h.b < 0 || digits === 3) return -1;
  if (h.b <= 9 && h.padding === 0) h.padding = digits === 1 ? 2 : 1;
  if (digits === 4) {
    if (h.yearPlace !== 0) return -1;
    h.yearPlace = 2;
  }
  skipHidden(s, end);
  if (s.charCodeAt(at) !== (separator === 3 ? 0x6708 : mark)) return -1;
  at++;
  skipBlanks(s, end);
  h.c = readNumber(s, end);
  if (h.c < 0 || digits === 3) return -1;
  if (digits === 4) {
    if (h.yearPlace !== 0) return -1;
    h.yearPlace = 3;
  }
  if (separator === 3 && s.charCodeAt(at) === 0x65e5) at++;
  else if (separator === 2 && s.charCodeAt(at) === 46) at++;
  return separator;
}

/** Reads a time into `h`; returns layout bits, or −1. */
function readTime(s: string, end: number, h: Header): number {
  let bits = 0;
  let half = 0;
  const opening = s.charCodeAt(at);
  if (digitOf(opening) < 0) {
    half = readHalf(s, end);
    if (half === 0) return -1;
    bits |= layoutFlag.halfBefore;
    skipBlanks(s, end);
  }
  h.hour = readNumber(s, end);
  if (h.hour < 0 || digits > 2) return -1;
  let mark = s.charCodeAt(at);
  if (mark === 46) bits |= layoutFlag.dotTime;
  else if (mark !== 58) {
    const before = at;
    skipBlanks(s, end);
    if (s.charCodeAt(at) !== 104) {
      at = before;
      return -1;
    }
    bits |= layoutFlag.hourLetter;
    at++;
    skipBlanks(s, end);
    at--;
  }
  at++;
  h.minute = readNumber(s, end);
  if (h.minute < 0 || digits !== 2) return -1;
  h.second = -1;
  mark = s.charCodeAt(at);
  if ((mark === 58 || mark === 46) && digitOf(s.charCodeAt(at + 1)) >= 0 && at + 1 < end) {
    at++;
    h.second = readNumber(s, end);
    if (digits !== 2) return -1;
    bits |= layoutFlag.seconds;
  }
  if (half === 0) {
    const before = at;
    skipBlanks(s, end);
    const code = s.charCodeAt(at);
    if (at < end && code !== 45 && code !== 93 && code !== 58) {
      half = readHalf(s, end);
      if (half !== 0) bits |= layoutFlag.halfAfter;
    }
    if (half === 0) at = before;
  }
  h.half = half;
  if (half !== 0) {
    // Some phones write 16:08 PM: the hour has said it already.
    if (h.hour <= 12) h.hour = (h.hour % 12) + (half === 2 ? 12 : 0);
  }
  return bits;
}

/** Between date and time; returns layout bits, or −1 when they cannot belong together. */
function readBetween(s: string, end: number): number {
  let bits = 0;
  const from = at;
  skipHidden(s, end);
  let code = s.charCodeAt(at);
  if (code === 44 || code === 0x60c || code === 0x3001) {
    bits |= layoutFlag.comma;
    at++;
  }
  if (!skipBlanks(s, end) && bits === 0) return -1;
  code = s.charCodeAt(at);
  if (digitOf(code) >= 0) return bits;
  if (code === 45 && isBlank(s.charCodeAt(at + 1))) {
    at++;
    skipBlanks(s, end);
    return bits | layoutFlag.dashBetween;
  }
  for (const candidate of sepWords) {
    if (s.startsWith(candidate, at)) {
      const after = at + candidate.length;
      if (s.charCodeAt(after) === 44 || isBlank(s.charCodeAt(after))) {
        at = after + (s.charCodeAt(after) === 44 ? 1 : 0);
        skipBlanks(s, end);
        return bits | layoutFlag.word;
      }
    }
  }
  return at > from ? bits : -1;
}

/** Reads the header of the line [`from`, `lineEnd`) of `s` into `h`. False: this line begins no record (`h.misfit` tells a near miss). */
export function parseHeader(s: string, from: number, lineEnd: number, h: Header): boolean {
  const end = lineEnd - from > headerReach ? from + headerReach : lineEnd;
  h.misfit = false;
  at = from;
  skipHidden(s, end);
  h.marked = at > from;
  let layout = 4;
  const bracket = s.charCodeAt(at) === 91;
  if (bracket) {
    layout = 0;
    at++;
    skipHidden(s, end);
  }
  const start = at;
  let separator = readDate(s, end, h);
  if (separator >= 0) {
    const between = readBetween(s, end);
    if (between < 0) return false;
    const time = readTime(s, end, h);
    if (time < 0) return false;
    layout |= between | time;
  } else {
    at = start;
    if (digitOf(s.charCodeAt(at)) < 0) return false;
    const time = readTime(s, end, h);
    if (time < 0) return false;
    if (s.charCodeAt(at) !== 44) return false;
    at++;
    if (!skipBlanks(s, end)) return false;
    separator = readDate(s, end, h);
    if (separator < 0) return false;
    layout |= time | layoutFlag.timeFirst | layoutFlag.comma;
  }
  layout |= (separator << 3) | (h.yearPlace << 6);
  skipHidden(s, end);
  if (bracket) {
    skipBlanks(s, end);
    if (s.charCodeAt(at) !== 93) return false;
    at++;
    if (at < lineEnd && s.charCodeAt(at) !== 13) {
      if (!isBlank(s.charCodeAt(at))) return false;
      at++;
    }
  } else {
    let code = s.charCodeAt(at);
    if (code === 58 || code === 59) {
      if (at + 1 < lineEnd && !isBlank(s.charCodeAt(at + 1))) return false;
      layout = (layout & ~7) | (code === 58 ? 2 : 3);
      at += at + 1 < lineEnd ? 2 : 1;
    } else {
      if (!isBlank(code)) return false;
      const blankAt = at;
      skipBlanks(s, end);
      code = s.charCodeAt(at);
      if (code === 0x447 && s.charCodeAt(at + 1) === 46) {
        at += 2;
        skipBlanks(s, end);
        code = s.charCodeAt(at);
      }
      if (
        at < end &&
        (code === 45 || code === 0x2013 || code === 0x2014) &&
        (at + 1 >= lineEnd || isBlank(s.charCodeAt(at + 1)) || s.charCodeAt(at + 1) === 13)
      ) {
        layout = (layout & ~7) | 1 | (code === 45 ? 0 : layoutFlag.longDash);
        at += at + 1 < lineEnd ? 2 : 1;
      } else {
        at = blankAt + 1;
      }
    }
  }
  h.layout = layout;
  h.body = Math.min(at, lineEnd);
  if (h.hour > 23 || h.minute > 59 || h.second > 60 || !datePossible(h)) h.misfit = true;
  return !h.misfit;
}

/** Some order of day, month and year must be thinkable. */
export function datePossible(h: Header): boolean {
  const { a, b, c } = h;
  if (h.yearPlace === 3) return yearPossible(c) && dayAndMonth(a, b);
  if (h.yearPlace === 1) return yearPossible(a) && dayAndMonth(b, c);
  if (h.yearPlace === 2) return yearPossible(b) && dayAndMonth(a, c);
  return dayAndMonth(a, b) || dayAndMonth(b, c);
}

function dayAndMonth(x: number, y: number): boolean {
  return x >= 1 && y >= 1 && x <= 31 && y <= 31 && (x <= 12 || y <= 12);
}

function yearPossible(year: number): boolean {
  const gregorian = gregorianYear(year);
  return gregorian >= 2000 && gregorian <= 2100;
}

/** Two digits are of this century; a year beyond 2400 is Buddhist (Thai phones). */
export function gregorianYear(year: number): number {
  if (year < 100) return 2000 + year;
  return year > 2400 ? year - 543 : year;
}

/** Could a line that begins with this code be a header at all? The cheapest of all questions. */
export function mayBeginHeader(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 91 || (code > 0x600 && (digitOf(code) >= 0 || isMark(code)));
}
