// Tables without a fixed layout: what is proposed, what a person can change, what each row becomes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ColumnMapping } from '#core/model/mapping.ts';
import { csvReader, jsonReader } from '#core/parse/generic/generic-readers.ts';
import { readSample } from '#core/parse/generic/generic-record.ts';
import { dateOrderOf, readGenericTime } from '#core/parse/generic/generic-time.ts';
import { readCsvHead, readJsonHead } from '#core/parse/generic/propose-mapping.ts';
import type { Reader } from '#core/parse/reader.ts';
import { fixturesFolder, readFixture } from '#test/support/shared-fixtures.ts';
import { makeSource, readAll } from './reader-suite.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/generic', name));

async function readMapped(reader: Reader, bytes: Uint8Array, change: Partial<ColumnMapping>) {
  const head = reader.format === 'generic-csv' ? readCsvHead(bytes) : readJsonHead(bytes);
  const mapped: Reader = { ...reader, read: (source) => reader.read(source, { mappings: { [head.layout]: { ...head.proposal, ...change } } }) };
  return readAll(mapped, bytes);
}

describe('the proposal', () => {
  it('finds date and time apart, who, where, what and the file, in a table of a Dutch Excel', () => {
    const { proposal, columns, dateOrderCertain, confidence, rows } = readCsvHead(fixture('berichten.csv'));
    expect(columns).toEqual(['Datum', 'Tijd', 'Afzender', 'Gesprek', 'Bericht', 'Bijlage', 'Nummer']);
    expect(proposal).toEqual({
      time: [0, 1],
      sender: 2,
      text: [4],
      conversation: 3,
      id: null,
      kind: null,
      attachment: 5,
      dateOrder: 'dmy',
      zone: 'Europe/Amsterdam',
      delimiter: ';',
      encoding: 'windows-1252',
      header: true,
    });
    expect([dateOrderCertain, confidence, rows.length]).toEqual([true, 0.5, 6]);
    expect(rows[0]?.[4]).toBe('Goedemorgen, "allemaal"\r\nis zaal 3 vrij?');
  });

  it('looks for the list of messages in JSON, and into its objects', () => {
    const { proposal, columns, list, confidence } = readJsonHead(fixture('chat.json'));
    expect(list).toBe('messages');
    expect(confidence).toBe(0.5);
    const named = (i: number | null) => (i === null ? null : columns[i]);
    expect([
      proposal.time.map(named),
      named(proposal.sender),
      proposal.text.map(named),
      named(proposal.id),
      named(proposal.kind),
      named(proposal.attachment),
    ]).toEqual([['timestamp'], 'author.name', ['content'], 'message_id', 'type', 'media']);
  });

  it('proposes columns without names by what stands in them', () => {
    const rows = Array.from({ length: 9 }, (_, i) => `0${i + 1}/02/2024 10:00,${i % 2 ? 'Ana' : 'Bo'},Dit is bericht nummer ${i}\n`).join('');
    const head = readCsvHead(Buffer.from(rows));
    expect(head.columns).toEqual(['Kolom 1', 'Kolom 2', 'Kolom 3']);
    expect(head.proposal).toMatchObject({ time: [0], sender: 1, text: [2], header: false, delimiter: ',', encoding: 'utf-8' });
    expect(head.dateOrderCertain).toBe(false);
  });

  it('keeps its columns and layout when a person changes how the file is cut', () => {
    const bytes = fixture('berichten.csv');
    const changed = readCsvHead(bytes, { delimiter: ',', encoding: 'utf-8' });
    expect(changed.columns).toHaveLength(2);
    expect(changed.rows.flat().join('')).toContain('\ufffd');
    expect(readCsvHead(bytes, { header: false }).rows[0]?.[0]).toBe('Datum');
  });

  it.each([
    ['no column is a time', 'naam;datum;tekst\nAna;1;a\nBo;2;b\nCo;3;c\n'],
    ['there is one column', '2024-03-04 10:00\n2024-03-04 10:01\n2024-03-04 10:02\n'],
    ['it is running text', 'Beste Ana,\nOp 4 maart 2024, om 10 uur, zien wij elkaar.\nGroet, Bo\n'],
  ])('is no table of messages when %s', (_, text) => {
    expect(csvReader.sniff(Buffer.from(text), 'x.csv')).toBe(0);
  });

  it('is none of JSON without times, or of settings', () => {
    expect(jsonReader.sniff(Buffer.from('{"a":1}'), 'x')).toBe(0);
    expect(jsonReader.sniff(Buffer.from('{"items":[{"name":"a","size":"b"},{"name":"c","size":"d"}]}'), 'x')).toBe(0);
    expect(jsonReader.sniff(fixture('chat.json'), 'x')).toBe(0.5);
    expect(csvReader.sniff(fixture('chat.json'), 'x')).toBe(0);
  });
});

describe('reading', () => {
  it('asks before it is sure, with what it saw in numbers', async () => {
    const { doubts } = await readAll(csvReader, fixture('berichten.csv'));
    expect(doubts[0]).toEqual({
      code: 'mapping.needed',
      severity: 'question',
      place: { file: 1 },
      choices: ['proposed', 'mapped'],
      evidence: { layout: expect.stringMatching(/^[0-9a-z]+$/), columns: 7, samples: 5 },
    });
  });

  it('reads by the mapping, one conversation for each name, every row kept', async () => {
    const all = await readMapped(csvReader, fixture('berichten.csv'), { id: 6 });
    expect(all.conversations.map(({ title, participants }) => [title, participants.length])).toEqual([
      ['Havenoverleg', 2],
      ['Piket', 2],
    ]);
    expect(all.records.map(({ local, sender, nativeId, certainty }) => [local, sender, nativeId, certainty])).toEqual([
      ['2024-03-04T10:05:00', 'Zoë Prins', '1', 'assumed'],
      ['2024-03-04T10:06:00', 'Marijke de Wit', '2', 'assumed'],
      ['2024-03-14T09:00:00', 'Zoë Prins', '3', 'assumed'],
      ['2024-03-15T09:30:00', 'Els', '4', 'assumed'],
      ['2024-03-31T02:30:00', 'Els', '5', 'impossible'],
      ['1970-01-01T00:00', 'Els', '6', 'impossible'],
    ]);
    expect(all.records[2]?.text).toBe('Het water staat 2 € hoog');
    expect(all.records[1]?.attachments).toEqual([{ name: 'plattegrond.pdf', presence: 'missing', kind: 'document' }]);
    expect(all.doubts.map(({ code }) => code).sort()).toEqual(['attachment.missing', 'date.impossible', 'time.does-not-exist']);
  });

  it('reads as a person says: other order, other zone, other columns', async () => {
    const bytes = Buffer.from('wanneer,wie,wat,extra\n03/04/2024 22:30,Ana,hoi,ja\n03/05/2024 08:00,Bo,dag,nee\n');
    const { records, doubts } = await readMapped(csvReader, bytes, { dateOrder: 'mdy', zone: 'UTC', text: [2, 3] });
    expect(records.map(({ local, instant, text }) => [local, instant, text])).toEqual([
      ['2024-03-04T23:30:00', '2024-03-04T22:30:00.000Z', 'hoi\nja'],
      ['2024-03-05T09:00:00', '2024-03-05T08:00:00.000Z', 'dag\nnee'],
    ]);
    expect(doubts).toEqual([]);
  });

  it('tells how many columns were not used', async () => {
    const bytes = Buffer.from('tijd,van,tekst,kleur,maat\n2024-03-04 10:00,Ana,hoi,rood,3\n2024-03-04 10:01,Bo,dag,blauw,4\n');
    expect((await readMapped(csvReader, bytes, {})).doubts).toEqual([{ code: 'column.not-used', severity: 'note', place: { file: 1 }, count: 2 }]);
  });

  it('says when the newest stands first, and keeps the order of the file', async () => {
    const bytes = Buffer.from('tijd,van,tekst\n2024-03-04 10:02,Ana,drie\n2024-03-04 10:01,Bo,twee\n2024-03-04 10:00,Ana,een\n');
    const all = await readMapped(csvReader, bytes, {});
    expect(all.records.map(({ text }) => text)).toEqual(['drie', 'twee', 'een']);
    expect(all.conversations).toMatchObject([{ order: 'newest-first' }]);
    expect(all.doubts.map(({ code }) => code)).toEqual(['order.newest-first']);
  });

  it('reads JSON: nested names, files, notices, the title beside the list', async () => {
    const all = await readMapped(jsonReader, fixture('chat.json'), {});
    expect(all.conversations).toMatchObject([{ title: 'Wijkoverleg', platform: 'other' }]);
    expect(all.records.map(({ kind, sender, text, instant }) => [kind, sender, text, instant])).toEqual([
      ['text', 'Ana', 'Hoi {allemaal}', '2026-02-01T12:34:56.000Z'],
      ['media', 'Bo', 'Zie foto', '2026-02-01T12:35:10.000Z'],
      ['system', null, 'Bo is toegevoegd', '2026-02-01T12:36:00.000Z'],
    ]);
    expect(all.records[1]?.attachments).toEqual([{ name: 'foto 1.png', presence: 'missing', kind: 'image', path: 'media/foto 1.png' }]);
  });

  it('does not let a quote that is never closed swallow the rows below it', async () => {
    const rows = ['2024-03-04 10:00;Ana;een', '2024-03-04 10:01;Bo;"open', '2024-03-04 10:02;Ana;drie', '2024-03-04 10:03;Bo;vier'];
    const { records, doubts } = await readMapped(csvReader, Buffer.from(`tijd;van;tekst\n${rows.join('\n')}\n`), {});
    expect(records.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'een'],
      ['unknown', '2024-03-04 10:01;Bo;"open\n'],
      ['text', 'drie'],
      ['text', 'vier'],
    ]);
    expect(doubts.map(({ code }) => code)).toEqual(['line.not-understood']);
  });

  it('shows a sample record as it would be read', () => {
    const { rows, proposal } = readCsvHead(fixture('berichten.csv'));
    expect(readSample(rows[1] ?? [], proposal)).toEqual({
      kind: 'media',
      sender: 'Marijke de Wit',
      text: 'Ja: één uur',
      conversation: 'Havenoverleg',
      local: '2024-03-04T10:06:00',
    });
    expect(readSample(rows[5] ?? [], proposal).local).toBeNull();
  });

  it('reads in one pass', async () => {
    let passes = 0;
    const source = makeSource(fixture('berichten.csv'));
    const open = () => {
      passes++;
      return source.open();
    };
    for await (const event of csvReader.read({ ...source, open }, {})) expect(event.type).not.toBe('');
    expect(passes).toBe(1);
  });
});

describe('times', () => {
  const dutch = { dateOrder: 'dmy', zone: 'Europe/Amsterdam' } as const;
  it.each([
    ['1710000000', '2024-03-09T17:00:00', 'given'],
    ['1710000000123', '2024-03-09T17:00:00', 'given'],
    ['2024-03-09T16:00:00Z', '2024-03-09T17:00:00', 'given'],
    ['2024-03-09 17:00', '2024-03-09T17:00:00', 'assumed'],
    ['2024-03-09', '2024-03-09T00:00:00', 'assumed'],
    ['45360,5', '2024-03-09T12:00:00', 'assumed'],
    ['9-3-2024 17:00', '2024-03-09T17:00:00', 'assumed'],
    ['09/03/24, 5:00:07 PM', '2024-03-09T17:00:07', 'assumed'],
    ['9 maart 2024 om 17.00', '2024-03-09T17:00:00', 'assumed'],
    ['za 9 mrt. 2024, 12:00', '2024-03-09T12:00:00', 'assumed'],
    ['Mar 9, 2024 12:05 am', '2024-03-09T00:05:00', 'assumed'],
    ['27-10-2024 02:30', '2024-10-27T02:30:00', 'ambiguous'],
  ])('%s', (value, local, certainty) => {
    expect(readGenericTime(value, dutch)).toMatchObject({ local, certainty });
  });

  it.each(['', 'morgen', '32-01-2024', '12345', '9-13-2024 10:00', '2024', '10:00', '1-2-2024 13:00 PM', '99999999999999999'])('%s is none', (value) => {
    expect(readGenericTime(value, dutch)).toBeNull();
  });

  it('tells an order that is certain from one that is not', () => {
    expect(dateOrderOf(['13-02-2024', '01-02-2024'])).toEqual({ order: 'dmy', certain: true });
    expect(dateOrderOf(['02/13/2024'])).toEqual({ order: 'mdy', certain: true });
    expect(dateOrderOf(['01-02-2024'])).toEqual({ order: 'dmy', certain: false });
    expect(dateOrderOf(['2024-02-13'])).toEqual({ order: 'dmy', certain: true });
  });
});

describe.runIf(fixturesFolder)('public tables', () => {
  it.each([
    ['bubbly-example_group_chat.json', 3, ['Alice', 'Bob', 'Alice'], 'Example Group Chat'],
    ['bubbly-example_second_chat.json', 4, ['K.', 'Bob', 'K.', 'K'], 'No Group Chat'],
  ])('%s', async (name, messages, senders, title) => {
    const all = await readMapped(jsonReader, readFixture(`generic/${name}`), {});
    expect(all.records).toHaveLength(messages);
    expect(all.records.map(({ sender }) => sender)).toEqual(senders);
    expect(all.conversations.map((one) => one.title)).toEqual([title]);
    expect(all.records[0]?.instant).toBe('2026-02-01T12:34:56.000Z');
  });

  it('a list of contacts is no chat', () => {
    expect(csvReader.sniff(readFixture('generic/threema/contacts.csv'), 'contacts.csv')).toBe(0);
  });
});
