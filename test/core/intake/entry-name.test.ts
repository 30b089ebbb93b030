// Names inside an archive: kept, cleaned or refused.
import { expect, test } from 'vitest';
import { baseName, cleanEntryName } from '#core/intake/entry-name.ts';

test.each([
  ['_chat.txt', '_chat.txt', false],
  ['map/👩‍🌾 foto.jpg', 'map/👩‍🌾 foto.jpg', false],
  ['map\\foto.jpg', 'map/foto.jpg', true],
  ['foto..jpg', 'foto..jpg', false],
  ['...', '...', false],
  ['map/', 'map/', false],
])('%j is kept as %j', (raw, name, cleaned) => {
  expect(cleanEntryName(raw)).toEqual({ ok: true, name, cleaned });
});

test.each(['', '/etc/passwd', '\\\\server\\deel', '..', '../x', 'a/../b', 'a\\..\\b', 'C:\\x', 'c:x', 'a\u0000.txt'])('%j is refused', (raw) => {
  expect(cleanEntryName(raw)).toEqual({ ok: false });
});

test('the base of a name has no folders', () => {
  expect(['a/b/c.txt', 'c.txt', 'a/'].map(baseName)).toEqual(['c.txt', 'c.txt', '']);
});
