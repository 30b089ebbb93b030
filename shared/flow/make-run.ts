// One run of a saved search. Nothing is seen of it before its last write; what breaks off is taken away by the night.
//
//   making entry → run, making → record → hits beside each bundle → heads read again → run, done → head of the search → entry gone
//
// A bundle that left `indexed` before the heads were read again may have been emptied before its hits were written: they are taken out
// here. One that leaves later is emptied later, hits and all.
import type { Acting } from '#core/audit/audited.ts';
import { type BundleState, bundleStates } from '#core/model/bundle.ts';
import type { BundleId, SearchId } from '#core/model/id.ts';
import { ok, type Result } from '#core/model/result.ts';
import type { RunBundle, RunSummary, SearchQuestion, Watermark } from '#core/model/saved-search.ts';
import type { Instant } from '#core/model/time.ts';
import { type Frozen, freezeHits } from '#core/search/frozen-hits.ts';
import { parseQuery } from '#core/search/parse-query.ts';
import { queryLine } from '#core/search/query-line.ts';
import { boundariesVersion } from '#core/text/drawer-boundaries.ts';
import { tokenizerVersion } from '#core/text/tokenize.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { ArchiveState } from '#store/index/index-store.ts';
import { packFound, type SavedSearchStore } from '#store/saved-search-store.ts';
import { acted } from './acted.ts';
import type { NeedsAudit } from './needs.ts';
import type { SearchFound, SearchMessages } from './search-messages.ts';

export interface NeedsRun extends NeedsAudit {
  readonly savedSearches: SavedSearchStore;
  readonly bundles: Pick<BundleStore, 'sights' | 'countByState'>;
  readonly searchMessages: SearchMessages;
}

/** What a search found, ready to be kept. Nothing is written yet, so that a query that cannot be answered leaves nothing. */
export interface Answered {
  readonly parsed: string;
  readonly frozen: Frozen;
  readonly indexedAt: ReadonlyMap<string, Instant>;
  readonly watermark: Watermark;
}

export async function watermarkOf(bundles: Pick<BundleStore, 'countByState'>, { epoch, words }: ArchiveState): Promise<Watermark> {
  const counts = await Promise.all(bundleStates.map(async (state) => [state, await bundles.countByState(state)] as const));
  const byState = Object.fromEntries(counts) as Record<BundleState, number>;
  return { epoch, words, tokenizer: tokenizerVersion, boundaries: boundariesVersion, bundles: byState };
}

export async function answerQuestion(needs: Pick<NeedsRun, 'bundles' | 'searchMessages'>, question: SearchQuestion): Promise<Result<Answered>> {
  const parsed = parseQuery(question.query);
  if (!parsed.ok) return parsed;
  let all: SearchFound | undefined;
  const answer = await needs.searchMessages({ ...question, limit: 1 }, { kind: 'all' }, (found) => {
    all = found;
  });
  if (!answer.ok) return answer;
  if (all === undefined) throw new Error('a search answered without saying what it found');
  const { query, found, shown, state } = all;
  return ok({
    parsed: queryLine(parsed.value),
    frozen: freezeHits(query, found),
    indexedAt: new Map([...shown].map(([id, sight]) => [id, sight.indexedAt as Instant])),
    watermark: await watermarkOf(needs.bundles, state),
  });
}

/** The run as it stands; null: it took so long that it was given up meanwhile. */
export async function keepRun(
  needs: NeedsRun,
  acting: Acting,
  action: 'search.save' | 'search.run',
  id: SearchId,
  { parsed, frozen, indexedAt, watermark }: Answered,
): Promise<RunSummary | null> {
  const { savedSearches } = needs;
  const at = needs.clock.now();
  const n = await savedSearches.beginRun(id, at);
  const packed = frozen.bundles.map(({ id: bundleId, kept }) => packFound(bundleId, kept));
  const bundles = frozen.bundles.map(({ id: bundleId, hits, inAttachments }, i): RunBundle => {
    const since = indexedAt.get(bundleId);
    if (since === undefined) throw new Error('a bundle was found that takes no part');
    return { id: bundleId as BundleId, indexedAt: since, hits, inAttachments, pages: packed[i]?.pages.length ?? 0 };
  });
  if (!(await savedSearches.putRecord(id, n, { parsed, watermark, leaves: frozen.leaves, bundles }))) {
    await savedSearches.removeDropped(id, n, false);
    return null;
  }
  await savedSearches.putFound(id, n, packed);
  const standing = new Map((await needs.bundles.sights(bundles.map(({ id: bundleId }) => bundleId))).map((sight) => [sight.id, sight.state]));
  await savedSearches.removeFound(
    id,
    n,
    bundles.filter(({ id: bundleId }) => standing.get(bundleId) !== 'indexed'),
  );
  const { total, inAttachments, conversations } = frozen;
  const summary: RunSummary = { n, at, by: acting.subject, total, inAttachments, conversations, bundles: bundles.filter(({ hits }) => hits > 0).length };
  const event = acted(needs, acting, action, id, { run: n, total });
  if (!(await savedSearches.finishRun(id, summary, event))) {
    await savedSearches.removeFound(id, n, bundles);
    return null;
  }
  if (action === 'search.run') await savedSearches.showLast(id, summary);
  else if (!(await savedSearches.open(id, summary))) return null;
  await needs.audit.append(event);
  await savedSearches.endMaking(id, n);
  return summary;
}
