import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '#core/search/parse-query.ts';
import type { Query, Word } from '#core/search/query.ts';

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
      if (leaf.on === 'case') return `case:${leaf.glob}`;
      if (leaf.on === 'app') return `app:${leaf.platform}`;
      if (leaf.on === 'kind') return `kind:${leaf.mask}=${leaf.value}`;
      if (leaf.on === 'near') return `[${leaf.left.map(shown).join(' ')} <${leaf.distance}> ${leaf.right.map(shown).join(' ')}]`;
      const { words, phone } = leaf.pattern;
      return `${leaf.on === 'words' ? '' : `${leaf.on}:`}${words.map(word).join('+')}${phone === null ? '' : `~${phone}`}`;
    }
  }
}

/** A word that stands for its inflections as `~word`. */
function word(one: Word): string {
  if (one.kind === 'any') return `~${one.terms[0]}`;
  if (one.kind === 'wild') return one.glob;
  if (one.kind === 'fuzzy') return `${one.term}~${one.distance}`;
  if (one.kind === 'regex') return `/${one.source}/`;
  return one.kind === 'prefix' ? `${one.term}*` : one.term;
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
    ['vergunning', '~vergunning'],
    ['Vergunning "niet op de mail"', '(~vergunning & niet+op+de+mail)'],
    ['a EN b OF c AND NIET d', '((a & b) | (c & !d))'],
    ['a (b OR c) NOT d', '(a & (b | c) & !d)'],
    ['NIET NIET a', '!!a'],
    ['en of niet', '(en & of & ~niet)'],
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
    ['*vergunning*', '*vergunning*'],
    ['ver*ing ver**ing*', '(ver*ing & ver*ing*)'],
    ['foto-*x*-Z', 'foto+*x*+z'],
    ['vergunning~2 Vergunnig~1', '(vergunning~2 & vergunnig~1)'],
    ['/ver(gunn|band).*/', '/ver(gunn|band).*/'],
    ['/home/jan /pad/', '(home+jan & /pad/)'],
    ['a NABIJ/5 b NABIJ/3 "c d"', '([a <5> b] & [b <3> c+d])'],
    ['NIET (a OF b*) NEAR/99 c', '![a b* <99> c]'],
    ['bijlage:offerte bijlage:*', '(name:~offerte & kind:64=64)'],
    ['app:Signal type:systeem type:bewerkt', '(app:signal & kind:15=2 & kind:16=16)'],
    ['van:*jans* in:zuid~1', '(sender:*jans* & title:zuid~1)'],
    ['zaak:*-2026-*', 'case:*-2026-*'],
    ['06 1234 5678', '06+1234+5678~tel:31612345678'],
    ['van:06 1234 5678 x', '(sender:06+1234+5678~tel:31612345678 & x)'],
    ['2024 06 15', '(2024 & 06 & 15)'],
    ['a b\n"c d"\n\nx NIET y', '((a & b) | c+d | (x & !y))'],
    ['a EN\nb (c\nd)', '(a & b & (c & d))'],
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
    ['* a', 'query.no-word at 0'],
    ['vergunning~3', 'query.fuzzy-number at 10'],
    ['vergunning~', 'query.fuzzy-number at 10'],
    ['Z-1~1', 'query.fuzzy-word at 0'],
    ['ver*~1', 'query.fuzzy-star at 4'],
    ['a NABIJ b', 'query.near-number at 2'],
    ['a NABIJ/100 b', 'query.near-number at 2'],
    ['a NABIJ/5', 'query.operator-right at 2'],
    ['NABIJ/5 b', 'query.operator-left at 0'],
    ['a NABIJ/5 (b EN c)', 'query.near-side at 2'],
    ['van:jan NABIJ/5 b', 'query.near-side at 8'],
    ['a /ver[x/', 'query.regex at 2'],
    ['/ver(x/', 'query.regex at 4'],
    ['/a{3,2}/', 'query.regex at 2'],
    ['/(a{60}){60}/', 'query.regex-size at 1'],
    ['/((((){60}){60}){60}){60}/', 'query.regex-size at 1'],
    ['app:fax', 'query.app at 4'],
    ['type:brief', 'query.type at 5'],
    ['zaak:*', 'query.no-word at 0'],
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
