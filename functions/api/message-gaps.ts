// Messages with what was left out around them by who handed them in.
import type { MessageAnswer } from '#contract/conversation.ts';
import type { Bundle } from '#core/model/bundle.ts';
import { type Gap, gapsOf } from '#core/sift/gaps.ts';
import type { ConversationMessages } from '#flow/read-conversation.ts';
import type { Services } from '#runtime/services.ts';

export async function withGaps(
  { sifts }: Pick<Services, 'sifts'>,
  { id, sift }: Bundle,
  n: number,
  { items, records }: ConversationMessages,
): Promise<readonly MessageAnswer[]> {
  if (sift === undefined || !sift.conversations.includes(n)) return items;
  const gaps = gapsOf(sift.mode, await sifts.read(id, n));
  return items.map((item) => {
    const before = gaps.before(item.ordinal);
    const after = item.ordinal === records - 1 ? gaps.from(records) : [];
    const marked = gaps.marked(item.ordinal);
    return { ...item, ...listed('leftOutBefore', before), ...listed('leftOutAfter', after), ...(marked === null ? {} : { markedPrivate: marked }) };
  });
}

function listed<K extends string>(key: K, gaps: readonly Gap[]): Readonly<Partial<Record<K, readonly Gap[]>>> {
  return (gaps.length === 0 ? {} : { [key]: gaps }) as Readonly<Partial<Record<K, readonly Gap[]>>>;
}
