import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { makeByteWriter, takeBytes } from '#core/search/bytes.ts';
import { addPlace, addPlacesOfCard, flushPlaces, makePlacesList, makePlacesWriter, placesPerRecord } from '#core/search/places-codec.ts';

const record = fc.record({
  gap: fc.nat({ max: 40 }),
  wanted: fc.boolean(),
  places: fc.uniqueArray(fc.tuple(fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 70_000 })), fc.boolean()), {
    minLength: 1,
    maxLength: 5,
    selector: ([at]) => at,
  }),
});

function placesOf(...[terms, positions, card, wanted]: Parameters<typeof addPlacesOfCard> extends [unknown, ...infer Rest] ? Rest : never): number[] {
  const list = makePlacesList();
  addPlacesOfCard(list, terms, positions, card, wanted);
  return [...list.values.subarray(0, list.length)];
}

describe('places of a term', () => {
  test.prop([fc.array(record, { maxLength: 1_200 }), fc.nat({ max: 9 })])('come back for the records that are wanted, and only those', (records, before) => {
    const out = makeByteWriter(4);
    out.length = before;
    const writer = makePlacesWriter();
    const bits = new Uint32Array(2_000);
    const ordinals = makeByteWriter();
    const expected: number[] = [];
    let ordinal = -1;
    for (const { gap, wanted, places } of records) {
      ordinal += gap + 1;
      ordinals.bytes = ordinals.bytes.length > ordinals.length ? ordinals.bytes : new Uint8Array([...ordinals.bytes, ...new Uint8Array(1_024)]);
      ordinals.bytes[ordinals.length++] = gap;
      if (wanted) bits[ordinal >> 5] = (bits[ordinal >> 5] ?? 0) | (1 << (ordinal & 31));
      const sorted = [...places].sort(([a], [b]) => a - b);
      let last = 0;
      for (const [i, [at, attachment]] of sorted.entries()) {
        addPlace(writer, i === 0, at - last, attachment, i + 1 < sorted.length);
        last = at;
        if (wanted) expected.push(ordinal * placesPerRecord + at);
      }
    }
    flushPlaces(writer, out);
    const card = {
      term: 'x',
      messages: records.length,
      bitmap: false,
      ordinalsFrom: 0,
      ordinalsTo: ordinals.length,
      positionsFrom: before,
      positionsTo: out.length,
      senders: [],
      title: false,
    };
    expect(placesOf(ordinals.bytes, takeBytes(out), card, bits)).toEqual(expected);
  });
});
