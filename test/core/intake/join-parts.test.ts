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
