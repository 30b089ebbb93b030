// What the Telegram reader makes of an export: times with and without a zone, texts of all kinds, notices, replies, names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { telegramReader } from '#core/parse/telegram/telegram-reader.ts';
import { readAll } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/telegram');
const fixture = (name: string, siblings: readonly string[] = []) => readAll(telegramReader, readFileSync(join(folder, name)), { siblings });
const chatOf = (...messages: unknown[]) => readAll(telegramReader, Buffer.from(JSON.stringify({ name: 'A', type: 'personal_chat', messages })));
const message = (more: Readonly<Record<string, unknown>>) => ({
  id: 1,
  type: 'message',
  date_unixtime: '1714000000',
  from: 'Bo',
  from_id: 'user2',
  text: '',
  ...more,
});
const codes = (all: Awaited<ReturnType<typeof fixture>>) => all.doubts.map(({ code }) => code);

describe('one chat', async () => {
  const all = await fixture('single-chat.json', ['besluit.pdf']);
  const [created, first, reply, gone, file, poll, timer, call, unsupported] = all.records;

  it('is one conversation with its name and kind', () => {
    expect(all.conversations).toEqual([
      {
        platform: 'telegram',
        kind: 'group',
        title: 'Wijkteam Noord',
        participants: [
          { label: 'Sanne Bakker', records: 1 },
          { label: 'Omar', records: 3 },
          { label: 'Verwijderd account (user1003)', records: 1 },
          { label: 'Omar (user2002)', records: 1 },
          { label: 'Verwijderd account', records: 1 },
        ],
        dateOrder: null,
        layouts: [],
      },
    ]);
  });

  it('has exact moments, also where the clock jumps', () => {
    expect(first).toMatchObject({ local: '2024-03-31T01:59:59', instant: '2024-03-31T00:59:59.000Z', certainty: 'given' });
    expect(reply).toMatchObject({ local: '2024-03-31T03:00:00', instant: '2024-03-31T01:00:00.000Z', certainty: 'given' });
  });

  it('joins the stretches of a text, with the address that a word hides', () => {
    expect(first?.text).toBe('Zie het plan (https://voorbeeld.example/plan) 👍🏽 "nu"\nregel twee');
  });

  it('keeps reply, forward, edit and reactions', () => {
    expect(reply).toMatchObject({
      replyTo: { nativeId: '1', ordinal: 1 },
      forwarded: { from: 'Gemeente' },
      edited: true,
      reactions: [
        { emoji: '👍', sender: 'Sanne Bakker' },
        { emoji: '👍', sender: null, count: 2 },
      ],
    });
    expect(codes(all)).toContain('edit.uncertain');
  });

  it('tells files that came along from those that the export left out', () => {
    expect(gone?.attachments).toEqual([{ name: '', presence: 'omitted', kind: 'image' }]);
    expect(file?.attachments).toEqual([
      { name: 'besluit.pdf', presence: 'present', kind: 'document', path: 'files/besluit.pdf', mediaType: 'application/pdf' },
    ]);
    expect(all.doubts.find(({ code }) => code === 'attachment.omitted')).toMatchObject({ count: 1 });
  });

  it('keeps two persons of one name apart', () => {
    expect([reply?.sender, file?.sender]).toEqual(['Omar', 'Omar (user2002)']);
    expect(gone?.sender).toBe('Verwijderd account (user1003)');
  });

  it('makes a poll, a notice and a call readable', () => {
    expect(poll).toMatchObject({ kind: 'poll', text: 'Donderdag?\n- Ja\n- Nee' });
    expect(created).toMatchObject({
      kind: 'system',
      sender: null,
      nativeId: '-999999001',
      system: { event: 'group-created', actor: 'Sanne Bakker', target: 'Sanne Bakker, verwijderd account, Omar', to: 'Wijkteam Noord' },
      text: 'Sanne Bakker heeft de groep gemaakt: Wijkteam Noord (Sanne Bakker, verwijderd account, Omar)',
    });
    expect(timer).toMatchObject({ system: { event: 'timer-on' }, text: 'Omar laat berichten verdwijnen na 7 dagen' });
    expect(codes(all)).toContain('timer.on');
    expect(call).toMatchObject({ kind: 'call', sender: 'Omar', call: { outcome: 'answered', seconds: 75 } });
  });

  it('keeps what Telegram itself could not export, with a doubt', () => {
    expect(unsupported).toMatchObject({ kind: 'unknown', certainty: 'impossible' });
    expect(codes(all)).toEqual(expect.arrayContaining(['line.not-understood', 'date.impossible']));
  });
});

describe('an account', async () => {
  const all = await fixture('account.json');

  it('is a conversation for each chat, left ones and empty ones too', () => {
    expect(all.conversations.map(({ title, kind, participants }) => [title, kind, participants.length])).toEqual([
      ['Omar', 'direct', 2],
      [null, 'direct', 1],
      ['Lege groep', 'group', 0],
      ['Oude groep', 'group', 1],
    ]);
    expect(codes(all)).not.toContain('file.cut-off');
  });

  it('without exact moments assumes Dutch time, and tells of the hour that came twice', () => {
    const [twice, after] = all.records;
    expect(twice).toMatchObject({ local: '2016-10-30T02:30:00', certainty: 'ambiguous' });
    expect(after).toMatchObject({ local: '2016-10-30T03:30:00', certainty: 'assumed' });
    expect(twice?.instant).toBeUndefined();
    expect(twice?.edited).toBeUndefined();
  });

  it('names a notice that it does not know as the export does', () => {
    expect(all.records.at(-1)).toMatchObject({ kind: 'system', system: { event: 'unknown', actor: 'Omar' }, text: 'Omar · boost_apply' });
    expect(codes(all)).toContain('system-line.unknown');
  });
});

it('takes the exact moment over the wall time of the computer that exported', async () => {
  const { records } = await chatOf(message({ date: '2024-04-24T18:06:40' }));
  expect(records[0]).toMatchObject({ local: '2024-04-25T01:06:40', certainty: 'given' });
});

it('calls an hour that does not exist impossible', async () => {
  const all = await chatOf({ type: 'message', date: '2024-03-31T02:30:00', from: 'Bo', text: 'x' });
  expect(all.records[0]).toMatchObject({ local: '2024-03-31T02:30:00', certainty: 'impossible' });
  expect(codes(all)).toContain('time.does-not-exist');
});

it('keeps only the number of a reply to another chat, or to a message that is not there', async () => {
  const { records } = await chatOf(
    message({}),
    message({ id: 2, reply_to_message_id: 1, reply_to_peer_id: 'channel9' }),
    message({ id: 3, reply_to_message_id: 99 }),
  );
  expect(records.map(({ replyTo }) => replyTo)).toEqual([undefined, { nativeId: '1' }, { nativeId: '99' }]);
});

it('finds replies to messages from before a group was converted', async () => {
  const { records } = await chatOf(message({ id: -999 }), message({ id: -998 }), message({ id: 5, reply_to_message_id: -998 }));
  expect(records[2]?.replyTo).toEqual({ nativeId: '-998', ordinal: 1 });
});

it.each([
  ['(File exceeds maximum size. Change data exporting settings to download.)', 'omitted', ''],
  ['(File unavailable, please try again later)', 'omitted', ''],
  ['voice_messages/audio_1@01-01-2024_10-00-00.ogg', 'missing', 'audio_1@01-01-2024_10-00-00.ogg'],
])('a file that is not there: %s', async (path, presence, name) => {
  const { records } = await chatOf(message({ file: path, media_type: 'voice_message' }));
  expect(records[0]?.attachments).toMatchObject([{ presence, name, kind: 'audio' }]);
});

it('makes places, contacts and lists of tasks findable', async () => {
  const { records } = await chatOf(
    message({ location_information: { latitude: 52.09, longitude: 5.12 }, place_name: 'Stadhuis', address: 'Plein 1' }),
    message({ contact_information: { first_name: 'Omar', last_name: '', phone_number: '+31 6 20000003' } }),
    message({ todo_list: { title: 'Voor donderdag', answers: [{ text: 'zaal boeken', id: 1 }] } }),
  );
  expect(records.map(({ kind, text }) => [kind, text])).toEqual([
    ['location', 'Stadhuis\nPlein 1\n52.09, 5.12'],
    ['contact', 'Omar +31 6 20000003'],
    ['text', 'Voor donderdag\n- zaal boeken'],
  ]);
});

it('knows an export by its content, whatever its name', () => {
  const sniff = (text: string) => telegramReader.sniff(Buffer.from(text), 'x.txt');
  expect(sniff(readFileSync(join(folder, 'single-chat.json'), 'utf8'))).toBe(1);
  expect(sniff(readFileSync(join(folder, 'account.json'), 'utf8').slice(0, 300))).toBe(0.9);
  expect(sniff('{"messages":[{"id":1,"sender":"a"}]}')).toBe(0);
  expect(sniff('[{"type":"personal_chat"}]')).toBe(0);
});
