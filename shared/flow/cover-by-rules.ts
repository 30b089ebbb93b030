// Brings a bundle that has just become visible under the hotspots that cover it, so that its objects are locked as well. The rule itself
// blocks destruction all the while (other-holds.ts). Safe to repeat.
import type { Bundle } from '#core/model/bundle.ts';
import { coversByRule } from '#core/retention/hold-by-rule.ts';
import type { CaseStore } from '#store/case-store.ts';
import type { PendingStore } from '#store/pending-store.ts';
import { freeBundle, type HoldIntent, holdBundle, type NeedsHoldBundle } from './apply-hold.ts';

export interface NeedsRules extends NeedsHoldBundle {
  readonly cases: Pick<CaseStore, 'getMany'>;
  readonly pending: Pick<PendingStore, 'each' | 'get'>;
}

export async function coverByRules(needs: NeedsRules, bundle: Bundle): Promise<void> {
  const rules: HoldIntent['hold'][] = [];
  for await (const { facts } of needs.pending.each<HoldIntent>('hotspot')) rules.push(facts.hold);
  if (rules.length === 0) return;
  const cases = new Map((await needs.cases.getMany(bundle.caseIds)).map((one) => [one.id as string, one]));
  for (const rule of rules) {
    if (bundle.holds.includes(rule.id) || !coversByRule(rule.scope, bundle, cases)) continue;
    await holdBundle(needs, rule, bundle.id);
    // A release takes the rule away before it looks for bundles: gone now, it may have looked before we came.
    if ((await needs.pending.get('hotspot', rule.id)) === null) await freeBundle(needs, rule, bundle.id);
  }
}
