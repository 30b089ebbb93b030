// Words that were not searched for: compounds of a word and slips of the pen, each with its count and a switch, one by one or together.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TermExpansion } from '#contract/search.ts';
import { Button } from '../components/button.tsx';
import { toDutchNumber } from '../format/numbers.ts';
import { Busy } from '../shell/busy.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { searchText } from '../text/search.nl.ts';
import { expandQuery } from './search-query.ts';
import { askQuery } from './search-store.ts';
import type { PlainWord } from './understand.ts';
import { useUnderstood } from './use-understood.ts';
import { widen, wordsBeside } from './widen.ts';

const few = 8;
/** For so many words the archive is asked at once; for more each has a button. */
const atOnce = 3;

type Offer = TermExpansion['offers'][number];

interface WordProps {
  readonly query: string;
  readonly word: PlainWord;
}

function OfferView({ query, word, offer }: WordProps & { readonly offer: Offer }) {
  const [all, setAll] = useState(false);
  if (offer.tooMany) return <p>{searchText.offerTooMany(word.source)}</p>;
  if (offer.terms.length === 0) return null;
  const on = wordsBeside(query, word);
  const choose = (words: readonly string[]) => askQuery(widen(query, word, words));
  const missing = offer.terms.filter(({ term }) => !on.includes(term)).map(({ term }) => term);
  const shown = all ? offer.terms : offer.terms.slice(0, few);
  return (
    <fieldset className="expansion">
      <legend>{searchText[offer.kind](word.source)}</legend>
      {shown.map(({ term, messages }) => (
        <label key={term} className="chip chip--choice">
          <input type="checkbox" checked={on.includes(term)} onChange={() => choose(on.includes(term) ? on.filter((one) => one !== term) : [...on, term])} />
          {term} <span className="quiet">{toDutchNumber(messages)}</span>
        </label>
      ))}
      {offer.terms.length > few ? (
        <Button look="subtle" onClick={() => setAll(!all)}>
          {all ? searchText.facetLess : searchText.facetMore(toDutchNumber(offer.terms.length))}
        </Button>
      ) : null}
      {missing.length > 1 ? (
        <Button look="subtle" onClick={() => choose([...on, ...missing])}>
          {searchText.offerAll(offer.terms.length)}
        </Button>
      ) : null}
    </fieldset>
  );
}

function WordOffers({ query, word, atOnce: asksItself }: WordProps & { readonly atOnce: boolean }) {
  const [wanted, setWanted] = useState(false);
  const expanded = useQuery({ ...expandQuery(word.source), enabled: asksItself || wanted });
  if (!asksItself && !wanted) {
    return (
      <li className="offers__ask">
        <button type="button" className="chip chip--button" aria-label={searchText.offerAsk(word.source)} onClick={() => setWanted(true)}>
          {word.source} …
        </button>
      </li>
    );
  }
  if (expanded.data === undefined) return <li>{expanded.error === null ? <Busy /> : <ProblemNotice error={expanded.error} />}</li>;
  const { offers } = expanded.data;
  if (offers.every(({ terms, tooMany }) => terms.length === 0 && !tooMany))
    return asksItself ? null : <li className="quiet">{searchText.offerNone(word.source)}</li>;
  return (
    <li>
      {offers.map((offer) => (
        <OfferView key={offer.kind} query={query} word={word} offer={offer} />
      ))}
    </li>
  );
}

export function Offers({ query }: { readonly query: string }) {
  const understood = useUnderstood(query);
  if (understood?.ok !== true || understood.plain.length === 0) return null;
  return (
    <section aria-label={searchText.offers}>
      {understood.plain.length > atOnce ? <p className="small">{searchText.offersAsk}</p> : null}
      <ul className="list-plain small offers">
        {understood.plain.map((word) => (
          <WordOffers key={`${word.position} ${word.source}`} query={query} word={word} atOnce={understood.plain.length <= atOnce} />
        ))}
      </ul>
    </section>
  );
}
