// A search: every match and no other, in two round trips when the process is warm, three when it must read heads or is new.
//
//   1  drawers of all words, at every level in use            (for NIET, zaak:, datum: alone: the list of indexed bundles too)
//   2  heads of bundles and segments that are not remembered, columns where single records must be told apart, positions of common
//      words where a phrase may stand; the archive's state
//   3  the blocks that hold the page, and titles              (beside the archive's state when nothing was missing at 2)
//
// A bundle is in the answer whole or not at all: heads are read after the drawers, and a deletion raises the epoch before it
// begins. When something moved meanwhile (new epoch, new level, a bundle indexed just now, a block gone), the search starts again
// (decision 0003).
import type { AttachmentMark } from '#core/model/attachment-text.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { earlierMark } from '#core/search/attachment-shelf.ts';
import { isEmpty } from '#core/search/bits.ts';
import { candidatesOf } from '#core/search/candidates.ts';
import type { FoundSegment } from '#core/search/count-answer.ts';
import { placesToRead } from '#core/search/match-places.ts';
import { cardsBySegment, checkExpansions, drawersToOpen } from '#core/search/open-drawers.ts';
import { type BlockOfMatches, blocksOfPage, keysOfPage } from '#core/search/page.ts';
import { leavesOf, patternOf, type Query } from '#core/search/query.ts';
import { mayShow, type Question, type SearchRequest, type SearchScope, takesConversation, toQuestion } from '#core/search/question.ts';
import { needsDictionary, resolveQuery } from '#core/search/resolve-query.ts';
import { localNumber, type SegmentColumns, type SegmentHead, segmentPlaceOf } from '#core/search/segment.ts';
import { needsColumns } from '#core/search/segment-view.ts';
import { deepestLevel } from '#core/text/drawer.ts';
import type { FiledConversation } from '#store/index/conversation-store.ts';
import type { ArchiveState, IndexStore } from '#store/index/index-store.ts';
import { collapseHits } from './collapse-hits.ts';
import { makeDrawerMemory } from './drawer-memory.ts';
import { conversationOf, findInDrawers, isFiltered, type OpenedDrawers, type Places, wantsColumns } from './find-in-drawers.ts';
import { readPageRecords } from './page-records.ts';
import { type Asked, cursorOf, type Draft, type SearchAnswer, type SearchPage, toAnswer } from './search-answer.ts';
import {
  type BundleSight,
  joinKnown,
  type Known,
  makeSearchCache,
  recall,
  rememberColumns,
  rememberHead,
  rememberSight,
  rememberTitle,
  requestsFor,
  type Sight,
  startEpoch,
  type Wanted,
} from './search-cache.ts';
import { type KeyPerson, makePeople, type People } from './search-people.ts';
import { makeSearchWords } from './search-words.ts';

export interface SearchNeeds {
  readonly index: IndexStore;
  /** Heads that exist, read consistently. */
  readonly bundleHeads: (ids: readonly string[]) => Promise<readonly BundleSight[]>;
  /** Every bundle that is indexed, with its segments. May lag; heads decide. */
  readonly indexedBundles: () => Promise<readonly { readonly id: string; readonly segments: readonly { readonly id: string }[] }[]>;
  /** The register of key people: asked only by a filter or a facet. */
  readonly keyPeople: () => Promise<readonly KeyPerson[]>;
  readonly epochMs: () => number;
  /** What a search did, for figures. */
  readonly onTrip?: (trip: string, requests: number) => void;
}

/** All that a search found, before it is counted and shown page by page. */
export interface SearchFound {
  /** With the words that the dictionary gave. */
  readonly query: Query;
  /** Every bundle that took part. */
  readonly shown: ReadonlyMap<string, BundleSight>;
  /** Every segment with a word that was asked for. */
  readonly found: readonly FoundSegment[];
  /** Those of `found` that hold a match. */
  readonly holding: readonly FoundSegment[];
  readonly state: ArchiveState;
  readonly people: People;
}

/** `take` is given all that the answer counts, once, by the pass that stands. */
export type SearchMessages = (request: SearchRequest, scope: SearchScope, take?: (found: SearchFound) => void) => Promise<Result<SearchAnswer>>;

/** A bundle indexed since this long before the search began may have been half there when the drawers were read. */
const freshMs = 60_000;
const mostPasses = 6;
const everyLevel: readonly number[] = Array.from({ length: deepestLevel + 1 }, (_, level) => level);

/**
 * One pass of a search. `seen`: bundles that an earlier pass found indexed just now. `settled`: the pass before ended so; what is fresh
 * and was not seen then came in after the search began.
 */
interface Pass {
  /** Null in a process that has not read the archive's state yet: every level is opened, and nothing is remembered of this pass. */
  epoch: number | null;
  readonly levels: readonly number[];
  readonly turn: number;
  readonly seen: Set<string>;
  /** Marks of attachments read just now, as an earlier pass found them. */
  readonly marks: Map<string, AttachmentMark>;
  readonly settled: boolean;
  /** Drawers that are remembered need not be read: not when the search starts again. */
  readonly mayRecall: boolean;
  /** Which words the query was cut down to; null when it needs none. `fresh`: read since the search began. */
  readonly words: { readonly version: number; readonly fresh: boolean } | null;
}

export function makeSearchMessages(needs: SearchNeeds): SearchMessages {
  const { index } = needs;
  const cache = makeSearchCache();
  const memory = makeDrawerMemory();
  const trip = (name: string, requests: number) => needs.onTrip?.(name, requests);
  const words = makeSearchWords(index, trip);

  async function openDrawers(query: Query, { levels, mayRecall }: Pass): Promise<Result<OpenedDrawers>> {
    const requests = drawersToOpen(query, levels);
    if (!requests.ok) return requests;
    const everyBundle = candidatesOf(query, new Map()) === 'any';
    const [listed, ...contents] = await Promise.all([
      everyBundle ? needs.indexedBundles() : [],
      ...requests.value.map(async (request) => {
        const known = mayRecall ? memory.recall(request) : null;
        return { request, recalled: known !== null, hits: known ?? (await index.queryDrawer(request.level, request.drawer, request)) };
      }),
    ]);
    const read = contents.filter(({ recalled }) => !recalled);
    if (read.length > 0 || everyBundle) trip('drawers', read.length + (everyBundle ? 1 : 0));
    const opened = contents.map(({ request, hits }) => [request, hits] as const);
    const bySegment = cardsBySegment(query, opened);
    const expansions = checkExpansions(query, bySegment);
    if (!expansions.ok) return expansions;
    const candidates = candidatesOf(query, bySegment);
    const everySegment = candidates === 'any' ? listed.flatMap(({ segments }) => segments.map(({ id }) => id)) : candidates;
    // Segments without a candidate still count for the expansions: a word's count does not depend on the words beside it.
    return ok({
      bySegment,
      candidates,
      segmentIds: [...new Set([...everySegment, ...bySegment.keys()])],
      places: placesToRead(query, bySegment, opened),
      read,
      recalled: read.length < contents.length,
    });
  }

  function wantedOf(question: Question, segmentIds: readonly string[]): Wanted {
    const { query, filters } = question;
    const leaves = leavesOf(query);
    const looksAtRecords = leaves.some(({ leaf }) => leaf.on === 'sender' || leaf.on === 'date' || leaf.on === 'kind');
    const mayWantColumns = wantsColumns(question) || isFiltered(filters) || looksAtRecords;
    const needsThese = (id: string) => {
      const head = cache.heads.get(id);
      return wantsColumns(question) || head === undefined || needsColumns(query, filters, head);
    };
    return {
      bundleIds: [...new Set(segmentIds.map((id) => segmentPlaceOf(id).bundleId))],
      segmentIds,
      columns: mayWantColumns ? segmentIds.filter(needsThese) : [],
      titles: leaves.some(({ leaf }) => leaf.on === 'title') ? [...new Set(segmentIds.map(conversationOf))] : [],
    };
  }

  /** Reads at once what is not remembered. */
  async function readKnown(missing: Wanted): Promise<Known> {
    const { bundleIds, segmentIds, columns: columnIds, titles: titleIds } = missing;
    const [sights, heads, columns, conversations] = await Promise.all([
      bundleIds.length === 0 ? [] : needs.bundleHeads(bundleIds),
      segmentIds.length === 0 ? new Map<string, SegmentHead>() : index.readSegmentHeads(segmentIds),
      columnIds.length === 0 ? new Map<string, SegmentColumns>() : index.readSegmentColumns(columnIds),
      titleIds.length === 0 ? new Map<string, FiledConversation>() : index.getConversations(titleIds.map(toConversation)),
    ]);
    return {
      sights: new Map(sights.map((sight) => [sight.id, sight])),
      heads,
      columns,
      titles: new Map([...conversations].map(([key, { title }]) => [key, title])),
    };
  }

  /** `all`: of which facets are called by their titles. */
  async function readPage(question: Question, holding: readonly FoundSegment[], all: readonly FoundSegment[]): Promise<SearchPage | 'lost'> {
    const { order, after, limit } = question;
    let blocks = blocksOfPage(holding, order, after, limit + 1);
    const timeInColumns = (place: BlockOfMatches, record: number) => place.matches.times?.[record] ?? 0;
    let keys = blocks.every(({ matches }) => matches.times !== null) ? keysOfPage(blocks, order, after, limit + 1, timeInColumns) : null;
    if (keys !== null) blocks = [...new Map(keys.slice(0, limit).map(({ place }) => [blockKey(place), place])).values()];
    const titled = question.facets.includes('conversation') ? all.map(({ head }) => head) : blocks.map(({ matches }) => matches.head);
    const { known, missing } = recall(cache, { bundleIds: [], segmentIds: [], columns: [], titles: [...new Set(titled.map(({ id }) => conversationOf(id)))] });
    const [recordAt, read] = await Promise.all([readPageRecords(index, blocks), readKnown(missing)]);
    if (recordAt === 'lost') return 'lost';
    keys ??= keysOfPage(blocks, order, after, limit + 1, (place, record) => localNumber(recordAt(place, record).local));
    const items = keys.slice(0, limit).map((key) => ({ key, record: recordAt(key.place, key.ordinal - key.place.matches.head.base) }));
    return {
      items,
      titles: joinKnown(known, read).titles,
      requests: Math.ceil(blocks.length / 100) + requestsFor(missing),
      next: keys.length > limit ? (items.at(-1)?.key ?? null) : null,
    };
  }

  /** Which bundles are in the answer. `fresh`: some were indexed just now, their drawers must be read once more. */
  function bundlesShown(question: Asked, known: Known, pass: Pass): ReadonlyMap<string, BundleSight> | 'fresh' {
    const shown = new Map<string, BundleSight>();
    let anyFresh = false;
    for (const sight of known.sights.values()) {
      if (sight.state !== 'indexed' || sight.indexedAt === null) continue;
      // Remembered by another search since this pass began: its drawers may have been half there when this pass read them.
      if ((sight.seenIn === undefined || sight.seenIn >= pass.turn) && !pass.seen.has(sight.id)) {
        const fresh = Date.parse(sight.indexedAt) > question.startedMs - freshMs;
        if (fresh && pass.settled) continue;
        if (fresh) pass.seen.add(sight.id);
        anyFresh ||= fresh;
      }
      if (sight.seenIn === undefined && cache.epoch === pass.epoch) rememberSight(cache, sight);
      if (!maySee(question, sight)) continue;
      const mark = markShown(question, sight, pass);
      anyFresh ||= mark === 'fresh';
      const { attachmentsReadTo: _mark, ...rest } = sight;
      shown.set(sight.id, mark === null || mark === 'fresh' ? rest : { ...rest, attachmentsReadTo: mark });
    }
    return anyFresh ? 'fresh' : shown;
  }

  /** Up to where attachments may be found: the drawers were read after that text was written whole. `fresh`: they must be read once more. */
  function markShown(question: Asked, sight: Sight, pass: Pass): AttachmentMark | 'fresh' | null {
    const mark = sight.attachmentsReadTo ?? null;
    if (mark === null || (sight.seenIn !== undefined && sight.seenIn < pass.turn) || Date.parse(mark.at) <= question.startedMs - freshMs) return mark;
    const before = pass.marks.get(sight.id);
    if (before !== undefined) return earlierMark(before, mark);
    pass.marks.set(sight.id, mark);
    return 'fresh';
  }

  /**
   * Holds what is known against the archive's state, read after the drawers. Another epoch: heads are read anew (a head that is read
   * after the drawers needs no epoch, and without an epoch none was remembered). Null: a level came into use, drawers of it must be opened.
   */
  async function confirm(pass: Pass, known: Known, state: ArchiveState): Promise<Known | null> {
    if (pass.epoch === null) {
      if (cache.epoch === null) startEpoch(cache, state.epoch, state.levels);
      return known;
    }
    const sameLevels = state.levels.join() === pass.levels.join();
    if (sameLevels && state.epoch === pass.epoch) return known;
    startEpoch(cache, state.epoch, state.levels);
    if (!sameLevels) return null;
    pass.epoch = state.epoch;
    const bundleIds = [...known.sights.keys()];
    trip('heads again', Math.ceil(bundleIds.length / 100));
    return { ...known, sights: new Map((await needs.bundleHeads(bundleIds)).map((sight) => [sight.id, sight])) };
  }

  async function answerFrom(question: Asked, pass: Pass, drawers: OpenedDrawers, known: Known, places: Places): Promise<Draft | 'fresh' | 'lost'> {
    const shown = bundlesShown(question, known, pass);
    if (shown === 'fresh') return 'fresh';
    const found = findInDrawers(question, drawers, known, places, shown);
    if (found === 'lost') return 'lost';
    const holding = found.filter(({ bits }) => !isEmpty(bits));
    const same = question.collapse ? await collapseHits(index, holding, question.people) : null;
    if (question.collapse && same === null) return 'lost';
    const page = await readPage(question, same?.holding ?? holding, holding);
    return page === 'lost' ? 'lost' : { shown, found, holding, same, page };
  }

  function remember(pass: Pass, known: Known, { shown, found, page }: Draft): void {
    if (cache.epoch !== pass.epoch) return;
    for (const { head, view } of found) {
      rememberHead(cache, head);
      if (view.columns !== null) rememberColumns(cache, head.id, view.columns);
    }
    for (const [key, title] of [...known.titles, ...page.titles]) if (shown.has(toConversation(key).bundleId)) rememberTitle(cache, key, title);
  }

  /** Words came since the dictionary was read, and it was read before this search began: it may miss one that is asked for. */
  function isBehind({ words: used }: Pass, state: ArchiveState): boolean {
    return used !== null && !used.fresh && used.version !== state.words;
  }

  async function runPass(
    question: Asked,
    pass: Pass,
    take: ((found: SearchFound) => void) | undefined,
  ): Promise<Result<SearchAnswer> | 'again' | 'fresh' | 'lost' | 'words'> {
    const before = memory.moment();
    const opened = await openDrawers(question.query, pass);
    if (!opened.ok) return opened;
    const remembered = pass.epoch === null ? makeSearchCache() : cache;
    const mayCount = (id: string) => {
      const { bundleId } = segmentPlaceOf(id);
      const sight = remembered.sights.get(bundleId);
      if (!takesConversation(question, bundleId, segmentPlaceOf(id).n)) return false;
      return sight === undefined ? (question.bundleFilter.bundleIds?.has(bundleId) ?? true) : maySee(question, sight);
    };
    const drawers = { ...opened.value, segmentIds: opened.value.segmentIds.filter(mayCount) };
    const recalled = recall(remembered, wantedOf(question, drawers.segmentIds));
    const requests = requestsFor(recalled.missing) + drawers.places.length;
    let known: Known | null = recalled.known;
    let places: Places = new Map();
    let draft: Draft | 'fresh' | 'lost' | null = null;
    let state: ArchiveState;
    if (requests > 0) {
      const [now, read, beside] = await Promise.all([index.readState(), readKnown(recalled.missing), index.readPlaces(drawers.places)]);
      state = now;
      places = beside;
      trip('heads', requests + 1);
      if (!memory.settle(before, state, drawers.read) && drawers.recalled) return 'again';
      if (isBehind(pass, state)) return 'words';
      known = await confirm(pass, joinKnown(recalled.known, read), state);
    } else {
      // All is remembered: the page is read beside the state, and counts only if the state still stands.
      const [now, early] = await Promise.all([index.readState(), answerFrom(question, pass, drawers, recalled.known, places)]);
      state = now;
      trip('page', 1 + (typeof early === 'string' ? 0 : early.page.requests));
      if (!memory.settle(before, state, drawers.read) && drawers.recalled) return 'again';
      if (isBehind(pass, state)) return 'words';
      known = await confirm(pass, recalled.known, state);
      if (known === recalled.known) draft = early;
    }
    if (known === null) return 'again';
    if (draft === null) {
      draft = await answerFrom(question, pass, drawers, known, places);
      if (typeof draft !== 'string') trip('page', draft.page.requests);
    }
    if (typeof draft === 'string') return draft;
    remember(pass, known, draft);
    take?.({ query: question.query, shown: draft.shown, found: draft.found, holding: draft.holding, state, people: question.people });
    return ok(toAnswer(question, draft));
  }

  return async (request, scope, take) => {
    const question = toQuestion(request, cursorOf(request.next ?? null), scope, needs.epochMs());
    if (!question.ok) return question;
    const asksPeople = question.value.collapse || question.value.bundleFilter.custodianIds !== null || question.value.facets.includes('custodian');
    const people = makePeople(asksPeople ? await needs.keyPeople() : []);
    const seen = new Set<string>();
    const marks = new Map<string, AttachmentMark>();
    let settled = false;
    const isWide = needsDictionary(question.value.query);
    let readAgain = isWide && words.held() === null;
    let fresh = false;
    for (let passes = 0; passes < mostPasses; passes++) {
      if (readAgain) await words.refresh();
      fresh ||= readAgain;
      // Without the dictionary a plain word is looked up in every form that it could have.
      const held = words.held();
      const resolved = held === null ? ok(question.value.query) : resolveQuery(question.value.query, held.dictionaries);
      if (!resolved.ok) return resolved;
      const query = resolved.value;
      const usesWords = held !== null && hasWords(query);
      if (cache.epoch === null && !drawersToOpen(query, everyLevel).ok) {
        const state = await index.readState();
        trip('first state', 1);
        startEpoch(cache, state.epoch, state.levels);
      }
      cache.turn += 1;
      const answer = await runPass(
        { ...question.value, query, people },
        {
          epoch: cache.epoch,
          levels: cache.epoch === null ? everyLevel : cache.levels,
          turn: cache.turn,
          seen,
          marks,
          settled,
          mayRecall: passes === 0 && cache.epoch !== null,
          words: usesWords ? { version: held.version, fresh } : null,
        },
        take,
      );
      if (typeof answer !== 'string') return answer;
      // Something of a bundle that was indexed is not there: it is being destroyed. Nothing remembered can be trusted.
      if (answer === 'lost') {
        cache.epoch = null;
        memory.forget();
      }
      settled = answer === 'fresh';
      // What is seen as fresh must be found by all its words.
      readAgain = answer === 'words' || (settled && usesWords);
    }
    return no('unavailable');
  };
}

/** Whether the dictionary had a say in what the query looks for. */
function hasWords(query: Query): boolean {
  return leavesOf(query).some((node) => patternOf(node)?.words.some(({ kind }) => kind === 'any') === true);
}

function maySee(question: Asked, sight: BundleSight): boolean {
  return mayShow(question, { id: sight.id, uploader: sight.uploader, caseIds: sight.caseIds, custodian: () => question.people.custodianOf(sight) });
}

function blockKey({ matches, block }: BlockOfMatches): string {
  return `${matches.head.id}/${block}`;
}

function toConversation(key: string): { readonly bundleId: string; readonly n: number } {
  const [bundleId = '', n = ''] = key.split('/');
  return { bundleId, n: Number(n) };
}
