// The card of one drawer in one segment: sorted, front-coded terms, each with its ordinals; positions apart, so that
// counting never reads them.
//
//   terms      for each term:  shared bytes varint · suffix length varint · suffix utf-8 · n*8 + flags varint
//                              [bytes of ordinals varint · bytes of positions varint · ordinals]   when n > 0
//                              [count varint · sender numbers varint …]                            when flag 2 (senders)
//              flags: 1 ordinals are a bitmap · 2 stands in sender labels · 4 stands in the conversation's title
//   ordinals   deltas as varints, or a bitmap of ceil(count / 8) bytes after a varint of its length
//   positions  see places-codec
import { type ByteReader, type ByteWriter, readUtf8, readVarint, writeBytes, writeText, writeVarint } from './bytes.ts';

export const cardFlag = { bitmap: 1, senders: 2, title: 4 } as const;

export interface Card {
  readonly term: string;
  /** Records that hold the term. */
  readonly messages: number;
  readonly bitmap: boolean;
  /** Places in the value's bytes. */
  readonly ordinalsFrom: number;
  readonly ordinalsTo: number;
  readonly positionsFrom: number;
  readonly positionsTo: number;
  /** Sender numbers (from 1) whose label holds the term. */
  readonly senders: readonly number[];
  readonly title: boolean;
}

export function writeCard(
  out: ByteWriter,
  previous: string,
  term: string,
  messages: number,
  bitmap: boolean,
  ordinals: Uint8Array,
  positionsLength: number,
  senders: readonly number[],
  title: boolean,
): void {
  let shared = 0;
  let sharedBytes = 0;
  const most = Math.min(previous.length, term.length);
  while (shared < most && previous.charCodeAt(shared) === term.charCodeAt(shared)) {
    const c = term.charCodeAt(shared++);
    sharedBytes += c < 0x80 ? 1 : c < 0x800 || (c & 0xf800) === 0xd800 ? 2 : 3;
  }
  if (shared > 0 && (term.charCodeAt(shared - 1) & 0xfc00) === 0xd800) {
    shared--;
    sharedBytes -= 2;
  }
  writeVarint(out, sharedBytes);
  writeText(out, term, shared);
  writeVarint(out, messages * 8 + (bitmap ? cardFlag.bitmap : 0) + (senders.length > 0 ? cardFlag.senders : 0) + (title ? cardFlag.title : 0));
  if (messages > 0) {
    writeVarint(out, ordinals.length);
    writeVarint(out, positionsLength);
    writeBytes(out, ordinals);
  }
  if (senders.length > 0) {
    writeVarint(out, senders.length);
    for (const sender of senders) writeVarint(out, sender);
  }
}

const noSenders: readonly number[] = [];

/** Reads the rest of a card; `reader` stands behind the term, `positionsFrom` is where its positions begin. */
function readRest(term: string, reader: ByteReader, positionsFrom: number): Card {
  const counted = readVarint(reader);
  const messages = Math.floor(counted / 8);
  const ordinalsLength = messages > 0 ? readVarint(reader) : 0;
  const positionsTo = positionsFrom + (messages > 0 ? readVarint(reader) : 0);
  const ordinalsFrom = reader.at;
  const ordinalsTo = ordinalsFrom + ordinalsLength;
  reader.at = ordinalsTo;
  let senders = noSenders;
  if ((counted & cardFlag.senders) !== 0) {
    const read: number[] = [];
    for (let left = readVarint(reader); left > 0; left--) read.push(readVarint(reader));
    senders = read;
  }
  const bitmap = (counted & cardFlag.bitmap) !== 0;
  const title = (counted & cardFlag.title) !== 0;
  return { term, messages, bitmap, ordinalsFrom, ordinalsTo, positionsFrom, positionsTo, senders, title };
}

/** Passes over the rest of a card; answers how many bytes of positions it has. */
function passRest(reader: ByteReader): number {
  const counted = readVarint(reader);
  let positionsLength = 0;
  if (counted > 7) {
    const ordinalsLength = readVarint(reader);
    positionsLength = readVarint(reader);
    reader.at += ordinalsLength;
  }
  if ((counted & cardFlag.senders) !== 0) for (let left = readVarint(reader); left > 0; left--) readVarint(reader);
  return positionsLength;
}

/** The card of one term (its UTF-8 in `wanted`), or null. Compares bytes; no other term is decoded. */
export function readCard(terms: Uint8Array, term: string, wanted: Uint8Array): Card | null {
  const reader: ByteReader = { bytes: terms, at: 0 };
  let positionsAt = 0;
  /** How much of `wanted` the term just read begins with. */
  let equal = 0;
  while (reader.at < terms.length) {
    const shared = readVarint(reader);
    const suffix = readVarint(reader);
    // Sharing less than what was equal: all terms that begin like the wanted one are behind us.
    if (shared < equal) return null;
    if (shared === equal) {
      let i = 0;
      while (i < suffix && equal < wanted.length && terms[reader.at + i] === wanted[equal]) {
        i++;
        equal++;
      }
      if (i === suffix && equal === wanted.length) {
        reader.at += suffix;
        return readRest(term, reader, positionsAt);
      }
      // Terms share whole characters only.
      while (equal > 0 && ((wanted[equal] ?? 0) & 0xc0) === 0x80) equal--;
    }
    reader.at += suffix;
    positionsAt += passRest(reader);
  }
  return null;
}

/** Cards whose term lies in [from, before) (`before` null: all from `from` on), in order. */
export function readCards(terms: Uint8Array, from: string, before: string | null): readonly Card[] {
  const cards: Card[] = [];
  const reader: ByteReader = { bytes: terms, at: 0 };
  let held = new Uint8Array(256);
  let positionsAt = 0;
  while (reader.at < terms.length) {
    const shared = readVarint(reader);
    const suffix = readVarint(reader);
    if (shared + suffix > held.length) {
      const grown = new Uint8Array((shared + suffix) * 2);
      grown.set(held);
      held = grown;
    }
    for (let i = 0; i < suffix; i++) held[shared + i] = terms[reader.at + i] ?? 0;
    reader.at += suffix;
    const term = readUtf8(held, 0, shared + suffix);
    if (before !== null && term >= before) break;
    if (term < from) {
      positionsAt += passRest(reader);
      continue;
    }
    const card = readRest(term, reader, positionsAt);
    positionsAt = card.positionsTo;
    cards.push(card);
  }
  return cards;
}

/** Sets the bit of each ordinal of a card. */
export function addOrdinals(into: Uint32Array, terms: Uint8Array, card: Card): void {
  const { ordinalsFrom: from, ordinalsTo: to } = card;
  if (card.bitmap) {
    for (let at = from; at < to; at++) {
      const i = at - from;
      into[i >> 2] = (into[i >> 2] ?? 0) | ((terms[at] ?? 0) << ((i & 3) * 8));
    }
    return;
  }
  let ordinal = -1;
  let at = from;
  while (at < to) {
    let byte = terms[at++] ?? 0;
    let delta = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = terms[at++] ?? 0;
      delta |= (byte & 127) << shift;
    }
    ordinal += delta + 1;
    into[ordinal >> 5] = (into[ordinal >> 5] ?? 0) | (1 << (ordinal & 31));
  }
}
