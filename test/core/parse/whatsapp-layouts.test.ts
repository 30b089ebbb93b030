// Every layout that a phone may write (FORMATS: header variants), each in a file of our own: time, sender and text come out as they went in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whatsappReader } from '#core/parse/whatsapp/whatsapp-reader.ts';
import { type ReadSettings, readAll } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/whatsapp');
const read = (name: string, settings: ReadSettings = {}) => readAll(whatsappReader, readFileSync(join(folder, name)), settings);
const lines = async (name: string, settings: ReadSettings = {}) =>
  (await read(name, settings)).records.map(({ kind, sender, local, text }) => [kind, sender, local, text]);

describe('layouts of the header', () => {
  it.each([
    ['nl-ios-2016.txt', 'Hilde', '2016-01-06T12:29:41', 'Denk je aan het bezwaarschrift?', 'dmy'],
    ['nl-ios-2018.txt', 'Hilde', '2018-12-04T22:55:45', 'De raad is net klaar', 'dmy'],
    ['es-419.txt', 'Ana', '2018-06-13T13:55', 'hola', 'dmy'],
    ['fi.txt', 'Aino', '2018-06-13T21:25:15', 'hei', 'dmy'],
    ['hr.txt', 'Ana', '2018-06-13T21:25:15', 'bok', 'dmy'],
    ['zh.txt', '王伟', '2022-05-02T16:08', '你好', 'ymd'],
    ['ko.txt', '김철수', '2022-05-02T16:08:13', '안녕', 'ymd'],
    ['ar.txt', 'سارة', '2022-05-02T16:08', 'مرحبا', 'dmy'],
    ['fa.txt', 'سارا', '2022-05-02T16:08', 'سلام', 'ymd'],
    ['th.txt', 'สมชาย', '2022-05-02T16:08', 'สวัสดี', 'dmy'],
    ['en-dash.txt', 'Tom', '2019-09-17T08:30:52', 'morning', 'mdy'],
    ['oldest.txt', 'Jan', '2017-07-12T22:36:22', 'hallo', 'dmy'],
    ['oldest-colon.txt', 'Jan', '2017-07-12T22:35', 'hallo', 'dmy'],
    ['se-iso.txt', 'Åsa', '2022-05-02T16:08', 'hej', 'ymd'],
    ['fr-ca.txt', 'Luc', '2022-05-02T16:08', 'allô', 'ymd'],
    ['odd-order.txt', 'Ana', '2018-06-13T21:25:15', 'eerste', 'mdy'],
    ['bom-everywhere.txt', 'Ana', '2022-05-13T16:08:13', 'een', 'dmy'],
  ])('reads %s', async (name, sender, local, text, order) => {
    const { records, conversations, preamble } = await read(name);
    expect(records[0]).toMatchObject({ kind: 'text', sender, local, text, certainty: 'assumed' });
    expect(conversations[0]?.dateOrder).toMatchObject({ order, certainty: 'proven' });
    expect(preamble).toBe('');
  });

  it.each([
    ['12:05 AM', '00:05'],
    ['12:05 PM', '12:05'],
    ['1:05\u202fpm', '13:05'],
    ['1:05 p.m.', '13:05'],
    ['1:05 p. m.', '13:05'],
    ['1:05\u00a0a.\u00a0m.', '01:05'],
    ['下午1:05', '13:05'],
    ['午前1:05', '01:05'],
    ['오후 1:05', '13:05'],
    ['1:05 ΜΜ', '13:05'],
    ['1:05 ÖS', '13:05'],
    ['16:05 PM', '16:05'],
    ['16.05', '16:05'],
    ['16 h 05', '16:05'],
  ])('reads the clock %s', async (clock, time) => {
    const { records } = await readAll(whatsappReader, Buffer.from(`13/5/2022, ${clock} - Ana: ja\n`));
    expect(records.map(({ local, sender }) => [local, sender])).toEqual([[`2022-05-13T${time}`, 'Ana']]);
  });

  it('does not take letters of a name for a half of the day', async () => {
    expect(
      (await readAll(whatsappReader, Buffer.from('14-12-18 22:55:45 SANNE: dag\n14-12-18 22:55:46 Amber: hoi\n'))).records.map(({ sender, local }) => [
        sender,
        local,
      ]),
    ).toEqual([
      ['SANNE', '2018-12-14T22:55:45'],
      ['Amber', '2018-12-14T22:55:46'],
    ]);
  });

  it.each(['utf16.txt', 'windows-1252.txt'])('decodes %s and gives offsets in the file itself', async (name) => {
    const { records, doubts } = await read(name);
    const bytes = readFileSync(join(folder, name));
    expect(records).toHaveLength(2);
    expect(records[0]?.text).toMatch(/^(één|café – € 5)$/);
    expect(records.at(-1)?.bytes[1]).toBe(bytes.length);
    expect(doubts.some(({ code }) => code === 'encoding.guessed')).toBe(name === 'windows-1252.txt');
  });

  it('replaces and reports single bytes that are no text in an otherwise sound file', async () => {
    const bytes = Buffer.concat([
      Buffer.from('13-05-2022 16:08 - René: één\n13-05-2022 16:09 - Bo: kapot '),
      Buffer.from([0xff]),
      Buffer.from(' byte\n13-05-2022 16:10 - Bo: dág\n'),
    ]);
    const { records, doubts } = await readAll(whatsappReader, bytes);
    expect(records.map(({ text }) => text)).toEqual(['één', 'kapot \ufffd byte', 'dág']);
    expect(records.map((record) => bytes.subarray(...record.bytes).indexOf('13-05-2022'))).toEqual([0, 0, 0]);
    expect(doubts).toContainEqual(expect.objectContaining({ code: 'encoding.replaced', count: 1, place: { file: 1, line: 2 } }));
  });
});

describe('which lines begin a record', () => {
  it('keeps pasted header lines of another layout inside the body, with a doubt each', async () => {
    const { records, doubts } = await read('pasted.txt');
    expect(records.map(({ sender, text }) => [sender, text])).toEqual([
      ['Alice Smit', 'Kijk, dit schreef hij:\n[1.2.2019, 00:00:00] John Dekker: plakwerk\n2/11/19, 14:48 - Alice: ook plakwerk'],
      ['Bob Jansen', 'Gezien'],
      ['Alice Smit', 'Goed'],
    ]);
    expect(doubts.filter(({ code }) => code === 'line.pasted-header').map(({ place }) => place?.line)).toEqual([2, 3]);
  });

  it('follows a layout that really changes halfway', async () => {
    const { conversations } = await read('switched.txt');
    expect((await lines('switched.txt')).map(([, , local]) => local)).toEqual([
      '2023-06-28T16:10',
      '2023-06-29T16:14',
      '2023-06-30T16:14',
      '2023-06-30T16:15',
      '2023-07-01T10:00',
      '2023-07-02T10:00',
    ]);
    expect(conversations[0]?.layouts).toEqual([
      { layout: 'n/n/n, HH:MM - ', fromLine: 1, records: 3 },
      { layout: 'n/n/nnnn, HH:MM - ', fromLine: 4, records: 3 },
    ]);
  });

  it('never lets brackets take over from dashes', async () => {
    const text = '13-05-2022 16:08 - Ana: kijk\n[14-05-2022, 10:00:00] Bo: later\n[14-05-2022, 10:01:00] Bo: nog later\n';
    expect((await readAll(whatsappReader, Buffer.from(text))).records).toHaveLength(1);
  });

  it('keeps what stands before the first header as preamble', async () => {
    const { preamble, records, doubts } = await read('preamble.txt');
    expect(preamble).toBe('Van: mevrouw De Boer\nBetreft: de chat over het plein\n\n');
    expect(records[0]?.lines).toEqual([4, 4]);
    expect(doubts.map(({ code }) => code)).toContain('preamble.present');
  });

  it('names lines that look like a header but cannot be one, and keeps them in the body', async () => {
    const { records, doubts } = await read('misfit.txt');
    expect(records.map(({ text, certainty }) => [text, certainty])).toEqual([
      ['een\n45-45-2022 16:09 - Bo: dit kan niet', 'assumed'],
      ['dit ook niet\n13-05-2022 25:10 - Bo: en dit niet', 'impossible'],
    ]);
    expect(doubts.map(({ code, place }) => [code, place?.line])).toEqual([
      ['line.not-understood', 2],
      ['date.impossible', 3],
      ['line.not-understood', 4],
    ]);
  });

  it('says nothing of a date and a time that merely begin a line of a body', async () => {
    const { records, doubts } = await readAll(
      whatsappReader,
      Buffer.from('13-05-2022 16:08 - Ana: agenda\n02-06-2022 10:00 overleg wijkteam\n02-06-2022 11:00 pauze\n'),
    );
    expect(records.map(({ text }) => text)).toEqual(['agenda\n02-06-2022 10:00 overleg wijkteam\n02-06-2022 11:00 pauze']);
    expect(doubts).toEqual([]);
  });

  it('keeps header lines of the same layout as records, and tells where time jumps back', async () => {
    const text =
      '13-05-2022 16:08 - Ana: kijk\n02-02-2021 10:00 - Bo: oud\n12-05-2022 23:59 - Bo: nieuw\n13-05-2022 00:01 - Ana: ja\n12-05-2022 23:58 - Bo: laat\n';
    const { records, doubts } = await readAll(whatsappReader, Buffer.from(text));
    expect(records).toHaveLength(5);
    expect(doubts).toEqual([{ code: 'time.jumps-back', severity: 'note', place: { file: 1, line: 2 }, evidence: { days: 465 } }]);
  });

  it('cuts a record without end into pieces that together are whole', async () => {
    const bytes = Buffer.from(`13-05-2022 16:08 - Ana: ${'é zonder einde '.repeat(400_000)}\n13-05-2022 16:09 - Bo: gezien\n`);
    const { records, doubts, whole } = await readAll(whatsappReader, bytes, { chunk: 100_000 });
    expect(whole).toBe(bytes.toString());
    expect(records[0]).toMatchObject({ kind: 'text', sender: 'Ana' });
    expect(records.slice(1, -1).every(({ kind, sender }) => kind === 'unknown' && sender === 'Ana')).toBe(true);
    expect(records.at(-1)).toMatchObject({ sender: 'Bo', text: 'gezien', lines: [2, 2] });
    expect(doubts.map(({ code }) => code)).toContain('line.too-long');
  });

  it('reads long bodies over many windows as one record', async () => {
    const body = Array.from({ length: 4000 }, (_, n) => `regel ${n} van het verslag 📋`).join('\n');
    const { records } = await readAll(whatsappReader, Buffer.from(`13-05-2022 16:08 - Ana: ${body}\n13-05-2022 16:09 - Bo: dank\n`));
    expect(records.map(({ text, lines: place }) => [text.length, place])).toEqual([
      [body.length, [1, 4000]],
      [4, [4001, 4001]],
    ]);
  });
});
