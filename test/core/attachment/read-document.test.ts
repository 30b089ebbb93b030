// Text out of every kind of document; broken, encrypted and oversized ones give a reason and never an error. Own files, made here.
import { fc, it } from '@fast-check/vitest';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type AttachmentKind, attachmentKind } from '#core/attachment/attachment-kind.ts';
import { attachmentLimits } from '#core/attachment/attachment-limits.ts';
import { parseCards } from '#core/attachment/read-card.ts';
import { readDocument } from '#core/attachment/read-document.ts';
import { toOutcome, toPieces } from '#core/attachment/read-outcome.ts';
import { zipParts } from '#core/attachment/zip-parts.ts';
import { cardFile, docxFile, mailFile, odsFile, odtFile, pdfFile, pptxFile, xlsxFile } from '#test/fixtures/attachment-files.ts';

async function pagesOf(kind: AttachmentKind, bytes: Uint8Array) {
  const outcome = await readDocument(kind, bytes);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.pages;
}

describe('office files', () => {
  test('a Word document gives its paragraphs, cells, footer, remarks and what was struck, and no macro', async () => {
    const pages = await pagesOf('office', docxFile('Besluit over de kade', 'Tweede alinea &amp; slot'));
    const text = pages.map((page) => page.text).join('\n');
    for (const words of ['Besluit over de kade\n', 'Tweede alinea & slot', 'gesplitst', 'doorgehaald', 'cel een', 'cel twee', 'voettekst', 'opmerking'])
      expect(text).toContain(words);
    expect(text).not.toContain('AutoOpen');
  });

  test('a workbook gives its sheets by name in their order, shared texts, dates as dates and numbers as numbers', async () => {
    const [page, ...more] = await pagesOf('office', xlsxFile('Begroting', 'kosten kade'));
    expect(page).toEqual({ unit: 'sheet', number: 1, name: 'Begroting', text: 'kosten kade\ttwee stukken\t03-05-2024\t03-05-2024 12:00\t1250.5\nlos' });
    expect(more).toEqual([]);
  });

  test('a presentation gives its slides in the order of the show, with the notes', async () => {
    expect(await pagesOf('office', pptxFile('eerste dia', 'zeg dit erbij'))).toEqual([
      { unit: 'slide', number: 1, text: 'eerste dia\n\nzeg dit erbij' },
      { unit: 'slide', number: 2, text: 'tweede dia' },
    ]);
  });

  test('open documents give text, sheets and spaces', async () => {
    expect(await pagesOf('office', odtFile('Notitie kade'))).toEqual([{ unit: 'part', number: 1, text: 'Kop\nNotitie kade  einde\ttab' }]);
    expect(await pagesOf('office', odsFile('Lijst', 'kosten'))).toEqual([
      { unit: 'sheet', number: 1, name: 'Lijst', text: 'kosten \t2' },
      { unit: 'sheet', number: 2, name: 'Twee', text: 'kosten \t2' },
    ]);
  });

  test('one with a password says so', async () => {
    expect(await readDocument('office', odtFile('geheim', true))).toEqual({ ok: false, reason: 'encrypted' });
    expect(attachmentKind('brief.docx', 'application/x-cfb')).toBe('encrypted');
  });

  test('a bomb is refused by what it claims, and cannot be more than it claims', async () => {
    const bomb = zipSync({ 'word/document.xml': new Uint8Array(30 * 2 ** 20) });
    expect(zipParts(bomb, () => true, { ...attachmentLimits, inflatedBytes: 2 ** 20 })).toEqual({ ok: false, reason: 'too-large' });
    const lying = bomb.slice();
    const view = new DataView(lying.buffer);
    for (let at = 0; at + 4 < lying.length; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1000, true);
    }
    const parts = zipParts(lying, () => true);
    expect(parts.ok ? parts.parts.get('word/document.xml')?.length : parts.reason).toSatisfy((found) => found === 1000 || found === 'damaged');
  });

  test('a doctype that defines entities is no office file', async () => {
    const bytes = zipSync({ 'word/document.xml': strToU8('<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document xmlns:w="w"><w:t>&a;</w:t></w:document>') });
    expect(await readDocument('office', bytes)).toEqual({ ok: false, reason: 'damaged' });
  });
});

describe('PDF', () => {
  test('gives each page under its number', async () => {
    const bytes = await pdfFile({ pages: ['Vergunning voor de kade', '', 'Bijlage met kosten'] });
    expect(await pagesOf('pdf', bytes)).toEqual([
      { unit: 'page', number: 1, text: 'Vergunning voor de kade' },
      { unit: 'page', number: 3, text: 'Bijlage met kosten' },
    ]);
    expect(bytes.length).toBeGreaterThan(0);
  });

  test('with a password, damaged, or without text says so', async () => {
    expect(await readDocument('pdf', await pdfFile({ pages: ['geheim'], password: 'x' }))).toEqual({ ok: false, reason: 'encrypted' });
    expect(await readDocument('pdf', Buffer.from('%PDF-1.7\nkapot'))).toEqual({ ok: false, reason: 'damaged' });
    expect(await readDocument('pdf', await pdfFile({ pages: [''] }))).toEqual({ ok: false, reason: 'no-text' });
  });
});

describe('e-mail', () => {
  test('gives heads, body, names of its files and the text of those that can be read; nothing of a script', async () => {
    const pages = await pagesOf('mail', mailFile('Zie de <b>bijlage</b>', docxFile('Tekst in de bijlage'), 'notitie.docx'));
    expect(pages[0]?.text).toContain('Van: Renée Bakker renee@voorbeeld.example');
    expect(pages[0]?.text).toContain('Onderwerp: Kap van de beük');
    expect(pages[0]?.text).toContain('Bijlage: notitie.docx');
    expect(pages[0]?.text).toMatch(/Zie de bijlage/);
    expect(pages.map((page) => page.text).join()).not.toContain('uitvoering');
    expect(pages.find(({ name }) => name === 'notitie.docx')?.text).toContain('Tekst in de bijlage');
  });

  test('within e-mail within e-mail is read to a depth', async () => {
    let mail = mailFile('binnenste', docxFile('diep'), 'diep.docx');
    for (let i = 0; i < 6; i++) mail = mailFile(`laag ${i}`, mail, 'door.eml');
    const text = (await pagesOf('mail', mail)).map((page) => page.text).join('\n');
    expect(text).toContain('laag 5');
    expect(text).not.toContain('binnenste');
  });
});

describe('contact cards and text', () => {
  test('a card gives name, numbers with the label of the phone, folded lines and escapes', () => {
    expect(parseCards(Buffer.from(cardFile('Noor de Wit')).toString())).toEqual([
      {
        name: 'Noor de Wit',
        fields: [
          { label: 'Mobile', value: '+31 6 12345678' },
          { label: 'org', value: 'Gemeente Waterstad Vergunningen' },
          { label: 'note', value: 'regel een regel twee, slot' },
        ],
      },
    ]);
  });

  test.each([
    ['UTF-8', Buffer.from('\ufeffcafé €', 'utf8')],
    ['UTF-16 with its mark', Buffer.from('\ufeffcafé €', 'utf16le')],
    ['UTF-16 without', Buffer.from('café € en meer', 'utf16le')],
    ['windows-1252', Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x20, 0x80])],
  ])('text in %s', async (_name, bytes) => {
    expect((await pagesOf('text', bytes))[0]?.text).toMatch(/^café €/);
  });

  test('HTML gives its words and none of its scripts', async () => {
    const pages = await pagesOf('html', Buffer.from('<title>Kop</title><style>p{}</style><p>Eerste<br>tweede</p><script>kwaad()</script>'));
    expect(pages).toEqual([{ unit: 'part', number: 1, text: 'Kop\nEerste\ntweede' }]);
  });
});

describe('every reader', () => {
  const kinds = ['pdf', 'office', 'mail', 'card', 'html', 'text', 'encrypted', 'picture', 'other'] as const satisfies readonly AttachmentKind[];

  it.prop([fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 400 })], { numRuns: 200 })('answers on garbage', async (kind, bytes) => {
    expect(await readDocument(kind, bytes)).toHaveProperty('ok');
  });

  it.prop([fc.constantFrom('docx', 'odt', 'mail', 'pdf'), fc.nat(), fc.integer({ min: 0, max: 255 })], { numRuns: 60 })(
    'answers on a file of which one byte was changed',
    async (which, place, byte) => {
      const [kind, bytes] = await {
        docx: async () => ['office', docxFile('tekst')] as const,
        odt: async () => ['office', odtFile('tekst')] as const,
        mail: async () => ['mail', mailFile('tekst', docxFile('x'), 'x.docx')] as const,
        pdf: async () => ['pdf', await pdfFile({ pages: ['tekst'] })] as const,
      }[which as 'docx' | 'odt' | 'mail' | 'pdf']();
      const changed = Uint8Array.from(bytes);
      changed[place % changed.length] = byte;
      expect(await readDocument(kind, changed)).toHaveProperty('ok');
    },
    60_000,
  );

  test('reads nothing above the limit', async () => {
    expect(await readDocument('text', new Uint8Array(attachmentLimits.documentBytes + 1))).toEqual({ ok: false, reason: 'too-large' });
    expect(toOutcome([{ unit: 'part', number: 1, text: 'x'.repeat(attachmentLimits.textUnits + 1) }])).toEqual({ ok: false, reason: 'too-large' });
  });

  it.prop([fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 4, max: 50 })])('cuts a long page without losing a character', (text, most) => {
    const pieces = toPieces(text, most);
    expect(pieces.join('')).toBe(text);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(most);
  });
});

test.each<[string, string | null, AttachmentKind]>([
  ['besluit.pdf', 'application/pdf', 'pdf'],
  ['foto.pdf', 'image/jpeg', 'picture'],
  ['a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'office'],
  ['a.xlsm', 'application/vnd.ms-excel.sheet.macroenabled.12', 'office'],
  ['a.odt', 'application/vnd.oasis.opendocument.text', 'office'],
  ['a.docx', 'application/zip', 'office'],
  ['a.zip', 'application/zip', 'other'],
  ['a.vcf', null, 'card'],
  ['a.eml', null, 'mail'],
  ['a.svg', 'image/svg+xml', 'html'],
  ['a.txt', null, 'text'],
  ['spraak.opus', 'audio/ogg; codecs=opus', 'silent'],
  ['film.mp4', 'video/mp4', 'silent'],
  ['a.heic', 'image/heic', 'other'],
  ['zonder-naam', null, 'other'],
])('%s (%s) is read as %s', (name, sniffed, kind) => {
  expect(attachmentKind(name, sniffed)).toBe(kind);
});
