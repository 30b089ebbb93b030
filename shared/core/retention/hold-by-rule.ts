// A hotspot (Archiefbesluit art. 5, 1e: what is exempted from destruction): a hold by rule, on a theme (results of the selection list), a
// period, or a theme within a period. It covers what comes later too. What is not known is covered.
import type { Bundle } from '#core/model/bundle.ts';
import type { Case } from '#core/model/case.ts';
import type { HoldScope } from '#core/model/hold.ts';

export function isByRule({ period, selections }: HoldScope): boolean {
  return period !== undefined || (selections?.length ?? 0) > 0;
}

/** `6` is all of process type 6, `6.1` that result and the specific ones under it. */
function isOfTheme(selection: string | null, themes: readonly string[]): boolean {
  return selection !== null && themes.some((theme) => selection === theme || selection.startsWith(`${theme}.`));
}

export function coversByRule(scope: HoldScope, bundle: Pick<Bundle, 'caseIds' | 'period'>, cases: ReadonlyMap<string, Pick<Case, 'selection'>>): boolean {
  if (!isByRule(scope)) return false;
  const { period, selections = [] } = scope;
  const inPeriod =
    period === undefined || bundle.period === null || (bundle.period.first.slice(0, 10) <= period.until && bundle.period.last.slice(0, 10) >= period.from);
  const ofTheme = selections.length === 0 || bundle.caseIds.some((id) => isOfTheme(cases.get(id)?.selection ?? null, selections));
  return inPeriod && ofTheme;
}
