import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '#core/search/parse-query.ts';
import type { Query } from '#core/search/query.ts';

/** A short way to write a query down: `(a & "b c" | !d*)`. */
function shown(query: Query): string {
  switch (query.kind) {
    case 'all':
      return 'all';
    case 'and':
      return `(${query.parts.map(shown).join(' & ')})`;
    case 'or':
      return `(${query.parts.map(shown).join(' | ')})`;
    case 'not':
      return `!${shown(query.part)}`;
    case 'leaf': {
      const { leaf } = query;
      if (leaf.on === 'date') return `date:${leaf.from}-${leaf.to}`;
      if (leaf.on === 'case') return `case:${leaf.value}${leaf.prefix ? '*' : ''}`;
      const { terms, prefix, phone } = leaf.pattern;
      return `${leaf.on === 'words' ? '' : `${leaf.on}:`}${terms.join('+')}${prefix ? '*' : ''}${phone === null ? '' : `~${phone}`}`;
    }
  }
}

function read(text: string): string {
  const parsed = parseQuery(text);
  if (parsed.ok) return shown(parsed.value);
  const [place] = parsed.fault.errors ?? [];
  expect(parsed.fault.code).toBe('query.syntax');
  expect(place?.message).toMatch(/\.$/);
  return `${place?.code} at ${place?.position}`;
}

describe('parseQuery', () => {
  it.each([
    ['', 'all'],
    ['vergunning', 'vergunning'],
    ['Vergunning "niet op de mail"', '(vergunning & niet+op+de+mail)'],
    ['a EN b OF c AND NIET d', '((a & b) | (c & !d))'],
    ['a (b OR c) NOT d', '(a & (b | c) & !d)'],
    ['NIET NIET a', '!!a'],
    ['en of niet', '(en & of & niet)'],
    ['vergun* Z-2024-00*', '(vergun* & z+2024+00*)'],
    ['Z-2024-*', 'z+2024'],
    ['van:jansen in:"Wijkteam Zuid" zaak:ZAAK-2026-*', '(sender:jansen & title:wijkteam+zuid & case:zaak-2026-*)'],
    ['datum:2024', 'date:20240000000000-20249999999999'],
    ['datum:2024-03', 'date:20240300000000-20240399999999'],
    ['datum:2024-01-01..2024-06-30', 'date:20240101000000-20240630999999'],
    ['datum:..2024', 'date:0-20249999999999'],
    ['datum:2024-02..', 'date:20240200000000-99999999999999'],
    ['👍', '👍'],
    ['06-12345678', '06+12345678~tel:31612345678'],
    ['https://voorbeeld.nl/pad 16:08', '(https+voorbeeld+nl+pad & 16+08)'],
    ['“niet op” „de mail”', '(niet+op & de+mail)'],
    ['a"b c"d', '(a & b+c & d)'],
    ['"*vet* ~ /x/"', 'vet+x'],
  ])('reads %j', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['"open', 'query.quote-open at 0'],
    ['a (b', 'query.bracket-open at 2'],
    ['a (', 'query.bracket-open at 2'],
    ['a ) b', 'query.bracket-close at 2'],
    [')', 'query.bracket-close at 0'],
    ['a ()', 'query.bracket-empty at 2'],
    ['EN b', 'query.operator-left at 0'],
    ['(OF b)', 'query.operator-left at 1'],
    ['a EN', 'query.operator-right at 2'],
    ['a NIET', 'query.operator-right at 2'],
    ['a EN OF b', 'query.operator-right at 2'],
    ['a !!', 'query.no-word at 2'],
    ['a ""', 'query.no-word at 2'],
    ['van:', 'query.field-empty at 0'],
    ['afzender:jan', 'query.field-unknown at 0'],
    ['constructor:jan', 'query.field-unknown at 0'],
    ['bijlage:pdf', 'query.field-not-yet at 0'],
    ['*vergunning*', 'query.star-not-yet at 0'],
    ['ver*ing', 'query.star-not-yet at 3'],
    ['vergunning~2', 'query.fuzzy-not-yet at 10'],
    ['a NABIJ/5 b', 'query.near-not-yet at 2'],
    ['/ver.*/', 'query.regex-not-yet at 0'],
    ['datum:2024-02-30', 'query.date at 6'],
    ['datum:gisteren', 'query.date at 6'],
    ['datum:2024..2023', 'query.date-order at 6'],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 'query.too-deep at 41'],
    [Array(65).fill('a').join(' '), 'query.too-many-words at 128'],
    [`${'a'.repeat(70)}*`, 'query.prefix-long at 0'],
  ])('refuses %j with a place', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  property.prop([
    fc.array(
      fc.oneof(fc.constantFrom('EN', 'OF', 'NIET', '(', ')', '"', ' ', 'van:', 'datum:', '*', '~', '2024', 'a'), fc.string({ unit: 'binary', maxLength: 4 })),
      { maxLength: 12 },
    ),
  ])('understands any text or refuses it within its bounds', (parts) => {
    const text = parts.join('');
    const parsed = parseQuery(text);
    const position = parsed.ok ? 0 : (parsed.fault.errors?.[0]?.position ?? -1);
    expect(position).toBeGreaterThanOrEqual(0);
    expect(position).toBeLessThanOrEqual(text.length);
  });
});
