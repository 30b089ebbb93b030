// The search at hand lives in memory: not in the address (names may not stand there), and back from a conversation it is still here.
import { useSyncExternalStore } from 'react';
import { noFilters, type SearchAsked } from './search-query.ts';

export interface SearchState {
  readonly typed: string;
  readonly asked: SearchAsked;
  /** Whether anything was asked yet. */
  readonly started: boolean;
  /** Hit whose conversation is shown beside. */
  readonly selected: string | null;
}

let state: SearchState = { typed: '', asked: { query: '', switched: [], ...noFilters, order: 'newest', collapse: false }, started: false, selected: null };
const listeners = new Set<() => void>();

export function setSearch(change: Partial<SearchState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

/** Changes what is asked; a filter that is set before anything was asked waits for the question. */
export function ask(change: Partial<SearchAsked>): void {
  setSearch({ asked: { ...state.asked, ...change }, started: state.started || change.query !== undefined, selected: null });
}

/** Asks this text; forms that were switched off stay off for words that still stand in it. */
export function askQuery(query: string): void {
  setSearch({ typed: query });
  ask({ query, switched: state.asked.switched.filter(({ leaf }) => query.includes(leaf)) });
}

export function useSearch(): SearchState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
