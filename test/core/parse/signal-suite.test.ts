// The shared reader suite over Signal's own export: own fixture, and files broken in the ways in which they break.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalReader } from '#core/parse/signal/signal-reader.ts';
import { signalItem, signalText } from '#test/fixtures/signal-frames.ts';
import { describeReader } from './reader-suite.ts';

const whole = readFileSync(join(import.meta.dirname, '../../fixtures/signal/main.jsonl'));

describeReader({
  reader: signalReader,
  structured: true,
  examples: [
    { name: 'an account', bytes: whole, shortened: true },
    { name: 'an account, cut off in a message', bytes: whole.subarray(0, whole.indexOf('pas vrijdag')), shortened: true },
    { name: 'an account with CRLF and byte order mark', bytes: Buffer.from(`\ufeff${whole.toString().replaceAll('\n', '\r\n')}`), shortened: true },
    { name: 'a long line around', bytes: Buffer.from(`{"about":"${'woord '.repeat(30_000)}"}\n${signalItem(1, 'hallo')}\n`) },
    {
      name: 'lines that are none',
      bytes: Buffer.from('1\n"x"\nnull\n{"chatItem":5}\n{kapot}\n[]\n{"chatItem":{"standardMessage":{"text":[]},"revisions":[1,{}]}}\n\n'),
    },
  ],
  fragments: [
    '{"version":"1","backupTimeMs":"1"}',
    '{"recipient":{"id":"3","contact":{}}}',
    '{"recipient":{"id":"1","self":{}}}',
    '{"recipient":{"id":"6","group":{"snapshot":{"members":[1,{}]}}}}',
    '{"chat":{"id":"10","recipientId":"3","expirationTimerMs":"5"}}',
    signalItem(3, 'hallo'),
    '{"chatItem":{"chatId":"10","authorId":"3","dateSent":"1700000000000","standardMessage":{"quote":{"authorId":7,"text":{"bodyRanges":[{"mentionAci":"x"}]}}}}}',
    '{"chatItem":{"chatId":{},"updateMessage":{"groupChange":{"updates":[{},5,{"groupNameUpdate":[]}]}}}}',
    '{"chatItem":{"updateMessage":{}}}',
    '{"chatItem":{"poll":{"options":[{"votes":[{}]}]}}}',
    '{"chatItem":{"contactMessage":{"contact":{"number":[{}]}}}}',
    '{"adHocCall":{"recipientId":"7"}}',
    '{"chatItem":{"chatId":"10",',
    'null',
    '',
  ],
  makeText: signalText,
});
