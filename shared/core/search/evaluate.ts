// A query against the index: which drawers to open, which segments may hold a match, and which records of a segment match.
//
//   query → elements → drawers → cards by segment → candidates → one bit a record
//
// An element is one term, all that begin with a prefix, or any of a set: inflections, or what the dictionary gave (resolve-query).
import { no, ok, type Result } from '#core/model/result.ts';
import { afterPrefix, drawerOf, drawersOfPrefix } from '#core/text/drawer.ts';
import { allBits, andBits, type Bits, isEmpty, noBits, notBits, orBits, setBit } from './bits.ts';
import { makeByteWriter, takeBytes, writeUtf8 } from './bytes.ts';
import { addOrdinals, type Card, readCard, readCards } from './drawer-codec.ts';
import { caseMatches, labelMatches } from './match-record.ts';
import { addPlacesOfCard, makePlacesList, type PlacesList, placesPerRecord } from './places-codec.ts';
import { keyOfWord, type Leaf, type LeafNode, leavesOf, type Pattern, patternOf, type Query, type Word } from './query.ts';
import { type SegmentColumns, type SegmentHead, segmentIdOf, segmentLimits, segmentPlaceOf } from './segment.ts';
import { queryProblemText } from './text.nl.ts';

/** Drawers that one query may open, and different words that one prefix may stand for: beyond, a fault, never a cut. */
export const mostDrawers = 600;
export const mostTerms = 2_000;

export interface Element {
  readonly key: string;
  /** Sorted; of a prefix the prefix alone. */
  readonly terms: readonly string[];
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

function elementOf(word: Word): Element {
  const key = keyOfWord(word);
  if (word.kind === 'any') return { key, terms: [...word.terms].sort(), prefix: false };
  if (word.kind === 'term' || word.kind === 'prefix') return { key, terms: [word.term], prefix: word.kind === 'prefix' };
  throw new Error('a wide word must be looked up in the dictionary first');
}

export function keysOfPattern(pattern: Pattern): readonly string[] {
  return pattern.words.map(keyOfWord);
}

/** Leaves whose words must stand at certain places. */
function looksAtPlaces({ leaf }: LeafNode, inNear: boolean): boolean {
  return leaf.on === 'name' || (leaf.on === 'words' && (inNear || leaf.pattern.words.length > 1));
}

/** Leaves with a pattern, and whether positions of its words are needed. */
function* placedLeaves(query: Query): Generator<readonly [LeafNode, boolean]> {
  if (query.kind === 'leaf') {
    const { leaf } = query;
    if (leaf.on === 'near') for (const side of [...leaf.left, ...leaf.right]) yield [side, true];
    else yield [query, looksAtPlaces(query, false)];
  } else if (query.kind === 'not') yield* placedLeaves(query.part);
  else if (query.kind !== 'all') for (const part of query.parts) yield* placedLeaves(part);
}

/** Every element of the query, with whether positions of its words are needed. */
function neededElements(query: Query): ReadonlyMap<string, { readonly element: Element; readonly positions: boolean }> {
  const needed = new Map<string, { element: Element; positions: boolean }>();
  for (const [node, positions] of placedLeaves(query)) {
    const pattern = patternOf(node);
    if (pattern === null) continue;
    const words: readonly Word[] = pattern.phone === null ? pattern.words : [...pattern.words, { kind: 'term', term: pattern.phone }];
    for (const word of words) {
      const there = needed.get(keyOfWord(word));
      needed.set(keyOfWord(word), { element: there?.element ?? elementOf(word), positions: positions || (there?.positions ?? false) });
    }
  }
  return needed;
}

/** Drawers of a level that may hold a term of the element, each with those terms. */
function drawersOf({ terms, prefix }: Element, level: number): ReadonlyMap<number, readonly string[]> {
  const drawers = new Map<number, string[]>();
  if (prefix) {
    const [first, last] = drawersOfPrefix(terms[0] ?? '', level);
    for (let drawer = first; drawer <= last; drawer++) drawers.set(drawer, [terms[0] ?? '']);
    return drawers;
  }
  for (const term of terms) {
    const drawer = drawerOf(term, level);
    const there = drawers.get(drawer);
    if (there === undefined) drawers.set(drawer, [term]);
    else there.push(term);
  }
  return drawers;
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
      for (const drawer of drawersOf(element, level).keys()) {
        const key = `${level}:${drawer}`;
        requests.set(key, { level, drawer, positions: positions || (requests.get(key)?.positions ?? false) });
      }
      if (requests.size > mostDrawers) return tooWide(leavesOf(query).find((node) => patternOf(node)?.words.some((word) => keyOfWord(word) === element.key)));
    }
  }
  return ok([...requests.values()]);
}

function utf8Of(term: string): Uint8Array {
  const out = makeByteWriter(term.length * 3);
  writeUtf8(out, term);
  return takeBytes(out);
}

/** Beyond, a drawer is read once from the first to the last of the terms. */
const fewTerms = 6;

/** Reads the cards of some terms out of what one segment has in one drawer. */
function cardReader(wanted: readonly string[], prefix: boolean): (terms: Uint8Array) => readonly Card[] {
  const [first = ''] = wanted;
  if (prefix) return (terms) => readCards(terms, first, afterPrefix(first)).filter((card) => !card.term.startsWith('tel:'));
  if (wanted.length > fewTerms) {
    const these = new Set(wanted);
    const beyond = `${wanted.at(-1)}\0`;
    return (terms) => readCards(terms, first, beyond).filter((card) => these.has(card.term));
  }
  const each = wanted.map((term) => [term, utf8Of(term)] as const);
  return (terms) => each.flatMap(([term, bytes]) => readCard(terms, term, bytes) ?? []);
}

/** Sorts what the drawers held by segment, reading only the cards that the query asks for. */
export function cardsBySegment(query: Query, opened: readonly (readonly [DrawerRequest, readonly DrawerContent[]])[]): ReadonlyMap<string, SegmentCards> {
  const bySegment = new Map<string, Map<string, FoundCard[]>>();
  const elements = [...neededElements(query).values()].map(({ element }) => element);
  const known = new Map<string, ReadonlyMap<number, readonly string[]>>();
  const byLevel = (element: Element, level: number) => {
    const key = `${level} ${element.key}`;
    const drawers = known.get(key) ?? drawersOf(element, level);
    known.set(key, drawers);
    return drawers;
  };
  for (const [request, contents] of opened) {
    for (const element of elements) {
      const wanted = byLevel(element, request.level).get(request.drawer);
      if (wanted === undefined) continue;
      const read = cardReader(wanted, element.prefix);
      for (const { segmentId, terms, positions } of contents) {
        for (const card of read(terms)) {
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
  const phrases = [...placedLeaves(query)].flatMap(([node, positions]) => {
    const pattern = positions ? patternOf(node) : null;
    return pattern === null ? [] : [keysOfPattern(pattern)];
  });
  if (phrases.length === 0) return [];
  const wanted = new Map<DrawerRequest, Map<string, number>>();
  for (const [segmentId, cards] of bySegment) {
    for (const keys of phrases) {
      const found = keys.map((key) => cards.get(key) ?? []);
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
    for (const word of pattern?.words ?? []) {
      if (word.kind !== 'prefix') continue;
      const terms = new Set<string>();
      for (const cards of bySegment.values()) for (const { card } of cards.get(keyOfWord(word)) ?? []) terms.add(card.term);
      if (terms.size > mostTerms) return tooWide(node);
    }
  }
  return ok(null);
}

type Candidates = ReadonlySet<string> | 'any';

function holding(pattern: Pattern, cards: SegmentCards, holds: (card: Card) => boolean): boolean {
  const has = (key: string) => cards.get(key)?.some(({ card }) => holds(card)) === true;
  return keysOfPattern(pattern).every(has) || (pattern.phone !== null && has(pattern.phone));
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
  if (leaf.on === 'case' || leaf.on === 'date' || leaf.on === 'app' || leaf.on === 'kind') return 'any';
  const found = new Set<string>();
  if (leaf.on === 'near') {
    const inMessages = (sides: readonly LeafNode[], cards: SegmentCards) =>
      sides.some((side) => {
        const pattern = patternOf(side);
        return pattern !== null && holding(pattern, cards, (card) => card.messages > 0);
      });
    for (const [segmentId, cards] of bySegment) if (inMessages(leaf.left, cards) && inMessages(leaf.right, cards)) found.add(segmentId);
    return found;
  }
  for (const [segmentId, cards] of bySegment) {
    if ((leaf.on === 'words' || leaf.on === 'name') && holding(leaf.pattern, cards, (card) => card.messages > 0)) found.add(segmentId);
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
      (leaf.on === 'date' && coverage(head, leaf.from, leaf.to) === 'part') ||
      leaf.on === 'kind',
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

/** Cards of a pattern's words in a segment, without what was switched off. */
function cardsOfPattern(pattern: Pattern, cards: SegmentCards): readonly (readonly FoundCard[])[] {
  return keysOfPattern(pattern).map((key) => {
    const found = cards.get(key) ?? [];
    return pattern.without.length === 0 ? found : found.filter(({ card }) => !pattern.without.includes(card.term));
  });
}

/** Gathers the places of all cards of one element, ascending. */
function gatherPlaces(into: PlacesList, found: readonly FoundCard[], wanted: Bits, { head, places }: SegmentView, only: PlacesOf = 'everywhere'): void {
  into.length = 0;
  for (const { card, drawer, terms, positions } of found) {
    if (card.messages === 0) continue;
    const read = positions ?? places.get(placesKey(drawer, head.id));
    if (read === undefined) throw new Error('positions of a drawer are needed and were not read');
    addPlacesOfCard(into, terms, read, card, wanted, only === 'names');
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
export function bitsOfPhrase(pattern: Pattern, view: SegmentView, only: PlacesOf = 'everywhere'): Bits {
  const known = view.phrases.get(pattern);
  if (known !== undefined) return known;
  const found = findPhrase(pattern, view, only);
  view.phrases.set(pattern, found);
  return found;
}

type PlacesOf = 'everywhere' | 'names';

/** Where the pattern begins, in the records of `wanted`. */
function placesOfPhrase([first = [], ...rest]: readonly (readonly FoundCard[])[], wanted: Bits, view: SegmentView, only: PlacesOf): PlacesList {
  gatherPlaces(earlier, first, wanted, view, only);
  for (const found of rest) {
    gatherPlaces(later, found, wanted, view, only);
    keepFollowing(earlier, later);
    [earlier, later] = [later, earlier];
  }
  return earlier;
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

function findPhrase(pattern: Pattern, view: SegmentView, only: PlacesOf): Bits {
  const { count } = view.head;
  const all = cardsOfPattern(pattern, view.cards);
  const together = togetherIn(all, count);
  if ((all.length < 2 && only === 'everywhere') || isEmpty(together)) return together;
  const { values, length } = placesOfPhrase(all, together, view, only);
  const bits = noBits(count);
  // The last word's places stand where the pattern ends; the record is the same.
  for (let i = 0; i < length; i++) setBit(bits, Math.floor((values[i] ?? 0) / placesPerRecord));
  return bits;
}

/** Stretches of one side of a NABIJ: [first, last] place of each, ascending by first. A phone number in another writing is one word. */
function stretchesOf(sides: readonly LeafNode[], view: SegmentView): Float64Array {
  const found: [number, number][] = [];
  for (const side of sides) {
    const pattern = patternOf(side);
    if (pattern === null) continue;
    const words = cardsOfPattern(pattern, view.cards);
    const alternatives = pattern.phone === null ? [words] : [words, [view.cards.get(pattern.phone) ?? []]];
    for (const all of alternatives) {
      const together = togetherIn(all, view.head.count);
      if (isEmpty(together)) continue;
      const { values, length } = placesOfPhrase(all, together, view, 'everywhere');
      for (let i = 0; i < length; i++) found.push([(values[i] ?? 0) - all.length + 1, values[i] ?? 0]);
    }
  }
  return Float64Array.from(found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).flat());
}

/** Records in which a stretch of each side stands within `distance`, in either order and not over each other. */
function bitsOfNear(left: readonly LeafNode[], right: readonly LeafNode[], distance: number, view: SegmentView): Bits {
  const bits = noBits(view.head.count);
  const [a, b] = [stretchesOf(left, view), stretchesOf(right, view)];
  for (const [before, after] of [
    [a, b],
    [b, a],
  ] as const) {
    let first = 0;
    for (let i = 0; i < before.length; i += 2) {
      const end = before[i + 1] ?? 0;
      // Ends do not always ascend with beginnings: no place that a later stretch may need is passed.
      while (first < after.length && (after[first] ?? 0) <= (before[i] ?? 0)) first += 2;
      for (let j = first; j < after.length && (after[j] ?? 0) <= end + distance; j += 2) {
        if ((after[j] ?? 0) <= end) continue;
        setBit(bits, Math.floor(end / placesPerRecord));
        break;
      }
    }
  }
  return bits;
}

function bitsOfKind(view: SegmentView, mask: number, value: number): Bits {
  const bits = noBits(view.head.count);
  const { kinds } = columnsOf(view);
  for (let i = 0; i < kinds.length; i++) if (((kinds[i] ?? 0) & mask) === value) setBit(bits, i);
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
      if (leaf.on === 'name') return bitsOfPhrase(leaf.pattern, view, 'names');
      if (leaf.on === 'near') return bitsOfNear(leaf.left, leaf.right, leaf.distance, view);
      if (leaf.on === 'kind') return bitsOfKind(view, leaf.mask, leaf.value);
      return holdsForAll(leaf, view) ? allBits(count) : noBits(count);
    }
  }
}

/** Leaves that all records of a segment answer alike. */
function holdsForAll(leaf: Extract<Leaf, { readonly on: 'title' | 'app' | 'case' }>, { head, title, caseIds }: SegmentView): boolean {
  if (leaf.on === 'app') return head.platform === leaf.platform;
  return leaf.on === 'title' ? labelMatches(leaf.pattern, title) : caseMatches(leaf, caseIds);
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
