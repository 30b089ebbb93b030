// A case (zaak) and what archiving needs of it. Retention belongs to the case; chats follow it.
import * as z from 'zod';
import type { Retention } from './bundle.ts';
import type { CaseId, HoldId } from './id.ts';
import { CalendarDate, type Instant, type Period } from './time.ts';

export const CaseState = z.enum(['open', 'closed']);
export type CaseState = z.infer<typeof CaseState>;

/** ZGW `afleidingswijze`. Only `afgehandeld` (start = day of closing) is derived today; the others leave the start unknown. */
export const derivationKinds = [
  'afgehandeld',
  'ander_datumkenmerk',
  'eigenschap',
  'gerelateerde_zaak',
  'hoofdzaak',
  'ingangsdatum_besluit',
  'termijn',
  'vervaldatum_besluit',
  'zaakobject',
] as const;
export const Derivation = z.object({ kind: z.enum(derivationKinds), startDate: CalendarDate.optional() });
export type Derivation = z.infer<typeof Derivation>;

export interface Case {
  readonly id: CaseId;
  readonly rev: number;
  readonly title: string | null;
  /** false: named at an upload, not yet confirmed by a records manager or the case system. */
  readonly verified: boolean;
  readonly state: CaseState;
  readonly closedOn: CalendarDate | null;
  /** Number in the selection list (`6.1`), or null when nomination and period were given by hand. */
  readonly selection: string | null;
  readonly nomination: 'destroy' | 'keep' | null;
  readonly period: z.infer<typeof Period> | null;
  readonly derivation: Derivation;
  readonly retention: Retention;
  readonly holds: readonly HoldId[];
  readonly createdAt: z.infer<typeof Instant>;
}
