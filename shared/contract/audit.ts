// Audit events for the auditor (BIO 8.15): action, object, result, origin, actor, time. Never content.
import * as z from 'zod';
import { breakKinds } from '#core/audit/verify-seals.ts';
import { EventId } from '#core/model/id.ts';
import { Role } from '#core/model/role.ts';
import { CalendarDate, Instant } from '#core/model/time.ts';
import { Cursor, pageLimit, pageOf } from './page.ts';

export const ListEvents = z
  .strictObject({
    object: z.string().min(1).max(200).optional().meta({ description: '`bundle_…`, `case:ZAAK-2026-0042`, `settings` …' }),
    actor: z.string().min(1).max(200).optional().meta({ description: 'Pseudonymous subject' }),
    from: CalendarDate.optional().meta({ description: 'First day; without object and actor: the one day that is listed (today by default)' }),
    limit: pageLimit(100, 500),
    next: Cursor.optional(),
  })
  .refine((query) => query.object === undefined || query.actor === undefined, { path: ['actor'], message: 'geef een object of een persoon, niet allebei' });
export type ListEvents = z.infer<typeof ListEvents>;

const EventAnswer = z
  .object({
    id: EventId,
    at: Instant,
    actor: z.string(),
    role: Role,
    action: z.string(),
    object: z.string(),
    result: z.enum(['done', 'refused', 'failed']),
    origin: z.string(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    filedOn: CalendarDate.optional().meta({ description: 'Written after its own day had closed: the day whose seal covers it' }),
  })
  .meta({ id: 'AuditEvent', description: 'One thing that was done or refused' });

export const EventPage = pageOf('AuditEventPage', EventAnswer);
export type EventPage = z.infer<typeof EventPage>;

export const VerifyAudit = z.strictObject({
  from: CalendarDate.optional().meta({ description: 'First day; from the beginning by default. For going on where an answer ended with `next`' }),
});
export type VerifyAudit = z.infer<typeof VerifyAudit>;

const SealBreakAnswer = z
  .object({
    day: CalendarDate,
    kind: z.enum(breakKinds),
    eventId: z.string().nullable(),
    position: z.int().nonnegative().nullable().meta({ description: "Place in the day's tree, from 0" }),
  })
  .meta({ id: 'SealBreak', description: 'The first thing that does not fit its seal' });

export const AuditVerification = z
  .object({
    ok: z.boolean().meta({ description: 'All days from `from` on were looked at, and all fit their seals' }),
    checked: z.int().nonnegative().meta({ description: 'Events that fit their seal' }),
    firstBreak: SealBreakAnswer.nullable(),
    sealedThrough: CalendarDate.nullable(),
    unsealed: z.int().nonnegative().meta({ description: 'Events that no seal covers yet; counted in an answer that is ok' }),
    next: CalendarDate.nullable().meta({ description: 'Not all was looked at within the time of one request: ask again from this day' }),
  })
  .meta({ id: 'AuditVerification', description: 'The audit log held against its seals' });
export type AuditVerification = z.infer<typeof AuditVerification>;
