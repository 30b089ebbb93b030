// On which forms was searched, and how many messages each gave: nothing is widened in silence.
import { useState } from 'react';
import type { SearchAnswer } from '#contract/search.ts';
import { Button } from '../components/button.tsx';
import { toCount, toDutchNumber } from '../format/numbers.ts';
import { text } from '../text.nl.ts';

const few = 8;

function Leaf({ leaf, terms }: SearchAnswer['expansions'][number]) {
  const [all, setAll] = useState(false);
  const shown = all ? terms : terms.slice(0, few);
  const sum = terms.reduce((total, term) => total + term.messages, 0);
  return (
    <li className="expansion">
      <strong>{leaf}</strong>{' '}
      {terms.length === 1 ? (
        <span>{toCount(sum, text.common.messageOne, text.common.messageMany)}</span>
      ) : (
        shown.map((term) => (
          <span key={term.term} className="chip">
            {term.term} <span className="quiet">{toDutchNumber(term.messages)}</span>
          </span>
        ))
      )}
      {terms.length > few ? (
        <Button look="subtle" onClick={() => setAll(!all)}>
          {all ? text.search.expansionLess : text.search.expansionMore(toDutchNumber(terms.length - few))}
        </Button>
      ) : null}
    </li>
  );
}

export function Expansions({ expansions }: { readonly expansions: SearchAnswer['expansions'] }) {
  if (expansions.length === 0) return null;
  return (
    <section aria-label={text.search.expansionIntro}>
      <ul className="list-plain small">
        {expansions.map((expansion) => (
          <Leaf key={expansion.leaf} {...expansion} />
        ))}
      </ul>
    </section>
  );
}
