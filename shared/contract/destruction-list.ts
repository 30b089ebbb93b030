// Destruction lists and the steps people take on them. Each action answers with the list.
import * as z from 'zod';
import { itemOutcomes, ListState, leaveReasons } from '#core/model/destruction-list.ts';
import { BundleId, CaseId, CertificateId, ListId } from '#core/model/id.ts';
import { CalendarDate, Instant } from '#core/model/time.ts';
import { Counts } from './bundle.ts';
import { Cursor, listOf, pageLimit, pageOf } from './page.ts';

export const ListParams = z.object({ id: ListId });

const remark = z.string().trim().max(2000).nullable().default(null);

export const SubmitList = z.strictObject({}).meta({ id: 'SubmitList', description: 'draft or changes-requested → in-review' });
export const ReviewList = z
  .strictObject({
    decisions: z
      .array(z.strictObject({ bundleId: BundleId, keep: z.string().trim().min(1).max(500).nullable() }))
      .max(5000)
      .default([])
      .meta({ description: 'Bundles that are left out follow `approve`; `keep` is the reason to keep, or null' }),
    approve: z.boolean(),
    remark,
  })
  .meta({ id: 'ReviewList', description: 'By another records manager: → with-archivist, or changes-requested' });
export type ReviewList = z.infer<typeof ReviewList>;
export const AuthoriseList = z
  .strictObject({ approve: z.boolean(), remark })
  .meta({ id: 'AuthoriseList', description: 'By the archivist: → authorised, or changes-requested' });
export type AuthoriseList = z.infer<typeof AuthoriseList>;
export const ConfirmList = z
  .strictObject({ name: z.string().min(1).max(200) })
  .meta({ id: 'ConfirmList', description: "The list's name, typed: → cooling-off" });
export type ConfirmList = z.infer<typeof ConfirmList>;
export const AbortList = z.strictObject({ reason: z.string().trim().min(1).max(2000) }).meta({ id: 'AbortList', description: '→ aborted' });
export type AbortList = z.infer<typeof AbortList>;

export const DestructionListAnswer = z
  .object({
    id: ListId,
    name: z.string(),
    state: ListState,
    authorisation: z.enum(['per-list', 'standing']),
    items: z.int(),
    excluded: listOf(z.object({ bundleId: BundleId, reason: z.enum(leaveReasons) })),
    executeFrom: CalendarDate.nullable(),
    certificateId: CertificateId.nullable(),
    decisionReference: z.string().nullable(),
    selection: z.string().nullable(),
    createdOn: CalendarDate,
    steps: listOf(z.object({ to: ListState, by: z.string(), role: z.string(), at: Instant, remark: z.string().nullable() })),
  })
  .meta({ id: 'DestructionList', description: 'A destruction list (vernietigingslijst)' });
export type DestructionListAnswer = z.infer<typeof DestructionListAnswer>;

export const ListLists = z.strictObject({ state: ListState.optional(), limit: pageLimit(50, 200), next: Cursor.optional() });
export type ListLists = z.infer<typeof ListLists>;
export const DestructionListPage = pageOf('DestructionListPage', DestructionListAnswer);
export type DestructionListPage = z.infer<typeof DestructionListPage>;

export const ListItemAnswer = z
  .object({
    bundleId: BundleId,
    caseIds: listOf(CaseId),
    selection: z.string().nullable(),
    actionDate: CalendarDate,
    counts: Counts.nullable(),
    decision: z.enum(['destroy', 'keep']),
    keep: z.string().nullable().meta({ description: 'Why people keep it, in their words' }),
    reason: z.enum(leaveReasons).nullable().meta({ description: 'Why it was left out at the execution' }),
    outcome: z.enum(itemOutcomes),
  })
  .meta({ id: 'DestructionListItem', description: 'One bundle on a list' });
export type ListItemAnswer = z.infer<typeof ListItemAnswer>;

export const ListItems = z.strictObject({ limit: pageLimit(100, 500), next: Cursor.optional() });
export const ListItemPage = pageOf('DestructionListItemPage', ListItemAnswer);
export type ListItemPage = z.infer<typeof ListItemPage>;
