// The shared reader suite over what imessage-exporter writes: own fixtures, and files broken in the ways in which they break.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imessageReader } from '#core/parse/imessage/imessage-reader.ts';
import { htmlEntry, imessageHtml, imessageText, textEntry } from '#test/fixtures/imessage-entries.ts';
import { describeReader } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/imessage');
const group = readFileSync(join(folder, 'groep.txt'));

describeReader({
  reader: imessageReader,
  examples: [
    ...readdirSync(folder)
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)) })),
    { name: 'more than one window of html', bytes: Buffer.from([...imessageHtml(300_000)].join('')) },
    { name: 'byte order mark, CRLF', bytes: Buffer.from(`\ufeff${group.toString().replaceAll('\n', '\r\n')}`) },
    { name: 'cut off in a message', bytes: group.subarray(0, group.indexOf('Zie de foto') + 3) },
    { name: 'text before the first message', bytes: Buffer.from(`${'woord '.repeat(30_000)}\n\n${textEntry(1, 'hallo')}`) },
  ],
  fragments: [
    'May 17, 2024  5:29:42 PM',
    'May 17, 2024  5:29:42 PM (Read by them)',
    '    May 17, 2024  5:29:42 PM',
    'May 17, 2024 13:99:42 PM',
    'Me',
    '',
    'Tapbacks:',
    'Loved by Me',
    'This message responded to an earlier message.',
    'Edited 5 seconds later: x',
    'attachments/1/a.jpg',
    htmlEntry(3, 'hallo'),
    '<html>',
    '<div class="message">',
    '<div class="reply" id="A"><div class="message">',
    '<div class ="announcement"><p><span class="timestamp">May 17, 2024  5:29:42 PM</span> x</p></div>',
    '<span class="reply_context">',
    '<span class="timestamp">May 17, 2024  5:29:42 PM',
    '</div>',
    '<img src="',
  ],
  makeText: imessageText,
});
