// Each night: every closed day of the audit log without a seal gets one, chained to the day before; days without events too, so that a
// missing day shows (BIO 8.15). Safe to run twice and to break off: a day is sealed by one write that never overwrites.

import { dayPlus, lastSealableDay } from '#core/audit/audit-day.ts';
import type { Acting } from '#core/audit/audited.ts';
import { hexOf, type StoredItem } from '#core/audit/canonical-item.ts';
import { readSeal, sealText } from '#core/audit/seal.ts';
import { sealDay } from '#core/audit/seal-day.ts';
import { lateByDay } from '#core/audit/verify-seals.ts';
import { CalendarDate } from '#core/model/time.ts';
import type { AuditStore } from '#store/audit-store.ts';
import type { RunReport } from '#store/run-store.ts';
import { type SealStore, sha256 } from '#store/seal-store.ts';
import { acted } from './acted.ts';
import type { NeedsAudit, NeedsLog } from './needs.ts';

export interface NeedsSeals extends NeedsAudit, NeedsLog {
  readonly audit: AuditStore;
  readonly seals: SealStore;
}

export async function sealAuditDays(needs: NeedsSeals, acting: Acting): Promise<RunReport> {
  const last = lastSealableDay(needs.clock.epochMs());
  const report = { daysSealed: 0, eventsSealed: 0 };
  if ((await needs.seals.seal(last)) !== null) return report;
  const late = await lateByDay(needs.audit);
  const { day: first, previous: standing } = await whereToBegin(needs, last, [...late.keys()]);
  if (first > last) return report;
  let previous = standing;
  for (let day = first; day <= last; day = dayPlus(day, 1)) {
    const sealed = await seal(needs, day, previous, late.get(day) ?? []);
    previous = hexOf(sha256(sealed.text));
    report.daysSealed++;
    report.eventsSealed += sealed.count;
  }
  await needs.audit.append(acted(needs, acting, 'audit.seal', 'audit', { first, last, days: report.daysSealed, events: report.eventsSealed }));
  return report;
}

/** The day after the newest seal; without any seal the first day that has an event of its own or a late one. */
async function whereToBegin(needs: NeedsSeals, last: CalendarDate, lateOn: readonly string[]): Promise<{ day: CalendarDate; previous: string | null }> {
  const newest = (await needs.seals.sealedDays()).at(-1);
  if (newest === undefined) {
    const filed = lateOn.flatMap((day) => CalendarDate.safeParse(day).data ?? []);
    const days = [...filed, (await needs.audit.firstDayBefore(last)) ?? last, last].sort();
    return { day: days[0] ?? last, previous: null };
  }
  const text = await needs.seals.seal(newest);
  if (text === null) throw new Error(`audit: the seal of ${newest} is listed and cannot be read`);
  return { day: dayPlus(newest, 1), previous: hexOf(sha256(text)) };
}

async function seal(needs: NeedsSeals, day: CalendarDate, previous: string | null, late: readonly StoredItem[]): Promise<{ text: string; count: number }> {
  const order = { day, previous, madeAt: needs.clock.now(), events: needs.audit.events(day), late };
  const made = await sealDay(sha256, order, (page) => needs.seals.putPage(day, page));
  const text = await needs.seals.put(day, sealText(made));
  const stands = readSeal(text);
  // Two nights at once make the same seal at another moment; anything else means that a closed day has changed.
  if (stands?.root !== made.root || stands.previous !== previous) {
    needs.log.info('audit.sealed-otherwise', { day });
    throw new Error(`audit: ${day} has been sealed otherwise`);
  }
  return { text, count: made.count };
}
