// All distinct terms of the archive, sorted, in pages of some ten thousand: what answers stars, likenesses and patterns.
//
//   page in store   for each term:  shared with the one before varint (UTF-16 units) · suffix bytes varint · suffix utf-8
//                                   · messages that hold it varint · segments in whose labels or title it stands varint      packed
//   page in memory  one text "aan\naanbod\naap\n" with the place of each term and what it shares: walked without decoding
import { type ByteReader, makeByteWriter, readVarint, takeBytes, writeVarint } from './bytes.ts';
import type { Packing } from './segment.ts';

export interface TermCounts {
  /** Records whose text or attachment names hold it. */
  readonly messages: number;
  /** Segments in whose sender labels or title it stands. */
  readonly labels: number;
}

export interface DictionaryPage {
  readonly text: string;
  /** Where each term begins in `text`, and after the last where the text ends. */
  readonly starts: Uint32Array;
  /** Units that each term shares with the one before it. */
  readonly shared: Uint8Array;
  readonly messages: Float64Array;
  readonly labels: Float64Array;
}

/** Sorted by term over all pages. */
export type Dictionary = readonly DictionaryPage[];

export const pageTerms = 16_384;
/** Packed it is less; a page is one item of the table (400 kB). */
const pageBytes = 280_000;

function sharedUnits(a: string, b: string): number {
  const most = Math.min(a.length, b.length, 255);
  let shared = 0;
  while (shared < most && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++;
  // Whole characters only: a suffix is UTF-8.
  return shared > 0 && (a.charCodeAt(shared - 1) & 0xfc00) === 0xd800 ? shared - 1 : shared;
}

/** Takes terms in order and gives pages for the store. */
export function* encodePages(terms: Iterable<readonly [term: string, counts: TermCounts]>, packing: Packing): Generator<Uint8Array> {
  const out = makeByteWriter(pageBytes);
  let held = 0;
  let previous = '';
  for (const [term, { messages, labels }] of terms) {
    const shared = held === 0 ? 0 : sharedUnits(previous, term);
    const suffix = packing.encode(term.slice(shared));
    writeVarint(out, shared);
    writeVarint(out, suffix.length);
    for (const byte of suffix) writeVarintByte(out, byte);
    writeVarint(out, messages);
    writeVarint(out, labels);
    previous = term;
    if (++held < pageTerms && out.length < pageBytes) continue;
    yield packing.pack(takeBytes(out));
    out.length = 0;
    held = 0;
  }
  if (held > 0) yield packing.pack(takeBytes(out));
}

function writeVarintByte(out: { bytes: Uint8Array; length: number }, byte: number): void {
  if (out.length === out.bytes.length) {
    const grown = new Uint8Array(out.bytes.length * 2);
    grown.set(out.bytes);
    out.bytes = grown;
  }
  out.bytes[out.length++] = byte;
}

// Written over for every page: half a million terms read in one go would otherwise spend most of their time collecting garbage.
let joined = new Uint8Array(600_000);
const shared = new Uint8Array(pageTerms);
const starts = new Uint32Array(pageTerms + 1);
const messages = new Float64Array(pageTerms);
const labels = new Float64Array(pageTerms);

export function decodePage(packed: Uint8Array, packing: Packing): DictionaryPage {
  const bytes = packing.unpack(packed);
  const reader: ByteReader = { bytes, at: 0 };
  let length = 0;
  let previousAt = 0;
  let count = 0;
  let plain = true;
  // Written out: half a million terms are read before the first answer of a process.
  for (let at = 0; at < bytes.length; ) {
    const units = bytes[at++] ?? 0;
    const wide = units > 127 ? (bytes[at++] ?? 0) : 0;
    const sharing = units > 127 ? (units & 127) + wide * 128 : units;
    const low = bytes[at++] ?? 0;
    const suffix = low > 127 ? (low & 127) + (bytes[at++] ?? 0) * 128 : low;
    const kept = plain ? sharing : bytesOfUnits(joined, previousAt, sharing);
    if (length + kept + suffix + 1 > joined.length) {
      const grown = new Uint8Array((length + kept + suffix + 1) * 2);
      grown.set(joined);
      joined = grown;
    }
    const from = length;
    for (let end = length + kept, copied = previousAt; length < end; ) joined[length++] = joined[copied++] ?? 0;
    let high = 0;
    for (let end = length + suffix; length < end; ) {
      const byte = bytes[at++] ?? 0;
      high |= byte;
      joined[length++] = byte;
    }
    if (high > 127) plain = false;
    joined[length++] = 10;
    previousAt = from;
    shared[count] = sharing;
    const held = bytes[at++] ?? 0;
    const inLabels = bytes[at++] ?? 0;
    if (held < 128 && inLabels < 128) {
      messages[count] = held;
      labels[count++] = inLabels;
    } else {
      reader.at = at - 2;
      messages[count] = readVarint(reader);
      labels[count++] = readVarint(reader);
      at = reader.at;
    }
    starts[count] = length;
  }
  const text = packing.decode(joined.subarray(0, length));
  // Bytes and units are the same in a page of plain letters.
  if (!plain) {
    for (let i = 1, at = 0; i <= count; i++) {
      at = text.indexOf('\n', at) + 1;
      starts[i] = at;
    }
  }
  return { text, starts: starts.slice(0, count + 1), shared: shared.slice(0, count), messages: messages.slice(0, count), labels: labels.slice(0, count) };
}

/** How many bytes the first `units` UTF-16 units take that stand at `from`. */
function bytesOfUnits(bytes: Uint8Array, from: number, units: number): number {
  let at = from;
  for (let left = units; left > 0; ) {
    const byte = bytes[at] ?? 0;
    at += byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    left -= byte < 0xf0 ? 1 : 2;
  }
  return at - from;
}

/** Pages in memory from terms in order: of what came since the snapshot. */
export function pagesOf(terms: readonly (readonly [term: string, counts: TermCounts])[]): Dictionary {
  const pages: DictionaryPage[] = [];
  for (let from = 0; from < terms.length; from += pageTerms) {
    const part = terms.slice(from, from + pageTerms);
    const starts = new Uint32Array(part.length + 1);
    const shared = new Uint8Array(part.length);
    part.forEach(([term], i) => {
      starts[i + 1] = (starts[i] ?? 0) + term.length + 1;
      if (i > 0) shared[i] = sharedUnits(part[i - 1]?.[0] ?? '', term);
    });
    pages.push({
      text: part.map(([term]) => `${term}\n`).join(''),
      starts,
      shared,
      messages: Float64Array.from(part, ([, counts]) => counts.messages),
      labels: Float64Array.from(part, ([, counts]) => counts.labels),
    });
  }
  return pages;
}

export function termAt({ text, starts }: DictionaryPage, i: number): string {
  return text.slice(starts[i] ?? 0, (starts[i + 1] ?? 1) - 1);
}

export function termsIn(page: DictionaryPage): number {
  return page.shared.length;
}

/** The first term of the page that does not come before `term`. */
export function lowerBound(page: DictionaryPage, term: string): number {
  let low = 0;
  let high = termsIn(page);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (termAt(page, middle) < term) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Counts of one term, or null when the archive does not hold it. */
export function countsOf(dictionary: Dictionary, term: string): TermCounts | null {
  let low = 0;
  let high = dictionary.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const page = dictionary[middle];
    if (page !== undefined && termAt(page, termsIn(page) - 1) < term) low = middle + 1;
    else high = middle;
  }
  const page = dictionary[low];
  if (page === undefined) return null;
  const i = lowerBound(page, term);
  return i < termsIn(page) && termAt(page, i) === term ? { messages: page.messages[i] ?? 0, labels: page.labels[i] ?? 0 } : null;
}

export function* eachTerm(dictionary: Dictionary): Generator<readonly [term: string, counts: TermCounts]> {
  for (const page of dictionary) {
    for (let i = 0; i < termsIn(page); i++) yield [termAt(page, i), { messages: page.messages[i] ?? 0, labels: page.labels[i] ?? 0 }];
  }
}

/** Terms of one segment (segment-builder), each with its counts. */
export type TermList = readonly (readonly [term: string, counts: TermCounts])[];

/** The snapshot and its changes do not fit each other: it must be made anew from the segments. */
export class BooksFail extends Error {}

/** The terms of `sorted` with changes worked in, in order. A term of which nothing is left is left out; less than nothing must not pass. */
export function* withChanges(
  sorted: Iterable<readonly [string, TermCounts]>,
  changes: ReadonlyMap<string, TermCounts>,
): Generator<readonly [string, TermCounts]> {
  const changed = [...changes].sort(([a], [b]) => (a < b ? -1 : 1));
  let next = 0;
  const kept = (term: string, a: TermCounts, b: TermCounts): readonly [string, TermCounts] | null => {
    const messages = a.messages + b.messages;
    const labels = a.labels + b.labels;
    if (messages < 0 || labels < 0) throw new BooksFail('dictionary: more was taken out than was ever put in');
    return messages === 0 && labels === 0 ? null : [term, { messages, labels }];
  };
  const none = { messages: 0, labels: 0 };
  for (const [term, counts] of sorted) {
    for (let change = changed[next]; change !== undefined && change[0] < term; change = changed[++next]) {
      const fresh = kept(change[0], none, change[1]);
      if (fresh !== null) yield fresh;
    }
    const here = changed[next];
    const sum = here !== undefined && here[0] === term ? here[1] : null;
    if (sum !== null) next++;
    const left = kept(term, counts, sum ?? none);
    if (left !== null) yield left;
  }
  for (const [term, counts] of changed.slice(next)) {
    const fresh = kept(term, none, counts);
    if (fresh !== null) yield fresh;
  }
}

/** Adds a segment's terms to the changes (`sign` 1), or takes them out (-1). */
export function addChanges(changes: Map<string, TermCounts>, terms: TermList, sign: 1 | -1): void {
  for (const [term, { messages, labels }] of terms) {
    const there = changes.get(term);
    changes.set(term, { messages: (there?.messages ?? 0) + sign * messages, labels: (there?.labels ?? 0) + sign * labels });
  }
}
