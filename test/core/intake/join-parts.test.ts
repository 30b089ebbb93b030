// Files that are one conversation together stand together, in the order of their numbers.
import { expect, it } from 'vitest';
import { joinParts } from '#core/intake/join-parts.ts';

const joined = (...names: readonly string[]) =>
  joinParts(names.map((name) => ({ name, format: name.endsWith('.json') ? 'messenger' : 'whatsapp' }))).map(({ chat, continues }) => [chat.name, continues]);

it('orders by number, not by letter, within a folder', () => {
  expect(joined('inbox/a/message_10.json', 'inbox/b/message_1.json', 'inbox/a/message_2.json', 'inbox/a/message_1.json')).toEqual([
    ['inbox/a/message_1.json', false],
    ['inbox/a/message_2.json', true],
    ['inbox/a/message_10.json', true],
    ['inbox/b/message_1.json', false],
  ]);
});

it('leaves other files as they are', () => {
  expect(joined('a/_chat.txt', 'a/anders.json', 'a/message_1.txt', 'message_2.json', 'a/meer.json')).toEqual([
    ['a/_chat.txt', false],
    ['a/anders.json', false],
    ['a/message_1.txt', false],
    ['message_2.json', false],
    ['a/meer.json', false],
  ]);
});

it('puts slices of RSMF together by the day on which they begin, then by name', () => {
  const slice = (name: string, ...moments: readonly string[]) => ({
    name,
    format: 'rsmf',
    head: Buffer.from(moments.map((at) => `{"timestamp": "${at}"}`).join()),
  });
  const order = (...chats: readonly ReturnType<typeof slice>[]) => joinParts(chats).map(({ chat, continues }) => [chat.name, continues]);
  expect(order(slice('a', '2024-03-02T09:00:00Z'), slice('b', '2024-03-01T23:00:00Z', '2024-03-01T08:00:00Z'), slice('c', '2024-03-01T07:00:00Z'))).toEqual([
    ['b', false],
    ['c', true],
    ['a', true],
  ]);
  expect(order(slice('dag-2'), slice('dag-1'))).toEqual([
    ['dag-1', false],
    ['dag-2', true],
  ]);
});
