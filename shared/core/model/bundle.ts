// A bundle: one exported file (or folder) that was handed in, from registration to destruction.
import * as z from 'zod';
import type { AttachmentMark, AttachmentReading } from './attachment-text.ts';
import type { DateOrder } from './chat.ts';
import type { Doubt } from './doubt.ts';
import type { BundleId, CaseId, CertificateId, CustodianId, HoldId, ListId } from './id.ts';
import type { ColumnMappings } from './mapping.ts';
import type { SiftSummary } from './sift.ts';
import { CalendarDate, type Instant, type LocalTime, Period } from './time.ts';

export const bundleStates = ['awaiting-upload', 'received', 'ingesting', 'needs-answer', 'indexed', 'refused', 'destroying', 'destroyed'] as const;
export const BundleState = z.enum(bundleStates);
export type BundleState = z.infer<typeof BundleState>;

/** The allowed moves (ARCHITECTURE 3). A move is one conditional write. */
export const bundleMoves: Readonly<Record<BundleState, readonly BundleState[]>> = {
  'awaiting-upload': ['received', 'refused'],
  received: ['ingesting', 'refused'],
  ingesting: ['indexed', 'needs-answer', 'refused', 'ingesting'],
  'needs-answer': ['received'],
  indexed: ['destroying'],
  refused: [],
  destroying: ['destroyed'],
  destroyed: [],
};

export const Nomination = z.enum(['destroy', 'keep', 'unknown']);
export type Nomination = z.infer<typeof Nomination>;

/** A period of the bundle's own, beside that of its cases. The longest wins. */
export const OwnRetention = z.object({
  nomination: z.enum(['destroy', 'keep']),
  period: Period.nullable().default(null),
  startDate: CalendarDate.nullable().default(null),
});
export type OwnRetention = z.infer<typeof OwnRetention>;

/** The one stored outcome; destruction derives it again and refuses when the two differ. */
export interface Retention {
  readonly nomination: Nomination;
  readonly period: Period | null;
  readonly startDate: CalendarDate | null;
  readonly actionDate: CalendarDate | null;
  /** Dutch sentence that says why, e.g. "bewaren tot 28-02-2031: zaak afgehandeld 28-02-2026 + 5 jaar (Selectielijst 2020, 6.1)". */
  readonly explanation: string;
}

export const keepReasons = ['others-should-know', 'rights-derived', 'municipal-task', 'public-accountability'] as const;
export type KeepReason = (typeof keepReasons)[number];

/** The answers of the keep-or-not help. `answeredNo`: questions that were asked and denied; in neither list: not asked. */
export interface KeepAnswers {
  readonly formal: boolean;
  readonly reasons: readonly KeepReason[];
  readonly recordedElsewhere: boolean;
  readonly answeredNo?: readonly KeepReason[] | undefined;
}

export const keepOutcomes = ['keep', 'keep-elsewhere', 'keep-not'] as const;
export type KeepOutcome = (typeof keepOutcomes)[number];

export interface KeepDecision extends KeepAnswers {
  readonly outcome: KeepOutcome;
  /** Dutch sentence, as it was when the file was announced: the wording of the help may change afterwards. */
  readonly ground: string;
}

export interface BundleCounts {
  readonly conversations: number;
  /** messages + systemMessages */
  readonly records: number;
  readonly messages: number;
  readonly systemMessages: number;
  readonly attachments: { readonly present: number; readonly missing: number; readonly omitted: number };
}

export const problemCodes = [
  'file.empty',
  'file.not-a-chat',
  'file.format-not-read-yet',
  'file.account-report',
  'file.too-many-conversations',
  'file.encrypted',
  'file.signal-backup',
  'file.size-differs',
  'file.hash-differs',
  'zip.damaged',
  'zip.too-many-entries',
  'zip.too-large',
  'zip.ratio',
  'zip.hostile-name',
  'zip.no-chat',
  'zip.encrypted',
  'zip.method-not-read',
  'upload.expired',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** The bundle's head in the catalogue. Nothing that was said, no title, no file name. */
export interface Bundle {
  readonly id: BundleId;
  readonly state: BundleState;
  readonly rev: number;
  readonly size: number;
  readonly sha256: string;
  readonly format: string | null;
  readonly readerVersion: string | null;
  readonly caseIds: readonly CaseId[];
  readonly uploader: string;
  /** The key person whose chat it is, when somebody else hands it in. */
  readonly custodianId?: CustodianId | null;
  readonly createdAt: Instant;
  readonly indexedAt: Instant | null;
  readonly upload:
    | { readonly kind: 'single' }
    | {
        readonly kind: 'multipart';
        readonly uploadId: string;
        readonly partSize: number;
        readonly partCount: number;
        /** Every part comes with its SHA-256. */
        readonly partChecksums?: boolean;
      };
  /** Who reads it now, and until when; a second delivery stands back. */
  readonly lease?: { readonly until: number; readonly attempt: string } | null;
  readonly keepDecision: KeepDecision | null;
  /** What was left out or marked before it was sent; absent: nothing. */
  readonly sift?: SiftSummary;
  readonly ownRetention: OwnRetention | null;
  readonly counts: BundleCounts | null;
  readonly period: { readonly first: LocalTime; readonly last: LocalTime } | null;
  /** One per code, with a count; every single place stands in the doubt pages. */
  readonly doubts: readonly Doubt[];
  readonly answers: { readonly dateOrder?: DateOrder; readonly mappings?: ColumnMappings };
  /** Segments in the index: what must be emptied, and at which level; as core/search/segment-list writes them. */
  readonly segments: string;
  /** How far the text of attachments has been read; absent: there are none. */
  readonly attachmentText?: AttachmentReading;
  /** Up to where it may be found. */
  readonly attachmentsReadTo?: AttachmentMark;
  readonly retention: Retention;
  readonly holds: readonly HoldId[];
  readonly problem: { readonly code: ProblemCode; readonly evidence?: Readonly<Record<string, string | number>> } | null;
  /** What lies in the vault when it is not the file as it came: that file without the keys of an app's account (decision 0011). */
  readonly kept?: { readonly sha256: string; readonly size: number };
  readonly destruction: {
    readonly listId: ListId;
    readonly certificateId: CertificateId | null;
    readonly startedAt: Instant;
    readonly doneAt: Instant | null;
  } | null;
}
