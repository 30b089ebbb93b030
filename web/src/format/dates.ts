// Dutch dates from the three kinds of time of the archive; none of them passes through the zone of this machine.
import type { Instant } from '#core/model/time.ts';

const months = ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'] as const;
const weekdays = ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'] as const;

/** `2022-05-02` → `2 mei 2022`. A date that does not exist is shown as it stands. */
export function toDutchDate(date: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date) ?? [];
  const name = months[Number(month) - 1];
  return name === undefined ? date : `${Number(day)} ${name} ${Number(year)}`;
}

/** `2022-05-02T16:08:13` → `2 mei 2022, 16:08` */
export function toDutchLocalTime(local: string): string {
  return `${toDutchDate(local)}, ${local.slice(11, 16)}`;
}

/** `2022-05-02` → `maandag 2 mei 2022` */
export function toDutchDay(date: string): string {
  const weekday = weekdays[new Date(`${date.slice(0, 10)}T12:00:00Z`).getUTCDay()];
  return weekday === undefined ? date : `${weekday} ${toDutchDate(date)}`;
}

/** `2022-05` → `mei 2022` */
export function toDutchMonth(month: string): string {
  const name = months[Number(month.slice(5, 7)) - 1];
  return name === undefined ? month : `${name} ${month.slice(0, 4)}`;
}

/** `2 – 9 mei 2022`, `2 mei – 9 juni 2022`, or with both years where they differ. */
export function toDutchSpan(first: string, last: string): string {
  if (first.slice(0, 10) === last.slice(0, 10)) return toDutchDate(first);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8, 10))} – ${toDutchDate(last)}`;
  const start = first.slice(0, 4) === last.slice(0, 4) ? toDutchDate(first).replace(/ \d+$/, '') : toDutchDate(first);
  return `${start} – ${toDutchDate(last)}`;
}

const instantFormat = new Intl.DateTimeFormat('nl-NL', {
  timeZone: 'Europe/Amsterdam',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

const dayFormat = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', day: 'numeric', month: 'long', year: 'numeric' });

/** The day of an instant on the calendar in the Netherlands. */
export function toDutchDayOf(instant: Instant | string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : dayFormat.format(at);
}

/** An instant as the clocks in the Netherlands showed it. */
export function toDutchInstant(instant: Instant | string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : instantFormat.format(at).replace(' om ', ', ');
}
