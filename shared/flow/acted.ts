// The audit event of a change rides in the same item write as the change and is appended right after. A crash in between loses nothing:
// whoever touches the item next appends what it still carries (appending twice is once).
import { type Acting, auditEvent } from '#core/audit/audited.ts';
import type { AuditEvent } from '#core/model/audit-event.ts';
import type { NeedsAudit } from './needs.ts';

export function acted(needs: NeedsAudit, acting: Acting, action: string, object: string, facts?: AuditEvent['facts']): AuditEvent {
  return auditEvent(needs.clock.now(), needs.ids.make('event'), acting, action, object, facts);
}

/** Something was asked and a rule said no: that is an event too. */
export async function refused(needs: NeedsAudit, acting: Acting, action: string, object: string, facts: AuditEvent['facts']): Promise<void> {
  await needs.audit.append(auditEvent(needs.clock.now(), needs.ids.make('event'), acting, action, object, facts, 'refused'));
}

export async function settle(needs: Pick<NeedsAudit, 'audit'>, item: object): Promise<void> {
  const { pendingEvent } = item as { readonly pendingEvent?: AuditEvent };
  if (pendingEvent !== undefined) await needs.audit.append(pendingEvent);
}
