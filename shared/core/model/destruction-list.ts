// A destruction list (vernietigingslijst) and its road (ARCHITECTURE 3, DOMAIN 2.2).
import * as z from 'zod';
import type { BundleCounts } from './bundle.ts';
import type { BundleId, CaseId, CertificateId, ListId } from './id.ts';
import type { CalendarDate, Instant, LocalTime } from './time.ts';

/** States in which a list waits for people or for its day. */
export const waitingListStates = ['draft', 'in-review', 'changes-requested', 'with-archivist', 'authorised', 'cooling-off'] as const;

/** Nothing happens any more to a list in another state. */
export const openListStates = [...waitingListStates, 'executing'] as const;

export const listStates = [...openListStates, 'executed', 'aborted'] as const;
export const ListState = z.enum(listStates);
export type ListState = z.infer<typeof ListState>;

export const listMoves: Readonly<Record<ListState, readonly ListState[]>> = {
  draft: ['in-review', 'aborted', 'cooling-off'],
  'in-review': ['with-archivist', 'changes-requested', 'aborted'],
  'changes-requested': ['in-review', 'aborted'],
  'with-archivist': ['authorised', 'changes-requested', 'aborted'],
  authorised: ['cooling-off', 'aborted'],
  'cooling-off': ['executing', 'aborted'],
  executing: ['executed'],
  executed: [],
  aborted: [],
};

/** One step taken on a list: who, in which role, when. The certificate names role and time, the catalogue the subject. */
export interface ListStep {
  readonly to: ListState;
  readonly by: string;
  readonly role: string;
  readonly at: Instant;
  readonly remark: string | null;
}

export interface DestructionList {
  readonly id: ListId;
  readonly rev: number;
  readonly name: string;
  readonly state: ListState;
  readonly authorisation: 'per-list' | 'standing';
  /** Decision reference of the standing authorisation (doorlopende machtiging), when that is the ground. */
  readonly decisionReference: string | null;
  readonly selection: string | null;
  readonly createdOn: CalendarDate;
  readonly items: number;
  readonly excluded: readonly { readonly bundleId: BundleId; readonly reason: LeaveReason }[];
  readonly steps: readonly ListStep[];
  readonly executeFrom: CalendarDate | null;
  readonly certificateId: CertificateId | null;
}

/** Why a bundle is not (or no longer) on its way to destruction. A person's own words stand in `keep`. */
export const leaveReasons = ['held', 'kept', 'date-differs', 'not-due', 'case-unread', 'wrong-state'] as const;
export type LeaveReason = (typeof leaveReasons)[number];

export const itemOutcomes = ['waiting', 'destroyed', 'already-absent', 'left-out'] as const;
export interface ListItem {
  readonly listId: ListId;
  readonly bundleId: BundleId;
  readonly caseIds: readonly CaseId[];
  readonly selection: string | null;
  readonly actionDate: CalendarDate;
  readonly counts: BundleCounts | null;
  /** null: follows the list · a reason: kept. */
  readonly keep: string | null;
  readonly outcome: (typeof itemOutcomes)[number];
  readonly reason: LeaveReason | null;
  /** What lay there before the first deletion, written before it. Absent: the destruction has not begun. */
  readonly inventory?: DestructionInventory;
  /** Set with the outcome `destroyed`: what was read back, and when. */
  readonly proof?: DestructionProof;
}

export interface DestructionInventory {
  readonly segments: number;
  /** Object versions and delete markers under the bundle's prefix in the vault. */
  readonly versions: number;
  readonly cases: number;
}

/** Each number was counted by reading the store after the deletion; anything but 0 is not a proof and is never stored. */
export interface DestructionProof {
  readonly sha256: string;
  readonly period: { readonly first: LocalTime; readonly last: LocalTime } | null;
  readonly verifiedAt: Instant;
  readonly left: { readonly index: 0; readonly vault: 0; readonly intake: 0; readonly catalogue: 0 };
}

/** Places where something of a destroyed bundle could still lie; each is read back. */
export const leftPlaces = [
  'index',
  'index-found',
  'vault',
  'intake',
  'intake-parts',
  'catalogue-head',
  'catalogue-doubts',
  'catalogue-sift',
  'catalogue-links',
  'catalogue-custodian',
  'catalogue-claim',
] as const;
export type LeftPlace = (typeof leftPlaces)[number];
