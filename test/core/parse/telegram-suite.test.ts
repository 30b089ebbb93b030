// The shared reader suite over Telegram's result.json: own fixtures, and files broken in the ways in which they break.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { telegramReader } from '#core/parse/telegram/telegram-reader.ts';
import { telegramItem, telegramText } from '#test/fixtures/telegram-items.ts';
import { describeReader } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/telegram');
const whole = readFileSync(join(folder, 'single-chat.json'));

describeReader({
  reader: telegramReader,
  structured: true,
  examples: [
    ...readdirSync(folder)
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)) })),
    { name: 'on one line', bytes: Buffer.from(JSON.stringify(JSON.parse(whole.toString()))) },
    { name: 'cut off in a message', bytes: whole.subarray(0, whole.indexOf('Akkoord')) },
    { name: 'cut off between messages, byte order mark', bytes: Buffer.from(`\ufeff${whole.toString().slice(0, whole.toString().indexOf('"id": 2,') - 4)}`) },
    { name: 'a long stretch around', bytes: Buffer.from(`{"about": "${'woord '.repeat(30_000)}", "messages": [${telegramItem(1, 'hallo')}]}`) },
    {
      name: 'items that are none',
      bytes: Buffer.from('{"messages": [1, "x", null, {"type": "message", "text": 5}, {kapot}, [], {"a": [{"messages": [{}]}]}]}'),
    },
  ],
  fragments: [
    '{"name": "A", "type": "personal_chat", "messages": [',
    ']}',
    telegramItem(3, 'hallo'),
    '{"id": 1, "type": "message", "text": "open',
    '"messages": [',
    '{"messages":[{}]}',
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    '{"type": "service", "action": "invite_members", "members": [null], "date_unixtime": "1714000000"}',
    '{"type": 5, "text": [null, {"text": {}}], "reactions": [1, {"recent": {}}], "poll": [], "photo": 7, "date": [], "edited": {}}',
    'null',
    '',
  ],
  joints: ['\n', ',\n', ',', ' '],
  makeText: telegramText,
});
