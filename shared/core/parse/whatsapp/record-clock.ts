// Wall time of a header under the order that the plan gives, and how sure it is. Records of one date share its text.
import type { TimeCertainty } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { LocalTime } from '#core/model/time.ts';
import { clockChange, dateExists, dayNumber } from './calendar.ts';
import { possibleOrders, readDateNumbers, twoDigits, type YearMonthDay } from './date-reading.ts';
import type { Header } from './header.ts';
import type { PlanStretch } from './layout-plan.ts';

export interface RecordClock {
  /** Reads the header into `local` and `certainty`. */
  readonly read: (h: Header, stretch: PlanStretch, line: number) => void;
  local: LocalTime;
  certainty: TimeCertainty;
}

const minutesOfDay: readonly string[] = Array.from({ length: 1440 }, (_, n) => `T${twoDigits(Math.floor(n / 60))}:${twoDigits(n % 60)}`);
const secondsOfMinute: readonly string[] = Array.from({ length: 61 }, (_, n) => `:${twoDigits(n)}`);

export function makeRecordClock(file: number, doubts: Doubt[]): RecordClock {
  let lastStretch: PlanStretch | null = null;
  let lastA = -1;
  let lastB = -1;
  let lastC = -1;
  let lastTime = -1;
  let dateText = '';
  let lastDay = Number.NEGATIVE_INFINITY;
  let dateCertainty: TimeCertainty = 'assumed';
  const date: YearMonthDay = { year: 0, month: 0, day: 0 };
  const clock: RecordClock = { read, local: '' as LocalTime, certainty: 'assumed' };

  function takeDate(h: Header, stretch: PlanStretch, line: number): void {
    lastStretch = stretch;
    lastA = h.a;
    lastB = h.b;
    lastC = h.c;
    lastTime = -1;
    dateCertainty = 'assumed';
    readDateNumbers(stretch.order, stretch.yearPlace, h.a, h.b, h.c, date);
    if (!dateExists(date.year, date.month, date.day)) {
      const other = possibleOrders(stretch.yearPlace).find((order) => {
        readDateNumbers(order, stretch.yearPlace, h.a, h.b, h.c, date);
        return dateExists(date.year, date.month, date.day);
      });
      if (other === undefined) {
        readDateNumbers(stretch.order, stretch.yearPlace, h.a, h.b, h.c, date);
        dateCertainty = 'impossible';
        doubts.push({ code: 'date.impossible', severity: 'warning', place: { file, line } });
      } else doubts.push({ code: 'date-order.changes', severity: 'warning', place: { file, line }, evidence: { expected: stretch.order, read: other } });
    }
    dateText = `${date.year}-${twoDigits(date.month)}-${twoDigits(date.day)}`;
    if (dateCertainty === 'impossible') return;
    const day = dayNumber(date.year, date.month, date.day);
    // Messages sent without a network come minutes late, around midnight a day; more than that is no order in which people talk.
    if (day < lastDay - 1) doubts.push({ code: 'time.jumps-back', severity: 'note', place: { file, line }, evidence: { days: lastDay - day } });
    lastDay = day;
  }

  function read(h: Header, stretch: PlanStretch, line: number): void {
    if (h.a !== lastA || h.b !== lastB || h.c !== lastC || stretch !== lastStretch) takeDate(h, stretch, line);
    clock.certainty = dateCertainty;
    if (h.hour === 2 && dateCertainty === 'assumed') takeNight(line);
    const time = (h.hour * 60 + h.minute) * 64 + h.second + 1;
    if (time === lastTime) return;
    lastTime = time;
    clock.local = (dateText + minutesOfDay[h.hour * 60 + h.minute] + (h.second < 0 ? '' : secondsOfMinute[h.second])) as LocalTime;
  }

  function takeNight(line: number): void {
    const change = clockChange(date.year, date.month, date.day, 2);
    if (change === 'none') return;
    const twice = change === 'ambiguous';
    clock.certainty = twice ? 'ambiguous' : 'impossible';
    doubts.push({ code: twice ? 'time.ambiguous' : 'time.does-not-exist', severity: twice ? 'note' : 'warning', place: { file, line } });
  }

  return clock;
}
