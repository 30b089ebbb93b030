// Cases: PUT|GET /v1/cases/{caseId}, GET /v1/cases.
import * as z from 'zod';
import { CaseState, derivationKinds } from '#core/model/case.ts';
import { CaseId, HoldId } from '#core/model/id.ts';
import { CalendarDate, Instant, Period } from '#core/model/time.ts';
import { Cursor, listOf, pageLimit, pageOf } from './page.ts';
import { RetentionAnswer } from './retention.ts';

export const CaseParams = z.object({ caseId: CaseId });

const selectionNumber = z.string().regex(/^\d+(\.\d+){1,2}$/, 'geef een nummer uit de selectielijst, zoals 6.1 of 6.1.4');
const period = Period.describe('ISO 8601, e.g. `P5Y`');

const DerivationInput = z
  .strictObject({ kind: z.enum(derivationKinds), startDate: CalendarDate.optional() })
  .meta({ id: 'DerivationInput', description: 'ZGW afleidingswijze; only `afgehandeld` is derived by itself' });

export const PutCase = z
  .strictObject({
    title: z.string().trim().max(500).nullable().default(null),
    state: CaseState,
    closedOn: CalendarDate.nullable().default(null),
    selection: selectionNumber.nullable().default(null),
    nomination: z.enum(['destroy', 'keep']).nullable().default(null),
    period: period.nullable().default(null),
    derivation: DerivationInput.default({ kind: 'afgehandeld' }),
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
