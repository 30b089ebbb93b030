// A value of a facet as a filter: whether it is on, and the search with it on or off.
import { searchText } from '../text/search.nl.ts';
import { nameOf } from './facet-names.ts';
import type { SearchAsked } from './search-query.ts';

export type FacetKind = keyof typeof searchText.facets;
export const facetKinds = ['case', 'conversation', 'sender', 'app', 'custodian'] as const satisfies readonly FacetKind[];

const fields = { case: 'caseIds', sender: 'senders', app: 'platforms', custodian: 'custodianIds' } as const;

function toConversation(value: string): { readonly bundleId: string; readonly n: number } {
  const slash = value.lastIndexOf('/');
  return { bundleId: value.slice(0, slash), n: Number(value.slice(slash + 1)) };
}

/** Values of this facet that are on. */
export function chosenOf(asked: SearchAsked, kind: FacetKind): readonly string[] {
  return kind === 'conversation' ? asked.conversations.map(({ bundleId, n }) => `${bundleId}/${n}`) : asked[fields[kind]];
}

export function withChosen(kind: FacetKind, values: readonly string[]): Partial<SearchAsked> {
  return kind === 'conversation' ? { conversations: values.map(toConversation) } : { [fields[kind]]: values };
}

export function toggled(asked: SearchAsked, kind: FacetKind, value: string): Partial<SearchAsked> {
  const chosen = chosenOf(asked, kind);
  return withChosen(kind, chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
}

/** How a value is called; an absent case or key person is named as such. */
export function labelOf(kind: FacetKind, value: string): string {
  if (kind === 'app') return searchText.apps[value] ?? value;
  if (kind === 'case' || kind === 'sender') return value;
  const name = nameOf(kind, value);
  return name ?? (name === null ? searchText.nameless[kind] : searchText.numbered[kind](value));
}
