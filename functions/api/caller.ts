// Who asks: a bearer token of the identity provider (machines), or the cookie of a browser session. Roles come from the token's claim.
import { createHash, timingSafeEqual } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { no, ok, type Result } from '#core/model/result.ts';
import { type Actor, type Role, roles } from '#core/model/role.ts';
import type { Config } from '#runtime/config.ts';
import type { Services } from '#runtime/services.ts';
import { type Identity, IdentityUnreachable } from './identity.ts';

export interface Caller {
  readonly actor: Actor;
  /** Of a browser: what its writes must carry, and the key of its session. */
  readonly session: { readonly hash: string; readonly csrf: string } | null;
}

export type Authenticate = ReturnType<typeof makeAuthenticate>;

const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** `__Host-` binds a cookie to this host and to https; over http a browser would refuse it. */
export function cookieName(config: Pick<Config, 'publicUrl'>, name: string): string {
  return config.publicUrl.startsWith('https:') ? `__Host-${name}` : name;
}

export function cookieOf(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

function words(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ');
  return Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : [];
}

/** Roles as the claim names them; nobody is given `system` by a token. */
export function rolesOf(claims: JWTPayload, rolesClaim: string): Role[] {
  const named = new Set(words(claims[rolesClaim]));
  return roles.filter((role) => role !== 'system' && named.has(role));
}

export function makeAuthenticate({ config, sessions, clock }: Pick<Services, 'config' | 'sessions' | 'clock'>, identity: Identity) {
  const sessionCookie = cookieName(config, 'woordspoor');
  const audience = [config.identity.audience].flat();

  async function fromBearer(token: string): Promise<Result<Caller>> {
    try {
      const { metadata, keys } = await identity.known();
      const { payload } = await jwtVerify(token, keys, {
        issuer: metadata.issuer,
        audience,
        algorithms,
        requiredClaims: ['sub', 'exp', 'aud'],
        clockTolerance: 5,
      });
      if (payload.sub === undefined) return no('session.absent');
      const name = payload['name'];
      return ok({
        actor: { subject: payload.sub, roles: rolesOf(payload, config.identity.rolesClaim), ...(typeof name === 'string' ? { name } : {}) },
        session: null,
      });
    } catch (error) {
      if (error instanceof IdentityUnreachable || error instanceof errors.JWKSTimeout || error instanceof TypeError) return no('unavailable');
      if (error instanceof errors.JOSEError) return no('session.absent');
      throw error;
    }
  }

  async function fromCookie(secret: string): Promise<Result<Caller>> {
    const hash = hashOf(secret);
    const session = await sessions.get(hash, Math.floor(clock.epochMs() / 1000));
    if (session === null) return no('session.absent');
    const { subject, roles: held, name, csrf } = session;
    return ok({ actor: { subject, roles: held, ...(name === null ? {} : { name }) }, session: { hash, csrf } });
  }

  return async (authorization: string | undefined, cookies: string | undefined): Promise<Result<Caller>> => {
    if (authorization !== undefined) {
      const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization)?.[1];
      return token === undefined ? no('session.absent') : fromBearer(token);
    }
    const secret = cookieOf(cookies, sessionCookie);
    return secret === null ? no('session.absent') : fromCookie(secret);
  };
}

/** A browser's write must carry its session's token; a bearer token is its own proof. */
export function isForged(caller: Caller, header: string | undefined): boolean {
  if (caller.session === null) return false;
  const [given, wanted] = [Buffer.from(header ?? ''), Buffer.from(caller.session.csrf)];
  return given.length !== wanted.length || !timingSafeEqual(given, wanted);
}
