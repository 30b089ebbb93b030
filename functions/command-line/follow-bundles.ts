// Waits until the archive has read what was sent. Bundles are read in the order in which they came: only the oldest are asked about.
import { setTimeout as sleep } from 'node:timers/promises';
import { SeenBundle } from './answers.ts';
import type { Archive } from './archive.ts';

/** States that pass by themselves. */
const passing: ReadonlySet<string> = new Set(['awaiting-upload', 'received', 'ingesting', 'destroying']);

const askedAtOnce = 12;
const shortestMs = 300;
const longestMs = 5000;

export interface Follower {
  readonly add: (bundleId: string) => void;
  /** Nothing more will be added; gives the ids that were not ready in time. */
  readonly finish: () => Promise<readonly string[]>;
}

export function followBundles(archive: Archive, waitMs: number, onReady: (bundle: SeenBundle) => void): Follower {
  const waiting: string[] = [];
  let finishing = false;
  /** The wait counts from the last file that was sent. */
  let until = Number.POSITIVE_INFINITY;

  async function follow(): Promise<readonly string[]> {
    let pause = shortestMs;
    while (!(finishing && waiting.length === 0) && performance.now() < until) {
      const oldest = waiting.slice(0, askedAtOnce);
      const bundles = await Promise.all(oldest.map((id) => archive.get(SeenBundle, `/v1/bundles/${id}`)));
      const ready = bundles.filter(({ state }) => !passing.has(state));
      for (const bundle of ready) {
        waiting.splice(waiting.indexOf(bundle.id), 1);
        onReady(bundle);
      }
      // Those that take long make room for the ones behind them.
      if (ready.length === 0) waiting.push(...waiting.splice(0, oldest.length));
      pause = ready.length > 0 ? shortestMs : Math.min(longestMs, pause * 1.5);
      if (!(finishing && waiting.length === 0)) await sleep(pause, undefined, { signal: archive.signal });
    }
    return waiting;
  }

  const following = follow();
  // Whoever finishes sees the failure.
  following.catch(() => undefined);
  return {
    add: (bundleId) => void waiting.push(bundleId),
    finish: () => {
      finishing = true;
      until = performance.now() + waitMs;
      return following;
    },
  };
}
