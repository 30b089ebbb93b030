// Which segments may hold a match, told by the cards of the drawers alone.
import type { Card } from './drawer-codec.ts';
import { keysOfPattern, type SegmentCards } from './open-drawers.ts';
import { type LeafNode, type Pattern, patternOf, type Query } from './query.ts';
import { segmentIdOf, segmentPlaceOf } from './segment.ts';

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
