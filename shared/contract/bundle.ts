// Bundles: register, upload, follow, answer, receipt. POST|GET /v1/bundles and below.
import * as z from 'zod';
import { BundleState, keepOutcomes, keepReasons, problemCodes } from '#core/model/bundle.ts';
import { DoubtCode, DoubtSeverity } from '#core/model/doubt.ts';
import { HoldReason } from '#core/model/hold.ts';
import { BundleId, CaseId, CertificateId, CustodianId, HoldId, ListId } from '#core/model/id.ts';
import { ColumnMapping } from '#core/model/mapping.ts';
import { CalendarDate, Instant, LocalTime, Period } from '#core/model/time.ts';
import { AttachmentReadingAnswer } from './attachment.ts';
import { Cursor, listOf, numberInAddress, pageLimit, pageOf } from './page.ts';
import { RetentionAnswer } from './retention.ts';
import { SiftAnswer, SiftInput } from './sift.ts';

const KeptAnswer = z.object({ sha256: z.string(), size: z.int() });

export const BundleParams = z.object({ id: BundleId });
export const AttachmentParams = z.object({ id: BundleId, n: numberInAddress(1, 999_999_999) });

/** 10,000 parts of 16 MiB: the most that one upload can hold. */
const largestUpload = 10_000 * 16 * 2 ** 20;

export const RegisterBundle = z
  .strictObject({
    fileName: z.string().min(1).max(255).meta({ description: 'As the phone named it; kept beside the conversations and destroyed with them' }),
    size: z.int().min(0).max(largestUpload, 'dit bestand is te groot'),
    sha256: z
      .string()
      .toLowerCase()
      .regex(/^[0-9a-f]{64}$/, 'geef de SHA-256 als 64 hexadecimale tekens'),
    caseIds: z.array(CaseId).max(20).default([]),
    keepDecision: z
      .strictObject({
        formal: z.boolean(),
        reasons: z.array(z.enum(keepReasons)).max(4).default([]),
        recordedElsewhere: z.boolean().default(false),
        answeredNo: z.array(z.enum(keepReasons)).max(4).optional().meta({ description: 'Questions that were asked and denied' }),
      })
      .refine(({ reasons, answeredNo = [] }) => !reasons.some((reason) => answeredNo.includes(reason)), {
        path: ['answeredNo'],
        message: 'een vraag heeft één antwoord: ja of nee',
      })
      .nullish()
      .transform((value) => value ?? undefined)
      .meta({ description: 'Answers of the keep-or-not help' }),
    retention: z
      .strictObject({ nomination: z.enum(['destroy', 'keep']), period: Period.nullable().default(null), startDate: CalendarDate.nullable().default(null) })
      .superRefine((value, context) => {
        const wrong = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
        if (value.nomination === 'destroy' && value.period === null) wrong('period', 'geef de bewaartermijn, zoals P5Y');
        if (value.nomination === 'keep' && value.period !== null) wrong('period', 'blijvend bewaren heeft geen termijn');
      })
      .nullish()
      .transform((value) => value ?? undefined)
      .meta({ description: 'A period of its own, beside that of the cases; the longest wins' }),
    custodianId: CustodianId.optional().meta({ description: 'The key person whose chat it is, when that is not the uploader' }),
    sift: SiftInput.nullish().transform((value) => value ?? undefined),
    partChecksums: z.boolean().optional().meta({ description: 'Every part of a large upload will come with its SHA-256 (`parts` with `sha256`)' }),
  })
  .superRefine(({ sha256, sift }, context) => {
    if (sift === undefined) return;
    const wrong = (message: string) => context.addIssue({ code: 'custom', path: ['sift', 'originalSha256'], message });
    if (sift.mode === 'cut' && sift.originalSha256 === sha256) wrong('dit is het hele bestand: er is niets weggelaten');
    if (sift.keys !== undefined && sift.originalSha256 === sha256) wrong('dit is het hele bestand: er zijn geen sleutels weggehaald');
    else if (sift.mode === 'marked' && sift.keys === undefined && sift.originalSha256 !== sha256) wrong('bij merken gaat het hele bestand mee');
  })
  .meta({ id: 'RegisterBundle', description: 'Announces one exported file' });
export type RegisterBundle = z.infer<typeof RegisterBundle>;

const SingleUpload = z
  .object({ kind: z.literal('single'), method: z.literal('PUT'), url: z.string(), headers: z.record(z.string(), z.string()), expiresAt: Instant })
  .meta({ id: 'SingleUpload', description: 'Send the file to `url` with these headers; its arrival starts the work' });
const MultipartUpload = z
  .object({ kind: z.literal('multipart'), partSize: z.int(), partCount: z.int() })
  .meta({ id: 'MultipartUpload', description: 'Ask `parts` for links, send the parts, then `complete`' });
const UploadAnswer = z.discriminatedUnion('kind', [SingleUpload, MultipartUpload]).meta({ id: 'Upload' });

export const SignParts = z
  .strictObject({
    numbers: z.array(z.int().min(1).max(10_000)).min(1).max(100),
    sha256: z
      .array(
        z
          .string()
          .toLowerCase()
          .regex(/^[0-9a-f]{64}$/),
      )
      .max(100)
      .optional()
      .meta({ description: 'SHA-256 of each part, in the order of `numbers`; needed when registered with `partChecksums`' }),
  })
  .meta({ id: 'SignParts', description: 'Part numbers, from 1' });
export type SignParts = z.infer<typeof SignParts>;

export const SignedParts = z
  .object({
    items: listOf(z.object({ number: z.int(), method: z.literal('PUT'), url: z.string(), headers: z.record(z.string(), z.string()), expiresAt: Instant })),
  })
  .meta({ id: 'SignedParts', description: 'One link a part; send each with its headers' });
export type SignedParts = z.infer<typeof SignedParts>;

export const CompleteUpload = z
  .strictObject({
    parts: z
      .array(z.strictObject({ number: z.int().min(1).max(10_000), etag: z.string().min(1).max(200) }))
      .min(1)
      .max(10_000),
  })
  .meta({ id: 'CompleteUpload', description: 'Every part with the ETag its upload answered' });
export type CompleteUpload = z.infer<typeof CompleteUpload>;

export const Counts = z
  .object({
    conversations: z.int(),
    records: z.int().meta({ description: 'messages + systemMessages' }),
    messages: z.int(),
    systemMessages: z.int(),
    attachments: z.object({ present: z.int(), missing: z.int(), omitted: z.int() }),
  })
  .meta({ id: 'Counts', description: 'What was read' });
export type Counts = z.infer<typeof Counts>;

export const ChatPeriod = z
  .object({ first: LocalTime, last: LocalTime })
  .meta({ id: 'ChatPeriod', description: 'Earliest and latest record, local wall time' });

export const DoubtAnswer = z
  .object({
    code: DoubtCode,
    severity: DoubtSeverity,
    place: z.object({ file: z.string(), line: z.int().optional() }).optional(),
    count: z.int().optional().meta({ description: 'How often; every place stands at `doubts`' }),
    detail: z.string().meta({ description: 'Dutch sentence' }),
    choices: listOf(z.string()).optional(),
    evidence: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .meta({ description: 'Numbers, dates and codes; e.g. first and last day under each reading' }),
  })
  .meta({ id: 'Doubt', description: 'What could not be settled by reading; a `question` waits for an answer' });
export type DoubtAnswer = z.infer<typeof DoubtAnswer>;

const KeepDecisionAnswer = z
  .object({
    formal: z.boolean(),
    reasons: listOf(z.enum(keepReasons)),
    recordedElsewhere: z.boolean(),
    answeredNo: listOf(z.enum(keepReasons)).optional(),
    outcome: z.enum(keepOutcomes),
    ground: z.string().meta({ description: 'Dutch sentence, as it was when the file was announced' }),
  })
  .meta({ id: 'KeepDecision', description: 'Answers of the keep-or-not help, and what followed from them' });

export const BundleAnswer = z
  .object({
    id: BundleId,
    state: BundleState,
    fileName: z.string().nullable().meta({ description: 'null once the bundle is destroyed' }),
    size: z.int(),
    sha256: z.string(),
    format: z.string().nullable(),
    caseIds: listOf(CaseId),
    uploader: z.string(),
    counts: Counts.nullable(),
    period: ChatPeriod.nullable(),
    doubts: listOf(DoubtAnswer),
    attachmentText: AttachmentReadingAnswer.nullable().meta({ description: 'null: there are no attachments to read' }),
    retention: RetentionAnswer,
    holds: listOf(z.object({ id: HoldId, reason: HoldReason })),
    problem: z
      .object({ code: z.enum(problemCodes), detail: z.string() })
      .nullable()
      .meta({ description: 'Why a `refused` bundle was refused' }),
    createdAt: Instant,
    indexedAt: Instant.nullable(),
    answers: z.object({
      dateOrder: z.enum(['dmy', 'mdy', 'ymd', 'ydm']).optional(),
      mappings: z.record(z.string(), ColumnMapping).optional().meta({ description: 'By the layout that they are for' }),
    }),
    keepDecision: KeepDecisionAnswer.nullable(),
    custodianId: CustodianId.nullable().meta({ description: 'The key person whose chat it is, when somebody else handed it in' }),
    sift: SiftAnswer.nullable().meta({ description: 'What was left out or marked before it was sent; null: nothing' }),
    kept: KeptAnswer.nullable().meta({ description: "What is kept when that is not the file as it came, but that file without the keys of an app's account" }),
    upload: MultipartUpload.nullable().meta({ description: 'While `awaiting-upload` in parts: what to resume' }),
    destruction: z
      .object({ listId: ListId, certificateId: CertificateId.nullable(), startedAt: Instant, doneAt: Instant.nullable() })
      .nullable()
      .meta({ description: 'By which list it goes or went, and the certificate' }),
  })
  .meta({ id: 'Bundle', description: 'One exported file, from registration to destruction' });
export type BundleAnswer = z.infer<typeof BundleAnswer>;

export const RegisteredBundle = z
  .object({ bundle: BundleAnswer, upload: UploadAnswer })
  .meta({ id: 'RegisteredBundle', description: 'The bundle, and where its file goes' });
export type RegisteredBundle = z.infer<typeof RegisteredBundle>;

export const ListBundles = z.strictObject({
  caseId: CaseId.optional(),
  state: BundleState.optional(),
  uploader: z.string().min(1).max(200).optional().meta({ description: '`me` or a subject' }),
  sha256: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'geef de SHA-256 als 64 hexadecimale tekens')
    .optional()
    .meta({ description: 'The bundle of the file with this hash, as it came in: one or none' }),
  limit: pageLimit(50, 200),
  next: Cursor.optional(),
});
export type ListBundles = z.infer<typeof ListBundles>;

export const BundlePage = pageOf('BundlePage', BundleAnswer);
export type BundlePage = z.infer<typeof BundlePage>;

export const AnswerQuestion = z
  .strictObject({
    code: DoubtCode,
    choice: z.string().min(1).max(40),
    mapping: ColumnMapping.optional().meta({ description: 'With `mapping.needed` and the choice `mapped`: which column is what' }),
  })
  .meta({ id: 'AnswerQuestion', description: 'Settles one question; the bundle is read again' });
export type AnswerQuestion = z.infer<typeof AnswerQuestion>;

export const ListDoubts = z.strictObject({ next: Cursor.optional() });
export const DoubtPage = pageOf('DoubtPage', DoubtAnswer);
export type DoubtPage = z.infer<typeof DoubtPage>;

export const Receipt = z
  .object({
    bundleId: BundleId,
    organisation: z.string(),
    fileName: z.string().nullable(),
    size: z.int(),
    sha256: z.string(),
    receivedAt: Instant.meta({ description: 'When it was announced; its bytes follow at once' }),
    indexedAt: Instant.nullable(),
    state: BundleState,
    uploader: z.string(),
    caseIds: listOf(CaseId),
    counts: Counts.nullable(),
    period: ChatPeriod.nullable(),
    retention: RetentionAnswer,
    doubts: listOf(DoubtAnswer),
    keepDecision: KeepDecisionAnswer.nullable(),
    madeAt: Instant.meta({ description: 'When this receipt was drawn up; it tells how the bundle stands then' }),
    sift: SiftAnswer.nullable(),
    kept: KeptAnswer.nullable(),
    sentence: z.string().meta({ description: 'Dutch sentence that confirms what was received' }),
  })
  .meta({ id: 'Receipt', description: 'What was handed in, when and by whom' });
export type Receipt = z.infer<typeof Receipt>;
