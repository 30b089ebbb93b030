// The clock: real instants, and the archive's calendar ("today"), which may be set to stand still.
import { CalendarDate, Instant } from '#core/model/time.ts';
import type { Config } from './config.ts';

export interface Clock {
  readonly epochMs: () => number;
  readonly now: () => Instant;
  /** Date of the archive's calendar in the archive's zone, whatever zone the machine has. */
  readonly today: () => CalendarDate;
}

export function makeClock(config: Pick<Config, 'calendarStandsAt' | 'zone'>, epochMs: () => number = Date.now): Clock {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: config.zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return {
    epochMs,
    now: () => Instant.parse(new Date(epochMs()).toISOString()),
    today: () => CalendarDate.parse(config.calendarStandsAt ?? parts.format(epochMs())),
  };
}

/** The day that a moment (`2026-12-31T23:30:00Z`) is in the archive's zone; null: no moment. */
export function makeDayIn({ zone }: Pick<Config, 'zone'>): (moment: string) => CalendarDate | null {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (moment) => {
    const ms = Date.parse(moment);
    return Number.isNaN(ms) ? null : (CalendarDate.safeParse(parts.format(ms)).data ?? null);
  };
}
