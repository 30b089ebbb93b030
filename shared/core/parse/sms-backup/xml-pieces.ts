// The XML of SMS Backup & Restore as a row of pieces: whole records (sms, mms, call) and what stands around them. Every byte belongs to
// one piece. An own cutter, not an XML parser: parsers know no byte offsets, hold whole attributes (megabytes of base64), and refuse or
// swallow what this app writes (split surrogate references, files cut off while copying). No entity of a DTD is ever looked at.
import { makeHeldBytes, wholeCharacters } from '../held-bytes.ts';
import { makeDecoder, makeStrictDecoder } from '../whatsapp/text-encoding.ts';
import { makePassOverBase64 } from './pass-over-base64.ts';

export interface XmlPiece {
  /** record: whole · broken: a record whose end is missing · around: root, comments, white space, anything else */
  readonly kind: 'record' | 'broken' | 'around';
  /** `sms`, `mms`, `call`; of other tags their name with its slash (`smses`, `/smses`); '' for text, `?` and `!`. */
  readonly name: string;
  readonly raw: string;
  /** As held: UTF-8 with marks for long base64. Good until the next piece. */
  readonly held: Uint8Array;
  /** Place in the file of a place in `held`. */
  readonly offset: (at: number) => number;
  readonly bytes: readonly [number, number];
  readonly lines: readonly [number, number];
  /** Holds bytes that are no UTF-8. */
  readonly replaced: boolean;
}

const fillBytes = 64 * 1024;
/** No record is longer than this without its base64; what is, is broken. */
const longestRecord = 16 * 2 ** 20;
const longestTrail = 4096;
/** Bytes after which a name is known to be one of ours or not. */
const longestName = 12;

const lt = 60;
const gt = 62;

interface Cut {
  readonly kind: XmlPiece['kind'];
  readonly name: string;
  readonly end: number;
}

export async function* readXmlPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<XmlPiece> {
  const held = makeHeldBytes();
  const take = makePassOverBase64(held);
  const strict = makeStrictDecoder();
  const lenient = makeDecoder('utf-8');
  const source = chunks[Symbol.asyncIterator]();
  let ended = false;
  let goal = fillBytes;
  let line = 1;
  try {
    while (true) {
      while (held.length < goal && !ended) {
        const next = await source.next();
        if (next.done === true) ended = true;
        else take(next.value);
      }
      let at = 0;
      while (at < held.length) {
        const cut = nextCut(held.bytes, at, held.length, ended);
        if (cut === null) break;
        const bytes = held.bytes.subarray(at, cut.end);
        const text = strict.decode(bytes);
        const feeds = held.lines(at, cut.end);
        const start = at;
        const closed = held.bytes[cut.end - 1] === 10;
        yield {
          kind: cut.kind,
          name: cut.name,
          raw: text ?? lenient.decode(bytes),
          held: bytes,
          offset: (place) => held.offset(start + place),
          bytes: [held.offset(at), held.offset(cut.end)],
          lines: [line, line + feeds - (closed && feeds > 0 ? 1 : 0)],
          replaced: text === null,
        };
        line += feeds;
        at = cut.end;
      }
      held.drop(at);
      if (ended && held.length === 0) return;
      goal = at > 0 ? fillBytes : goal * 2;
      if (held.length >= goal) goal = held.length * 2;
    }
  } finally {
    await source.return?.();
  }
}

/**
 * The next piece from `from`; null: more bytes are needed. Never null when the file has ended. What is decided here rests on bytes that
 * are all there, so that the chunks in which they came make no difference.
 */
function nextCut(bytes: Uint8Array, from: number, length: number, ended: boolean): Cut | null {
  let at = from;
  while (at < length && isSpace(bytes[at] ?? 0)) at++;
  if (at === length || at - from > fillBytes) return around(bytes, from, ended ? length : at > from + fillBytes ? at : -1, length, '');
  if (bytes[at] !== lt) {
    const next = bytes.indexOf(lt, at);
    return around(bytes, from, next >= 0 && next < length ? next : ended ? length : -1, length, '');
  }
  if (length - at < longestName && !ended) return null;
  const second = bytes[at + 1];
  if (second === 63 || second === 33) {
    const end = endOfAside(bytes, at, length);
    return around(bytes, from, end >= 0 ? end : ended ? length : -1, length, '');
  }
  const name = nameAt(bytes, at + 1, length);
  if (name === 'sms' || name === 'mms' || name === 'call') return recordAt(bytes, from, at, length, name, ended);
  const tag = endOfTag(bytes, at, length, ended);
  if (tag.brokenAt > at) return around(bytes, from, tag.brokenAt, length, name);
  if (tag.end < 0 || tag.end - from > fillBytes) return around(bytes, from, tag.end >= 0 ? tag.end : ended ? length : -1, length, name);
  return trailed(bytes, tag.end, length, ended, 'around', name);
}

function recordAt(bytes: Uint8Array, from: number, at: number, length: number, name: string, ended: boolean): Cut | null {
  const { end, brokenAt } = endOfRecord(bytes, at, length, name, ended);
  const until = Math.max(end, brokenAt > at ? brokenAt : -1);
  if (until < 0 && !ended && length - from <= longestRecord) return null;
  if (until < 0 ? length - from > longestRecord : until - from > longestRecord) {
    return { kind: 'broken', name, end: from + wholeCharacters(bytes.subarray(from), longestRecord) };
  }
  if (end >= 0) return trailed(bytes, end, length, ended, 'record', name);
  return { kind: 'broken', name, end: until < 0 ? length : until };
}

/** Up to `end` (−1: its end is not in sight); long stretches go in pieces of one size. */
function around(bytes: Uint8Array, from: number, end: number, length: number, name: string): Cut | null {
  if (end >= 0 && end - from <= fillBytes) return { kind: 'around', name, end };
  if (end < 0 && length - from <= fillBytes) return null;
  return { kind: 'around', name: '', end: from + wholeCharacters(bytes.subarray(from), fillBytes) };
}

/** White space up to and including the line's end belongs to what it follows. */
function trailed(bytes: Uint8Array, end: number, length: number, ended: boolean, kind: XmlPiece['kind'], name: string): Cut | null {
  let at = end;
  while (at < length && at - end < longestTrail && isSpace(bytes[at] ?? 0) && bytes[at] !== 10) at++;
  if (at === length && !ended) return null;
  return { kind, name, end: at < length && bytes[at] === 10 ? at + 1 : at };
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9;
}

function nameAt(bytes: Uint8Array, at: number, length: number): string {
  let name = '';
  for (let i = at; i < length && i < at + 40; i++) {
    const byte = bytes[i] ?? 0;
    if (isSpace(byte) || byte === gt || byte === lt || (byte === 47 && i > at)) break;
    name += String.fromCharCode(byte);
  }
  return name;
}

function endOfAside(bytes: Uint8Array, at: number, length: number): number {
  if (bytes[at + 1] === 63) return after(bytes, at, length, [63, gt]);
  if (bytes[at + 2] === 45 && bytes[at + 3] === 45) return after(bytes, at + 4, length, [45, 45, gt]);
  const close = bytes.indexOf(gt, at);
  const subset = bytes.indexOf(91, at);
  if (subset >= 0 && subset < close) return after(bytes, subset, length, [93, gt]);
  return close < 0 || close >= length ? -1 : close + 1;
}

function after(bytes: Uint8Array, from: number, length: number, wanted: readonly number[]): number {
  const last = wanted[wanted.length - 1] ?? 0;
  for (let i = bytes.indexOf(last, from); i >= 0 && i < length; i = bytes.indexOf(last, i + 1)) {
    if (i - from + 1 >= wanted.length && wanted.every((byte, k) => bytes[i - wanted.length + 1 + k] === byte)) return i + 1;
  }
  return -1;
}

interface End {
  /** After its last byte, or −1. */
  readonly end: number;
  /** Where something begins that cannot stand inside; −1 when there is none. */
  readonly brokenAt: number;
}

const unfinished: End = { end: -1, brokenAt: -1 };

/** `at`: the opening `<`. Another record or the end of the root cannot stand inside a tag. */
function endOfTag(bytes: Uint8Array, at: number, length: number, ended: boolean): End {
  const found = scanTag(bytes, at, length);
  return !ended && Math.max(found.end, found.brokenAt) > length - longestName ? unfinished : found;
}

function scanTag(bytes: Uint8Array, at: number, length: number): End {
  // The first `<` that was not looked at: kept, for a run of quotes would look for the same one each time.
  let next = bytes.indexOf(lt, at + 1);
  for (let i = at + 1; i < length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === gt) return { end: i + 1, brokenAt: -1 };
    if (byte === lt && isBoundary(nameAt(bytes, i + 1, length))) return { end: -1, brokenAt: i };
    if (byte !== 34 && byte !== 39) continue;
    const close = bytes.indexOf(byte, i + 1);
    const closed = close >= 0 && close < length;
    const until = closed ? close : length;
    for (; next >= 0 && next < until; next = bytes.indexOf(lt, next + 1)) {
      if (next > i && isBoundary(nameAt(bytes, next + 1, length))) return { end: -1, brokenAt: next };
    }
    if (!closed) return unfinished;
    i = close;
  }
  return unfinished;
}

function isBoundary(name: string): boolean {
  return name === 'sms' || name === 'mms' || name === 'call' || name === '/smses' || name === '/calls';
}

function endOfRecord(bytes: Uint8Array, at: number, length: number, name: string, ended: boolean): End {
  const open = endOfTag(bytes, at, length, ended);
  if (open.end < 0 || bytes[open.end - 2] === 47) return open;
  for (let i = open.end; i < length; ) {
    const next = bytes.indexOf(lt, i);
    if (next < 0 || next >= length || (!ended && length - next < longestName)) return unfinished;
    if (bytes[next + 1] === 33 || bytes[next + 1] === 63) {
      const end = endOfAside(bytes, next, length);
      if (end < 0) return unfinished;
      i = end;
      continue;
    }
    const inner = nameAt(bytes, next + 1, length);
    if (inner !== `/${name}` && isBoundary(inner)) return { end: -1, brokenAt: next };
    const tag = endOfTag(bytes, next, length, ended);
    if (tag.end < 0 || inner === `/${name}`) return tag;
    i = tag.end;
  }
  return unfinished;
}
