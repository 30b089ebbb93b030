// A search: every match and no other, in at most three round trips.
//
//   1  drawers of all words, at every level in use            (for NIET, zaak:, datum: alone: the list of indexed bundles too)
//   2  the archive's state, heads of bundles and segments that are not remembered, columns where single records must be told apart
//   3  the blocks that hold the page, and titles
//
// A bundle is in the answer whole or not at all: heads are read after the drawers, and a deletion raises the epoch before it
// begins. When something moved meanwhile (new epoch, new level, a bundle indexed just now, a block gone), the search starts again.
import { no, ok, type Result } from '#core/model/result.ts';
import { andBits, countBits, isEmpty, noBits } from '#core/search/bits.ts';
import { decodeRecord } from '#core/search/block-codec.ts';
import { countExpansions, countFacets, type Expansion, type FacetCount, type FoundSegment } from '#core/search/count-answer.ts';
import {
  candidatesOf,
  cardsBySegment,
  checkExpansions,
  drawersToOpen,
  evaluate,
  evaluateFilters,
  everyTime,
  needsColumns,
  type SegmentView,
} from '#core/search/evaluate.ts';
import { explainMatch } from '#core/search/match-record.ts';
import { type MessageItem, toMessageItem } from '#core/search/message-item.ts';
import { type BlockOfMatches, blocksOfPage, cursorText, keysOfPage } from '#core/search/page.ts';
import { leavesOf } from '#core/search/query.ts';
import { type FacetKind, mayShow, type Question, type SearchRequest, type SearchScope, toQuestion } from '#core/search/question.ts';
import { type FiledRecord, localNumber, segmentPlaceOf } from '#core/search/segment.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import {
  type BundleSight,
  makeSearchCache,
  rememberColumns,
  rememberHead,
  rememberSight,
  rememberTitle,
  type SearchCache,
  startEpoch,
} from './search-cache.ts';

export interface SearchHit {
  readonly message: MessageItem;
  readonly conversation: { readonly bundleId: string; readonly n: number; readonly title: string | null };
  readonly caseIds: readonly string[];
  readonly highlights: readonly (readonly [start: number, end: number])[];
  readonly matched: readonly string[];
}

export interface SearchAnswer {
  readonly total: number;
  readonly items: readonly SearchHit[];
  readonly expansions: readonly Expansion[];
  readonly facets?: Partial<Record<FacetKind, readonly FacetCount[]>>;
  readonly next: string | null;
}

export interface SearchNeeds {
  readonly index: IndexStore;
  /** Heads that exist, read consistently. */
  readonly bundleHeads: (ids: readonly string[]) => Promise<readonly BundleSight[]>;
  /** Every bundle that is indexed, with its segments. May lag; heads decide. */
  readonly indexedBundles: () => Promise<readonly { readonly id: string; readonly segments: readonly { readonly id: string }[] }[]>;
  readonly epochMs: () => number;
  /** What a search did, for figures. */
  readonly onTrip?: (trip: string, requests: number) => void;
}

export type SearchMessages = (request: SearchRequest, scope: SearchScope) => Promise<Result<SearchAnswer>>;

/** A bundle indexed since this long before the search began may have been half there when the drawers were read. */
const freshMs = 60_000;
const mostPasses = 6;

export function makeSearchMessages(needs: SearchNeeds): SearchMessages {
  const { index } = needs;
  const cache = makeSearchCache();
  const trip = (name: string, requests: number) => needs.onTrip?.(name, requests);

  async function readState(): Promise<void> {
    const { epoch, levels } = await index.readState();
    trip('state', 1);
    startEpoch(cache, epoch, levels);
  }

  /**
   * One pass. `again`: something moved while it ran. `fresh`: bundles were indexed just now, their drawers must be read once more; they
   * are `seen`. `settled`: the pass before ended so, and what is fresh and was not seen then came in after the search began.
   */
  async function pass(question: Question, seen: Set<string>, settled: boolean): Promise<Result<SearchAnswer> | 'again' | 'fresh'> {
    const { query, filters, facets } = question;
    if (cache.epoch === null) await readState();
    const { epoch, levels } = cache;
    cache.turn += 1;
    const { turn } = cache;

    // 1: drawers
    const requests = drawersToOpen(query, levels);
    if (!requests.ok) return requests;
    const everyBundle = candidatesOf(query, new Map()) === 'any';
    const [listed, ...contents] = await Promise.all([
      everyBundle ? needs.indexedBundles() : [],
      ...requests.value.map(({ level, drawer, positions }) => index.queryDrawer(level, drawer, { positions })),
    ]);
    trip('drawers', contents.length + (everyBundle ? 1 : 0));
    const bySegment = cardsBySegment(
      query,
      requests.value.map((request, i) => [request, contents[i] ?? []] as const),
    );
    const expansions = checkExpansions(query, bySegment);
    if (!expansions.ok) return expansions;
    const candidates = candidatesOf(query, bySegment);
    // Segments without a candidate still count for the expansions: a word's count does not depend on the words beside it.
    const touched = new Set([...(candidates === 'any' ? listed.flatMap(({ segments }) => segments.map(({ id }) => id)) : candidates), ...bySegment.keys()]);
    const segmentIds = [...touched].filter((id) => {
      const sight = cache.sights.get(segmentPlaceOf(id).bundleId);
      return sight === undefined ? (question.bundleFilter.bundleIds?.has(segmentPlaceOf(id).bundleId) ?? true) : mayShow(question, sight);
    });

    // 2: state, heads, columns
    const bundleIds = [...new Set(segmentIds.map((id) => segmentPlaceOf(id).bundleId))];
    const wantColumns = facets.includes('month') || facets.includes('sender');
    const mayWantColumns =
      wantColumns ||
      filters.senders.length > 0 ||
      filters.from > everyTime.from ||
      filters.to < everyTime.to ||
      leavesOf(query).some(({ leaf }) => leaf.on === 'sender' || leaf.on === 'date');
    const wantTitles = leavesOf(query).some(({ leaf }) => leaf.on === 'title');
    const known = await readMissing(cache, {
      sights: bundleIds,
      heads: segmentIds,
      columns: mayWantColumns ? segmentIds.filter((id) => needsThese(id, wantColumns)) : [],
      titles: wantTitles ? [...new Set(segmentIds.map(conversationOf))] : [],
      state: true,
    });
    trip('heads', known.requests);
    if (known.epoch !== epoch || known.levels.join() !== levels.join()) {
      startEpoch(cache, known.epoch, known.levels);
      return 'again';
    }
    const mayRemember = cache.epoch === epoch;
    const shown = new Map<string, BundleSight>();
    let anyFresh = false;
    for (const id of bundleIds) {
      const remembered = cache.sights.get(id);
      const sight = remembered ?? known.sights.get(id);
      if (sight === undefined || sight.state !== 'indexed' || sight.indexedAt === null) continue;
      // Remembered by another search since this pass began: its drawers may have been half there when this pass read them.
      if ((remembered === undefined || remembered.seenIn >= turn) && !seen.has(id)) {
        const fresh = Date.parse(sight.indexedAt) > question.startedMs - freshMs;
        if (fresh && settled) continue;
        if (fresh) seen.add(id);
        anyFresh ||= fresh;
      }
      if (remembered === undefined && mayRemember) rememberSight(cache, sight);
      if (mayShow(question, sight)) shown.set(id, sight);
    }
    if (anyFresh) return 'fresh';

    const found: FoundSegment[] = [];
    for (const segmentId of segmentIds) {
      const { bundleId } = segmentPlaceOf(segmentId);
      const sight = shown.get(bundleId);
      if (sight === undefined) continue;
      const head = cache.heads.get(segmentId) ?? known.heads.get(segmentId);
      if (head === undefined) return lost();
      if (question.bundleFilter.platforms !== null && !question.bundleFilter.platforms.has(head.platform)) continue;
      const columns = cache.columns.get(segmentId) ?? known.columns.get(segmentId) ?? null;
      if (columns === null && (wantColumns || needsColumns(query, filters, head))) return lost();
      const titleKey = conversationOf(segmentId);
      const title = cache.titles.get(titleKey) ?? known.titles.get(titleKey) ?? null;
      const view: SegmentView = { head, phrases: new Map(), cards: bySegment.get(segmentId) ?? new Map(), columns, title, caseIds: sight.caseIds };
      const isFiltered = filters.senders.length > 0 || filters.from > everyTime.from || filters.to < everyTime.to;
      const filterBits = isFiltered ? evaluateFilters(filters, view) : null;
      const matching = candidates === 'any' || candidates.has(segmentId) ? evaluate(query, view) : noBits(head.count);
      found.push({ head, view, filterBits, bits: filterBits === null ? matching : andBits(matching, filterBits), times: columns?.times ?? null });
      if (mayRemember) {
        rememberHead(cache, head);
        if (columns !== null) rememberColumns(cache, segmentId, columns);
        if (wantTitles) rememberTitle(cache, titleKey, title);
      }
    }

    // 3: blocks and titles
    const holding = found.filter(({ bits }) => !isEmpty(bits));
    const page = await readPage(question, holding, mayRemember);
    if (page === 'gone') return lost();
    const counted = facets.length === 0 ? null : countFacets(facets, holding, shown, page.titles);
    return ok({
      total: holding.reduce((sum, { bits }) => sum + countBits(bits), 0),
      items: page.items.map(({ key, record }) => ({
        message: toMessageItem(key.bundleId, key.n, key.ordinal, record),
        conversation: { bundleId: key.bundleId, n: key.n, title: page.titles.get(`${key.bundleId}/${key.n}`) ?? null },
        caseIds: shown.get(key.bundleId)?.caseIds ?? [],
        ...explainMatch(query, record),
      })),
      expansions: countExpansions(query, found),
      ...(counted === null ? {} : { facets: counted }),
      next: page.next === null ? null : Buffer.from(cursorText(question.digest, page.next), 'utf8').toString('base64url'),
    });

    function needsThese(segmentId: string, always: boolean): boolean {
      const head = cache.heads.get(segmentId);
      return always || head === undefined || needsColumns(query, filters, head);
    }
  }

  /** Something of a bundle that was indexed is not there: it is being destroyed. Nothing remembered can be trusted. */
  function lost(): 'again' {
    cache.epoch = null;
    return 'again';
  }

  interface Wanted {
    readonly sights: readonly string[];
    readonly heads: readonly string[];
    readonly columns: readonly string[];
    readonly titles: readonly string[];
    readonly state: boolean;
  }

  /** Reads at once what is not remembered. */
  async function readMissing(from: SearchCache, wanted: Wanted) {
    const missing = (ids: readonly string[], there: ReadonlyMap<string, unknown>) => ids.filter((id) => !there.has(id));
    const sightIds = missing(wanted.sights, from.sights);
    const headIds = missing(wanted.heads, from.heads);
    const columnIds = missing(wanted.columns, from.columns);
    const titleIds = missing(wanted.titles, from.titles);
    const [state, sights, heads, columns, titles] = await Promise.all([
      wanted.state ? index.readState() : { epoch: 0, levels: [] },
      sightIds.length === 0 ? [] : needs.bundleHeads(sightIds),
      headIds.length === 0 ? new Map() : index.readSegmentHeads(headIds),
      columnIds.length === 0 ? new Map() : index.readSegmentColumns(columnIds),
      titleIds.length === 0 ? new Map() : index.getConversations(titleIds.map(toConversation)),
    ]);
    const requests = [wanted.state ? 1 : 0, ...[sightIds, headIds, columnIds, titleIds].map((ids) => Math.ceil(ids.length / 100))];
    return {
      ...state,
      requests: requests.reduce((a, b) => a + b),
      sights: new Map(sights.map((sight) => [sight.id, sight])),
      heads: heads as Awaited<ReturnType<IndexStore['readSegmentHeads']>>,
      columns: columns as Awaited<ReturnType<IndexStore['readSegmentColumns']>>,
      titles: new Map([...(titles as Awaited<ReturnType<IndexStore['getConversations']>>)].map(([key, { title }]) => [key, title])),
    };
  }

  async function readPage(question: Question, holding: readonly FoundSegment[], mayRemember: boolean) {
    const { order, after, limit } = question;
    let blocks = blocksOfPage(holding, order, after, limit + 1);
    const timeInColumns = (place: BlockOfMatches, record: number) => place.matches.times?.[record] ?? 0;
    let keys = blocks.every(({ matches }) => matches.times !== null) ? keysOfPage(blocks, order, after, limit + 1, timeInColumns) : null;
    if (keys !== null) blocks = [...new Map(keys.slice(0, limit).map(({ place }) => [blockKey(place), place])).values()];
    const wantEveryTitle = question.facets.includes('conversation');
    const titleKeys = [
      ...new Set((wantEveryTitle ? holding.map(({ head }) => head) : blocks.map(({ matches }) => matches.head)).map(({ id }) => conversationOf(id))),
    ];
    const [rows, read] = await Promise.all([
      blocks.length === 0
        ? new Map<string, readonly string[]>()
        : index.readSegmentBlocks(
            blocks.map(({ matches, block }) => ({ segmentId: matches.head.id, block, pages: matches.head.longBlocks[String(block)] ?? 1 })),
          ),
      readMissing(cache, { sights: [], heads: [], columns: [], titles: titleKeys, state: false }),
    ]);
    if (blocks.length + read.requests > 0) trip('page', Math.ceil(blocks.length / 100) + read.requests);
    if (rows.size < blocks.length) return 'gone';
    const records = new Map<string, FiledRecord>();
    const recordAt = ({ matches, block }: BlockOfMatches, record: number): FiledRecord => {
      const key = `${matches.head.id}/${record}`;
      const known = records.get(key);
      if (known !== undefined) return known;
      const row = rows.get(`${matches.head.id}/${block}`)?.[record - (matches.head.blockStarts[block] ?? 0)];
      if (row === undefined) throw new Error('a block holds fewer records than its segment says');
      const decoded = decodeRecord(row);
      records.set(key, decoded);
      return decoded;
    };
    keys ??= keysOfPage(blocks, order, after, limit + 1, (place, record) => localNumber(recordAt(place, record).local));
    const items = keys.slice(0, limit).map((key) => ({ key, record: recordAt(key.place, key.ordinal - key.place.matches.head.base) }));
    const titles = new Map(titleKeys.map((key) => [key, cache.titles.get(key) ?? read.titles.get(key) ?? null]));
    if (mayRemember) for (const [key, title] of titles) rememberTitle(cache, key, title);
    return { items, titles, next: keys.length > limit ? (items.at(-1)?.key ?? null) : null };
  }

  return async (request, scope) => {
    const question = toQuestion(request, cursorOf(request.next ?? null), scope, needs.epochMs());
    if (!question.ok) return question;
    const seen = new Set<string>();
    let settled = false;
    for (let passes = 0; passes < mostPasses; passes++) {
      const answer = await pass(question.value, seen, settled);
      if (answer !== 'again' && answer !== 'fresh') return answer;
      settled = answer === 'fresh';
    }
    return no('unavailable');
  };
}

/** Anything that is no base64 is no cursor either: an empty text, which none is. */
function cursorOf(next: string | null): string | null {
  if (next === null) return null;
  return /^[A-Za-z0-9_-]+$/.test(next) ? Buffer.from(next, 'base64url').toString('utf8') : '';
}

function blockKey({ matches, block }: BlockOfMatches): string {
  return `${matches.head.id}/${block}`;
}

function conversationOf(segmentId: string): string {
  const { bundleId, n } = segmentPlaceOf(segmentId);
  return `${bundleId}/${n}`;
}

function toConversation(key: string): { readonly bundleId: string; readonly n: number } {
  const [bundleId = '', n = ''] = key.split('/');
  return { bundleId, n: Number(n) };
}
