// Who reads a bundle now. The lease stands on the head, is short, and is renewed as the work goes on; a second delivery stands back,
// and whoever lost it stops before the next write.
import type { Bundle } from '#core/model/bundle.ts';
import type { BundlePatch, BundleStore } from '#store/bundle-store.ts';
import type { Condition } from '#store/catalogue.ts';
import type { NeedsClock } from './needs.ts';

export const leaseMs = 45_000;
const renewMs = 10_000;

export class LeaseLost extends Error {
  constructor() {
    super('ingest: the lease is lost');
    this.name = 'LeaseLost';
  }
}

export interface NeedsLease extends NeedsClock {
  readonly bundles: Pick<BundleStore, 'get' | 'move'>;
}

export interface Lease {
  readonly attempt: string;
  /** The head as it was when the lease was taken. */
  readonly bundle: Bundle;
  /** Call as the work goes on. Renews when it is time; throws LeaseLost when another has taken over. */
  readonly keep: () => Promise<void>;
  /** Condition under which the head may be written by this attempt. */
  readonly mine: Condition;
  /** Gives the lease back after an accident, so that the next attempt need not wait. */
  readonly giveBack: () => Promise<void>;
}

/** The lease, or when it can be asked for again; null when there is nothing to do in this state. */
export async function takeLease(needs: NeedsLease, bundleId: string, attempt: string): Promise<Lease | { readonly busyUntil: number } | null> {
  const { bundles, clock } = needs;
  const mine: Condition = { text: '#lease.#attempt = :attempt', names: { '#lease': 'lease', '#attempt': 'attempt' }, values: { ':attempt': attempt } };
  const write = (patch: BundlePatch, from: 'any' | 'mine', also: Condition) =>
    bundles.move(bundleId, from === 'any' ? ['received', 'ingesting'] : ['ingesting'], 'ingesting', clock.now(), clock.today(), patch, also);

  let renewedAt = clock.epochMs();
  const free: Condition = {
    text: '#state = :received OR #lease.#until < :now',
    names: { '#lease': 'lease', '#until': 'until' },
    values: { ':received': 'received', ':now': renewedAt },
  };
  const bundle = await write({ lease: { until: renewedAt + leaseMs, attempt } }, 'any', free);
  if (bundle === null) {
    const head = await bundles.get(bundleId);
    return head?.state === 'ingesting' ? { busyUntil: head.lease?.until ?? renewedAt } : null;
  }

  async function keep(): Promise<void> {
    const now = clock.epochMs();
    if (now - renewedAt < renewMs) return;
    renewedAt = now;
    if ((await write({ lease: { until: now + leaseMs, attempt } }, 'mine', mine)) === null) throw new LeaseLost();
  }

  async function giveBack(): Promise<void> {
    await write({ lease: { until: 0, attempt: '' } }, 'mine', mine);
  }

  return { attempt, bundle, keep, mine, giveBack };
}
