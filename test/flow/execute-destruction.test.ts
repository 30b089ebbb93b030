// Carrying a list out: never before its day, whole lists only, broken at every write, one certificate with one number.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '#core/export/certificate.ts';
import type { BundleId, ListId } from '#core/model/id.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { destroyBundle } from '#flow/destroy-bundle.ts';
import { executeDestruction, executeList, finishList } from '#flow/execute-destruction.ts';
import { keepCase } from '#flow/keep-case.ts';
import { proposeDestruction } from '#flow/propose-destruction.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { closedCase, confirmedList, drain, havingBundle, havingCase, type Lifecycle, lifecycleOn, listOf, night } from '#test/support/lifecycle.ts';

const engines: Engines[] = [];
let shared: Engines;
beforeAll(async () => {
  shared = await startEngines();
  engines.push(shared);
});
afterAll(() => Promise.all(engines.map((one) => one.stop())));

interface World {
  readonly life: Lifecycle;
  readonly id: ListId;
  readonly bundles: readonly BundleId[];
}

let turn = 0;
/** A list in cooling-off whose day has come; each under a result of its own. */
async function world(bundles = 2, selection?: string): Promise<World> {
  const life = lifecycleOn(shared, '2026-03-02');
  const own = selection ?? ['6.2', '6.3', '1.5', '2.4'][turn++ % 4];
  const ids: BundleId[] = [];
  for (let i = 0; i < bundles; i++)
    ids.push((await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01', { selection: own ?? '6.2' }))])).id);
  await proposeDestruction(life.house, night);
  const list = await listOf(life.house, ids[0] ?? ('' as BundleId));
  if (list === null) throw new Error('not proposed');
  await confirmedList(life.house, list.id);
  life.setToday('2026-03-09');
  life.sent.length = 0;
  return { life, id: list.id, bundles: ids };
}

async function certificateOf({ life: { house }, id }: World): Promise<Certificate> {
  const list = await house.lists.get(id);
  const entry = await house.ledger.get(`certificates/${list?.certificateId}.json`);
  return JSON.parse(Buffer.from(entry?.bytes ?? []).toString()) as Certificate;
}

describe('a list', () => {
  it('waits while the case system has not been read for more than two days: a case may be open again there', async () => {
    const one = await world(1);
    const { house, setToday } = one.life;
    const at = house.clock.now();
    await house.zgwState.note(false, at);
    expect(await executeList(house, night, one.id)).toEqual({ step: 'wait', handedOn: 0, executed: false });
    await house.zgwState.note(true, at, '2026-03-06' as CalendarDate);
    expect(await executeList(house, night, one.id)).toEqual({ step: 'wait', handedOn: 0, executed: false });
    await house.zgwState.note(true, at, '2026-03-07' as CalendarDate);
    expect(await executeList(house, night, one.id)).toEqual({ step: 'started', handedOn: 1, executed: false });
    // Out of reach again, for long: what had begun waits too.
    setToday('2026-03-20');
    await house.zgwState.note(false, at);
    expect(await executeList(house, night, one.id)).toEqual({ step: 'continued', handedOn: 0, executed: false });
    await house.zgwState.removeState();
    expect(await executeList(house, night, one.id)).toEqual({ step: 'continued', handedOn: 1, executed: false });
    await drain(one.life);
    expect(await house.lists.get(one.id)).toMatchObject({ state: 'executed' });
  });

  it('leaves a bundle alone of which a case gave no answer, and files it as due again', async () => {
    const one = await world(1);
    const { house } = one.life;
    const [bundleId] = one.bundles;
    const caseId = (await house.bundles.get(bundleId ?? ''))?.caseIds[0];
    const there = await house.cases.get(caseId ?? '');
    if (there === null || bundleId === undefined) throw new Error('no case');
    const unread = { ...there, zgw: { url: null, readAt: null, attention: ['zgw-unreachable' as const] } };
    expect(await keepCase(house, night, unread, there, 'case.sync')).toMatchObject({ ok: true });
    await executeList(house, night, one.id);
    await drain(one.life);
    expect((await house.bundles.get(bundleId))?.state).toBe('indexed');
    expect((await house.lists.get(one.id))?.excluded).toEqual([{ bundleId, reason: 'case-unread' }]);
    expect((await house.bundles.due('2026-03', house.clock.today(), 100)).items.map(({ id }) => id)).toContain(bundleId);
  });

  it('starts on its day, hands each bundle on once, and is executed when the last is settled', async () => {
    const one = await world(3);
    const { house, sent, setToday } = one.life;
    setToday('2026-03-08');
    expect(await executeList(house, night, one.id)).toEqual({ step: 'wait', handedOn: 0, executed: false });
    setToday('2026-03-09');
    expect(await executeList(house, night, one.id)).toEqual({ step: 'started', handedOn: 3, executed: false });
    expect(sent.map(({ door, message }) => [door, message['bundleId']])).toEqual([...one.bundles].sort().map((id) => ['destroy-bundle', id]));
    expect(await finishList(house, night, one.id)).toBe(false);
    expect(await drain(one.life)).toEqual(['destroy-bundle', 'destroy-bundle', 'destroy-bundle', 'execute-destruction']);
    expect(await house.lists.get(one.id)).toMatchObject({ state: 'executed' });
    expect((await certificateOf(one)).destroyed).toHaveLength(3);
  });

  it('of which a message was lost is handed on again the next night, and only what still waits', async () => {
    const one = await world(3);
    const { house, sent } = one.life;
    await executeDestruction(house, night);
    const [first] = sent.splice(0);
    await destroyBundle(house, night, one.id, first?.message['bundleId'] as BundleId);
    expect(await executeDestruction(house, night)).toMatchObject({ started: 0, handedOn: 2 });
    await drain(one.life);
    expect(await house.lists.get(one.id)).toMatchObject({ state: 'executed' });
  });

  it('is not executed while one bundle will not go', async () => {
    const one = await world(2);
    const { house, sent } = one.life;
    await executeDestruction(house, night);
    const [first, second] = sent.splice(0);
    await destroyBundle(house, night, one.id, first?.message['bundleId'] as BundleId);
    const stuck = { ...house, vault: { ...house.vault, emptyPrefix: async () => ({ removed: 0, left: [] }) } };
    await expect(destroyBundle(stuck, night, one.id, second?.message['bundleId'] as BundleId)).rejects.toThrow('still there');
    expect(sent).toEqual([]);
    expect(await finishList(house, night, one.id)).toBe(false);
    expect(await house.lists.get(one.id)).toMatchObject({ state: 'executing', certificateId: null });
    await executeDestruction(house, night);
    await drain(one.life);
    expect(await house.lists.get(one.id)).toMatchObject({ state: 'executed' });
  });
});

describe('certificates', () => {
  it('have numbers without gaps or doubles, also for lists that end at once', async () => {
    const worlds = [await world(1, '6.2'), await world(1, '6.3'), await world(1, '1.5')];
    for (const one of worlds) {
      await executeList(one.life.house, night, one.id);
      for (const bundleId of one.bundles) await destroyBundle(one.life.house, night, one.id, bundleId);
    }
    await Promise.all(worlds.map((one) => finishList(one.life.house, night, one.id)));
    const numbers = (await Promise.all(worlds.map(certificateOf))).map(({ number }) => Number(number.slice(-4))).sort((a, b) => a - b);
    expect(numbers.map((n) => n - (numbers[0] ?? 0))).toEqual([0, 1, 2]);
  });

  it('hold no name, no title, no word of a chat', async () => {
    const one = await world(1, '2.4');
    await executeDestruction(one.life.house, night);
    await drain(one.life);
    const text = JSON.stringify(await certificateOf(one));
    for (const word of ['Noor', 'kademuur', 'WhatsApp', 'regel']) expect(text).not.toContain(word);
    expect(text).toContain('sub-carla');
  });
});

describe('broken and run again', { timeout: 180_000 }, () => {
  it.each(['before', 'after'] as const)('%s every write of starting: the list is handed on whole', async (when) => {
    const breaks = await brokenAtEveryWrite<World>(
      when,
      async () => {
        const fresh = await world(2);
        return { world: fresh, breaker: fresh.life.breaker };
      },
      ({ life: { broken }, id }) => executeList(broken, night, id),
      async (one, n) => {
        const { house, sent } = one.life;
        expect(new Set(sent.map(({ message }) => message['bundleId'])), `write ${n}`).toEqual(new Set(one.bundles));
        await drain(one.life);
        expect(await house.lists.get(one.id), `write ${n}`).toMatchObject({ state: 'executed' });
        const events = (await house.audit.list({ object: one.id, limit: 20, next: null })).items.map(({ action }) => action);
        expect(events.slice(-2), `write ${n}`).toEqual(['list.execute', 'list.executed']);
      },
    );
    expect(breaks).toBeGreaterThan(5);
  });

  it.each(['before', 'after'] as const)('%s every write of ending: one certificate, the same in ledger and catalogue', async (when) => {
    const breaks = await brokenAtEveryWrite<World>(
      when,
      async () => {
        const fresh = await world(1);
        await executeList(fresh.life.house, night, fresh.id);
        for (const bundleId of fresh.bundles) await destroyBundle(fresh.life.house, night, fresh.id, bundleId);
        return { world: fresh, breaker: fresh.life.breaker };
      },
      ({ life: { broken }, id }) => executeList(broken, night, id),
      async (one, n) => {
        const { house } = one.life;
        const list = await house.lists.get(one.id);
        expect(list?.state, `write ${n}`).toBe('executed');
        const head = await house.certificates.get(list?.certificateId ?? '');
        const certificate = await certificateOf(one);
        expect(head?.number, `write ${n}`).toBe(certificate.number);
        expect((await house.ledger.get(head?.json.key ?? ''))?.sha256, `write ${n}`).toBe(head?.json.sha256);
        expect((await house.ledger.get(head?.pdf.key ?? ''))?.sha256, `write ${n}`).toBe(head?.pdf.sha256);
        const numbers = house.catalogue.each({ partition: ['pk', 'CERTIFICATE-NUMBER#2026'] });
        const taken: unknown[] = [];
        for await (const item of numbers) taken.push(item['certificateId']);
        expect(new Set(taken).size, `write ${n}`).toBe(taken.length);
      },
    );
    expect(breaks).toBeGreaterThan(4);
  });
});
