// Where a term stands in the records that hold it: half a byte for most, because most words stand once in a short message.
//
//   nibbles   one for each ordinal, low half first: 0..14 = once, at that position, in the text · 15 = see places
//   places    for each ordinal with 15: (delta * 4 + attachment * 2 + more) varint …
import { type ByteWriter, makeByteWriter, writeBytes, writeVarint } from './bytes.ts';
import type { Card } from './drawer-codec.ts';

const seePlaces = 15;

export interface PlacesWriter {
  nibbles: Uint8Array;
  records: number;
  readonly places: ByteWriter;
}

export function makePlacesWriter(): PlacesWriter {
  return { nibbles: new Uint8Array(1024), records: 0, places: makeByteWriter() };
}

/** `first`: of its record. `delta`: from the place before it in the record, or from 0. `more`: another follows in the record. */
export function addPlace(writer: PlacesWriter, first: boolean, delta: number, attachment: boolean, more: boolean): void {
  if (first) {
    const alone = !more && !attachment && delta < seePlaces;
    const at = writer.records++ >> 1;
    if (at === writer.nibbles.length) {
      const grown = new Uint8Array(at * 2);
      grown.set(writer.nibbles);
      writer.nibbles = grown;
    }
    const nibble = alone ? delta : seePlaces;
    writer.nibbles[at] = (writer.records & 1) === 1 ? nibble : (writer.nibbles[at] ?? 0) | (nibble << 4);
    if (alone) return;
  }
  writeVarint(writer.places, delta * 4 + (attachment ? 2 : 0) + (more ? 1 : 0));
}

/** Writes what was gathered for one term, and begins anew. */
export function flushPlaces(writer: PlacesWriter, out: ByteWriter): void {
  writeBytes(out, writer.nibbles.subarray(0, (writer.records + 1) >> 1));
  writeBytes(out, writer.places.bytes.subarray(0, writer.places.length));
  writer.records = 0;
  writer.places.length = 0;
}

/** A place as one number: the order of places is the order of these, and the next word of a phrase stands at one more. */
export const placesPerRecord = 2 ** 26;

/** Places as they are gathered; written over and over, so that a search of many segments makes no garbage. */
export interface PlacesList {
  values: Float64Array<ArrayBuffer>;
  length: number;
}

export function makePlacesList(): PlacesList {
  return { values: new Float64Array(1024), length: 0 };
}

/**
 * Adds the places of a card in the records whose bit is set in `wanted`, ascending: ordinal * placesPerRecord + position.
 * `inAttachments`: only those that stand in an attachment.
 */
export function addPlacesOfCard(into: PlacesList, terms: Uint8Array, positions: Uint8Array, card: Card, wanted: Uint32Array, inAttachments = false): void {
  const { positionsFrom, messages, bitmap } = card;
  let ordinalsAt = card.ordinalsFrom;
  let placesAt = positionsFrom + ((messages + 1) >> 1);
  let ordinal = -1;
  // Of a bitmap: the bits of one byte that are left, and the ordinal of its lowest.
  let bits = 0;
  let lowest = -8;
  let { values, length } = into;
  // One flat loop: it passes over every ordinal of a common word.
  for (let record = 0; record < messages; record++) {
    if (bitmap) {
      while (bits === 0) {
        bits = terms[ordinalsAt++] ?? 0;
        lowest += 8;
        if (ordinalsAt > card.ordinalsTo) throw new Error('a bitmap holds fewer bits than its card says');
      }
      ordinal = lowest + 31 - Math.clz32(bits & -bits);
      bits &= bits - 1;
    } else {
      let byte = terms[ordinalsAt++] ?? 0;
      let delta = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = terms[ordinalsAt++] ?? 0;
        delta |= (byte & 127) << shift;
      }
      ordinal += delta + 1;
    }
    const nibble = ((positions[positionsFrom + (record >> 1)] ?? 0) >> ((record & 1) * 4)) & 15;
    const isWanted = ((wanted[ordinal >> 5] ?? 0) & (1 << (ordinal & 31))) !== 0;
    if (nibble !== seePlaces) {
      if (!isWanted || inAttachments) continue;
      if (length === values.length) values = grown(values);
      values[length++] = ordinal * placesPerRecord + nibble;
      continue;
    }
    let position = 0;
    for (let more = true; more; ) {
      let byte = positions[placesAt++] ?? 0;
      more = (byte & 1) === 1;
      let value = byte & 127;
      for (let scale = 128; byte > 127; scale *= 128) {
        byte = positions[placesAt++] ?? 0;
        value += (byte & 127) * scale;
      }
      position += Math.floor(value / 4);
      if (!isWanted || (inAttachments && (value & 2) === 0)) continue;
      if (length === values.length) values = grown(values);
      values[length++] = ordinal * placesPerRecord + position;
    }
  }
  into.values = values;
  into.length = length;
}

function grown(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(values.length * 2);
  wider.set(values);
  return wider;
}
