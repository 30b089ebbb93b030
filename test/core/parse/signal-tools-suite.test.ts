// The shared reader suite over what tools around Signal Desktop write: sigtop (JSON, text) and signal-export (data.json, chat.md).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalExportReader } from '#core/parse/signal/signal-export-reader.ts';
import { signalMarkdownReader } from '#core/parse/signal/signal-markdown-reader.ts';
import { sigtopJsonReader } from '#core/parse/signal/sigtop-json-reader.ts';
import { sigtopTextReader } from '#core/parse/signal/sigtop-text-reader.ts';
import { exportLine, markdownMessage, sigtopBlock, sigtopRow } from '#test/fixtures/signal-tool-rows.ts';
import { describeReader } from './reader-suite.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/signal', name));
const saidIn = (n: number) => `Bericht ${n} 😀\n\nover zaak ${n % 40} [{`;

function* repeat(bytes: number, head: string, one: (n: number) => string): Generator<string> {
  yield head;
  let length = head.length;
  for (let n = 1; length < bytes; n++) {
    const text = one(n);
    length += text.length;
    yield text;
  }
}

const rows = (bytes: number) => repeat(bytes, '[\n', (n) => `${sigtopRow(n, saidIn(n))},\n`);
const lines = (bytes: number) => repeat(bytes, '', (n) => `${exportLine(n, saidIn(n))}\n`);
const chat = (bytes: number) => repeat(bytes, '', (n) => markdownMessage(n, saidIn(n)));
const blocks = (bytes: number) => repeat(bytes, 'Conversation: Sanne\n\n', (n) => sigtopBlock(n, saidIn(n)));

const sigtop = fixture('Sanne Bakker (+31620000003).json');
describeReader({
  reader: sigtopJsonReader,
  structured: true,
  examples: [
    { name: 'a conversation', bytes: sigtop, shortened: true },
    { name: 'cut off in a row', bytes: sigtop.subarray(0, sigtop.indexOf('pas donderdag')) },
    {
      name: 'rows that are none',
      bytes: Buffer.from('[1, {"type": 5, "body": {}, "attachments": {}, "quote": []}, {kapot}, {"editHistory": [1, {}], "type": "incoming"}]'),
    },
  ],
  fragments: [
    '[',
    ']',
    sigtopRow(1, 'hallo'),
    sigtopRow(3, 'hallo'),
    '{"id": "a", "type": "timer-notification"}',
    '{',
    '}',
    '"',
    '\\',
    '{"type": {}, "reactions": [[]], "poll": {"votes": 1}}',
    '',
  ],
  joints: ['\n', ',\n', ',', ' '],
  makeText: rows,
});

const data = fixture('data.json');
describeReader({
  reader: signalExportReader,
  structured: true,
  examples: [
    { name: 'a conversation', bytes: data, shortened: true },
    { name: 'cut off in a message, with CRLF', bytes: Buffer.from(data.toString().replaceAll('\n', '\r\n').slice(0, 500)) },
    { name: 'lines that are none', bytes: Buffer.from('\n1\n[]\n{kapot}\n{"date":5,"sender":{},"body":[],"reactions":[1,[]],"attachments":[1,{}]}') },
  ],
  fragments: [exportLine(1, 'hallo'), exportLine(3, 'hallo'), '{"date":"2024-01-01T10:00:00","sender":"A","sticker":"😂"}', '{"date":', 'null', '{', ''],
  makeText: lines,
});

const md = fixture('chat.md');
describeReader({
  reader: signalMarkdownReader,
  structured: true,
  examples: [
    { name: 'a conversation', bytes: md },
    { name: 'with CRLF and a byte order mark', bytes: Buffer.from(`\ufeff${md.toString().replaceAll('\n', '\r\n')}`) },
    { name: 'text before the first message', bytes: Buffer.from(`Gekopieerd\n\n${markdownMessage(1, 'hallo')}`) },
  ],
  fragments: [
    '[2024-04-01 09:00:00] Me: dag  ',
    '[2024-04-01, 09:00] Sanne: dag',
    '(- A: 👍 -)',
    '(( 😂 ))',
    '![a](./media/b)  ',
    '> x',
    '[2024-13-41 99:00:00] A:',
    '[2024-04-01 09:00:00] zonder',
    '',
  ],
  makeText: chat,
});

const text = fixture('Wijkteam (group).txt');
describeReader({
  reader: sigtopTextReader,
  structured: true,
  examples: [
    { name: 'a conversation', bytes: text },
    { name: 'with CRLF and a byte order mark', bytes: Buffer.from(`\ufeff${text.toString().replaceAll('\n', '\r\n')}`) },
    { name: 'the shorter form', bytes: fixture('short.txt') },
    { name: 'a block without anything', bytes: Buffer.from('Conversation: A\n\nType: x') },
  ],
  fragments: [
    'Conversation: A',
    'From: A',
    'Type: incoming',
    'Type: keychange',
    'Sent: Thu, 21 Sep 2023 00:24:17 +0200',
    'Edited: 2 versions',
    '| Version: 2',
    '|',
    '> From: B',
    '>',
    'Attachment: a (b',
    '',
  ],
  makeText: blocks,
});
