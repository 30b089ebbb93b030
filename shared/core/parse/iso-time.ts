// ISO 8601 as exports write it: with `Z` or an offset the moment is exact; without, it is an assumption in which zone the clock stood.
// One sample of Microsoft's leaves the T out (`2021-03-1706:47:05.123Z`); fractions go up to nine digits. FORMATS: sections 1.6 and 1.7.
import { type RecordTime, readEpochMs, readWallTime } from './exact-time.ts';
import { dateExists, dayNumber } from './whatsapp/calendar.ts';

/** For a time without a zone: that of the exporting service, or the wall time of a person here. */
export type AssumedZone = 'UTC' | 'Europe/Amsterdam';

const iso = /^(\d{4})-(\d{2})-(\d{2})[Tt ]?(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([Zz]|[+-]\d{2}:?\d{2})?$/;

/** Null when it is no time. */
export function readIsoTime(text: string, zone: AssumedZone): RecordTime | null {
  const match = iso.exec(text.trim());
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map(Number);
  const second = Number(match[6] ?? 0);
  const written = match[8];
  if (written === undefined && zone === 'Europe/Amsterdam') {
    return readWallTime(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6] ?? '00'}`);
  }
  if (!dateExists(year, month, day) || hour > 24 || minute > 59 || second > 60) return null;
  const offset =
    written === undefined || /^z$/i.test(written) ? 0 : (written.startsWith('-') ? -1 : 1) * (Number(written.slice(1, 3)) * 60 + Number(written.slice(-2)));
  const milliseconds = Number((match[7] ?? '0').slice(0, 3).padEnd(3, '0'));
  const time = readEpochMs(((dayNumber(year, month, day) * 24 + hour) * 60 + minute - offset) * 60_000 + second * 1000 + milliseconds);
  return time === null || written !== undefined ? time : { ...time, certainty: 'assumed' };
}
