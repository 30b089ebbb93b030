// Stores of cases, holds, lists, runs, certificates, settings and the ledger on the engines: conditions, pages, once-only writes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HoldId } from '#core/model/id.ts';
import type { CalendarDate, Instant } from '#core/model/time.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { type House, havingCase, lifecycleOn, openCase } from '#test/support/lifecycle.ts';

let engines: Engines;
let house: House;
beforeAll(async () => {
  engines = await startEngines();
  house = lifecycleOn(engines, '2026-03-02').house;
});
afterAll(() => engines.stop());

const at = '2026-03-02T10:00:00.000Z' as Instant;

describe('run-store', () => {
  it('goes on only from where it was read, and back at any time', async () => {
    const { runs } = house;
    expect(await runs.progress('job')).toEqual({ month: null, rev: 0 });
    expect(await runs.advance('job', '2026-03', 0)).toBe(true);
    expect(await runs.advance('job', '2026-04', 0)).toBe(false);
    await runs.askAgainFrom('job', '2026-05');
    expect(await runs.progress('job')).toMatchObject({ month: '2026-03' });
    await runs.askAgainFrom('job', '2025-11');
    expect(await runs.progress('job')).toMatchObject({ month: '2025-11', rev: 2 });
  });

  it('leases a job to one holder until its time is up or it is given back', async () => {
    const { runs } = house;
    expect(await runs.lease('leased', 'a', 1000, 2000)).toBe(true);
    expect(await runs.lease('leased', 'b', 1500, 2500)).toBe(false);
    expect(await runs.lease('leased', 'a', 1500, 2500)).toBe(true);
    expect(await runs.lease('leased', 'b', 2501, 3000)).toBe(true);
    await runs.giveBack('leased', 'a');
    expect(await runs.lease('leased', 'a', 2600, 3600)).toBe(false);
    await runs.giveBack('leased', 'b');
    expect(await runs.lease('leased', 'a', 2600, 3600)).toBe(true);
    expect(await runs.progress('leased')).toEqual({ month: null, rev: 0 });
  });
});

describe('state pages', () => {
  it('go through all states without a gap or a double, whatever the size of a page', async () => {
    const { holds } = house;
    const made: string[] = [];
    for (let i = 0; i < 7; i++) {
      const id = house.ids.make('hold');
      made.push(id);
      const hold = {
        id,
        rev: 1,
        state: 'placing',
        reason: 'by-hand',
        note: null,
        scope: {},
        placedBy: 'anna',
        placedAt: `2026-03-0${i + 1}T10:00:00.000Z` as Instant,
        releasedBy: null,
        releasedAt: null,
        tooLateFor: [],
      } as const;
      const event = { id: house.ids.make('event'), at, actor: 'a', role: 'system', action: 'hold.place', object: id, result: 'done', origin: 't' } as const;
      expect(await holds.create(hold, event)).toBe(true);
      expect(await holds.create(hold, event)).toBe(false);
      if (i % 3 > 0) await holds.move(id, 'placing', 'active', at, event);
      if (i % 3 > 1) await holds.move(id, 'active', 'releasing', at, event);
    }
    for (const limit of [1, 2, 3, 7, 50]) {
      const found: string[] = [];
      let next: Awaited<ReturnType<typeof holds.list>>['next'] = null;
      do {
        const page: Awaited<ReturnType<typeof holds.list>> = await holds.list(null, limit, next);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        found.push(...page.items.map(({ id }) => id));
        next = page.next;
      } while (next !== null);
      expect(found.toSorted(), `limit ${limit}`).toEqual(made.toSorted());
    }
    expect((await holds.list('active', 50)).items).toHaveLength(2);
  });
});

describe('case-store', () => {
  it('keeps holds as a set beside every other change', async () => {
    const id = await havingCase(house, openCase());
    const [one, two] = [HoldId.parse('hold_01J00000000000000000000001'), HoldId.parse('hold_01J00000000000000000000002')];
    await house.cases.addHold(id, two);
    await house.cases.addHold(id, one);
    await house.cases.addHold(id, one);
    expect((await house.cases.get(id))?.holds).toEqual([one, two]);
    await house.cases.removeHold(id, one);
    await house.cases.removeHold(id, two);
    expect((await house.cases.get(id))?.holds).toEqual([]);
    expect(await house.cases.addHold('GEEN-ZAAK', one)).toBe(false);
  });
});

describe('list-store', () => {
  it('writes what was found once, and what is destroyed over what was left out', async () => {
    const { lists, ids } = house;
    const [listId, bundleId] = [ids.make('list'), ids.make('bundle')];
    const actionDate = '2026-03-01' as CalendarDate;
    const item = { listId, bundleId, caseIds: [], selection: null, actionDate, counts: null, keep: null, outcome: 'waiting', reason: null } as const;
    expect(await lists.addItem(item)).toBe(true);
    expect(await lists.addItem({ ...item, keep: 'nee' })).toBe(false);
    await lists.recordInventory(listId, bundleId, { segments: 2, versions: 9, cases: 1 });
    await lists.recordInventory(listId, bundleId, { segments: 0, versions: 0, cases: 1 });
    expect(await lists.getItem(listId, bundleId)).toMatchObject({ keep: null, inventory: { segments: 2, versions: 9 } });
    expect(await lists.changeItem(listId, bundleId, { outcome: 'left-out', reason: 'held' })).toMatchObject({ outcome: 'left-out' });
    expect(await lists.changeItem(listId, bundleId, { keep: 'te laat' })).toBeNull();
    const proof = { sha256: 'a', period: null, verifiedAt: at, left: { index: 0, vault: 0, intake: 0, catalogue: 0 } } as const;
    await lists.recordDestroyed(listId, bundleId, proof);
    expect(await lists.getItem(listId, bundleId)).toMatchObject({ outcome: 'destroyed', reason: null, proof });
  });

  it('claims a bundle for one list at a time', async () => {
    const { lists, ids } = house;
    const listing = { bundleId: ids.make('bundle'), listId: ids.make('list'), actionDate: '2026-03-01' as CalendarDate, kept: false };
    const other = { ...listing, listId: ids.make('list') };
    expect(await lists.claimListing(listing, null)).toBe(true);
    expect(await lists.claimListing(other, null)).toBe(false);
    expect(await lists.claimListing(other, other)).toBe(false);
    expect(await lists.claimListing(other, listing)).toBe(true);
    await lists.releaseListing(listing.bundleId, listing.listId);
    expect(await lists.listings([listing.bundleId])).toMatchObject([{ listId: other.listId }]);
    await lists.releaseListing(listing.bundleId, other.listId);
    expect(await lists.listings([listing.bundleId])).toEqual([]);
  });
});

describe('ledger', () => {
  it('writes once: what came first stays, with its hash', async () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const first = await house.ledger.putOnce('certificates/x.json', bytes('eerste'), 'application/json');
    const second = await house.ledger.putOnce('certificates/x.json', bytes('tweede'), 'application/json');
    expect(Buffer.from(second.bytes).toString()).toBe('eerste');
    expect(second.sha256).toBe(first.sha256);
    expect((await house.ledger.get('certificates/x.json'))?.sha256).toBe(first.sha256);
    expect(await house.ledger.get('certificates/y.json')).toBeNull();
  });
});

describe('certificate-store', () => {
  it('gives the same certificate the same number, and each year starts at one', async () => {
    const { certificates, ids } = house;
    const [one, two] = [ids.make('certificate'), ids.make('certificate')];
    expect(await certificates.takeNumber('2040', one)).toBe('V-2040-0001');
    expect(await Promise.all([certificates.takeNumber('2040', two), certificates.takeNumber('2040', one)])).toEqual(['V-2040-0002', 'V-2040-0001']);
    expect(await certificates.takeNumber('2041', two)).toBe('V-2041-0001');
  });
});

describe('pending-store', () => {
  it('ends only the very work it was told of', async () => {
    const { pending } = house;
    const later = '2026-03-02T11:00:00.000Z' as Instant;
    await pending.begin('case', 'ZAAK-P', at);
    await pending.begin('case', 'ZAAK-P', later);
    await pending.end('case', 'ZAAK-P', at);
    expect(await pending.get('case', 'ZAAK-P')).toMatchObject({ since: later });
    await pending.end('case', 'ZAAK-P', later);
    expect(await pending.get('case', 'ZAAK-P')).toBeNull();
  });
});
