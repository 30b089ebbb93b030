// Which drawers a query opens, and what they hold of it, by segment.
//
//   query → elements → drawers → cards by segment
//
// An element is one term, all that begin with a prefix, or any of a set: inflections, or what the dictionary gave (resolve-query).
import { no, ok, type Result } from '#core/model/result.ts';
import { afterPrefix, drawerOf, drawersOfPrefix } from '#core/text/drawer.ts';
import { makeByteWriter, takeBytes, writeUtf8 } from './bytes.ts';
import { type Card, readCard, readCards } from './drawer-codec.ts';
import { keyOfWord, type LeafNode, leavesOf, type Pattern, patternOf, type Query, type Word } from './query.ts';
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
export function* placedLeaves(query: Query): Generator<readonly [LeafNode, boolean]> {
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
