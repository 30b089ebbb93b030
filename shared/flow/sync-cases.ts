// Each night: cases are read in the case system again, since notifications are not promised. Every night what is open, asks for attention or
// comes due within two months; all others once a week. When the case system does not answer, the run ends and says so.
import type { Acting } from '#core/audit/audited.ts';
import type { Case } from '#core/model/case.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { addDays, daysBetween } from '#core/retention/calendar.ts';
import type { CaseStore } from '#store/case-store.ts';
import type { Item, Page } from '#store/catalogue.ts';
import type { RunReport } from '#store/run-store.ts';
import type { ZgwStateStore } from '#store/zgw/zgw-state-store.ts';
import { type NeedsSyncCase, syncCase } from './sync-case.ts';

export interface NeedsSyncCases extends NeedsSyncCase {
  readonly cases: NeedsSyncCase['cases'] & Pick<CaseStore, 'list'>;
  readonly zgwState: ZgwStateStore;
  /** Real time after which the run hands the rest on. */
  readonly untilMs: number;
}

const pageSize = 100;
const soonDays = 60;
const week = 7;
/** So many in a row that cannot be reached: it is the case system, not the case. */
const outage = 3;

/** The same case falls on the same day of each week. */
function weekdayOf(id: string): number {
  let sum = 0;
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) % 997;
  return sum % week;
}

export function isAskedOn(one: Pick<Case, 'id' | 'state' | 'verified' | 'retention' | 'zgw'>, today: CalendarDate): boolean {
  if (one.state === 'open' || !one.verified || (one.zgw?.attention.length ?? 0) > 0) return true;
  const { actionDate } = one.retention;
  if (actionDate !== null && actionDate <= addDays(today, soonDays)) return true;
  return weekdayOf(one.id) === daysBetween('1970-01-01' as CalendarDate, today) % week;
}

/** `from`: where the run before this one stopped. */
export async function syncCases(needs: NeedsSyncCases, acting: Acting, from: Item | null = null): Promise<RunReport> {
  const counts = { asked: 0, changed: 0, troubled: 0 };
  if (needs.zgw === null) {
    await needs.zgwState.removeState();
    return { ...counts, configured: false };
  }
  const today = needs.clock.today();
  let next = from;
  let unreachable = 0;
  do {
    const page: Page<Case> = await needs.cases.list(null, pageSize, next);
    for (const one of page.items) {
      if (!isAskedOn(one, today)) continue;
      counts.asked++;
      const outcome = await syncCase(needs, acting, one.id);
      unreachable = outcome === 'zgw-unreachable' ? unreachable + 1 : 0;
      if (outcome === 'changed') counts.changed++;
      else if (outcome !== 'unchanged' && outcome !== 'not-ours') counts.troubled++;
      if (unreachable >= outage) {
        await needs.zgwState.note(false, needs.clock.now());
        return { ...counts, reachable: false };
      }
      if (unreachable === 0) await needs.zgwState.note(true, needs.clock.now());
    }
    next = page.next;
  } while (next !== null && needs.clock.epochMs() < needs.untilMs);
  if (next !== null) await needs.queue.send('sync-cases', { from: JSON.stringify(next) });
  else await needs.zgwState.note(true, needs.clock.now(), today);
  return { ...counts, reachable: true, handedOn: next !== null };
}
