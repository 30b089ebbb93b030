// People's work on a list: roles, two pairs of eyes, the typed name, decisions per bundle, races, breaks.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DestructionList } from '#core/model/destruction-list.ts';
import type { BundleId, ListId } from '#core/model/id.ts';
import type { CalendarDate, Instant } from '#core/model/time.ts';
import { changeSettings } from '#flow/change-settings.ts';
import { type ListOrder, workOnList } from '#flow/work-on-list.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { anna, bert, carla, type House, type Lifecycle, lifecycleOn, person } from '#test/support/lifecycle.ts';

let engines: Engines;
let life: Lifecycle;
beforeAll(async () => {
  engines = await startEngines();
  life = lifecycleOn(engines, '2026-03-02');
});
afterAll(() => engines.stop());

/** A draft with three items, as the night makes it. */
async function draft(house: House): Promise<{ readonly list: DestructionList; readonly bundles: readonly BundleId[] }> {
  const id = house.ids.make('list') as ListId;
  const bundles = [house.ids.make('bundle'), house.ids.make('bundle'), house.ids.make('bundle')] as BundleId[];
  const list: DestructionList = {
    id,
    rev: 1,
    name: `Vernietigingslijst 6.2 van 02-03-2026 (${id.slice(-4)})`,
    state: 'draft',
    authorisation: 'per-list',
    decisionReference: null,
    selection: '6.2',
    createdOn: '2026-03-02' as CalendarDate,
    items: bundles.length,
    excluded: [],
    steps: [],
    executeFrom: null,
    certificateId: null,
  };
  for (const bundleId of bundles) {
    await house.lists.addItem({
      listId: id,
      bundleId,
      caseIds: [],
      selection: '6.2',
      actionDate: '2026-03-01' as CalendarDate,
      counts: null,
      keep: null,
      outcome: 'waiting',
      reason: null,
    });
  }
  const at = house.clock.now() as Instant;
  await house.lists.create(list, at, {
    id: house.ids.make('event'),
    at,
    actor: 'system',
    role: 'system',
    action: 'list.propose',
    object: id,
    result: 'done',
    origin: 'test',
  });
  return { list, bundles };
}

const code = (answer: Awaited<ReturnType<typeof workOnList>>) => (answer.ok ? answer.value.state : answer.fault.code);
const submit: ListOrder = { action: 'submit' };
const review = (given: Partial<Extract<ListOrder, { action: 'review' }>> = {}): ListOrder => ({
  action: 'review',
  decisions: [],
  approve: true,
  remark: null,
  ...given,
});
const authorise = (approve = true): ListOrder => ({ action: 'authorise', approve, remark: null });

describe('the road of a list', () => {
  it('goes from person to person, and no one twice', async () => {
    const { house } = life;
    const { list } = await draft(house);
    const go = async (who: typeof anna, order: ListOrder) => code(await workOnList(house, who, list.id, order));
    expect(await go(bert, review())).toBe('list.wrong-state');
    expect(await go(carla, submit)).toBe('access.denied');
    expect(await go(anna, submit)).toBe('in-review');
    expect(await go(anna, review())).toBe('approval.own-work');
    expect(await go(bert, review({ approve: false, remark: 'eerst nakijken' }))).toBe('changes-requested');
    expect(await go(bert, submit)).toBe('approval.own-work');
    expect(await go(anna, submit)).toBe('in-review');
    expect(await go(bert, review())).toBe('with-archivist');
    expect(await go(person('sub-bert', 'archivist'), authorise())).toBe('approval.own-work');
    expect(await go(carla, authorise())).toBe('authorised');
    expect(await go(anna, { action: 'confirm', name: 'Vernietigingslijst' })).toBe('list.name-differs');
    expect(await go(anna, { action: 'confirm', name: list.name })).toBe('cooling-off');
    expect(await house.lists.get(list.id)).toMatchObject({ executeFrom: '2026-03-09' });
    expect(await go(carla, { action: 'abort', reason: 'toch niet' })).toBe('aborted');
    expect(await go(anna, submit)).toBe('list.wrong-state');
    const events = (await house.audit.list({ object: list.id, limit: 50, next: null })).items;
    expect(events.map(({ action, result }) => `${action} ${result}`)).toEqual([
      'list.propose done',
      'list.submit done',
      'list.review done',
      'list.submit done',
      'list.review done',
      'list.authorise done',
      'list.confirm done',
      'list.abort done',
    ]);
    expect(JSON.stringify(events)).not.toContain('eerst nakijken');
  });

  it('takes the cooling-off from the settings, also none', async () => {
    const { house } = life;
    const { list } = await draft(house);
    await changeSettings(house, person('sub-adam', 'administrator'), { coolingOffDays: 0 });
    for (const [who, order] of [
      [anna, submit],
      [bert, review()],
      [carla, authorise()],
    ] as const)
      await workOnList(house, who, list.id, order);
    expect(await workOnList(house, anna, list.id, { action: 'confirm', name: list.name })).toMatchObject({ ok: true, value: { executeFrom: '2026-03-02' } });
    await changeSettings(house, person('sub-adam', 'administrator'), { coolingOffDays: 7 });
  });

  it('knows no list that is not there', async () => {
    expect(code(await workOnList(life.house, anna, life.house.ids.make('list') as ListId, submit))).toBe('not-found');
  });
});

describe('decisions of a reviewer', () => {
  it('stand on the items; a later review can change them; what is left out follows', async () => {
    const { house } = life;
    const { list, bundles } = await draft(house);
    const [one = '' as BundleId, two = '' as BundleId] = bundles;
    const keeps = async () => (await house.lists.allItems(list.id)).map(({ keep }) => keep).sort();
    await workOnList(house, anna, list.id, submit);
    await workOnList(
      house,
      bert,
      list.id,
      review({
        approve: false,
        decisions: [
          { bundleId: one, keep: 'loopt nog' },
          { bundleId: two, keep: 'kroongetuige' },
        ],
      }),
    );
    expect(await keeps()).toEqual(['kroongetuige', 'loopt nog', null]);
    const excluded = async () => (await house.lists.get(list.id))?.excluded;
    expect(new Set(await excluded())).toEqual(
      new Set([
        { bundleId: one, reason: 'kept' },
        { bundleId: two, reason: 'kept' },
      ]),
    );
    await workOnList(house, anna, list.id, submit);
    await workOnList(house, bert, list.id, review({ decisions: [{ bundleId: one, keep: null }] }));
    expect(await keeps()).toEqual(['kroongetuige', null, null]);
    expect(await excluded()).toEqual([{ bundleId: two, reason: 'kept' }]);
    expect((await house.lists.get(list.id))?.decisions).toBeUndefined();
  });

  it('about a bundle that is not on the list change nothing', async () => {
    const { house } = life;
    const { list, bundles } = await draft(house);
    await workOnList(house, anna, list.id, submit);
    const foreign = house.ids.make('bundle') as BundleId;
    const decisions = [
      { bundleId: bundles[0] ?? foreign, keep: 'nee' },
      { bundleId: foreign, keep: null },
    ];
    expect(await workOnList(house, bert, list.id, review({ decisions }))).toMatchObject({
      ok: false,
      fault: { code: 'list.item-unknown', errors: [{ message: foreign }] },
    });
    expect((await house.lists.allItems(list.id)).every(({ keep }) => keep === null)).toBe(true);
    expect((await house.lists.get(list.id))?.state).toBe('in-review');
  });

  it('of two at once: one counts, whole, the other is told', async () => {
    const { house } = life;
    const { list, bundles } = await draft(house);
    await workOnList(house, anna, list.id, submit);
    const dirk = person('sub-dirk', 'records-manager');
    const [one = '' as BundleId] = bundles;
    const answers = await Promise.all([
      workOnList(house, bert, list.id, review({ decisions: [{ bundleId: one, keep: 'van bert' }] })),
      workOnList(house, dirk, list.id, review({ approve: false, decisions: [{ bundleId: one, keep: null }] })),
    ]);
    const codes = answers.map(code);
    const won = codes[0] === 'with-archivist' ? 0 : 1;
    expect(codes[won]).toBe(won === 0 ? 'with-archivist' : 'changes-requested');
    expect(['changed-meanwhile', 'list.wrong-state', 'approval.own-work']).toContain(codes[1 - won]);
    expect((await house.lists.getItem(list.id, one))?.keep).toBe(won === 0 ? 'van bert' : null);
  });
});

describe('broken and run again', { timeout: 120_000 }, () => {
  it.each(['before', 'after'] as const)('%s every write: the review counts once, with its decisions', async (when) => {
    const breaks = await brokenAtEveryWrite<{ life: Lifecycle; list: DestructionList; bundles: readonly BundleId[] }>(
      when,
      async () => {
        const fresh = lifecycleOn(engines, '2026-03-02');
        const made = await draft(fresh.house);
        await workOnList(fresh.house, anna, made.list.id, submit);
        return { world: { life: fresh, ...made }, breaker: fresh.breaker };
      },
      async ({ life: { broken }, list, bundles }) => {
        const decisions = bundles.slice(1).map((bundleId) => ({ bundleId, keep: 'bewaren' }));
        const answer = await workOnList(broken, bert, list.id, review({ decisions }));
        if (!answer.ok && answer.fault.code !== 'list.wrong-state') throw new Error(answer.fault.code);
      },
      async ({ life: { house }, list }, n) => {
        const stored = await house.lists.get(list.id);
        expect(
          stored?.steps.map(({ to }) => to),
          `write ${n}`,
        ).toEqual(['in-review', 'with-archivist']);
        expect((await house.lists.allItems(list.id)).map(({ keep }) => keep).sort(), `write ${n}`).toEqual(['bewaren', 'bewaren', null]);
        const events = (await house.audit.list({ object: list.id, limit: 10, next: null })).items;
        expect(
          events.filter(({ action, result }) => action === 'list.review' && result === 'done'),
          `write ${n}`,
        ).toHaveLength(1);
      },
    );
    expect(breaks).toBeGreaterThan(4);
  });
});
