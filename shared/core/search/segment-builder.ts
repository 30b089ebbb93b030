// Records of one conversation, in file order → segments ready to be stored. Works in one pass over the records:
//
//   token stream (term, ordinal, position) → counting sort by term → cards → drawers at the level that fits

import type { Platform } from '#core/model/chat.ts';
import { deepestLevel, rangesOf } from '#core/text/drawer.ts';
import { boundariesVersion } from '#core/text/drawer-boundaries.ts';
import { tokenize, tokenizerVersion } from '#core/text/tokenize.ts';
import { encodeBlock, encodeRecord } from './block-codec.ts';
import { type ByteWriter, makeByteWriter, takeBytes, writeVarint } from './bytes.ts';
import { encodeColumns, kindByte } from './columns-codec.ts';
import { writeCard } from './drawer-codec.ts';
import { eachWord } from './each-word.ts';
import { addPlace, flushPlaces, makePlacesWriter } from './places-codec.ts';
import {
  type DrawerValue,
  type FiledRecord,
  localNumber,
  type Packing,
  type Pages,
  type Segment,
  type SegmentHead,
  type SegmentLimits,
  segmentIdOf,
  segmentLimits,
} from './segment.ts';
import { sortTerms } from './sort-terms.ts';
import { encodeTermList } from './term-list.ts';

export interface SegmentBuilder {
  /** Takes the next records and gives the segments that are full. The last segment is given by `finish`. */
  readonly add: (records: readonly FiledRecord[]) => readonly Segment[];
  /** Ends the conversation; its title is filed in the last segment. */
  readonly finish: (title: string | null) => readonly Segment[];
  /** Records taken so far. */
  readonly records: () => number;
}

export interface SegmentBuilderOptions {
  readonly bundleId: string;
  /** Conversation, from 1. */
  readonly n: number;
  readonly platform: Platform;
  readonly packing: Packing;
  readonly limits?: Partial<SegmentLimits>;
  /** Goes on after segments that were given before: ordinal of the next record, number of the next segment. */
  readonly from?: { readonly base: number; readonly number: number };
}

/** 32 bits of the record's words: the same message in two exports has the same (senders and clocks may differ). */
function fingerprintOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c !== 32 && c !== 0x200e && c !== 13) hash = Math.imul(hash ^ c, 0x01000193);
  }
  return hash >>> 0;
}

function grown(from: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(from.length * 2);
  bigger.set(from);
  return bigger;
}

function toPages(bytes: Uint8Array, itemBytes: number): Pages {
  if (bytes.length <= itemBytes) return [bytes];
  const pages: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += itemBytes) pages.push(bytes.slice(at, at + itemBytes));
  return pages;
}

export function makeSegmentBuilder(options: SegmentBuilderOptions): SegmentBuilder {
  const { bundleId, n, platform, packing } = options;
  const limits: SegmentLimits = { ...segmentLimits, ...options.limits };

  // One segment in the making.
  let base = options.from?.base ?? 0;
  let number = options.from?.number ?? 0;
  let count = 0;
  let textUnits = 0;
  let times = new Float64Array(1024);
  let senderNumbers = new Uint16Array(1024);
  let kinds = new Uint8Array(1024);
  let fingerprints = new Uint32Array(1024);
  let senders = new Map<string, number>();
  let senderUnits = 0;
  let rows: string[] = [];
  let blockUnits = 0;
  let blocks: Pages[] = [];
  let blockStarts: number[] = [];
  // The token stream.
  let termNumbers = new Map<string, number>();
  let tokens = 0;
  let tokenTerm = new Int32Array(16_384);
  let tokenOrdinal = new Int32Array(16_384);
  let tokenPosition = new Int32Array(16_384);

  function word(term: string, position: number, inAttachment: boolean): void {
    let at = termNumbers.get(term);
    if (at === undefined) {
      at = termNumbers.size;
      termNumbers.set(term, at);
    }
    if (tokens === tokenTerm.length) {
      tokenTerm = grown(tokenTerm);
      tokenOrdinal = grown(tokenOrdinal);
      tokenPosition = grown(tokenPosition);
    }
    tokenTerm[tokens] = at;
    tokenOrdinal[tokens] = count;
    tokenPosition[tokens++] = position * 2 + (inAttachment ? 1 : 0);
  }

  function closeBlock(): void {
    if (rows.length === 0) return;
    blocks.push(toPages(encodeBlock(rows, packing), limits.itemBytes));
    rows = [];
    blockUnits = 0;
  }

  function take(record: FiledRecord): void {
    if (count === times.length) {
      const wider = <T extends Float64Array | Uint16Array | Uint8Array | Uint32Array>(into: T, from: T): T => {
        into.set(from);
        return into;
      };
      times = wider(new Float64Array(count * 2), times);
      senderNumbers = wider(new Uint16Array(count * 2), senderNumbers);
      kinds = wider(new Uint8Array(count * 2), kinds);
      fingerprints = wider(new Uint32Array(count * 2), fingerprints);
    }
    if (rows.length === limits.blockRecords || (rows.length > 0 && blockUnits + record.raw.length > limits.blockText)) closeBlock();
    if (rows.length === 0) blockStarts.push(count);
    rows.push(encodeRecord(record));
    blockUnits += record.raw.length;
    textUnits += record.raw.length;
    times[count] = localNumber(record.local);
    kinds[count] = kindByte(record);
    fingerprints[count] = fingerprintOf(record.text);
    let sender = 0;
    if (record.sender !== null) {
      sender = senders.get(record.sender) ?? 0;
      if (sender === 0) {
        sender = senders.size + 1;
        senders.set(record.sender, sender);
        senderUnits += record.sender.length;
      }
    }
    senderNumbers[count] = sender;
    eachWord(record, word);
    count++;
  }

  /** Words of sender labels and of the title, filed once. */
  function labels(title: string | null): Map<string, { senders: number[]; title: boolean }> {
    const found = new Map<string, { senders: number[]; title: boolean }>();
    const at = (term: string) => {
      let entry = found.get(term);
      if (entry === undefined) {
        entry = { senders: [], title: false };
        found.set(term, entry);
      }
      return entry;
    };
    for (const [label, sender] of senders) {
      for (const term of new Set(tokenize(label).map((token) => token.term))) at(term).senders.push(sender);
    }
    if (title !== null) for (const { term } of tokenize(title)) at(term).title = true;
    return found;
  }

  function close(title: string | null): Segment {
    closeBlock();
    blockStarts.push(count);
    const filedLabels = labels(title);
    for (const term of filedLabels.keys()) if (!termNumbers.has(term)) termNumbers.set(term, termNumbers.size);

    // Counting sort of the token stream by term: stable, so ordinals and positions stay ascending.
    const termCount = termNumbers.size;
    const starts = new Int32Array(termCount + 1);
    for (let i = 0; i < tokens; i++) starts[(tokenTerm[i] ?? 0) + 1] = (starts[(tokenTerm[i] ?? 0) + 1] ?? 0) + 1;
    for (let i = 0; i < termCount; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
    const next = starts.slice();
    const sortedOrdinal = new Int32Array(tokens);
    const sortedPosition = new Int32Array(tokens);
    for (let i = 0; i < tokens; i++) {
      const term = tokenTerm[i] ?? 0;
      const at = next[term] ?? 0;
      sortedOrdinal[at] = tokenOrdinal[i] ?? 0;
      sortedPosition[at] = tokenPosition[i] ?? 0;
      next[term] = at + 1;
    }
    const terms = sortTerms([...termNumbers.keys()]);

    // Ordinals and positions of all terms, in order of the terms, and how much each weighs.
    const allOrdinals = makeByteWriter(tokens + 1024);
    const allPositions = makeByteWriter(tokens * 2 + 1024);
    const ordinalsEnd = new Int32Array(termCount);
    const positionsEnd = new Int32Array(termCount);
    const messages = new Int32Array(termCount);
    const isBitmap = new Uint8Array(termCount);
    const bitmapBytes = (count + 7) >> 3;
    const places = makePlacesWriter();
    let cardBytes = 0;
    for (let t = 0; t < termCount; t++) {
      const id = termNumbers.get(terms[t] ?? '') ?? 0;
      const from = starts[id] ?? 0;
      const to = starts[id + 1] ?? 0;
      const wroteFrom = allOrdinals.length;
      let held = 0;
      let last = -1;
      let lastPosition = 0;
      for (let i = from; i < to; i++) {
        const ordinal = sortedOrdinal[i] ?? 0;
        const position = sortedPosition[i] ?? 0;
        const first = ordinal !== last;
        if (first) {
          writeVarint(allOrdinals, ordinal - last - 1);
          last = ordinal;
          lastPosition = 0;
          held++;
        }
        const more = i + 1 < to && sortedOrdinal[i + 1] === ordinal;
        addPlace(places, first, (position >> 1) - lastPosition, (position & 1) === 1, more);
        lastPosition = position >> 1;
      }
      flushPlaces(places, allPositions);
      if (allOrdinals.length - wroteFrom > bitmapBytes) {
        isBitmap[t] = 1;
        toBitmap(allOrdinals, wroteFrom, bitmapBytes, sortedOrdinal, from, to);
      }
      messages[t] = held;
      ordinalsEnd[t] = allOrdinals.length;
      positionsEnd[t] = allPositions.length;
      cardBytes += 5 + ((terms[t] ?? '').length >> 1);
    }

    const weight = allOrdinals.length + allPositions.length + cardBytes;
    const level = Math.min(deepestLevel, Math.max(0, Math.round(Math.log2(weight / limits.drawerBytes))));
    const ranges = rangesOf(terms);
    const drawers: DrawerValue[] = [];
    let continuations = 0;
    const out = makeByteWriter(4096);
    let open = -1;
    let previous = '';
    let positionsFrom = 0;
    const closeDrawer = (positionsTo: number) => {
      if (open < 0) return;
      const value = takeBytes(out);
      const positions = allPositions.bytes.slice(positionsFrom, positionsTo);
      const beside = positions.length > limits.besideBytes || value.length + positions.length > limits.itemBytes;
      const drawer: DrawerValue = { drawer: open, terms: toPages(value, limits.itemBytes), positions: toPages(positions, limits.itemBytes), beside };
      continuations = Math.max(continuations, drawer.terms.length - 1, drawer.positions.length - 1);
      drawers.push(drawer);
      out.length = 0;
      positionsFrom = positionsTo;
      previous = '';
    };
    for (let t = 0; t < termCount; t++) {
      const term = terms[t] ?? '';
      const drawer = (ranges[t] ?? 0) >> (deepestLevel - level);
      const positionsStart = t === 0 ? 0 : (positionsEnd[t - 1] ?? 0);
      if (drawer !== open) {
        closeDrawer(positionsStart);
        open = drawer;
      }
      const label = filedLabels.get(term);
      const ordinals = allOrdinals.bytes.subarray(t === 0 ? 0 : (ordinalsEnd[t - 1] ?? 0), ordinalsEnd[t] ?? 0);
      writeCard(
        out,
        previous,
        term,
        messages[t] ?? 0,
        isBitmap[t] === 1,
        ordinals,
        (positionsEnd[t] ?? 0) - positionsStart,
        label?.senders ?? [],
        label?.title ?? false,
      );
      previous = term;
    }
    closeDrawer(allPositions.length);

    const entry = { id: segmentIdOf(bundleId, n, number), level, continuations };
    const columns = { times: times.slice(0, count), senders: senderNumbers.slice(0, count), kinds: kinds.slice(0, count) };
    const head: SegmentHead = {
      ...entry,
      bundleId,
      n,
      number,
      base,
      count,
      platform,
      tokenizer: tokenizerVersion,
      boundaries: boundariesVersion,
      blockStarts,
      blockTimes: blockStarts.slice(0, -1).map((from, b) => spanOf(columns.times, from, blockStarts[b + 1] ?? count)),
      longBlocks: Object.fromEntries(blocks.flatMap((pages, b) => (pages.length > 1 ? [[b, pages.length]] : []))),
      senders: [...senders.keys()],
    };
    const segment: Segment = {
      entry,
      bundleId,
      head: packing.pack(packing.encode(JSON.stringify(head))),
      columns: encodeColumns(columns, packing),
      fingerprints: new Uint8Array(fingerprints.slice(0, count).buffer),
      blocks,
      terms: toPages(packing.pack(encodeTermList(terms, messages, (term) => filedLabels.has(term))), limits.itemBytes),
      drawers,
      count,
    };
    base += count;
    number++;
    count = 0;
    textUnits = 0;
    tokens = 0;
    senders = new Map();
    senderUnits = 0;
    termNumbers = new Map();
    blocks = [];
    blockStarts = [];
    return segment;
  }

  function isFull(record: FiledRecord): boolean {
    if (count === 0) return false;
    if (count >= limits.records || textUnits + record.raw.length > limits.segmentText) return true;
    return record.sender !== null && !senders.has(record.sender) && (senders.size >= limits.senders || senderUnits + record.sender.length > limits.senderText);
  }

  return {
    add: (records) => {
      const full: Segment[] = [];
      for (const record of records) {
        if (isFull(record)) full.push(close(null));
        take(record);
      }
      return full;
    },
    finish: (title) => (count === 0 ? [] : [close(title)]),
    records: () => base + count,
  };
}

function spanOf(times: Float64Array, from: number, to: number): readonly [number, number] {
  let earliest = Number.POSITIVE_INFINITY;
  let latest = 0;
  for (let i = from; i < to; i++) {
    const time = times[i] ?? 0;
    if (time < earliest) earliest = time;
    if (time > latest) latest = time;
  }
  return [earliest, latest];
}

/** Replaces the deltas just written by a bitmap: a common word weighs an eighth of a byte a record. */
function toBitmap(out: ByteWriter, at: number, length: number, ordinals: Int32Array, from: number, to: number): void {
  out.bytes.fill(0, at, at + length);
  out.length = at + length;
  for (let i = from; i < to; i++) {
    const ordinal = ordinals[i] ?? 0;
    out.bytes[at + (ordinal >> 3)] = (out.bytes[at + (ordinal >> 3)] ?? 0) | (1 << (ordinal & 7));
  }
}
