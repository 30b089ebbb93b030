// An audit event (BIO 8.15): action, object, result, origin, actor, time. Ids and numbers; never content.
import type { EventId } from './id.ts';
import type { Role } from './role.ts';
import type { CalendarDate, Instant } from './time.ts';

export interface AuditEvent {
  readonly id: EventId;
  readonly at: Instant;
  readonly actor: string;
  readonly role: Role;
  /** `bundle.register`, `message.search`, `list.authorise` … */
  readonly action: string;
  /** `bundle_01J…`, `case:ZAAK-2026-0042`, `settings` */
  readonly object: string;
  readonly result: 'done' | 'refused' | 'failed';
  /** Door and request id. */
  readonly origin: string;
  /** Counts and codes; a search leaves the hash and length of its query, not its words. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  /** Only on an event that was written when its own day had closed: the day whose seal covers it. */
  readonly filedOn?: CalendarDate;
}
