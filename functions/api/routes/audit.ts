// Audit events for the auditor, oldest first: of an object, of a person, or day after day.

import { AuditVerification, EventPage, ListEvents, VerifyAudit } from '#contract/audit.ts';
import type { AuditEvent } from '#core/model/audit-event.ts';
import { ok, type Result } from '#core/model/result.ts';
import { verifyAudit } from '#flow/verify-audit.ts';
import type { Services } from '#runtime/services.ts';
import type { Mark } from '../cursor.ts';
import { jsonRoute, pageRoute, type Route } from '../route.ts';

interface Events {
  readonly items: readonly AuditEvent[];
  readonly next: Mark | null;
}

const dayMs = 24 * 3600 * 1000;

/** Stands for a day behind the last: the events that were filed late. */
const lateDay = 'late';
/** The door has 29 seconds; a day that is being looked at is finished first. */
const verifyMs = 15_000;

/** From `from` up to and including `today`, then the late ones; the mark names the day it stands in. At most a year of empty days for one page. */
async function dayAfterDay({ audit }: Pick<Services, 'audit'>, from: string, today: string, limit: number, mark: Mark | null): Promise<Result<Events>> {
  const items: AuditEvent[] = [];
  let day = typeof mark?.['day'] === 'string' ? mark['day'] : from;
  let key = (mark?.['key'] ?? null) as Mark | null;
  for (let days = 0; days < 366 && day <= today && items.length < limit; days++) {
    const page = await audit.list({ from: day, limit: limit - items.length, next: key });
    items.push(...page.items);
    if (page.next !== null) return ok({ items, next: { day, key: page.next } });
    day = new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
    key = null;
  }
  if (day <= today) return ok({ items, next: { day, key: null } });
  if (items.length >= limit) return ok({ items, next: { day: lateDay, key: null } });
  const late = await audit.listLate(from, limit - items.length, key);
  return ok({ items: [...items, ...late.items], next: late.next === null ? null : { day: lateDay, key: late.next } });
}

export const auditRoutes: readonly Route[] = [
  pageRoute({
    id: 'listEvents',
    method: 'get',
    path: '/audit/events',
    action: 'audit.read',
    tag: 'Verantwoording',
    summary: 'Who did what, when and with which result',
    query: ListEvents,
    answer: EventPage,
    handle: async ({ services, query, audit }, mark) => {
      const { object, actor, limit } = query;
      const today = services.clock.now().slice(0, 10);
      const from = query.from ?? today;
      const filter = {
        ...(object === undefined ? {} : { object }),
        ...(actor === undefined ? {} : { actor }),
        ...(query.from === undefined ? {} : { from: query.from }),
      };
      const page =
        object === undefined && actor === undefined
          ? await dayAfterDay(services, from, today, limit, mark)
          : ok(await services.audit.list({ ...filter, limit, next: mark }));
      if (!page.ok) return page;
      await audit('audit', { events: page.value.items.length });
      return ok({ items: page.value.items, next: page.value.next });
    },
  }),
  jsonRoute({
    id: 'verifyAudit',
    method: 'post',
    path: '/audit/_verify',
    action: 'audit.verify',
    tag: 'Verantwoording',
    summary: 'Holds the events against the seals of their days and names the first break',
    body: VerifyAudit,
    answer: AuditVerification,
    handle: async ({ services, body, audit }) => {
      const found = await verifyAudit(services, body.from ?? null, verifyMs);
      const { ok: fits, checked, firstBreak } = found;
      await audit('audit', { ok: fits, checked, ...(firstBreak === null ? {} : { day: firstBreak.day, kind: firstBreak.kind }) });
      return ok(found);
    },
  }),
];
