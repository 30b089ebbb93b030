// Forms of a word that the person switched off: the word in the query is replaced by the forms that stay on.
import type { SearchAnswer } from '#contract/search.ts';

type Expansion = SearchAnswer['expansions'][number];

/** A word of the query with all its forms, and which of them are off. */
export interface SwitchedLeaf extends Expansion {
  readonly off: readonly string[];
}

/** What the API takes at most. */
const longestQuery = 2000;

const onTerms = (leaf: SwitchedLeaf) => leaf.terms.filter((term) => !leaf.off.includes(term.term));

/** `vergunning* EN bouw`, without "vergunningen" → `("vergunning" OF "vergunninghouder") EN bouw`; null when that cannot be asked. */
export function withoutForms(query: string, leaves: readonly SwitchedLeaf[]): string | null {
  let asked = query;
  for (const leaf of leaves) {
    const at = asked.toLowerCase().indexOf(leaf.leaf.toLowerCase());
    const on = onTerms(leaf);
    if (at < 0 || on.length === 0) return null;
    asked = `${asked.slice(0, at)}(${on.map((term) => `"${term.term}"`).join(' OF ')})${asked.slice(at + leaf.leaf.length)}`;
  }
  return asked.length > longestQuery ? null : asked;
}

/** Turns one form on or off; a leaf with nothing off is forgotten. */
export function toggleForm(leaves: readonly SwitchedLeaf[], expansion: Expansion, term: string): readonly SwitchedLeaf[] {
  const known = leaves.find((leaf) => leaf.leaf === expansion.leaf) ?? { ...expansion, off: [] };
  const off = known.off.includes(term) ? known.off.filter((one) => one !== term) : [...known.off, term];
  const others = leaves.filter((leaf) => leaf.leaf !== expansion.leaf);
  return off.length === 0 ? others : [...others, { ...known, off }];
}

/** What to show: the switched leaves with all their forms, and the answer's own without the forms that came from the replacement. */
export function shownLeaves(expansions: SearchAnswer['expansions'], leaves: readonly SwitchedLeaf[]): readonly SwitchedLeaf[] {
  const replaced = new Set(leaves.flatMap((leaf) => onTerms(leaf).flatMap((term) => [term.term, `"${term.term}"`])));
  return [...leaves, ...expansions.filter((one) => !replaced.has(one.leaf)).map((one) => ({ ...one, off: [] }))];
}
