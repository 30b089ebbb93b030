// The shared reader suite over Teams: pages of Graph and the personal export, whole and broken.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { teamsReader } from '#core/parse/teams/teams-reader.ts';
import { teamsItem, teamsText } from '#test/fixtures/teams-items.ts';
import { describeReader } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/teams');
const page = readFileSync(join(folder, 'messages-00000.json'));

describeReader({
  reader: teamsReader,
  structured: true,
  examples: [
    ...readdirSync(folder)
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)) })),
    { name: 'a bare list', bytes: Buffer.from(JSON.stringify((JSON.parse(page.toString()) as { value: unknown }).value)) },
    { name: 'pages in a list', bytes: Buffer.from(`[${page.toString()},${page.toString()}]`) },
    { name: 'cut off in a message', bytes: page.subarray(0, page.indexOf('Kan dit door')) },
    {
      name: 'items that are none',
      bytes: Buffer.from('{"value": [1, {"body": 5}, {kapot}, {"messagetype": {}, "content": []}, {"createdDateTime": 1, "attachments": [{"content": "{"}]}]}'),
    },
  ],
  fragments: [
    '{"value": [',
    ']}',
    teamsItem(3, 'hallo'),
    '"MessageList": [',
    '{"id": "19:x@thread.v2", "MessageList": [{"messagetype": "Event/Call", "content": "<partlist"}]}',
    '{"messagetype": "ThreadActivity/X", "content": "<a><b>&#0;<quote><legacyquote>", "properties": {"emotions": "["}}',
    '{"createdDateTime": "2021-03-1706:47:05.123Z", "body": {"content": "<blockquote itemtype=\\"http://schema.skype.com/Reply\\">"}}',
    '{"eventDetail": {"@odata.type": 7, "members": [null, 5]}, "from": [], "reactions": [1, {}]}',
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    'null',
    '',
  ],
  joints: ['\n', ',\n', ',', ' '],
  makeText: teamsText,
});
