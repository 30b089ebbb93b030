// The nightly proposal: what is due and nothing else, each bundle on one list, holds out with the reason, cheap when nothing is due.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { OwnRetention } from '#core/model/bundle.ts';
import type { BundleId } from '#core/model/id.ts';
import type { Period } from '#core/model/time.ts';
import { selectionList2020 } from '#core/retention/selection-list.ts';
import { changeSettings } from '#flow/change-settings.ts';
import { executeDestruction } from '#flow/execute-destruction.ts';
import { placeHold } from '#flow/place-hold.ts';
import { itemsPerList, proposeDestruction } from '#flow/propose-destruction.ts';
import { putCase } from '#flow/put-case.ts';
import { releaseHold } from '#flow/release-hold.ts';
import { workOnList } from '#flow/work-on-list.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import {
  anna,
  bert,
  carla,
  carryOut,
  closedCase,
  confirmedList,
  date,
  havingBundle,
  havingCase,
  type Lifecycle,
  lifecycleOn,
  listOf,
  night,
  openCase,
  person,
  proposedList,
} from '#test/support/lifecycle.ts';

const engines: Engines[] = [];
let life: Lifecycle;
/** Each test its own archive: what is due in it is known to the last bundle. */
async function archive(today = '2026-03-02'): Promise<Lifecycle> {
  const started = await startEngines();
  engines.push(started);
  return lifecycleOn(started, today);
}
beforeEach(async () => {
  life = await archive();
});
afterAll(() => Promise.all(engines.map((one) => one.stop())));

const propose = (one: Lifecycle = life) => proposeDestruction(one.house, night);

describe('what is due', () => {
  it('is so on its action date, not a day before', async () => {
    const id = await havingCase(life.house, closedCase('2025-03-03'));
    await havingBundle(life.house, [id]);
    expect(await propose()).toMatchObject({ due: 0, lists: 0 });
    life.setToday('2026-03-03');
    expect(await propose()).toMatchObject({ due: 1, proposed: 1, lists: 1 });
  });

  it.each([
    ['an open case', openCase()],
    ['a case to keep', closedCase('2000-01-01', { selection: '1.1.1' })],
    ['a case without a result', closedCase('2000-01-01', { selection: null })],
    ['a result without a countable term', closedCase('2000-01-01', { selection: '19.1.17' })],
    ['a start date that is not known', closedCase('2000-01-01', { derivation: { kind: 'eigenschap' } })],
  ])('is never so with %s', async (_, order) => {
    await havingBundle(life.house, [await havingCase(life.house, order)]);
    life.setToday('2199-01-01');
    expect(await propose()).toMatchObject({ due: 0, lists: 0 });
  });

  it('is never so without a case and without a period of its own; with one it is', async () => {
    await havingBundle(life.house, []);
    const retention: OwnRetention = { nomination: 'destroy', period: 'P1Y' as Period, startDate: date('2025-03-01') };
    const own = await havingBundle(life.house, [], { retention });
    expect(await propose()).toMatchObject({ due: 1, proposed: 1 });
    expect(await listOf(life.house, own.id)).toMatchObject({ selection: null, name: 'Vernietigingslijst eigen termijn van 02-03-2026' });
  });

  it('goes on one list per selection result', async () => {
    const one = await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01', { selection: '6.2' }))]);
    const two = await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01', { selection: '6.3' }))]);
    const three = await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-02-28', { selection: '6.2' }))]);
    expect(await propose()).toMatchObject({ proposed: 3, lists: 2 });
    const lists = await Promise.all([one, two, three].map((bundle) => listOf(life.house, bundle.id)));
    expect(lists.map((list) => [list?.selection, list?.items])).toEqual([
      ['6.2', 2],
      ['6.3', 1],
      ['6.2', 2],
    ]);
  });

  it('derived otherwise than stored is not proposed that night, but set right', async () => {
    const id = await havingCase(life.house, closedCase('2025-03-01'));
    const bundle = await havingBundle(life.house, [id]);
    life.breaker.breakAt(3);
    await expect(putCase(life.broken, anna, id, closedCase('2026-02-01'))).rejects.toThrow('broken');
    expect(await propose()).toMatchObject({ due: 1, proposed: 0, dateChanged: 1, lists: 0 });
    expect((await life.house.bundles.get(bundle.id))?.retention.actionDate).toBe('2027-02-01');
    expect(await propose()).toMatchObject({ due: 0 });
  });

  it('in many months is found after a long sleep, whichever the order', async () => {
    const { house } = life;
    for (const closedOn of ['2025-12-31', '2026-01-01', '2026-12-31']) await havingBundle(house, [await havingCase(house, closedCase(closedOn))]);
    life.setToday('2027-12-30');
    expect(await propose()).toMatchObject({ due: 2, proposed: 2 });
    life.setToday('2027-12-31');
    expect(await propose()).toMatchObject({ due: 1, proposed: 1 });
  });
});

describe('night after night', () => {
  it('what stands on a live list is not proposed again', async () => {
    const bundle = await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01'))]);
    const list = await proposedList(life.house, bundle.id);
    expect(await propose()).toMatchObject({ due: 1, listedBefore: 1, proposed: 0, lists: 0 });
    await confirmedList(life.house, list.id);
    expect(await propose()).toMatchObject({ listedBefore: 1, proposed: 0, lists: 0 });
    expect((await life.house.lists.list(null, 10)).items).toHaveLength(1);
  });

  it('what was on an aborted list is proposed again, also months later', async () => {
    const bundle = await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01'))]);
    const first = await proposedList(life.house, bundle.id);
    life.setToday('2026-09-01');
    expect(await propose()).toMatchObject({ due: 1, listedBefore: 1 });
    life.setToday('2026-11-01');
    expect(await propose()).toMatchObject({ due: 0 });
    await workOnList(life.house, carla, first.id, { action: 'abort', reason: 'nog een keer bekijken' });
    expect(await propose()).toMatchObject({ due: 1, proposed: 1 });
    expect((await listOf(life.house, bundle.id))?.id).not.toBe(first.id);
  });

  it('what a reviewer wants kept is not proposed again until its date changes', async () => {
    const { house } = life;
    const id = await havingCase(house, closedCase('2025-03-01'));
    const bundle = await havingBundle(house, [id]);
    const list = await proposedList(house, bundle.id);
    await workOnList(house, anna, list.id, { action: 'submit' });
    await workOnList(house, bert, list.id, {
      action: 'review',
      decisions: [{ bundleId: bundle.id, keep: 'loopt nog een klacht' }],
      approve: true,
      remark: null,
    });
    await workOnList(house, carla, list.id, { action: 'authorise', approve: true, remark: null });
    await workOnList(house, anna, list.id, { action: 'confirm', name: list.name });
    life.setToday('2026-03-09');
    await carryOut(life);
    expect(await house.lists.get(list.id)).toMatchObject({ state: 'executed', certificateId: null, excluded: [{ bundleId: bundle.id, reason: 'kept' }] });
    expect((await house.bundles.get(bundle.id))?.state).toBe('indexed');
    expect(await propose()).toMatchObject({ due: 1, kept: 1, proposed: 0 });
    await putCase(house, anna, id, closedCase('2025-03-05'));
    expect(await propose()).toMatchObject({ due: 1, kept: 0, proposed: 1 });
  });

  it('costs at most five requests when nothing is due', async () => {
    const { house } = life;
    await havingBundle(house, [await havingCase(house, closedCase('2025-12-01'))]);
    let requests = 0;
    const counted = <T extends object>(store: T): T =>
      new Proxy(store, {
        get: (target, name) => {
          const found = Reflect.get(target, name) as unknown;
          return typeof found === 'function'
            ? (...given: unknown[]) => {
                requests++;
                return (found as (...all: unknown[]) => unknown)(...given);
              }
            : found;
        },
      });
    const { bundles, lists, settings, runs, cases, pending } = house;
    const needs = {
      ...house,
      bundles: counted(bundles),
      lists: counted(lists),
      settings: counted(settings),
      runs: counted(runs),
      cases: counted(cases),
      pending: counted(pending),
    };
    for (const today of ['2026-03-02', '2026-03-03', '2026-04-01', '2026-12-01']) {
      life.setToday(today);
      requests = 0;
      expect(await proposeDestruction(needs, night)).toMatchObject({ due: today === '2026-12-01' ? 1 : 0 });
      if (today === '2026-12-01') continue;
      expect(requests, today).toBeLessThanOrEqual(3);
      expect(await executeDestruction(needs, night)).toMatchObject({ lists: 0, left: 0 });
      expect(requests, today).toBeLessThanOrEqual(5);
    }
  });

  it('one run at a time', async () => {
    await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01'))]);
    await life.house.runs.lease('propose-destruction', 'night/other', life.house.clock.epochMs(), life.house.clock.epochMs() + 60_000);
    expect(await propose()).toMatchObject({ alreadyRunning: true, proposed: 0 });
    life.pass(61_000);
    expect(await propose()).toMatchObject({ proposed: 1 });
  });
});

describe('what is held', () => {
  it('is named on the list of its result with the reason, and proposed after the release', async () => {
    const { house } = life;
    const held = await havingBundle(house, [await havingCase(house, closedCase('2025-03-01'))]);
    const free = await havingBundle(house, [await havingCase(house, closedCase('2025-03-01'))]);
    const hold = await placeHold(house, anna, { reason: 'woo-request', note: null, scope: { bundleIds: [held.id] } });
    expect(await propose()).toMatchObject({ due: 2, held: 1, proposed: 1 });
    expect(await listOf(house, free.id)).toMatchObject({ items: 1, excluded: [{ bundleId: held.id, reason: 'held' }] });
    expect(await listOf(house, held.id)).toBeNull();
    life.setToday('2027-06-01');
    expect(await propose()).toMatchObject({ proposed: 0 });
    if (hold.ok) await releaseHold(house, anna, hold.value.id);
    expect(await propose()).toMatchObject({ held: 0, proposed: 1 });
    expect(await listOf(house, held.id)).toMatchObject({ items: 1 });
  });
});

describe('a standing authorisation', () => {
  const authorise = (selection: string, until = '2026-12-31') =>
    changeSettings(life.house, carla, {
      standingAuthorisations: [{ selection, from: date('2026-01-01'), until: date(until), decisionReference: 'B-2026-17' }],
      coolingOffDays: 3,
    });

  it('makes a list that cools off by itself and is carried out', async () => {
    await authorise('6.2');
    const bundle = await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01'))]);
    expect(await propose()).toMatchObject({ lists: 1, authorisedLists: 1 });
    const list = await listOf(life.house, bundle.id);
    expect(list).toMatchObject({ state: 'cooling-off', authorisation: 'standing', decisionReference: 'B-2026-17', executeFrom: '2026-03-05' });
    life.setToday('2026-03-05');
    await carryOut(life);
    expect((await life.house.bundles.get(bundle.id))?.state).toBe('destroyed');
  });

  it('for another result, or that has ended, leaves a draft', async () => {
    await authorise('6.3');
    await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01'))]);
    expect(await propose()).toMatchObject({ lists: 1, authorisedLists: 0 });
    await authorise('*', '2026-03-01');
    await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01'))]);
    expect(await propose()).toMatchObject({ lists: 1, authorisedLists: 0 });
  });

  it.each([
    ['withdrawn', () => changeSettings(life.house, carla, { standingAuthorisations: [] })],
    ['ended', () => authorise('*', '2026-03-03')],
  ])('that is %s during the cooling-off has its list aborted by the night, and its bundles come on a draft for people', async (_, end) => {
    await authorise('*');
    const bundle = await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01'))]);
    await propose();
    const list = await listOf(life.house, bundle.id);
    await end();
    life.setToday('2026-03-04');
    expect(await executeDestruction(life.house, night)).toMatchObject({ started: 0, withdrawn: 1, handedOn: 0 });
    const aborted = await life.house.lists.get(list?.id ?? '');
    expect(aborted).toMatchObject({ state: 'aborted', certificateId: null });
    expect(aborted?.steps.at(-1)).toMatchObject({ to: 'aborted', role: 'system', remark: expect.stringContaining('machtiging') });
    life.setToday('2026-03-20');
    await carryOut(life);
    expect((await life.house.bundles.get(bundle.id))?.state).toBe('indexed');
    expect(await propose()).toMatchObject({ proposed: 1, authorisedLists: 0 });
  });

  it('stops when a person stops its list', async () => {
    await authorise('*');
    const bundle = await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01'))]);
    await propose();
    const list = await listOf(life.house, bundle.id);
    const aborted = await workOnList(life.house, person('sub-dirk', 'records-manager'), list?.id ?? ('' as never), { action: 'abort', reason: 'fout' });
    expect(aborted).toMatchObject({ ok: true, value: { state: 'aborted' } });
    await changeSettings(life.house, carla, { standingAuthorisations: [] });
    expect(await propose()).toMatchObject({ proposed: 1, authorisedLists: 0 });
  });
});

describe('very many', () => {
  it('go on several lists, none too long, none left out', { timeout: 120_000 }, async () => {
    const { house } = life;
    const caseId = await havingCase(house, closedCase('2025-03-01'));
    const first = await havingBundle(house, [caseId]);
    const ids: BundleId[] = [];
    const count = itemsPerList + 20;
    for (let i = 1; i < count; i++) ids.push(house.ids.make('bundle'));
    await Promise.all(ids.map((id) => house.bundles.create({ ...first, id, sha256: id })));
    await Promise.all(ids.map((id) => house.bundles.refile(id, '2026-03-02')));
    expect(await propose()).toMatchObject({ due: count, proposed: count, lists: 2 });
    const lists = (await house.lists.list('draft', 10)).items;
    expect(lists.map(({ items, name }) => [items, name]).sort()).toEqual([
      [20, 'Vernietigingslijst 6.2 van 02-03-2026 (2)'],
      [itemsPerList, 'Vernietigingslijst 6.2 van 02-03-2026'],
    ]);
  });
});

const oneYear = selectionList2020.results.filter(({ processTerm, period }) => processTerm === 'nil' && period === 'P1Y').map(({ number }) => number);

describe('broken and run again', { timeout: 180_000 }, () => {
  it.each(['before', 'after'] as const)('%s every write: each bundle on one list, each list whole', async (when) => {
    const shared = await startEngines();
    engines.push(shared);
    let turn = 0;
    const breaks = await brokenAtEveryWrite<{ life: Lifecycle; bundles: readonly BundleId[] }>(
      when,
      async () => {
        const fresh = lifecycleOn(shared, '2026-03-02');
        const bundles: BundleId[] = [];
        const [one = '', two = ''] = [oneYear[turn++], oneYear[turn++]];
        for (const selection of [one, one, two]) {
          bundles.push((await havingBundle(fresh.house, [await havingCase(fresh.house, closedCase('2025-03-01', { selection }))])).id);
        }
        return { world: { life: fresh, bundles }, breaker: fresh.breaker };
      },
      ({ life: { broken } }) => proposeDestruction(broken, night),
      async ({ life: { house }, bundles }, n) => {
        const lists = await Promise.all(bundles.map((id) => listOf(house, id)));
        expect(
          lists.map((list) => [list?.state, list?.items]),
          `write ${n}`,
        ).toEqual([
          ['draft', 2],
          ['draft', 2],
          ['draft', 1],
        ]);
        expect(lists[0]?.id, `write ${n}`).toBe(lists[1]?.id);
        const filed = await Promise.all([lists[0], lists[2]].map((list) => house.lists.allItems(list?.id ?? '')));
        expect(
          filed.flat().map(({ bundleId }) => bundleId),
          `write ${n}`,
        ).toEqual([...bundles.slice(0, 2).toSorted(), bundles[2]]);
        for (const list of lists) {
          const events = (await house.audit.list({ object: list?.id ?? '', limit: 10, next: null })).items;
          expect(events.length, `write ${n}`).toBeLessThanOrEqual(1);
        }
      },
    );
    expect(breaks).toBeGreaterThan(8);
    expect(turn).toBeLessThan(oneYear.length);
  });
});
