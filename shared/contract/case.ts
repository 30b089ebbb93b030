// Cases: PUT|GET /v1/cases/{caseId}, GET /v1/cases.
import * as z from 'zod';
import { CaseState, caseSources, derivationKinds, workReasons } from '#core/model/case.ts';
import { CaseId, HoldId } from '#core/model/id.ts';
import { CalendarDate, Instant, Period } from '#core/model/time.ts';
import { Cursor, listOf, numberInAddress, pageLimit, pageOf } from './page.ts';
import { RetentionAnswer } from './retention.ts';

export const CaseParams = z.object({ caseId: CaseId });

const selectionNumber = z.string().regex(/^\d+(\.\d+){1,2}$/, 'geef een nummer uit de selectielijst, zoals 6.1 of 6.1.4');
const period = Period.describe('ISO 8601, e.g. `P5Y`');

const DerivationInput = z
  .strictObject({ kind: z.enum(derivationKinds), startDate: CalendarDate.optional() })
  .meta({ id: 'DerivationInput', description: 'ZGW afleidingswijze, with the start of the period where it does not follow from the closing' });

export const PutCase = z
  .strictObject({
    title: z.string().trim().max(500).nullable().default(null),
    state: CaseState,
    closedOn: CalendarDate.nullable().default(null),
    selection: selectionNumber.nullable().default(null),
    nomination: z.enum(['destroy', 'keep']).nullable().default(null),
    period: period.nullable().default(null),
    derivation: DerivationInput.default({ kind: 'afgehandeld' }),
    reason: z.string().trim().max(500).nullable().optional().meta({ description: 'Why it is put by hand' }),
  })
  .superRefine((value, context) => {
    const wrong = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (value.nomination === 'destroy' && value.period === null) wrong('period', 'geef de bewaartermijn, zoals P5Y');
  })
  .meta({ id: 'PutCase', description: 'A case as it is now; reopening is `state: "open"`' });
export type PutCase = z.infer<typeof PutCase>;

export const CaseAnswer = z
  .object({
    id: CaseId,
    title: z.string().nullable(),
    state: CaseState,
    closedOn: CalendarDate.nullable(),
    selection: z.string().nullable(),
    retention: RetentionAnswer,
    bundles: z.int().meta({ description: 'How many bundles belong to this case' }),
    verified: z.boolean().meta({ description: 'false: named at an upload, not yet confirmed' }),
    derivation: z.object({ kind: z.enum(derivationKinds), startDate: CalendarDate.optional() }),
    source: z.enum(caseSources).nullable().meta({ description: 'Who spoke last: a person, an import, the case system; null: not known' }),
    reason: z.string().nullable(),
    attention: listOf(z.enum(workReasons)).meta({ description: 'What somebody must look at' }),
    readAt: Instant.nullable().meta({ description: 'Last time it was read in the case system' }),
    transfer: z
      .object({ by: CalendarDate.nullable(), explanation: z.string() })
      .nullable()
      .meta({ description: 'Of what is kept for good: when it must have been handed over' }),
    holds: listOf(HoldId),
    createdAt: Instant,
  })
  .meta({ id: 'Case', description: 'A case and what archiving needs of it' });
export type CaseAnswer = z.infer<typeof CaseAnswer>;

export const ListCases = z.strictObject({
  state: CaseState.optional(),
  dueBefore: CalendarDate.optional().meta({ description: 'Only cases whose action date lies before this day' }),
  limit: pageLimit(50, 200),
  next: Cursor.optional(),
});
export type ListCases = z.infer<typeof ListCases>;

export const CasePage = pageOf('CasePage', CaseAnswer);
export type CasePage = z.infer<typeof CasePage>;

export const ListCaseWork = z.strictObject({
  reason: z.enum(workReasons).optional(),
  limit: pageLimit(50, 200),
  next: Cursor.optional(),
});
export type ListCaseWork = z.infer<typeof ListCaseWork>;

export const CaseWork = z
  .object({
    items: listOf(CaseAnswer),
    counts: listOf(z.object({ reason: z.enum(workReasons), cases: z.int() })).meta({ description: 'Over the whole work list' }),
    caseSystem: z
      .object({
        reachable: z.boolean(),
        since: Instant,
        readWholeOn: CalendarDate.nullable().meta({ description: 'Last night on which all was answered; lists wait when it is more than two days ago' }),
      })
      .nullable()
      .meta({ description: 'How the last look into the case system went; null: there is none, or nobody looked yet' }),
    next: Cursor.nullable(),
  })
  .meta({ id: 'CaseWork', description: 'Cases that somebody must look at before they can have a date' });
export type CaseWork = z.infer<typeof CaseWork>;

export const LookedUpCase = z
  .object({
    id: CaseId,
    found: z.enum(['here', 'in-case-system', 'nowhere', 'not-known']).meta({ description: '`not-known`: there is no case system, or it does not answer' }),
    title: z.string().nullable(),
    state: CaseState.nullable(),
    explanation: z.string().nullable().meta({ description: 'Dutch sentence on how long it is kept' }),
  })
  .meta({ id: 'LookedUpCase', description: 'What is known of a case number' });
export type LookedUpCase = z.infer<typeof LookedUpCase>;

export const ImportCasesQuery = z.strictObject({
  dryRun: z.stringbool().default(false).meta({ type: 'boolean', description: 'Only look: what would change' }),
  from: numberInAddress(1, 10_000_000).default(1).meta({ description: 'Line to go on from: the `next` of the answer before' }),
});
export type ImportCasesQuery = z.infer<typeof ImportCasesQuery>;

export const ImportCases = z
  .strictObject({
    csv: z.string().min(1).meta({ description: 'A head line with names of columns, then a case a line' }),
    reason: z.string().trim().max(500).nullable().default(null),
  })
  .meta({ id: 'ImportCases', description: 'Cases as CSV; `text/csv` as the body itself is read too' });
export type ImportCases = z.infer<typeof ImportCases>;

const importOutcomes = ['new', 'changed', 'unchanged', 'refused'] as const;

const ImportedLine = z
  .object({
    line: z.int(),
    caseId: CaseId.nullable(),
    outcome: z.enum(importOutcomes),
    message: z.string().nullable().meta({ description: 'Dutch: what is wrong with a refused line' }),
    before: RetentionAnswer.nullable(),
    after: RetentionAnswer.nullable(),
    bundles: z.int(),
    datesMoved: z.int(),
    newlyDue: z.int(),
    noLongerDue: z.int(),
  })
  .meta({ id: 'ImportedLine', description: 'What a line does to its case and its bundles' });

export const CaseImportAnswer = z
  .object({
    dryRun: z.boolean(),
    stored: z.boolean().meta({ description: 'Whether anything was stored. With a refused line in the file nothing is' }),
    lines: listOf(ImportedLine),
    totals: z.object({
      new: z.int(),
      changed: z.int(),
      unchanged: z.int(),
      refused: z.int(),
      bundles: z.int(),
      datesMoved: z.int(),
      newlyDue: z.int(),
      noLongerDue: z.int(),
    }),
    next: z.int().nullable().meta({ description: 'Not null: so far, go on from this line with the same file' }),
  })
  .meta({ id: 'CaseImport', description: 'What an import of cases does, or did' });
export type CaseImportAnswer = z.infer<typeof CaseImportAnswer>;
