// Suggestions of what may be private: found where the number proves itself and the words speak of it, and nowhere else.
import { describe, expect, it } from 'vitest';
import { suggestPrivate } from '#core/sift/suggest-private.ts';

const seen = (text: string) => suggestPrivate(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe('suggestions', () => {
  it.each<[string, readonly (readonly [string, string])[]]>([
    ['Mijn BSN is 111222333.', [['bsn', '111222333']]],
    ['bsn: 1112.22.333', [['bsn', '1112.22.333']]],
    ['111222333', [['bsn', '111222333']]],
    ['Kenmerk 111222333 graag vermelden', []],
    ['Mijn BSN is 111222334.', []],
    ['Geboren 12-03-1980, bsn 10000008', [['bsn', '10000008']]],
    ['Maak over naar NL91 ABNA 0417 1643 00 voor vrijdag', [['iban', 'NL91 ABNA 0417 1643 00']]],
    ['nl91abna0417164300', [['iban', 'nl91abna0417164300']]],
    ['NL92ABNA0417164300', []],
    [
      'Bel 06-12345678 of 030 123 45 67',
      [
        ['phone', '06-12345678'],
        ['phone', '030 123 45 67'],
      ],
    ],
    [
      'Ik ben ziek en moet naar de huisarts',
      [
        ['health', 'ziek'],
        ['health', 'huisarts'],
      ],
    ],
    ['Dit is PRIVÉ', [['private', 'PRIVÉ']]],
    ['De artsenpost vergt een vergunning; het bouwplan is ziekelijk duur', []],
    ['Zaak Z-2024-00123, 45 woningen', []],
    ['', []],
  ])('in %j', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  it('come to an end in a long message without sense', () => {
    const text = `${'NL91 '.repeat(20_000)}${'1 '.repeat(20_000)}`;
    expect(suggestPrivate(text).every(({ kind }) => kind !== 'bsn')).toBe(true);
  });
});
