// Calendar arithmetic without a clock, a zone database or a locale. The one zone rule is that of the European Union
// (directive 2000/84/EC): the clock jumps at 02:00 on the last Sunday of March and falls back at 03:00 on the last of October.

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function monthLength(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (monthLengths[month - 1] ?? 0);
}

export function dateExists(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
}

/** Days since 1970-01-01 of a proleptic Gregorian date; a day past the end of its month counts on. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

export function dateOfDayNumber(number: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = number + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

function isLastSunday(year: number, month: number, day: number): boolean {
  // 1970-01-01 was a Thursday: day number 3 is a Sunday.
  return day > 24 && (dayNumber(year, month, day) + 4) % 7 === 0;
}

/** The hour of the night in which the clock is set: it does not exist in March and exists twice in October. */
export function clockChange(year: number, month: number, day: number, hour: number): 'none' | 'does-not-exist' | 'ambiguous' {
  if (hour !== 2 || (month !== 3 && month !== 10) || !isLastSunday(year, month, day)) return 'none';
  return month === 3 ? 'does-not-exist' : 'ambiguous';
}
