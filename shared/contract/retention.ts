// The stored outcome of the retention rules, as cases and bundles show it.
import * as z from 'zod';
import { Nomination } from '#core/model/bundle.ts';
import { CalendarDate, Period } from '#core/model/time.ts';

export const RetentionAnswer = z
  .object({
    nomination: Nomination,
    period: Period.nullable(),
    startDate: CalendarDate.nullable(),
    actionDate: CalendarDate.nullable().meta({ description: 'Day from which the bundle is due; null: not due' }),
    explanation: z.string().meta({ description: 'Dutch sentence that derives the date' }),
  })
  .meta({ id: 'Retention', description: 'Outcome of the retention rules' });
export type RetentionAnswer = z.infer<typeof RetentionAnswer>;
