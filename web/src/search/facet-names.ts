// What values of facets are called, as far as the archive has said; a filter that is on keeps its name when its facet is gone.
import type { SearchAnswer } from '#contract/search.ts';

/** Null: the archive knows no name for it. */
const names = new Map<string, string | null>();

export function rememberNames(facets: SearchAnswer['facets']): void {
  for (const [kind, counts] of Object.entries(facets ?? {})) {
    for (const { value, label } of counts ?? []) names.set(`${kind} ${value}`, label ?? null);
  }
}

/** Undefined: nothing was heard of it yet. */
export function nameOf(kind: 'conversation' | 'custodian', value: string): string | null | undefined {
  return names.get(`${kind} ${value}`);
}
