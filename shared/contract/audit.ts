// Audit events for the auditor (BIO 8.15): action, object, result, origin, actor, time. Never content.
import * as z from 'zod';
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
  })
  .meta({ id: 'AuditEvent', description: 'One thing that was done or refused' });

export const EventPage = pageOf('AuditEventPage', EventAnswer);
export type EventPage = z.infer<typeof EventPage>;
