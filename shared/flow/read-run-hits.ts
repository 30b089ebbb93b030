// A page of the hits that a run kept: the records themselves, read from the archive as it is now. Heads are read again at the end: a bundle
// that is being destroyed meanwhile is shown whole or not at all.
import type { BundleId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { SearchQuestion } from '#core/model/saved-search.ts';
import { allSegments, conversationNumber } from '#core/search/attachment-shelf.ts';
import { bitsOfHits } from '#core/search/frozen-hits.ts';
import { blocksOfPage, keysOfPage, type Matches, type MatchKey, type SearchOrder } from '#core/search/page.ts';
import type { Query } from '#core/search/query.ts';
import { toQuestion } from '#core/search/question.ts';
import { localNumber, segmentPlaceOf } from '#core/search/segment.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { readPageRecords } from './page-records.ts';
import { hitsOfRun, type NeedsReadRun, type RunHits } from './read-run.ts';
import { type HitSurroundings, type SearchHit, toHit } from './search-hit.ts';

export interface NeedsRunHits extends NeedsReadRun {
  readonly index: Pick<IndexStore, 'readSegmentHeads' | 'readSegmentBlocks' | 'getConversations'>;
}

export interface HitPage {
  readonly items: readonly SearchHit[];
  readonly next: MatchKey | null;
}

export interface HitPageRequest {
  readonly show: 'all' | 'new' | 'gone';
  readonly order: SearchOrder;
  readonly after: MatchKey | null;
  readonly limit: number;
}

const mostTries = 4;

export async function readRunHits(needs: NeedsRunHits, id: string, n: number, request: HitPageRequest): Promise<Result<HitPage>> {
  const head = await needs.savedSearches.get(id);
  if (head === null) return no('not-found');
  for (let tries = 0; tries < mostTries; tries++) {
    const hits = await hitsOfRun(needs, id, n, request.show);
    if (!hits.ok) return hits;
    const page = await readPage(needs, queryOf(head.question), hits.value, request);
    if (page !== 'lost') return ok(page);
  }
  return no('unavailable');
}

/** The words by which a hit is shown. Wide words are tried on the hit itself: no dictionary is needed. */
function queryOf(question: SearchQuestion): Query {
  const asked = toQuestion(question, null, { kind: 'all' }, 0);
  if (!asked.ok) throw new Error('a saved query is no longer understood');
  return asked.value.query;
}

async function readPage({ index, bundles }: NeedsRunHits, query: Query, hits: RunHits, { order, after, limit }: HitPageRequest): Promise<HitPage | 'lost'> {
  const heads = await bundles.getMany([...hits.keys()]);
  const wanted = heads.flatMap((bundle) => allSegments(bundle).filter((segment) => hits.get(bundle.id)?.has(segmentPlaceOf(segment.id).n) === true));
  const segments = await index.readSegmentHeads(wanted.map((segment) => segment.id));
  if (segments.size < wanted.length || heads.length < hits.size) return 'lost';
  const matches = [...segments.values()].map((head): Matches => {
    const ordinals = hits.get(head.bundleId as BundleId)?.get(head.n) ?? [];
    return { head, bits: bitsOfHits(head, ordinals), times: null };
  });
  const blocks = blocksOfPage(matches, order, after, limit + 1);
  const recordAt = await readPageRecords(index, blocks);
  if (recordAt === 'lost') return 'lost';
  const keys = keysOfPage(blocks, order, after, limit + 1, (place, record) => localNumber(recordAt(place, record).local));
  const onPage = keys.slice(0, limit);
  const places = new Map(onPage.map(({ bundleId, n }) => [`${bundleId}/${conversationNumber(n)}`, { bundleId, n: conversationNumber(n) }]));
  const [conversations, sights] = await Promise.all([
    index.getConversations([...places.values()]),
    bundles.sights([...new Set(onPage.map(({ bundleId }) => bundleId))]),
  ]);
  const standing = new Map(sights.map((sight) => [sight.id as string, sight]));
  const indexedAt = new Map(heads.map((bundle) => [bundle.id as string, bundle.indexedAt]));
  const moved = ({ bundleId }: MatchKey) => standing.get(bundleId)?.state !== 'indexed' || standing.get(bundleId)?.indexedAt !== indexedAt.get(bundleId);
  if (onPage.some(moved)) return 'lost';
  const surroundings: HitSurroundings = {
    titleOf: (bundleId, n) => conversations.get(`${bundleId}/${n}`)?.title ?? null,
    caseIdsOf: (bundleId) => standing.get(bundleId)?.caseIds ?? [],
  };
  const items = onPage.map((key) => toHit(query, key, recordAt(key.place, key.ordinal - key.place.matches.head.base), surroundings));
  const last = onPage.at(-1);
  const next = keys.length > limit && last !== undefined ? { time: last.time, bundleId: last.bundleId, n: last.n, ordinal: last.ordinal } : null;
  return { items, next };
}
