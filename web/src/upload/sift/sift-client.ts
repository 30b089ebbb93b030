// The page's end of the worker that reads a picked file.
import type { LocalTime } from '#core/model/time.ts';
import type { QuoteLink } from '#core/sift/quotes.ts';
import type { Span } from '#core/sift/strikes.ts';
import type { SiftChoice, Sifted } from './cut-picked.ts';
import type { SiftProgress, SiftRow } from './sift-session.ts';
import type { SiftAsk, SiftReadProblem, SiftTell } from './sift-worker.ts';

export interface SiftView {
  readonly progress: SiftProgress | null;
  /** Files that no message names; known when all has been read. */
  readonly unnamed: number;
  /** By conversation: messages in which the words of another stand too; known when all has been read. */
  readonly quotes: readonly (readonly QuoteLink[])[];
  /** Absent: nothing is wrong. */
  readonly problem?: SiftReadProblem;
}

export interface SiftClient {
  readonly rows: (conversation: number, from: number, to: number) => Promise<readonly SiftRow[]>;
  readonly spansOf: (conversation: number, sender: string) => Promise<readonly Span[]>;
  readonly suggested: (conversation: number) => Promise<readonly number[]>;
  readonly cut: (choice: SiftChoice) => Promise<Sifted>;
  readonly close: () => void;
}

type Ask = SiftAsk extends infer A ? (A extends { readonly id: number } ? Omit<A, 'id'> : never) : never;

export function openSift(file: File, onView: (view: SiftView) => void): SiftClient {
  const worker = new Worker(new URL('./sift-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  let view: SiftView = { progress: null, unnamed: 0, quotes: [] };
  let asked = 0;

  function show(change: Partial<SiftView>): void {
    view = { ...view, ...change };
    onView(view);
  }

  worker.addEventListener('message', (event: MessageEvent<SiftTell>) => {
    const news = event.data;
    if (news.type === 'progress') show({ progress: news.progress, unnamed: news.unnamed, quotes: news.quotes });
    else if (news.type === 'problem') show({ problem: news.problem });
    else {
      const one = waiting.get(news.id);
      waiting.delete(news.id);
      if (news.type === 'answer') one?.resolve(news.value);
      else one?.reject(new Error('the worker could not do it'));
    }
  });
  worker.addEventListener('error', () => show({ problem: null }));

  function ask<T>(question: Ask): Promise<T> {
    const id = asked++;
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      worker.postMessage({ ...question, id });
    });
  }

  const now = new Date().toISOString().slice(0, 19) as LocalTime;
  worker.postMessage({ type: 'open', file, now } satisfies SiftAsk);
  return {
    rows: (conversation, from, to) => ask({ type: 'rows', conversation, from, to }),
    spansOf: (conversation, sender) => ask({ type: 'spans', conversation, sender }),
    suggested: (conversation) => ask({ type: 'suggested', conversation }),
    cut: (choice) => ask({ type: 'cut', choice }),
    close: () => worker.terminate(),
  };
}
