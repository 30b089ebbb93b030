// A search as it is asked of the archive. It travels in the body: names may not stand in an address.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { SearchAnswer, TermExpansion } from '#contract/search.ts';
import { post } from '../api/client.ts';
import type { SwitchedLeaf } from './switched-off.ts';

export interface SearchAsked {
  /** As typed. */
  readonly query: string;
  /** Words of it of which forms were switched off. */
  readonly switched: readonly SwitchedLeaf[];
  readonly caseIds: readonly string[];
  readonly bundleIds: readonly string[];
  readonly conversations: readonly { readonly bundleId: string; readonly n: number }[];
  readonly custodianIds: readonly string[];
  readonly senders: readonly string[];
  readonly platforms: readonly string[];
  /** As `type:` names them; only a saved search has these. */
  readonly kinds: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly order: 'newest' | 'oldest' | 'conversation';
  /** The same message from several phones once. */
  readonly collapse: boolean;
}

export const noFilters = {
  caseIds: [],
  bundleIds: [],
  conversations: [],
  custodianIds: [],
  senders: [],
  platforms: [],
  kinds: [],
  from: null,
  to: null,
} as const;

const facets = ['case', 'conversation', 'sender', 'app', 'month', 'custodian'] as const;

/** The question without how it is shown, as a search, a saved search and a report take it. */
export function questionOf({ query, switched, order: _order, collapse: _collapse, ...filters }: SearchAsked) {
  return { query, switchedOff: switched, filters };
}

/** Facets come with the first page only. */
export const searchQuery = (asked: SearchAsked) =>
  infiniteQueryOptions({
    queryKey: ['search', asked],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const { order, collapse } = asked;
      const body = { ...questionOf(asked), order, collapseDuplicates: collapse, limit: 50, next: pageParam, facets: pageParam === null ? facets : [] };
      return post<SearchAnswer>('/v1/messages/_search', body, signal);
    },
    getNextPageParam: (last: SearchAnswer) => last.next,
    retry: false,
    staleTime: 30_000,
  });

/** One facet alone. */
export const facetQuery = (asked: SearchAsked, kind: (typeof facets)[number]) =>
  queryOptions({
    queryKey: ['facet', kind, asked],
    queryFn: ({ signal }) => post<SearchAnswer>('/v1/messages/_search', { ...questionOf(asked), limit: 1, facets: [kind] }, signal),
    retry: false,
    staleTime: 30_000,
  });

export const expandQuery = (leaf: string) =>
  queryOptions({
    queryKey: ['terms', leaf],
    queryFn: ({ signal }) => post<TermExpansion>('/v1/terms/_expand', { leaf }, signal),
    retry: false,
    staleTime: 60_000,
  });
