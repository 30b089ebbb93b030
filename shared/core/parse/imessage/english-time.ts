// The time that imessage-exporter writes above a message, in English whatever the phone's language: `May 17, 2022  5:29:42 PM`.
import { noTime, type RecordTime, readWallTime } from '../exact-time.ts';

const months: readonly string[] = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** For use in other expressions; a one-digit hour has two spaces before it. */
export const englishTime = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \\d{2}, \\d{4} {1,2}\\d{1,2}:\\d{2}:\\d{2} [AP]M';

const parts = /^([A-Z][a-z]{2}) (\d{2}), (\d{4}) {1,2}(\d{1,2}):(\d{2}):(\d{2}) ([AP])M$/;

/** Wall time of the computer that exported: no zone is written, Dutch time is assumed. */
export function readEnglishTime(text: string): RecordTime {
  const match = parts.exec(text);
  if (match === null) return noTime;
  const [, month = '', day = '', year = '', hour = '', minute = '', second = '', half = ''] = match;
  const number = String(months.indexOf(month) + 1).padStart(2, '0');
  const written = Number(hour);
  if (written < 1 || written > 12) return noTime;
  const of24 = String((written % 12) + (half === 'P' ? 12 : 0)).padStart(2, '0');
  return readWallTime(`${year}-${number}-${day}T${of24}:${minute}:${second}`) ?? noTime;
}
