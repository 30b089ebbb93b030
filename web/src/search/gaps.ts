// Where messages may be missing, over all conversations with a hit: taken back, set to disappear, cut off.
import { queryOptions } from '@tanstack/react-query';
import type { ConversationGaps } from '#contract/conversation.ts';
import { post } from '../api/client.ts';

export interface MonthGap {
  readonly deleted: number;
  /** Conversations in which messages disappeared by themselves. */
  readonly timers: number;
}

/** So many the archive tells of at once. */
export const mostGaps = 50;
const cutOff: readonly string[] = ['truncation.suspected', 'file.cut-off'];

export const gapsQuery = (conversations: readonly string[]) =>
  queryOptions({
    queryKey: ['gaps', conversations],
    queryFn: ({ signal }) =>
      post<ConversationGaps>(
        '/v1/conversations/_gaps',
        {
          conversations: conversations.map((value) => {
            const slash = value.lastIndexOf('/');
            return { bundleId: value.slice(0, slash), n: Number(value.slice(slash + 1)) };
          }),
        },
        signal,
      ),
    staleTime: 60_000,
    retry: false,
  });

/** By month; months without a gap are left out. */
export function gapsByMonth({ items }: ConversationGaps): ReadonlyMap<string, MonthGap> {
  const gaps = new Map<string, MonthGap>();
  for (const { months } of items) {
    for (const { value, deleted, timer } of months) {
      if (deleted === 0 && !timer) continue;
      const { deleted: before, timers } = gaps.get(value) ?? { deleted: 0, timers: 0 };
      gaps.set(value, { deleted: before + deleted, timers: timers + (timer ? 1 : 0) });
    }
  }
  return gaps;
}

/** Conversations whose beginning or end may lack. */
export function countCutOff({ items }: ConversationGaps): number {
  return items.filter(({ suspected }) => suspected.some((code) => cutOff.includes(code))).length;
}
