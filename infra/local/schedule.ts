// The clock of the nightly doors: each at its local time in the archive's zone, once a date, also after the machine was off.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const Fired = z.object({
  /** Date (real calendar) of the last night that is done. */
  date: z.string(),
  /** Date at which the archive's calendar stood when the door last ran because of it. */
  standing: z.string().nullable(),
});
const NightState = z.record(z.string(), Fired);
export type NightState = Readonly<Record<string, z.infer<typeof Fired>>>;

export interface ScheduledDoor {
  readonly name: string;
  /** `02:00`, wall time of the zone. */
  readonly at: string;
}

export interface LocalMoment {
  readonly date: string;
  readonly time: string;
}

export function localMoment(epochMs: number, zone: string): LocalMoment {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const of = Object.fromEntries(parts.formatToParts(epochMs).map(({ type, value }) => [type, value]));
  return { date: `${of['year']}-${of['month']}-${of['day']}`, time: `${of['hour']}:${of['minute']}` };
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The last night that has come for a door: today's when its time is past, else yesterday's. Holds on days of 23 and 25 hours. */
export function lastNight(door: ScheduledDoor, now: LocalMoment): string {
  return now.time >= door.at ? now.date : dayBefore(now.date);
}

/** Doors that have to run now, in the order of the night. A night missed is made up for once, however many went by. */
export function dueDoors(doors: readonly ScheduledDoor[], state: NightState, now: LocalMoment, standing: string | null): readonly ScheduledDoor[] {
  return doors
    .filter((door) => {
      const fired = state[door.name];
      if (fired === undefined) return false;
      return fired.date < lastNight(door, now) || (standing !== null && fired.standing !== standing);
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** A door that was never seen has nothing to make up for. */
function withNewDoors(doors: readonly ScheduledDoor[], state: NightState, now: LocalMoment, standing: string | null): NightState {
  const fresh = doors.filter((door) => state[door.name] === undefined);
  return { ...state, ...Object.fromEntries(fresh.map((door) => [door.name, { date: lastNight(door, now), standing }])) };
}

function readState(file: string): NightState {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return {};
    throw error;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not readable as JSON`);
  }
  return NightState.parse(content);
}

export interface NightClockOptions {
  readonly file: string;
  readonly zone: string;
  readonly standing: string | null;
  readonly doors: readonly (ScheduledDoor & { readonly run: () => Promise<unknown> })[];
  readonly onAccident: (code: string, door: string, error: unknown) => void;
  readonly epochMs?: () => number;
  readonly tickMs?: number;
}

const mostTries = 3;

export function startNightClock(options: NightClockOptions): { readonly stop: () => Promise<void> } {
  const { file, zone, standing, doors, onAccident, epochMs = Date.now, tickMs = 15_000 } = options;
  const tries = new Map<string, number>();
  let state = withNewDoors(doors, readState(file), localMoment(epochMs(), zone), standing);
  let stopped = false;
  const save = () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(state), { flush: true });
    renameSync(`${file}.new`, file);
  };
  const night = async (): Promise<void> => {
    for (const due of dueDoors(doors, state, localMoment(epochMs(), zone), standing)) {
      if (stopped) return;
      const door = doors.find((one) => one.name === due.name);
      try {
        await door?.run();
        tries.delete(due.name);
      } catch (error) {
        const tried = (tries.get(due.name) ?? 0) + 1;
        tries.set(due.name, tried);
        onAccident(tried < mostTries ? 'schedule.failed' : 'schedule.given-up', due.name, error);
        // The night's order stands: what comes after a failed door waits for its next try.
        if (tried < mostTries) return;
        tries.delete(due.name);
      }
      state = { ...state, [due.name]: { date: lastNight(due, localMoment(epochMs(), zone)), standing: standing ?? state[due.name]?.standing ?? null } };
      save();
    }
  };
  save();
  let running: Promise<void> | undefined;
  const tick = () => {
    running ??= night()
      .catch((error: unknown) => onAccident('schedule.broken', '', error))
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(tick, tickMs);
  tick();
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
