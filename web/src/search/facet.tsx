// One facet: a row per value with its bar and its number; a row is a switch.
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Shape } from '../components/shape.tsx';
import { toDutchNumber } from '../format/numbers.ts';
import { searchText } from '../text/search.nl.ts';

interface FacetProps {
  readonly title: string;
  readonly values: readonly { readonly value: string; readonly label?: string | undefined; readonly messages: number }[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}

const few = 6;

export function Facet({ title, values, chosen, onToggle }: FacetProps) {
  const [all, setAll] = useState(false);
  const most = Math.max(1, ...values.map((one) => one.messages));
  const shown = all ? values : values.slice(0, few);
  return (
    <details className="facet" open={chosen.length > 0}>
      <summary>
        {title} ({toDutchNumber(values.length)})
        {values[0] === undefined ? null : (
          <span className="facet__first quiet">
            {values[0].label ?? values[0].value} {toDutchNumber(values[0].messages)}
            {values.length > 1 ? ' …' : ''}
          </span>
        )}
      </summary>
      <ul className="list-plain">
        {shown.map((one) => {
          const name = one.label ?? one.value;
          return (
            <li key={one.value}>
              <button type="button" className="facet__row" aria-pressed={chosen.includes(one.value)} onClick={() => onToggle(one.value)}>
                <span className="facet__name">
                  {chosen.includes(one.value) ? <Shape name="tick" /> : null}
                  {name === '' ? searchText.noCase : name}
                </span>
                <svg className="facet__bar" aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none">
                  <rect width={(one.messages / most) * 100} height="8" />
                </svg>
                <span className="number">{toDutchNumber(one.messages)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {values.length > few ? (
        <Button look="subtle" onClick={() => setAll(!all)}>
          {all ? searchText.facetLess : searchText.facetMore(toDutchNumber(values.length))}
        </Button>
      ) : null}
    </details>
  );
}
