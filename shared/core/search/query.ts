// A query as it was understood. Positions are UTF-16 units in what was typed.
import type { Platform } from '#core/model/chat.ts';

/** What one word of a pattern stands for. `key` names it: two words with the same key find the same terms. */
export type Word =
  | { readonly kind: 'term'; readonly term: string }
  /** `vergunn*` */
  | { readonly kind: 'prefix'; readonly term: string }
  /** One of these: the inflections of a word, or what the dictionary gave for a wide word. */
  | { readonly kind: 'any'; readonly key: string; readonly terms: readonly string[] }
  | WideWord;

/** Words that only the dictionary can name. */
export type WideWord =
  /** `*vergunn*ing`: literal pieces, a star is any run of characters. */
  | { readonly kind: 'wild'; readonly glob: string }
  | { readonly kind: 'fuzzy'; readonly term: string; readonly distance: 1 | 2 }
  | { readonly kind: 'regex'; readonly source: string };

/** Words that must follow each other. `phone`: the canonical term that is as good as the whole pattern. */
export interface Pattern {
  readonly words: readonly Word[];
  readonly phone: string | null;
  /** Terms that the person switched off; of a pattern of one word. */
  readonly without: readonly string[];
}

export type Leaf =
  /** Words of a message: its text and the names of its attachments. */
  | { readonly on: 'words'; readonly pattern: Pattern }
  /** Words of an attachment's name. */
  | { readonly on: 'name'; readonly pattern: Pattern }
  | { readonly on: 'sender'; readonly pattern: Pattern }
  | { readonly on: 'title'; readonly pattern: Pattern }
  /** A place of one of `left` and one of `right`, in either order, with at most `distance` steps from the one to the other. */
  | { readonly on: 'near'; readonly left: readonly LeafNode[]; readonly right: readonly LeafNode[]; readonly distance: number }
  /** Case number, compared without regard to capitals; `*` is any run of characters. */
  | { readonly on: 'case'; readonly glob: string }
  | { readonly on: 'app'; readonly platform: Platform }
  /** Kind byte of a record (columns-codec): `kind & mask` is `value`, or has a bit of it when `mask` is 0. */
  | { readonly on: 'kind'; readonly mask: number; readonly value: number }
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

export function keyOfWord(word: Word): string {
  switch (word.kind) {
    case 'term':
      return word.term;
    case 'prefix':
      return `${word.term}*`;
    case 'any':
      return word.key;
    case 'wild':
      return `wild ${word.glob}`;
    case 'fuzzy':
      return `fuzzy ${word.distance} ${word.term}`;
    case 'regex':
      return `regex ${word.source}`;
  }
}

export function isWide(word: Word): word is WideWord {
  return word.kind === 'wild' || word.kind === 'fuzzy' || word.kind === 'regex';
}

/** Leaves in the order in which they were typed; of NABIJ its sides. */
export function leavesOf(query: Query): readonly LeafNode[] {
  switch (query.kind) {
    case 'leaf':
      return query.leaf.on === 'near' ? [...query.leaf.left, ...query.leaf.right] : [query];
    case 'and':
    case 'or':
      return query.parts.flatMap(leavesOf);
    case 'not':
      return leavesOf(query.part);
    case 'all':
      return [];
  }
}

/** The same query with each leaf changed; the sides of a NABIJ too. */
export function mapLeaves(query: Query, change: (node: LeafNode) => LeafNode): Query {
  switch (query.kind) {
    case 'leaf': {
      const { leaf } = query;
      return leaf.on === 'near' ? { ...query, leaf: { ...leaf, left: leaf.left.map(change), right: leaf.right.map(change) } } : change(query);
    }
    case 'and':
    case 'or':
      return { ...query, parts: query.parts.map((part) => mapLeaves(part, change)) };
    case 'not':
      return { ...query, part: mapLeaves(query.part, change) };
    case 'all':
      return query;
  }
}

export function patternOf({ leaf }: LeafNode): Pattern | null {
  return leaf.on === 'words' || leaf.on === 'name' || leaf.on === 'sender' || leaf.on === 'title' ? leaf.pattern : null;
}

/** Leaves that a hit can be shown by: those not under a NIET. */
export function shownLeavesOf(query: Query): readonly LeafNode[] {
  if (query.kind === 'not') return [];
  if (query.kind === 'and' || query.kind === 'or') return query.parts.flatMap(shownLeavesOf);
  return query.kind === 'leaf' ? [query] : [];
}
