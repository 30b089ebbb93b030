import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { afterPrefix, deepestLevel, drawerOf, drawersOfPrefix, rangeOf } from '#core/text/drawer.ts';
import { drawerBoundaries } from '#core/text/drawer-boundaries.ts';
import { foldText } from '#core/text/fold.ts';
import { phoneTerm } from '#core/text/phone.ts';
import { longestTerm, tokenize } from '#core/text/tokenize.ts';

const terms = (text: string) => tokenize(text).map((token) => token.term);

describe('tokenize', () => {
  it('takes runs of letters and digits, folded', () => {
    expect(terms('Z-2024-00123: Één CAFÉ, façade ß Ĳsselmeer foto’s')).toEqual([
      'z',
      '2024',
      '00123',
      'een',
      'cafe',
      'facade',
      'ss',
      'ijsselmeer',
      'foto',
      's',
    ]);
  });

  it('gives the same terms composed and decomposed', () => {
    expect(terms('coördinatie'.normalize('NFD'))).toEqual(terms('coördinatie'.normalize('NFC')));
  });

  it('joins words over invisible marks and splits them at every kind of space', () => {
    expect(terms('be\u00adsluit \u2068Jan\u2069 ver\u200bgunning 16:08\u202fAM\u00a0x')).toEqual(['besluit', 'jan', 'vergunning', '16', '08', 'am', 'x']);
  });

  it('takes each emoji as a term, whatever its skin, presentation or joiners', () => {
    expect(terms('👍🏽ok👍 ❤️❤ 👨‍👩‍👧 🇳🇱')).toEqual(['👍', 'ok', '👍', '❤', '❤', '👨', '👩', '👧', '🇳🇱']);
  });

  it('takes signs of scripts without spaces one by one', () => {
    expect(terms('許可 ok')).toEqual(['許', '可', 'ok']);
  });

  it('adds one canonical term for a phone number, however written', () => {
    for (const written of ['06-12345678', '+31 6 12345678', '0031612345678', '+31 (0)6 1234 5678', '06 12 34 56 78']) {
      expect(terms(`bel ${written}, nu`)).toContain('tel:31612345678');
    }
    expect(terms('zaak 2024-00123-99')).not.toContainEqual(expect.stringMatching(/^tel:/));
    expect(phoneTerm('+49 30 901820')).toBe('tel:4930901820');
  });

  it('finds a phone number whatever digits stand beside it', () => {
    for (const beside of ['06-12345678 10 uur', '06 12345678 2 keer', '03-03-2024 06-12345678', 'Z-2024-00123 06-12345678', '+31612345678 0612345678']) {
      expect(terms(beside)).toContain('tel:31612345678');
    }
    expect(terms('+49 30 901820 12 uur')).toContain('tel:4930901820');
    expect(terms('06-12345678 06-87654321')).toEqual(expect.arrayContaining(['tel:31612345678', 'tel:31687654321']));
    expect(terms('06123456789')).not.toContainEqual(expect.stringMatching(/^tel:/));
  });

  it('keeps a longer run findable without letting it outgrow its drawer', () => {
    const long = 'a'.repeat(500);
    expect(terms(long)).toEqual(terms(long.toUpperCase()));
    expect(terms(long)).not.toEqual(terms(`${long}a`));
    expect(terms(long)[0]?.length).toBeLessThan(longestTerm + 20);
  });

  property.prop([fc.string({ unit: 'binary', maxLength: 80 })])('places are slices of the text that fold to the term', (text) => {
    let last = -1;
    for (const token of tokenize(text)) {
      expect(token.end).toBeGreaterThan(token.start);
      expect(token.position).toBeGreaterThanOrEqual(last);
      last = token.position;
      if (!token.term.startsWith('tel:')) expect(terms(text.slice(token.start, token.end))).toContain(token.term);
    }
  });

  property.prop([fc.string({ unit: 'binary', maxLength: 60 })])('is settled: folding a term again changes nothing', (text) => {
    for (const term of terms(text)) {
      if (term.includes('#') || term.startsWith('tel:')) continue;
      expect(terms(term)).toEqual([term]);
    }
    expect(foldText(foldText(text))).toBe(foldText(text));
  });
});

describe('drawers', () => {
  it('has 1,023 ascending boundaries', () => {
    expect(drawerBoundaries).toHaveLength(1023);
    expect([...drawerBoundaries].sort()).toEqual([...drawerBoundaries]);
    expect(new Set(drawerBoundaries).size).toBe(1023);
  });

  property.prop([fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 8 })])('keeps the order of terms', (a, b) => {
    const [first, second] = a < b ? [a, b] : [b, a];
    expect(rangeOf(first)).toBeLessThanOrEqual(rangeOf(second));
    expect(drawerOf(first, deepestLevel)).toBe(rangeOf(first));
    expect(drawerOf(first, 0)).toBe(0);
  });

  property.prop([fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }), fc.string({ unit: 'binary', maxLength: 6 }), fc.integer({ min: 0, max: 10 })])(
    'finds every word with a prefix within its drawers, and no word beyond',
    (prefix, rest, level) => {
      const [first, last] = drawersOfPrefix(prefix, level);
      const drawer = drawerOf(prefix + rest, level);
      expect(drawer).toBeGreaterThanOrEqual(first);
      expect(drawer).toBeLessThanOrEqual(last);
      const beyond = afterPrefix(prefix);
      if (beyond !== null) expect(prefix + rest < beyond).toBe(true);
    },
  );
});
