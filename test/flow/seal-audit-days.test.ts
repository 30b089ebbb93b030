// Seals on the engines: each closed day once, in a chain; broken off anywhere; two nights at once; events that come late.
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { dayOf, dayPlus } from '#core/audit/audit-day.ts';
import { auditEvent } from '#core/audit/audited.ts';
import { readSeal } from '#core/audit/seal.ts';
import type { AuditEvent } from '#core/model/audit-event.ts';
import { makeId } from '#core/model/id.ts';
import type { Instant } from '#core/model/time.ts';
import { sealAuditDays } from '#flow/seal-audit-days.ts';
import { verifyAudit } from '#flow/verify-audit.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { anna, type Lifecycle, lifecycleOn, night } from '#test/support/lifecycle.ts';

const engines: Engines[] = [];
let life: Lifecycle;
async function archive(): Promise<Lifecycle> {
  const started = await startEngines();
  engines.push(started);
  return atNight(lifecycleOn(started, '2026-11-24'));
}
beforeEach(async () => {
  life = await archive();
});
afterAll(() => Promise.all(engines.map((one) => one.stop())));

const hour = 3_600_000;
const day = 24 * hour;
/** A night of its own, so that neither the hour nor the year in which the tests run decides anything. */
function atNight(one: Lifecycle): Lifecycle {
  one.pass(Date.parse('2026-12-15T03:00:00.000Z') - one.house.clock.epochMs());
  return one;
}

/** An event of so many milliseconds ago, as the door that made it then would append it now. */
function eventOf(one: Lifecycle, agoMs: number, object = 'bundle'): AuditEvent {
  const at = one.house.clock.epochMs() - agoMs;
  const chance = crypto.getRandomValues(new Uint8Array(10));
  return auditEvent(new Date(at).toISOString() as Instant, makeId('event', at, chance), anna, 'bundle.read', object, { n: 1.5, ok: true, code: 'é' });
}

/** Puts events where they lie that were appended in time. */
async function laid(one: Lifecycle, ...events: readonly AuditEvent[]): Promise<readonly AuditEvent[]> {
  const TableName = one.house.config.tables.audit;
  for (const event of events)
    await one.house.dynamo.send(new PutCommand({ TableName, Item: { pk: `DAY#${event.at.slice(0, 10)}`, sk: `${event.at}#${event.id}`, ...event } }));
  return events;
}

const daysAgo = (one: Lifecycle, n: number) => dayPlus(dayOf(one.house.clock.epochMs()), -n);
const sealOn = async (one: Lifecycle, n: number) => readSeal((await one.house.seals.seal(daysAgo(one, n))) ?? '');
const verify = (one: Lifecycle = life) => verifyAudit(one.house, null, 60_000);
const keyOf = (event: AuditEvent, late = false) => ({ pk: late ? 'DAY#late' : `DAY#${event.at.slice(0, 10)}`, sk: `${event.at}#${event.id}` });

describe('the night', () => {
  it('seals every closed day from the first that has an event, empty ones too, in a chain', async () => {
    await laid(life, eventOf(life, 4 * day), eventOf(life, 4 * day + 1000), eventOf(life, day), eventOf(life, hour));
    expect(await sealAuditDays(life.house, night)).toEqual({ daysSealed: 4, eventsSealed: 3 });
    expect(await life.house.seals.sealedDays()).toEqual([4, 3, 2, 1].map((n) => daysAgo(life, n)));
    expect(await sealOn(life, 4)).toMatchObject({ count: 2, late: 0, previous: null });
    expect(await sealOn(life, 3)).toMatchObject({ count: 0, pages: [], root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' });
    // Not sealed: the event of this morning, and that of the sealing itself.
    expect(await verify()).toEqual({ ok: true, checked: 3, firstBreak: null, sealedThrough: daysAgo(life, 1), unsealed: 2, next: null });
    const { items } = await life.house.audit.list({ object: 'audit', limit: 10, next: null });
    expect(items).toMatchObject([{ action: 'audit.seal', actor: 'system', facts: { days: 4, events: 3 } }]);
  });

  it('asks for one thing when nothing is to be sealed, and writes nothing', async () => {
    await sealAuditDays(life.house, night);
    let requests = 0;
    const count = ((next: (args: unknown) => unknown) => (args: unknown) => {
      requests++;
      return next(args);
    }) as never;
    life.house.dynamo.middlewareStack.add(count, { step: 'initialize' });
    life.house.s3.middlewareStack.add(count, { step: 'initialize' });
    expect(await sealAuditDays(life.house, night)).toEqual({ daysSealed: 0, eventsSealed: 0 });
    expect(requests).toBe(1);
  });

  it('makes up for nights that were missed, and goes on from the newest seal', async () => {
    await laid(life, eventOf(life, day));
    await sealAuditDays(life.house, night);
    life.pass(5 * day);
    expect((await verify()).firstBreak).toMatchObject({ kind: 'seal-missing', day: daysAgo(life, 5) });
    expect(await sealAuditDays(life.house, night)).toEqual({ daysSealed: 5, eventsSealed: 1 });
    expect(await verify()).toMatchObject({ ok: true, checked: 2, unsealed: 1 });
  });

  it('leaves all as it is when the clock was set back', async () => {
    await laid(life, eventOf(life, day));
    await sealAuditDays(life.house, night);
    life.pass(-5 * day);
    expect(await sealAuditDays(life.house, night)).toEqual({ daysSealed: 0, eventsSealed: 0 });
    expect(await life.house.seals.sealedDays()).toHaveLength(1);
  });

  it('does not seal a day that may still be written', async () => {
    life.pass(-2 * hour);
    await laid(life, eventOf(life, 2 * hour));
    await sealAuditDays(life.house, night);
    expect(await life.house.seals.seal(daysAgo(life, 1))).toBeNull();
    life.pass(hour);
    await sealAuditDays(life.house, night);
    expect(await sealOn(life, 1)).toMatchObject({ count: 1 });
  });

  it.each(['before', 'after'] as const)('comes to the same end when broken %s every write', { timeout: 120_000 }, async (when) => {
    const breaks = await brokenAtEveryWrite<Lifecycle>(
      when,
      async () => {
        const one = await archive();
        await laid(one, eventOf(one, 2 * day), eventOf(one, day), eventOf(one, day + 1));
        await one.house.audit.append(eventOf(one, 30 * day));
        return { world: one, breaker: one.breaker };
      },
      (one) => sealAuditDays(one.broken, night),
      async (one, at) => {
        expect(await verify(one), `write ${at}`).toMatchObject({ ok: true, checked: 3, sealedThrough: daysAgo(one, 1) });
      },
    );
    expect(breaks).toBe(5);
  });

  it('may come twice at once', async () => {
    await laid(life, eventOf(life, 3 * day), eventOf(life, day));
    await Promise.all([sealAuditDays(life.house, night), sealAuditDays(life.house, night)]);
    expect(await verify()).toMatchObject({ ok: true, checked: 2 });
  });

  it('stops aloud where a day lies sealed otherwise', async () => {
    const [event] = await laid(life, eventOf(life, day));
    await sealAuditDays(life.house, night);
    const text = (await life.house.seals.seal(daysAgo(life, 1))) ?? '';
    const blind = { ...life.house.seals, seal: async () => null, sealedDays: async () => [] };
    await laid(life, { ...(event as AuditEvent), id: makeId('event', 1, new Uint8Array(10)) });
    const logged: unknown[] = [];
    const log = { ...life.house.log, info: (code: string, facts?: object) => logged.push([code, facts]) };
    await expect(sealAuditDays({ ...life.house, log, seals: blind }, night)).rejects.toThrow('has been sealed otherwise');
    expect(logged).toEqual([['audit.sealed-otherwise', { day: daysAgo(life, 1) }]]);
    expect(await life.house.seals.seal(daysAgo(life, 1))).toBe(text);
  });
});

describe('an event that comes when its day has closed', () => {
  const late = async () => (await life.house.audit.listLate('2000-01-01', 10, null)).items;

  it('is filed apart, once, and is covered by the seal of the day on which it came', async () => {
    await laid(life, eventOf(life, 3 * day));
    await sealAuditDays(life.house, night);
    const event = eventOf(life, 3 * day, 'case:LAAT');
    await life.house.audit.append(event);
    await life.house.audit.append(event);
    expect(await late()).toEqual([{ ...event, filedOn: daysAgo(life, 0) }]);
    expect(await verify()).toMatchObject({ ok: true, checked: 1, unsealed: 2 });
    life.pass(day);
    await life.house.audit.append(event);
    await sealAuditDays(life.house, night);
    await life.house.audit.append(event);
    expect(await late()).toHaveLength(1);
    expect(await sealOn(life, 1)).toMatchObject({ count: 2, late: 1 });
    expect(await verify()).toMatchObject({ ok: true, checked: 3, unsealed: 1 });
    expect((await life.house.audit.list({ object: 'case:LAAT', limit: 10, next: null })).items).toHaveLength(1);
  });

  it('is covered by the first seal of all, also when nothing else happened on that day', async () => {
    await life.house.audit.append(eventOf(life, 30 * day));
    life.pass(2 * day);
    await laid(life, eventOf(life, day));
    expect(await sealAuditDays(life.house, night)).toEqual({ daysSealed: 2, eventsSealed: 2 });
    expect(await verify()).toMatchObject({ ok: true, checked: 2 });
  });

  it('is not filed again when it stands in its day, however often and late it is appended', async () => {
    const event = eventOf(life, 0, 'case:EENS');
    const bare = eventOf(life, 1000, 'case:EENS');
    const { facts: _facts, ...withoutFacts } = bare;
    for (const ms of [0, hour, day, 100 * day]) {
      life.pass(ms);
      await life.house.audit.append(event);
      await life.house.audit.append(withoutFacts);
    }
    expect(await late()).toEqual([]);
    expect((await life.house.audit.list({ object: 'case:EENS', limit: 10, next: null })).items).toEqual([withoutFacts, event]);
  });

  it('does not overwrite what stands under its key: what differs stays, and is found', async () => {
    const event = eventOf(life, 3 * day);
    await laid(life, { ...event, facts: { n: 2 } });
    await sealAuditDays(life.house, night);
    await life.house.audit.append(event);
    expect(await late()).toMatchObject([{ id: event.id, facts: event.facts }]);
    expect(await verify()).toMatchObject({ ok: true, checked: 1 });
  });

  it('is filed in its day within an hour after midnight, and apart from then on', async () => {
    life.pass(-2 * hour - 60_000);
    await life.house.audit.append(eventOf(life, 2 * hour));
    expect(await late()).toEqual([]);
    life.pass(2 * 60_000);
    await life.house.audit.append(eventOf(life, 2 * hour));
    expect(await late()).toHaveLength(1);
  });
});

describe('what was done behind the back of the doors', () => {
  let events: readonly AuditEvent[];
  beforeEach(async () => {
    events = await laid(life, eventOf(life, 3 * day), eventOf(life, 2 * day + 2), eventOf(life, 2 * day + 1), eventOf(life, 2 * day), eventOf(life, day));
    await life.house.audit.append(eventOf(life, 9 * day));
    life.pass(day);
    await sealAuditDays(life.house, night);
    expect(await verify()).toMatchObject({ ok: true, checked: 6 });
  });
  const table = () => life.house.config.tables.audit;
  const bucket = () => life.house.config.buckets.ledger;
  const nth = (n: number) => events[n] as AuditEvent;

  it('is named: a changed fact', async () => {
    const change = { UpdateExpression: 'SET facts.n = :n', ExpressionAttributeValues: { ':n': 1.25 } };
    await life.house.dynamo.send(new UpdateCommand({ TableName: table(), Key: keyOf(nth(2)), ...change }));
    const expected = { day: nth(2).at.slice(0, 10), kind: 'event-changed', eventId: nth(2).id, position: 1 };
    expect(await verify()).toMatchObject({ ok: false, checked: 1, firstBreak: expected });
  });

  it('is named: a removed event', async () => {
    await life.house.dynamo.send(new DeleteCommand({ TableName: table(), Key: keyOf(nth(3)) }));
    expect((await verify()).firstBreak).toEqual({ day: nth(3).at.slice(0, 10), kind: 'event-removed', eventId: nth(3).id, position: 2 });
  });

  it('is named: an inserted event', async () => {
    const [event] = await laid(life, eventOf(life, 4 * day + 5));
    expect((await verify()).firstBreak).toMatchObject({ day: event?.at.slice(0, 10), kind: 'event-inserted', eventId: event?.id });
  });

  it('is named: a late event that is gone', async () => {
    const { Items = [] } = await life.house.dynamo.send(
      new QueryCommand({ TableName: table(), KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': 'DAY#late' } }),
    );
    const [{ pk, sk, id } = {}] = Items;
    await life.house.dynamo.send(new DeleteCommand({ TableName: table(), Key: { pk, sk } }));
    expect((await verify()).firstBreak).toEqual({ day: daysAgo(life, 1), kind: 'event-removed', eventId: id, position: 0 });
  });

  it('is named: a seal with another count, laid over the first', async () => {
    const Key = `seals/${daysAgo(life, 3)}.json`;
    const { Body } = await life.house.s3.send(new GetObjectCommand({ Bucket: bucket(), Key }));
    const text = ((await Body?.transformToString()) ?? '').replace('"count":3', '"count":2');
    await life.house.s3.send(new PutObjectCommand({ Bucket: bucket(), Key, Body: text, ChecksumAlgorithm: 'SHA256' }));
    expect((await verify()).firstBreak).toMatchObject({ day: daysAgo(life, 3), kind: 'day-differs' });
  });
});
