// A custodian (sleutelpersoon): somebody whose chats matter by function (ACOI 2023, "Kan dit weg? Nee"), how often these are to come in,
// and what must be done when the person leaves. Names of staff, none out of a chat; it can be removed whole (AVG art. 17).
import * as z from 'zod';
import type { CustodianId } from './id.ts';
import type { CalendarDate, Instant, Period } from './time.ts';

/** removing: being taken out, nothing of it is shown any more. */
export const custodianStates = ['active', 'leaving', 'left', 'removing'] as const;
export type CustodianState = (typeof custodianStates)[number];
export const shownCustodianStates = ['active', 'leaving', 'left'] as const satisfies readonly CustodianState[];

/** In the order in which they are done. */
export const leavingSteps = ['told', 'exported', 'private-phone', 'handed-in', 'groups', 'woo-checked', 'phone-wiped'] as const;
export const LeavingStep = z.enum(leavingSteps);
export type LeavingStep = z.infer<typeof LeavingStep>;

export const stepStates = ['open', 'done', 'not-needed'] as const;
export const StepState = z.enum(stepStates);
export type StepState = z.infer<typeof StepState>;

export interface SettledStep {
  readonly state: StepState;
  readonly remark: string | null;
  readonly by: string;
  readonly at: Instant;
}

export interface Custodian {
  readonly id: CustodianId;
  readonly rev: number;
  readonly state: CustodianState;
  readonly name: string;
  readonly function: string;
  /** Account at the identity provider; null: has none, others hand in. */
  readonly subject: string | null;
  /** How often an upload is expected; null: no rhythm was agreed. */
  readonly rhythm: Period | null;
  /** From this day on the rhythm counts. */
  readonly from: CalendarDate;
  readonly reminder: string;
  readonly lastReminder: { readonly at: Instant; readonly by: string } | null;
  readonly leavingOn: CalendarDate | null;
  /** A step that is not here is open. */
  readonly steps: Readonly<Partial<Record<LeavingStep, SettledStep>>>;
  readonly createdAt: Instant;
}

export function openSteps(custodian: Pick<Custodian, 'steps'>): readonly LeavingStep[] {
  return leavingSteps.filter((step) => (custodian.steps[step]?.state ?? 'open') === 'open');
}
