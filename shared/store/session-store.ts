// Browser sessions and sign-ins in the making (backend-for-frontend). Keys are SHA-256 of a secret that only the browser's cookie holds.
import type { Role } from '#core/model/role.ts';
import type { Catalogue, Item } from './catalogue.ts';
import { catalogueKey } from './table.ts';

export interface Session {
  readonly subject: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
  /** Token that every write of this browser must carry. */
  readonly csrf: string;
  /** Seconds since 1970; also the table's ttl, which is only the broom. */
  readonly expiresAt: number;
}

export interface SignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
  readonly expiresAt: number;
}

export function makeSessionStore(catalogue: Catalogue) {
  const signInKey = (hash: string) => catalogueKey.session(`sign-in:${hash}`);

  async function create(hash: string, session: Session): Promise<void> {
    if (!(await catalogue.putNew({ ...catalogueKey.session(hash), ...session }))) throw new Error('session: this key is taken');
  }

  /** Null when it is not there or has ended: the ttl alone may be days late. */
  async function get(hash: string, nowSeconds: number): Promise<Session | null> {
    return alive<Session>(await catalogue.get(catalogueKey.session(hash)), nowSeconds);
  }

  async function remove(hash: string): Promise<void> {
    await catalogue.remove(catalogueKey.session(hash));
  }

  async function putSignIn(hash: string, signIn: SignIn): Promise<void> {
    await catalogue.put({ ...signInKey(hash), ...signIn });
  }

  /** Once only: of two callers with the same secret one gets it. */
  async function takeSignIn(hash: string, nowSeconds: number): Promise<SignIn | null> {
    const found = alive<SignIn>(await catalogue.get(signInKey(hash)), nowSeconds);
    if (found === null) return null;
    return (await catalogue.remove(signInKey(hash), { text: 'attribute_exists(pk)' })) ? found : null;
  }

  return { create, get, remove, putSignIn, takeSignIn };
}

function alive<T extends { readonly expiresAt: number }>(item: Item | null, nowSeconds: number): T | null {
  if (item === null) return null;
  const { pk: _pk, sk: _sk, ...rest } = item;
  const value = rest as unknown as T;
  return value.expiresAt > nowSeconds ? value : null;
}
