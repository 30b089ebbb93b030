// Where a term stands in the records that hold it: half a byte for most, because most words stand once in a short message.
//
//   nibbles   one for each ordinal, low half first: 0..14 = once, at that position, in the text · 15 = see places
//   places    for each ordinal with 15: (delta * 4 + attachment * 2 + more) varint …
import { type ByteWriter, makeByteWriter, writeBytes, writeVarint } from './bytes.ts';
import { type Card, ordinalsOf } from './drawer-codec.ts';

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

/** Places of a card in the records whose bit is set in `wanted`, ascending: ordinal * placesPerRecord + position. */
export function placesOfCard(terms: Uint8Array, positions: Uint8Array, card: Card, wanted: Uint32Array): Float64Array {
  const ordinals = ordinalsOf(terms, card);
  const { positionsFrom } = card;
  let out = new Float64Array(Math.min(card.messages, 1_024) + 16);
  let held = 0;
  let at = positionsFrom + ((ordinals.length + 1) >> 1);
  for (let i = 0; i < ordinals.length; i++) {
    const ordinal = ordinals[i] ?? 0;
    const nibble = ((positions[positionsFrom + (i >> 1)] ?? 0) >> ((i & 1) * 4)) & 15;
    const isWanted = ((wanted[ordinal >> 5] ?? 0) & (1 << (ordinal & 31))) !== 0;
    if (nibble !== seePlaces) {
      if (!isWanted) continue;
      if (held === out.length) out = grown(out);
      out[held++] = ordinal * placesPerRecord + nibble;
      continue;
    }
    let position = 0;
    for (let more = true; more; ) {
      let byte = positions[at++] ?? 0;
      more = (byte & 1) === 1;
      let value = byte & 127;
      for (let scale = 128; byte > 127; scale *= 128) {
        byte = positions[at++] ?? 0;
        value += (byte & 127) * scale;
      }
      position += Math.floor(value / 4);
      if (!isWanted) continue;
      if (held === out.length) out = grown(out);
      out[held++] = ordinal * placesPerRecord + position;
    }
  }
  return out.subarray(0, held);
}

function grown(places: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(places.length * 2);
  wider.set(places);
  return wider;
}
