// A word that stands in one message only: when that message is struck no byte of the file holds it any more, in whatever form the format
// writes it, nor the names of chats and people that nothing kept speaks of.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { readers } from '#core/parse/readers.ts';
import { cutFile, type FileSelection } from '#core/sift/cut-file.ts';
import { paint, toSpans } from '#core/sift/strikes.ts';
import { htmlEntry, textEntry } from '#test/fixtures/imessage-entries.ts';
import { asMetaWrites } from '#test/fixtures/messenger-items.ts';
import { rsmfEvent } from '#test/fixtures/rsmf-parts.ts';
import { csvRow } from '#test/fixtures/table-rows.ts';
import { teamsItem } from '#test/fixtures/teams-items.ts';
import { androidChat } from '#test/fixtures/whatsapp-lines.ts';
import { applied, mapOf, optionsFor, readerFor } from './cut-suite.ts';

const count = 14;
const word = (n: number) => `geheim${n}één`;
const each = <T>(one: (n: number) => T) => Array.from({ length: count }, (_, n) => one(n));
const ms = (n: number) => 1_709_283_600_000 + n * 61_000;
const json = JSON.stringify;

const html = ['<html>\n<head>\n<meta charset="UTF-8">\n</head>\n<body>\n', ...each((n) => htmlEntry(n, word(n))), '</body></html>\n'].join('');
const signalLines = [
  '{"version":"1","backupTimeMs":"1778000000000"}',
  '{"account":{"givenName":"Noor"}}',
  '{"recipient":{"id":"1","self":{}}}',
  ...each((n) => json({ recipient: { id: String(n + 2), contact: { aci: `aci${n}`, e164: '31620000003', profileGivenName: `Naam${word(n)}` } } })),
  json({ recipient: { id: '99', contact: { profileGivenName: 'Niemand noemt mij' } } }),
  ...each((n) => json({ chat: { id: String(100 + n), recipientId: String(n + 2) } })),
  json({ chatFolder: { name: 'Map van thuis' } }),
  ...each((n) => {
    const reactions = [{ emoji: '👍', authorId: '1' }];
    const revisions = [{ chatId: String(100 + n), authorId: '1', dateSent: String(ms(n)), standardMessage: { text: { body: `eerst ${word(n)}` } } }];
    return json({
      chatItem: {
        ...{ chatId: String(100 + n), authorId: '1', dateSent: String(ms(n)), outgoing: { sendStatus: [{ recipientId: String(n + 2) }] }, revisions },
        standardMessage: { text: { body: word(n) }, reactions },
      },
    });
  }),
];
const threema = [
  'uid,posted_at,type,isoutbox,isstatusmessage,body,caption,identity',
  ...each((n) => `g${n},${ms(n)},TEXT,0,0,"zei, ${word(n)}",,ABCD1234`),
  '',
].join('\n');
const exported = each((n) =>
  json({ date: `2024-03-0${1 + (n % 9)} 10:00:00`, sender: 'Me', body: word(n), quote: '', reactions: [['Jim', '👍']], sticker: '', attachments: [] }),
);
const sigtopRow = (n: number) => ({
  id: `i${n}`,
  conversationId: 'c',
  type: 'incoming',
  sent_at: ms(n),
  body: word(n),
  editHistory: [{ body: `eerst ${word(n)}` }],
});
const sigtopBlock = (n: number) =>
  `From: Sanne (+31620000003)\nType: incoming\nSent: Thu, 21 Sep 2023 00:${10 + n}:17 +0200\nReaction: 👍 from You\n\n${word(n)}\n\n`;
const escaped = (text: string) => text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const messenger = (inAscii: boolean) => {
  const text = json(
    {
      participants: [{ name: 'Omar' }],
      lastMessage: { content: asMetaWrites(word(3)) },
      messages: each((n) => ({ sender_name: 'Omar', timestamp_ms: ms(-n), content: asMetaWrites(word(n)), reactions: [{ reaction: '❤', actor: 'Bo' }] })),
      title: 'Gesprek',
    },
    null,
    1,
  );
  return inAscii ? escaped(text) : text;
};
const rsmf = json({
  version: '2.0.0',
  participants: each((n) => ({ id: `P${n}`, display: n < 3 ? `Persoon ${n}` : `Niemand ${n}`, email: `p${n}@voorbeeld.example` })),
  conversations: each((n) => ({ id: `C${n}`, display: `Gesprek ${n}`, platform: 'signal', participants: ['P0'], preview: n < 4 ? word(n) : '' })),
  events: each((n) => ({ ...JSON.parse(rsmfEvent(n, word(n))), edits: [{ participant: 'P0', previous: `eerst ${word(n)}`, new: word(n) }] })),
});
const graph = (preview: string) => `{"lastMessagePreview":{"body":{"content":"${preview}"}},"value":[${each((n) => teamsItem(n, word(n))).join(',')}]}`;
const ownItem = (n: number) => ({
  id: String(ms(n)),
  originalarrivaltime: new Date(ms(n)).toISOString(),
  messagetype: 'RichText',
  from: '8:live:omar',
  displayName: 'Omar',
  content: word(n),
});
const personal = json({
  userId: '8:live:noor',
  exportDate: '2024-03-05T10:00',
  conversations: each((n) => ({ id: `19:${n}@thread.v2`, displayName: `Kanaal ${word(n)}`, MessageList: n % 5 === 4 ? [] : [ownItem(n)] })),
});
const telegram = json(
  {
    name: 'Bo',
    type: 'personal_chat',
    id: 1,
    messages: each((n) => ({
      id: n,
      type: 'message',
      date: '2024-03-01T10:00:00',
      date_unixtime: String(1709283600 + n),
      from: 'Bo',
      from_id: 'user1',
      text: word(n),
    })),
  },
  null,
  1,
);
const sms = `<?xml version='1.0' encoding='UTF-8'?>\n<smses count="${count}">\n${each((n) => `  <sms protocol="0" address="+31620000001" date="${ms(n)}" type="1" body="${word(n)}" contact_name="Bo" />\n`).join('')}</smses>\n`;
const list = json({
  chats: each((n) => ({ title: `Titel ${word(n)}`, rows: n % 5 === 4 ? [] : [{ when: new Date(ms(n)).toISOString(), sender: 'Bo', text: word(n) }] })),
});

const files: readonly (readonly [title: string, fileName: string, text: string | Uint8Array])[] = [
  ['WhatsApp', '_chat.txt', androidChat(count, word)],
  ['WhatsApp in UTF-16', '_chat.txt', Buffer.from(`\ufeff${androidChat(count, word)}`, 'utf16le')],
  ['SMS', 'sms.xml', sms],
  ['Telegram', 'result.json', telegram],
  ['Signal', 'main.jsonl', `${signalLines.join('\n')}\n`],
  ['signal-export', 'data.json', exported.join('\n')],
  ['signal-export Markdown', 'chat.md', each((n) => `[2019-05-29 15:${10 + n}:11] Me: ${word(n)}  \n(- Jim: 👍 -)\n\n`).join('')],
  ['sigtop JSON', 'a.json', json(each(sigtopRow), null, 1)],
  ['sigtop text', 'a.txt', `Conversation: Sanne\n\n${each(sigtopBlock).join('')}`],
  ['Threema', 'message_ABCD1234.csv', threema],
  ['iMessage txt', 'a.txt', each((n) => textEntry(n, word(n))).join('')],
  ['iMessage html', 'a.html', html],
  ['Messenger', 'message_1.json', messenger(false)],
  ['Messenger, escaped', 'message_1.json', messenger(true)],
  ['RSMF', 'rsmf_manifest.json', rsmf],
  ['Teams of Graph', 'messages.json', graph(word(2))],
  ['Teams, personal', 'messages.json', personal],
  ['a table', 'tabel.csv', ['Tijdstip;Afzender;Bericht', ...each((n) => csvRow(n, word(n))), ''].join('\r\n')],
  ['a table in UTF-16', 'tabel.csv', Buffer.from(`\ufeff${['Tijdstip;Afzender;Bericht', ...each((n) => csvRow(n, word(n))), ''].join('\r\n')}`, 'utf16le')],
  ['lists of objects', 'lijst.json', list],
];

/** As it may stand in a file: plain, in two bytes, each byte as a character, escaped, and that in base64. */
function forms(said: string): readonly Buffer[] {
  const plain = [said, asMetaWrites(said), escaped(said), escaped(asMetaWrites(said))];
  return [...plain.map((text) => Buffer.from(text)), Buffer.from(said, 'utf16le'), Buffer.from(Buffer.from(said).toString('base64').slice(0, 12))];
}

const holds = (bytes: Buffer, said: string) => forms(said).some((form) => bytes.includes(form));

describe.each(files)('%s', (_title, fileName, text) => {
  const bytes = Buffer.from(text);

  property.prop([fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { minLength: 1, maxLength: count - 3 })], { numRuns: 30 })(
    'holds the words of what stayed and not a byte of what was struck',
    async (struck) => {
      const reader = readerFor(bytes, fileName);
      const { map, records } = await mapOf(reader, bytes, optionsFor(reader, bytes), fileName);
      const said = (n: number, raw: string) => forms(word(n)).some((form) => raw.includes(form.toString()));
      const gone = (raw: string) => struck.some((n) => said(n, raw));
      const selection: FileSelection = records.map((own) => paint([], toSpans([...own.keys()].filter((ordinal) => gone(own[ordinal]?.raw ?? ''))), 'private'));
      const cut = cutFile(map, bytes.length, selection);
      if (cut === null) throw new Error('cannot be cut');
      const left = applied(bytes, cut.pieces);
      const present = each((n) => records.some((own) => own.some(({ raw }) => said(n, raw))));
      for (const [n, was] of present.entries()) {
        if (!was) continue;
        expect([n, holds(left, word(n))]).toEqual([n, !struck.includes(n)]);
      }
    },
  );
});

it('every reader has a file of planted words', () => {
  const formats = new Set(files.map(([, fileName, text]) => readerFor(Buffer.from(text), fileName).format));
  expect(readers.map(({ format }) => format).filter((format) => !formats.has(format))).toEqual([]);
});

describe('who and what is named beside the messages', () => {
  it('goes from an account of Signal when nothing that is kept speaks of it', async () => {
    const bytes = Buffer.from(`${signalLines.join('\n')}\n`);
    const reader = readerFor(bytes, 'main.jsonl');
    const { map, records } = await mapOf(reader, bytes);
    const cut = cutFile(
      map,
      bytes.length,
      records.map((_, place) => (place < 2 ? [] : 'left-out')),
    );
    const left = applied(bytes, cut?.pieces ?? []).toString();
    expect([0, 1].every((n) => left.includes(`Naam${word(n)}`))).toBe(true);
    expect(left).not.toMatch(/Naamgeheim[2-9]|Niemand noemt mij|Map van thuis/);
    expect(left.split('\n').filter((line) => line.includes('"chat"'))).toHaveLength(2);
    expect(left).toContain('"givenName":"Noor"');
  });

  it('goes from RSMF, and the commas with it', async () => {
    const bytes = Buffer.from(rsmf);
    const reader = readerFor(bytes, 'rsmf_manifest.json');
    const { map, records } = await mapOf(reader, bytes);
    const cut = cutFile(
      map,
      bytes.length,
      map.conversations.map(({ key }) => (key === 'C1' ? [] : 'left-out')),
    );
    expect(records.length).toBeGreaterThan(2);
    const left = JSON.parse(applied(bytes, cut?.pieces ?? []).toString());
    expect(left.conversations.map(({ id }: { id: string }) => id)).toEqual(['C1']);
    expect(left.participants.map(({ id }: { id: string }) => id)).toEqual(['P0', 'P1', 'P2']);
  });

  it('takes the names of conversations along that stay out, in a personal export and in lists of objects', async () => {
    for (const [fileName, text] of [
      ['messages.json', personal],
      ['lijst.json', list],
    ] as const) {
      const bytes = Buffer.from(text);
      const reader = readerFor(bytes, fileName);
      const { map } = await mapOf(reader, bytes, optionsFor(reader, bytes));
      for (const only of map.conversations.keys()) {
        const cut = cutFile(
          map,
          bytes.length,
          map.conversations.map((_, place) => (place === only ? [] : 'left-out')),
        );
        const left = applied(bytes, cut?.pieces ?? []);
        expect(() => JSON.parse(left.toString())).not.toThrow();
        expect([...map.conversations.keys()].filter((place) => holds(left, word(place + Math.floor(place / 4))))).toEqual([only]);
      }
    }
  });
});
