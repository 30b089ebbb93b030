import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { sortTerms } from '#core/search/sort-terms.ts';
import { rangeOf, rangesOf } from '#core/text/drawer.ts';

// Few letters, so that many terms begin alike; other scripts and emoji, which share one value in the sorting key.
const letter = fc.oneof(fc.constantFrom('a', 'b', 'z', '0', '9', 'é'), fc.constantFrom('ї', 'я', '中', '👍', '\ud83d', '\uffff'));
const terms = fc.uniqueArray(
  fc.array(letter, { maxLength: 6 }).map((letters) => letters.join('')),
  { maxLength: 300 },
);

describe('sortTerms', () => {
  test.prop([terms])('gives the order of sort()', (some) => {
    expect(sortTerms(some)).toEqual([...some].sort());
  });
  test.prop([terms])('and rangesOf gives each sorted term the range that rangeOf gives it', (some) => {
    const sorted = sortTerms(some);
    expect([...rangesOf(sorted)]).toEqual(sorted.map((term) => rangeOf(term)));
  });
});
