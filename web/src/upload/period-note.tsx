// Telegram: the period that a person chose in its export window is not always the period that the file holds (FORMATS 1.4): both ends are told
// before anything is sent, so that what is too much can be left out.
import { Notice } from '../components/notice.tsx';
import { toDutchSpan } from '../format/dates.ts';
import { text } from '../text.nl.ts';
import type { SiftProgress } from './sift/sift-session.ts';

export function PeriodNote({ progress }: { readonly progress: SiftProgress | null }) {
  if (progress === null || !progress.done) return null;
  const telegram = progress.conversations.filter(({ format }) => format === 'telegram');
  const first = telegram.flatMap((one) => one.first ?? []).sort()[0];
  const last = telegram
    .flatMap((one) => one.last ?? [])
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return null;
  return (
    <Notice title={text.upload.telegramPeriod(toDutchSpan(first, last))}>
      <p>{text.upload.telegramPeriodWhy}</p>
    </Notice>
  );
}
