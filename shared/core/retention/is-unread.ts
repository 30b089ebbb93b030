// Whether what we know of a case may be behind the case system. Destruction waits for an answer: a case may have been reopened there.
import type { Case, CaseAttention } from '#core/model/case.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { daysBetween } from './calendar.ts';

const silent: readonly CaseAttention[] = ['zgw-unreachable', 'zgw-denied', 'zgw-not-understood', 'zgw-ambiguous'];

/** The last look at this case in the case system gave nothing to go by. A number it does not know is nothing to wait for, save where it knew it. */
export function isUnread({ source, zgw }: Pick<Case, 'source' | 'zgw'>): boolean {
  const attention = zgw?.attention ?? [];
  return attention.some((one) => silent.includes(one)) || (source === 'zgw' && attention.includes('zgw-not-found'));
}

/** Days after which the last whole reading of the case system is too long ago: one night may fail. */
const mostDays = 2;

/** `readWholeOn`: the last night on which every case that comes due was asked for; undefined: there is no case system. */
export function isReadLately(readWholeOn: CalendarDate | null | undefined, today: CalendarDate): boolean {
  return readWholeOn === undefined || (readWholeOn !== null && daysBetween(readWholeOn, today) <= mostDays);
}
