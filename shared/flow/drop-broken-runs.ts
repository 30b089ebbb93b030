// Each night: runs of saved searches that broke off are taken away; what was done and not tidied is tidied. Nobody has seen what is dropped.
import type { SavedSearchStore } from '#store/saved-search-store.ts';
import { settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsDropRuns extends Pick<NeedsAudit, 'audit' | 'clock'> {
  readonly savedSearches: SavedSearchStore;
}

/** Longer than any request can take. */
const brokenAfterMs = 60 * 60 * 1000;

export async function dropBrokenRuns({ savedSearches, audit, clock }: NeedsDropRuns): Promise<{ readonly searchRunsDropped: number }> {
  let searchRunsDropped = 0;
  for (const { id, n, since } of await savedSearches.making()) {
    if (clock.epochMs() - Date.parse(since) < brokenAfterMs) continue;
    const run = await savedSearches.getRun(id, n);
    const head = await savedSearches.get(id);
    if (run?.state === 'done' && run.summary !== undefined && head?.last != null) {
      await settle({ audit }, run);
      await savedSearches.showLast(id, run.summary);
    } else {
      // A search whose first run was not seen was never answered for: it goes as a whole.
      const whole = head?.last == null && (head === null || (await savedSearches.dropSearch(id)));
      if (!whole && run !== null && !(await savedSearches.dropRun(id, n))) continue;
      await savedSearches.removeDropped(id, n, whole);
      searchRunsDropped++;
    }
    await savedSearches.endMaking(id, n);
  }
  return { searchRunsDropped };
}
