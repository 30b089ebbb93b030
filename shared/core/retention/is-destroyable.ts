// The last question before anything is deleted. Every doubt is a no: destruction cannot be taken back.
import type { Bundle, Retention } from '#core/model/bundle.ts';
import type { DestructionList, ListItem } from '#core/model/destruction-list.ts';
import type { HoldId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { CalendarDate } from '#core/model/time.ts';

export interface DestructionFacts {
  readonly bundle: Pick<Bundle, 'state' | 'retention' | 'holds'>;
  readonly list: Pick<DestructionList, 'state' | 'executeFrom'>;
  readonly item: Pick<ListItem, 'keep' | 'actionDate' | 'outcome'>;
  readonly today: CalendarDate;
  /** Derived now, from the cases as they stand now. */
  readonly rederived: Retention;
  /** Holds on its cases, and holds in the making that cover it or its cases. */
  readonly otherHolds: readonly HoldId[];
  /** A case of it could not be read in the case system: it may be open again there. */
  readonly caseUnread: boolean;
}

function isDate(value: unknown): value is CalendarDate {
  return CalendarDate.safeParse(value).success;
}

export function isDestroyable(facts: DestructionFacts): Result<void> {
  const { bundle, list, item, today, rederived } = facts;
  if (list.state !== 'executing' || !isDate(list.executeFrom) || list.executeFrom > today) return no('destroy.not-authorised');
  if (item.keep !== null || item.outcome !== 'waiting') return no('destroy.not-authorised');
  if (bundle.state !== 'indexed') return no('bundle.wrong-state');
  if (bundle.holds.length > 0 || facts.otherHolds.length > 0) return no('destroy.held');
  if (facts.caseUnread) return no('destroy.case-unread');
  const dates = [bundle.retention.actionDate, item.actionDate, rederived.actionDate];
  if (bundle.retention.nomination !== 'destroy' || rederived.nomination !== 'destroy') return no('destroy.not-due');
  if (!dates.every(isDate)) return no('destroy.not-due');
  if (dates.some((date) => date !== item.actionDate)) return no('destroy.date-differs');
  return item.actionDate <= today ? ok(undefined) : no('destroy.not-due');
}
