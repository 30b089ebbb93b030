// An OpenID provider of a few lines on this machine, for tests of sign-in and tokens: it can also misbehave on request.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface SmallIssuer {
  readonly url: string;
  readonly token: (claims: JWTPayload, options?: { readonly expires?: string; readonly foreignKey?: boolean }) => Promise<string>;
  /** What the next sign-in says of the person; `nonce` to answer with another than was asked. */
  person: JWTPayload;
  readonly stop: () => Promise<void>;
}

export async function startSmallIssuer(audience = 'woordspoor'): Promise<SmallIssuer> {
  const [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' };
  const codes = new Map<string, { readonly challenge: string; readonly nonce: string }>();

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer.url);
    const json = (status: number, value: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(200, {
          issuer: issuer.url,
          jwks_uri: `${issuer.url}/jwks`,
          authorization_endpoint: `${issuer.url}/auth`,
          token_endpoint: `${issuer.url}/token`,
          end_session_endpoint: `${issuer.url}/end`,
          response_types_supported: ['code'],
          id_token_signing_alg_values_supported: ['ES256'],
        });
      case '/jwks':
        return json(200, { keys: [jwk] });
      case '/auth': {
        const code = randomUUID();
        codes.set(code, { challenge: url.searchParams.get('code_challenge') ?? '', nonce: url.searchParams.get('nonce') ?? '' });
        const back = new URL(url.searchParams.get('redirect_uri') ?? '');
        back.searchParams.set('code', code);
        back.searchParams.set('state', url.searchParams.get('state') ?? '');
        return response.writeHead(303, { location: back.href }).end();
      }
      case '/token': {
        let text = '';
        for await (const chunk of request) text += chunk;
        const form = new URLSearchParams(text);
        const known = codes.get(form.get('code') ?? '');
        codes.delete(form.get('code') ?? '');
        const proof = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        if (known === undefined || known.challenge !== proof) return json(400, { error: 'invalid_grant' });
        const idToken = await issuer.token({ nonce: known.nonce, ...issuer.person, aud: 'window' });
        return json(200, { access_token: 'opaque', token_type: 'Bearer', expires_in: 300, id_token: idToken });
      }
      default:
        return json(404, {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));

  const issuer: SmallIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: { sub: 'person-1', name: 'Sanne de Wit', roles: ['employee'] },
    token: (claims, options = {}) =>
      new SignJWT({ aud: audience, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'own' })
        .setIssuer(claims.iss ?? issuer.url)
        .setIssuedAt()
        .setExpirationTime(options.expires ?? '5m')
        .sign(options.foreignKey === true ? foreign.privateKey : own.privateKey),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return issuer;
}
