// When a day of the audit log (UTC, by the time of the event) is complete, and when it is sealed. Clocks of doors differ and a door may
// hold a request for fifteen minutes, so the last moment to write into a day lies half an hour before the first to seal it.
//
//   00:00 day + 1         01:00                  01:30                 12:00 day + 2
//   day ends ── may still be written ──┤ no more ├── may be sealed ────┤ must be sealed
import type { AuditEvent } from '#core/model/audit-event.ts';
import { CalendarDate } from '#core/model/time.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const writtenUntilMs = hourMs;
const sealedFromMs = 1.5 * hourMs;
const sealedBeforeMs = 36 * hourMs;

/** Older than this software: no event lies before it. */
export const firstAuditDay = CalendarDate.parse('2026-11-01');

export function dayOf(epochMs: number): CalendarDate {
  return CalendarDate.parse(new Date(epochMs).toISOString().slice(0, 10));
}

export function dayPlus(day: string, days: number): CalendarDate {
  return dayOf(Date.parse(day) + days * dayMs);
}

/** The event's own day has closed: it is filed apart, as a late one. */
export function isLate({ at }: Pick<AuditEvent, 'at'>, epochMs: number): boolean {
  return at.slice(0, 10) < dayOf(epochMs - writtenUntilMs);
}

/** Days up to and including this one may be sealed. */
export function lastSealableDay(epochMs: number): CalendarDate {
  return dayPlus(dayOf(epochMs - sealedFromMs), -1);
}

/** Days up to and including this one without a seal: the night's work failed, or a seal was taken away. */
export function lastDayThatMustBeSealed(epochMs: number): CalendarDate {
  return dayPlus(dayOf(epochMs - sealedBeforeMs), -1);
}
