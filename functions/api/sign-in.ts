// Sign-in of a browser (backend-for-frontend): code + PKCE + state + nonce. Tokens stay here; the browser gets a random session id
// in an HttpOnly cookie, and the catalogue its hash.
import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import * as openid from 'openid-client';
import type { SignedOut } from '#contract/me.ts';
import { auditEvent } from '#core/audit/audited.ts';
import type { Role } from '#core/model/role.ts';
import type { Services } from '#runtime/services.ts';
import { type Authenticate, cookieName, cookieOf, hashOf, isForged, rolesOf } from './caller.ts';
import { type Identity, IdentityUnreachable } from './identity.ts';
import { problemResponse } from './problem.ts';

const signInSeconds = 600;

/** Only a page of this window: no other host, no scheme, no backslash tricks, not the doors themselves. */
export function isSafeReturn(path: string, publicUrl: string): boolean {
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || path.includes('\\') || path.length > 1000) return false;
  const url = URL.parse(path, publicUrl);
  return url !== null && url.origin === new URL(publicUrl).origin && !/^\/(v1|auth|oidc)(\/|$)/.test(url.pathname);
}

function cookie(name: string, value: string, seconds: number, secure: boolean): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`;
}

function failurePage(): Response {
  const html = `<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Inloggen is niet gelukt - Woordspoor</title></head>
<body><main><h1>Inloggen is niet gelukt</h1>
<p>De aanmelding is afgebroken of verlopen. Er is niets veranderd.</p>
<p><a href="/auth/sign-in">Opnieuw inloggen</a></p></main></body></html>`;
  return new Response(html, { status: 400, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

export function addSignIn(app: Hono, services: Services, identity: Identity, authenticate: Authenticate): void {
  const { audit, clock, config, ids, log, sessions } = services;
  const secure = config.publicUrl.startsWith('https:');
  const sessionCookie = cookieName(config, 'woordspoor');
  const signInCookie = cookieName(config, 'woordspoor-sign-in');
  const nowSeconds = () => Math.floor(clock.epochMs() / 1000);
  const secret = () => randomBytes(32).toString('base64url');

  async function client(): Promise<openid.Configuration> {
    const { metadata } = await identity.known();
    const { clientId, clientSecret } = config.identity;
    const made = new openid.Configuration(
      metadata as openid.ServerMetadata,
      clientId,
      undefined,
      clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(clientSecret),
    );
    if (config.identity.insecure) openid.allowInsecureRequests(made);
    return made;
  }

  const record = (action: string, subject: string, role: Role) =>
    audit.append(
      auditEvent(clock.now(), ids.make('event'), { subject, role, origin: `api/${ids.make('event').slice('event_'.length)}` }, action, `person:${subject}`),
    );

  app.get('/auth/sign-in', async (context) => {
    const asked = context.req.query('return') ?? '/';
    const verifier = openid.randomPKCECodeVerifier();
    const signIn = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier,
      returnTo: isSafeReturn(asked, config.publicUrl) ? asked : '/',
      expiresAt: nowSeconds() + signInSeconds,
    };
    const url = openid.buildAuthorizationUrl(await client(), {
      redirect_uri: `${config.publicUrl}/auth/callback`,
      scope: 'openid profile',
      response_type: 'code',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: signIn.state,
      nonce: signIn.nonce,
    });
    const key = secret();
    await sessions.putSignIn(hashOf(key), signIn);
    return new Response(null, { status: 303, headers: { location: url.href, 'set-cookie': cookie(signInCookie, key, signInSeconds, secure) } });
  });

  app.get('/auth/callback', async (context) => {
    const key = cookieOf(context.req.header('cookie'), signInCookie);
    const signIn = key === null ? null : await sessions.takeSignIn(hashOf(key), nowSeconds());
    if (signIn === null) return failurePage();
    let claims: openid.IDToken | undefined;
    try {
      const tokens = await openid.authorizationCodeGrant(await client(), new URL(`${config.publicUrl}/auth/callback${new URL(context.req.url).search}`), {
        pkceCodeVerifier: signIn.verifier,
        expectedState: signIn.state,
        expectedNonce: signIn.nonce,
        idTokenExpected: true,
      });
      claims = tokens.claims();
    } catch (error) {
      if (error instanceof IdentityUnreachable) throw error;
      log.warn('sign-in.failed', { reason: error instanceof Error ? error.name : typeof error });
      return failurePage();
    }
    if (claims === undefined) return failurePage();
    const roles = rolesOf(claims, config.identity.rolesClaim);
    const name = claims['name'];
    const session = secret();
    const seconds = config.limits.sessionHours * 3600;
    await sessions.create(hashOf(session), {
      subject: claims.sub,
      name: typeof name === 'string' ? name : null,
      roles,
      csrf: secret(),
      expiresAt: nowSeconds() + seconds,
    });
    await record('session.open', claims.sub, roles[0] ?? 'employee');
    const answer = new Response(null, { status: 303, headers: { location: signIn.returnTo } });
    answer.headers.append('set-cookie', cookie(sessionCookie, session, seconds, secure));
    answer.headers.append('set-cookie', cookie(signInCookie, '', 0, secure));
    return answer;
  });

  app.post('/auth/sign-out', async (context) => {
    const caller = await authenticate(undefined, context.req.header('cookie'));
    if (!caller.ok) return problemResponse(caller.fault);
    const { actor, session } = caller.value;
    if (session === null || isForged(caller.value, context.req.header('x-csrf'))) return problemResponse({ code: 'access.csrf' });
    await sessions.remove(session.hash);
    await record('session.close', actor.subject, actor.roles[0] ?? 'employee');
    return context.json({ location: await endOfSession() } satisfies SignedOut, 200, { 'set-cookie': cookie(sessionCookie, '', 0, secure) });
  });

  /** Where the provider ends its own session; the front page when it has no such address or does not answer. */
  async function endOfSession(): Promise<string> {
    try {
      const made = await client();
      if (made.serverMetadata().end_session_endpoint === undefined) return '/';
      const back = `${config.publicUrl}/`;
      // Cognito knows the standard's parameter under a name of its own.
      return openid.buildEndSessionUrl(made, { post_logout_redirect_uri: back, logout_uri: back }).href;
    } catch (error) {
      if (error instanceof IdentityUnreachable) return '/';
      throw error;
    }
  }

  for (const [path, allow] of [
    ['/auth/sign-in', 'GET, HEAD'],
    ['/auth/callback', 'GET, HEAD'],
    ['/auth/sign-out', 'POST'],
  ] as const) {
    app.all(path, () => problemResponse({ code: 'method.not-allowed' }, { allow }));
  }
}
