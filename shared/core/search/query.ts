// A query as it was understood. Positions are UTF-16 units in what was typed.

/**
 * Terms that must follow each other. With `prefix` the last one may go on: `vergunn*`, `Z-2024*`.
 * `phone`: the canonical term that is as good as the whole pattern.
 */
export interface Pattern {
  readonly terms: readonly string[];
  readonly prefix: boolean;
  readonly phone: string | null;
}

export type Leaf =
  /** Words of a message: its text and the names of its attachments. */
  | { readonly on: 'words'; readonly pattern: Pattern }
  | { readonly on: 'sender'; readonly pattern: Pattern }
  | { readonly on: 'title'; readonly pattern: Pattern }
  /** Case number, compared without regard to capitals; with `prefix` it may go on. */
  | { readonly on: 'case'; readonly value: string; readonly prefix: boolean }
  /** Local wall time from `from` to `to`, both included, as `localNumber` gives them. */
  | { readonly on: 'date'; readonly from: number; readonly to: number };

export interface LeafNode {
  readonly kind: 'leaf';
  readonly leaf: Leaf;
  /** As typed. */
  readonly source: string;
  readonly position: number;
}

export type Query =
  | LeafNode
  | { readonly kind: 'and'; readonly parts: readonly Query[] }
  | { readonly kind: 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  /** Nothing was typed: every record. */
  | { readonly kind: 'all' };

/** Leaves in the order in which they were typed. */
export function leavesOf(query: Query): readonly LeafNode[] {
  switch (query.kind) {
    case 'leaf':
      return [query];
    case 'and':
    case 'or':
      return query.parts.flatMap(leavesOf);
    case 'not':
      return leavesOf(query.part);
    case 'all':
      return [];
  }
}

/** Leaves that a hit can be shown by: those not under a NIET. */
export function shownLeavesOf(query: Query): readonly LeafNode[] {
  if (query.kind === 'not') return [];
  if (query.kind === 'and' || query.kind === 'or') return query.parts.flatMap(shownLeavesOf);
  return leavesOf(query);
}
