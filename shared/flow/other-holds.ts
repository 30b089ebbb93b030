// Holds that are not (yet) on a bundle's own head: those on its cases, those in the making that name it or one of its cases, and hotspots,
// whose rule stands as an entry for as long as they do.
import type { Bundle } from '#core/model/bundle.ts';
import type { Case } from '#core/model/case.ts';
import type { HoldId } from '#core/model/id.ts';
import { coversByRule } from '#core/retention/hold-by-rule.ts';
import type { PendingStore } from '#store/pending-store.ts';
import type { HoldIntent } from './apply-hold.ts';

export type Intents = readonly HoldIntent['hold'][];

/** Read consistently: an intent that was stored before this is in it. */
export async function holdsInTheMaking(pending: Pick<PendingStore, 'each'>): Promise<Intents> {
  const found: HoldIntent['hold'][] = [];
  for (const kind of ['hold', 'hotspot'] as const) for await (const { facts } of pending.each<HoldIntent>(kind)) found.push(facts.hold);
  return found;
}

export function otherHolds(bundle: Pick<Bundle, 'id' | 'caseIds' | 'period'>, cases: ReadonlyMap<string, Case>, intents: Intents): HoldId[] {
  return [
    ...bundle.caseIds.flatMap((id) => cases.get(id)?.holds ?? []),
    ...intents
      .filter(
        ({ scope }) =>
          scope.bundleIds?.includes(bundle.id) === true ||
          scope.caseIds?.some((id) => bundle.caseIds.includes(id)) === true ||
          coversByRule(scope, bundle, cases),
      )
      .map(({ id }) => id),
  ];
}
