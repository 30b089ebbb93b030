// Key persons (sleutelpersonen): GET|POST /v1/custodians, GET|PATCH|DELETE /v1/custodians/{id}, and the checklist of leaving.
import * as z from 'zod';
import { LeavingStep, StepState, shownCustodianStates } from '#core/model/custodian.ts';
import { BundleId, CustodianId } from '#core/model/id.ts';
import { CalendarDate, Instant, Period } from '#core/model/time.ts';
import { punctualities } from '#core/retention/upload-rhythm.ts';
import { ChatPeriod } from './bundle.ts';
import { Cursor, listOf, pageLimit, pageOf } from './page.ts';

export const CustodianParams = z.object({ id: CustodianId });

/** From once a week to once in two years: `P0D` would always be late. */
const Rhythm = Period.refine((period) => /[1-9]/.test(period) && !/\d{4,}/.test(period), 'geef een termijn zoals P1M of P2W');
const name = z.string().trim().min(1).max(200);
const account = z.string().trim().min(1).max(200).nullable();
const reminder = z.string().trim().max(2000);

export const AddCustodian = z
  .strictObject({
    name,
    function: name,
    subject: account.default(null).meta({ description: 'Account at the identity provider; null: others hand in' }),
    rhythm: Rhythm.nullable().default(null).meta({ description: 'How often an upload is expected, e.g. P1M; null: not agreed' }),
    from: CalendarDate.nullable().default(null).meta({ description: 'From this day on the rhythm counts; today unless told' }),
    reminder: reminder.default('').meta({ description: 'What the person is told when an upload is due; empty: the general text' }),
  })
  .meta({ id: 'AddCustodian', description: 'Somebody whose chats matter by function' });
export type AddCustodian = z.infer<typeof AddCustodian>;

export const PatchCustodian = z
  .strictObject({
    name: name.optional(),
    function: name.optional(),
    subject: account.optional(),
    rhythm: Rhythm.nullable().optional(),
    from: CalendarDate.optional(),
    reminder: reminder.optional(),
    leavingOn: CalendarDate.nullable().optional().meta({ description: 'Last working day: the checklist begins; null: the person stays' }),
  })
  .meta({ id: 'PatchCustodian', description: 'Only what changes' });
export type PatchCustodian = z.infer<typeof PatchCustodian>;

export const SettleStep = z
  .strictObject({ step: LeavingStep, state: StepState, remark: z.string().trim().max(500).nullable().default(null) })
  .refine(({ state, remark }) => state !== 'not-needed' || (remark !== null && remark !== ''), {
    path: ['remark'],
    message: 'schrijf op waarom deze stap niet nodig is',
  })
  .meta({ id: 'SettleStep', description: 'A step of the checklist of leaving' });
export type SettleStep = z.infer<typeof SettleStep>;

export const CustodianAnswer = z
  .object({
    id: CustodianId,
    state: z.enum(shownCustodianStates),
    name: z.string(),
    function: z.string(),
    subject: z.string().nullable(),
    rhythm: Period.nullable(),
    from: CalendarDate,
    reminder: z.string(),
    lastReminder: z.object({ at: Instant, by: z.string() }).nullable(),
    lastUpload: z
      .object({ bundleId: BundleId, at: Instant, on: CalendarDate, period: ChatPeriod.nullable() })
      .nullable()
      .meta({ description: 'The newest that has come in, under the own account or in this name' }),
    standing: z
      .object({ punctuality: z.enum(punctualities), dueOn: CalendarDate.nullable(), daysBehind: z.int() })
      .meta({ description: 'Whether uploads come in as often as was agreed' }),
    leavingOn: CalendarDate.nullable(),
    steps: listOf(z.object({ step: LeavingStep, state: StepState, remark: z.string().nullable(), by: z.string().nullable(), at: Instant.nullable() })).meta({
      description: 'The checklist of leaving, whole and in order',
    }),
    createdAt: Instant,
  })
  .meta({ id: 'Custodian', description: 'A key person (sleutelpersoon)' });
export type CustodianAnswer = z.infer<typeof CustodianAnswer>;

export const ListCustodians = z.strictObject({ state: z.enum(shownCustodianStates).optional(), limit: pageLimit(50, 100), next: Cursor.optional() });
export type ListCustodians = z.infer<typeof ListCustodians>;

export const CustodianPage = pageOf('CustodianPage', CustodianAnswer);
export type CustodianPage = z.infer<typeof CustodianPage>;

export const RemovedCustodian = z
  .object({ id: CustodianId })
  .meta({ id: 'RemovedCustodian', description: 'Out of the register, with name, account and remarks' });
export type RemovedCustodian = z.infer<typeof RemovedCustodian>;
