// Makes audit events from what a door or a flow did. Clock and ids are arguments.
import type { AuditEvent } from '#core/model/audit-event.ts';
import type { EventId } from '#core/model/id.ts';
import type { Role } from '#core/model/role.ts';
import type { Instant } from '#core/model/time.ts';

/** Who acts, in which role, through which door: what every flow is told by its caller. */
export interface Acting {
  readonly subject: string;
  readonly role: Role;
  /** `api/<request id>`, `ingest-bundle/<message id>`, `propose-destruction/<run>` */
  readonly origin: string;
}

export function auditEvent(
  at: Instant,
  id: EventId,
  acting: Acting,
  action: string,
  object: string,
  facts?: AuditEvent['facts'],
  result: AuditEvent['result'] = 'done',
): AuditEvent {
  return { id, at, actor: acting.subject, role: acting.role, action, object, result, origin: acting.origin, ...(facts === undefined ? {} : { facts }) };
}
