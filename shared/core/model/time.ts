// Three kinds of time that must not be mixed: an instant (UTC, `Z`), a calendar date, and the wall time of a phone.
import * as z from 'zod';

/** `2026-11-24T12:40:11.123Z` */
export const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

/** `2026-11-24`, proleptic Gregorian, no zone. */
export const CalendarDate = z.iso.date().brand<'CalendarDate'>();
export type CalendarDate = z.infer<typeof CalendarDate>;

/** `2022-05-02T16:08` or `2022-05-02T16:08:13`: what the export shows, in the zone the phone had at export. */
export const LocalTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/)
  .brand<'LocalTime'>();
export type LocalTime = z.infer<typeof LocalTime>;

/** ISO 8601 duration in years, months, weeks or days: `P5Y`, `P1Y6M`, `P28D`. */
export const Period = z
  .string()
  .regex(/^P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$/)
  .brand<'Period'>();
export type Period = z.infer<typeof Period>;
