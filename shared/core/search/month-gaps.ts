// Why a conversation may lack messages, month by month: taken back, a timer that let them disappear. Counts are exact; months in which
// nothing was said stand between the first and the last.
import { kindFlag } from './columns-codec.ts';
import { monthText, type SegmentColumns } from './segment.ts';

export interface MonthOfGaps {
  /** `2024-05` */
  readonly value: string;
  readonly records: number;
  /** Taken back by whoever said it, or by an administrator: the place stands, the words do not. */
  readonly deleted: number;
  /** Messages were set to disappear in a part of this month. */
  readonly timer: boolean;
}

export interface TimerChange {
  readonly time: number;
  readonly on: boolean;
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number >= 12 ? `${String(year + 1).padStart(4, '0')}-01` : `${String(year).padStart(4, '0')}-${String(number + 1).padStart(2, '0')}`;
}

/** Times as `localNumber` gives them. Records in file order; changes of the timer in order of time. */
export function monthGaps(columns: readonly Pick<SegmentColumns, 'times' | 'kinds'>[], timer: readonly TimerChange[]): readonly MonthOfGaps[] {
  const records = new Map<string, number>();
  const deleted = new Map<string, number>();
  const add = (counts: Map<string, number>, month: string) => counts.set(month, (counts.get(month) ?? 0) + 1);
  for (const { times, kinds } of columns) {
    times.forEach((time, i) => {
      add(records, monthText(time));
      if (((kinds[i] ?? 0) & kindFlag.deleted) !== 0) add(deleted, monthText(time));
    });
  }
  const known = [...records.keys()].filter(isMonth).sort();
  const last = known.at(-1);
  if (known[0] === undefined || last === undefined) return [];
  const on = timerMonths(timer, last);
  const months: MonthOfGaps[] = [];
  for (let value = known[0]; value <= last; value = nextMonth(value)) {
    months.push({ value, records: records.get(value) ?? 0, deleted: deleted.get(value) ?? 0, timer: on.some(([from, to]) => from <= value && value <= to) });
  }
  return months;
}

/** A date that no calendar has may name a thirteenth month; it stands with the doubts. */
function isMonth(text: string): boolean {
  const month = Number(text.slice(5));
  return month >= 1 && month <= 12;
}

function timerMonths(changes: readonly TimerChange[], last: string): readonly (readonly [from: string, to: string])[] {
  const stretches: [string, string][] = [];
  let since: string | null = null;
  for (const { time, on } of changes) {
    const month = monthText(time);
    if (on) since ??= month;
    else if (since !== null) {
      stretches.push([since, month]);
      since = null;
    }
  }
  if (since !== null) stretches.push([since, last]);
  return stretches;
}
