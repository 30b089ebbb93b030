// The worker in which a picked file is read: the readers run here, away from the page.
import type { ProblemCode } from '#core/model/bundle.ts';
import { problemText } from '#core/model/text.nl.ts';
import type { LocalTime } from '#core/model/time.ts';
import { cutPicked, type SiftChoice, unnamedFiles } from './cut-picked.ts';
import { type OpenedFile, openPicked, type PickedFile } from './open-picked.ts';
import { makeSiftSession, type SiftProgress, type SiftSession } from './sift-session.ts';

export type SiftAsk =
  | { readonly type: 'open'; readonly file: PickedFile; readonly now: LocalTime }
  | { readonly type: 'rows'; readonly id: number; readonly conversation: number; readonly from: number; readonly to: number }
  | { readonly type: 'spans'; readonly id: number; readonly conversation: number; readonly sender: string }
  | { readonly type: 'suggested'; readonly id: number; readonly conversation: number }
  | { readonly type: 'cut'; readonly id: number; readonly choice: SiftChoice };

export type SiftTell =
  | { readonly type: 'progress'; readonly progress: SiftProgress; readonly unnamed: number; readonly quotes: ReturnType<SiftSession['quotes']> }
  | { readonly type: 'problem'; readonly problem: SiftReadProblem }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number };

/** Why nothing can be shown: what the file is, and what to do; null: it could not be read here, whatever it is. */
export type SiftReadProblem = { readonly code: ProblemCode; readonly detail: string } | null;

const tellEveryMs = 200;
const tell = (news: SiftTell) => self.postMessage(news);

function tellProblem(code: ProblemCode): void {
  tell({ type: 'problem', problem: { code, detail: problemText[code] } });
}

let file: PickedFile | null = null;
let opened: OpenedFile | null = null;
let session: SiftSession | null = null;

async function open(picked: PickedFile, now: LocalTime): Promise<void> {
  file = picked;
  const seen = await openPicked(picked, now);
  if (!seen.ok) {
    tellProblem(seen.problem);
    return;
  }
  const own = makeSiftSession(seen);
  opened = seen;
  session = own;
  let told = Number.NEGATIVE_INFINITY;
  await own.read(() => {
    if (performance.now() - told < tellEveryMs) return;
    told = performance.now();
    tell({ type: 'progress', progress: own.progress(), unnamed: 0, quotes: [] });
  });
  const progress = own.progress();
  if (progress.conversations.every(({ records }) => records === 0)) {
    if (own.asks()) tell({ type: 'problem', problem: null });
    else tellProblem('file.not-a-chat');
  } else tell({ type: 'progress', progress, unnamed: unnamedFiles(seen, own), quotes: own.quotes() });
}

async function answer(ask: Exclude<SiftAsk, { type: 'open' }>): Promise<unknown> {
  if (session === null || opened === null || file === null) throw new Error('sift: nothing is open');
  if (ask.type === 'rows') return session.rows(ask.conversation, ask.from, ask.to);
  if (ask.type === 'spans') return session.spansOf(ask.conversation, ask.sender);
  if (ask.type === 'suggested') return session.suggested(ask.conversation);
  return cutPicked(file, opened, session, ask.choice);
}

self.addEventListener('message', (event: MessageEvent<SiftAsk>) => {
  const ask = event.data;
  if (ask.type === 'open') open(ask.file, ask.now).catch(() => tell({ type: 'problem', problem: null }));
  else
    answer(ask).then(
      (value) => tell({ type: 'answer', id: ask.id, value }),
      () => tell({ type: 'failed', id: ask.id }),
    );
});
