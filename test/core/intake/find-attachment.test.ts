// From a name in a message to the file that came along.
import { describe, expect, test } from 'vitest';
import { makeAttachmentFinder } from '#core/intake/find-attachment.ts';

describe('finding an attachment', () => {
  const find = makeAttachmentFinder([
    { n: 1, name: 'DOC-20220502-WA0006.pdf' },
    { n: 2, name: 'DOC-20220502-WA0006' },
    { n: 3, name: 'DOC-20220502-WA0009.pdf' },
    { n: 4, name: 'café.jpg' },
    { n: 5, name: 'café.jpg' },
  ]);
  test.each([
    ['DOC-20220502-WA0006.pdf', 1],
    ['DOC-20220502-WA0006.', 2],
    ['DOC-20220502-WA0009.', 3],
    ['DOC-20220502-WA0009', undefined],
    ['cafe\u0301.jpg', 4],
    [' café.jpg ', 4],
    ['ander.jpg', undefined],
    ['', undefined],
  ])('%j is file %s', (name, n) => {
    expect(find(name)).toBe(n);
  });
});
