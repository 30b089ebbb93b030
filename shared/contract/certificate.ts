// Certificate of destruction (verklaring van vernietiging, Archiefbesluit art. 8): JSON and PDF, kept for good.
import * as z from 'zod';
import { leaveReasons, leftPlaces } from '#core/model/destruction-list.ts';
import { BundleId, CaseId, CertificateId, ListId } from '#core/model/id.ts';
import { CalendarDate, Instant } from '#core/model/time.ts';
import { ChatPeriod, Counts } from './bundle.ts';
import { listOf } from './page.ts';

export const CertificateParams = z.object({
  id: z
    .string()
    .regex(/^certificate_[0-9A-HJKMNP-TV-Z]{26}(\.pdf)?$/, 'geen certificate-kenmerk')
    .meta({ description: 'With `.pdf` behind it: the document to print' }),
});

export const OneCertificate = z.object({ id: CertificateId });

export const VerifyCertificate = z.strictObject({
  from: z.int().min(0).default(0).meta({ description: 'How many bundles were read back before: `next` of the answer before this one' }),
});

const documentState = z.enum(['unchanged', 'changed', 'missing']);

export const CertificateVerification = z
  .object({
    json: documentState.meta({ description: 'The document in the ledger against the hash that was kept when it was made' }),
    pdf: documentState,
    bundles: z.int().meta({ description: 'Bundles that the certificate names as gone' }),
    checked: z.int().meta({ description: 'Read back in this answer' }),
    remaining: listOf(z.object({ bundleId: BundleId, places: listOf(z.enum(leftPlaces)) })).meta({ description: 'Where something still lies; empty: nothing' }),
    next: z.int().nullable().meta({ description: 'Ask again with this as `from`; null: all were read back' }),
  })
  .meta({ id: 'CertificateVerification', description: 'A certificate held against the ledger and the stores, as they are now' });
export type CertificateVerification = z.infer<typeof CertificateVerification>;

const zero = z.literal(0);

export const CertificateAnswer = z
  .object({
    id: CertificateId,
    number: z.string(),
    kind: z.literal('verklaring van vernietiging'),
    version: z.literal(1),
    legalBasis: z.string(),
    organisation: z.string(),
    madeAt: Instant,
    madeOn: CalendarDate,
    keptPermanently: z.literal(true),
    list: z.object({ id: ListId, name: z.string(), createdOn: CalendarDate }),
    ground: z.object({
      selectionList: z.object({ name: z.string(), version: z.string() }).nullable(),
      selections: listOf(z.string()),
      ownPeriods: z.boolean(),
    }),
    authorisation: z.object({
      kind: z.enum(['per-list', 'standing']),
      decisionReference: z.string().nullable(),
      steps: listOf(z.object({ action: z.string(), to: z.string(), role: z.string(), by: z.string(), at: Instant })),
    }),
    manner: z.string(),
    executed: z.object({ first: Instant, last: Instant }).nullable(),
    categories: listOf(
      z.object({
        selection: z.string().nullable(),
        description: z.string().nullable(),
        bundles: z.int(),
        conversations: z.int(),
        records: z.int(),
        messages: z.int(),
        attachments: z.int(),
        dates: ChatPeriod.nullable(),
        due: z.object({ first: CalendarDate, last: CalendarDate }),
      }),
    ),
    destroyed: listOf(
      z.object({
        bundleId: BundleId,
        sha256: z.string(),
        caseIds: listOf(CaseId),
        selection: z.string().nullable(),
        actionDate: CalendarDate,
        counts: Counts.nullable(),
        period: ChatPeriod.nullable(),
        found: z.object({ segments: z.int(), versions: z.int(), cases: z.int() }).nullable(),
        verifiedAt: Instant,
        left: z.object({ index: zero, vault: zero, intake: zero, catalogue: zero }).meta({ description: 'Counted by reading the stores back' }),
      }),
    ),
    alreadyAbsent: listOf(z.object({ bundleId: BundleId, caseIds: listOf(CaseId), selection: z.string().nullable() })),
    leftOut: listOf(z.object({ bundleId: BundleId, reason: z.enum(leaveReasons) })),
    backups: z.object({ catalogueUntil: CalendarDate, holds: z.string() }),
  })
  .meta({
    id: 'Certificate',
    description: 'Verklaring van vernietiging: specification, ground, manner, dates, approvers, what was verified. No names, no content',
  });
export type CertificateAnswer = z.infer<typeof CertificateAnswer>;
