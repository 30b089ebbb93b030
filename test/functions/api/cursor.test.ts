// Cursors are opaque: what they hold comes back unchanged, and only to the list they came from.
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { makeCursor } from '#functions/api/cursor.ts';

describe('a cursor', () => {
  const cursor = makeCursor('listThings {"state":"open"} person-1');

  test.prop([
    fc.dictionary(
      fc.string({ minLength: 1, maxLength: 20 }).filter((key) => key !== '__proto__'),
      fc.string({ maxLength: 100 }),
      { minKeys: 1, maxKeys: 5 },
    ),
  ])('brings back what it was made of', (mark) => {
    expect(cursor.read(cursor.write(mark))).toEqual({ ok: true, value: mark });
  });

  it('is null at the end, and absent at the start', () => {
    expect(cursor.write(null)).toBeNull();
    expect([cursor.read(null), cursor.read(undefined)]).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
  });

  it('is refused by another list, other filters or another person', () => {
    const written = cursor.write({ pk: 'A', sk: 'B' });
    expect(makeCursor('listThings {"state":"closed"} person-1').read(written)).toMatchObject({ ok: false, fault: { code: 'cursor.invalid' } });
  });

  test.prop([fc.string({ minLength: 1, maxLength: 100 })])('is refused when it is anything else', (text) => {
    expect(cursor.read(text)).toMatchObject({ ok: false, fault: { code: 'cursor.invalid' } });
  });
});
