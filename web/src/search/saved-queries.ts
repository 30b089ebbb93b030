// Saved searches, their runs and the search-term report, as the window asks for them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type * as z from 'zod';
import type { RunHitPage, RunPage, SavedSearchAnswer, SavedSearchPage, SearchRunAnswer } from '#contract/saved-search.ts';
import type { ReportTerms, TermReportAnswer } from '#contract/term-report.ts';
import { get, post, withQuery } from '../api/client.ts';
import type { SearchAsked } from './search-query.ts';

export const savedSearchesQuery = infiniteQueryOptions({
  queryKey: ['searches'],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => get<z.infer<typeof SavedSearchPage>>(withQuery('/v1/searches', { next: pageParam }), signal),
  getNextPageParam: (last) => last.next,
});

export const savedSearchQuery = (id: string) =>
  queryOptions({ queryKey: ['searches', id], queryFn: ({ signal }) => get<SavedSearchAnswer>(`/v1/searches/${id}`, signal) });

export const runsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['searches', id, 'runs'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => get<z.infer<typeof RunPage>>(withQuery(`/v1/searches/${id}/runs`, { next: pageParam }), signal),
    getNextPageParam: (last) => last.next,
  });

export const searchRunQuery = (id: string, n: number) =>
  queryOptions({ queryKey: ['searches', id, 'runs', n], queryFn: ({ signal }) => get<SearchRunAnswer>(`/v1/searches/${id}/runs/${n}`, signal) });

export type RunShow = 'all' | 'new' | 'gone';
export const runShows = ['all', 'new', 'gone'] as const satisfies readonly RunShow[];

export const runHitsQuery = (id: string, n: number, show: RunShow) =>
  infiniteQueryOptions({
    queryKey: ['searches', id, 'runs', n, 'hits', show],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => get<z.infer<typeof RunHitPage>>(withQuery(`/v1/searches/${id}/runs/${n}/hits`, { show, next: pageParam }), signal),
    getNextPageParam: (last) => last.next,
  });

/** What is reported on: a saved search, or the question at hand. */
export type ReportOf = { readonly searchId: string } | Omit<ReportTerms, 'searchId' | 'terms'>;

export const reportQuery = (of: ReportOf) =>
  queryOptions({
    queryKey: ['report', of],
    queryFn: ({ signal }) => post<TermReportAnswer>('/v1/terms/_report', of, signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A saved search as the search page holds one. */
export function toAsked({ query, switchedOff, filters }: Pick<SavedSearchAnswer, 'query' | 'switchedOff' | 'filters'>): SearchAsked {
  return { query, switched: switchedOff, ...filters, order: 'newest', collapse: false };
}
