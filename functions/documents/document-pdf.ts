// Draws a document as PDF/A-2a: tagged, in Dutch, fonts embedded. It draws core's blocks and nothing else (EN 301 549; ISO 19005-2).
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import type { Block } from '#core/export/block.ts';
import { certificateText } from '#core/export/text.nl.ts';

const fontFiles = {
  text: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  strong: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
} as const;

const margin = 56;
const footer = 28;
const nameWidth = 140;
const gap = 10;
const sizes = { title: 20, heading: 13, paragraph: 10, facts: 9 } as const;

/** In a bundle the fonts lie beside it, in `data/`; from the source they come out of their package. */
function fontBytes(file: string): Buffer {
  const beside = fileURLToPath(new URL(`./data/${file.split('/').at(-1)}`, import.meta.url));
  return readFileSync(existsSync(beside) ? beside : fileURLToPath(import.meta.resolve(file)));
}

interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** Instant at which it was drawn up. */
  readonly at: string;
}

/** What the fonts cannot draw (an emoji in a file's name) becomes a question mark: PDF/A knows no missing glyph (ISO 19005-2, 6.2.11.8). */
function drawable(doc: PDFKit.PDFDocument, words: string): string {
  const { font } = (doc as unknown as { _font: { font: { hasGlyphForCodePoint: (code: number) => boolean } } })._font;
  return [...words.normalize('NFC')].map((letter) => (font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0) ? letter : '?')).join('');
}

function drawableBlock(doc: PDFKit.PDFDocument, block: Block): Block {
  return block.kind === 'facts'
    ? { kind: 'facts', facts: block.facts.map(([name, value]) => [drawable(doc, name), drawable(doc, value)] as const) }
    : { kind: block.kind, text: drawable(doc, block.text) };
}

export async function renderDocument(facts: DocumentFacts, blocks: readonly Block[]): Promise<Uint8Array<ArrayBuffer>> {
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    subset: 'PDF/A-2a',
    pdfVersion: '1.7',
    tagged: true,
    lang: 'nl-NL',
    displayTitle: true,
    font: '',
    info: { Title: facts.title, Author: facts.author, Subject: facts.subject, CreationDate: new Date(facts.at), ModDate: new Date(facts.at) },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.registerFont('text', fontBytes(fontFiles.text));
  doc.registerFont('strong', fontBytes(fontFiles.strong));
  doc.font('text');

  const root = doc.struct('Document');
  doc.addStructure(root);
  for (const block of blocks) drawBlock(doc, root, drawableBlock(doc, block));
  root.end();
  drawPageNumbers(doc);
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

function drawBlock(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, block: Block): void {
  if (block.kind === 'facts') {
    drawFacts(doc, root, block.facts);
    return;
  }
  const tag = { title: 'H1', heading: 'H2', paragraph: 'P' }[block.kind];
  const font = block.kind === 'paragraph' ? 'text' : 'strong';
  const width = doc.page.width - 2 * margin;
  doc.font(font).fontSize(sizes[block.kind]);
  const height = doc.heightOfString(block.text, { width });
  if (block.kind === 'heading') doc.y += 10;
  // A heading is not left alone at the foot of a page.
  makeRoom(doc, block.kind === 'heading' ? height + 60 : height);
  root.add(
    doc.struct(tag, {}, () => {
      doc.font(font).fontSize(sizes[block.kind]).text(block.text, margin, doc.y, { width });
    }),
  );
  doc.y += block.kind === 'paragraph' ? 8 : 4;
}

function drawFacts(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, facts: readonly (readonly [string, string])[]): void {
  if (facts.length === 0) return;
  const table = doc.struct('Table');
  root.add(table);
  const valueWidth = doc.page.width - 2 * margin - nameWidth - gap;
  for (const [name, value] of facts) {
    const nameHeight = doc.font('strong').fontSize(sizes.facts).heightOfString(name, { width: nameWidth });
    const valueHeight = doc.font('text').fontSize(sizes.facts).heightOfString(value, { width: valueWidth });
    const height = Math.max(nameHeight, valueHeight);
    makeRoom(doc, height);
    const top = doc.y;
    const row = doc.struct('TR');
    table.add(row);
    row.add(doc.struct('TH', {}, () => void doc.font('strong').fontSize(sizes.facts).text(name, margin, top, { width: nameWidth })));
    row.add(
      doc.struct(
        'TD',
        {},
        () =>
          void doc
            .font('text')
            .fontSize(sizes.facts)
            .text(value, margin + nameWidth + gap, top, { width: valueWidth }),
      ),
    );
    row.end();
    doc.y = top + height + 2;
  }
  table.end();
  doc.y += 8;
}

function makeRoom(doc: PDFKit.PDFDocument, height: number): void {
  if (doc.y + height <= doc.page.height - margin) return;
  doc.addPage();
  doc.y = margin;
}

function drawPageNumbers(doc: PDFKit.PDFDocument): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    doc.switchToPage(start + page);
    const bottom = doc.page.margins.bottom;
    // pdfkit turns the page when text stands in the margin.
    doc.page.margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination' });
    doc
      .font('text')
      .fontSize(8)
      .text(certificateText.page(page + 1, count), margin, doc.page.height - footer - 10, { width: doc.page.width - 2 * margin, align: 'right' });
    doc.endMarkedContent();
    doc.page.margins.bottom = bottom;
  }
}
