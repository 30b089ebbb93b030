// On which forms was searched, how many messages each gave, and a switch for each: nothing is widened in silence.
import { useState } from 'react';
import type { SearchAnswer } from '#contract/search.ts';
import type { SearchAsked } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
import { toCount, toDutchNumber } from '../format/numbers.ts';
import { text } from '../text.nl.ts';
import { ask } from './search-store.ts';
import { isLastOn, toggleForm } from './switched-off.ts';

const few = 8;

type Expansion = SearchAnswer['expansions'][number];

function Leaf({ asked, leaf }: { readonly asked: SearchAsked; readonly leaf: Expansion }) {
  const [all, setAll] = useState(false);
  const { terms } = leaf;
  const sum = terms.reduce((total, term) => total + term.messages, 0);
  return (
    <li className="expansion">
      <strong>{leaf.leaf}</strong>{' '}
      {terms.length < 2 ? (
        <span>{toCount(sum, text.common.messageOne, text.common.messageMany)}</span>
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
          {all ? text.search.expansionLess : text.search.expansionMore(toDutchNumber(terms.length - few))}
        </Button>
      ) : null}
    </li>
  );
}

export function Expansions({ asked, expansions }: { readonly asked: SearchAsked; readonly expansions: SearchAnswer['expansions'] }) {
  if (expansions.length === 0) return null;
  return (
    <section aria-label={text.search.expansionIntro}>
      <ul className="list-plain small">
        {expansions.map((leaf) => (
          <Leaf key={leaf.leaf} asked={asked} leaf={leaf} />
        ))}
      </ul>
    </section>
  );
}
