// PDF, page by page, by PDF.js in unpdf's build: no canvas, no worker, scripts of a document are never run.
import { getDocumentProxy } from 'unpdf';
import { attachmentLimits } from './attachment-limits.ts';
import { type ReadOutcome, type ReadPage, toOutcome, unread } from './read-outcome.ts';

interface TextItem {
  readonly str?: string;
  readonly hasEOL?: boolean;
}

export async function readPdf(bytes: Uint8Array): Promise<ReadOutcome> {
  try {
    // PDF.js takes the bytes away from whoever gives them: it gets a copy.
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    try {
      if (pdf.numPages > attachmentLimits.pages) return unread('too-large');
      const pages: ReadPage[] = [];
      let units = 0;
      for (let number = 1; number <= pdf.numPages; number++) {
        const page = await pdf.getPage(number);
        const { items } = await page.getTextContent();
        const text = (items as readonly TextItem[]).map(({ str = '', hasEOL }) => (hasEOL === true ? `${str}\n` : str)).join('');
        const notes = ((await page.getAnnotations()) as readonly { readonly contentsObj?: { readonly str?: string }; readonly fieldValue?: unknown }[])
          .flatMap(({ contentsObj, fieldValue }) => [contentsObj?.str ?? '', typeof fieldValue === 'string' ? fieldValue : ''])
          .filter((note) => note !== '');
        page.cleanup();
        units += text.length;
        if (units > attachmentLimits.textUnits) return unread('too-large');
        pages.push({ unit: 'page', number, text: [text, ...notes].join('\n') });
      }
      return toOutcome(pages);
    } finally {
      await pdf.loadingTask.destroy();
    }
  } catch (error) {
    return unread(error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'damaged');
  }
}
