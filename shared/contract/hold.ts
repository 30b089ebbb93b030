// Holds: POST|GET /v1/holds, GET /v1/holds/{id}, POST /v1/holds/{id}/_release.
import * as z from 'zod';
import { HoldReason, holdStates } from '#core/model/hold.ts';
import { BundleId, CaseId, HoldId } from '#core/model/id.ts';
import { CalendarDate, Instant } from '#core/model/time.ts';
import { Cursor, listOf, pageLimit, pageOf } from './page.ts';

export const HoldParams = z.object({ id: HoldId });

export const PlaceHold = z
  .strictObject({
    reason: HoldReason,
    note: z.string().trim().max(1000).nullable().default(null),
    scope: z
      .strictObject({
        bundleIds: z.array(BundleId).max(1000).optional(),
        caseIds: z.array(CaseId).max(1000).optional().meta({ description: 'Covers bundles that come to the case later, too' }),
        requestId: z.string().min(1).max(64).optional(),
        period: z
          .strictObject({ from: CalendarDate, until: CalendarDate })
          .refine((value) => value.from <= value.until, { path: ['until'], message: 'de einddatum ligt voor de begindatum' })
          .optional()
          .meta({ description: 'By rule: chats with messages in this period, also those that come later' }),
        selections: z
          .array(z.string().regex(/^\d+(\.\d+){0,2}$/, 'geef een nummer uit de selectielijst, zoals 6, 6.1 of 6.1.4'))
          .max(50)
          .optional()
          .meta({ description: 'By rule: chats of cases under these results; with a period both must be so' }),
      })
      .refine(
        (scope) => (scope.bundleIds?.length ?? 0) + (scope.caseIds?.length ?? 0) + (scope.selections?.length ?? 0) > 0 || scope.period !== undefined,
        'noem minstens een bundel, een zaak, een resultaat of een periode',
      ),
  })
  .meta({ id: 'PlaceHold', description: 'What may not be destroyed, and why' });
export type PlaceHold = z.infer<typeof PlaceHold>;

export const HoldAnswer = z
  .object({
    id: HoldId,
    state: z.enum(holdStates).meta({ description: 'It blocks from `placing` on' }),
    reason: HoldReason,
    note: z.string().nullable(),
    scope: z.object({
      bundleIds: listOf(BundleId).optional(),
      caseIds: listOf(CaseId).optional(),
      requestId: z.string().optional(),
      period: z.object({ from: CalendarDate, until: CalendarDate }).optional(),
      selections: listOf(z.string()).optional(),
    }),
    placedBy: z.string(),
    placedAt: Instant,
    releasedBy: z.string().nullable(),
    releasedAt: Instant.nullable(),
    tooLateFor: listOf(BundleId).meta({ description: 'Bundles whose destruction had begun before' }),
  })
  .meta({ id: 'Hold', description: 'A hold (bevriezing)' });
export type HoldAnswer = z.infer<typeof HoldAnswer>;

export const ListHolds = z.strictObject({ state: z.enum(holdStates).optional(), limit: pageLimit(50, 200), next: Cursor.optional() });
export type ListHolds = z.infer<typeof ListHolds>;

export const HoldPage = pageOf('HoldPage', HoldAnswer);
export type HoldPage = z.infer<typeof HoldPage>;
