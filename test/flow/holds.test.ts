// Holds: on bundles and cases, with the objects' legal hold; released only when no other remains; too late by name; broken at every write.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '#core/model/bundle.ts';
import type { Hold, HoldScope } from '#core/model/hold.ts';
import type { CaseId, HoldId } from '#core/model/id.ts';
import { applyHold } from '#flow/apply-hold.ts';
import { placeHold } from '#flow/place-hold.ts';
import { releaseHold } from '#flow/release-hold.ts';
import { vaultKey } from '#store/table.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { anna, bert, closedCase, type House, havingBundle, havingCase, type Lifecycle, lifecycleOn, newCaseId, openCase } from '#test/support/lifecycle.ts';

let engines: Engines;
let life: Lifecycle;
beforeAll(async () => {
  engines = await startEngines();
  life = lifecycleOn(engines, '2026-03-02');
});
afterAll(() => engines.stop());

async function placed(house: House, scope: HoldScope): Promise<Hold> {
  const answer = await placeHold(house, anna, { reason: 'woo-request', note: null, scope });
  if (!answer.ok) throw new Error(answer.fault.code);
  return answer.value;
}

async function standing(house: House, bundle: Bundle): Promise<{ readonly holds: readonly string[]; readonly locked: readonly boolean[] }> {
  const keys = [vaultKey.original(bundle.id), vaultKey.attachment(bundle.id, 1)];
  const heads = await Promise.all(keys.map((key) => house.vault.head(key)));
  return { holds: (await house.bundles.get(bundle.id))?.holds ?? [], locked: heads.map((head) => head?.held === true) };
}

const intents = async (house: House) => {
  const found: string[] = [];
  for await (const { id } of house.pending.each('hold')) found.push(id);
  return found;
};

describe('a hold on a bundle', () => {
  it('stands on its head and on every object, and goes off again', async () => {
    const { house } = life;
    const bundle = await havingBundle(house, [], { attachments: 1 });
    const hold = await placed(house, { bundleIds: [bundle.id] });
    expect(hold).toMatchObject({ state: 'active', tooLateFor: [], placedBy: 'sub-anna' });
    expect(await standing(house, bundle)).toEqual({ holds: [hold.id], locked: [true, true] });
    expect((await house.vault.emptyPrefix(bundle.id)).left).toHaveLength(2);
    expect(await intents(house)).toEqual([]);

    expect(await releaseHold(house, bert, hold.id)).toMatchObject({ ok: true, value: { state: 'released', releasedBy: 'sub-bert' } });
    expect(await standing(house, bundle)).toEqual({ holds: [], locked: [false, false] });
    const events = (await house.audit.list({ object: hold.id, limit: 20, next: null })).items.map(({ action }) => action);
    expect(events).toEqual(['hold.place', 'hold.active', 'hold.release', 'hold.released']);
  });

  it('of two, the objects come free with the last', async () => {
    const { house } = life;
    const bundle = await havingBundle(house, [], { attachments: 1 });
    const [one, two] = [await placed(house, { bundleIds: [bundle.id] }), await placed(house, { bundleIds: [bundle.id] })];
    await releaseHold(house, anna, one.id);
    expect(await standing(house, bundle)).toEqual({ holds: [two.id], locked: [true, true] });
    await releaseHold(house, anna, two.id);
    expect(await standing(house, bundle)).toEqual({ holds: [], locked: [false, false] });
  });

  it.each(['before', 'after'] as const)('that comes %s any write of another that goes is not lost', { timeout: 120_000 }, async (when) => {
    for (let n = 1; ; n++) {
      const fresh = lifecycleOn(engines, '2026-03-02');
      const bundle = await havingBundle(fresh.house, [], { attachments: 1 });
      const going = await placed(fresh.house, { bundleIds: [bundle.id] });
      let coming: Hold | null = null;
      fresh.breaker.meddle(n, when, async () => {
        coming = await placed(fresh.house, { bundleIds: [bundle.id] });
      });
      await releaseHold(fresh.broken, anna, going.id);
      fresh.breaker.heal();
      if (coming === null) {
        expect(n).toBeGreaterThan(5);
        return;
      }
      expect(await standing(fresh.house, bundle), `write ${n}`).toEqual({ holds: [(coming as Hold).id], locked: [true, true] });
    }
  });

  it('that is released files a bundle whose date has passed as due again, this month', async () => {
    const { house, setToday } = life;
    const caseId = await havingCase(house, closedCase('2025-03-15'));
    const bundle = await havingBundle(house, [caseId]);
    const hold = await placed(house, { bundleIds: [bundle.id] });
    setToday('2027-08-20');
    await releaseHold(house, anna, hold.id);
    expect((await house.bundles.due('2027-08', '2027-08-20', 10)).items.map(({ id }) => id)).toContain(bundle.id);
    setToday('2026-03-02');
  });

  it('names what it cannot find, and nothing of it is stored', async () => {
    const { house } = life;
    const bundle = await havingBundle(house, []);
    const unknown = house.ids.make('bundle');
    const answer = await placeHold(house, anna, { reason: 'by-hand', note: null, scope: { bundleIds: [bundle.id, unknown], caseIds: ['WEG' as CaseId] } });
    expect(answer).toMatchObject({ ok: false, fault: { code: 'not-found', errors: [{ message: unknown }, { message: 'WEG' }] } });
    expect((await standing(house, bundle)).holds).toEqual([]);
    expect(await intents(house)).toEqual([]);
  });

  it('is released once; a hold that is not there or was released is a fault', async () => {
    const { house } = life;
    const hold = await placed(house, { bundleIds: [(await havingBundle(house, [])).id] });
    expect((await releaseHold(house, anna, hold.id)).ok).toBe(true);
    expect(await releaseHold(house, anna, hold.id)).toMatchObject({ ok: false, fault: { code: 'hold.wrong-state' } });
    expect(await releaseHold(house, anna, house.ids.make('hold') as HoldId)).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  });
});

describe('a hold on a case', () => {
  it('covers its bundles, and those that come to it later', async () => {
    const { house } = life;
    const id = await havingCase(house, openCase());
    const before = await havingBundle(house, [id], { attachments: 1 });
    const hold = await placed(house, { caseIds: [id] });
    const after = await havingBundle(house, [id], { attachments: 1 });
    for (const bundle of [before, after]) expect(await standing(house, bundle)).toEqual({ holds: [hold.id], locked: [true, true] });
    await releaseHold(house, anna, hold.id);
    for (const bundle of [before, after]) expect(await standing(house, bundle)).toEqual({ holds: [], locked: [false, false] });
    expect((await house.cases.get(id))?.holds).toEqual([]);
  });

  it('with more bundles than one answer bears is finished by the door', { timeout: 120_000 }, async () => {
    const { house, sent } = life;
    const id = newCaseId();
    const first = await havingBundle(house, [id]);
    for (let i = 0; i < 25; i++) {
      const bundleId = house.ids.make('bundle');
      await house.bundles.create({ ...first, id: bundleId, sha256: bundleId });
      await house.bundles.linkCase(id, bundleId);
    }
    sent.length = 0;
    const hold = await placed(house, { caseIds: [id] });
    expect(hold.state).toBe('placing');
    expect(sent).toEqual([{ door: 'apply-hold', message: { holdId: hold.id }, delaySeconds: 0 }]);
    expect(await applyHold(house, hold.id)).toMatchObject({ state: 'active' });
    const { items } = await house.bundles.linksOfCase(id, 100);
    expect((await house.bundles.getMany(items)).every(({ holds }) => holds.includes(hold.id))).toBe(true);
    expect(items).toHaveLength(26);
  });
});

interface World {
  readonly life: Lifecycle;
  readonly caseId: CaseId;
  readonly bundles: readonly Bundle[];
  hold: HoldId | null;
}

async function world(): Promise<{ readonly world: World; readonly breaker: Lifecycle['breaker'] }> {
  const fresh = lifecycleOn(engines, '2026-03-02');
  const caseId = await havingCase(fresh.house, openCase());
  const bundles = [await havingBundle(fresh.house, [caseId], { attachments: 1 }), await havingBundle(fresh.house, [], { attachments: 1 })];
  return { world: { life: fresh, caseId, bundles, hold: null }, breaker: fresh.breaker };
}

describe('broken and run again', { timeout: 180_000 }, () => {
  it.each(['before', 'after'] as const)('%s every write of placing: held by the intent all the while, and whole in the end', async (when) => {
    const breaks = await brokenAtEveryWrite<World>(
      when,
      world,
      async (one) => {
        const { broken, house } = one.life;
        const scope = { bundleIds: [one.bundles[1]?.id ?? ('' as never)], caseIds: [one.caseId] };
        const known = new Set(await intents(house));
        if (one.hold !== null) {
          await applyHold(broken, one.hold);
          return;
        }
        try {
          const answer = await placeHold(broken, anna, { reason: 'appeal', note: null, scope });
          if (!answer.ok) throw new Error(answer.fault.code);
          one.hold = answer.value.id;
        } catch (error) {
          // Broken after the entry went: the hold stands, and only the answer was lost.
          one.hold = ((await intents(house)).find((id) => !known.has(id)) ?? (await house.cases.get(one.caseId))?.holds[0] ?? null) as HoldId | null;
          throw error;
        }
      },
      async (one, n) => {
        const { house } = one.life;
        for (const bundle of one.bundles) expect(await standing(house, bundle), `write ${n}`).toEqual({ holds: [one.hold], locked: [true, true] });
        expect((await house.holds.get(one.hold ?? ''))?.state, `write ${n}`).toBe('active');
        expect(await intents(house), `write ${n}`).toEqual([]);
      },
    );
    expect(breaks).toBeGreaterThan(12);
  });

  it.each(['before', 'after'] as const)('%s every write of releasing: free in the end, events once', async (when) => {
    const breaks = await brokenAtEveryWrite<World>(
      when,
      async (n) => {
        const made = await world();
        const hold = await placed(made.world.life.house, { bundleIds: [made.world.bundles[1]?.id ?? ('' as never)], caseIds: [made.world.caseId] });
        made.world.hold = hold.id;
        expect(n).toBeGreaterThan(0);
        return made;
      },
      async (one) => {
        const answer = await releaseHold(one.life.broken, bert, one.hold ?? ('' as HoldId));
        if (!answer.ok && answer.fault.code !== 'hold.wrong-state') throw new Error(answer.fault.code);
      },
      async (one, n) => {
        const { house } = one.life;
        expect((await house.holds.get(one.hold ?? ''))?.state, `write ${n}`).toBe('released');
        for (const bundle of one.bundles) expect(await standing(house, bundle), `write ${n}`).toEqual({ holds: [], locked: [false, false] });
        const events = (await house.audit.list({ object: one.hold ?? '', limit: 20, next: null })).items.map(({ action }) => action);
        expect(events, `write ${n}`).toEqual(['hold.place', 'hold.active', 'hold.release', 'hold.released']);
      },
    );
    expect(breaks).toBeGreaterThan(10);
  });
});
