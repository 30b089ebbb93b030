// The register of key persons on the engines: accounts, last uploads, leaving, and going out of it whole.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '#core/model/bundle.ts';
import { leavingSteps } from '#core/model/custodian.ts';
import type { BundleId, CustodianId } from '#core/model/id.ts';
import type { Period } from '#core/model/time.ts';
import { addCustodian, type CustodianOrder } from '#flow/add-custodian.ts';
import { changeCustodian, closeCustodian, remindCustodian, settleStep } from '#flow/change-custodian.ts';
import { readCustodians } from '#flow/read-custodian.ts';
import { registerBundle } from '#flow/register-bundle.ts';
import { removeCustodian } from '#flow/remove-custodian.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { arrive, employee, sha256Of } from '#test/support/handed-in.ts';
import {
  anna,
  bert,
  carryOut,
  closedCase,
  confirmedList,
  date,
  everythingStored,
  type House,
  havingCase,
  type Lifecycle,
  lifecycleOn,
  person,
  proposedList,
} from '#test/support/lifecycle.ts';

let engines: Engines;
let life: Lifecycle;
beforeAll(async () => {
  engines = await startEngines();
  life = lifecycleOn(engines, '2026-03-02');
});
afterAll(() => engines.stop());

const planted = 'Wethouder Zilverschoon';
const order: CustodianOrder = { name: planted, function: 'wethouder wonen', subject: null, rhythm: 'P1M' as Period, from: null, reminder: 'Graag inleveren' };

async function having(house: House, given: Partial<CustodianOrder> = {}): Promise<CustodianId> {
  const added = await addCustodian(house, anna, { ...order, ...given });
  if (!added.ok) throw new Error(added.fault.code);
  return added.value.id;
}

let chats = 0;
async function handIn(house: House, acting: typeof employee | typeof anna, custodianId?: CustodianId, caseIds: Bundle['caseIds'] = []): Promise<BundleId> {
  const bytes = Buffer.from(`13-02-2024 09:00 - Noor de Wit: chat ${++chats} van een ander\n`);
  const registered = await registerBundle(house, acting, { fileName: 'chat.txt', size: bytes.length, sha256: sha256Of(bytes), caseIds, custodianId });
  if (!registered.ok) throw new Error(registered.fault.code);
  const { bundle, upload } = registered.value;
  if (upload.kind !== 'single') throw new Error('too large');
  await fetch(upload.url, { method: upload.method, headers: upload.headers, body: new Uint8Array(bytes) });
  expect(await arrive(house, bundle.id)).toMatchObject({ kind: 'indexed' });
  return bundle.id;
}

const view = async (house: House, id: CustodianId) => {
  const head = await house.custodians.get(id);
  if (head === null) throw new Error('no such person');
  const [one] = await readCustodians(house, [head]);
  return one;
};

describe('the last upload', () => {
  it('is what came in under the own account, or in this name, whichever is newer; an announcement does not count', async () => {
    const { house } = life;
    const id = await having(house, { subject: employee.subject });
    expect(await view(house, id)).toMatchObject({ lastUpload: null, standing: { punctuality: 'on-time', dueOn: '2026-04-02' } });
    const own = await handIn(house, employee);
    expect((await view(house, id))?.lastUpload).toMatchObject({ bundleId: own, period: { first: '2024-02-13T09:00' } });
    const byOther = await handIn(house, anna, id);
    expect((await view(house, id))?.lastUpload?.bundleId).toBe(byOther);
    await registerBundle(house, employee, { fileName: 'x', size: 9, sha256: 'cd'.repeat(32), caseIds: [] });
    expect((await view(house, id))?.lastUpload?.bundleId).toBe(byOther);
  });

  it('handed in for somebody else is not the own one', async () => {
    const { house } = life;
    const [self, other] = [await having(house, { subject: bert.subject }), await having(house)];
    const bundle = await handIn(house, bert, other);
    expect([(await view(house, self))?.lastUpload, (await view(house, other))?.lastUpload?.bundleId]).toEqual([null, bundle]);
  });

  it('cannot be for somebody who is not in the register', async () => {
    const unknown = 'custodian_01J00000000000000000000000' as CustodianId;
    expect(await registerBundle(life.house, anna, { fileName: 'x', size: 9, sha256: 'ef'.repeat(32), caseIds: [], custodianId: unknown })).toMatchObject({
      ok: false,
      fault: { code: 'input.invalid', errors: [{ field: 'custodianId' }] },
    });
  });

  it('broken off after any write of the announcement, the link is there in the end', async () => {
    let n = 0;
    const breaks = await brokenAtEveryWrite(
      'after',
      async () => {
        const fresh = lifecycleOn(engines, '2026-03-02');
        return { world: { fresh, id: await having(fresh.house), sha256: String(++n).padStart(64, '0') }, breaker: fresh.breaker };
      },
      ({ fresh, id, sha256 }) => registerBundle(fresh.broken, employee, { fileName: 'x', size: 9, sha256, caseIds: [], custodianId: id }),
      async ({ fresh, id, sha256 }) => {
        const bundleId = await fresh.house.bundles.claimant(sha256);
        expect((await fresh.house.custodians.linksOf(id, 9)).items).toContain(bundleId);
      },
    );
    expect(breaks).toBeGreaterThan(3);
  });
});

describe('an account', () => {
  it('belongs to one person at most, and goes over when the first lets it go', async () => {
    const { house } = life;
    const first = await having(house, { subject: 'sub-wende' });
    const second = await having(house);
    const taken = { ok: false, fault: { code: 'custodian.account-taken' } };
    expect(await addCustodian(house, anna, { ...order, subject: 'sub-wende' })).toMatchObject(taken);
    expect(await changeCustodian(house, anna, second, { subject: 'sub-wende' })).toMatchObject(taken);
    expect(await changeCustodian(house, anna, first, { subject: null })).toMatchObject({ ok: true });
    expect(await changeCustodian(house, anna, second, { subject: 'sub-wende' })).toMatchObject({ ok: true, value: { subject: 'sub-wende' } });
    expect(await house.custodians.claimant('sub-wende')).toBe(second);
  });

  it('claimed by an addition that broke off is free again', async () => {
    const fresh = lifecycleOn(engines, '2026-03-02');
    fresh.breaker.breakAt(2, 'before');
    await expect(addCustodian(fresh.broken, anna, { ...order, subject: 'sub-broken' })).rejects.toThrow();
    expect(await addCustodian(fresh.house, anna, { ...order, subject: 'sub-broken' })).toMatchObject({ ok: true });
  });

  it('asked for by many at once is given to one', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => addCustodian(life.house, anna, { ...order, subject: 'sub-many' })));
    expect(answers.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
    const holder = await life.house.custodians.claimant('sub-many');
    for (const answer of answers) if (answer.ok) expect(answer.value.id).toBe(holder);
  });
});

describe('leaving', () => {
  it('begins with a last working day and ends when no step is open', async () => {
    const { house } = life;
    const id = await having(house);
    expect(await settleStep(house, anna, id, { step: 'told', state: 'done', remark: null })).toMatchObject({ fault: { code: 'custodian.wrong-state' } });
    expect(await closeCustodian(house, anna, id)).toMatchObject({ fault: { code: 'custodian.wrong-state' } });
    await changeCustodian(house, anna, id, { leavingOn: date('2026-03-31') });
    for (const step of leavingSteps.slice(1)) await settleStep(house, anna, id, { step, state: 'done', remark: null });
    expect(await closeCustodian(house, anna, id)).toMatchObject({ fault: { code: 'custodian.steps-open', errors: [{ field: 'told' }] } });
    await settleStep(house, bert, id, { step: 'told', state: 'not-needed', remark: 'is al weg' });
    expect(await closeCustodian(house, anna, id)).toMatchObject({ ok: true, value: { state: 'left' } });
    expect(await house.custodians.get(id)).toMatchObject({ steps: { told: { by: 'sub-bert', remark: 'is al weg' } } });
    expect((await view(house, id))?.standing.punctuality).toBe('left');
    // Who comes back is expected again.
    expect(await changeCustodian(house, anna, id, { leavingOn: null })).toMatchObject({ ok: true, value: { state: 'active', leavingOn: null } });
  });

  it('changed by two at once: one is told', async () => {
    const id = await having(life.house);
    const answers = await Promise.all([changeCustodian(life.house, anna, id, { name: 'A' }), changeCustodian(life.house, bert, id, { name: 'B' })]);
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.fault.code));
    expect(codes).toContain('ok');
    for (const code of codes) expect(['ok', 'changed-meanwhile']).toContain(code);
  });
});

describe('what is done', () => {
  it('is in the log by id, without a name', async () => {
    const { house } = life;
    const id = await having(house);
    await changeCustodian(house, bert, id, { function: 'burgemeester' });
    await remindCustodian(house, anna, id);
    const events = (await house.audit.list({ object: id, limit: 10, next: null })).items;
    expect(events.map(({ action }) => action).sort()).toEqual(['custodian.add', 'custodian.change', 'custodian.remind']);
    expect(JSON.stringify(events)).not.toMatch(/Zilverschoon|burgemeester/);
    expect(await house.custodians.get(id)).toMatchObject({ lastReminder: { by: 'sub-anna' } });
  });
});

describe('going out of the register', () => {
  it.each(['before', 'after'] as const)('broken %s any write and asked again, nothing of the person is left; the bundles stay', async (when) => {
    let n = 0;
    const breaks = await brokenAtEveryWrite(
      when,
      async () => {
        const fresh = lifecycleOn(engines, '2026-03-02');
        const subject = `sub-${when}-${++n}`;
        const name = `Zilverling ${when}-${n}-`;
        const id = await having(fresh.house, { name, subject });
        return { world: { fresh, id, subject, name, bundle: await handIn(fresh.house, anna, id) }, breaker: fresh.breaker };
      },
      ({ fresh, id }) => removeCustodian(fresh.broken, anna, id),
      async ({ fresh, id, subject, name, bundle }) => {
        const { house } = fresh;
        expect([await house.custodians.get(id), await house.custodians.claimant(subject), (await house.custodians.linksOf(id, 9)).items]).toEqual([
          null,
          null,
          [],
        ]);
        expect(await house.bundles.get(bundle)).toMatchObject({ state: 'indexed', custodianId: null });
        expect(await everythingStored(engines)).not.toContain(name);
        expect(await house.audit.list({ object: id, limit: 10, next: null })).toMatchObject({
          items: expect.arrayContaining([expect.objectContaining({ action: 'custodian.remove' })]),
        });
      },
    );
    expect(breaks).toBeGreaterThan(3);
  });

  it('broken off and never asked again is finished by the night; meanwhile nobody is shown the person', async () => {
    const { nightlyUpkeep } = await import('#flow/nightly-upkeep.ts');
    const fresh = lifecycleOn(engines, '2026-03-02');
    const id = await having(fresh.house, { subject: 'sub-night' });
    fresh.breaker.breakAt(3, 'before');
    await expect(removeCustodian(fresh.broken, anna, id)).rejects.toThrow();
    expect(await fresh.house.custodians.get(id)).toMatchObject({ state: 'removing', name: '' });
    expect((await fresh.house.custodians.list(null, 100)).items.some((one) => one.id === id)).toBe(false);
    await nightlyUpkeep(fresh.house, person('system', 'system'));
    expect([await fresh.house.custodians.get(id), await fresh.house.custodians.claimant('sub-night')]).toEqual([null, null]);
  });
});

describe('the destruction of a bundle', () => {
  it('takes the link with it', async () => {
    const fresh = lifecycleOn(engines, '2026-03-02');
    const id = await having(fresh.house);
    const caseId = await havingCase(fresh.house, closedCase('2025-03-01'));
    const bundle = await handIn(fresh.house, anna, id, [caseId]);
    expect((await fresh.house.custodians.linksOf(id, 9)).items).toEqual([bundle]);
    await confirmedList(fresh.house, (await proposedList(fresh.house, bundle)).id);
    fresh.setToday('2026-04-01');
    await carryOut(fresh);
    expect((await fresh.house.bundles.get(bundle))?.state).toBe('destroyed');
    expect((await fresh.house.custodians.linksOf(id, 9)).items).toEqual([]);
  });
});
