// Cases and what follows from them for their bundles: closing, reopening, several cases, bad orders; run twice, broken at every write.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultCode } from '#core/model/fault.ts';
import type { CaseId } from '#core/model/id.ts';
import type { Period } from '#core/model/time.ts';
import { applyRetention } from '#flow/apply-retention.ts';
import { type CaseOrder, putCase } from '#flow/put-case.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { anna, closedCase, havingBundle, havingCase, type Lifecycle, lifecycleOn, newCaseId, night, openCase } from '#test/support/lifecycle.ts';

let engines: Engines;
let life: Lifecycle;
beforeAll(async () => {
  engines = await startEngines();
  life = lifecycleOn(engines, '2026-03-02');
});
afterAll(() => engines.stop());

const retentionOf = async (id: string) => (await life.house.bundles.get(id))?.retention;
const pendingCases = async () => {
  const found: string[] = [];
  for await (const { id } of life.house.pending.each('case')) found.push(id);
  return found;
};

describe('a case', () => {
  it('that is closed dates its bundles; reopened clears the date; closed again dates them anew', async () => {
    const { house } = life;
    const id = await havingCase(house, openCase({ selection: '6.1' }));
    const bundle = await havingBundle(house, [id]);
    expect(bundle.retention).toMatchObject({ nomination: 'destroy', period: 'P5Y', startDate: null, actionDate: null });

    const closed = await putCase(house, anna, id, closedCase('2024-02-29', { selection: '6.1' }));
    expect(closed).toMatchObject({ ok: true, value: { verified: true, retention: { actionDate: '2029-02-28' } } });
    expect(await retentionOf(bundle.id)).toEqual(closed.ok && closed.value.retention);
    expect((await house.bundles.due('2029-02', '2029-02-28', 10)).items.map((one) => one.id)).toEqual([bundle.id]);

    await putCase(house, anna, id, openCase({ selection: '6.1' }));
    expect(await retentionOf(bundle.id)).toMatchObject({ startDate: null, actionDate: null });
    expect((await house.bundles.due('2029-02', '2029-02-28', 10)).items).toEqual([]);

    await putCase(house, anna, id, closedCase('2026-01-31', { selection: '6.2' }));
    expect(await retentionOf(bundle.id)).toMatchObject({ actionDate: '2027-01-31' });
    const actions = (await house.audit.list({ object: `case:${id}`, limit: 20, next: null })).items.map(({ action }) => action);
    expect(actions).toEqual(['case.put', 'case.put', 'case.reopen', 'case.put']);
    expect(await pendingCases()).toEqual([]);
  });

  it('is one of several of a bundle: the longest wins, keep wins, an open one stops', async () => {
    const { house } = life;
    const [short, long] = [await havingCase(house, closedCase('2025-03-01')), await havingCase(house, closedCase('2025-03-01', { selection: '6.1' }))];
    const bundle = await havingBundle(house, [short, long]);
    expect(await retentionOf(bundle.id)).toMatchObject({ actionDate: '2030-03-01' });
    await putCase(house, anna, short, openCase());
    expect(await retentionOf(bundle.id)).toMatchObject({ nomination: 'destroy', actionDate: null });
    await putCase(house, anna, short, closedCase('2025-03-01', { selection: '1.1.1' }));
    expect(await retentionOf(bundle.id)).toMatchObject({ nomination: 'keep', actionDate: null });
  });

  it('named at an upload is there, open and unverified, until a records manager puts it', async () => {
    const { house } = life;
    const id = newCaseId();
    const bundle = await havingBundle(house, [id]);
    expect(await house.cases.get(id)).toMatchObject({ verified: false, state: 'open', retention: { nomination: 'unknown', actionDate: null } });
    expect(bundle.retention).toMatchObject({ nomination: 'unknown', actionDate: null });
    await putCase(house, anna, id, closedCase('2025-03-01'));
    expect(await house.cases.get(id)).toMatchObject({ verified: true });
    expect(await retentionOf(bundle.id)).toMatchObject({ actionDate: '2026-03-01' });
  });

  it('keeps its holds when it is put again', async () => {
    const { house } = life;
    const id = await havingCase(house, openCase());
    await house.cases.addHold(id, 'hold_01J00000000000000000000000' as never);
    await putCase(house, anna, id, closedCase('2025-03-01'));
    expect((await house.cases.get(id))?.holds).toEqual(['hold_01J00000000000000000000000']);
  });

  it('changed by two at once: one is told that somebody was first', async () => {
    const { house } = life;
    const id = await havingCase(house, openCase());
    const answers = await Promise.all([putCase(house, anna, id, closedCase('2025-03-01')), putCase(house, anna, id, closedCase('2025-03-02'))]);
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.fault.code));
    expect(codes).toContain('ok');
    for (const code of codes) expect(['ok', 'changed-meanwhile']).toContain(code);
  });

  it('opened again it has no date of closing, though the former one is sent along', async () => {
    const { house } = life;
    const id = await havingCase(house, closedCase('2025-03-01'));
    expect(await putCase(house, anna, id, { ...closedCase('2025-03-01'), state: 'open' })).toMatchObject({
      ok: true,
      value: { state: 'open', closedOn: null, retention: { startDate: null, actionDate: null } },
    });
  });

  it.each<[string, CaseOrder, FaultCode]>([
    ['closed without a date', { ...closedCase('2025-03-01'), closedOn: null }, 'case.closed-without-date'],
    ['a result that is not in the list', openCase({ selection: '99.1' }), 'case.selection-unknown'],
    ['a result and a nomination', openCase({ nomination: 'keep' }), 'case.retention-contradicts'],
    ['a result and a period', openCase({ period: 'P5Y' as Period }), 'case.retention-contradicts'],
    ['a period without a nomination', openCase({ selection: null, period: 'P5Y' as Period }), 'case.retention-contradicts'],
    ['a period to keep for', openCase({ selection: null, nomination: 'keep', period: 'P5Y' as Period }), 'case.retention-contradicts'],
    ['a period beyond counting', openCase({ selection: null, nomination: 'destroy', period: 'P99999Y' as Period }), 'input.invalid'],
  ])('is refused: %s', async (_, order, code) => {
    const id = newCaseId();
    expect(await putCase(life.house, anna, id, order)).toMatchObject({ ok: false, fault: { code } });
    expect(await life.house.cases.get(id)).toBeNull();
    expect(await pendingCases()).not.toContain(id);
  });
});

describe('many bundles', () => {
  it('beyond a hundred go to the door, and all get the date', { timeout: 120_000 }, async () => {
    const { house, sent } = life;
    const id = await havingCase(house, openCase());
    const first = await havingBundle(house, [id]);
    const ids = Array.from({ length: 120 }, () => house.ids.make('bundle'));
    for (const bundleId of ids) {
      await house.bundles.create({ ...first, id: bundleId, sha256: bundleId.slice(-26) });
      await house.bundles.linkCase(id, bundleId);
    }
    sent.length = 0;
    await putCase(house, anna, id, closedCase('2025-03-01'));
    expect(sent).toEqual([{ door: 'apply-retention', message: { caseId: id }, delaySeconds: 0 }]);
    expect(await pendingCases()).toEqual([id]);
    const dated = async () => (await house.bundles.getMany([first.id, ...ids])).filter(({ retention }) => retention.actionDate === '2026-03-01').length;
    expect(await dated()).toBe(100);
    await applyRetention(house, night, id);
    expect(await dated()).toBe(121);
    expect(await pendingCases()).toEqual([]);
  });
});

describe('broken and run again', { timeout: 120_000 }, () => {
  it.each(['before', 'after'] as const)('%s every write: case and bundles end the same, events once', async (when) => {
    interface World {
      readonly life: Lifecycle;
      readonly id: CaseId;
      readonly bundles: readonly string[];
    }
    const breaks = await brokenAtEveryWrite<World>(
      when,
      async () => {
        const fresh = lifecycleOn(engines, '2026-03-02');
        const id = await havingCase(fresh.house, openCase());
        const bundles = [(await havingBundle(fresh.house, [id])).id, (await havingBundle(fresh.house, [id])).id];
        return { world: { life: fresh, id, bundles }, breaker: fresh.breaker };
      },
      async ({ life: { broken }, id }) => {
        const answer = await putCase(broken, anna, id, closedCase('2025-03-01'));
        if (!answer.ok) throw new Error(answer.fault.code);
      },
      async (world, n) => {
        const { house } = world.life;
        expect((await house.cases.get(world.id))?.retention.actionDate, `write ${n}`).toBe('2026-03-01');
        for (const bundleId of world.bundles) {
          expect((await house.bundles.get(bundleId))?.retention.actionDate, `write ${n}`).toBe('2026-03-01');
          const events = (await house.audit.list({ object: bundleId, limit: 20, next: null })).items;
          expect(
            events.filter(({ action }) => action === 'bundle.retention'),
            `write ${n}`,
          ).toHaveLength(1);
        }
        expect(await pendingCases(), `write ${n}`).not.toContain(world.id);
      },
    );
    expect(breaks).toBeGreaterThan(5);
  });

  it('before its answer: the door finishes what the request left', async () => {
    const fresh = lifecycleOn(engines, '2026-03-02');
    const id = await havingCase(fresh.house, openCase());
    const bundle = await havingBundle(fresh.house, [id]);
    fresh.breaker.breakAt(4);
    await expect(putCase(fresh.broken, anna, id, closedCase('2025-03-01'))).rejects.toThrow('broken');
    expect(await retentionOf(bundle.id)).toMatchObject({ actionDate: null });
    expect(await pendingCases()).toContain(id);
    await applyRetention(fresh.house, night, id);
    expect(await retentionOf(bundle.id)).toMatchObject({ actionDate: '2026-03-01' });
    expect(await pendingCases()).not.toContain(id);
  });
});
