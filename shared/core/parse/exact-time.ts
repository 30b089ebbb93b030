// Exact moments of an export → instant and wall time in the Netherlands (EU rule: the clock changes at 01:00 UTC). No clock, no zone database.
import type { TimeCertainty } from '#core/model/chat.ts';
import type { Instant, LocalTime } from '#core/model/time.ts';
import { clockChange, dateExists, dateOfDayNumber, dayNumber } from './whatsapp/calendar.ts';

export interface RecordTime {
  readonly local: LocalTime;
  readonly certainty: TimeCertainty;
  readonly instant?: Instant;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The range in which messages can have been sent, generously: 1990 up to and including 2199. */
const earliestMs = dayNumber(1990, 1, 1) * dayMs;
const latestMs = dayNumber(2200, 1, 1) * dayMs;

/** No date at all: the record keeps its place in the file, and its time says that it is none. */
export const noTime: RecordTime = { local: '1970-01-01T00:00' as LocalTime, certainty: 'impossible' };

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

function lastSundayOf(year: number, month: number): number {
  const last = dayNumber(year, month, 31);
  // 1970-01-01 was a Thursday: day number 3 is a Sunday.
  return last - ((((last - 3) % 7) + 7) % 7);
}

interface Day {
  readonly number: number;
  readonly year: number;
  readonly text: string;
}

function toDay(number: number): Day {
  const { year, month, day } = dateOfDayNumber(number);
  return { number, year, text: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` };
}

/** Messages stand together by the day: the one asked for last is remembered. A matter of speed alone. */
let lastDay = toDay(0);

function dayOf(epochMs: number): Day {
  const number = Math.floor(epochMs / dayMs);
  if (lastDay.number !== number) lastDay = toDay(number);
  return lastDay;
}

function timeOfDay(epochMs: number): string {
  const seconds = Math.floor((epochMs % dayMs) / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const summers = new Map<number, readonly [from: number, to: number]>();

/** When summer time begins and ends in a year, in milliseconds since 1970. */
function summerOf(year: number): readonly [from: number, to: number] {
  let summer = summers.get(year);
  if (summer === undefined) {
    summer = [lastSundayOf(year, 3) * dayMs + hourMs, lastSundayOf(year, 10) * dayMs + hourMs];
    summers.set(year, summer);
  }
  return summer;
}

/** Null for what cannot be the time of a message. */
export function readEpochMs(epochMs: number): RecordTime | null {
  if (!Number.isFinite(epochMs) || epochMs < earliestMs || epochMs >= latestMs) return null;
  const utc = dayOf(epochMs);
  const [from, to] = summerOf(utc.year);
  const wallMs = epochMs + (epochMs >= from && epochMs < to ? 2 : 1) * hourMs;
  const milliseconds = String(Math.floor(epochMs) % 1000).padStart(3, '0');
  const instant = `${utc.text}T${timeOfDay(epochMs)}.${milliseconds}Z` as Instant;
  return { local: `${dayOf(wallMs).text}T${timeOfDay(wallMs)}` as LocalTime, certainty: 'given', instant };
}

/** Wall time without a zone: taken for Dutch time, which is an assumption. Null when it is no time. */
export function readWallTime(text: string): RecordTime | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (!dateExists(year, month, day) || hour > 23 || minute > 59 || second > 60) return null;
  const change = clockChange(year, month, day, hour);
  const certainty: TimeCertainty = change === 'none' ? 'assumed' : change === 'ambiguous' ? 'ambiguous' : 'impossible';
  return { local: text as LocalTime, certainty };
}
