// Tags and text of HTML, in order and without a gap.
import { fc, test as property } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { type HtmlPiece, htmlPieces, readReferences } from '#core/text/html-pieces.ts';

const said = (html: string) =>
  [...htmlPieces(html)].flatMap((piece) =>
    piece.type === 'text' ? [piece.text] : piece.type === 'aside' ? [] : [piece.type === 'open' ? `<${piece.name}>` : `</${piece.name}>`],
  );
const opened = (html: string) => [...htmlPieces(html)].find((piece): piece is Extract<HtmlPiece, { type: 'open' }> => piece.type === 'open');

it('reads tags and text, with references', () => {
  expect(said('<P>Sanne &amp; Omar<br>één&nbsp;&eacute;&#233;&#xE9;</p> &onbekend; &')).toEqual([
    '<p>',
    'Sanne & Omar',
    '<br>',
    'één\u00a0ééé',
    '</p>',
    ' &onbekend; &',
  ]);
});

it('reads attributes in all their manners', () => {
  expect(opened(`<at id="0" Data-X='a "b"' plain=yes alone title="a > b &quot;c&quot;" id="1">x</at>`)?.attributes).toEqual(
    new Map([
      ['id', '0'],
      ['data-x', 'a "b"'],
      ['plain', 'yes'],
      ['alone', ''],
      ['title', 'a > b "c"'],
    ]),
  );
  expect(opened('<div class ="announcement">')?.attributes.get('class')).toBe('announcement');
});

it('knows elements that hold nothing', () => {
  expect([opened('<br>')?.empty, opened('<systemEventMessage/>')?.empty, opened('<div>')?.empty]).toEqual([true, true, false]);
});

it('takes comments, doctype, script and style for asides', () => {
  expect(said('<!DOCTYPE html><!-- <p>niet</p> --><style>p > a { color: red }</style><script>"<b>"</script>wel')).toEqual([
    '<style>',
    '</style>',
    '<script>',
    '</script>',
    'wel',
  ]);
});

it('leaves a bare bracket in the text', () => {
  expect(said('3 < 4 en 5 > 2 <3')).toEqual(['3 < 4 en 5 > 2 <3']);
});

it('makes no character of what is none', () => {
  expect(readReferences('&#0;&#xD800;&#9999999;')).toBe('\ufffd\ufffd\ufffd');
});

const bit = fc.constantFrom('<', '>', '</', '/', '!', '--', '<!--', '-->', 'a', 'div', ' ', '=', '"', "'", '&amp;', '&#', ';', 'script', '<script>', '?', '\n');
property.prop([fc.array(bit, { maxLength: 40 })], { numRuns: 500 })('loses no character, whatever is thrown together', (bits) => {
  const html = bits.join('');
  let at = 0;
  for (const piece of htmlPieces(html)) {
    expect(piece.from).toBe(at);
    expect(piece.to).toBeGreaterThan(piece.from);
    at = piece.to;
  }
  expect(at).toBe(html.length);
});
