// Settings of the organisation. `standingAuthorisations` is the archivist's alone.
import * as z from 'zod';
import { KeepHelp } from '#core/model/keep-help.ts';
import { CalendarDate } from '#core/model/time.ts';
import { KeepHelpAnswer } from './keep-help.ts';
import { listOf } from './page.ts';

const selection = z.string().regex(/^(\*|\d+(\.\d+){1,2})$/, 'geef een nummer uit de selectielijst, zoals 6.1, of *');

const StandingAuthorisationInput = z
  .strictObject({ selection, from: CalendarDate, until: CalendarDate, decisionReference: z.string().trim().min(1).max(200) })
  .refine((value) => value.from <= value.until, { path: ['until'], message: 'de einddatum ligt voor de begindatum' })
  .meta({ id: 'StandingAuthorisationInput', description: 'Doorlopende machtiging of the archivist' });

/** Browser, Lambda and laptop carry the same list of zones (IANA, through Intl). */
function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const PatchSettings = z
  .strictObject({
    coolingOffDays: z.int().min(0).max(90).optional(),
    standingAuthorisations: z.array(StandingAuthorisationInput).max(100).optional(),
    wholeOriginalRequired: z.boolean().optional(),
    zone: z
      .string()
      .min(1)
      .max(64)
      .refine(isZone, 'geef een tijdzone die bestaat, zoals Europe/Amsterdam')
      .optional()
      .meta({ description: 'IANA zone that phones are assumed to have' }),
    archivesActFrom: CalendarDate.nullable().optional().meta({ description: 'First day of the Archiefwet 2026 (transfer within 10 years); null: not known' }),
    keepHelp: KeepHelp.strict().optional().meta({ description: 'Words beside the four questions at upload; replaced as a whole' }),
    organisation: z.string().trim().min(1).max(200).optional(),
  })
  .meta({ id: 'PatchSettings', description: 'Only what changes' });
export type PatchSettings = z.infer<typeof PatchSettings>;

export const SettingsAnswer = z
  .object({
    coolingOffDays: z.int(),
    standingAuthorisations: listOf(z.object({ selection: z.string(), from: CalendarDate, until: CalendarDate, decisionReference: z.string() })),
    wholeOriginalRequired: z.boolean(),
    zone: z.string(),
    archivesActFrom: CalendarDate.nullable(),
    keepHelp: KeepHelpAnswer,
    organisation: z.string(),
  })
  .meta({ id: 'Settings', description: 'What the organisation has set' });
export type SettingsAnswer = z.infer<typeof SettingsAnswer>;
