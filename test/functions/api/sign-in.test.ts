// Sign-in of a browser: code + PKCE + state + nonce, a cookie that scripts cannot read, CSRF on writes, once-only return.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ok } from '#core/model/result.ts';
import { jsonRoute } from '#functions/api/route.ts';
import { isSafeReturn } from '#functions/api/sign-in.ts';
import { type ApiGround, startApiGround } from './api-ground.ts';

const head = { tag: 'Proef', summary: 'Proef', answer: z.object({ subject: z.string(), csrf: z.string().nullable() }) };
const routes = [
  jsonRoute({
    ...head,
    id: 'who',
    method: 'get',
    path: '/who',
    action: 'me.read',
    handle: async ({ caller }) => ok({ subject: caller.actor.subject, csrf: caller.session?.csrf ?? null }),
  }),
  jsonRoute({
    ...head,
    id: 'change',
    method: 'post',
    path: '/who/_change',
    action: 'me.read',
    handle: async ({ caller }) => ok({ subject: caller.actor.subject, csrf: null }),
  }),
];

let ground: ApiGround;
beforeAll(async () => {
  ground = await startApiGround(routes);
});
afterAll(() => ground.stop());

const cookiesOf = (response: Response) => response.headers.getSetCookie();
const pair = (cookie: string | undefined) => (cookie ?? '').split(';')[0] ?? '';

/** Walks to the provider and back, as a browser does. */
async function walk(on: ApiGround, path = '/auth/sign-in') {
  const start = await on.call('GET', path);
  const signInCookie = pair(cookiesOf(start)[0]);
  const atProvider = await fetch(start.headers.get('location') ?? '', { redirect: 'manual' });
  const back = new URL(atProvider.headers.get('location') ?? '');
  return { start, signInCookie, back, finish: (cookie = signInCookie) => on.call('GET', `${back.pathname}${back.search}`, { cookie }) };
}

async function signedIn(on: ApiGround) {
  const answer = await (await walk(on)).finish();
  const cookie = pair(cookiesOf(answer)[0]);
  const { csrf } = (await (await on.call('GET', '/v1/who', { cookie })).json()) as { csrf: string };
  return { answer, cookie, csrf };
}

describe('signing in', () => {
  it('asks the provider for a code with PKCE, state and nonce', async () => {
    const { start } = await walk(ground);
    const asked = new URL(start.headers.get('location') ?? '').searchParams;
    expect(start.status).toBe(303);
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^.{20,}$/),
      nonce: expect.stringMatching(/^.{20,}$/),
      redirect_uri: 'http://localhost:8080/auth/callback',
      scope: 'openid profile',
    });
  });

  it('comes back with a session that scripts cannot read, and no token in the browser', async () => {
    const { answer, cookie } = await signedIn(ground);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(cookiesOf(answer)[0]).toMatch(/^woordspoor=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800$/);
    expect(cookiesOf(answer)[1]).toMatch(/^woordspoor-sign-in=; .*Max-Age=0/);
    expect(await (await ground.call('GET', '/v1/who', { cookie })).json()).toMatchObject({ subject: 'person-1' });
  });

  it('keeps the session under a hash: the cookie is not in the catalogue', async () => {
    const { cookie } = await signedIn(ground);
    const secret = cookie.split('=')[1] ?? '';
    expect(await ground.services.sessions.get(secret, 0)).toBeNull();
  });

  it('binds its cookies to the host over https', async () => {
    const secure = await startApiGround(routes, 'https://archief.voorbeeld.example');
    const { answer } = await signedIn(secure);
    expect(cookiesOf(answer)[0]).toMatch(/^__Host-woordspoor=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800; Secure$/);
    await secure.stop();
  });

  it('writes opening and closing of a session into the audit', async () => {
    const { cookie, csrf } = await signedIn(ground);
    await ground.call('POST', '/auth/sign-out', { cookie, headers: { 'x-csrf': csrf } });
    const { items } = await ground.services.audit.list({ object: 'person:person-1', limit: 100, next: null });
    expect(items.slice(-2).map(({ action }) => action)).toEqual(['session.open', 'session.close']);
  });

  it('refuses a second use, another browser, and another state', async () => {
    const first = await walk(ground);
    expect((await first.finish()).status).toBe(303);
    expect((await first.finish()).status).toBe(400);
    const other = await walk(ground);
    expect((await other.finish(first.signInCookie)).status).toBe(400);
    const third = await walk(ground);
    third.back.searchParams.set('state', 'anders');
    const refused = await third.finish();
    expect([refused.status, cookiesOf(refused)]).toEqual([400, []]);
  });

  it('refuses an answer with another nonce', async () => {
    const person = ground.issuer.person;
    ground.issuer.person = { ...person, nonce: 'anders' };
    const refused = await (await walk(ground)).finish();
    ground.issuer.person = person;
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('Inloggen is niet gelukt');
  });

  it('refuses a sign-in that took too long, and a session that has ended', async () => {
    let later = 0;
    const slow = await startApiGround(routes, undefined, (services) => ({ ...services, clock: { ...services.clock, epochMs: () => Date.now() + later } }));
    const waiting = await walk(slow);
    later = 601_000;
    expect((await waiting.finish()).status).toBe(400);
    later = 0;
    const { cookie } = await signedIn(slow);
    later = 8 * 3600 * 1000 + 1000;
    expect((await slow.call('GET', '/v1/who', { cookie })).status).toBe(401);
    await slow.stop();
  });
});

describe('the page one comes back to', () => {
  it.each(['/bundels/bundle_1', '/zoeken?q=1', '/'])('is a page of the window: %s', async (path) => {
    const answer = await (await walk(ground, `/auth/sign-in?return=${encodeURIComponent(path)}`)).finish();
    expect(answer.headers.get('location')).toBe(path);
  });

  it.each([
    'https://elders.example/',
    '//elders.example',
    '/\\elders.example',
    '/\t/elders.example',
    '/%0d%0aX: y\r\n',
    '/v1/me',
    '/auth/sign-out',
    'javascript:alert(1)',
    '',
  ])('is never elsewhere: %j', (path) => {
    expect(isSafeReturn(path, 'http://localhost:8080')).toBe(false);
  });
});

describe('writes of a browser', () => {
  it.each([
    ['without a token', {}],
    ['with a wrong token', { 'x-csrf': 'x'.repeat(43) }],
    ['with a shorter token', { 'x-csrf': 'x' }],
  ])('are refused %s', async (_name, headers) => {
    const { cookie } = await signedIn(ground);
    const response = await ground.call('POST', '/v1/who/_change', { cookie, headers });
    expect([response.status, await response.json()]).toMatchObject([403, { code: 'access.csrf' }]);
  });

  it('are done with the token of the same session only', async () => {
    const [one, two] = [await signedIn(ground), await signedIn(ground)];
    expect((await ground.call('POST', '/v1/who/_change', { cookie: one.cookie, headers: { 'x-csrf': one.csrf } })).status).toBe(200);
    expect((await ground.call('POST', '/v1/who/_change', { cookie: one.cookie, headers: { 'x-csrf': two.csrf } })).status).toBe(403);
  });

  it('need no token with a bearer', async () => {
    const token = await ground.issuer.token({ sub: 'machine-1', roles: ['employee'] });
    expect((await ground.call('POST', '/v1/who/_change', { token })).status).toBe(200);
  });
});

describe('signing out', () => {
  it('ends the session and says where the provider ends its own', async () => {
    const { cookie, csrf } = await signedIn(ground);
    const answer = await ground.call('POST', '/auth/sign-out', { cookie, headers: { 'x-csrf': csrf } });
    expect(await answer.json()).toEqual({ location: expect.stringMatching(/\/end\?.*post_logout_redirect_uri=/) });
    expect(cookiesOf(answer)[0]).toMatch(/^woordspoor=; .*Max-Age=0/);
    expect((await ground.call('GET', '/v1/who', { cookie })).status).toBe(401);
  });

  it('cannot be done to somebody by a link or a foreign page', async () => {
    const { cookie } = await signedIn(ground);
    expect((await ground.call('GET', '/auth/sign-out', { cookie })).status).toBe(405);
    expect((await ground.call('POST', '/auth/sign-out', { cookie })).status).toBe(403);
    expect((await ground.call('GET', '/v1/who', { cookie })).status).toBe(200);
  });
});
