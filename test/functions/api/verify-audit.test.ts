// The auditor's verify button: what the API answers, of a log that fits and of one that was touched, and what it leaves itself.
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FullGround, startFullGround } from './full-ground.ts';

let ground: FullGround;
const day = 24 * 3_600_000;
const daysAgo = (n: number) => new Date(Date.now() - n * day).toISOString();

async function laid(at: string, n: number, attributes: object = {}) {
  const id = `event_${String(n).padStart(26, '0')}`;
  const event = { id, at, actor: 'manager-1', role: 'records-manager', action: 'case.put', object: 'case:OUD', result: 'done', origin: 'api/x', ...attributes };
  const key = { pk: `DAY#${at.slice(0, 10)}`, sk: `${at}#${id}` };
  await ground.services.dynamo.send(new PutCommand({ TableName: ground.engines.config.tables.audit, Item: { ...key, ...event } }));
  return event;
}
const verify = async (body?: object) => (await ground.call('auditor', 'POST', '/v1/audit/_verify', body)).json;
const night = async () => {
  const { json } = await ground.call('administrator', 'POST', '/v1/jobs/nightly-upkeep/_run', {});
  await ground.drain();
  return (await ground.call('administrator', 'GET', `/v1/jobs/runs/${json.run}`)).json.report;
};

beforeAll(async () => {
  ground = await startFullGround();
  const { seals, clock } = ground.services;
  expect([await seals.sealedDays(), clock.today().length]).toEqual([[], 10]);
});
afterAll(() => ground.stop());

describe('verify', () => {
  it('of a log without a closed day checks nothing and says what is not sealed', async () => {
    await ground.call('auditor', 'GET', '/v1/me');
    const first = await verify();
    expect(first).toMatchObject({ ok: true, checked: 0, firstBreak: null, sealedThrough: null, next: null });
    expect((await verify({})).unsealed).toBe(first.unsealed + 1);
  });

  it('covers what the night sealed, and counts the rest', async () => {
    // The night does not seal a day before half past one: at that hour yesterday is not closed yet.
    await laid(daysAgo(2), 1);
    await laid(daysAgo(2), 2);
    expect(await night()).toMatchObject({ eventsSealed: 2, ingest: 0 });
    const found = await verify();
    expect(found).toMatchObject({ ok: true, checked: 2, firstBreak: null, next: null });
    expect(found.unsealed).toBeGreaterThan(2);
  });

  it('names the event that was changed, and leaves that finding in the log', async () => {
    const { id } = await laid(daysAgo(2), 3);
    const found = await verify();
    const broken = { day: daysAgo(2).slice(0, 10), kind: 'event-inserted', eventId: id, position: 2 };
    expect(found).toMatchObject({ ok: false, checked: 0, firstBreak: broken });
    const { json } = await ground.call('auditor', 'GET', '/v1/audit/events?object=audit&limit=500');
    expect(json.items.at(-1)).toMatchObject({
      action: 'audit.verify',
      actor: 'auditor-1',
      facts: { ok: false, checked: 0, day: broken.day, kind: broken.kind },
    });
  });

  it('may begin later, and refuses a day that is none', async () => {
    expect(await verify({ from: daysAgo(0).slice(0, 10) })).toMatchObject({ ok: true, checked: 0 });
    const { status, json } = await ground.call('auditor', 'POST', '/v1/audit/_verify', { from: 'gisteren' });
    expect([status, json.code, json.errors[0].field]).toEqual([400, 'input.invalid', 'from']);
  });
});

describe('the list of events', () => {
  it('shows, after the last day, those that came when their day had closed, page by page', async () => {
    const { audit, ids, clock } = ground.services;
    const at = new Date(Date.now() - 3 * day).toISOString();
    const late = { ...(await laid(daysAgo(1), 9)), id: ids.make('event'), at, object: 'case:LAAT' } as unknown as Parameters<typeof audit.append>[0];
    await audit.append(late);
    const seen: { id: string; filedOn?: string }[] = [];
    let next: string | null = null;
    do {
      const { json } = await ground.call('auditor', 'GET', `/v1/audit/events?from=${at.slice(0, 10)}&limit=3${next === null ? '' : `&next=${next}`}`);
      seen.push(...json.items);
      next = json.next;
    } while (next !== null);
    expect(seen.at(-1)).toMatchObject({ id: late.id, at, filedOn: clock.now().slice(0, 10) });
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(5);
  });
});
