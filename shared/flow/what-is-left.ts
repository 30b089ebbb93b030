// Reads every store back for one bundle: index ranges, found places of saved searches, vault versions and markers and unfinished uploads, intake
// and its parts, and what the catalogue keeps beside the head. Before a destruction is called done, and whenever somebody asks again.
import type { Bundle } from '#core/model/bundle.ts';
import type { LeftPlace } from '#core/model/destruction-list.ts';
import type { BundleId } from '#core/model/id.ts';
import { allSegments } from '#core/search/attachment-shelf.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CustodianStore } from '#store/custodian-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import type { IntakeStore } from '#store/intake.ts';
import type { SavedSearchStore } from '#store/saved-search-store.ts';
import type { SiftStore } from '#store/sift-store.ts';
import type { VaultStore } from '#store/vault.ts';

export interface NeedsWhatIsLeft {
  readonly bundles: Pick<BundleStore, 'listDoubts' | 'isLinked' | 'claimant'>;
  readonly custodians: Pick<CustodianStore, 'isLinked'>;
  readonly sifts: Pick<SiftStore, 'isAbsent'>;
  readonly index: Pick<IndexStore, 'verifyBundleAbsent'>;
  readonly savedSearches: Pick<SavedSearchStore, 'isBundleAbsent'>;
  readonly vault: Pick<VaultStore, 'countVersions'>;
  readonly intake: Pick<IntakeStore, 'head' | 'listParts'>;
}

export async function whatIsLeft(needs: NeedsWhatIsLeft, bundleId: BundleId, head: Bundle | null): Promise<readonly LeftPlace[]> {
  const left: LeftPlace[] = [];
  if (!(await needs.index.verifyBundleAbsent(bundleId, head === null ? [] : allSegments(head)))) left.push('index');
  if (!(await needs.savedSearches.isBundleAbsent(bundleId))) left.push('index-found');
  if ((await needs.vault.countVersions(bundleId)) > 0) left.push('vault');
  if ((await needs.intake.head(bundleId)) !== null) left.push('intake');
  if (head?.upload.kind === 'multipart' && (await needs.intake.listParts(bundleId, head.upload.uploadId)) !== null) left.push('intake-parts');
  if ((await needs.bundles.listDoubts(bundleId)).items.length > 0) left.push('catalogue-doubts');
  if (!(await needs.sifts.isAbsent(bundleId))) left.push('catalogue-sift');
  for (const caseId of head?.caseIds ?? []) if (await needs.bundles.isLinked(caseId, bundleId)) left.push('catalogue-links');
  if (head?.custodianId != null && (await needs.custodians.isLinked(head.custodianId, bundleId))) left.push('catalogue-custodian');
  if (head !== null && (await needs.bundles.claimant(head.sha256)) === bundleId) left.push('catalogue-claim');
  return left;
}
