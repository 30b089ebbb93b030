// Holds the audit log against its seals, from the first day or from where an earlier answer ended.
import { type Verification, verifySeals } from '#core/audit/verify-seals.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { sha256 } from '#store/seal-store.ts';
import type { NeedsSeals } from './seal-audit-days.ts';

/** `forMs`: how long it may take; what is left by then is named in `next`. */
export function verifyAudit(
  { audit, seals, clock }: Pick<NeedsSeals, 'audit' | 'seals' | 'clock'>,
  from: CalendarDate | null,
  forMs: number,
): Promise<Verification> {
  const epochMs = clock.epochMs();
  return verifySeals({ ...seals, ...audit }, sha256, { from, epochMs, outOfTime: () => clock.epochMs() - epochMs > forMs });
}
