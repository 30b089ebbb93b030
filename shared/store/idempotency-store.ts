// What a POST with an Idempotency-Key led to: the id of what it made, never its content. The answer is read again.
import type { Catalogue } from './catalogue.ts';
import { catalogueKey } from './table.ts';

export interface Attempt {
  /** SHA-256 of caller and key. */
  readonly hash: string;
  /** SHA-256 of method, path and body. */
  readonly fingerprint: string;
  readonly nowSeconds: number;
  /** Until then a second request waits; after it the first is taken for dead, and this one goes on in its place. */
  readonly leaseSeconds: number;
  readonly expiresAt: number;
}

export type Standing =
  | { readonly kind: 'begun' }
  | { readonly kind: 'done'; readonly object: string }
  | { readonly kind: 'in-flight' }
  | { readonly kind: 'different' };

export function makeIdempotencyStore(catalogue: Catalogue) {
  async function begin(attempt: Attempt): Promise<Standing> {
    const { hash, fingerprint, nowSeconds, expiresAt } = attempt;
    const key = catalogueKey.idempotency(hash);
    const begun = await catalogue.putWhen(
      { ...key, fingerprint, object: null, leaseUntil: nowSeconds + attempt.leaseSeconds, expiresAt },
      {
        text: 'attribute_not_exists(pk) OR expiresAt <= :now OR (#o = :none AND leaseUntil <= :now AND fingerprint = :f)',
        names: { '#o': 'object' },
        values: { ':now': nowSeconds, ':none': null, ':f': fingerprint },
      },
    );
    if (begun) return { kind: 'begun' };
    const item = await catalogue.get(key);
    if (item === null) return { kind: 'in-flight' };
    if (item['fingerprint'] !== fingerprint) return { kind: 'different' };
    const object = item['object'];
    return typeof object === 'string' ? { kind: 'done', object } : { kind: 'in-flight' };
  }

  async function finish(hash: string, object: string): Promise<void> {
    await catalogue.change(catalogueKey.idempotency(hash), { set: { object } });
  }

  /** Nothing was done: the same key may be used again. */
  async function abandon(hash: string): Promise<void> {
    await catalogue.remove(catalogueKey.idempotency(hash));
  }

  return { begin, finish, abandon };
}
