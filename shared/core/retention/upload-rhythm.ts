// Whether a key person's chats come in as often as was agreed. Dates only: the calendar of the archive says what today is.
import { type Custodian, openSteps } from '#core/model/custodian.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { addDays, addPeriod, daysBetween } from './calendar.ts';

export const punctualities = ['on-time', 'due-soon', 'behind', 'no-rhythm', 'left'] as const;
export type Punctuality = (typeof punctualities)[number];

export interface UploadStanding {
  readonly punctuality: Punctuality;
  /** The last day on which an upload is in time; null: none is expected. */
  readonly dueOn: CalendarDate | null;
  /** Whole days since that day; 0 when not behind. */
  readonly daysBehind: number;
}

/** So many days before, the person is told. */
const soonDays = 7;

type Expected = Pick<Custodian, 'state' | 'rhythm' | 'from' | 'leavingOn' | 'steps'>;

export function uploadStanding(custodian: Expected, lastUploadOn: CalendarDate | null, today: CalendarDate): UploadStanding {
  if (custodian.state === 'left') return { punctuality: 'left', dueOn: null, daysBehind: 0 };
  const since = lastUploadOn !== null && lastUploadOn > custodian.from ? lastUploadOn : custodian.from;
  const byRhythm = custodian.rhythm === null ? null : addPeriod(since, custodian.rhythm);
  // Who leaves has until the last day, however long the rhythm.
  const leaving = custodian.leavingOn !== null && openSteps(custodian).length > 0 ? custodian.leavingOn : null;
  const dueOn = [byRhythm, leaving].filter((day) => day !== null).sort()[0] ?? null;
  if (dueOn === null) return { punctuality: 'no-rhythm', dueOn, daysBehind: 0 };
  if (today > dueOn) return { punctuality: 'behind', dueOn, daysBehind: daysBetween(dueOn, today) };
  return { punctuality: today >= addDays(dueOn, -soonDays) ? 'due-soon' : 'on-time', dueOn, daysBehind: 0 };
}
