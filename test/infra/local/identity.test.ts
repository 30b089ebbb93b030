import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { afterEach, describe, expect, it } from 'vitest';
import { demoPeople } from '#infra/local/identity/demo-people.ts';
import { type IdentityProvider, makeIdentityProvider } from '#infra/local/identity/make-identity-provider.ts';

const signingKey = { ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' };
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function start(folder: string, port = 0) {
  let provider: IdentityProvider | undefined;
  const server = createServer((incoming, response) => provider?.handle(incoming, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = makeIdentityProvider({
    folder,
    publicUrl,
    audience: 'woordspoor',
    webClient: { id: 'woordspoor-web', secret: 'web-secret' },
    keys: { jwks: { keys: [signingKey] }, cookies: ['cookie-key'] },
    onAccident: (error) => console.error(error),
  });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    provider?.stop();
  };
  undo.push(stop);
  return { publicUrl, issuer: provider.issuer, stop };
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'woordspoor-identity-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function askToken(publicUrl: string, client: string, secret: string): Promise<Response> {
  return fetch(`${publicUrl}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: secret }),
  });
}

/** A browser's cookies, as far as they matter here. */
function makeBrowser() {
  const cookies = new Map<string, string>();
  return async (url: string, form?: Readonly<Record<string, string>>): Promise<Response> => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), accept: 'text/html' },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
}

describe('the identity provider', () => {
  it('gives each demo client a signed token with its role, its person and the audience', async () => {
    const { publicUrl, issuer } = await start(await newFolder());
    const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
    for (const person of demoPeople) {
      const answer = await askToken(publicUrl, `demo-${person.id}`, 'demo');
      expect(answer.status, person.id).toBe(200);
      const { access_token } = (await answer.json()) as { access_token: string };
      const { payload } = await jwtVerify(access_token, keys, { issuer, audience: 'woordspoor', algorithms: ['RS256'] });
      expect(payload).toMatchObject({ sub: `person-${person.id}`, roles: [person.role], name: person.name });
    }
  });

  it('refuses a wrong secret and an unknown client', async () => {
    const { publicUrl } = await start(await newFolder());
    expect((await askToken(publicUrl, 'demo-archivist', 'guess')).status).toBe(401);
    expect((await askToken(publicUrl, 'demo-mayor', 'demo')).status).toBe(401);
  });

  it('signs a person in by one button: code, PKCE, and an id token with role and name', async () => {
    const { publicUrl, issuer } = await start(await newFolder());
    const client = await openid.discovery(new URL(issuer), 'woordspoor-web', undefined, openid.ClientSecretBasic('web-secret'), {
      execute: [openid.allowInsecureRequests],
    });
    const verifier = openid.randomPKCECodeVerifier();
    const [state, nonce] = [openid.randomState(), openid.randomNonce()];
    const start1 = openid.buildAuthorizationUrl(client, {
      redirect_uri: `${publicUrl}/auth/callback`,
      scope: 'openid profile',
      response_type: 'code',
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const browse = makeBrowser();
    const toLogin = await browse(start1.href);
    const loginUrl = new URL(toLogin.headers.get('location') ?? '', publicUrl).href;
    const login = await browse(loginUrl);
    const html = await login.text();
    expect(login.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toContain('<html lang="nl">');
    for (const person of demoPeople) expect(html).toContain(person.name);
    expect((await browse(loginUrl, { person: 'nobody' })).status).toBe(200);
    const resume = await browse(loginUrl, { person: 'woo-coordinator' });
    const back = await browse(new URL(resume.headers.get('location') ?? '', publicUrl).href);
    const callback = new URL(back.headers.get('location') ?? '');
    expect(callback.pathname).toBe('/auth/callback');
    const tokens = await openid.authorizationCodeGrant(client, callback, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    expect(tokens.claims()).toMatchObject({ sub: 'person-woo-coordinator', name: 'Hanneke Vos', roles: ['woo-coordinator'] });
    // The login page of a used interaction is gone, and says so.
    expect((await browse(loginUrl)).status).toBe(400);
  });

  it('knows its keys after a restart, so tokens stay valid', async () => {
    const folder = await newFolder();
    const before = await start(folder);
    const { access_token } = (await (await askToken(before.publicUrl, 'demo-auditor', 'demo')).json()) as { access_token: string };
    await before.stop();
    const after = await start(folder, Number(new URL(before.publicUrl).port));
    const { payload } = await jwtVerify(access_token, createRemoteJWKSet(new URL(`${after.issuer}/jwks`)), { issuer: after.issuer, audience: 'woordspoor' });
    expect(payload['roles']).toEqual(['auditor']);
  });
});
