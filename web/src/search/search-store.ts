// The search at hand lives in memory: not in the address (names may not stand there), and back from a conversation it is still here.
import { useSyncExternalStore } from 'react';
import type { SearchAsked } from '../api/queries.ts';

export interface SearchState {
  readonly typed: string;
  /** null: nothing asked yet. */
  readonly asked: SearchAsked | null;
  /** Message whose conversation is shown beside. */
  readonly selected: string | null;
}

export const nothingAsked: SearchAsked = { query: '', switched: [], caseIds: [], bundleIds: [], senders: [], from: null, to: null, order: 'newest' };

let state: SearchState = { typed: '', asked: null, selected: null };
const listeners = new Set<() => void>();

export function setSearch(change: Partial<SearchState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

export function ask(change: Partial<SearchAsked>): void {
  setSearch({ asked: { ...(state.asked ?? nothingAsked), ...change }, selected: null });
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
