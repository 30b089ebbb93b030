// The words of the archive counted anew from the term lists of its segments, as the dictionary's snapshot must hold them:
//
//   no mark     a segment of a bundle that is indexed, or on its way out      in it
//   added       a merge will put it in                                       not in it
//   removed     a merge will take it out                                     in it, from the copy of its words
//   both        a merge will drop both marks                                 not in it
import { addChanges, type TermCounts } from '#core/search/dictionary.ts';
import type { Item, Page } from '#store/catalogue.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import type { BundleSight } from './search-cache.ts';

export interface NeedsRebuild {
  readonly index: Pick<IndexStore, 'dictionary' | 'listSegments'>;
  readonly bundles: {
    readonly sights: (ids: readonly string[]) => Promise<readonly BundleSight[]>;
    readonly listByState: (state: 'indexed' | 'destroying', limit: number, next: Item | null) => Promise<Page<{ readonly id: string }>>;
  };
}

const bundlesAtOnce = 500;

export async function countAnew(needs: NeedsRebuild): Promise<Map<string, TermCounts>> {
  const { dictionary, listSegments } = needs.index;
  // Bundles first: whatever is filed for one that is seen here has its mark by the time that marks are read.
  const bundleIds = await bundlesWithWords(needs);
  const segmentIds = new Set((await dictionary.readChanges()).removed);
  for (const bundleId of bundleIds) for (const { id } of await listSegments(bundleId)) segmentIds.add(id);
  const counts = new Map<string, TermCounts>();
  for (const id of segmentIds) addChanges(counts, await dictionary.readWordsHeld(id), 1);
  return counts;
}

/** Bundles that were indexed and are not destroyed. A list by state may lag; heads decide. First those that are in, then those on their way out. */
async function bundlesWithWords({ bundles }: NeedsRebuild): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const state of ['indexed', 'destroying'] as const) {
    let next: Item | null = null;
    do {
      const page: Page<{ readonly id: string }> = await bundles.listByState(state, bundlesAtOnce, next);
      ids.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next !== null);
  }
  const sights = await bundles.sights([...new Set(ids)]);
  return sights.filter(({ state }) => state === 'indexed' || state === 'destroying').map(({ id }) => id);
}
