// Which records of a segment match a query: one bit a record.
import { allBits, andBits, type Bits, noBits, notBits, orBits } from './bits.ts';
import { bitsOfNear, bitsOfPhrase, bitsOfWords } from './match-places.ts';
import { caseMatches, labelMatches } from './match-record.ts';
import type { Leaf, Query } from './query.ts';
import { bitsOfKind, bitsOfSenders, bitsOfTimes, type RecordFilters, type SegmentView } from './segment-view.ts';

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

export function evaluateFilters({ senders, kinds, from, to }: RecordFilters, view: SegmentView): Bits {
  let bits = bitsOfTimes(view, from, to);
  if (senders.length > 0)
    bits = andBits(
      bits,
      bitsOfSenders(view, (label) => senders.includes(label)),
    );
  return kinds.length === 0 ? bits : andBits(bits, kinds.map(({ mask, value }) => bitsOfKind(view, mask, value)).reduce(orBits));
}
