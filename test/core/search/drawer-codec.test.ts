import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { allBits, countBits, countBitsIn, eachBit, hasBit, noBits, notBits, setBit } from '#core/search/bits.ts';
import { makeByteWriter, takeBytes, writeUtf8 } from '#core/search/bytes.ts';
import { readCard, readCards, writeCard } from '#core/search/drawer-codec.ts';

function utf8(text: string): Uint8Array {
  const out = makeByteWriter();
  writeUtf8(out, text);
  return takeBytes(out);
}

function drawerOfTerms(terms: readonly string[]): Uint8Array {
  const out = makeByteWriter();
  let previous = '';
  terms.forEach((term, i) => {
    writeCard(out, previous, term, i % 3, false, new Uint8Array(i % 3), i % 3, i % 4 === 0 ? [1, 300] : [], i % 5 === 0);
    previous = term;
  });
  return takeBytes(out);
}

const term = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'è', 'ё', '許', '可', '👍', '👎', '\uffff'), minLength: 1, maxLength: 5 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
);

describe('drawer codec', () => {
  property.prop([fc.uniqueArray(term, { minLength: 1, maxLength: 40 }), fc.array(term, { maxLength: 5 })])(
    'finds a card by bytes as by reading all',
    (terms, strangers) => {
      const sorted = terms.filter((each) => each.isWellFormed()).sort();
      const bytes = drawerOfTerms(sorted);
      const all = readCards(bytes, '', null);
      expect(all.map((card) => card.term)).toEqual(sorted);
      for (const card of all) expect(readCard(bytes, card.term, utf8(card.term))).toEqual(card);
      for (const stranger of strangers) if (!sorted.includes(stranger) && stranger.isWellFormed()) expect(readCard(bytes, stranger, utf8(stranger))).toBeNull();
      for (const from of strangers) expect(readCards(bytes, from, null).map((card) => card.term)).toEqual(sorted.filter((each) => each >= from));
    },
  );

  property.prop([fc.uniqueArray(fc.integer({ min: 0, max: 199 })), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 })])(
    'counts bits',
    (ordinals, from, to) => {
      const bits = noBits(200);
      for (const ordinal of ordinals) setBit(bits, ordinal);
      const seen: number[] = [];
      eachBit(bits, (at) => seen.push(at));
      expect(seen).toEqual([...ordinals].sort((a, b) => a - b));
      expect(countBits(bits)).toBe(ordinals.length);
      expect(countBitsIn(bits, from, to)).toBe(ordinals.filter((ordinal) => ordinal >= from && ordinal < to).length);
      const others = notBits(bits, 200);
      expect(countBits(others)).toBe(200 - ordinals.length);
      for (const ordinal of ordinals) expect(hasBit(others, ordinal)).toBe(false);
    },
  );

  it('fills a set exactly', () => {
    for (const count of [0, 1, 31, 32, 33, 64]) expect(countBits(allBits(count))).toBe(count);
  });
});
