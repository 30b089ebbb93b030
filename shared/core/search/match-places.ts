// Records in which words stand where they should: phrases, names of attachments, NABIJ. And which positions must be read for it.
import { type Bits, isEmpty, noBits, orBits, setBit } from './bits.ts';
import { addOrdinals } from './drawer-codec.ts';
import { type DrawerContent, type DrawerRequest, type FoundCard, keysOfPattern, placedLeaves, type SegmentCards } from './open-drawers.ts';
import { addPlacesOfCard, makePlacesList, type PlacesList, placesPerRecord } from './places-codec.ts';
import { type LeafNode, type Pattern, patternOf, type Query } from './query.ts';
import { segmentLimits } from './segment.ts';
import type { SegmentView } from './segment-view.ts';

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
export function bitsOfNear(left: readonly LeafNode[], right: readonly LeafNode[], distance: number, view: SegmentView): Bits {
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

export function bitsOfWords(pattern: Pattern, view: SegmentView): Bits {
  const bits = bitsOfPhrase(pattern, view);
  return pattern.phone === null ? bits : orBits(bits, bitsOfCards(view.cards.get(pattern.phone), view.head.count));
}
