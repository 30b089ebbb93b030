// Holds the audit log against its seals, day by day, and names the first thing that does not fit. Streams: a page of events at a time.
import { CalendarDate } from '#core/model/time.ts';
import { dayOf, dayPlus, lastDayThatMustBeSealed } from './audit-day.ts';
import { hexOf, type StoredItem } from './canonical-item.ts';
import { firstDifference } from './first-difference.ts';
import { eventIn, type Leaf, leafBytes, leafOf, readLeafPage } from './leaf.ts';
import { makeMerkleTree, type Sha256 } from './merkle-tree.ts';
import { readSeal, type Seal } from './seal.ts';

export const breakKinds = [
  'event-changed',
  'event-removed',
  'event-inserted',
  /** The root differs and the pages of leaves, which would tell where, do not belong to it. */
  'day-differs',
  /** The events fit; a page of leaves is gone or is another than was sealed. */
  'page-damaged',
  'seal-missing',
  'seal-unreadable',
  /** The seal does not name the one before it. */
  'chain-broken',
] as const;
export type BreakKind = (typeof breakKinds)[number];

export interface SealBreak {
  readonly day: CalendarDate;
  readonly kind: BreakKind;
  readonly eventId: string | null;
  /** Place in the day's tree, from 0. */
  readonly position: number | null;
}

export interface Verification {
  /** All that was asked for was looked at, and all of it fits. */
  readonly ok: boolean;
  /** Events that fit their seal. */
  readonly checked: number;
  readonly firstBreak: SealBreak | null;
  readonly sealedThrough: CalendarDate | null;
  /** Events that no seal covers yet: those of today and of days that are not sealed. */
  readonly unsealed: number;
  /** Time ran out before this day: ask again from here. */
  readonly next: CalendarDate | null;
}

type Pages<T> = AsyncIterable<readonly T[]>;

export interface SealedLog {
  /** Days that have a seal, in order. */
  readonly sealedDays: () => Promise<readonly CalendarDate[]>;
  readonly seal: (day: CalendarDate) => Promise<string | null>;
  readonly leafPage: (day: CalendarDate, sha256: string) => Promise<string | null>;
  /** In the order of their keys. */
  readonly events: (day: CalendarDate) => Pages<StoredItem>;
  readonly lateEvents: () => Pages<StoredItem>;
  /** The first day before this one that has an event. */
  readonly firstDayBefore: (day: CalendarDate) => Promise<CalendarDate | null>;
}

export interface VerifyOrder {
  /** The first day to look at; null: from the beginning. */
  readonly from: CalendarDate | null;
  readonly epochMs: number;
  readonly outOfTime: () => boolean;
}

/** Late events by the day on which they were filed. They are few: one for each crash between a change and its event. */
export async function lateByDay(log: Pick<SealedLog, 'lateEvents'>): Promise<ReadonlyMap<string, readonly StoredItem[]>> {
  const found = new Map<string, StoredItem[]>();
  for await (const page of log.lateEvents()) {
    for (const item of page) {
      const day = item['filedOn']?.S ?? '';
      const there = found.get(day);
      if (there === undefined) found.set(day, [item]);
      else there.push(item);
    }
  }
  return found;
}

/** How many days are asked for ahead: a day costs two round trips, and most are small. */
const ahead = 4;

export async function verifySeals(log: SealedLog, sha256: Sha256, order: VerifyOrder): Promise<Verification> {
  const sealed = await log.sealedDays();
  const late = await lateByDay(log);
  const today = dayOf(order.epochMs);
  const mustBeSealed = lastDayThatMustBeSealed(order.epochMs);
  const first = sealed[0] ?? null;
  const last = sealed.at(-1) ?? null;
  let checked = 0;
  const broken = (day: string, kind: BreakKind, place: string | null = null, position: number | null = null): Verification => ({
    ok: false,
    checked,
    firstBreak: { day: day as CalendarDate, kind, eventId: place === null ? null : eventIn(place), position },
    sealedThrough: last,
    unsealed: 0,
    next: null,
  });

  const isFirstPart = order.from === null || first === null || order.from <= first;
  if (isFirstPart) {
    const before = await log.firstDayBefore(first ?? dayPlus(today, 1));
    if (before !== null && first !== null) return broken(before, 'event-inserted', (await firstPlace(log, before)) ?? null, 0);
    if (before !== null && before <= mustBeSealed) return broken(before, 'seal-missing');
    for (const [day, [item]] of late) {
      const isKnown = CalendarDate.safeParse(day).success && day <= today && (first === null || day >= first);
      if (!isKnown && item !== undefined) return broken(first ?? today, 'event-inserted', leafOf(new Uint8Array(), item).place);
    }
  }

  if (first !== null && last !== null) {
    const start = isFirstPart ? first : (order.from ?? first);
    let previous: string | null = null;
    // Beyond the last seal there is no chain to hang on: whether that is too long ago is asked below.
    if (!isFirstPart && start <= last) {
      const text = await log.seal(dayPlus(start, -1));
      if (text === null) return broken(dayPlus(start, -1), 'seal-missing');
      previous = hexOf(sha256(text));
    }
    for await (const { day, text, events, arePagesWhole } of readAhead(log, sha256, start, last)) {
      // One day at the least, or going on would never end.
      if (day !== start && order.outOfTime()) return { ok: false, checked, firstBreak: null, sealedThrough: last, unsealed: 0, next: day };
      if (text === null) return broken(day, 'seal-missing');
      const seal = readSeal(text);
      if (seal === null || seal.day !== day) return broken(day, 'seal-unreadable');
      if (seal.previous !== previous) return broken(day, 'chain-broken');
      previous = hexOf(sha256(text));
      const lateOnes = late.get(day) ?? [];
      const tree = makeMerkleTree(sha256);
      for await (const page of events) for (const item of page) tree.add(leafBytes(sha256, item));
      for (const item of lateOnes) tree.add(leafBytes(sha256, item));
      if (tree.size() !== seal.count || lateOnes.length !== seal.late || hexOf(tree.root()) !== seal.root) {
        const found = await firstDifference(sealedLeaves(log, sha256, seal), presentLeaves(log, sha256, day, lateOnes));
        return found === null ? broken(day, 'day-differs') : broken(day, found.kind, found.place, found.position);
      }
      for await (const isWhole of arePagesWhole) if (!isWhole) return broken(day, 'page-damaged');
      checked += tree.size();
    }
    if (last < mustBeSealed) return broken(dayPlus(last, 1), 'seal-missing');
  }
  return { ok: true, checked, firstBreak: null, sealedThrough: last, unsealed: await countUnsealed(log, late, last, today), next: null };
}

interface DayRead<Text> {
  readonly day: CalendarDate;
  readonly text: Text;
  readonly events: Pages<StoredItem>;
  readonly arePagesWhole: AsyncIterable<boolean>;
}

/** The seal, first events and first page of leaves of the coming days are on their way while a day is looked at. */
async function* readAhead(log: SealedLog, sha256: Sha256, from: CalendarDate, to: CalendarDate): AsyncGenerator<DayRead<string | null>> {
  const coming: DayRead<Promise<string | null>>[] = [];
  let day = from;
  while (coming.length > 0 || day <= to) {
    for (; coming.length < ahead && day <= to; day = dayPlus(day, 1)) {
      const text = heard(log.seal(day));
      coming.push({ day, text, events: begun(log.events(day)), arePagesWhole: begun(eachPageWhole(log, sha256, day, text)) });
    }
    const next = coming.shift();
    if (next !== undefined) yield { ...next, text: await next.text };
  }
}

/** Whoever waits for it hears of its failure; nobody may be waiting any more. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** The same, with its first step taken already. */
function begun<T>(steps: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = steps[Symbol.asyncIterator]();
  const first = heard(iterator.next());
  return (async function* () {
    for (let next = await first; next.done !== true; next = await iterator.next()) yield next.value;
  })();
}

async function* eachPageWhole(log: SealedLog, sha256: Sha256, day: CalendarDate, text: Promise<string | null>): AsyncGenerator<boolean> {
  const seal = readSeal((await text) ?? '');
  for (const hash of seal?.pages ?? []) {
    const page = await log.leafPage(day, hash);
    yield page !== null && hexOf(sha256(page)) === hash;
  }
}

/** The leaves as they were sealed; ends with null where a page is gone or is not the one that was sealed. */
async function* sealedLeaves(log: SealedLog, sha256: Sha256, seal: Seal): AsyncGenerator<Leaf | null> {
  const tree = makeMerkleTree(sha256);
  for (const hash of seal.pages) {
    const text = await log.leafPage(seal.day, hash);
    const leaves = text === null || hexOf(sha256(text)) !== hash ? null : readLeafPage(text);
    if (leaves === null) {
      yield null;
      return;
    }
    for (const leaf of leaves) tree.add(Uint8Array.from(leaf.hash.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
    yield* leaves;
  }
  // Pages and root of one seal that contradict each other: the seal was not made by us.
  if (tree.size() !== seal.count || hexOf(tree.root()) !== seal.root) yield null;
}

async function* presentLeaves(log: SealedLog, sha256: Sha256, day: CalendarDate, late: readonly StoredItem[]): AsyncGenerator<Leaf> {
  for await (const page of log.events(day)) for (const item of page) yield leafOf(leafBytes(sha256, item), item);
  for (const item of late) yield leafOf(leafBytes(sha256, item), item);
}

async function firstPlace(log: SealedLog, day: CalendarDate): Promise<string | null> {
  for await (const [item] of log.events(day)) return item === undefined ? null : leafOf(new Uint8Array(), item).place;
  return null;
}

async function countUnsealed(
  log: SealedLog,
  late: ReadonlyMap<string, readonly StoredItem[]>,
  last: CalendarDate | null,
  today: CalendarDate,
): Promise<number> {
  let count = 0;
  for (const [day, items] of late) if (last === null || day > last) count += items.length;
  const from = last === null ? await log.firstDayBefore(dayPlus(today, 1)) : dayPlus(last, 1);
  for (let day = from; day !== null && day <= today; day = dayPlus(day, 1)) for await (const page of log.events(day)) count += page.length;
  return count;
}
