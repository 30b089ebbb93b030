// A file that is not what its name says.
import { expect, test } from 'vitest';
import { typeDiffers } from '#core/intake/type-differs.ts';

test.each<[string, string | null, boolean]>([
  ['IMG-1.jpg', 'jpg', false],
  ['IMG-1.JPG', 'jpg', false],
  ['map/IMG-1.jpeg', 'webp', false],
  ['IMG-1.jpg', null, true],
  ['IMG-1.jpg', 'exe', true],
  ['IMG-1.jpg', 'mp4', true],
  ['00000012-GIF-2022.mp4', 'mp4', false],
  ['PTT-1.opus', 'opus', false],
  ['PTT-1.opus', 'ogg', false],
  ['verslag.docx', 'docx', false],
  ['verslag.docx', 'zip', false],
  ['verslag.docx', 'cfb', true],
  ['oud.doc', 'cfb', false],
  ['brief.pdf', 'zip', true],
  ['notitie.txt', null, false],
  ['notitie.txt', 'exe', true],
  ['Sanne.vcf', 'vcf', false],
  ['DOC-20220502-WA0006', 'pdf', false],
  ['tekening.dwg', null, false],
  ['bijlage.zip', 'zip', false],
])('%s with the bytes of %s: %s', (name, sniffed, differs) => {
  expect(typeDiffers(name, sniffed)).toBe(differs);
});
