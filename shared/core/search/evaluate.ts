// A query against the index: which drawers to open, which segments may hold a match, and which records of a segment match.
//
//   query → elements (ranges of terms) → drawers → cards by segment → candidates → one bit a record
//
// An element is one term, or all that begin with a prefix. Inflections, fuzzy and infix searches will add ranges to an element.
import { no, ok, type Result } from '#core/model/result.ts';
import { afterPrefix, drawerOf, drawersOfPrefix } from '#core/text/drawer.ts';
import { allBits, andBits, type Bits, isEmpty, noBits, notBits, orBits, setBit } from './bits.ts';
import { makeByteWriter, takeBytes, writeUtf8 } from './bytes.ts';
import { addOrdinals, type Card, readCard, readCards } from './drawer-codec.ts';
import { caseMatches, labelMatches } from './match-record.ts';
import { addPlacesOfCard, makePlacesList, type PlacesList, placesPerRecord } from './places-codec.ts';
import { type LeafNode, leavesOf, type Pattern, type Query } from './query.ts';
import { type SegmentColumns, type SegmentHead, segmentIdOf, segmentLimits, segmentPlaceOf } from './segment.ts';
import { queryProblemText } from './text.nl.ts';

/** Drawers that one query may open, and different words that one prefix may stand for: beyond, a fault, never a cut. */
export const mostDrawers = 600;
export const mostTerms = 2_000;

export interface Element {
  readonly key: string;
  readonly term: string;
  readonly prefix: boolean;
}

export interface DrawerRequest {
  readonly level: number;
  readonly drawer: number;
  readonly positions: boolean;
}

export interface FoundCard {
  readonly card: Card;
  readonly drawer: DrawerRequest;
  readonly terms: Uint8Array;
  /** Null where they lie beside the drawer. */
  readonly positions: Uint8Array | null;
}

/** Cards of one segment by element key. */
export type SegmentCards = ReadonlyMap<string, readonly FoundCard[]>;

export interface DrawerContent {
  readonly segmentId: string;
  readonly terms: Uint8Array;
  readonly positions: Uint8Array | null;
}

/** Positions that lie beside a drawer, for the segments in which all words of a phrase share a record. */
export interface PlacesRequest {
  readonly level: number;
  readonly drawer: number;
  /** Segment → bytes that are needed of its positions. */
  readonly segments: ReadonlyMap<string, number>;
  /** Segments that the drawer holds. */
  readonly of: number;
}

export function placesKey({ level, drawer }: { readonly level: number; readonly drawer: number }, segmentId: string): string {
  return `${level}:${drawer}/${segmentId}`;
}

export function elementOf(term: string, prefix: boolean): Element {
  return { key: prefix ? `${term}*` : term, term, prefix };
}

export function elementsOfPattern(pattern: Pattern): readonly Element[] {
  return pattern.terms.map((term, i) => elementOf(term, pattern.prefix && i === pattern.terms.length - 1));
}

function patternOf({ leaf }: LeafNode): Pattern | null {
  return leaf.on === 'words' || leaf.on === 'sender' || leaf.on === 'title' ? leaf.pattern : null;
}

/** Every element of the query, with whether positions of its words are needed. */
function neededElements(query: Query): ReadonlyMap<string, { readonly element: Element; readonly positions: boolean }> {
  const needed = new Map<string, { element: Element; positions: boolean }>();
  for (const node of leavesOf(query)) {
    const pattern = patternOf(node);
    if (pattern === null) continue;
    const positions = node.leaf.on === 'words' && pattern.terms.length > 1;
    for (const element of elementsOfPattern(pattern))
      needed.set(element.key, { element, positions: positions || (needed.get(element.key)?.positions ?? false) });
    if (pattern.phone !== null && !needed.has(pattern.phone)) needed.set(pattern.phone, { element: elementOf(pattern.phone, false), positions: false });
  }
  return needed;
}

function drawersOf(element: Element, level: number): readonly [first: number, last: number] {
  if (element.prefix) return drawersOfPrefix(element.term, level);
  const drawer = drawerOf(element.term, level);
  return [drawer, drawer];
}

function tooWide(node: LeafNode | undefined): ReturnType<typeof no> {
  return no('query.expansion-too-wide', {
    errors: [{ field: 'query', position: node?.position ?? 0, code: 'query.expansion', message: queryProblemText['query.expansion'] }],
  });
}

export function drawersToOpen(query: Query, levels: readonly number[]): Result<readonly DrawerRequest[]> {
  const requests = new Map<string, DrawerRequest>();
  for (const level of levels) {
    for (const { element, positions } of neededElements(query).values()) {
      const [first, last] = drawersOf(element, level);
      if (requests.size + last - first > mostDrawers) return tooWide(leavesOf(query).find((node) => patternOf(node)?.prefix === true));
      for (let drawer = first; drawer <= last; drawer++) {
        const key = `${level}:${drawer}`;
        requests.set(key, { level, drawer, positions: positions || (requests.get(key)?.positions ?? false) });
      }
    }
  }
  return ok([...requests.values()]);
}

function utf8Of(term: string): Uint8Array {
  const out = makeByteWriter(term.length * 3);
  writeUtf8(out, term);
  return takeBytes(out);
}

function cardsOf(element: Element, wanted: Uint8Array, terms: Uint8Array): readonly Card[] {
  if (element.prefix) return readCards(terms, element.term, afterPrefix(element.term)).filter((card) => !card.term.startsWith('tel:'));
  const card = readCard(terms, element.term, wanted);
  return card === null ? [] : [card];
}

/** Sorts what the drawers held by segment, reading only the cards that the query asks for. */
export function cardsBySegment(query: Query, opened: readonly (readonly [DrawerRequest, readonly DrawerContent[]])[]): ReadonlyMap<string, SegmentCards> {
  const bySegment = new Map<string, Map<string, FoundCard[]>>();
  const elements = [...neededElements(query).values()].map(({ element }) => element);
  for (const [request, contents] of opened) {
    for (const element of elements) {
      const [first, last] = drawersOf(element, request.level);
      if (request.drawer < first || request.drawer > last) continue;
      const wanted = utf8Of(element.term);
      for (const { segmentId, terms, positions } of contents) {
        for (const card of cardsOf(element, wanted, terms)) {
          let cards = bySegment.get(segmentId);
          if (cards === undefined) {
            cards = new Map();
            bySegment.set(segmentId, cards);
          }
          const there = cards.get(element.key);
          if (there === undefined) cards.set(element.key, [{ card, drawer: request, terms, positions }]);
          else there.push({ card, drawer: request, terms, positions });
        }
      }
    }
  }
  return bySegment;
}

/** What must be read beside the drawers. Big positions (common words) are read only where a phrase may stand. */
export function placesToRead(
  query: Query,
  bySegment: ReadonlyMap<string, SegmentCards>,
  opened: readonly (readonly [DrawerRequest, readonly DrawerContent[]])[],
): readonly PlacesRequest[] {
  const phrases = leavesOf(query).flatMap(({ leaf }) => (leaf.on === 'words' && leaf.pattern.terms.length > 1 ? [elementsOfPattern(leaf.pattern)] : []));
  if (phrases.length === 0) return [];
  const wanted = new Map<DrawerRequest, Map<string, number>>();
  for (const [segmentId, cards] of bySegment) {
    for (const elements of phrases) {
      const found = elements.map(({ key }) => cards.get(key) ?? []);
      const beside = found.flat().filter(({ card, positions }) => positions === null && card.messages > 0);
      if (beside.length === 0 || isEmpty(togetherIn(found, segmentLimits.records))) continue;
      for (const { card, drawer } of beside) {
        const segments = wanted.get(drawer) ?? new Map<string, number>();
        segments.set(segmentId, Math.max(card.positionsTo, segments.get(segmentId) ?? 0));
        wanted.set(drawer, segments);
      }
    }
  }
  const sizes = new Map(opened.map(([request, contents]) => [request, contents.length]));
  return [...wanted].map(([request, segments]) => ({ level: request.level, drawer: request.drawer, segments, of: sizes.get(request) ?? segments.size }));
}

/** No prefix may stand for more words than a person can be shown. */
export function checkExpansions(query: Query, bySegment: ReadonlyMap<string, SegmentCards>): Result<null> {
  for (const node of leavesOf(query)) {
    const pattern = patternOf(node);
    if (pattern === null || !pattern.prefix) continue;
    const key = elementsOfPattern(pattern).at(-1)?.key ?? '';
    const terms = new Set<string>();
    for (const cards of bySegment.values()) for (const { card } of cards.get(key) ?? []) terms.add(card.term);
    if (terms.size > mostTerms) return tooWide(node);
  }
  return ok(null);
}

type Candidates = ReadonlySet<string> | 'any';

function holding(pattern: Pattern, cards: SegmentCards, holds: (card: Card) => boolean): boolean {
  const has = (key: string) => cards.get(key)?.some(({ card }) => holds(card)) === true;
  return elementsOfPattern(pattern).every(({ key }) => has(key)) || (pattern.phone !== null && has(pattern.phone));
}

/** Segments that may hold a match: `any` when the query cannot tell without looking at every bundle. */
export function candidatesOf(query: Query, bySegment: ReadonlyMap<string, SegmentCards>): Candidates {
  switch (query.kind) {
    case 'all':
    case 'not':
      return 'any';
    case 'and': {
      let found: Candidates = 'any';
      for (const part of query.parts) {
        const these = candidatesOf(part, bySegment);
        if (these === 'any') continue;
        found = found === 'any' ? these : intersection(found, these);
      }
      return found;
    }
    case 'or': {
      const found = new Set<string>();
      for (const part of query.parts) {
        const these = candidatesOf(part, bySegment);
        if (these === 'any') return 'any';
        for (const id of these) found.add(id);
      }
      return found;
    }
    case 'leaf':
      return candidatesOfLeaf(query, bySegment);
  }
}

function intersection(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  const [fewer, more] = a.size < b.size ? [a, b] : [b, a];
  return new Set([...fewer].filter((id) => more.has(id)));
}

function candidatesOfLeaf({ leaf }: LeafNode, bySegment: ReadonlyMap<string, SegmentCards>): Candidates {
  if (leaf.on === 'case' || leaf.on === 'date') return 'any';
  const found = new Set<string>();
  for (const [segmentId, cards] of bySegment) {
    if (leaf.on === 'words' && holding(leaf.pattern, cards, (card) => card.messages > 0)) found.add(segmentId);
    if (leaf.on === 'sender' && holding(leaf.pattern, cards, (card) => card.senders.length > 0)) found.add(segmentId);
    // A title is filed in the last segment of its conversation; it speaks for all of them.
    if (leaf.on === 'title' && holding(leaf.pattern, cards, (card) => card.title)) {
      const { bundleId, n, number } = segmentPlaceOf(segmentId);
      for (let i = 0; i <= number; i++) found.add(segmentIdOf(bundleId, n, i));
    }
  }
  return found;
}

/** Filters of a request that look at single records. */
export interface RecordFilters {
  readonly senders: readonly string[];
  readonly from: number;
  readonly to: number;
}

export const everyTime = { from: 0, to: 99_999_999_999_999 } as const;

export interface SegmentView {
  readonly head: SegmentHead;
  /** Records of each pattern, once worked out: the answer and the expansions ask for the same. */
  readonly phrases: Map<Pattern, Bits>;
  readonly cards: SegmentCards;
  /** Positions that were read beside the drawers, by `placesKey`. */
  readonly places: ReadonlyMap<string, Uint8Array>;
  /** Null where `needsColumns` says they are not needed. */
  readonly columns: SegmentColumns | null;
  readonly title: string | null;
  readonly caseIds: readonly string[];
}

function coverage(head: SegmentHead, from: number, to: number): 'all' | 'none' | 'part' {
  if (from <= everyTime.from && to >= everyTime.to) return 'all';
  let all = true;
  let none = true;
  for (const [earliest, latest] of head.blockTimes) {
    if (earliest < from || latest > to) all = false;
    if (latest >= from && earliest <= to) none = false;
  }
  return all ? 'all' : none ? 'none' : 'part';
}

/** Whether single senders or times must be looked at to answer the query for this segment. */
export function needsColumns(query: Query, filters: RecordFilters, head: SegmentHead): boolean {
  if (filters.senders.length > 0 || coverage(head, filters.from, filters.to) === 'part') return true;
  return leavesOf(query).some(
    ({ leaf }) =>
      (leaf.on === 'sender' && head.senders.some((label) => labelMatches(leaf.pattern, label))) ||
      (leaf.on === 'date' && coverage(head, leaf.from, leaf.to) === 'part'),
  );
}

function columnsOf(view: SegmentView): SegmentColumns {
  if (view.columns === null) throw new Error('columns of a segment are needed and were not read');
  return view.columns;
}

function bitsOfTimes(view: SegmentView, from: number, to: number): Bits {
  const { count } = view.head;
  const covered = coverage(view.head, from, to);
  if (covered === 'all') return allBits(count);
  const bits = noBits(count);
  if (covered === 'none') return bits;
  const { times } = columnsOf(view);
  for (let i = 0; i < count; i++) if ((times[i] ?? 0) >= from && (times[i] ?? 0) <= to) setBit(bits, i);
  return bits;
}

function bitsOfSenders(view: SegmentView, wanted: (label: string) => boolean): Bits {
  const bits = noBits(view.head.count);
  const numbers = new Set(view.head.senders.flatMap((label, i) => (wanted(label) ? [i + 1] : [])));
  if (numbers.size === 0) return bits;
  const { senders } = columnsOf(view);
  for (let i = 0; i < senders.length; i++) if (numbers.has(senders[i] ?? 0)) setBit(bits, i);
  return bits;
}

export function bitsOfCards(found: readonly FoundCard[] | undefined, count: number): Bits {
  const bits = noBits(count);
  for (const { card, terms } of found ?? []) if (card.messages > 0) addOrdinals(bits, terms, card);
  return bits;
}

/** Gathers the places of all cards of one element, ascending. */
function gatherPlaces(into: PlacesList, found: readonly FoundCard[], wanted: Bits, { head, places }: SegmentView): void {
  into.length = 0;
  for (const { card, drawer, terms, positions } of found) {
    if (card.messages === 0) continue;
    const read = positions ?? places.get(placesKey(drawer, head.id));
    if (read === undefined) throw new Error('positions of a drawer are needed and were not read');
    addPlacesOfCard(into, terms, read, card, wanted);
  }
  if (found.length > 1) into.values.subarray(0, into.length).sort();
}

/** Leaves in `later` what comes right after a place of `earlier`. */
function keepFollowing(earlier: PlacesList, later: PlacesList): void {
  let held = 0;
  let e = 0;
  const [before, after] = [earlier.values, later.values];
  for (let l = 0; l < later.length; l++) {
    const wanted = (after[l] ?? 0) - 1;
    while (e < earlier.length && (before[e] ?? 0) < wanted) e++;
    if (e === earlier.length) break;
    if (before[e] === wanted) after[held++] = wanted + 1;
  }
  later.length = held;
}

/** Records in which the pattern's words follow each other. */
export function bitsOfPhrase(pattern: Pattern, view: SegmentView): Bits {
  const known = view.phrases.get(pattern);
  if (known !== undefined) return known;
  const found = findPhrase(pattern, view);
  view.phrases.set(pattern, found);
  return found;
}

/** Records that hold a card of each. */
function togetherIn([first, ...rest]: readonly (readonly FoundCard[])[], count: number): Bits {
  const together = bitsOfCards(first, count);
  for (const found of rest) {
    const bits = bitsScratch.length < together.length ? noBits(count) : bitsScratch.subarray(0, together.length).fill(0);
    for (const { card, terms } of found) if (card.messages > 0) addOrdinals(bits, terms, card);
    for (let i = 0; i < together.length; i++) together[i] = (together[i] ?? 0) & (bits[i] ?? 0);
  }
  return together;
}

// Written over for every segment; nothing outside this function and the next sees them.
const bitsScratch = noBits(segmentLimits.records);
let [earlier, later] = [makePlacesList(), makePlacesList()];

function findPhrase(pattern: Pattern, view: SegmentView): Bits {
  const { count } = view.head;
  const all = elementsOfPattern(pattern).map(({ key }) => view.cards.get(key) ?? []);
  const together = togetherIn(all, count);
  const [first = [], ...rest] = all;
  if (rest.length === 0 || isEmpty(together)) return together;
  gatherPlaces(earlier, first, together, view);
  for (const found of rest) {
    gatherPlaces(later, found, together, view);
    keepFollowing(earlier, later);
    [earlier, later] = [later, earlier];
  }
  const bits = noBits(count);
  for (let i = 0; i < earlier.length; i++) setBit(bits, Math.floor((earlier.values[i] ?? 0) / placesPerRecord));
  return bits;
}

function bitsOfWords(pattern: Pattern, view: SegmentView): Bits {
  const bits = bitsOfPhrase(pattern, view);
  return pattern.phone === null ? bits : orBits(bits, bitsOfCards(view.cards.get(pattern.phone), view.head.count));
}

export function evaluate(query: Query, view: SegmentView): Bits {
  const { count } = view.head;
  switch (query.kind) {
    case 'all':
      return allBits(count);
    case 'and':
      return query.parts.map((part) => evaluate(part, view)).reduce(andBits);
    case 'or':
      return query.parts.map((part) => evaluate(part, view)).reduce(orBits);
    case 'not':
      return notBits(evaluate(query.part, view), count);
    case 'leaf': {
      const { leaf } = query;
      if (leaf.on === 'words') return bitsOfWords(leaf.pattern, view);
      if (leaf.on === 'sender') return bitsOfSenders(view, (label) => labelMatches(leaf.pattern, label));
      if (leaf.on === 'date') return bitsOfTimes(view, leaf.from, leaf.to);
      return (leaf.on === 'title' ? labelMatches(leaf.pattern, view.title) : caseMatches(leaf, view.caseIds)) ? allBits(count) : noBits(count);
    }
  }
}

export function evaluateFilters(filters: RecordFilters, view: SegmentView): Bits {
  const byTime = bitsOfTimes(view, filters.from, filters.to);
  return filters.senders.length === 0
    ? byTime
    : andBits(
        byTime,
        bitsOfSenders(view, (label) => filters.senders.includes(label)),
      );
}
