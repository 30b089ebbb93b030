// The shared reader suite over Messenger and Instagram: own fixtures, and files broken in the ways in which they break.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messengerReader } from '#core/parse/messenger/messenger-reader.ts';
import { messengerItem, messengerText } from '#test/fixtures/messenger-items.ts';
import { describeReader } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/messenger');
const whole = readFileSync(join(folder, 'message_1.json'));

describeReader({
  reader: messengerReader,
  structured: true,
  examples: [
    ...readdirSync(folder)
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)) })),
    { name: 'on one line', bytes: Buffer.from(JSON.stringify(JSON.parse(whole.toString()))) },
    { name: 'cut off in a message', bytes: whole.subarray(0, whole.indexOf('missed a call')) },
    { name: 'byte order mark', bytes: Buffer.from(`\ufeff${whole}`) },
    {
      name: 'items that are none',
      bytes: Buffer.from('{"participants": [null, {"name": 5}, {}], "messages": [1, {"sender_name": 5, "photos": [{}]}, {kapot}, {}]}'),
    },
  ],
  fragments: [
    '{"participants": [{"name": "A"}], "messages": [',
    ']}',
    messengerItem(3, 'hallo één'),
    '{"sender_name": "open',
    '"messages": [',
    '"participants": [',
    '{"messages":[{}]}',
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    '{"senderName": "A", "timestamp": 1714000000, "media": [{"uri": "./media/x.jpg"}, 5], "reactions": [{}, 1]}',
    '{"sender_name": {}, "timestamp_ms": "x", "photos": {}, "share": [], "users": 3, "sticker": null, "call_duration": "5"}',
    'null',
    '',
  ],
  joints: ['\n', ',\n', ',', ' '],
  makeText: messengerText,
});
