// The road of a bundle, as a whole: every allowed move, and what can be reached.
import { describe, expect, it } from 'vitest';
import { type BundleState, bundleMoves, bundleStates } from '#core/model/bundle.ts';

const moves = bundleStates.flatMap((from) => bundleMoves[from].map((to) => `${from} → ${to}`));

function reached(start: BundleState): Set<BundleState> {
  const seen = new Set<BundleState>([start]);
  for (const state of seen) for (const next of bundleMoves[state]) seen.add(next);
  return seen;
}

describe('the road of a bundle', () => {
  it('allows these moves and no others', () => {
    expect(moves).toEqual([
      'awaiting-upload → received',
      'awaiting-upload → refused',
      'received → ingesting',
      'received → refused',
      'ingesting → indexed',
      'ingesting → needs-answer',
      'ingesting → refused',
      'ingesting → ingesting',
      'needs-answer → received',
      'indexed → destroying',
      'destroying → destroyed',
    ]);
  });

  it('reaches every state from its registration', () => {
    expect([...reached('awaiting-upload')].sort()).toEqual([...bundleStates].sort());
  });

  it('knows no way back from destruction, and none to it but from indexed', () => {
    expect([...reached('destroying')].sort()).toEqual(['destroyed', 'destroying']);
    expect(bundleStates.filter((state) => bundleMoves[state].includes('destroying'))).toEqual(['indexed']);
  });
});
