// A hold (bevriezing): what it covers may not be destroyed. Woo 4.1a, objection, appeal, hotspot, or by hand.
import * as z from 'zod';
import { BundleId, CaseId, type HoldId } from './id.ts';
import { CalendarDate, type Instant } from './time.ts';

export const HoldReason = z.enum(['woo-request', 'objection', 'appeal', 'hotspot', 'by-hand']);
export type HoldReason = z.infer<typeof HoldReason>;

export const HoldScope = z.object({
  bundleIds: z.array(BundleId).max(1000).optional(),
  caseIds: z.array(CaseId).max(1000).optional(),
  requestId: z.string().max(64).optional(),
  /** By rule: chats with a message in this period … */
  period: z.object({ from: CalendarDate, until: CalendarDate }).optional(),
  /** … or under these results of the selection list; with both, both must be so. */
  selections: z.array(z.string()).max(50).optional(),
});
export type HoldScope = z.infer<typeof HoldScope>;

/** placing: intent stored, blocks already · active: on every bundle and object it covers · releasing → released. */
export const holdStates = ['placing', 'active', 'releasing', 'released'] as const;
export type HoldState = (typeof holdStates)[number];

export interface Hold {
  readonly id: HoldId;
  readonly rev: number;
  readonly state: HoldState;
  readonly reason: HoldReason;
  readonly note: string | null;
  readonly scope: HoldScope;
  readonly placedBy: string;
  readonly placedAt: Instant;
  readonly releasedBy: string | null;
  readonly releasedAt: Instant | null;
  /** Bundles whose destruction had begun before the hold: named, never half held. */
  readonly tooLateFor: readonly BundleId[];
}
