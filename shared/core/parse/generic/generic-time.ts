// Times as tables write them: ISO, seconds or milliseconds since 1970, Excel's day numbers, figures in a settled order, months by name.
import type { ColumnMapping } from '#core/model/mapping.ts';
import { type RecordTime, readEpochMs, readWallTime } from '../exact-time.ts';
import { readIsoTime } from '../iso-time.ts';
import { dateExists, dateOfDayNumber, dayNumber } from '../whatsapp/calendar.ts';

type TimeRules = Pick<ColumnMapping, 'dateOrder' | 'zone'>;

const clock = String.raw`(?:(?:,|\s+om|\s*T)?\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*([ap]\.?\s?m\.?)?)?`;
const figures = new RegExp(String.raw`^(\d{1,4})([-/.]) ?(\d{1,2})\2 ?(\d{2,4})${clock}$`, 'i');
const dayMonth = new RegExp(String.raw`^(?:[a-z]{2,10}\.?,?\s+)?(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4})${clock}$`, 'i');
const monthDay = new RegExp(String.raw`^(?:[a-z]{2,10}\.?,?\s+)?([a-z]{3,9})\.? (\d{1,2}),? (\d{4})${clock}$`, 'i');

const months: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  maa: 3,
  mrt: 3,
  apr: 4,
  may: 5,
  mei: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  okt: 10,
  nov: 11,
  dec: 12,
};

/** Day 0 of Excel is 30 December 1899. */
const excelEpoch = dayNumber(1899, 12, 30);

/** Null when it is no time. */
export function readGenericTime(value: string, rules: TimeRules): RecordTime | null {
  const text = value.replace(/[\u00a0\u202f]/g, ' ').trim();
  if (/^\d{9,10}(?:\.\d+)?$/.test(text)) return readEpochMs(Math.floor(Number(text) * 1000));
  if (/^\d{12,13}$/.test(text)) return readEpochMs(Number(text));
  if (/^\d{15,16}$/.test(text)) return readEpochMs(Math.floor(Number(text) / 1000));
  if (/^[2-7]\d{4}(?:[.,]\d+)?$/.test(text)) return excelTime(Number(text.replace(',', '.')), rules);
  const exact = readIsoTime(text, rules.zone) ?? (/^\d{4}-\d{2}-\d{2}$/.test(text) ? readIsoTime(`${text}T00:00`, rules.zone) : null);
  if (exact !== null) return exact;
  const plain = figures.exec(text);
  if (plain !== null) {
    const [a = 0, b = 0, c = 0] = [plain[1], plain[3], plain[4]].map(Number);
    const first = plain[1]?.length ?? 0;
    const order = first === 4 ? 'ymd' : first === 3 ? null : rules.dateOrder;
    if (order === null) return null;
    const [year, month, day] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
    return wall(year < 100 ? 2000 + year : year, month, day, plain.slice(5), rules);
  }
  const named = dayMonth.exec(text);
  if (named !== null) return wall(Number(named[3]), monthOf(named[2]), Number(named[1]), named.slice(4), rules);
  const american = monthDay.exec(text);
  return american === null ? null : wall(Number(american[3]), monthOf(american[1]), Number(american[2]), american.slice(4), rules);
}

function monthOf(name: string | undefined): number {
  const key = (name ?? '').slice(0, 3).toLowerCase();
  return Object.hasOwn(months, key) ? (months[key] ?? 0) : 0;
}

function wall(year: number, month: number, day: number, [hours, minutes, seconds, half]: readonly (string | undefined)[], rules: TimeRules): RecordTime | null {
  const hour = Number(hours ?? 0);
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  const whole = half === undefined ? hour : (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  return written(year, month, day, whole, Number(minutes ?? 0), Number(seconds ?? 0), rules);
}

function written(year: number, month: number, day: number, hour: number, minute: number, second: number, { zone }: TimeRules): RecordTime | null {
  if (!dateExists(year, month, day) || hour > 23 || minute > 59 || second > 59) return null;
  if (zone === 'UTC') return readEpochMs(((dayNumber(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  return readWallTime(`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`);
}

function excelTime(serial: number, rules: TimeRules): RecordTime | null {
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400);
  const { year, month, day } = dateOfDayNumber(excelEpoch + Math.floor(serial) + (seconds === 86_400 ? 1 : 0));
  const within = seconds % 86_400;
  return written(year, month, day, Math.floor(within / 3600), Math.floor(within / 60) % 60, within % 60, rules);
}

/** How dates in figures can be read, from all that were seen. */
export function dateOrderOf(values: readonly string[]): { readonly order: ColumnMapping['dateOrder']; readonly certain: boolean } {
  let most = 0;
  let second = 0;
  let found = false;
  for (const value of values) {
    const match = figures.exec(value.replace(/[\u00a0\u202f]/g, ' ').trim());
    if (match === null) continue;
    if ((match[1]?.length ?? 0) === 4) continue;
    found = true;
    most = Math.max(most, Number(match[1]));
    second = Math.max(second, Number(match[3]));
  }
  if (!found) return { order: 'dmy', certain: true };
  if (most > 12) return { order: 'dmy', certain: second <= 12 };
  if (second > 12) return { order: 'mdy', certain: true };
  return { order: 'dmy', certain: false };
}
