// The road that every route goes: headers, methods, forms, callers, roles, input, audit, accidents.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Problem } from '#contract/problem.ts';
import { no, ok } from '#core/model/result.ts';
import { isAcceptable } from '#functions/api/app.ts';
import { jsonRoute } from '#functions/api/route.ts';
import { type ApiGround, startApiGround } from './api-ground.ts';

const secretWords = 'Jan Jansen belde over de kapvergunning';
const head = { tag: 'Proef', summary: 'Proef', answer: z.object({ title: z.string().optional() }) };
const routes = [
  jsonRoute({
    ...head,
    id: 'putThing',
    method: 'put',
    path: '/things/{id}',
    action: 'case.put',
    params: z.object({ id: z.string().regex(/^[a-z]+$/) }),
    query: z.strictObject({ dry: z.enum(['yes', 'no']).optional() }),
    body: z.strictObject({ title: z.string().min(1).max(20), on: z.iso.date(), n: z.int().min(1).max(5) }),
    bodyLimit: 200,
    handle: async ({ body, audit }) => {
      await audit('thing:a', { n: body.n });
      return ok({ title: body.title });
    },
  }),
  jsonRoute({
    ...head,
    id: 'getThing',
    method: 'get',
    path: '/things/{id}',
    action: 'case.read',
    params: z.object({ id: z.string().regex(/^[a-z]+$/) }),
    handle: async () => ok({}),
  }),
  jsonRoute({
    ...head,
    id: 'breakThing',
    method: 'post',
    path: '/things/_break',
    action: 'case.read',
    body: z.strictObject({ how: z.enum(['throw', 'throttle', 'fault']) }),
    handle: async ({ body }) => {
      if (body.how === 'fault') return no('changed-meanwhile');
      throw Object.assign(new Error(secretWords), { name: body.how === 'throttle' ? 'ThrottlingException' : 'Error' });
    },
  }),
];

let ground: ApiGround;
let manager: string;
let auditor: string;
beforeAll(async () => {
  ground = await startApiGround(routes);
  manager = await ground.issuer.token({ sub: 'manager-1', roles: ['records-manager'] });
  auditor = await ground.issuer.token({ sub: 'auditor-1', roles: ['auditor'] });
});
afterAll(() => ground.stop());

const good = { title: 'Bouw', on: '2026-01-01', n: 1 };

async function problem(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const value = Problem.parse(await response.json());
  expect(value.status).toBe(response.status);
  return value;
}

describe('every answer', () => {
  it.each([
    ['an answer', 'GET', '/v1/health', 200],
    ['a refusal', 'GET', '/v1/things/a', 401],
    ['an unknown address', 'GET', '/v1/nothing', 404],
    ['an address outside the API', 'GET', '/elsewhere', 404],
    ['a wrong method', 'DELETE', '/v1/things/a', 405],
  ])('carries version and security headers: %s', async (_name, method, path, status) => {
    const response = await ground.call(method, path);
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'api-version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'strict-transport-security': expect.stringContaining('max-age=31536000'),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
  });

  it('is JSON by the contract', async () => {
    const response = await ground.call('PUT', '/v1/things/a', { token: manager, body: good });
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([200, 'application/json', { title: 'Bouw' }]);
  });
});

describe('what is public', () => {
  it('tells that it is there, and nothing more', async () => {
    expect(await (await ground.call('GET', '/v1/health')).json()).toEqual({ status: 'ok' });
  });

  it('publishes its document to every origin, and nothing else', async () => {
    const [document, preflight, other] = await Promise.all([
      ground.call('GET', '/v1/openapi.json', { headers: { origin: 'https://elders.example' } }),
      ground.call('OPTIONS', '/v1/openapi.json', { headers: { origin: 'https://elders.example' } }),
      ground.call('GET', '/v1/things/a', { token: manager, headers: { origin: 'https://elders.example' } }),
    ]);
    expect(document.headers.get('access-control-allow-origin')).toBe('*');
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    expect(await document.json()).toMatchObject({ openapi: '3.1.0' });
  });
});

describe('methods and forms', () => {
  it('says which methods an address has', async () => {
    const refused = await ground.call('DELETE', '/v1/things/a');
    expect(await problem(refused)).toMatchObject({ status: 405, code: 'method.not-allowed' });
    expect(refused.headers.get('allow')).toBe('PUT, GET, HEAD, OPTIONS');
    const options = await ground.call('OPTIONS', '/v1/things/a');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'PUT, GET, HEAD, OPTIONS']);
  });

  it('answers HEAD as GET without a body', async () => {
    const response = await ground.call('HEAD', '/v1/things/a', { token: manager });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('knows no address with a slash at its end', async () => {
    expect(await problem(await ground.call('GET', '/v1/things/a/', { token: manager }))).toMatchObject({ status: 404 });
  });

  it('refuses a form it cannot give', async () => {
    const response = await ground.call('GET', '/v1/things/a', { token: manager, headers: { accept: 'text/csv' } });
    expect(await problem(response)).toMatchObject({ status: 406, code: 'media-type.not-acceptable' });
  });

  it.each([
    ['*/*', true],
    ['application/*;q=0.5', true],
    ['application/json;q=0', false],
    ['text/html, application/json', true],
    ['', true],
    [undefined, true],
    ['image/png', false],
  ])('reads Accept %s', (accept, expected) => {
    expect(isAcceptable(accept, ['application/json'])).toBe(expected);
  });

  it('refuses a body that is not JSON by its type', async () => {
    const response = await ground.call('PUT', '/v1/things/a', {
      token: manager,
      body: 'title=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(await problem(response)).toMatchObject({ status: 415, code: 'media-type.unsupported' });
  });

  it('refuses a body over the limit, whether it tells its length or not', async () => {
    const long = JSON.stringify({ title: 'x'.repeat(300) });
    const told = await ground.call('PUT', '/v1/things/a', {
      token: manager,
      body: long,
      headers: { 'content-type': 'application/json', 'content-length': String(long.length) },
    });
    expect(await problem(told)).toMatchObject({ status: 413, code: 'payload.too-large' });
    const untold = await ground.call('PUT', '/v1/things/a', { token: manager, body: long, headers: { 'content-type': 'application/json' } });
    expect(untold.status).toBe(413);
  });
});

describe('input', () => {
  it('names everything that is wrong at once, in Dutch', async () => {
    const response = await ground.call('PUT', '/v1/things/a?dry=maybe', { token: manager, body: { title: '', on: '2026-02-30', n: 9, extra: 1 } });
    const { code, errors = [] } = await problem(response);
    expect(code).toBe('input.invalid');
    expect(Object.fromEntries(errors.map(({ field, message }) => [field, message]))).toEqual({
      dry: 'kies uit: yes, no',
      title: 'dit mag niet leeg zijn',
      on: 'geef een bestaande datum als JJJJ-MM-DD',
      n: 'geef een getal van hoogstens 5',
      extra: 'dit veld kennen we niet',
    });
  });

  it('names the fields of an empty body', async () => {
    const { errors = [] } = await problem(await ground.call('PUT', '/v1/things/a', { token: manager }));
    expect(errors.map(({ field, message }) => `${field}: ${message}`)).toEqual([
      'title: dit veld ontbreekt',
      'on: dit veld ontbreekt',
      'n: dit veld ontbreekt',
    ]);
  });

  it.each([
    ['a body that breaks off', `{"title": "${secretWords}`],
    ['a value of the wrong kind', JSON.stringify({ ...good, n: secretWords })],
    ['an unknown field with a name in it', JSON.stringify({ ...good, [secretWords]: 1 })],
    ['bytes that are no UTF-8', '\ud800'],
  ])('never repeats what was sent: %s', async (_name, body) => {
    const response = await ground.call('PUT', '/v1/things/a', { token: manager, body, headers: { 'content-type': 'application/json' } });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).not.toContain('Jansen');
  });

  it('refuses a query key that comes twice or that nobody knows', async () => {
    const twice = await problem(await ground.call('PUT', '/v1/things/a?dry=yes&dry=no', { token: manager, body: good }));
    expect(twice.errors?.[0]?.field).toBe('dry');
    const unknown = await problem(await ground.call('GET', '/v1/things/a?verbose=1', { token: manager }));
    expect(unknown).toMatchObject({ status: 400, code: 'input.invalid' });
  });

  it('does not find what cannot exist', async () => {
    expect(await problem(await ground.call('GET', '/v1/things/A1', { token: manager }))).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('who asks', () => {
  it('asks for a token', async () => {
    const response = await ground.call('GET', '/v1/things/a');
    expect(await problem(response)).toMatchObject({ status: 401, code: 'session.absent' });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['of another issuer', () => ground.issuer.token({ sub: 'x', roles: ['archivist'], iss: 'https://elders.example' })],
    ["with a signature that is not the issuer's", () => ground.issuer.token({ sub: 'x', roles: ['records-manager'] }, { foreignKey: true })],
    ['for another audience', () => ground.issuer.token({ sub: 'x', roles: ['records-manager'], aud: 'elders' })],
    ['without an audience', () => ground.issuer.token({ sub: 'x', roles: ['records-manager'], aud: undefined as unknown as string })],
    ['that has ended', () => ground.issuer.token({ sub: 'x', roles: ['records-manager'] }, { expires: '-1m' })],
    ['without a subject', () => ground.issuer.token({ roles: ['records-manager'] })],
    ['that is no token', async () => 'abc.def.ghi'],
    ['without a signature', async () => `${btoa('{"alg":"none"}')}.${btoa('{"sub":"x","roles":["archivist"]}')}.`.replaceAll('=', '')],
  ])('refuses a token %s', async (_name, make) => {
    expect((await ground.call('GET', '/v1/things/a', { token: await make() })).status).toBe(401);
  });

  it('refuses another scheme than Bearer', async () => {
    expect((await ground.call('GET', '/v1/things/a', { headers: { authorization: 'Basic ZGVtbzpkZW1v' } })).status).toBe(401);
  });

  it('reads roles as words too, and gives nobody the role of the system', async () => {
    const words = await ground.issuer.token({ sub: 'x', roles: 'auditor records-manager' });
    expect((await ground.call('GET', '/v1/things/a', { token: words })).status).toBe(200);
    const system = await ground.issuer.token({ sub: 'x', roles: ['system'] });
    expect((await ground.call('GET', '/v1/things/a', { token: system })).status).toBe(403);
  });

  it('refuses a role that may not, and says so in the audit', async () => {
    expect(await problem(await ground.call('PUT', '/v1/things/a', { token: auditor, body: good }))).toMatchObject({ status: 403, code: 'access.denied' });
    const { items } = await ground.services.audit.list({ actor: 'auditor-1', limit: 10, next: null });
    expect(items.at(-1)).toMatchObject({ actor: 'auditor-1', role: 'auditor', action: 'case.put', object: 'a', result: 'refused' });
  });

  it('says that the identity provider cannot be reached', async () => {
    const lost = await startApiGround(routes);
    const token = await lost.issuer.token({ sub: 'x', roles: ['records-manager'] });
    await lost.issuer.stop();
    const response = await lost.call('GET', '/v1/things/a', { token });
    expect(await problem(response)).toMatchObject({ status: 503, code: 'unavailable' });
    expect(response.headers.get('retry-after')).toBe('60');
    await lost.stop();
  });
});

describe('what happens', () => {
  it('writes what a route did before it answers', async () => {
    await ground.call('PUT', '/v1/things/a', { token: manager, body: { ...good, n: 4 } });
    const { items } = await ground.services.audit.list({ object: 'thing:a', limit: 100, next: null });
    expect(items.at(-1)).toMatchObject({
      actor: 'manager-1',
      role: 'records-manager',
      action: 'case.put',
      result: 'done',
      facts: { n: 4 },
      origin: expect.stringMatching(/^api\//),
    });
  });

  it('writes a refusal by a rule', async () => {
    expect((await ground.call('POST', '/v1/things/_break', { token: manager, body: { how: 'fault' } })).status).toBe(409);
    const { items } = await ground.services.audit.list({ actor: 'manager-1', limit: 100, next: null });
    expect(items.at(-1)).toMatchObject({ result: 'refused', facts: { code: 'changed-meanwhile' } });
  });

  it('answers an accident without its words, in answer and log', async () => {
    const response = await ground.call('POST', '/v1/things/_break', { token: manager, body: { how: 'throw' } });
    const text = await response.clone().text();
    expect(await problem(response)).toMatchObject({ status: 500, code: 'internal' });
    expect(response.headers.get('api-version')).toBeTruthy();
    expect(text).not.toContain('Jansen');
    expect(ground.logged.at(-1)).toMatch(/^api\.failed /);
  });

  it('tells a throttled store apart from an accident', async () => {
    expect(await problem(await ground.call('POST', '/v1/things/_break', { token: manager, body: { how: 'throttle' } }))).toMatchObject({
      status: 503,
      code: 'unavailable',
    });
  });
});
