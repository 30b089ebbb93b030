// A case (zaak) and what archiving needs of it. Retention belongs to the case; chats follow it.
import * as z from 'zod';
import type { Retention } from './bundle.ts';
import type { CaseId, HoldId } from './id.ts';
import { CalendarDate, type Instant, type Period } from './time.ts';

export const CaseState = z.enum(['open', 'closed']);
export type CaseState = z.infer<typeof CaseState>;

/** ZGW `afleidingswijze`: how the first day of the period follows from the case (zrc-021). */
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

/** Where the facts of a case come from. What a person put by hand is not overwritten by the case system. */
export const caseSources = ['hand', 'import', 'zgw'] as const;
export type CaseSource = (typeof caseSources)[number];

/** What somebody must look at before a case can be trusted with a date; each is a group of the work list. */
export const caseAttentions = [
  /** The case system could not be reached when this case was asked for. */
  'zgw-unreachable',
  /** The case system does not let us see this case, or does not know our key. */
  'zgw-denied',
  /** The case system does not know this number, or no longer. */
  'zgw-not-found',
  /** The case system answered something that its standard does not admit. */
  'zgw-not-understood',
  /** More than one case has this number. */
  'zgw-ambiguous',
  /** The start of the period is postponed: the characteristic is not there yet. */
  'start-postponed',
  /** The source's rules say that the start should have been there: no decision, no main case, no date. */
  'start-missing',
  /** The result type derives its start in a way that the selection list does not admit. */
  'derivation-contradicts-list',
  /** Case system and own calculation give different dates; the later counts. */
  'date-differs',
  /** Result type, case and selection list do not say the same; the most careful counts. */
  'nomination-differs',
  /** Put by hand, and the case system says otherwise. */
  'hand-differs',
  /** Handed over to an archive repository. */
  'transferred',
] as const;
export type CaseAttention = (typeof caseAttentions)[number];

/** Groups of the work list. */
export const workReasons = ['unverified', 'closed-without-date', 'period-missing', 'nomination-missing', ...caseAttentions] as const;
export type WorkReason = (typeof workReasons)[number];

/** The case in the case system (ZGW Zaken API), and how the last look at it went. */
export interface CaseInZgw {
  readonly url: string | null;
  /** Last time the case was read whole; null: never. */
  readonly readAt: z.infer<typeof Instant> | null;
  readonly attention: readonly CaseAttention[];
}

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
  /** Action date that the case system itself gives; the later of it and our own counts. */
  readonly actionDateInSource?: CalendarDate | null;
  readonly source?: CaseSource;
  /** Why somebody put it by hand. */
  readonly reason?: string | null;
  readonly zgw?: CaseInZgw;
  readonly retention: Retention;
  readonly holds: readonly HoldId[];
  readonly createdAt: z.infer<typeof Instant>;
}
