// Settings: only what changes, one after another, with an event; nothing is destroyed by them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '#flow/change-settings.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { carla, date, type Lifecycle, lifecycleOn, person } from '#test/support/lifecycle.ts';

let engines: Engines;
let life: Lifecycle;
beforeAll(async () => {
  engines = await startEngines();
  life = lifecycleOn(engines, '2026-03-02');
});
afterAll(() => engines.stop());

const adam = person('sub-adam', 'administrator');
const authorisation = { selection: '6.2', from: date('2026-01-01'), until: date('2026-12-31'), decisionReference: 'B-1' };

describe('changeSettings', () => {
  it('starts from the defaults and changes only what is named', async () => {
    const { house } = life;
    expect((await house.settings.get()).settings).toMatchObject({ coolingOffDays: 7, standingAuthorisations: [] });
    await changeSettings(house, adam, { coolingOffDays: 3 });
    await changeSettings(house, carla, { standingAuthorisations: [authorisation] });
    expect((await house.settings.get()).settings).toMatchObject({ coolingOffDays: 3, standingAuthorisations: [authorisation], zone: 'Europe/Amsterdam' });
    await changeSettings(house, carla, { standingAuthorisations: [authorisation], coolingOffDays: undefined });
    const events = (await house.audit.list({ object: 'settings', limit: 10, next: null })).items;
    expect(events.map(({ actor, facts }) => [actor, facts?.['fields']])).toEqual([
      ['sub-adam', 'coolingOffDays'],
      ['sub-carla', 'standingAuthorisations'],
    ]);
  });

  it('refuses a result that is not in the list, and an end before the beginning, all together', async () => {
    const answer = await changeSettings(life.house, carla, {
      standingAuthorisations: [
        { ...authorisation, selection: '99.9' },
        { ...authorisation, selection: '*', until: date('2025-01-01') },
      ],
    });
    expect(answer).toMatchObject({
      ok: false,
      fault: { code: 'input.invalid', errors: [{ field: 'standingAuthorisations.0.selection' }, { field: 'standingAuthorisations.1.until' }] },
    });
  });

  it('changed by two at once: one is told', async () => {
    const answers = await Promise.all([changeSettings(life.house, adam, { coolingOffDays: 1 }), changeSettings(life.house, adam, { coolingOffDays: 2 })]);
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.fault.code));
    expect(codes).toContain('ok');
    for (const code of codes) expect(['ok', 'changed-meanwhile']).toContain(code);
  });
});
