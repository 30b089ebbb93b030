// Where the matches are: per kind the values with their counts; a value is a switch that filters. A facet that filters shows what it
// would give without its own filter, so that a second value can be chosen beside the first.
import { useQueries } from '@tanstack/react-query';
import type { SearchAnswer } from '#contract/search.ts';
import { searchText } from '../text/search.nl.ts';
import { Facet } from './facet.tsx';
import { chosenOf, facetKinds, labelOf, toggled, withChosen } from './facet-filters.ts';
import { rememberNames } from './facet-names.ts';
import { facetQuery, type SearchAsked } from './search-query.ts';
import { ask } from './search-store.ts';

export function Facets({ asked, facets }: { readonly asked: SearchAsked; readonly facets: NonNullable<SearchAnswer['facets']> }) {
  const wider = useQueries({
    queries: facetKinds.map((kind) => ({ ...facetQuery({ ...asked, ...withChosen(kind, []) }, kind), enabled: chosenOf(asked, kind).length > 0 })),
  });
  for (const { data } of wider) rememberNames(data?.facets);
  return (
    <section className="facets" aria-label={searchText.narrow}>
      {facetKinds.map((kind, at) => {
        const chosen = chosenOf(asked, kind);
        const values = (chosen.length > 0 ? wider[at]?.data?.facets?.[kind] : undefined) ?? facets[kind] ?? [];
        return values.length === 0 ? null : (
          <Facet
            key={kind}
            title={searchText.facets[kind]}
            values={values.map(({ value, messages }) => ({ value, messages, label: labelOf(kind, value) }))}
            chosen={chosen}
            onToggle={(value) => ask(toggled(asked, kind, value))}
          />
        );
      })}
    </section>
  );
}
