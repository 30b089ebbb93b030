// PDF, page by page, by PDF.js in unpdf's build: no canvas, no worker, scripts of a document are never run. Of a page without text the
// pictures are read, where there is an engine for that: a scanned letter is a PDF of pictures.
import { extractImages, getDocumentProxy } from 'unpdf';
import { attachmentLimits } from './attachment-limits.ts';
import { type ReadOutcome, type ReadPage, type ReadPicture, toOutcome, unread } from './read-outcome.ts';
import { toBitmap } from './to-bitmap.ts';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

interface TextItem {
  readonly str?: string;
  readonly hasEOL?: boolean;
}

export async function readPdf(bytes: Uint8Array, readPicture?: ReadPicture): Promise<ReadOutcome> {
  try {
    // PDF.js takes the bytes away from whoever gives them: it gets a copy.
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, maxImageSize: attachmentLimits.picturePixels });
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
        const scanned = text.trim() === '' && readPicture !== undefined ? await readScans(pdf, number, readPicture) : null;
        page.cleanup();
        units += text.length;
        if (units > attachmentLimits.textUnits) return unread('too-large');
        const words = [scanned?.text ?? text, ...notes].join('\n');
        pages.push({ unit: 'page', number, text: words, ...(scanned === null ? {} : { confidence: scanned.confidence }) });
      }
      return toOutcome(pages);
    } finally {
      await pdf.loadingTask.destroy();
    }
  } catch (error) {
    return unread(error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'damaged');
  }
}

/** Words on the pictures of a page, and how sure the least sure of them is. */
async function readScans(pdf: Pdf, number: number, readPicture: ReadPicture): Promise<{ readonly text: string; readonly confidence: number } | null> {
  const pictures = (await extractImages(pdf, number)).filter(({ width, height }) => width * height >= attachmentLimits.scanPixels);
  const found: ReadPage[] = [];
  for (const picture of pictures.slice(0, attachmentLimits.scansOnPage)) {
    const read = await readPicture(toBitmap(picture));
    if (read.ok) found.push(...read.pages);
  }
  if (found.length === 0) return null;
  return { text: found.map(({ text }) => text).join('\n'), confidence: Math.min(...found.map(({ confidence = 100 }) => confidence)) };
}
