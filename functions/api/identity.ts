// The identity provider: its metadata (OIDC discovery) and its keys, asked once and kept while the process lives.
import { createRemoteJWKSet } from 'jose';
import * as z from 'zod';
import type { Config } from '#runtime/config.ts';

const Metadata = z.looseObject({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  end_session_endpoint: z.url().optional(),
});
type Metadata = z.infer<typeof Metadata>;

export type Identity = ReturnType<typeof makeIdentity>;

/** The provider does not answer, or not with what it should: nobody can be let in, and it is not their fault. */
export class IdentityUnreachable extends Error {
  override readonly name = 'IdentityUnreachable';
}

export function makeIdentity(config: Config['identity']) {
  let asked: Promise<{ metadata: Metadata; keys: ReturnType<typeof createRemoteJWKSet> }> | undefined;

  async function ask() {
    let answer: unknown;
    try {
      const response = await fetch(`${config.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5000) });
      answer = await response.json();
    } catch (cause) {
      throw new IdentityUnreachable('the identity provider does not answer', { cause });
    }
    const metadata = Metadata.safeParse(answer);
    if (!metadata.success || metadata.data.issuer !== config.issuer) throw new IdentityUnreachable('the identity provider answers with other metadata');
    return { metadata: metadata.data, keys: createRemoteJWKSet(new URL(metadata.data.jwks_uri)) };
  }

  /** A failed question is asked again the next time. */
  function known() {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  }

  return { known };
}
