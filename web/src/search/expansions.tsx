// On which forms was searched, how many messages each gave, and a switch for each: nothing is widened in silence.
import { useState } from 'react';
import type { SearchAnswer } from '#contract/search.ts';
import { Button } from '../components/button.tsx';
import { toCount, toDutchNumber } from '../format/numbers.ts';
import { searchText } from '../text/search.nl.ts';
import { text } from '../text.nl.ts';
import type { SearchAsked } from './search-query.ts';
import { ask } from './search-store.ts';
import { isLastOn, toggleForm } from './switched-off.ts';

const few = 8;

type Expansion = SearchAnswer['expansions'][number];

function Leaf({ asked, leaf }: { readonly asked: SearchAsked; readonly leaf: Expansion }) {
  const [all, setAll] = useState(false);
  const { terms } = leaf;
  const only = terms.length < 2 ? (terms[0]?.messages ?? 0) : null;
  return (
    <li className="expansion">
      <strong>{leaf.leaf}</strong>{' '}
      {only !== null ? (
        <span>{toCount(only, text.common.messageOne, text.common.messageMany)}</span>
      ) : (
        (all ? terms : terms.slice(0, few)).map((term) => {
          return (
            <label key={term.term} className="chip chip--choice">
              <input
                type="checkbox"
                checked={term.off !== true}
                disabled={isLastOn(leaf, term.term)}
                onChange={() => ask({ switched: toggleForm(asked.switched, leaf.leaf, term.term) })}
              />
              {term.term} <span className="quiet">{toDutchNumber(term.messages)}</span>
            </label>
          );
        })
      )}
      {terms.length > few ? (
        <Button look="subtle" onClick={() => setAll(!all)}>
          {all ? searchText.expansionLess : searchText.expansionMore(toDutchNumber(terms.length - few))}
        </Button>
      ) : null}
      {terms.some(({ off }) => off) ? (
        <Button look="subtle" onClick={() => ask({ switched: asked.switched.filter((one) => one.leaf !== leaf.leaf) })}>
          {searchText.expansionAll}
        </Button>
      ) : null}
    </li>
  );
}

export function Expansions({ asked, expansions }: { readonly asked: SearchAsked; readonly expansions: SearchAnswer['expansions'] }) {
  if (expansions.length === 0) return null;
  return (
    <section aria-label={searchText.expansionIntro}>
      <p className="small">
        <strong>{searchText.expansionIntro}</strong>
        {expansions.some(({ terms }) => terms.length > 1) ? <span className="quiet"> {searchText.expansionHelp}</span> : null}
      </p>
      <ul className="list-plain small">
        {expansions.map((leaf) => (
          <Leaf key={leaf.leaf} asked={asked} leaf={leaf} />
        ))}
      </ul>
    </section>
  );
}
