// What is made of Threema's messages: times, quotes, files under the number of their message, calls, notices, and no keys.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recognise } from '#core/intake/recognise.ts';
import { readers } from '#core/parse/readers.ts';
import { splitRow } from '#core/parse/split-row.ts';
import { threemaReader } from '#core/parse/threema/threema-reader.ts';
import { fixturesFolder, readFixture } from '#test/support/shared-fixtures.ts';
import { readAll } from './reader-suite.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/threema', name));
const read = (name: string, siblings: readonly string[] = []) => readAll(threemaReader, fixture(name), { name, siblings });

describe('messages with one person', async () => {
  const all = await read('message_ABCD1234.csv', ['message_media_u3']);
  const [question, answer, file, picture, place, call, notice, deleted, unknown] = all.records;

  it('are named by the id in the name of the file', () => {
    expect(all.conversations).toMatchObject([{ platform: 'threema', kind: 'direct', title: 'ABCD1234' }]);
    expect([question?.sender, answer?.sender]).toEqual(['ABCD1234', 'Houder van dit account']);
  });

  it('keep quotes, line ends and delimiters in the words', () => {
    expect(question).toMatchObject({
      text: 'Is de "vergunning" al binnen?\nGroet, Sanne; tot morgen',
      local: '2024-03-31T01:59:59',
      instant: '2024-03-31T00:59:59.000Z',
      direction: 'incoming',
      lines: [2, 3],
    });
  });

  it('point to the message that is answered; tell what failed and what was edited', () => {
    expect(answer).toMatchObject({ replyTo: { nativeId: 'a1', ordinal: 0 }, status: 'failed', edited: true, direction: 'outgoing' });
  });

  it('find a file under the number of its message', () => {
    expect(file).toMatchObject({
      kind: 'media',
      text: 'Het besluit',
      attachments: [{ name: 'besluit.pdf', presence: 'present', kind: 'document', path: 'message_media_u3', mediaType: 'application/pdf' }],
    });
    expect(picture).toMatchObject({ text: 'De gevel', attachments: [{ name: '', presence: 'missing', kind: 'image' }] });
    expect(all.doubts.filter(({ code }) => code === 'attachment.missing')).toHaveLength(1);
  });

  it('make places, calls, notices and deletions readable', () => {
    expect(place).toMatchObject({ kind: 'location', text: '52.09, 5.12, 10, Neude 1, Stadhuis' });
    expect(call).toMatchObject({ kind: 'call', call: { outcome: 'missed' } });
    expect(notice).toMatchObject({ kind: 'system', sender: null, text: 'De sleutels zijn gecontroleerd' });
    expect(deleted?.deleted).toBe('by-sender');
    expect(unknown).toMatchObject({ text: 'onbekende soort', certainty: 'assumed' });
    expect(all.doubts.map(({ code }) => code)).toContain('system-line.unknown');
  });

  it('hold no keys', () => {
    expect(JSON.stringify(all)).not.toContain('deadbeef');
    expect(all.doubts.find(({ code }) => code === 'secrets.present')?.evidence).toEqual({ keys: 2 });
  });
});

describe('messages of a group', async () => {
  const all = await read('group_message_77.csv');

  it('say who speaks', () => {
    expect(all.conversations).toMatchObject([{ kind: 'group', title: '77' }]);
    expect(all.records.map(({ sender }) => sender)).toEqual(['ABCD1234', 'Houder van dit account', null]);
    expect(all.records[0]).toMatchObject({ text: 'Vergadering, donderdag', instant: '2024-04-01T09:00:00.000Z', local: '2024-04-01T11:00:00' });
  });

  it('keep a row that lacks values, with a doubt', () => {
    expect(all.records[2]).toMatchObject({ kind: 'unknown', text: 'g3,2024-04-01T09:02:00Z,TEXT,0,0,kapot\n' });
    expect(all.doubts.filter(({ code }) => code === 'line.not-understood').map(({ place }) => place?.line)).toEqual([4]);
  });
});

describe('recognising', () => {
  it.each(['message_ABCD1234.csv', 'group_message_77.csv'])('%s by its columns', (name) => {
    expect(recognise(fixture(name), 'zonder-naam', readers)).toMatchObject({ kind: 'read', reader: { format: 'threema' } });
  });

  it('leaves other tables alone', () => {
    expect(threemaReader.sniff(Buffer.from('uid;naam;type;body\n'), 'x')).toBe(0);
    expect(threemaReader.sniff(Buffer.from('"identity","publickey","verification"\n'), 'x')).toBe(0);
  });
});

it.each([
  ['a,"b ""c""",,d', ['a', 'b "c"', '', 'd']],
  ['"open, tot het eind', ['open, tot het eind']],
  ['"a"b,c\r\n', ['ab', 'c']],
  ['', ['']],
])('cuts %j into values', (row, values) => {
  expect(splitRow(row, ',')).toEqual(values);
});

it.runIf(fixturesFolder)('names the contacts of a public Threema backup as what they are', () => {
  expect(recognise(readFixture('generic/threema/contacts.csv'), 'contacts.csv', readers)).toMatchObject({ kind: 'problem', what: 'threema-csv' });
});
