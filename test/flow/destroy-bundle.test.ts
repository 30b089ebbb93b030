// The only delete path: broken before and after every write, a hold at every moment, and all that must stop it (PITFALLS: holds, half deletes).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '#core/model/bundle.ts';
import type { DestructionList, LeaveReason } from '#core/model/destruction-list.ts';
import type { CaseId } from '#core/model/id.ts';
import { selectionList2020 } from '#core/retention/selection-list.ts';
import { segmentsOf } from '#core/search/segment-list.ts';
import { destroyBundle } from '#flow/destroy-bundle.ts';
import { executeList } from '#flow/execute-destruction.ts';
import { placeHold } from '#flow/place-hold.ts';
import { type CaseOrder, putCase } from '#flow/put-case.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import {
  anna,
  carryOut,
  closedCase,
  confirmedList,
  date,
  drain,
  havingBundle,
  havingCase,
  type Lifecycle,
  lifecycleOn,
  night,
  openCase,
  proposedList,
} from '#test/support/lifecycle.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

interface Ready {
  readonly life: Lifecycle;
  readonly caseId: CaseId;
  readonly bundle: Bundle;
  readonly list: DestructionList;
}

const selections = selectionList2020.results.flatMap(({ number, nomination, processTerm, period }) => {
  const years = Number(/^P(\d+)Y$/.exec(period ?? '')?.[1] ?? 99);
  return nomination === 'destroy' && processTerm === 'nil' && years < 50 ? [{ number, years }] : [];
});
let turn = 0;
/** Due on 1 March 2026, each time under another result: so each on a list of its own. */
function dueCase(): CaseOrder {
  const { number, years } = selections[turn++ % selections.length] ?? { number: '6.2', years: 1 };
  return closedCase(`${2026 - years}-03-01`, { selection: number });
}

/** A bundle of which the list is executing: the message lies in the queue. */
async function ready(): Promise<Ready> {
  const life = lifecycleOn(engines, '2026-03-02');
  const { house } = life;
  const caseId = await havingCase(house, dueCase());
  const bundle = await havingBundle(house, [caseId], { attachments: 2, messages: 5 });
  const list = await confirmedList(house, (await proposedList(house, bundle.id)).id);
  life.setToday('2026-03-09');
  await executeList(house, night, list.id);
  life.sent.length = 0;
  return { life, caseId, bundle, list };
}

const destroy = ({ life, bundle, list }: Ready) => destroyBundle(life.broken, night, list.id, bundle.id);

async function traces({ life: { house }, bundle, caseId, list }: Ready) {
  return {
    state: (await house.bundles.get(bundle.id))?.state,
    index: !(await house.index.verifyBundleAbsent(bundle.id, segmentsOf(bundle))),
    vault: await house.vault.countVersions(bundle.id),
    link: await house.bundles.isLinked(caseId, bundle.id),
    claim: (await house.bundles.claimant(bundle.sha256)) === bundle.id,
    outcome: (await house.lists.getItem(list.id, bundle.id))?.outcome,
    waiting: (await house.lists.waiting(list.id, 10)).includes(bundle.id),
  };
}
const gone = { state: 'destroyed', index: false, vault: 0, link: false, claim: false, outcome: 'destroyed', waiting: false };
const whole = { state: 'indexed', index: true, vault: 3, link: true, claim: true, outcome: 'left-out', waiting: false };

async function eventsOf({ life, bundle }: Ready): Promise<string[]> {
  const events = (await life.house.audit.list({ object: bundle.id, limit: 100, next: null })).items;
  return events.map(({ action, result }) => `${action} ${result}`).filter((text) => text.startsWith('bundle.destroy'));
}

describe('broken and run again', { timeout: 180_000 }, () => {
  it.each(['before', 'after'] as const)('%s every write: the end is the same, with the same proof', async (when) => {
    const breaks = await brokenAtEveryWrite(
      when,
      async () => {
        const world = await ready();
        return { world, breaker: world.life.breaker };
      },
      destroy,
      async (world, n) => {
        expect(await traces(world), `write ${n}`).toEqual(gone);
        const item = await world.life.house.lists.getItem(world.list.id, world.bundle.id);
        expect(item?.inventory, `write ${n}`).toEqual({ segments: 1, versions: 3, cases: 1 });
        expect(item?.proof).toMatchObject({ sha256: world.bundle.sha256, left: { index: 0, vault: 0, intake: 0, catalogue: 0 } });
        expect(await eventsOf(world), `write ${n}`).toEqual(['bundle.destroy done', 'bundle.destroyed done']);
        await drain(world.life);
        const list = await world.life.house.lists.get(world.list.id);
        expect(list?.state).toBe('executed');
        expect(await world.life.house.certificates.get(list?.certificateId ?? '')).not.toBeNull();
      },
    );
    expect(breaks).toBeGreaterThan(10);
  });

  it('a second time, nothing more happens', async () => {
    const world = await ready();
    expect(await destroy(world)).toBe('destroyed');
    const before = await world.life.house.bundles.get(world.bundle.id);
    expect(await destroy(world)).toBe('settled-before');
    expect(await world.life.house.bundles.get(world.bundle.id)).toEqual(before);
    expect(await eventsOf(world)).toEqual(['bundle.destroy done', 'bundle.destroyed done']);
  });

  it('two at once come to one end', async () => {
    const world = await ready();
    const outcomes = await Promise.allSettled([destroy(world), destroy(world), destroy(world)]);
    if (outcomes.some(({ status }) => status === 'rejected')) await destroy(world);
    expect(await traces(world)).toEqual(gone);
    expect((await world.life.house.lists.getItem(world.list.id, world.bundle.id))?.inventory?.versions).toBe(3);
  });
});

describe('a hold at any moment', { timeout: 180_000 }, () => {
  const moments = [
    ['bundle', 'before'],
    ['bundle', 'after'],
    ['case', 'before'],
  ] as const;
  it.each(moments)('on the %s, %s any write, wins as a whole or comes too late as a whole', async (kind, when) => {
    const ends: string[] = [];
    for (let n = 0; ; n++) {
      const world = await ready();
      const { life, bundle, caseId, list } = world;
      const scope = kind === 'bundle' ? { bundleIds: [bundle.id] } : { caseIds: [caseId] };
      let placed = false;
      const hold = async () => {
        const answer = await placeHold(life.house, anna, { reason: 'woo-request', note: null, scope });
        if (!answer.ok) throw new Error(answer.fault.code);
        placed = true;
      };
      if (n === 0) await hold();
      else life.breaker.meddle(n, when, hold);
      await destroy(world);
      life.breaker.heal();
      if (!placed) break;
      const [stored] = (await life.house.holds.list('active', 1)).items;
      const now = await traces(world);
      if (now.state === 'destroyed') {
        expect(now, `write ${n}`).toEqual(gone);
        // The links of a destroyed bundle are gone: a hold on the case that comes after them has nothing to name.
        if (kind === 'bundle' || stored?.tooLateFor.length !== 0) expect(stored?.tooLateFor, `write ${n}`).toEqual([bundle.id]);
        ends.push('too late');
      } else {
        expect(now, `write ${n}`).toEqual(whole);
        expect(await life.house.lists.getItem(list.id, bundle.id)).toMatchObject({ reason: 'held' });
        expect((await life.house.bundles.get(bundle.id))?.holds).toEqual([stored?.id]);
        expect(await eventsOf(world)).toEqual(['bundle.destroy refused']);
        ends.push('held');
      }
    }
    expect(new Set(ends)).toEqual(new Set(['held', 'too late']));
    expect(ends.length).toBeGreaterThan(15);
  });

  it('stored as an intent only, blocks already', async () => {
    const world = await ready();
    const { life, bundle } = world;
    life.breaker.breakAt(1);
    await expect(placeHold(life.broken, anna, { reason: 'by-hand', note: null, scope: { bundleIds: [bundle.id] } })).rejects.toThrow('broken');
    expect((await life.house.bundles.get(bundle.id))?.holds).toEqual([]);
    expect(await destroy(world)).toBe('left-out');
    expect(await traces(world)).toEqual(whole);
    for await (const entry of life.house.pending.each('hold')) {
      const since = entry.since;
      await life.house.pending.end('hold', entry.id, since);
    }
  });

  it('on the case blocks a bundle whose own head does not carry it', async () => {
    const world = await ready();
    const { life, bundle, caseId } = world;
    const hold = await placeHold(life.house, anna, { reason: 'objection', note: null, scope: { caseIds: [caseId] } });
    if (!hold.ok) throw new Error(hold.fault.code);
    await life.house.bundles.removeHold(bundle.id, hold.value.id, '2026-03-09');
    await life.house.vault.setLegalHold(bundle.id, 'OFF');
    expect(await destroy(world)).toBe('left-out');
    expect(await traces(world)).toEqual(whole);
  });

  it('in S3 alone, of which the catalogue knows nothing, still leaves the bundle whole', async () => {
    const world = await ready();
    await world.life.house.vault.setLegalHold(world.bundle.id, 'ON');
    expect(await destroy(world)).toBe('left-out');
    expect(await traces(world)).toEqual(whole);
    await world.life.house.vault.setLegalHold(world.bundle.id, 'OFF');
  });
});

describe('what stops it at the last moment', () => {
  const left = async (world: Ready, reason: LeaveReason) => {
    expect(await destroy(world)).toBe('left-out');
    expect(await traces(world)).toEqual(whole);
    expect(await world.life.house.lists.getItem(world.list.id, world.bundle.id)).toMatchObject({ outcome: 'left-out', reason });
    await drain(world.life);
    expect(await world.life.house.lists.get(world.list.id)).toMatchObject({
      state: 'executed',
      certificateId: null,
      excluded: expect.arrayContaining([{ bundleId: world.bundle.id, reason }]),
    });
  };

  it('its case was reopened', async () => {
    const world = await ready();
    await putCase(world.life.house, anna, world.caseId, openCase());
    await left(world, 'not-due');
  });

  it('its case was reopened and its own date was not cleared yet', async () => {
    const world = await ready();
    const { house, broken, breaker } = world.life;
    breaker.breakAt(3);
    await expect(putCase(broken, anna, world.caseId, openCase())).rejects.toThrow('broken');
    expect((await house.bundles.get(world.bundle.id))?.retention.actionDate).toBe('2026-03-01');
    await left(world, 'not-due');
  });

  it('its case got another, later date', async () => {
    const world = await ready();
    await putCase(world.life.house, anna, world.caseId, { ...dueCase(), closedOn: date('2026-03-05') });
    await left(world, 'date-differs');
  });

  it('a second, open case was added', async () => {
    const world = await ready();
    const { house } = world.life;
    const second = await havingCase(house, openCase());
    const head = await house.bundles.get(world.bundle.id);
    await house.bundles.patch(world.bundle.id, head?.rev ?? 0, '2026-03-09', { caseIds: [world.caseId, second] });
    await left(world, 'not-due');
  });

  it('a case that it names cannot be found', async () => {
    const world = await ready();
    const { house } = world.life;
    const head = await house.bundles.get(world.bundle.id);
    await house.bundles.patch(world.bundle.id, head?.rev ?? 0, '2026-03-09', { caseIds: [world.caseId, 'WEG' as CaseId] });
    await left(world, 'not-due');
  });

  it('it was asked for outside a list that runs', async () => {
    const life = lifecycleOn(engines, '2026-03-02');
    const caseId = await havingCase(life.house, closedCase('2025-03-01'));
    const bundle = await havingBundle(life.house, [caseId], { attachments: 2 });
    const list = await proposedList(life.house, bundle.id);
    await expect(destroyBundle(life.house, night, list.id, bundle.id)).rejects.toThrow('not authorised');
    await confirmedList(life.house, list.id);
    await expect(destroyBundle(life.house, night, list.id, bundle.id)).rejects.toThrow('not authorised');
    expect((await life.house.bundles.get(bundle.id))?.state).toBe('indexed');
    expect(await life.house.vault.countVersions(bundle.id)).toBe(3);
  });

  it('it stands on no such list', async () => {
    const world = await ready();
    const other = await havingBundle(world.life.house, [], {});
    expect(await destroyBundle(world.life.house, night, world.list.id, other.id)).toBe('unknown-item');
    expect((await world.life.house.bundles.get(other.id))?.state).toBe('indexed');
  });
});

describe('what is proved', () => {
  it('an object that will not go keeps the bundle from being called destroyed, until it is gone', async () => {
    const world = await ready();
    const { house, broken } = world.life;
    const stubborn = { ...broken, vault: { ...broken.vault, emptyPrefix: async () => ({ removed: 0, left: [] }) } };
    await expect(destroyBundle(stubborn, night, world.list.id, world.bundle.id)).rejects.toThrow('still there after deletion: vault');
    expect((await house.bundles.get(world.bundle.id))?.state).toBe('destroying');
    expect((await house.lists.getItem(world.list.id, world.bundle.id))?.outcome).toBe('waiting');
    expect(await destroy(world)).toBe('destroyed');
    expect(await traces(world)).toEqual(gone);
  });

  it('what was gone before is named as already absent, never as destroyed', async () => {
    const world = await ready();
    const { house } = world.life;
    await house.vault.emptyPrefix(world.bundle.id);
    await house.index.deleteBundleRange(world.bundle.id);
    await house.catalogue.remove({ pk: `BUNDLE#${world.bundle.id}`, sk: 'HEAD' });
    expect(await destroy(world)).toBe('already-absent');
    await drain(world.life);
    const list = await house.lists.get(world.list.id);
    const entry = await house.ledger.get(`certificates/${list?.certificateId}.json`);
    expect(JSON.parse(Buffer.from(entry?.bytes ?? []).toString())).toMatchObject({ destroyed: [], alreadyAbsent: [{ bundleId: world.bundle.id }] });
  });
});

describe('the one choke point', () => {
  it('no other code empties a bundle in the vault or the index', () => {
    const root = join(import.meta.dirname, '../..');
    const files = ['shared', 'functions'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    const callers = (call: RegExp) => files.filter((file) => call.test(readFileSync(file, 'utf8'))).map((file) => file.split('/').at(-1));
    expect(callers(/\.emptyPrefix\(/)).toEqual(expect.arrayContaining(['destroy-bundle.ts']));
    expect(callers(/\.emptyPrefix\(/).filter((file) => file !== 'destroy-bundle.ts' && file !== 'refuse-bundle.ts')).toEqual([]);
    expect(callers(/\['indexed'\], 'destroying'/)).toEqual(['destroy-bundle.ts']);
    expect(callers(/destroyBundle\(/).sort()).toEqual(['destroy-bundle.ts', 'destroy-bundle.ts']);
  });

  it('is reached by a whole night too', async () => {
    const world = await ready();
    await carryOut(world.life);
    expect(await traces(world)).toEqual(gone);
  });
});
