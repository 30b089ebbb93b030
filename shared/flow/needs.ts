// What flows ask of the world around them: clock, ids, queue, log. shared/runtime gives them; a test gives its own.

import type { IdOf, IdPrefix } from '#core/model/id.ts';
import type { CalendarDate, Instant } from '#core/model/time.ts';
import type { AuditStore } from '#store/audit-store.ts';

export interface NeedsClock {
  readonly clock: { readonly epochMs: () => number; readonly now: () => Instant; readonly today: () => CalendarDate };
}

export interface NeedsIds {
  readonly ids: { readonly make: <P extends IdPrefix>(prefix: P) => IdOf[P] };
}

export interface NeedsAudit extends NeedsClock, NeedsIds {
  readonly audit: Pick<AuditStore, 'append'>;
}

export interface NeedsQueue {
  readonly queue: { readonly send: (door: string, message: Readonly<Record<string, string | number>>, delaySeconds?: number) => Promise<void> };
}

export interface NeedsLog {
  readonly log: { readonly info: (code: string, facts?: Readonly<Record<string, string | number | boolean | null | undefined>>) => void };
}
