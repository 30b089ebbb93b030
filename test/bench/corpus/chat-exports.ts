// One export of each format, of any size: what people say is seeded, the layout is that of the reader tests. Own fiction.
import type { ReaderFormat } from '#core/parse/reader.ts';
import { htmlEntry, textEntry } from '#test/fixtures/imessage-entries.ts';
import { messengerItem } from '#test/fixtures/messenger-items.ts';
import { rsmfEvent } from '#test/fixtures/rsmf-parts.ts';
import { signalItem } from '#test/fixtures/signal-frames.ts';
import { exportLine, markdownMessage, sigtopBlock, sigtopRow } from '#test/fixtures/signal-tool-rows.ts';
import { mmsElement, smsElement } from '#test/fixtures/sms-elements.ts';
import { csvRow, jsonRow } from '#test/fixtures/table-rows.ts';
import { teamsItem } from '#test/fixtures/teams-items.ts';
import { telegramItem } from '#test/fixtures/telegram-items.ts';
import { threemaHeader, threemaRow } from '#test/fixtures/threema-rows.ts';
import { makeSpeech } from './chat-text.ts';

interface Layout {
  readonly fileName: string;
  readonly head: string;
  readonly item: (n: number, text: string) => string;
  readonly between?: string;
  readonly tail?: string;
}

const signalHead = `{"version":"1","backupTimeMs":"1778000000000"}
{"account":{"givenName":"Noor"}}
{"recipient":{"id":"1","self":{}}}
{"recipient":{"id":"3","contact":{"e164":"31620000003","profileGivenName":"Sanne"}}}
${Array.from({ length: 7 }, (_, i) => `{"chat":{"id":"${10 + i}","recipientId":"3"}}\n`).join('')}`;

/** The app writes a character beyond the basic plane as two references. */
function asSmsWrites(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\ud800-\udfff]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Few parties write most of it, as on any phone. */
function partyOf(n: number, parties: number): string {
  const hash = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  return `+316${20_000_000 + Math.floor(parties * (hash / 2 ** 32) ** 2)}`;
}

export function smsMessage(n: number, text: string, parties = 200): string {
  return smsElement({ address: partyOf(n, parties), date: 1_500_000_000_000 + n * 61_000, type: 1 + (n % 2), body: asSmsWrites(text), name: 'Sanne Bakker' });
}

export function smsPicture(n: number, text: string, data: string, parties = 200): string {
  return mmsElement({ address: partyOf(n, parties), date: 1_500_000_000_000 + n * 61_000, data, text: asSmsWrites(text) });
}

export const smsHead = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses>\n";
export const smsTail = '</smses>\n';

export const chatLayouts = {
  'sms-backup': { fileName: 'sms-20240501120000.xml', head: smsHead, item: smsMessage, between: '\n', tail: smsTail },
  telegram: {
    fileName: 'result.json',
    head: '{\n "name": "Wijkteam Noord",\n "type": "private_supergroup",\n "id": 1500000001,\n "messages": [\n',
    item: telegramItem,
    between: ',\n',
    tail: '\n ]\n}\n',
  },
  'imessage text': { fileName: '+31620000001.txt', head: '', item: textEntry },
  'imessage html': { fileName: 'groep.html', head: '<html>\n<head>\n<meta charset="UTF-8">\n</head>\n<body>\n', item: htmlEntry, tail: '</body></html>\n' },
  messenger: {
    fileName: 'message_1.json',
    head: '{\n  "participants": [\n    {\n      "name": "Omar"\n    }\n  ],\n  "messages": [\n',
    item: messengerItem,
    between: ',\n',
    tail: '\n  ],\n  "title": "Wijkteam",\n  "thread_type": "RegularGroup"\n}\n',
  },
  rsmf: {
    fileName: 'rsmf_manifest.json',
    head: `{"version": "2.0.0",
"participants": [{"id": "P0", "display": "Anna"}, {"id": "P1", "display": "Omar"}],
"conversations": [{"id": "C0", "display": "Kelder", "platform": "signal", "participants": ["P0", "P1"]}],
"events": [
`,
    item: rsmfEvent,
    between: ',\n',
    tail: '\n]}\n',
  },
  teams: {
    fileName: 'messages-00000.json',
    head: '{\n "@odata.count": 50,\n "value": [\n',
    item: (n, text) => teamsItem(n, text),
    between: ',\n',
    tail: '\n ]\n}\n',
  },
  signal: { fileName: 'main.jsonl', head: signalHead, item: signalItem, between: '\n', tail: '\n' },
  'signal-export': { fileName: 'data.json', head: '', item: exportLine, between: '\n', tail: '\n' },
  'signal-markdown': { fileName: 'chat.md', head: '', item: markdownMessage },
  'sigtop-json': { fileName: 'Wijkteam.json', head: '[\n', item: sigtopRow, between: ',\n', tail: '\n]\n' },
  'sigtop-text': { fileName: 'Wijkteam.txt', head: 'Conversation: Sanne\n\n', item: sigtopBlock },
  threema: { fileName: 'message_ABCD1234.csv', head: threemaHeader, item: threemaRow },
  'generic-csv': { fileName: 'berichten.csv', head: 'Tijdstip;Afzender;Bericht\r\n', item: csvRow, between: '\r\n', tail: '\r\n' },
  'generic-json': { fileName: 'chat.json', head: '[\n', item: jsonRow, between: ',\n', tail: '\n]\n' },
} satisfies Readonly<Record<Exclude<ReaderFormat, 'whatsapp' | 'imessage'> | 'imessage text' | 'imessage html', Layout>>;

export type ChatLayout = keyof typeof chatLayouts;

/** Pieces of some 64 kB that together are one export of about `bytes` bytes. Every ninth message has several lines. */
export function* makeChatExport(name: ChatLayout, { seed, bytes }: { readonly seed: number; readonly bytes: number }): Generator<string> {
  const { head, item, between = '', tail = '' }: Layout = chatLayouts[name];
  const { line } = makeSpeech(seed);
  let piece = head;
  let made = 0;
  for (let n = 1; made + piece.length < bytes; n++) {
    piece += `${n === 1 ? '' : between}${item(n, n % 9 === 0 ? `${line()}\n\n${line()}` : line())}`;
    if (piece.length < 65_536) continue;
    made += piece.length;
    yield piece;
    piece = '';
  }
  yield piece + tail;
}
