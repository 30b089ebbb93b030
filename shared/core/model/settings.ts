// What an organisation may set. Texts and terms of law are not settings: they have effective dates in core/retention.
import * as z from 'zod';
import { defaultKeepHelp, KeepHelp } from './keep-help.ts';
import { CalendarDate } from './time.ts';

export const StandingAuthorisation = z.object({
  /** Selection-list number, or `*` for all that is to be destroyed. */
  selection: z.string().regex(/^(\*|\d+(\.\d+){1,2})$/),
  from: CalendarDate,
  until: CalendarDate,
  decisionReference: z.string().min(1).max(200),
});
export type StandingAuthorisation = z.infer<typeof StandingAuthorisation>;

export const Settings = z.object({
  coolingOffDays: z.int().min(0).max(90).default(7),
  standingAuthorisations: z.array(StandingAuthorisation).max(100).default([]),
  wholeOriginalRequired: z.boolean().default(false),
  /** IANA zone that phones of the organisation are assumed to have. */
  zone: z.string().default('Europe/Amsterdam'),
  /** First day of the Archiefwet 2026 (transfer after 10 years instead of 20); null: not known yet. */
  archivesActFrom: CalendarDate.nullable().default(null),
  keepHelp: KeepHelp.default(defaultKeepHelp),
  organisation: z.string().max(200).default('Gemeente Voorbeeld'),
});
export type Settings = z.infer<typeof Settings>;
