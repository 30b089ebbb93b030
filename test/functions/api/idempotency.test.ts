// Idempotency-Key: once done, answered again by reading anew; nothing of an answer is stored.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { no, ok } from '#core/model/result.ts';
import { jsonRoute } from '#functions/api/route.ts';
import { type ApiGround, startApiGround } from './api-ground.ts';

let made = 0;
let title = 'eerste';
let gate: Promise<void> = Promise.resolve();
let breaks = false;
const Made = z.object({ id: z.string(), title: z.string() });
const routes = [
  jsonRoute({
    id: 'makeThing',
    method: 'post',
    path: '/things',
    action: 'case.put',
    tag: 'Proef',
    summary: 'Proef',
    status: 201,
    body: z.strictObject({ title: z.string().max(8) }),
    answer: Made,
    handle: async ({ body }) => {
      await gate;
      if (breaks) throw new Error('broken');
      if (body.title === 'bezet') return no('changed-meanwhile');
      made++;
      return ok({ id: `thing-${made}`, title: body.title });
    },
    again: { objectOf: ({ id }) => id, read: async (_call, id) => ok({ id, title }) },
  }),
];

let ground: ApiGround;
let token: string;
let later = 0;
beforeAll(async () => {
  ground = await startApiGround(routes, undefined, (services) => ({ ...services, clock: { ...services.clock, epochMs: () => Date.now() + later } }));
  token = await ground.issuer.token({ sub: 'manager-1', roles: ['records-manager'] }, { expires: '9d' });
});
afterAll(() => ground.stop());

const post = (key: string | undefined, body: unknown, as = token) =>
  ground.call('POST', '/v1/things', { token: as, body, ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }) });

describe('a POST with an Idempotency-Key', () => {
  it('is done once and answered again, with what is there now', async () => {
    const before = made;
    const first = (await (await post('k1', { title: 'eerste' })).json()) as { id: string };
    title = 'tweede';
    const again = await post('k1', { title: 'eerste' });
    expect([again.status, await again.json()]).toEqual([201, { id: first.id, title: 'tweede' }]);
    expect(made).toBe(before + 1);
  });

  it('stores no word of request or answer', async () => {
    await post('k-still', { title: 'geheim' });
    const { Items: items = [] } = await ground.services.dynamo.send(new (await import('@aws-sdk/lib-dynamodb')).ScanCommand({ TableName: 'catalogue' }));
    expect(items.length).toBeGreaterThan(0);
    expect(JSON.stringify(items)).not.toMatch(/geheim|k-still/);
  });

  it('refuses the same key for another request', async () => {
    await post('k2', { title: 'a' });
    const other = await post('k2', { title: 'b' });
    expect([other.status, await other.json()]).toMatchObject([409, { code: 'idempotency.different-request' }]);
  });

  it('keeps the keys of two callers apart', async () => {
    const before = made;
    const somebody = await ground.issuer.token({ sub: 'manager-2', roles: ['records-manager'] });
    await post('k3', { title: 'a' });
    expect((await post('k3', { title: 'b' }, somebody)).status).toBe(201);
    expect(made).toBe(before + 2);
  });

  it('lets the second of two at once wait', async () => {
    const before = made;
    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const first = post('k4', { title: 'a' });
    await expect.poll(async () => (await post('k4', { title: 'a' })).status).toBe(409);
    const second = await post('k4', { title: 'a' });
    expect([await second.json(), second.headers.get('retry-after')]).toMatchObject([{ code: 'idempotency.in-flight' }, '5']);
    open();
    expect((await first).status).toBe(201);
    gate = Promise.resolve();
    expect((await post('k4', { title: 'a' })).status).toBe(201);
    expect(made).toBe(before + 1);
  });

  it('forgets a request that a rule refused', async () => {
    expect((await post('k5', { title: 'bezet' })).status).toBe(409);
    expect((await post('k5', { title: 'ander' })).status).toBe(201);
  });

  it('takes over after an accident, once the first can no longer be running', async () => {
    breaks = true;
    expect((await post('k6', { title: 'a' })).status).toBe(500);
    breaks = false;
    expect((await post('k6', { title: 'a' })).status).toBe(409);
    later = 61_000;
    expect((await post('k6', { title: 'a' })).status).toBe(201);
    later = 0;
  });

  it('may be used anew after a day', async () => {
    await post('k7', { title: 'a' });
    later = 24 * 3600 * 1000 + 1000;
    expect((await post('k7', { title: 'b' }, await ground.issuer.token({ sub: 'manager-1', roles: ['records-manager'] }, { expires: '3d' }))).status).toBe(201);
    later = 0;
  });

  it.each(['', 'a b', 'x'.repeat(256)])('refuses a key that is none: %j', async (key) => {
    const response = await post(key, { title: 'a' });
    expect([response.status, ((await response.json()) as { errors?: { field: string }[] }).errors?.[0]?.field]).toEqual([400, 'Idempotency-Key']);
  });

  it('may be absent: each request is then one of its own', async () => {
    const before = made;
    await post(undefined, { title: 'a' });
    await post(undefined, { title: 'a' });
    expect(made).toBe(before + 2);
  });
});
