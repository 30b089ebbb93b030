// The plain functions of the search page: how a query is read, words beside a word, what stands in the address.
import { describe, expect, it } from 'vitest';
import { CalendarDate } from '#core/model/time.ts';
import { parseQuery } from '#core/search/parse-query.ts';
import { isCalendarDay } from '#core/text/calendar-day.ts';
import { fromSearchAddress, readSearchAddress, toSearchAddress } from '../../web/src/search/search-address.ts';
import { noFilters, type SearchAsked } from '../../web/src/search/search-query.ts';
import { type Piece, type PlainWord, understand } from '../../web/src/search/understand.ts';
import { widen, wordsBeside } from '../../web/src/search/widen.ts';

function said(piece: Piece): string {
  switch (piece.kind) {
    case 'leaf':
      return piece.says === '' ? piece.source : `${piece.source} [${piece.says}]`;
    case 'not':
      return `NIET ${said(piece.part)}`;
    case 'near':
      return `${piece.left.map(said).join('|')} /${piece.distance} ${piece.right.map(said).join('|')}`;
    case 'and':
    case 'or':
      return `(${piece.parts.map(said).join(` ${piece.kind} `)})`;
  }
}

function reads(query: string): string {
  const understood = understand(query);
  return understood.ok ? (understood.piece === null ? '' : said(understood.piece)) : `${understood.position}: ${understood.message}`;
}

function plainIn(query: string): readonly PlainWord[] {
  const understood = understand(query);
  if (!understood.ok) throw new Error(understood.message);
  return understood.plain;
}

describe('a query as it is read back', () => {
  it.each([
    ['', ''],
    ['vergunning', 'vergunning [en vormen]'],
    ['"niet op de mail"', '"niet op de mail" [achter elkaar]'],
    ['"mail"', '"mail" [precies]'],
    ['bouw EN NIET sloop', '(bouw [en vormen] and NIET sloop [en vormen])'],
    [
      'van:Alice (a* OF /b[0-9]/ OF *c* OF woord~2)',
      '(van:Alice [afzender] and (a* [begint zo] or /b[0-9]/ [patroon] or *c* [* is een willekeurig stuk] or woord~2 [2 letters anders mag]))',
    ],
    ['bouw NABIJ/5 (besluit OF plan)', 'bouw [en vormen] /5 besluit [en vormen]|plan [en vormen]'],
    ['06 1234 5678', '06 1234 5678 [telefoonnummer, elke schrijfwijze]'],
    ['zaak:Z-1 datum:2024 app:sms', '(zaak:Z-1 [zaak] and datum:2024 [datum] and app:sms [app])'],
  ])('%s', (query, shown) => {
    expect(reads(query)).toBe(shown);
  });

  it('names the place of what is wrong, with the sentence of the archive', () => {
    const parsed = parseQuery('bomenkap EN (vergunning');
    expect(parsed.ok ? [] : [parsed.fault.errors?.[0]?.position]).toEqual([12]);
    expect(reads('bomenkap EN (vergunning')).toBe('12: Het haakje wordt niet gesloten.');
  });

  it('counts the lines of a list', () => {
    expect(understand('bouw\n\nsloop\nvan:Alice')).toMatchObject({ ok: true, lines: 3 });
  });
});

describe('words beside a word', () => {
  it('are offered for plain words of four letters and more, each place once', () => {
    expect(plainIn('vergunning EN "bouw" OF hek NIET zwembad NABIJ/3 dijk NABIJ/2 sloot bijlage:plan').map(({ source }) => source)).toEqual([
      'vergunning',
      'zwembad',
      'dijk',
      'sloot',
    ]);
  });

  it('stand in the query, where they can be read, and leave it as it was', () => {
    const before = 'bouw NIET vergunning NABIJ/3 zwembad';
    const one = (query: string) => plainIn(query).find(({ source }) => source === 'vergunning') as PlainWord;
    const wide = widen(before, one(before), ['omgevingsvergunning', 'vergunnig']);
    expect(wide).toBe('bouw NIET (vergunning OF "omgevingsvergunning" OF "vergunnig") NABIJ/3 zwembad');
    expect(wordsBeside(wide, one(wide))).toEqual(['omgevingsvergunning', 'vergunnig']);
    expect(understand(wide).ok).toBe(true);
    expect(widen(wide, one(wide), ['vergunnig'])).toBe('bouw NIET (vergunning OF "vergunnig") NABIJ/3 zwembad');
    expect(widen(wide, one(wide), [])).toBe(before);
  });

  it('leave brackets of the person alone', () => {
    const query = '(vergunning OF bouw)';
    const [word] = plainIn(query);
    expect(word && widen(query, word, ['x'])).toBe('((vergunning OF "x") OF bouw)');
  });
});

describe('the address', () => {
  const asked: SearchAsked = {
    query: 'geheim woord',
    switched: [{ leaf: 'geheim', terms: ['geheimen'] }],
    ...noFilters,
    caseIds: ['ZAAK-1', 'ZAAK-2'],
    conversations: [{ bundleId: 'bundle_01JDXK5T8R8QZK3V5W9Y7N2M4P', n: 3 }],
    senders: ['Alma Terhorst'],
    platforms: ['signal'],
    from: '2024-01-01',
    to: '2024-02-29',
    order: 'oldest',
    collapse: false,
  };

  it('holds no word of the query and no name', () => {
    const address = JSON.stringify(toSearchAddress(asked));
    expect(address).toBe(
      '{"volgorde":"oudste","vanaf":"2024-01-01","tot":"2024-02-29","zaak":"ZAAK-1,ZAAK-2","gesprek":"bundle_01JDXK5T8R8QZK3V5W9Y7N2M4P.3","app":"signal"}',
    );
  });

  it('gives back what it holds, and nothing for what somebody made up', () => {
    expect(fromSearchAddress(readSearchAddress({ ...toSearchAddress(asked) }))).toEqual({
      order: 'oldest',
      from: '2024-01-01',
      to: '2024-02-29',
      caseIds: ['ZAAK-1', 'ZAAK-2'],
      conversations: [{ bundleId: 'bundle_01JDXK5T8R8QZK3V5W9Y7N2M4P', n: 3 }],
      custodianIds: [],
      platforms: ['signal'],
      collapse: false,
    });
    expect(fromSearchAddress(readSearchAddress({ volgorde: 'x', vanaf: 'gisteren', gesprek: 'nee', persoon: 'Alma', q: 'geheim' }))).toEqual({
      order: 'newest',
      from: null,
      to: null,
      caseIds: [],
      conversations: [],
      custodianIds: [],
      platforms: [],
      collapse: false,
    });
  });
});

describe('a day', () => {
  it('exists when the schema of the archive says so', () => {
    for (const year of [0, 1, 4, 100, 400, 1900, 2000, 2023, 2024, 9999]) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const written = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          expect([written, isCalendarDay(year, month, day)]).toEqual([written, CalendarDate.safeParse(written).success]);
        }
      }
    }
  });
});
