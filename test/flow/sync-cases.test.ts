// Cases follow the case system: closed, reopened, valued, its part cases; by notification and by night; twice, broken, out of reach.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseId } from '#core/model/id.ts';
import { lookUpCase } from '#flow/look-up-case.ts';
import { putCase } from '#flow/put-case.ts';
import { syncCase } from '#flow/sync-case.ts';
import { isAskedOn, syncCases } from '#flow/sync-cases.ts';
import { makeZgwClient } from '#store/zgw/zgw-client.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { anna, closedCase, date, type House, havingBundle, type Lifecycle, lifecycleOn, newCaseId, night } from '#test/support/lifecycle.ts';
import { startZgwServer, type ZgwServer } from '#test/support/zgw-server.ts';

let engines: Engines;
let server: ZgwServer;
let life: Lifecycle;
beforeAll(async () => {
  [engines, server] = await Promise.all([startEngines(), startZgwServer()]);
  life = lifecycleOn(engines, '2026-03-02');
});
afterAll(() => Promise.all([engines.stop(), server.stop()]));
beforeEach(() => {
  server.fail(null);
  life.sent.length = 0;
});

const joined = (house: House) => ({ ...house, zgw: makeZgwClient(server.config), untilMs: Number.POSITIVE_INFINITY });
const sync = (id: CaseId) => syncCase(joined(life.house), night, id);
const caseOf = async (id: CaseId) => {
  const found = await life.house.cases.get(id);
  if (found === null) throw new Error('no case');
  return found;
};
const workOf = async (id: CaseId) => {
  for await (const entry of life.house.cases.eachWork()) if (entry.id === id) return entry.reasons;
  return [];
};
const retentionOf = async (bundleId: string) => (await life.house.bundles.get(bundleId))?.retention;

/** A case number with a bundle here and a case there. */
async function having(facts: Parameters<ZgwServer['addCase']>[1] = {}, type: Parameters<ZgwServer['giveResult']>[1] = {}) {
  const id = newCaseId();
  const bundle = await havingBundle(life.house, [id]);
  const url = server.addCase(id, facts);
  server.giveResult(url, type);
  return { id, url, bundle };
}

describe('a case that was named at an upload', () => {
  it('is confirmed by the case system, and its bundles follow', async () => {
    const { id, bundle } = await having({ einddatum: '2026-02-28' }, { selectielijst: { nummer: '6.1', procestermijn: 'nihil' } });
    expect(await workOf(id)).toEqual(['unverified']);
    expect(await sync(id)).toBe('changed');
    expect(await caseOf(id)).toMatchObject({ verified: true, source: 'zgw', state: 'closed', selection: '6.1', title: 'Aanvraag evenement' });
    expect(await retentionOf(bundle.id)).toMatchObject({
      actionDate: '2031-02-28',
      explanation: `bewaren tot 28-02-2031: zaak ${id} afgehandeld 28-02-2026 + 5 jaar (Selectielijst 2020, 6.1)`,
    });
    expect(await workOf(id)).toEqual([]);
  });

  it('read again it changes nothing and writes nothing', async () => {
    const { id } = await having({ einddatum: '2026-02-28' });
    await sync(id);
    const { rev } = await caseOf(id);
    expect(await sync(id)).toBe('unchanged');
    expect((await caseOf(id)).rev).toBe(rev);
  });

  it('that the case system does not know stays unconfirmed, and says so', async () => {
    const id = newCaseId();
    await havingBundle(life.house, [id]);
    expect(await sync(id)).toBe('zgw-not-found');
    expect(await caseOf(id)).toMatchObject({ verified: false, retention: { actionDate: null } });
    expect(await workOf(id)).toEqual(['unverified', 'zgw-not-found']);
  });

  it('of which nothing is known here is not asked for', async () => {
    expect(await sync(newCaseId())).toBe('not-ours');
  });
});

describe('a case that goes on', () => {
  it('reopened there has no date here; closed again it has a new one', async () => {
    const { id, url, bundle } = await having({ einddatum: '2024-02-29', archiefactiedatum: '2029-02-28', archiefnominatie: 'vernietigen' });
    await sync(id);
    expect(await retentionOf(bundle.id)).toMatchObject({ actionDate: '2029-02-28' });
    server.changeCase(url, { einddatum: null, archiefactiedatum: null, archiefnominatie: null });
    expect(await sync(id)).toBe('changed');
    expect(await caseOf(id)).toMatchObject({ state: 'open', closedOn: null });
    expect(await retentionOf(bundle.id)).toMatchObject({ startDate: null, actionDate: null });
    const { items } = await life.house.audit.list({ object: `case:${id}`, limit: 20, next: null });
    expect(items.map(({ action }) => action)).toContain('case.reopen');
    server.changeCase(url, { einddatum: '2026-01-31' });
    await sync(id);
    expect(await retentionOf(bundle.id)).toMatchObject({ actionDate: '2031-01-31' });
  });

  it('whose date comes later keeps its bundles until it is there', async () => {
    const { id, url, bundle } = await having({ einddatum: '2026-02-28' }, { afleidingswijze: 'eigenschap', datumkenmerk: 'einde' });
    await sync(id);
    expect(await retentionOf(bundle.id)).toMatchObject({ nomination: 'destroy', actionDate: null });
    expect(await workOf(id)).toEqual(['closed-without-date', 'start-postponed']);
    server.addProperty(url, 'einde', '2027-12-31T23:30:00Z');
    await sync(id);
    expect(await retentionOf(bundle.id)).toMatchObject({ startDate: '2028-01-01', actionDate: '2033-01-01' });
    expect(await workOf(id)).toEqual([]);
  });

  it('that is a part follows its main case, which sends for it', async () => {
    const main = await having({});
    const part = await having({ einddatum: '2026-02-28', hoofdzaak: main.url }, { afleidingswijze: 'hoofdzaak' });
    await sync(main.id);
    await sync(part.id);
    expect(await workOf(part.id)).toEqual(['closed-without-date', 'start-postponed']);
    server.changeCase(main.url, { einddatum: '2026-06-30' });
    life.sent.length = 0;
    expect(await sync(main.id)).toBe('changed');
    expect(life.sent.map(({ door, message }) => ({ door, message }))).toEqual([{ door: 'sync-cases', message: { caseId: part.id } }]);
    await sync(part.id);
    expect(await caseOf(part.id)).toMatchObject({ retention: { startDate: '2026-06-30', actionDate: '2031-06-30' } });
  });

  it('that is taken out there stays here as it was, on the work list', async () => {
    const { id, url, bundle } = await having({ einddatum: '2026-02-28' });
    await sync(id);
    server.removeCase(url);
    expect(await sync(id)).toBe('zgw-not-found');
    expect(await retentionOf(bundle.id)).toMatchObject({ actionDate: '2031-02-28' });
    expect(await workOf(id)).toEqual(['zgw-not-found']);
  });
});

describe('what a person put by hand', () => {
  it('stays, and a difference is shown', async () => {
    const { id } = await having({ einddatum: '2026-02-28' });
    await putCase(life.house, anna, id, { ...closedCase('2026-02-28', { selection: '6.2' }), reason: 'resultaattype klopt niet' });
    await sync(id);
    expect(await caseOf(id)).toMatchObject({ source: 'hand', reason: 'resultaattype klopt niet', retention: { actionDate: '2027-02-28' } });
    expect(await workOf(id)).toEqual(['hand-differs']);
  });

  it('is opened all the same when the case is open there', async () => {
    const { id, bundle } = await having({});
    await putCase(life.house, anna, id, closedCase('2026-02-28', { selection: '6.2' }));
    expect(await retentionOf(bundle.id)).toMatchObject({ actionDate: '2027-02-28' });
    await sync(id);
    expect(await caseOf(id)).toMatchObject({ state: 'open', closedOn: null, source: 'hand' });
    expect(await retentionOf(bundle.id)).toMatchObject({ actionDate: null });
    expect(await workOf(id)).toEqual(['hand-differs']);
  });

  it('is not held against a number that the case system never knew', async () => {
    const id = newCaseId();
    await putCase(life.house, anna, id, closedCase('2026-02-28'));
    await sync(id);
    expect(await workOf(id)).toEqual([]);
  });
});

describe('a look-up at an upload', () => {
  it('shows what the case system knows, and stores nothing', async () => {
    const id = newCaseId();
    server.giveResult(server.addCase(id, { einddatum: '2026-02-28' }));
    expect(await lookUpCase(joined(life.house), id)).toEqual({
      id,
      found: 'in-case-system',
      title: 'Aanvraag evenement',
      state: 'closed',
      explanation: `bewaren tot 28-02-2031: zaak ${id} afgehandeld 28-02-2026 + 5 jaar (eigen termijn)`,
    });
    expect(await life.house.cases.get(id)).toBeNull();
    expect(await lookUpCase(joined(life.house), newCaseId())).toMatchObject({ found: 'nowhere', title: null });
    expect(await lookUpCase({ ...joined(life.house), zgw: null }, newCaseId())).toMatchObject({ found: 'not-known' });
    server.fail('drop');
    expect(await lookUpCase(joined(life.house), newCaseId())).toMatchObject({ found: 'not-known' });
  });
});

describe('the night', () => {
  it('asks for what is open, due soon or in doubt each night, and for the rest once a week', () => {
    const one = (given: object) =>
      ({ id: 'ZAAK-1' as CaseId, state: 'closed' as const, verified: true, retention: { actionDate: date('2040-01-01') }, ...given }) as never;
    const week = Array.from({ length: 7 }, (_, i) => date(`2026-03-0${i + 2}`));
    expect(week.filter((day) => isAskedOn(one({}), day))).toHaveLength(1);
    expect(week.every((day) => isAskedOn(one({ state: 'open' }), day))).toBe(true);
    expect(week.every((day) => isAskedOn(one({ verified: false }), day))).toBe(true);
    expect(week.every((day) => isAskedOn(one({ retention: { actionDate: date('2026-04-01') } }), day))).toBe(true);
    expect(week.every((day) => isAskedOn(one({ zgw: { attention: ['start-postponed'] } }), day))).toBe(true);
  });

  it('brings a case up to date of which no notification came', async () => {
    const { id, url } = await having({});
    await sync(id);
    server.changeCase(url, { einddatum: '2026-02-01' });
    expect(await syncCases(joined(life.house), night)).toMatchObject({ reachable: true, handedOn: false });
    expect(await caseOf(id)).toMatchObject({ state: 'closed', closedOn: '2026-02-01' });
  });

  it('ends when the case system is out of reach, says so, and changes no date', { timeout: 60_000 }, async () => {
    const { id, bundle } = await having({ einddatum: '2026-02-28' });
    for (let i = 0; i < 3; i++) await having({});
    await sync(id);
    const before = await retentionOf(bundle.id);
    server.fail('drop');
    expect(await syncCases(joined(life.house), night)).toMatchObject({ asked: 3, reachable: false });
    expect(await life.house.zgwState.get()).toMatchObject({ reachable: false });
    expect(await retentionOf(bundle.id)).toEqual(before);
    server.fail(null);
    await syncCases(joined(life.house), night);
    expect(await life.house.zgwState.get()).toMatchObject({ reachable: true, readWholeOn: life.house.clock.today() });
    for await (const { id: worked, reasons } of life.house.cases.eachWork()) expect([worked, reasons.includes('zgw-unreachable')]).toEqual([worked, false]);
  });

  it('hands the rest on when its time is up', async () => {
    const like = await caseOf((await having({})).id);
    for (let i = 0; i < 101; i++) {
      const id = newCaseId();
      await life.house.cases.create({ ...like, id }, { id: `event_${i}`, at: like.createdAt } as never);
    }
    life.sent.length = 0;
    const report = await syncCases({ ...joined(life.house), untilMs: 0 }, night);
    expect(report).toMatchObject({ handedOn: true });
    expect(life.sent.at(-1)).toMatchObject({ door: 'sync-cases', message: { from: expect.stringContaining('state') } });
  });

  it('without a case system does nothing', async () => {
    expect(await syncCases({ ...joined(life.house), zgw: null }, night)).toEqual({ asked: 0, changed: 0, troubled: 0, configured: false });
  });
});

describe('broken and run again', { timeout: 120_000 }, () => {
  it.each(['before', 'after'] as const)('%s every write: case, bundle and work list end the same', async (when) => {
    interface World {
      readonly life: Lifecycle;
      readonly id: CaseId;
      readonly bundleId: string;
    }
    const breaks = await brokenAtEveryWrite<World>(
      when,
      async () => {
        const fresh = lifecycleOn(engines, '2026-03-02');
        const id = newCaseId();
        const bundle = await havingBundle(fresh.house, [id]);
        server.giveResult(server.addCase(id, { einddatum: '2026-02-28' }));
        return { world: { life: fresh, id, bundleId: bundle.id }, breaker: fresh.breaker };
      },
      async ({ life: { broken }, id }) => {
        await syncCase(joined(broken), night, id);
      },
      async (world, n) => {
        expect((await life.house.cases.get(world.id))?.retention.actionDate, `write ${n}`).toBe('2031-02-28');
        expect((await life.house.bundles.get(world.bundleId))?.retention.actionDate, `write ${n}`).toBe('2031-02-28');
        expect(await workOf(world.id), `write ${n}`).toEqual([]);
      },
    );
    expect(breaks).toBeGreaterThan(4);
  });
});
