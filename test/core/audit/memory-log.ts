// An audit log of random events in memory with its seals, open to every kind of tampering.
import { hash } from 'node:crypto';
import { dayPlus } from '#core/audit/audit-day.ts';
import { hexOf, type StoredItem } from '#core/audit/canonical-item.ts';
import type { Sha256 } from '#core/audit/merkle-tree.ts';
import { sealText } from '#core/audit/seal.ts';
import { sealDay } from '#core/audit/seal-day.ts';
import { lateByDay, type SealedLog, type Verification, verifySeals } from '#core/audit/verify-seals.ts';
import { makeId } from '#core/model/id.ts';
import type { CalendarDate, Instant } from '#core/model/time.ts';

export const sha256: Sha256 = (content) => hash('sha256', content, 'buffer');
export const firstDay = '2026-03-01' as CalendarDate;

export type Draw = (below: number) => number;

export interface MemoryLog {
  readonly days: Map<string, StoredItem[]>;
  readonly late: StoredItem[];
  readonly seals: Map<string, string>;
  readonly pages: Map<string, string>;
  readonly log: SealedLog;
}

export function itemAt(at: string, draw: Draw, filedOn?: string): StoredItem {
  const id = makeId(
    'event',
    Date.parse(at),
    Uint8Array.from({ length: 10 }, () => draw(256)),
  );
  return {
    pk: { S: filedOn === undefined ? `DAY#${at.slice(0, 10)}` : 'DAY#late' },
    sk: { S: `${at}#${id}` },
    id: { S: id },
    at: { S: at },
    actor: { S: `sub-${draw(9)}` },
    role: { S: 'archivist' },
    action: { S: 'bundle.read' },
    object: { S: `case:ZAAK-${draw(99)}` },
    result: { S: 'done' },
    origin: { S: 'api/é👍"\\' },
    ...(draw(2) === 0 ? {} : { facts: { M: { n: { N: String(draw(1000) / 8) }, ok: { BOOL: draw(2) === 0 }, code: { S: 'x' } } } }),
    ...(filedOn === undefined ? {} : { filedOn: { S: filedOn } }),
  };
}

export const instantOn = (day: string, draw: Draw) => `${day}T${new Date(draw(86_400_000)).toISOString().slice(11)}`;
const byKey = (one: StoredItem, other: StoredItem) => ((one['sk']?.S ?? '') < (other['sk']?.S ?? '') ? -1 : 1);

/** Puts an item where its key says, in order. */
export function lay(items: StoredItem[], item: StoredItem): void {
  items.push(item);
  items.sort(byKey);
}

async function* inPages(items: readonly StoredItem[]) {
  for (let i = 0; i < items.length; i += 3) yield items.slice(i, i + 3);
}

/** `counts`: events of each day from the first on; each late event lies `[day of the event, day of its filing]`. */
export async function sealedLog(counts: readonly number[], lateOnes: readonly (readonly [number, number])[], draw: Draw): Promise<MemoryLog> {
  const days = new Map<string, StoredItem[]>();
  const late: StoredItem[] = [];
  const seals = new Map<string, string>();
  const pages = new Map<string, string>();
  const log: SealedLog = {
    sealedDays: async () => [...seals.keys()].sort() as CalendarDate[],
    seal: async (day) => seals.get(day) ?? null,
    leafPage: async (day, name) => pages.get(`${day}/${name}`) ?? null,
    events: (day) => inPages(days.get(day) ?? []),
    lateEvents: () => inPages(late),
    firstDayBefore: async (before) => ([...days.keys()].filter((day) => day < before && days.get(day)?.length !== 0).sort()[0] as CalendarDate) ?? null,
  };
  for (const [n, count] of counts.entries()) {
    const day = dayPlus(firstDay, n);
    days.set(day, Array.from({ length: count }, () => itemAt(instantOn(day, draw), draw)).sort(byKey));
  }
  for (const [of, on] of lateOnes) lay(late, itemAt(instantOn(dayPlus(firstDay, of), draw), draw, dayPlus(firstDay, on)));
  const filed = await lateByDay(log);
  let previous: string | null = null;
  for (const day of days.keys()) {
    const order = {
      day: day as CalendarDate,
      previous,
      madeAt: `${day}T23:59:59.999Z` as Instant,
      events: log.events(day as CalendarDate),
      late: filed.get(day) ?? [],
    };
    const seal = await sealDay(sha256, order, async (text) => {
      const name = hexOf(sha256(text));
      pages.set(`${day}/${name}`, text);
      return name;
    });
    seals.set(day, sealText(seal));
    previous = hexOf(sha256(sealText(seal)));
  }
  return { days, late, seals, pages, log };
}

/** As it is verified two days after the last seal. */
export function verified({ log }: MemoryLog, days: number, from: CalendarDate | null = null): Promise<Verification> {
  return verifySeals(log, sha256, { from, epochMs: Date.parse(dayPlus(firstDay, days + 2)), outOfTime: () => false });
}
