import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dueDoors, lastNight, localMoment, type NightState, startNightClock } from '#infra/local/schedule.ts';

const zone = 'Europe/Amsterdam';
const propose = { name: 'propose', at: '02:00' };
const execute = { name: 'execute', at: '03:00' };
const at = (instant: string) => localMoment(Date.parse(instant), zone);
const done = (date: string, standing: string | null = null): NightState => ({ propose: { date, standing }, execute: { date, standing } });
const names = (state: NightState, instant: string, standing: string | null = null) =>
  dueDoors([execute, propose], state, at(instant), standing).map((door) => door.name);

describe('the clock of the nightly doors', () => {
  it('reads the wall time of the archive, not of the machine', () => {
    expect(at('2026-11-24T23:30:00Z')).toEqual({ date: '2026-11-25', time: '00:30' });
    expect(at('2026-07-01T22:15:00Z')).toEqual({ date: '2026-07-02', time: '00:15' });
  });

  it('has a door run at its time, once a date, in the order of the night', () => {
    expect(names(done('2026-11-24'), '2026-11-25T00:59:00Z')).toEqual([]);
    expect(names(done('2026-11-24'), '2026-11-25T01:00:00Z')).toEqual(['propose']);
    expect(names(done('2026-11-24'), '2026-11-25T02:00:00Z')).toEqual(['propose', 'execute']);
    expect(names(done('2026-11-25'), '2026-11-25T23:30:00Z')).toEqual([]);
  });

  it('makes up for missed nights once', () => {
    expect(names(done('2026-11-01'), '2026-11-24T12:00:00Z')).toEqual(['propose', 'execute']);
    // Before the hour the last night is yesterday's.
    expect(names(done('2026-11-23'), '2026-11-24T00:30:00Z')).toEqual([]);
    expect(names(done('2026-11-22'), '2026-11-24T00:30:00Z')).toEqual(['propose', 'execute']);
  });

  it('holds on the nights of 23 and 25 hours', () => {
    // 29 March 2026: 02:00 does not exist, the clock goes from 01:59 to 03:00.
    expect(names(done('2026-03-28'), '2026-03-29T00:59:00Z')).toEqual([]);
    expect(names(done('2026-03-28'), '2026-03-29T01:00:00Z')).toEqual(['propose', 'execute']);
    // 25 October 2026: 02:00 comes twice; the door runs at the first and not at the second.
    expect(names(done('2026-10-24'), '2026-10-25T00:00:00Z')).toEqual(['propose']);
    expect(names({ ...done('2026-10-24'), propose: { date: '2026-10-25', standing: null } }, '2026-10-25T01:00:00Z')).toEqual([]);
    expect(lastNight(propose, at('2026-10-25T01:30:00Z'))).toBe('2026-10-25');
  });

  it('runs at once when the calendar was set to another date, and once for that date', () => {
    expect(names(done('2026-11-24'), '2026-11-24T12:00:00Z', '2031-04-17')).toEqual(['propose', 'execute']);
    expect(names(done('2026-11-24', '2031-04-17'), '2026-11-24T12:00:00Z', '2031-04-17')).toEqual([]);
    expect(names(done('2026-11-24', '2031-04-17'), '2026-11-25T12:00:00Z')).toEqual(['propose', 'execute']);
  });

  it('remembers over a restart, starts a new archive without a debt, and tries a failed door three times', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'woordspoor-nights-'));
    let now = Date.parse('2026-11-24T12:00:00Z');
    const ran: string[] = [];
    const accidents: string[] = [];
    let broken = false;
    const run = (name: string) => async () => {
      ran.push(name);
      if (broken && name === 'propose') throw new Error('broken');
    };
    const start = () =>
      startNightClock({
        file: join(folder, 'nights.json'),
        zone,
        standing: null,
        tickMs: 5,
        epochMs: () => now,
        doors: [
          { ...propose, run: run('propose') },
          { ...execute, run: run('execute') },
        ],
        onAccident: (code) => accidents.push(code),
      });
    const first = start();
    await new Promise((resolve) => setTimeout(resolve, 40));
    await first.stop();
    expect(ran).toEqual([]);
    now += 3 * 86_400_000;
    const second = start();
    await expect.poll(() => ran).toEqual(['propose', 'execute']);
    await second.stop();
    const third = start();
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(ran).toEqual(['propose', 'execute']);
    broken = true;
    now += 86_400_000;
    await expect.poll(() => ran.slice(2)).toEqual(['propose', 'propose', 'propose', 'execute']);
    expect(accidents).toEqual(['schedule.failed', 'schedule.failed', 'schedule.given-up']);
    await third.stop();
    await rm(folder, { recursive: true });
  });
});
