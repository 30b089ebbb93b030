// Derives the retention of bundles again from their cases as they stand now. A case that cannot be found leaves the bundle not due.
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { Case } from '#core/model/case.ts';
import { caseNotFound, type DerivedRetention, deriveBundle, sameRetention } from '#core/retention/derive-bundle-retention.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CaseStore } from '#store/case-store.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsRederive extends NeedsAudit {
  readonly bundles: Pick<BundleStore, 'get' | 'patch'>;
  readonly cases: Pick<CaseStore, 'getMany'>;
}

export function derivedFrom(bundle: Pick<Bundle, 'ownRetention' | 'caseIds'>, cases: ReadonlyMap<string, Case>): DerivedRetention {
  return deriveBundle(
    bundle.ownRetention,
    bundle.caseIds.map((id) => cases.get(id) ?? caseNotFound(id)),
  );
}

/** Stores the outcome when it differs; true when it was changed. Nothing happens once destruction has begun. */
export async function rederiveBundle(needs: NeedsRederive, acting: Acting, bundleId: string): Promise<boolean> {
  for (;;) {
    const head = await needs.bundles.get(bundleId);
    if (head === null || head.state === 'destroying' || head.state === 'destroyed') return false;
    const cases = await needs.cases.getMany(head.caseIds);
    const { retention } = derivedFrom(head, new Map(cases.map((one) => [one.id, one])));
    await settle(needs, head);
    if (sameRetention(retention, head.retention)) return false;
    const facts = { nomination: retention.nomination, actionDate: retention.actionDate ?? 'none', before: head.retention.actionDate ?? 'none' };
    const pendingEvent = acted(needs, acting, 'bundle.retention', bundleId, facts);
    const patched = await needs.bundles.patch(bundleId, head.rev, needs.clock.today(), { retention, pendingEvent });
    if (patched === null) continue;
    await settle(needs, patched);
    return true;
  }
}
