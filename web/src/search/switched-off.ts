// Forms of a word that the person switched off: asked for with the search, by the word as typed.
import type { SearchAnswer } from '#contract/search.ts';

type Expansion = SearchAnswer['expansions'][number];

/** A word of the query, as typed, with the forms that are off. */
export interface SwitchedLeaf {
  readonly leaf: string;
  readonly terms: readonly string[];
}

/** Turns one form on or off; a leaf with nothing off is forgotten. */
export function toggleForm(leaves: readonly SwitchedLeaf[], leaf: string, term: string): readonly SwitchedLeaf[] {
  const off = leaves.find((one) => one.leaf === leaf)?.terms ?? [];
  const terms = off.includes(term) ? off.filter((one) => one !== term) : [...off, term];
  const others = leaves.filter((one) => one.leaf !== leaf);
  return terms.length === 0 ? others : [...others, { leaf, terms }];
}

/** Whether the form is the last that is on: a word cannot be switched off as a whole, it can be taken out of the query. */
export function isLastOn({ terms }: Expansion, term: string): boolean {
  return terms.every((one) => one.term === term || one.off === true);
}
