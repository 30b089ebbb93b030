// The audit event of a bundle's move rides in the same item write as the move, and is appended right after. A crash in between loses nothing:
// whoever touches the head next appends what is still pending (appending twice is once).
import { type Acting, auditEvent } from '#core/audit/audited.ts';
import type { AuditEvent } from '#core/model/audit-event.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { AuditStore } from '#store/audit-store.ts';
import type { NeedsClock, NeedsIds } from './needs.ts';

export interface NeedsAudit extends NeedsClock, NeedsIds {
  readonly audit: Pick<AuditStore, 'append'>;
}

export function bundleEvent(needs: NeedsAudit, acting: Acting, action: string, bundleId: string, facts?: AuditEvent['facts']): AuditEvent {
  return auditEvent(needs.clock.now(), needs.ids.make('event'), acting, action, bundleId, facts);
}

/** Appends the event that a head carries, if any. */
export async function settleEvent(needs: NeedsAudit, bundle: Bundle): Promise<void> {
  const pending = (bundle as Bundle & { readonly pendingEvent?: AuditEvent }).pendingEvent;
  if (pending !== undefined) await needs.audit.append(pending);
}
