// Period and order, and every filter that is on as a chip one can take away.

import type { SearchAsked } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { Shape } from '../components/shape.tsx';
import { toDutchDate } from '../format/dates.ts';
import { text } from '../text.nl.ts';
import { ask } from './search-store.ts';

interface FiltersProps {
  readonly asked: SearchAsked;
  /** What a bundle is called in the facet of conversations. */
  readonly bundleName: (bundleId: string) => string;
}

const without = (list: readonly string[], value: string) => list.filter((one) => one !== value);

export function Filters({ asked, bundleName }: FiltersProps) {
  const on = [
    ...asked.caseIds.map((id) => ({ name: id, clear: () => ask({ caseIds: without(asked.caseIds, id) }) })),
    ...asked.bundleIds.map((id) => ({ name: bundleName(id), clear: () => ask({ bundleIds: without(asked.bundleIds, id) }) })),
    ...asked.senders.map((sender) => ({ name: sender, clear: () => ask({ senders: without(asked.senders, sender) }) })),
    ...(asked.from === null ? [] : [{ name: `${text.search.from.toLowerCase()} ${toDutchDate(asked.from)}`, clear: () => ask({ from: null }) }]),
    ...(asked.to === null ? [] : [{ name: `${text.search.to.toLowerCase()} ${toDutchDate(asked.to)}`, clear: () => ask({ to: null }) }]),
  ];
  return (
    <div className="stack stack--tight">
      <div className="filters">
        <TextField
          label={text.search.from}
          type="date"
          value={asked.from ?? ''}
          onChange={(event) => ask({ from: event.target.value === '' ? null : event.target.value })}
        />
        <TextField
          label={text.search.to}
          type="date"
          value={asked.to ?? ''}
          onChange={(event) => ask({ to: event.target.value === '' ? null : event.target.value })}
        />
        <SelectField label={text.search.order} value={asked.order} onChange={(event) => ask({ order: event.target.value === 'oldest' ? 'oldest' : 'newest' })}>
          <option value="newest">{text.search.newest}</option>
          <option value="oldest">{text.search.oldest}</option>
        </SelectField>
      </div>
      {on.length === 0 ? null : (
        <ul className="list-plain row" aria-label={text.search.filters}>
          {on.map((filter) => (
            <li key={filter.name}>
              <button type="button" className="chip chip--button" aria-label={text.search.remove(filter.name)} onClick={filter.clear}>
                {filter.name} <Shape name="cross" />
              </button>
            </li>
          ))}
          <li>
            <Button look="subtle" onClick={() => ask({ caseIds: [], bundleIds: [], senders: [], from: null, to: null })}>
              {text.search.clear}
            </Button>
          </li>
        </ul>
      )}
    </div>
  );
}
