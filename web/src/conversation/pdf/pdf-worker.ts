// The worker that draws a PDF, page by page, by PDF.js in unpdf's build: away from the page, without its document, cookies or scripts.
// What is drawn leaves as a picture; a PDF that hangs is ended with its worker (pdf-viewer.tsx).
import { getDocument } from 'unpdf/pdfjs';

/** `source`: the attachment, to be fetched; only the first message names it. */
export interface PdfAsk {
  readonly source: string;
  readonly page: number;
  /** Width in pixels. */
  readonly width: number;
}

export type PdfTell =
  | { readonly type: 'page'; readonly page: number; readonly pages: number; readonly picture: ImageBitmap }
  | { readonly type: 'problem'; readonly problem: 'encrypted' | 'damaged' | 'too-large' | 'gone' };

/** More is not drawn: it can be downloaded. */
const mostBytes = 50 * 2 ** 20;
/** A page that is very long or very wide is drawn smaller. */
const mostPixels = 8_000_000;

type Pdf = Awaited<ReturnType<typeof getDocument>['promise']>;

/** PDF.js draws on these; a worker has no document to make others. */
class Canvases {
  create(width: number, height: number) {
    const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
    return { canvas, context: canvas.getContext('2d') };
  }
  reset({ canvas }: { readonly canvas: OffscreenCanvas }, width: number, height: number): void {
    canvas.width = width;
    canvas.height = height;
  }
  destroy({ canvas }: { readonly canvas: OffscreenCanvas }): void {
    canvas.width = 0;
    canvas.height = 0;
  }
}

/** Filters are made of SVG in a document: without one, masks and blends of that kind are drawn plain. */
class NoFilters {
  addFilter = () => 'none';
  addHCMFilter = () => 'none';
  addAlphaFilter = () => 'none';
  addLuminosityFilter = () => 'none';
  addHighlightHCMFilter = () => 'none';
  addSelectionHCMFilter = () => 'none';
  destroy = () => undefined;
}

type Fetched = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly problem: 'gone' | 'too-large' };

/** By ranges: an answer may be cut where one of them cannot hold the whole file. */
async function fetchAll(source: string): Promise<Fetched> {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const answer = await fetch(source, { headers: { range: `bytes=${at}-` } });
    if (answer.status !== 206) return { ok: false, problem: 'gone' };
    const size = Number(/\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
    if (!(size <= mostBytes)) {
      await answer.body?.cancel();
      return { ok: false, problem: 'too-large' };
    }
    const piece = new Uint8Array(await answer.arrayBuffer());
    pieces.push(piece);
    at += piece.length;
    if (at >= size || piece.length === 0) break;
  }
  const bytes = new Uint8Array(at);
  let to = 0;
  for (const piece of pieces) {
    bytes.set(piece, to);
    to += piece.length;
  }
  return { ok: true, bytes };
}

function openPdf(bytes: Uint8Array): Promise<Pdf> {
  return getDocument({
    data: bytes,
    verbosity: 0,
    maxImageSize: 64_000_000,
    disableFontFace: true,
    useSystemFonts: true,
    CanvasFactory: Canvases,
    FilterFactory: NoFilters,
  }).promise;
}

async function draw(pdf: Pdf, number: number, width: number): Promise<ImageBitmap> {
  const page = await pdf.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const wanted = width / natural.width;
  const scale = Math.min(wanted, Math.sqrt(mostPixels / (natural.width * natural.height)));
  const viewport = page.getViewport({ scale });
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
  const drawing = { canvas: null, canvasContext: canvas.getContext('2d'), viewport } as unknown as Parameters<typeof page.render>[0];
  await page.render(drawing).promise;
  page.cleanup();
  return canvas.transferToImageBitmap();
}

let opened: Promise<Pdf> | null = null;

async function answer({ source, page, width }: PdfAsk): Promise<PdfTell> {
  try {
    if (opened === null) {
      const fetched = await fetchAll(source);
      if (!fetched.ok) return { type: 'problem', problem: fetched.problem };
      opened = openPdf(fetched.bytes);
    }
    const pdf = await opened;
    return { type: 'page', page, pages: pdf.numPages, picture: await draw(pdf, page, width) };
  } catch (error) {
    return { type: 'problem', problem: error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'damaged' };
  }
}

self.addEventListener('message', async (event: MessageEvent<PdfAsk>) => {
  const told = await answer(event.data);
  // Between a worker and its page: there is no other origin.
  self.postMessage(told, { transfer: told.type === 'page' ? [told.picture] : [] });
});
