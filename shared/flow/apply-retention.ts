// A case has changed: it comes on the work list or leaves it, and its bundles get their date anew. Run again, it changes nothing; broken off, it is begun again (pending entry).
import type { Acting } from '#core/audit/audited.ts';
import type { CaseId } from '#core/model/id.ts';
import { reasonsForWork } from '#core/retention/reasons-for-work.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CaseStore } from '#store/case-store.ts';
import type { Item } from '#store/catalogue.ts';
import type { PendingStore } from '#store/pending-store.ts';
import { type NeedsRederive, rederiveBundle } from './rederive-bundle.ts';

export interface NeedsApplyRetention extends NeedsRederive {
  readonly bundles: Pick<BundleStore, 'get' | 'patch' | 'linksOfCase'>;
  readonly cases: NeedsRederive['cases'] & Pick<CaseStore, 'fileWork'>;
  readonly pending: Pick<PendingStore, 'get' | 'end'>;
}

const pageSize = 100;

/** `pages`: how many pages of 100 bundles to do at most; 'more' when some are left, and the entry stays. */
export async function applyRetention(needs: NeedsApplyRetention, acting: Acting, caseId: CaseId, pages = Number.POSITIVE_INFINITY): Promise<'done' | 'more'> {
  const entry = await needs.pending.get('case', caseId);
  for (const one of await needs.cases.getMany([caseId])) await needs.cases.fileWork(caseId, reasonsForWork(one));
  let next: Item | null = null;
  for (let page = 0; page < pages; page++) {
    const links = await needs.bundles.linksOfCase(caseId, pageSize, next);
    for (const bundleId of links.items) await rederiveBundle(needs, acting, bundleId);
    next = links.next;
    if (next === null) {
      if (entry !== null) await needs.pending.end('case', caseId, entry.since);
      return 'done';
    }
  }
  return 'more';
}
