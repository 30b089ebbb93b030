// What a run keeps of a bundle gives the same hits back; differences are exact; a query on one line reads back as the same query.
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { countBits, hasBit } from '#core/search/bits.ts';
import { bitsOfHits, countHits, type FrozenBundle, type HitSet, hitSetOf, hitsWithout, joinWords } from '#core/search/frozen-hits.ts';
import { parseQuery } from '#core/search/parse-query.ts';
import { leavesOf } from '#core/search/query.ts';
import { queryLine } from '#core/search/query-line.ts';

const ordinals = fc.uniqueArray(fc.nat(70_000), { maxLength: 60 }).map((all) => [...all].sort((a, b) => a - b));
const hitSets = fc
  .dictionary(
    fc.constantFrom('1', '2', '1000000002'),
    ordinals.filter((all) => all.length > 0),
  )
  .map((all): HitSet => new Map(Object.entries(all).map(([n, set]) => [Number(n), set])));

function frozen(set: HitSet): Pick<FrozenBundle, 'hits'> {
  return { hits: [...set].map(([n, all]) => [n, all.map((ordinal, i) => ordinal - (all[i - 1] ?? 0))]) };
}

const flat = (set: HitSet) => [...set].flatMap(([n, all]) => all.map((ordinal) => `${n}.${ordinal}`)).sort();

describe('hits that are kept', () => {
  test.prop([hitSets])('come back as they were', (set) => {
    expect(flat(hitSetOf(frozen(set)))).toEqual(flat(set));
    expect(countHits(set)).toBe(flat(set).length);
  });

  test.prop([hitSets, hitSets])('differ by exactly those that the other has not', (a, b) => {
    const others = new Set(flat(b));
    expect(flat(hitsWithout(a, b))).toEqual(flat(a).filter((one) => !others.has(one)));
  });

  test.prop([ordinals, fc.nat(60_000), fc.integer({ min: 1, max: 16_384 })])('stand in a segment by its first ordinal', (all, base, count) => {
    const bits = bitsOfHits({ base, count }, all);
    const inside = all.filter((ordinal) => ordinal >= base && ordinal < base + count);
    expect(countBits(bits)).toBe(inside.length);
    expect(inside.every((ordinal) => hasBit(bits, ordinal - base))).toBe(true);
  });
});

it('adds up the words of bundles by leaf, most first', () => {
  const joined = joinWords(
    ['fiets*', 'weg'],
    [
      {
        hits: [],
        words: [
          [0, 'fietsen', 2],
          [1, 'weg', 1, 1],
        ],
      },
      {
        hits: [],
        words: [
          [0, 'fietspad', 3],
          [0, 'fietsen', 2],
        ],
      },
    ],
  );
  expect(joined).toEqual([
    {
      leaf: 'fiets*',
      terms: [
        { term: 'fietsen', messages: 4 },
        { term: 'fietspad', messages: 3 },
      ],
    },
    { leaf: 'weg', terms: [{ term: 'weg', messages: 1, off: true }] },
  ]);
});

describe('a query on one line', () => {
  it.each([
    ['vergunning fiets OF bouw*', '((vergunning EN fiets) OF bouw*)'],
    ['a OF b OF c', '(a OF b OF c)'],
    ['NIET (a OF b) c', '(NIET (a OF b) EN c)'],
    ['"op de mail" EN van:"Jan Smit" EN datum:2024-01-01..2024-06-30', '("op de mail" EN van:"Jan Smit" EN datum:2024-01-01..2024-06-30)'],
    ['huis~1 OR /br.*f/ AND NOT zaak:Z-1*', '(huis~1 OF (/br.*f/ EN NIET zaak:Z-1*))'],
    ['(a OF "b c") NABIJ/3 d*', '(a OF "b c") NABIJ/3 d*'],
    ['a\nb c\n"d"', '(a OF (b EN c) OF "d")'],
    ['', ''],
  ])('%j is %j, and reads back the same', (typed, line) => {
    const parsed = parseQuery(typed);
    if (!parsed.ok) throw new Error('no query');
    expect(queryLine(parsed.value)).toBe(line);
    const again = parseQuery(line);
    if (!again.ok) throw new Error('the line is no query');
    expect(queryLine(again.value)).toBe(line);
    expect(leavesOf(again.value).map(({ leaf }) => leaf)).toEqual(leavesOf(parsed.value).map(({ leaf }) => leaf));
  });
});
