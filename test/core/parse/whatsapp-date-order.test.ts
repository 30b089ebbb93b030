// The order of day and month: proven, likely or ambiguous, by which evidence, and never guessed in silence.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clockChange, dateOfDayNumber, dayNumber } from '#core/parse/whatsapp/calendar.ts';
import { whatsappReader } from '#core/parse/whatsapp/whatsapp-reader.ts';
import { type ReadSettings, readAll } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/whatsapp');

async function finding(lines: readonly string[], settings: ReadSettings = {}) {
  const { conversations, doubts, records } = await readAll(whatsappReader, Buffer.from(`${lines.join('\n')}\n`), settings);
  const found = conversations[0]?.dateOrder;
  return {
    order: found?.order,
    certainty: found?.certainty,
    kinds: found?.evidence.map(({ kind }) => kind) ?? [],
    readings: found?.readings ?? [],
    doubts: doubts.filter(({ code }) => code.startsWith('date-order')),
    locals: records.map(({ local }) => local),
  };
}

const dates = (...stamps: readonly string[]) => stamps.map((stamp, n) => `${stamp} - ${n % 2 === 0 ? 'Ana' : 'Bo'}: bericht ${n}`);

describe('proof', () => {
  it('is a day above twelve', async () => {
    expect(await finding(dates('02/05/2022, 10:00', '13/05/2022, 10:00'))).toMatchObject({ order: 'dmy', certainty: 'proven', doubts: [] });
    expect(await finding(dates('05/02/2022, 10:00', '05/13/2022, 10:00'))).toMatchObject({ order: 'mdy', certainty: 'proven', doubts: [] });
    expect(await finding(dates('2022-05-02, 10:00', '2022-05-13, 10:00'))).toMatchObject({ order: 'ymd', certainty: 'proven', doubts: [] });
  });

  it('is a date after the file was handed in', async () => {
    expect(await finding(dates('02/05/2022, 10:00', '02/06/2022, 10:00'), { notAfter: '2022-02-20T12:00' })).toMatchObject({
      order: 'mdy',
      certainty: 'proven',
    });
    expect((await finding(dates('02/11/2022, 10:00'), { notAfter: '2022-05-01T12:00' })).order).toBe('mdy');
  });

  it('leaves a day for phones in another zone', async () => {
    expect((await finding(dates('02/05/2022, 10:00'), { notAfter: '2022-05-01T12:00' })).certainty).toBe('ambiguous');
  });

  it('is the name that an iPhone gave a photo', async () => {
    const lines = ['[02/05/2022, 16:08:13] Ana: hoi', '\u200e[02/05/2022, 16:10:44] Ana: \u200e<attached: 00000004-PHOTO-2022-05-02-16-10-44.jpg>'];
    expect(await finding(lines)).toMatchObject({ order: 'dmy', certainty: 'proven', kinds: expect.arrayContaining(['media-name']) });
    expect(await finding(lines.map((line) => line.replace('PHOTO-2022-05-02', 'PHOTO-2022-02-05')))).toMatchObject({ order: 'mdy', certainty: 'proven' });
  });

  it('needs no order where both readings are the same day', async () => {
    expect(await finding(dates('05/05/2022, 10:00', '05/05/2022, 11:00'))).toMatchObject({ order: 'dmy', certainty: 'proven', doubts: [] });
  });
});

describe('likelihood', () => {
  it('comes from Dutch wording, with both readings shown', async () => {
    const found = await finding([
      '02-05-2022 16:08 - Berichten en oproepen worden end-to-end versleuteld. Tik voor meer informatie.',
      ...dates('02-05-2022 16:09'),
    ]);
    expect(found).toMatchObject({ order: 'dmy', certainty: 'likely', kinds: ['separator', 'wording'] });
    expect(found.doubts).toEqual([
      {
        code: 'date-order.likely',
        severity: 'note',
        place: { file: 1, line: 1 },
        evidence: {
          layout: 'n-n-nnnn HH:MM - ',
          order: 'dmy',
          'dmy.first': '2022-05-02T16:08',
          'dmy.last': '2022-05-02T16:09',
          'mdy.first': '2022-02-05T16:08',
          'mdy.last': '2022-02-05T16:09',
        },
      },
    ]);
  });

  it('comes from the name of the file', async () => {
    expect(await finding(dates('02-05-2022 16:09'), { name: 'WhatsApp-chat met Ana.txt' })).toMatchObject({ order: 'dmy', certainty: 'likely' });
  });

  it('comes from days in a row', async () => {
    expect(await finding(dates('5/1/2022, 10:00', '5/2/2022, 10:00', '5/3/2022, 10:00', '5/4/2022, 10:00'))).toMatchObject({
      order: 'mdy',
      certainty: 'likely',
      kinds: ['span'],
    });
  });

  it('comes from time that must not run back', async () => {
    const found = await finding(dates('9/12/2021, 10:00', '10/1/2022, 10:00', '2/2/2022, 10:00', '1/3/2022, 10:00', '2/4/2022, 10:00', '1/5/2022, 10:00'));
    expect(found).toMatchObject({ order: 'dmy', certainty: 'likely', kinds: expect.arrayContaining(['monotonic']) });
  });

  it('comes from the American layout only with AM or PM or English words', async () => {
    expect(await finding(dates('5/2/22, 4:08 PM'))).toMatchObject({ order: 'mdy', certainty: 'likely', kinds: ['american-layout'] });
    expect(await finding(dates('5/2/22, 16:08'))).toMatchObject({ certainty: 'ambiguous' });
  });
});

describe('no answer', () => {
  it('is a question with first and last date of both readings', async () => {
    const bytes = readFileSync(join(folder, 'one-day.txt'));
    const { doubts, records } = await readAll(whatsappReader, bytes);
    expect(doubts).toEqual([
      {
        code: 'date-order.ambiguous',
        severity: 'question',
        place: { file: 1, line: 1 },
        evidence: {
          layout: 'n/n/n, HH:MM - ',
          order: 'dmy',
          'dmy.first': '2022-02-05T16:08',
          'dmy.last': '2022-02-05T16:09',
          'mdy.first': '2022-05-02T16:08',
          'mdy.last': '2022-05-02T16:09',
        },
        choices: ['dmy', 'mdy'],
      },
    ]);
    expect(records).toHaveLength(2);
  });

  it('is settled by a person, for good', async () => {
    const bytes = readFileSync(join(folder, 'one-day.txt'));
    const { doubts, records, conversations } = await readAll(whatsappReader, bytes, { dateOrder: 'mdy' });
    expect(doubts).toEqual([]);
    expect(records.map(({ local }) => local)).toEqual(['2022-05-02T16:08', '2022-05-02T16:09']);
    expect(conversations[0]?.dateOrder?.evidence).toContainEqual({ kind: 'person', favours: 'mdy', count: 1 });
  });

  it('of a person does not overrule a proof', async () => {
    expect(await finding(dates('13/05/2022, 10:00'), { dateOrder: 'mdy' })).toMatchObject({ order: 'dmy', certainty: 'proven', locals: ['2022-05-13T10:00'] });
  });
});

describe('an order that changes within one file', () => {
  it('is followed from the line where it changes, and told', async () => {
    const { records, doubts } = await readAll(whatsappReader, readFileSync(join(folder, 'order-changes.txt')));
    expect(records.map(({ local }) => local)).toEqual(Array.from({ length: 20 }, (_, n) => `2023-03-${10 + n}T10:00`));
    expect(doubts).toContainEqual({ code: 'date-order.changes', severity: 'warning', place: { file: 1, line: 11 } });
  });

  it('is not believed for one odd date: that record alone is read the other way, with a doubt', async () => {
    const found = await finding(dates('13/05/2022, 10:00', '14/05/2022, 10:00', '05/16/2022, 10:00', '15/05/2022, 10:00'));
    expect(found.locals).toEqual(['2022-05-13T10:00', '2022-05-14T10:00', '2022-05-16T10:00', '2022-05-15T10:00']);
    expect(found.doubts).toContainEqual(expect.objectContaining({ code: 'date-order.changes', place: { file: 1, line: 3 } }));
  });
});

describe('the calendar', () => {
  it('counts days as everybody does', () => {
    expect(dayNumber(1970, 1, 1)).toBe(0);
    expect(dayNumber(2000, 2, 29)).toBe(11016);
    for (let n = -1000; n < 80_000; n += 137) {
      const { year, month, day } = dateOfDayNumber(n);
      expect(dayNumber(year, month, day)).toBe(n);
      expect(new Date(n * 86_400_000).toISOString().slice(0, 10)).toBe(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
    }
  });

  it.each([
    [2024, 3, 31, 2, 'does-not-exist'],
    [2024, 3, 31, 3, 'none'],
    [2024, 10, 27, 2, 'ambiguous'],
    [2025, 3, 30, 2, 'does-not-exist'],
    [2025, 10, 26, 2, 'ambiguous'],
    [2025, 10, 25, 2, 'none'],
    [2026, 3, 29, 2, 'does-not-exist'],
    [2024, 4, 28, 2, 'none'],
  ])('sets the clock: %i-%i-%i, %i h → %s', (year, month, day, hour, change) => {
    expect(clockChange(year, month, day, hour)).toBe(change);
  });

  it('agrees with the zone database on every hour of the nights that matter', () => {
    const shown = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Amsterdam',
      hour: '2-digit',
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
      hourCycle: 'h23',
    });
    for (let year = 2009; year <= 2040; year++) {
      for (const month of [3, 10]) {
        for (let day = 24; day <= 31; day++) {
          // How often the phone's clock shows two o'clock on that day.
          let times = 0;
          for (let hour = -3; hour < 4; hour++) {
            const parts = Object.fromEntries(shown.formatToParts(Date.UTC(year, month - 1, day, hour)).map(({ type, value }) => [type, value]));
            if (parts['hour'] === '02' && Number(parts['day']) === day) times++;
          }
          expect(clockChange(year, month, day, 2)).toBe(times === 0 ? 'does-not-exist' : times === 2 ? 'ambiguous' : 'none');
        }
      }
    }
  });
});
