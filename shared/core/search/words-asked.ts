// What makes a page of an attachment a hit: a word that was asked for. Filters and NIET alone ask for messages.
import { type Bits, noBits, orBits } from './bits.ts';
import { evaluate } from './evaluate.ts';
import { type Query, shownLeavesOf } from './query.ts';
import type { SegmentView } from './segment-view.ts';

/** Records in which a word of the query stands, whatever else the query says. */
export function bitsOfWordsAsked(query: Query, view: SegmentView): Bits {
  return shownLeavesOf(query)
    .filter(({ leaf }) => leaf.on === 'words' || leaf.on === 'name' || leaf.on === 'near')
    .map((leaf) => evaluate(leaf, view))
    .reduce(orBits, noBits(view.head.count));
}
