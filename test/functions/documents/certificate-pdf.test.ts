// The certificate's PDF is read back: every block's words, the tags, the language (no PDF/A validator is at hand; the structure is tested here).
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { certificateBlocks } from '#core/export/certificate-blocks.ts';
import { renderCertificate } from '#functions/documents/certificate-pdf.ts';
import { certificate, item } from '#test/core/export/certificate-facts.ts';

const squeeze = (text: string) => text.replaceAll(/\s+/g, '');
const many = certificate(Array.from({ length: 60 }, (_, i) => item(i)));

describe('renderCertificate', () => {
  it('holds the words of every block, in order, over several pages', async () => {
    const pdf = await getDocumentProxy(await renderCertificate(many));
    expect(pdf.numPages).toBeGreaterThan(3);
    const { text } = await extractText(pdf, { mergePages: false });
    const whole = squeeze(text.map((page, i) => page.replace(`Bladzijde ${i + 1} van ${text.length}`, '')).join(''));
    let from = 0;
    for (const block of certificateBlocks(many)) {
      for (const words of block.kind === 'facts' ? block.facts.flat() : [block.text]) {
        const at = whole.indexOf(squeeze(words), from);
        expect(at, words).toBeGreaterThanOrEqual(from);
        from = at;
      }
    }
    text.forEach((page, i) => {
      expect(squeeze(page)).toContain(squeeze(`Bladzijde ${i + 1} van ${text.length}`));
    });
  });

  it('is tagged, Dutch, titled, and says that it is PDF/A-2a', async () => {
    const bytes = await renderCertificate(many);
    const raw = Buffer.from(bytes).toString('latin1');
    expect(raw.startsWith('%PDF-1.7')).toBe(true);
    const pdf = await getDocumentProxy(bytes);
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const { info, metadata } = await getMeta(pdf);
    expect(info['Language']).toBe('nl-NL');
    expect(info['Title']).toBe('Verklaring van vernietiging V-2031-0007');
    expect(String(metadata?.get('pdfaid:part') ?? raw.match(/pdfaid:part>(\d)/)?.[1])).toBe('2');
    const tree = await (await pdf.getPage(1)).getStructTree();
    const roles = new Set<string>();
    const walk = (node: { role?: string; children?: unknown[] }) => {
      if (node.role !== undefined) roles.add(node.role);
      for (const child of node.children ?? []) walk(child as { role?: string; children?: unknown[] });
    };
    walk(tree as { role?: string; children?: unknown[] });
    expect([...roles]).toEqual(expect.arrayContaining(['Document', 'H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD']));
  });

  it('embeds every font it uses', async () => {
    const raw = Buffer.from(await renderCertificate(many)).toString('latin1');
    const fonts = raw.match(/\/Type \/FontDescriptor[\s\S]*?>>/g) ?? [];
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/\/FontFile[23]/);
    expect(raw).not.toContain('/BaseFont /Helvetica');
  });

  it('gives the same bytes for the same certificate, apart from nothing', async () => {
    const [one, two] = [await renderCertificate(many), await renderCertificate(many)];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
  });
});
