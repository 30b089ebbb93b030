// The card of one drawer in one segment: sorted, front-coded terms, each with its ordinals; positions apart, so that
// counting never reads them.
//
//   terms      for each term:  shared varint · suffix length varint · suffix utf-8 · n*8 + flags varint
//                              [bytes of ordinals varint · bytes of positions varint · ordinals]   when n > 0
//                              [count varint · sender numbers varint …]                            when flag 2 (senders)
//              flags: 1 ordinals are a bitmap · 2 stands in sender labels · 4 stands in the conversation's title
//   ordinals   deltas as varints, or a bitmap of ceil(count / 8) bytes after a varint of its length
//   positions  for each ordinal: (delta * 4 + attachment * 2 + more) varint …
import { type ByteReader, type ByteWriter, readUtf8, readVarint, writeBytes, writeUtf8, writeVarint } from './bytes.ts';

export const cardFlag = { bitmap: 1, senders: 2, title: 4 } as const;

export interface Card {
  readonly term: string;
  /** Records that hold the term. */
  readonly messages: number;
  readonly bitmap: boolean;
  /** Places in the item's bytes. */
  readonly ordinals: readonly [from: number, to: number];
  readonly positions: readonly [from: number, to: number];
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
  const most = Math.min(previous.length, term.length);
  while (shared < most && previous.charCodeAt(shared) === term.charCodeAt(shared)) shared++;
  const last = shared > 0 ? term.charCodeAt(shared - 1) : 0;
  if (last >= 0xd800 && last <= 0xdbff) shared--;
  writeVarint(out, shared);
  const at = out.length;
  writeUtf8(out, term, shared);
  const suffix = out.length - at;
  out.length = at;
  writeVarint(out, suffix);
  writeUtf8(out, term, shared);
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

/** Cards whose term lies in [from, before) (`before` null: all from `from` on), in order. Others are passed over unread. */
export function readCards(terms: Uint8Array, from: string, before: string | null): readonly Card[] {
  const cards: Card[] = [];
  const reader: ByteReader = { bytes: terms, at: 0 };
  let term = '';
  let positionsAt = 0;
  while (reader.at < terms.length) {
    const shared = readVarint(reader);
    const suffix = readVarint(reader);
    const end = reader.at + suffix;
    term = term.slice(0, shared) + readUtf8(terms, reader.at, end);
    reader.at = end;
    if (before !== null && term >= before) break;
    const counted = readVarint(reader);
    const messages = Math.floor(counted / 8);
    const flags = counted % 8;
    let ordinals: [number, number] = [0, 0];
    let positions: [number, number] = [0, 0];
    if (messages > 0) {
      const ordinalsLength = readVarint(reader);
      const positionsLength = readVarint(reader);
      ordinals = [reader.at, reader.at + ordinalsLength];
      positions = [positionsAt, positionsAt + positionsLength];
      reader.at += ordinalsLength;
      positionsAt += positionsLength;
    }
    let senders = noSenders;
    if ((flags & cardFlag.senders) !== 0) {
      const read: number[] = [];
      for (let left = readVarint(reader); left > 0; left--) read.push(readVarint(reader));
      senders = read;
    }
    if (term >= from)
      cards.push({ term, messages, bitmap: (flags & cardFlag.bitmap) !== 0, ordinals, positions, senders, title: (flags & cardFlag.title) !== 0 });
  }
  return cards;
}

/** Sets the bit of each ordinal of a card. */
export function addOrdinals(into: Uint32Array, terms: Uint8Array, card: Card): void {
  const [from, to] = card.ordinals;
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

/** Ordinals of a card, ascending. */
export function ordinalsOf(terms: Uint8Array, card: Card): Int32Array {
  const out = new Int32Array(card.messages);
  const [from, to] = card.ordinals;
  let n = 0;
  if (card.bitmap) {
    for (let at = from; at < to; at++) {
      for (let byte = terms[at] ?? 0, bit = 0; byte !== 0; byte >>= 1, bit++) if ((byte & 1) === 1) out[n++] = (at - from) * 8 + bit;
    }
    return out;
  }
  const reader: ByteReader = { bytes: terms, at: from };
  let ordinal = -1;
  while (reader.at < to) {
    ordinal += readVarint(reader) + 1;
    out[n++] = ordinal;
  }
  return out;
}

/** A place as one number: the order of places is the order of these, and the next word of a phrase stands at one more. */
export const placesPerRecord = 2 ** 26;

/** Places of a card in the records whose bit is set in `wanted`, ascending: ordinal * placesPerRecord + position. */
export function placesOfCard(terms: Uint8Array, positions: Uint8Array, card: Card, wanted: Uint32Array): Float64Array {
  let out = new Float64Array(64);
  let held = 0;
  let at = card.positions[0];
  for (const ordinal of ordinalsOf(terms, card)) {
    if (((wanted[ordinal >> 5] ?? 0) & (1 << (ordinal & 31))) === 0) {
      // The lowest bit of a value stands in its first byte: passing over needs no decoding.
      let more = 1;
      while (more === 1) {
        more = (positions[at] ?? 0) & 1;
        while ((positions[at++] ?? 0) > 127);
      }
      continue;
    }
    let position = 0;
    for (;;) {
      let byte = positions[at++] ?? 0;
      let value = byte & 127;
      for (let scale = 128; byte > 127; scale *= 128) {
        byte = positions[at++] ?? 0;
        value += (byte & 127) * scale;
      }
      position += Math.floor(value / 4);
      if (held === out.length) {
        const grown = new Float64Array(held * 2);
        grown.set(out);
        out = grown;
      }
      out[held++] = ordinal * placesPerRecord + position;
      if ((value & 1) === 0) break;
    }
  }
  return out.subarray(0, held);
}
