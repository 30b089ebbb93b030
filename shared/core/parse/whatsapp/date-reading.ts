// A date of three numbers under an order of day, month and year.
import type { DateOrder } from '#core/model/chat.ts';
import { dateOfDayNumber, dayNumber, monthLength } from './calendar.ts';
import { gregorianYear } from './header.ts';

/** Orders that a place of the four-digit year leaves open; two digits everywhere leave three. */
const ordersByYearPlace: readonly (readonly DateOrder[])[] = [
  ['dmy', 'mdy', 'ymd'],
  ['ymd', 'ydm'],
  ['dmy', 'mdy'],
  ['dmy', 'mdy'],
];

export function possibleOrders(yearPlace: number): readonly DateOrder[] {
  return ordersByYearPlace[yearPlace] ?? [];
}

export interface YearMonthDay {
  year: number;
  month: number;
  day: number;
}

/** Writes year, month and day into `into`. With the year in the middle (06/2018/13) the order tells which of the others is the day. */
export function readDateNumbers(order: DateOrder, yearPlace: number, a: number, b: number, c: number, into: YearMonthDay): void {
  if (yearPlace === 2) {
    into.year = gregorianYear(b);
    into.day = order === 'dmy' ? a : c;
    into.month = order === 'dmy' ? c : a;
    return;
  }
  if (order === 'dmy') {
    into.day = a;
    into.month = b;
    into.year = gregorianYear(c);
  } else if (order === 'mdy') {
    into.month = a;
    into.day = b;
    into.year = gregorianYear(c);
  } else if (order === 'ymd') {
    into.year = gregorianYear(a);
    into.month = b;
    into.day = c;
  } else {
    into.year = gregorianYear(a);
    into.day = b;
    into.month = c;
  }
}

const scratch: YearMonthDay = { year: 0, month: 0, day: 0 };

/** Day number of a date under an order; NaN when there is no such date. */
export function dayUnderOrder(order: DateOrder, yearPlace: number, a: number, b: number, c: number): number {
  readDateNumbers(order, yearPlace, a, b, c, scratch);
  const { year, month, day } = scratch;
  if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return Number.NaN;
  return dayNumber(year, month, day);
}

export function twoDigits(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

/** `2022-05-02T16:08`, or with seconds, from seconds since 1970 of wall time. */
export function toLocalText(wallSeconds: number, withSeconds: boolean): string {
  const days = Math.floor(wallSeconds / 86400);
  const rest = wallSeconds - days * 86400;
  const { year, month, day } = dateOfDayNumber(days);
  const text = `${year}-${twoDigits(month)}-${twoDigits(day)}T${twoDigits(Math.floor(rest / 3600))}:${twoDigits(Math.floor((rest % 3600) / 60))}`;
  return withSeconds ? `${text}:${twoDigits(rest % 60)}` : text;
}

/** Wall time in seconds since 1970; NaN when the text is none. */
export function fromLocalText(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?/.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return dayNumber(year ?? 0, month ?? 1, day ?? 1) * 86400 + (hour ?? 0) * 3600 + (minute ?? 0) * 60 + (match[6] === undefined ? 0 : (second ?? 0));
}
