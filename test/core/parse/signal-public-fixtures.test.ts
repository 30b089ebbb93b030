// Public exports of Signal, against figures from their own projects' tests (never from our reader). Outside the repository: see shared-fixtures.
import { describe, expect, it } from 'vitest';
import { recognise } from '#core/intake/recognise.ts';
import { readers } from '#core/parse/readers.ts';
import { signalExportReader } from '#core/parse/signal/signal-export-reader.ts';
import { signalMarkdownReader } from '#core/parse/signal/signal-markdown-reader.ts';
import { fixturesFolder, readFixture } from '#test/support/shared-fixtures.ts';
import { expectEveryByte, readAll } from './reader-suite.ts';

describe.runIf(fixturesFolder)('public exports of Signal', () => {
  it("signal-export's data.json: nine messages, one of them a call", async () => {
    const bytes = readFixture('signal/signal-export/data.json');
    expect(recognise(bytes, 'x', readers)).toMatchObject({ reader: { format: 'signal-export' } });
    const all = await readAll(signalExportReader, bytes);
    expectEveryByte(all, bytes);
    expect(all.records).toHaveLength(9);
    expect(all.records.filter(({ kind }) => kind === 'call')).toHaveLength(1);
    expect([all.records[0]?.local, all.records.at(-1)?.local]).toEqual(['2019-05-29T15:04:11', '2019-05-29T15:26:00']);
    expect(all.records[2]?.text).toBe("I'm not.\nAsk me: why\n[2019-05-29 15:00:00] Aya: copied line");
    expect(all.records[1]?.reactions).toEqual([
      { emoji: '👍', sender: 'Jim' },
      { emoji: '❤️', sender: 'Me' },
    ]);
    expect(JSON.stringify(all)).not.toContain('"packKey": "key"');
  });

  it("signal-export's older markdown: two messages, the second over two lines", async () => {
    const bytes = readFixture('signal/chat-miner-signal.txt');
    expect(recognise(bytes, 'x.txt', readers)).toMatchObject({ reader: { format: 'signal-markdown' } });
    const all = await readAll(signalMarkdownReader, bytes);
    expectEveryByte(all, bytes);
    expect(all.records.map(({ local, sender, text }) => [local, sender, text])).toEqual([
      ['2019-12-24T12:23:00', 'Jane Doe', 'Hello John!'],
      ['2020-01-17T21:49:00', 'John Doe', 'Hello\nJane!'],
    ]);
  });
});
