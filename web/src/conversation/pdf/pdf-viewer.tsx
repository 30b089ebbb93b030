// A PDF in a conversation: one page at a time, as a picture that a worker draws. Its words stand under "Tekst tonen", for who does not see it.
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Busy } from '../../shell/busy.tsx';
import { text } from '../../text.nl.ts';
import type { PdfAsk, PdfTell } from './pdf-worker.ts';

/** A page that takes longer is given up, and its worker ended. */
const longestMs = 30_000;
/** Pixels across: a letter can be read from the one on, and costs no more than the other. */
const narrowest = 640;
const widest = 1400;

type Problem = Extract<PdfTell, { type: 'problem' }>['problem'] | 'stopped';

interface PdfViewerProps {
  readonly source: string;
  readonly name: string;
}

export function PdfViewer({ source, name }: PdfViewerProps) {
  const frame = useRef<HTMLCanvasElement>(null);
  const worker = useRef<Worker | null>(null);
  const [page, setPage] = useState(1);
  const [pages, setPages] = useState<number | null>(null);
  const [drawn, setDrawn] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    return () => {
      worker.current?.terminate();
      worker.current = null;
    };
  }, []);

  useEffect(() => {
    worker.current ??= new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' });
    const drawing = worker.current;
    const end = (why: Problem) => {
      clearTimeout(timer);
      drawing.terminate();
      worker.current = null;
      setProblem(why);
    };
    const timer = setTimeout(() => end('stopped'), longestMs);
    const onMessage = ({ data }: MessageEvent<PdfTell>) => {
      if (data.type === 'problem') {
        end(data.problem);
        return;
      }
      // PDF.js greets its port as well.
      if (data.type !== 'page') return;
      if (data.page !== page) {
        data.picture.close();
        return;
      }
      clearTimeout(timer);
      const canvas = frame.current;
      if (canvas !== null) {
        canvas.width = data.picture.width;
        canvas.height = data.picture.height;
        canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(data.picture);
      }
      setPages(data.pages);
      setDrawn(data.page);
    };
    const onError = () => end('damaged');
    drawing.addEventListener('message', onMessage);
    drawing.addEventListener('error', onError);
    const room = Math.max(narrowest, frame.current?.parentElement?.clientWidth ?? 0);
    const width = Math.min(widest, Math.ceil(room * window.devicePixelRatio));
    drawing.postMessage({ source, page, width } satisfies PdfAsk);
    return () => {
      clearTimeout(timer);
      drawing.removeEventListener('message', onMessage);
      drawing.removeEventListener('error', onError);
    };
  }, [source, page]);

  if (problem !== null) return <Notice live>{text.attachments.pdf.problems[problem]}</Notice>;
  return (
    <section className="attachment__pdf stack stack--tight" aria-label={text.attachments.pdf.region(name)}>
      {drawn === page ? null : <Busy />}
      <canvas
        ref={frame}
        className="attachment__page"
        hidden={drawn === null}
        role="img"
        aria-label={text.attachments.pdf.page(name, drawn ?? page, pages ?? page)}
      />
      {pages === null ? null : (
        <div className="row" aria-live="polite">
          <Button look="subtle" disabled={page <= 1} onClick={() => setPage(page - 1)}>
            {text.attachments.pdf.previous}
          </Button>
          <span className="small">{text.attachments.pdf.place(page, pages)}</span>
          <Button look="subtle" disabled={page >= pages} onClick={() => setPage(page + 1)}>
            {text.attachments.pdf.next}
          </Button>
        </div>
      )}
    </section>
  );
}
