// The plain functions of the window: dates, numbers, pieces of text, months, advice.
import { describe, expect, it } from 'vitest';
import type { MessageAnswer } from '#contract/conversation.ts';
import type { DestructionListAnswer } from '#contract/destruction-list.ts';
import type { LocalTime } from '#core/model/time.ts';
import { selectionList2020 } from '#core/retention/selection-list.ts';
import { findSelections } from '../../web/src/cases/find-selections.ts';
import { rowPlace, toPieces } from '../../web/src/conversation/rows.ts';
import { toDutchDate, toDutchDay, toDutchInstant, toDutchLocalTime, toDutchSpan } from '../../web/src/format/dates.ts';
import { toCount, toDuration, toDutchPeriod, toSize } from '../../web/src/format/numbers.ts';
import { waitsFor } from '../../web/src/lists/waits-for.ts';
import { excerpt } from '../../web/src/search/excerpt.ts';
import { daysOf, fillMonths } from '../../web/src/search/months.ts';
import { isLastOn, toggleForm } from '../../web/src/search/switched-off.ts';
import { areCaseIds, toCaseIds } from '../../web/src/upload/case-ids.ts';
import { makeEstimate } from '../../web/src/upload/estimate.ts';
import { keepAdvice, keepDecisionOf } from '../../web/src/upload/keep-help.ts';

describe('dates', () => {
  it('are written as people write them, whatever the zone of the machine', () => {
    expect(toDutchDate('2022-05-02')).toBe('2 mei 2022');
    expect(toDutchLocalTime('2022-05-02T16:08:13')).toBe('2 mei 2022, 16:08');
    expect(toDutchDay('2024-02-29')).toBe('donderdag 29 februari 2024');
    expect(toDutchInstant('2026-07-01T22:30:00.000Z')).toBe('2 juli 2026, 00:30');
  });

  it('leave out of a span what both ends share', () => {
    expect(toDutchSpan('2022-05-02T16:08', '2022-05-02T18:00')).toBe('2 mei 2022');
    expect(toDutchSpan('2022-05-02T16:08', '2022-05-09T18:00')).toBe('2 – 9 mei 2022');
    expect(toDutchSpan('2022-05-02', '2022-06-09')).toBe('2 mei – 9 juni 2022');
    expect(toDutchSpan('2021-12-31', '2022-01-01')).toBe('31 december 2021 – 1 januari 2022');
  });

  it('that do not exist are shown as they stand', () => {
    expect(toDutchDate('2022-13-02')).toBe('2022-13-02');
    expect(toDutchInstant('gisteren')).toBe('gisteren');
  });
});

describe('numbers', () => {
  it('have Dutch separators and words', () => {
    expect(toCount(1, 'bericht', 'berichten')).toBe('1 bericht');
    expect(toCount(40_000, 'bericht', 'berichten')).toBe('40.000 berichten');
    expect([999, 10_093, 10_093_760, 5_000_000_000].map(toSize)).toEqual(['999 B', '10 kB', '10,1 MB', '5,0 GB']);
    expect(['P5Y', 'P1Y6M', 'P28D', 'P1M', 'iets'].map(toDutchPeriod)).toEqual(['5 jaar', '1 jaar en 6 maanden', '28 dagen', '1 maand', 'iets']);
    expect([0.2, 59, 90, 4000].map(toDuration)).toEqual(['1 s', '59 s', '2 min', '1 u 7 min']);
  });
});

describe('a conversation', () => {
  const message = (local: string, sender: string | null, kind: MessageAnswer['kind'] = 'text') =>
    ({ kind, sender, sentAt: { local: local as LocalTime, certainty: 'assumed' } }) as MessageAnswer;

  it('names the sender once a run and the day once a day', () => {
    const first = message('2022-05-02T16:08', 'Alma');
    expect(rowPlace(first, undefined)).toEqual({ day: '2022-05-02', startsRun: true });
    expect(rowPlace(message('2022-05-02T16:09', 'Alma'), first)).toEqual({ day: null, startsRun: false });
    expect(rowPlace(message('2022-05-02T16:09', 'Bert'), first)).toEqual({ day: null, startsRun: true });
    expect(rowPlace(message('2022-05-03T00:01', 'Alma'), first)).toEqual({ day: '2022-05-03', startsRun: true });
    expect(rowPlace(message('2022-05-02T16:09', 'Alma'), message('2022-05-02T16:08', null, 'system')).startsRun).toBe(true);
  });

  it('marks every highlight and loses no letter, whatever the spans', () => {
    const text = 'De vergunning is er';
    for (const spans of [
      [],
      [[3, 13]],
      [
        [3, 13],
        [5, 8],
      ],
      [[14, 99]],
      [[9, 3]],
      [
        [0, 2],
        [2, 4],
      ],
    ] as [number, number][][]) {
      expect(
        toPieces(text, spans)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }
    expect(
      toPieces(text, [[3, 13]])
        .filter((piece) => piece.marked)
        .map((piece) => piece.text),
    ).toEqual(['vergunning']);
  });

  it('shows a long message around its first highlight, with the marks in place', () => {
    const value = `${'x'.repeat(500)}vergunning${'y'.repeat(500)}`;
    const shown = excerpt(value, [[500, 510]]);
    const [from, to] = shown.highlights[0] ?? [0, 0];
    expect(shown.value.slice(from, to)).toBe('vergunning');
    expect(shown.value.length).toBeLessThan(300);
    expect(shown.value.startsWith('… ') && shown.value.endsWith(' …')).toBe(true);
  });
});

describe('search', () => {
  it('fills the months between with nothing, over the turn of a year', () => {
    expect(
      fillMonths([
        { value: '2023-02', messages: 3 },
        { value: '2022-11', messages: 1 },
        { value: 'onbekend', messages: 9 },
      ]),
    ).toEqual([
      { month: '2022-11', messages: 1 },
      { month: '2022-12', messages: 0 },
      { month: '2023-01', messages: 0 },
      { month: '2023-02', messages: 3 },
    ]);
  });

  it('turns months into days, February too', () => {
    expect(daysOf('2024-02', '2024-02')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(daysOf('2022-11', '2023-02')).toEqual({ from: '2022-11-01', to: '2023-02-28' });
  });
});

describe('forms of a word', () => {
  const leaf = {
    leaf: 'Vergunning*',
    terms: [
      { term: 'vergunning', messages: 3 },
      { term: 'vergunningen', messages: 2 },
      { term: 'vergunninghouder', messages: 1 },
    ],
  };

  it('are switched off and on again by the word as it was typed', () => {
    const off = toggleForm([], leaf.leaf, 'vergunningen');
    expect(off).toEqual([{ leaf: 'Vergunning*', terms: ['vergunningen'] }]);
    expect(toggleForm(off, leaf.leaf, 'vergunning')).toEqual([{ leaf: 'Vergunning*', terms: ['vergunningen', 'vergunning'] }]);
    expect(toggleForm(off, leaf.leaf, 'vergunningen')).toEqual([]);
  });

  it('keep one that is on', () => {
    const off = { ...leaf, terms: leaf.terms.map((one) => (one.term === 'vergunning' ? one : { ...one, off: true as const })) };
    expect(isLastOn(off, 'vergunning')).toBe(true);
    expect(isLastOn(off, 'vergunningen')).toBe(false);
    expect(isLastOn(leaf, 'vergunning')).toBe(false);
  });
});

describe('the keep-or-not help', () => {
  it('says keep at the first yes, and not before all four are no', () => {
    expect(keepAdvice({}, false)).toBe('open');
    expect(keepAdvice({ 'rights-derived': true }, false)).toBe('keep');
    expect(keepAdvice({ 'rights-derived': true }, true)).toBe('keep-elsewhere');
    const no = { 'municipal-task': false, 'others-should-know': false, 'rights-derived': false } as const;
    expect(keepAdvice(no, false)).toBe('open');
    expect(keepAdvice({ ...no, 'public-accountability': false }, false)).toBe('keep-not');
    expect(keepDecisionOf({ ...no, 'public-accountability': true }, true)).toEqual({
      formal: true,
      reasons: ['public-accountability'],
      recordedElsewhere: true,
      answeredNo: ['municipal-task', 'others-should-know', 'rights-derived'],
    });
  });

  it('reads case numbers as people type them', () => {
    expect(toCaseIds(' ZAAK-1, ZAAK-2;ZAAK-1  Z.3 ')).toEqual(['ZAAK-1', 'ZAAK-2', 'Z.3']);
    expect(areCaseIds('ZAAK/1')).toBe(false);
    expect(areCaseIds('')).toBe(true);
  });

  it('guesses the time left from the last ten seconds only', () => {
    const estimate = makeEstimate();
    expect(estimate(0, 1000, 0)).toBe(null);
    expect(estimate(100, 1000, 1000)).toBe(9);
    for (let second = 2; second <= 20; second++) estimate(100 + second, 1000, second * 1000);
    expect(estimate(121, 1000, 21_000)).toBeCloseTo(879, 0);
  });
});

describe('the selection list', () => {
  it('is found by number, by process type and by words in any order; the total is true', () => {
    expect(findSelections(selectionList2020, '6.1').rows[0]?.number).toBe('6.1');
    const type = findSelections(selectionList2020, '6');
    expect(type.rows.every((row) => row.processType === 6)).toBe(true);
    expect(type.total).toBe(selectionList2020.results.filter((row) => row.processType === 6).length);
    expect(findSelections(selectionList2020, 'ingewilligd').total).toBe(findSelections(selectionList2020, 'INGEWILLIGD').total);
    expect(findSelections(selectionList2020, 'qqqq')).toEqual({ rows: [], total: 0 });
    expect(findSelections(selectionList2020, '  ')).toEqual({ rows: [], total: 0 });
  });
});

describe('a destruction list', () => {
  const list = (state: DestructionListAnswer['state'], handedInBy = 'a') =>
    ({ state, authorisation: 'per-list', steps: [{ to: 'in-review', by: handedInBy }] }) as unknown as DestructionListAnswer;
  const manager = (subject: string) => ({ subject, actions: ['list.submit', 'list.review', 'list.confirm', 'list.abort'] });

  it('waits for the one who may take the next step, never for the one who handed it in to review it', () => {
    expect(waitsFor(list('draft'), manager('a'))).toBe(true);
    expect(waitsFor(list('in-review'), manager('a'))).toBe(false);
    expect(waitsFor(list('in-review'), manager('b'))).toBe(true);
    expect(waitsFor(list('with-archivist'), manager('a'))).toBe(false);
    expect(waitsFor(list('with-archivist'), { subject: 'c', actions: ['list.authorise'] })).toBe(true);
    expect(waitsFor(list('executed'), manager('a'))).toBe(false);
  });
});
