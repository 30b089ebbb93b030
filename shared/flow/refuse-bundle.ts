// A file that cannot be kept: the head says why, then all that came of it is taken away again. Safe to repeat after a crash.
// The file's name stays beside the head: the person must see which file it was.
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle, BundleState, ProblemCode } from '#core/model/bundle.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { Condition } from '#store/catalogue.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import type { IntakeStore } from '#store/intake.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsRefuse extends NeedsAudit {
  readonly bundles: BundleStore;
  readonly intake: Pick<IntakeStore, 'remove' | 'abort'>;
  readonly index: Pick<IndexStore, 'getNames' | 'putNames' | 'listSegments' | 'listConversations' | 'deleteBundleRange'>;
}

export interface Refusal {
  readonly from: readonly BundleState[];
  readonly problem: { readonly code: ProblemCode; readonly evidence?: Readonly<Record<string, string | number>> };
  readonly also?: Condition;
}

/** false when the head stood in another state meanwhile. */
export async function refuseBundle(needs: NeedsRefuse, acting: Acting, bundleId: string, refusal: Refusal): Promise<boolean> {
  const event = acted(needs, acting, 'bundle.refuse', bundleId, { code: refusal.problem.code });
  const patch = { problem: refusal.problem, doubts: [], counts: null, period: null, lease: null, pendingEvent: event };
  const refused = await needs.bundles.move(bundleId, refusal.from, 'refused', needs.clock.now(), needs.clock.today(), patch, refusal.also);
  if (refused === null) return false;
  await clearRefused(needs, refused);
  return true;
}

/** What follows the move, each step repeatable; the upload goes last. */
export async function clearRefused(needs: NeedsRefuse, bundle: Bundle): Promise<void> {
  await settle(needs, bundle);
  await clearIndex(needs, bundle.id);
  await needs.bundles.removeDoubts(bundle.id);
  for (const caseId of bundle.caseIds) await needs.bundles.unlinkCase(caseId, bundle.id);
  await needs.bundles.releaseClaim(bundle.sha256, bundle.id);
  if (bundle.upload.kind === 'multipart') await needs.intake.abort(bundle.id, bundle.upload.uploadId);
  await needs.intake.remove(bundle.id);
}

/** Takes out of the index what an attempt has put there, all but the file's name. */
export async function clearIndex(needs: Pick<NeedsRefuse, 'index'>, bundleId: string): Promise<void> {
  const { index } = needs;
  if ((await index.listSegments(bundleId)).length === 0 && (await index.listConversations(bundleId)).length === 0) return;
  const names = await index.getNames(bundleId);
  await index.deleteBundleRange(bundleId);
  if (names !== null) await index.putNames(bundleId, names);
}
