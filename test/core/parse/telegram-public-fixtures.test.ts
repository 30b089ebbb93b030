// Public Telegram exports, against figures from their own projects' tests (never from our reader). Outside the repository: see shared-fixtures.
import { describe, expect, it } from 'vitest';
import { telegramReader } from '#core/parse/telegram/telegram-reader.ts';
import { fixturesFolder, readFixture } from '#test/support/shared-fixtures.ts';
import { expectEveryByte, readAll } from './reader-suite.ts';

const read = (name: string) => readAll(telegramReader, readFixture(`telegram/${name}`));

describe.runIf(fixturesFolder)('public Telegram exports', () => {
  it.each([
    {
      name: 'telegram_2021-05/result.json',
      title: 'My Group',
      kind: 'group',
      messages: 1,
      system: 2,
      first: '2016-11-09T00:26:24',
      last: '2016-11-09T00:36:45',
    },
    // Given as unix time: 22:49:15 is the wall time of the exporting computer (UTC+8), in the Netherlands it was 16:49:15.
    {
      name: 'telegram_2023-11/result.json',
      title: 'Dummy Chat',
      kind: 'direct',
      messages: 1,
      system: 0,
      first: '2022-10-11T16:49:15',
      last: '2022-10-11T16:49:15',
    },
    {
      name: 'telegram_2024-01/result.json',
      title: 'Dummy Chat',
      kind: 'direct',
      messages: 1,
      system: 1,
      first: '2022-10-11T16:49:15',
      last: '2022-10-11T16:49:15',
    },
    // Neither gives a chat its kind; the first gives it no name either.
    {
      name: 'chat-miner/test_single_export.json',
      title: null,
      kind: 'unknown',
      messages: 2,
      system: 0,
      first: '2018-12-05T11:39:10',
      last: '2018-12-05T11:49:24',
    },
    {
      name: 'chat-miner/test_batch_export.json',
      title: 'Chatname',
      kind: 'unknown',
      messages: 2,
      system: 0,
      first: '2018-12-05T11:39:10',
      last: '2018-12-05T11:49:24',
    },
  ])('$name', async ({ name, title, kind, messages, system, first, last }) => {
    const all = await read(name);
    expectEveryByte(all, readFixture(`telegram/${name}`));
    expect(all.conversations.map((one) => [one.title, one.kind])).toEqual([[title, kind]]);
    expect(all.records.filter((record) => record.kind !== 'system')).toHaveLength(messages);
    expect(all.records.filter((record) => record.kind === 'system')).toHaveLength(system);
    expect([all.records[0]?.local, all.records.at(-1)?.local]).toEqual([first, last]);
    expect(all.doubts.filter(({ code }) => code !== 'timer.on')).toEqual([]);
  });

  it('joins text that comes as a row of stretches', async () => {
    expect((await read('chat-miner/test_single_export.json')).records[1]?.text).toBe('Link:https://telegram.org/');
    expect((await read('telegram_2023-11/result.json')).records[0]?.text).toBe('This has blockquote!My blockquote text');
  });

  it('knows a reply to a post in another chat, and disappearing messages', async () => {
    const all = await read('telegram_2024-01/result.json');
    expect(all.records[0]?.replyTo).toEqual({ nativeId: '1234567' });
    expect(all.records[1]?.system?.event).toBe('timer-on');
    expect(all.doubts.map(({ code }) => code)).toEqual(['timer.on']);
  });
});
