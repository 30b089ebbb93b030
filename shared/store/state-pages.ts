// Heads of one kind by state, page by page: one state, or several one after another.
import type { Catalogue, Item, Page } from './catalogue.ts';
import { stateKey } from './table.ts';

export interface StatePageRequest {
  readonly states: readonly string[];
  readonly limit: number;
  /** From an earlier page; unknown shapes are refused by the door that decodes the cursor. */
  readonly next: Item | null;
  /** Where a state has no partition of its own: its partition, and what the sort keys of the state begin with. */
  readonly placeOf?: (state: string) => { readonly stateKey: string; readonly prefix: string };
}

/** Newest first within a state. `next` holds the state it stands in and the key there. */
export async function pageByStates(catalogue: Catalogue, kind: 'case' | 'custodian' | 'hold' | 'list' | 'run', request: StatePageRequest): Promise<Page<Item>> {
  const { states, limit, placeOf } = request;
  const found: Item[] = [];
  let at = Math.max(0, request.next === null ? 0 : states.indexOf(String(request.next['state'])));
  let from = (request.next?.['key'] ?? null) as Item | null;
  for (; at < states.length; at++, from = null) {
    const state = states[at] ?? '';
    const place = placeOf?.(state);
    do {
      const page = await catalogue.query({
        index: 'byState',
        partition: ['stateKey', place?.stateKey ?? stateKey(kind, state)],
        ...(place === undefined ? {} : { sort: { name: 'stateAt', beginsWith: place.prefix } }),
        limit: limit - found.length,
        from,
        descending: true,
      });
      found.push(...page.items);
      from = page.next;
      if (found.length >= limit) {
        if (from !== null) return { items: found, next: { state, key: from } };
        const following = states[at + 1];
        return { items: found, next: following === undefined ? null : { state: following, key: null } };
      }
    } while (from !== null);
  }
  return { items: found, next: null };
}
