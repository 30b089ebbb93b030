// Arithmetic on calendar dates without a clock or a zone: proleptic Gregorian, as in ZGW zrc-021 (29 Feb + P1Y → 28 Feb).
import { CalendarDate, type Period } from '#core/model/time.ts';

export interface PeriodParts {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
}

const periodPattern = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;

export function periodParts(period: Period): PeriodParts {
  const found = periodPattern.exec(period);
  if (found === null) throw new RangeError('not an ISO 8601 period in years, months, weeks or days');
  const [years = 0, months = 0, weeks = 0, days = 0] = found.slice(1).map((digits) => Number(digits ?? 0));
  return { years, months, weeks, days };
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1 March of the year 0: months counted from March put the leap day at the end. */
function toDayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day - 1;
}

function fromDayNumber(count: number): CalendarDate {
  let year = Math.floor((10_000 * count + 14_780) / 3_652_425);
  let rest = count - (365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400));
  if (rest < 0) {
    year -= 1;
    rest = count - (365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400));
  }
  const m = Math.floor((100 * rest + 52) / 3060);
  const month = m < 10 ? m + 3 : m - 9;
  return toDate(year + (month <= 2 ? 1 : 0), month, rest - Math.floor((153 * m + 2) / 5) + 1);
}

function toDate(year: number, month: number, day: number): CalendarDate {
  return CalendarDate.parse(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

function partsOf(date: CalendarDate): readonly [year: number, month: number, day: number] {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return [year, month, day];
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromDayNumber(toDayNumber(...partsOf(date)) + days);
}

/** Whole days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return toDayNumber(...partsOf(to)) - toDayNumber(...partsOf(from));
}

/** Years and months first, the day clipped to the month's last; then weeks and days. Null beyond the year 9999. */
export function addPeriod(date: CalendarDate, period: Period): CalendarDate | null {
  const { years, months, weeks, days } = periodParts(period);
  const [year, month, day] = partsOf(date);
  const count = (year + years) * 12 + (month - 1) + months;
  const [y, m] = [Math.floor(count / 12), (count % 12) + 1];
  if (y + (weeks * 7 + days) / 365 > 9998) return null;
  return addDays(toDate(y, m, Math.min(day, daysInMonth(y, m))), weeks * 7 + days);
}

export function monthOf(date: CalendarDate): string {
  return date.slice(0, 7);
}

/** `2030-11`, `2030-12`, `2031-01` …: every month from the one to the other, both included. */
export function monthsFrom(first: string, last: string): string[] {
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  const months: string[] = [];
  for (let i = index(first); i <= index(last); i++) months.push(`${String(Math.floor(i / 12)).padStart(4, '0')}-${String((i % 12) + 1).padStart(2, '0')}`);
  return months;
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}

/** `P1Y6M` → `1 jaar en 6 maanden`. */
export function periodInWords(period: Period): string {
  const { years, months, weeks, days } = periodParts(period);
  const words = [
    ...counted(years, 'jaar', 'jaar'),
    ...counted(months, 'maand', 'maanden'),
    ...counted(weeks, 'week', 'weken'),
    ...counted(days, 'dag', 'dagen'),
  ];
  return words.length === 0 ? '0 dagen' : words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} en ${words.at(-1)}`;
}
