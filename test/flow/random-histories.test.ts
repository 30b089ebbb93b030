// Random histories of an archive: upload, close, reopen, hold, release, people, nights, the clock; with a crash at any write, two runs at once,
// a queue that delivers twice and an index that answers with what was true before. Held against a model that knows only dates and holds:
// never early, never while held, never half, never forgotten for more than two nights (PITFALLS: retention, holds, destruction).
// WOORDSPOOR_HISTORIES=200 runs more of them.
import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { BundleId, CaseId, HoldId, ListId } from '#core/model/id.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { addDays } from '#core/retention/calendar.ts';
import { applyHold } from '#flow/apply-hold.ts';
import { applyRetention } from '#flow/apply-retention.ts';
import { destroyBundle } from '#flow/destroy-bundle.ts';
import { executeDestruction, executeList } from '#flow/execute-destruction.ts';
import { nightlyUpkeep } from '#flow/nightly-upkeep.ts';
import { placeHold } from '#flow/place-hold.ts';
import { proposeDestruction } from '#flow/propose-destruction.ts';
import { putCase } from '#flow/put-case.ts';
import { releaseHold } from '#flow/release-hold.ts';
import { workOnList } from '#flow/work-on-list.ts';
import { isBroken } from '#test/support/breaking-clients.ts';
import { startEngines } from '#test/support/engines.ts';
import {
  anna,
  bert,
  carla,
  closedCase,
  date,
  type House,
  havingBundle,
  havingCase,
  type Lifecycle,
  lifecycleOn,
  night,
  openCase,
} from '#test/support/lifecycle.ts';
import { answeringLate } from '#test/support/stale-clients.ts';

const hourMs = 60 * 60 * 1000;
const histories = Number(process.env['WOORDSPOOR_HISTORIES'] ?? 5);

type Crash = { readonly at: number; readonly when: 'before' | 'after' } | null;
type Step =
  | { readonly kind: 'upload'; readonly cases: readonly number[] }
  | { readonly kind: 'close' | 'reopen'; readonly which: number; readonly crash: Crash }
  | { readonly kind: 'hold'; readonly on: 'bundle' | 'case' | 'period'; readonly which: number; readonly crash: Crash }
  | { readonly kind: 'release'; readonly which: number; readonly crash: Crash }
  | { readonly kind: 'people'; readonly upTo: 1 | 2 | 3 | 4; readonly keep: number | null }
  | { readonly kind: 'abort'; readonly which: number }
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'night'; readonly crash: Crash; readonly twice: boolean; readonly meddle: { readonly at: number; readonly which: number } | null };

const which = fc.nat({ max: 7 });
const crash: fc.Arbitrary<Crash> = fc.option(fc.record({ at: fc.integer({ min: 1, max: 40 }), when: fc.constantFrom('before' as const, 'after' as const) }), {
  freq: 2,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('upload' as const), cases: fc.uniqueArray(fc.nat({ max: 2 }), { minLength: 1, maxLength: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('close' as const), which, crash }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const), which, crash }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hold' as const), on: fc.constantFrom('bundle', 'case', 'period'), which, crash }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), which, crash }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('people' as const), upTo: fc.constantFrom(1, 2, 3, 4, 4, 4), keep: fc.option(which, { freq: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('abort' as const), which }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('days' as const), days: fc.constantFrom(1, 7, 8, 30, 366) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('night' as const),
      crash,
      twice: fc.boolean(),
      meddle: fc.option(fc.record({ at: fc.integer({ min: 1, max: 60 }), which }), { freq: 2 }),
    }),
  },
);

interface Known {
  readonly id: BundleId;
  readonly caseIds: readonly CaseId[];
  gone: boolean;
}

/** Dates and holds, in the plainest way. */
interface Model {
  today: CalendarDate;
  nights: number;
  readonly cases: Map<CaseId, CalendarDate | null>;
  readonly bundles: Known[];
  /** What each covers; null: everything (a hotspot on the day of all chats). */
  readonly holds: Map<HoldId, readonly BundleId[] | CaseId | null>;
}

/** One year, by hand: 29 February becomes the 28th. */
function yearLater(day: CalendarDate): CalendarDate {
  const rest = day.slice(4) === '-02-29' ? '-02-28' : day.slice(4);
  return date(`${Number(day.slice(0, 4)) + 1}${rest}`);
}

function dueOn(model: Model, bundle: Known): CalendarDate | null {
  const dates = bundle.caseIds.map((id) => model.cases.get(id) ?? null);
  return dates.includes(null)
    ? null
    : (dates
        .map((day) => yearLater(day as CalendarDate))
        .sort()
        .at(-1) ?? null);
}

function holdersOf(model: Model, bundle: Known): HoldId[] {
  return [...model.holds].flatMap(([id, covers]) =>
    covers === null || (typeof covers === 'string' ? bundle.caseIds.includes(covers) : covers.includes(bundle.id)) ? [id] : [],
  );
}

/** Does it; when it breaks, does it again as whoever asked would. */
async function insisting(life: Lifecycle, at: Crash, work: (house: House) => Promise<unknown>): Promise<void> {
  if (at === null) {
    await work(life.house);
    return;
  }
  life.breaker.breakAt(at.at, at.when);
  try {
    await work(life.broken);
  } catch (error) {
    if (!isBroken(error)) throw error;
    life.breaker.heal();
    await work(life.house);
  } finally {
    life.breaker.heal();
  }
}

/** Every message until the queue is silent; one that breaks comes again, and some come twice. */
async function deliver(life: Lifecycle, house: House, twice: boolean): Promise<void> {
  let turn = 0;
  for (let sent = life.sent.shift(); sent !== undefined; sent = life.sent.shift()) {
    const { door, message } = sent;
    const bundleId = message['bundleId'] as BundleId;
    const listId = message['listId'] as ListId;
    const work = async (on: House) => {
      if (door === 'destroy-bundle') await destroyBundle(on, night, listId, bundleId);
      if (door === 'execute-destruction') await executeList(on, night, listId);
      if (door === 'apply-hold') await applyHold(on, message['holdId'] as HoldId);
      if (door === 'apply-retention') await applyRetention(on, night, message['caseId'] as CaseId);
    };
    try {
      await (twice && turn++ % 2 === 0 ? Promise.all([work(house), work(life.house)]) : work(house));
    } catch (error) {
      if (!isBroken(error)) throw error;
      life.breaker.heal();
      life.sent.push(sent);
    }
  }
}

/** The jobs of one night, in their order. */
async function oneNight(life: Lifecycle, house: House, twice: boolean): Promise<void> {
  const both = (work: (on: House) => Promise<unknown>) => (twice ? Promise.all([work(house), work(life.house)]) : work(house));
  await both((on) => proposeDestruction(on, { ...night, origin: `night/${Math.random()}` }));
  await both((on) => executeDestruction(on, night));
  await deliver(life, house, twice);
}

async function run(life: Lifecycle, model: Model, one: Step): Promise<void> {
  const { house } = life;
  const caseIds = [...model.cases.keys()];
  const caseOf = (n: number) => caseIds[n % caseIds.length] as CaseId;
  const alive = () => model.bundles.filter(({ gone }) => !gone);
  switch (one.kind) {
    case 'upload': {
      const ids = one.cases.map(caseOf);
      model.bundles.push({ id: (await havingBundle(house, ids)).id, caseIds: ids, gone: false });
      return;
    }
    case 'close':
    case 'reopen': {
      const id = caseOf(one.which);
      const closed = one.kind === 'close';
      const order = closed ? closedCase(model.today, { selection: null, nomination: 'destroy', period: 'P1Y' as never }) : openCase();
      // What was known before counts until the answer is there.
      await insisting(life, one.crash, (on) => putCase(on, anna, id, order));
      await deliver(life, house, false);
      model.cases.set(id, closed ? model.today : null);
      return;
    }
    case 'hold': {
      const bundle = alive()[one.which % Math.max(1, alive().length)];
      if (one.on === 'bundle' && bundle === undefined) return;
      const day = date('2024-02-13');
      const scope =
        one.on === 'bundle'
          ? { bundleIds: [bundle?.id as BundleId] }
          : one.on === 'case'
            ? { caseIds: [caseOf(one.which)] }
            : { period: { from: day, until: day } };
      await insisting(life, one.crash, async (on) => {
        const placed = await placeHold(on, anna, { reason: 'woo-request', note: null, scope });
        if (!placed.ok) throw new Error(placed.fault.code);
        model.holds.set(placed.value.id, scope.bundleIds ?? scope.caseIds?.[0] ?? null);
      });
      return;
    }
    case 'release': {
      const id = [...model.holds.keys()][one.which % Math.max(1, model.holds.size)];
      if (id === undefined) return;
      await deliver(life, house, false);
      // From the moment it is asked for, it may be free.
      model.holds.delete(id);
      await insisting(life, one.crash, (on) => releaseHold(on, anna, id));
      await deliver(life, house, false);
      return;
    }
    case 'people': {
      for (const { id, state } of await house.lists.open()) {
        const name = (await house.lists.get(id))?.name ?? '';
        const items = await house.lists.allItems(id);
        const kept = one.keep === null ? undefined : items[one.keep];
        const decisions = kept === undefined ? [] : [{ bundleId: kept.bundleId, keep: 'nog nodig' }];
        const steps = [
          ['draft', anna, { action: 'submit' }],
          ['in-review', bert, { action: 'review', decisions, approve: true, remark: null }],
          ['with-archivist', carla, { action: 'authorise', approve: true, remark: null }],
          ['authorised', anna, { action: 'confirm', name }],
        ] as const;
        const from = steps.findIndex(([standsIn]) => standsIn === state);
        if (from < 0) continue;
        for (const [, acting, order] of steps.slice(from, one.upTo)) await workOnList(house, acting, id, order as never);
      }
      return;
    }
    case 'abort': {
      const lists = await house.lists.open();
      const list = lists[one.which % Math.max(1, lists.length)];
      if (list !== undefined) await workOnList(house, anna, list.id, { action: 'abort', reason: 'toch niet' });
      return;
    }
    case 'days':
      model.today = addDays(model.today, one.days);
      life.setToday(model.today);
      return;
    case 'night': {
      const { meddle } = one;
      // Each night lies a day after the one before: what a run that broke off had claimed is free by then. (And back: links are signed with
      // the time as it is.)
      model.nights++;
      life.pass(24 * hourMs * model.nights);
      const target = meddle === null ? undefined : alive()[meddle.which % Math.max(1, alive().length)];
      if (meddle !== null && target !== undefined) {
        life.breaker.meddle(meddle.at, 'before', async () => {
          const placed = await placeHold(house, anna, { reason: 'woo-request', note: null, scope: { bundleIds: [target.id] } });
          if (placed.ok) model.holds.set(placed.value.id, [target.id]);
        });
      } else if (one.crash !== null) life.breaker.breakAt(one.crash.at, one.crash.when);
      try {
        await oneNight(life, life.broken, one.twice);
      } catch (error) {
        if (!isBroken(error)) throw error;
      }
      life.breaker.heal();
      // The queue and the next run finish what broke off.
      await deliver(life, house, false);
      // What stood still for two hours is sent again.
      life.pass(2 * hourMs);
      await nightlyUpkeep(house, night);
      life.pass(-2 * hourMs);
      await executeDestruction(house, night);
      await deliver(life, house, false);
      life.pass(-24 * hourMs * model.nights);
    }
  }
}

/** Every bundle is whole, or gone as a whole and rightly so. */
async function check(life: Lifecycle, model: Model): Promise<void> {
  const { house } = life;
  for (const bundle of model.bundles) {
    const head = await house.bundles.get(bundle.id);
    const segments = await house.index.listSegments(bundle.id);
    const versions = await house.vault.countVersions(bundle.id);
    if (head?.state === 'indexed') {
      expect([bundle.gone, segments.length, versions], bundle.id).toEqual([false, 1, 1]);
      continue;
    }
    expect([head?.state, segments.length, versions], bundle.id).toEqual(['destroyed', 0, 0]);
    if (bundle.gone) continue;
    bundle.gone = true;
    const due = dueOn(model, bundle);
    expect(due !== null && due <= model.today, `${bundle.id} destroyed on ${model.today}, due on ${due}`).toBe(true);
    for (const id of holdersOf(model, bundle)) {
      const hold = await applyHold(house, id);
      expect(hold?.tooLateFor, `${bundle.id} destroyed under ${id}`).toContain(bundle.id);
    }
    const list = await house.lists.get(head?.destruction?.listId ?? '');
    expect(list?.steps.map(({ to }) => to)).toEqual(expect.arrayContaining(['in-review', 'with-archivist', 'authorised', 'cooling-off', 'executing']));
    expect(list?.executeFrom !== null && (list?.executeFrom ?? '') <= model.today).toBe(true);
  }
}

/** All holds go, all cases are closed and long past: two nights and the people's decisions later nothing is left. */
async function end(life: Lifecycle, model: Model): Promise<void> {
  const { house } = life;
  await deliver(life, house, false);
  // Twice: a list of holds may be an old one too.
  for (const state of ['placing', 'active', 'releasing', 'placing', 'active', 'releasing'] as const) {
    for (const { id } of (await house.holds.list(state, 100)).items) {
      await applyHold(house, id);
      await releaseHold(house, anna, id);
      await applyHold(house, id);
      model.holds.delete(id);
    }
  }
  const people: Step = { kind: 'people', upTo: 4, keep: null };
  const quiet: Step = { kind: 'night', crash: null, twice: false, meddle: null };
  // What a person kept stays as long as its date stands: every case gets another.
  for (let n = 0; n < model.cases.size; n++) await run(life, model, { kind: 'reopen', which: n, crash: null });
  await run(life, model, { kind: 'days', days: 1 });
  for (let n = 0; n < model.cases.size; n++) await run(life, model, { kind: 'close', which: n, crash: null });
  await run(life, model, { kind: 'days', days: 366 });
  for (let turn = 0; turn < 2; turn++) {
    await run(life, model, quiet);
    await run(life, model, people);
    await run(life, model, { kind: 'days', days: 8 });
  }
  await run(life, model, quiet);
  await check(life, model);
  for (const bundle of model.bundles) expect(bundle.gone, `${bundle.id} forgotten`).toBe(true);
}

describe('an archive through any history', () => {
  it(`never destroys early, held or by halves, and forgets nothing (${histories} histories)`, { timeout: 120_000 + histories * 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), fc.nat(), async (steps, seed) => {
        const engines = await startEngines();
        try {
          const life = lifecycleOn({ ...engines, dynamo: answeringLate(engines.dynamo, seed) }, '2027-02-26');
          const model: Model = { today: date('2027-02-26'), nights: 0, cases: new Map(), bundles: [], holds: new Map() };
          for (let n = 0; n < 3; n++) model.cases.set(await havingCase(life.house, openCase()), null);
          for (const one of steps) {
            await run(life, model, one);
            await check(life, model);
          }
          await end(life, model);
        } finally {
          await engines.stop();
        }
      }),
      { numRuns: histories, endOnFailure: true },
    );
  });
});
