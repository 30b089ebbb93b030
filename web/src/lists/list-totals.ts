// What a list takes away, added up over its items; kept items are not counted.
import type { ListItemAnswer } from '#contract/destruction-list.ts';
import { toCount } from '../format/numbers.ts';
import { text } from '../text.nl.ts';

export function totalsSentence(items: readonly ListItemAnswer[]): string {
  const going = items.filter((item) => item.decision === 'destroy' && item.outcome !== 'left-out');
  const sum = (of: (item: ListItemAnswer) => number) => going.reduce((total, item) => total + of(item), 0);
  return text.lists.totals(
    toCount(going.length, text.common.bundleOne, text.common.bundleMany),
    toCount(
      sum((item) => item.counts?.messages ?? 0),
      text.common.messageOne,
      text.common.messageMany,
    ),
    toCount(
      sum((item) => item.counts?.attachments.present ?? 0),
      text.lists.attachmentOne,
      text.lists.attachmentMany,
    ),
  );
}
