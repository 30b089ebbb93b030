// Period and order, and every filter that is on as a chip one can take away.

import { Button } from '../components/button.tsx';
import { Choice, SelectField, TextField } from '../components/field.tsx';
import { Shape } from '../components/shape.tsx';
import { toDutchDate } from '../format/dates.ts';
import { searchText } from '../text/search.nl.ts';
import { chosenOf, facetKinds, labelOf, toggled } from './facet-filters.ts';
import { noFilters, type SearchAsked } from './search-query.ts';
import { ask } from './search-store.ts';

interface FilterOn {
  readonly key: string;
  readonly name: string;
  readonly clear: () => void;
}

/** Every filter that is on, with how to take it away. */
export function filtersOn(asked: SearchAsked): readonly FilterOn[] {
  const { from, to, bundleIds, kinds } = asked;
  return [
    ...facetKinds.flatMap((kind) =>
      chosenOf(asked, kind).map((value) => ({ key: `${kind} ${value}`, name: labelOf(kind, value), clear: () => ask(toggled(asked, kind, value)) })),
    ),
    ...bundleIds.map((id) => ({ key: id, name: id, clear: () => ask({ bundleIds: bundleIds.filter((one) => one !== id) }) })),
    ...kinds.map((kind) => ({ key: `kind ${kind}`, name: kind, clear: () => ask({ kinds: kinds.filter((one) => one !== kind) }) })),
    ...(from === null ? [] : [{ key: 'from', name: `${searchText.from.toLowerCase()} ${toDutchDate(from)}`, clear: () => ask({ from: null }) }]),
    ...(to === null ? [] : [{ key: 'to', name: `${searchText.to.toLowerCase()} ${toDutchDate(to)}`, clear: () => ask({ to: null }) }]),
  ];
}

export function Filters({ asked }: { readonly asked: SearchAsked }) {
  const on = filtersOn(asked);
  return (
    <div className="stack stack--tight">
      <div className="filters">
        <TextField
          label={searchText.from}
          type="date"
          value={asked.from ?? ''}
          onChange={(event) => ask({ from: event.target.value === '' ? null : event.target.value })}
        />
        <TextField
          label={searchText.to}
          type="date"
          value={asked.to ?? ''}
          onChange={(event) => ask({ to: event.target.value === '' ? null : event.target.value })}
        />
        <SelectField label={searchText.order} value={asked.order} onChange={(event) => ask({ order: event.target.value as SearchAsked['order'] })}>
          {Object.entries(searchText.orders).map(([order, name]) => (
            <option key={order} value={order}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <Choice kind="checkbox" checked={asked.collapse} onChange={() => ask({ collapse: !asked.collapse })}>
        {searchText.collapse}
      </Choice>
      {on.length === 0 ? null : (
        <ul className="list-plain row" aria-label={searchText.filters}>
          {on.map((filter) => (
            <li key={filter.key}>
              <button type="button" className="chip chip--button" aria-label={searchText.remove(filter.name)} onClick={filter.clear}>
                {filter.name} <Shape name="cross" />
              </button>
            </li>
          ))}
          <li>
            <Button look="subtle" onClick={() => ask(noFilters)}>
              {searchText.clear}
            </Button>
          </li>
        </ul>
      )}
    </div>
  );
}
