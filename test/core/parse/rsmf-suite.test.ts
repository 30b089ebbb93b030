// The shared reader suite over rsmf_manifest.json: own fixtures, and files broken in the ways in which they break.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rsmfReader } from '#core/parse/rsmf/rsmf-reader.ts';
import { rsmfEvent, rsmfText } from '#test/fixtures/rsmf-parts.ts';
import { describeReader } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/rsmf');
const whole = readFileSync(join(folder, 'rsmf_manifest.json'));

describeReader({
  reader: rsmfReader,
  structured: true,
  examples: [
    ...readdirSync(folder)
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)) })),
    { name: 'on one line', bytes: Buffer.from(JSON.stringify(JSON.parse(whole.toString()))) },
    { name: 'cut off in an event', bytes: whole.subarray(0, whole.indexOf('Verwijderd bericht')) },
    { name: 'byte order mark', bytes: Buffer.from(`\ufeff${whole}`) },
    {
      name: 'items that are none',
      bytes: Buffer.from('{"participants": [{"id": {}}, 5], "conversations": [{}, null], "events": [1, {"type": 5}, {kapot}, {}]}'),
    },
  ],
  fragments: [
    '{"participants": [{"id": "P1", "display": "A"}], "conversations": [{"id": "C1"}], "events": [',
    ']}',
    rsmfEvent(3, 'hallo één'),
    '{"id": "open',
    '"events": [',
    '"participants": [',
    '"conversations": [',
    '{"events":[{}]}',
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    '{"type": "message", "reactions": [{}, {"count": -5, "participants": [null, 3]}], "attachments": [{"id": []}], "edits": [5], "timestamp": 5}',
    '{"type": "__proto__", "conversation": {}, "participant": [], "custom": {}}',
    'null',
    '',
  ],
  joints: ['\n', ',\n', ',', ' '],
  makeText: rsmfText,
});
