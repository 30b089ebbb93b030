// What the Teams reader makes of its exports: html to text, mentions, quotes, edits, deletions, reactions, events.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTeamsHtml } from '#core/parse/teams/teams-html.ts';
import { teamsReader } from '#core/parse/teams/teams-reader.ts';
import { fixturesFolder, readFixture } from '#test/support/shared-fixtures.ts';
import { expectEveryByte, readAll } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/teams');
const fixture = (name: string) => readFileSync(join(folder, name));
const text = (html: string) => readTeamsHtml(html, () => 'missing').text;

describe('a page of Graph', () => {
  it('reads every item, in the order of the file, and says that the newest stands first', async () => {
    const { records, conversations, doubts } = await readAll(teamsReader, fixture('messages-00000.json'));
    expect(records.map(({ kind, sender, local, instant }) => [kind, sender, local, instant])).toEqual([
      ['media', 'Marijke de Wit', '2024-03-04T11:05:00', '2024-03-04T10:05:00.123Z'],
      ['text', 'Johan Prins', '2024-03-04T11:03:00', '2024-03-04T10:03:00.000Z'],
      ['media', 'Johan Prins', '2024-03-04T11:02:00', '2024-03-04T10:02:00.500Z'],
      ['text', 'Johan Prins', '2024-03-04T11:00:00', '2024-03-04T10:00:00.000Z'],
      ['text', 'Marijke de Wit', '2024-03-04T10:59:00', '2024-03-04T09:59:00.000Z'],
      ['system', null, '2024-03-04T10:58:00', '2024-03-04T09:58:00.000Z'],
      ['system', null, '2024-03-04T10:57:00', '2024-03-04T09:57:00.000Z'],
    ]);
    expect(conversations).toMatchObject([{ platform: 'teams', kind: 'group', title: 'Havenoverleg', order: 'newest-first' }]);
    expect(conversations[0]?.participants).toEqual([
      { label: 'Marijke de Wit', records: 2 },
      { label: 'Johan Prins', records: 3 },
    ]);
    expect(doubts.map(({ code, count }) => [code, count]).sort()).toEqual([
      ['attachment.omitted', 2],
      ['order.newest-first', undefined],
      ['page.continues', undefined],
    ]);
  });

  it('keeps subject, mention, list, link and emoji in the text, and the quote apart', async () => {
    const [first] = (await readAll(teamsReader, fixture('messages-00000.json'))).records;
    expect(first?.text).toBe('Vergunning haven\nAkkoord @Johan Prins\u00a0🙂\n- zaal 3\n- het stuk (https://voorbeeld.example/stuk)');
    expect(first?.replyTo).toEqual({ nativeId: '1709546400000', text: 'Kan dit door?', sender: 'Johan Prins' });
    expect(first?.edited).toBe(true);
    expect(first?.attachments).toEqual([{ name: 'besluit.docx', presence: 'omitted', absence: 'remote-only', kind: 'document' }]);
    expect(first?.reactions).toEqual([
      { emoji: '👍', sender: 'u-2' },
      { emoji: '👏', sender: 'Els' },
    ]);
  });

  it('knows what was deleted, forwarded, shown on a card, or a picture that is not in the file', async () => {
    const { records } = await readAll(teamsReader, fixture('messages-00000.json'));
    expect(records[1]).toMatchObject({ deleted: 'unknown', text: '' });
    expect(records[2]).toMatchObject({ text: 'a = 1\nb = 2', attachments: [{ name: '', presence: 'omitted', absence: 'remote-only', kind: 'image' }] });
    expect(records[3]?.text).toBe('Kan dit door?\nGraag <vandaag>\nHerinnering\nZaak\nZ-2024-17');
    expect(records[4]).toMatchObject({ text: 'Het water staat hoog', forwarded: { from: 'Piket' } });
    expect(records[5]).toMatchObject({
      text: 'Marijke de Wit heeft de naam veranderd in: Havenoverleg',
      system: { event: 'subject-changed', to: 'Havenoverleg' },
    });
    expect(records[6]).toMatchObject({ text: 'Marijke de Wit heeft toegevoegd: Johan Prins', system: { event: 'member-added', target: 'Johan Prins' } });
  });

  it('keeps chats of one page apart, and one chat of several pages together', async () => {
    const item = (id: string, chatId: string) => ({
      id,
      messageType: 'message',
      createdDateTime: '2024-03-04T10:00:00Z',
      chatId,
      from: { user: { id: 'u', displayName: 'Ana' } },
      body: { contentType: 'text', content: id },
    });
    const pages = [{ value: [item('1', '19:a@thread.v2'), item('2', '19:a_b@unq.gbl.spaces')] }, { value: [item('3', '19:a@thread.v2')] }];
    const all = await readAll(teamsReader, Buffer.from(JSON.stringify(pages)));
    expect(all.conversations.map(({ kind, participants }) => [kind, participants[0]?.records])).toEqual([
      ['group', 2],
      ['direct', 1],
    ]);
  });

  it('reads the answers that stand inside a message', async () => {
    const reply = { createdDateTime: '2024-03-04T10:01:00Z', from: { user: { displayName: 'Bo' } }, body: { contentType: 'html', content: '<p>Mee eens</p>' } };
    const item = {
      id: '1',
      messageType: 'message',
      createdDateTime: '2024-03-04T10:00:00Z',
      from: null,
      body: { contentType: 'text', content: 'Voorstel' },
      replies: [reply],
    };
    const { records } = await readAll(teamsReader, Buffer.from(JSON.stringify([item])));
    expect(records[0]?.text).toBe('Voorstel\nBo (2024-03-04T10:01:00Z): Mee eens');
  });
});

describe('the personal export', () => {
  it('reads each conversation with its quotes, files, calls, edits, deletions and reactions', async () => {
    const { records, conversations, doubts } = await readAll(teamsReader, fixture('messages.json'));
    expect(conversations.map(({ title, kind, platform }) => [title, kind, platform])).toEqual([
      ['Havenoverleg', 'group', 'teams'],
      ['Els', 'direct', 'teams'],
    ]);
    expect(records[0]).toMatchObject({
      text: 'Ja <b> Johan',
      edited: true,
      replyTo: { nativeId: '1709546400000', sender: 'Johan Prins', text: 'Kan dit door?' },
      reactions: [{ emoji: '❤️', sender: '8:orgid:u-2' }],
    });
    expect(records[1]).toMatchObject({
      kind: 'media',
      attachments: [{ name: 'plattegrond.pdf', presence: 'omitted', absence: 'remote-only', kind: 'document' }],
    });
    expect(records[3]).toMatchObject({ kind: 'system', sender: null, text: 'Marijke de Wit heeft toegevoegd: Johan Prins' });
    expect(records[4]).toMatchObject({ deleted: 'unknown', text: '' });
    expect(records[5]).toMatchObject({ kind: 'call', sender: 'Els', call: { outcome: 'answered', seconds: 125 } });
    expect(doubts.map(({ code }) => code).sort()).toEqual(['attachment.omitted', 'order.newest-first']);
  });
});

describe('html of a message', () => {
  it.each([
    ['<div>een<br>twee</div><div>drie</div>', 'een\ntwee\ndrie'],
    ['<p>a</p>\n<p>b</p>', 'a\nb'],
    ['a &amp; b &lt;c&gt;', 'a & b <c>'],
    ['<table><tr><td>x</td><td>y</td></tr></table>', 'x\ty'],
    ['<img itemtype="http://schema.skype.com/Emoji" alt="😀" src="x">ja', '😀ja'],
    ['<quote authorname="Bo" timestamp="1"><legacyquote>[1] Bo: </legacyquote>oud<legacyquote>&lt;&lt;&lt; </legacyquote></quote>nieuw', 'nieuw'],
    ['<script>alert(1)</script>ja', 'ja'],
    ['<onbekend>blijft</onbekend>', 'blijft'],
    ['<blockquote itemtype="http://schema.skype.com/Reply" itemid="1">nooit dicht', 'nooit dicht'],
    ['5 < 6 en 7 > 3', '5 < 6 en 7 > 3'],
  ])('%s', (html, said) => {
    expect(text(html)).toBe(said);
  });

  it('takes the old quote for a quote', () => {
    expect(readTeamsHtml('<quote authorname="Bo" messageid="9"><legacyquote>[1] Bo: </legacyquote>oud</quote>nieuw', () => 'missing').replyTo).toEqual({
      nativeId: '9',
      sender: 'Bo',
      text: 'oud',
    });
  });
});

it('knows Teams by its content, whatever the name', () => {
  const sniff = (body: string | Buffer) => teamsReader.sniff(Buffer.from(body), 'x.txt');
  expect(sniff(fixture('messages-00000.json'))).toBe(1);
  expect(sniff(fixture('messages.json'))).toBe(1);
  expect(sniff('{"userId":"8:x","exportDate":"2024","conversations":[')).toBe(0.8);
  expect(sniff('{"messages":[{"sender_name":"a","timestamp_ms":1}]}')).toBe(0);
});

describe.runIf(fixturesFolder)('public Teams exports', () => {
  it('a bare list from a tool: 3 items, 2 messages, 1 event', async () => {
    const bytes = readFixture('teams/m365-chat-messages.json');
    const all = await readAll(teamsReader, bytes);
    expectEveryByte(all, bytes);
    expect(all.records.map(({ kind }) => kind)).toEqual(['text', 'media', 'system']);
    expect([all.records.at(-1)?.instant, all.records[0]?.instant]).toEqual(['2021-03-17T06:47:05.123Z', '2021-03-28T20:48:29.832Z']);
    expect(all.conversations.map(({ title }) => title)).toEqual(['Graph Members']);
  });

  it('a page of a channel: 2 items, 1 message with a mention, 1 event', async () => {
    const { records } = await readAll(teamsReader, readFixture('teams/graph-docs-channel-messages.json'));
    expect(records.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'Hello World @Jane Smith'],
      ['system', '1fb8890f-423e-4154-8fbf-db6809bc8756 heeft de omschrijving van het team veranderd: Team for Microsoft Teams members'],
    ]);
  });
});
