// What all headers of one layout say together about the order of day and month. Filled header by header in the first pass,
// in constant memory whatever the size of the file.
import type { DateOrder } from '#core/model/chat.ts';
import { dayUnderOrder, possibleOrders } from './date-reading.ts';
import type { Header } from './header.ts';

export interface OrderStats {
  readonly order: DateOrder;
  /** Dates that do not exist under this order, though they do under another. */
  invalid: number;
  /** Dates that lie more than a day before the header above them; before WhatsApp; after the file was handed in. */
  back: number;
  early: number;
  late: number;
  min: number;
  max: number;
  /** Names of media whose own date agrees with this order and with no other. */
  mediaExact: number;
  mediaDay: number;
  /** Wall time of the last header. */
  last: number;
  /** Day number of the last date seen; NaN when it does not exist under this order. */
  day: number;
}

/** A stretch in which headers could be read under one order only. */
export interface ProofStretch {
  readonly order: DateOrder;
  readonly fromLine: number;
  /** Dates in it that prove the order. */
  dates: number;
}

export interface LayoutStats {
  readonly layout: number;
  readonly yearPlace: number;
  readonly orders: readonly OrderStats[];
  count: number;
  dates: number;
  padded: number;
  unpadded: number;
  proofs: ProofStretch[];
  /** More stretches than one file can have by being joined from several: the headers contradict each other. */
  chaotic: boolean;
  /** Times on the date that is being read; −1 before there is one. */
  firstTime: number;
  minTime: number;
  maxTime: number;
  lastTime: number;
  lastA: number;
  lastB: number;
  lastC: number;
  splitLine: number;
}

const mostProofs = 16;
/** WhatsApp came in 2009. */
const earliest = 14245 * 86400;

export function makeLayoutStats(layout: number, yearPlace: number): LayoutStats {
  return {
    layout,
    yearPlace,
    orders: possibleOrders(yearPlace).map((order) => ({
      order,
      invalid: 0,
      back: 0,
      early: 0,
      late: 0,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      mediaExact: 0,
      mediaDay: 0,
      last: Number.NaN,
      day: Number.NaN,
    })),
    count: 0,
    dates: 0,
    padded: 0,
    unpadded: 0,
    proofs: [],
    chaotic: false,
    firstTime: -1,
    minTime: -1,
    maxTime: -1,
    lastTime: -1,
    lastA: -1,
    lastB: -1,
    lastC: -1,
    splitLine: 0,
  };
}

/** Takes one header into account: of headers on one date only the first, last, earliest and latest time are kept, until the date changes. */
export function countHeader(stats: LayoutStats, h: Header, line: number, latest: number): void {
  stats.count++;
  const time = h.hour * 3600 + h.minute * 60 + Math.max(0, h.second);
  if (h.a !== stats.lastA || h.b !== stats.lastB || h.c !== stats.lastC) {
    settle(stats, latest);
    takeDate(stats, h, line);
    stats.firstTime = time;
    stats.minTime = time;
    stats.maxTime = time;
  } else if (time < stats.minTime) stats.minTime = time;
  else if (time > stats.maxTime) stats.maxTime = time;
  stats.lastTime = time;
}

/** Adds the date that is being read to the figures of each order. */
export function settle(stats: LayoutStats, latest: number): void {
  if (stats.lastTime < 0) return;
  for (const o of stats.orders) {
    if (Number.isNaN(o.day)) continue;
    const midnight = o.day * 86400;
    if (midnight + stats.minTime < o.min) o.min = midnight + stats.minTime;
    if (midnight + stats.maxTime > o.max) o.max = midnight + stats.maxTime;
    if (midnight + stats.firstTime < o.last - 86400) o.back++;
    if (midnight + stats.maxTime > latest) o.late++;
    if (midnight < earliest) o.early++;
    o.last = midnight + stats.lastTime;
  }
  stats.firstTime = stats.lastTime;
}

function takeDate(stats: LayoutStats, h: Header, line: number): void {
  stats.lastA = h.a;
  stats.lastB = h.b;
  stats.lastC = h.c;
  stats.dates++;
  if (h.padding === 1) stats.padded++;
  else if (h.padding === 2) stats.unpadded++;
  let valid = 0;
  let only: OrderStats | null = null;
  const current = stats.proofs.at(-1)?.order;
  let expected = Number.NaN;
  for (const o of stats.orders) if (o.order === current) expected = Math.floor(o.last / 86400);
  let asCurrent = Number.NaN;
  let asOther = Number.NaN;
  for (const o of stats.orders) {
    o.day = dayUnderOrder(o.order, stats.yearPlace, h.a, h.b, h.c);
    if (Number.isNaN(o.day)) continue;
    valid++;
    only = o;
    if (o.order === current) asCurrent = o.day;
    else if (o.order !== 'ymd' || stats.yearPlace !== 0) asOther = o.day;
  }
  if (valid > 0) for (const o of stats.orders) if (Number.isNaN(o.day)) o.invalid++;
  // Day and month may be told apart by two of the three orders of a short date; the third (year first) proves nothing for them.
  const [dmy, mdy] = stats.orders;
  const byDay = dmy !== undefined && mdy !== undefined && Number.isNaN(dmy.day) !== Number.isNaN(mdy.day) ? (Number.isNaN(dmy.day) ? mdy : dmy) : null;
  const proven = valid === 1 ? only : byDay;
  if (proven !== null) {
    if (current !== proven.order) {
      if (stats.proofs.length >= mostProofs) stats.chaotic = true;
      else stats.proofs.push({ order: proven.order, fromLine: stats.proofs.length === 0 ? 1 : stats.splitLine || line, dates: 1 });
    } else {
      const stretch = stats.proofs.at(-1);
      if (stretch !== undefined) stretch.dates++;
    }
    stats.splitLine = 0;
  } else if (current !== undefined && stats.splitLine === 0) {
    const stay = asCurrent - expected;
    const change = asOther - expected;
    if (change >= 0 && change <= 20 && !(stay >= 0 && stay <= 20)) stats.splitLine = line;
  }
}

/** A medium's name in the record of the last header tells a date: exact (iOS: the time of the message) or the day of sending or receipt (Android). */
export function countMediaDate(stats: LayoutStats, day: number, exact: boolean): void {
  let agrees: OrderStats | null = null;
  for (const o of stats.orders) {
    if (o.day !== day) continue;
    if (agrees !== null) return;
    agrees = o;
  }
  if (agrees === null) return;
  if (exact) agrees.mediaExact++;
  else agrees.mediaDay++;
}
