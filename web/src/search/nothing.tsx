// Before anything was asked, and when nothing was found: what to do.
import type { SearchAnswer } from '#contract/search.ts';
import { Button } from '../components/button.tsx';
import { searchText } from '../text/search.nl.ts';
import { noFilters } from './search-query.ts';
import { ask, askQuery, setSearch } from './search-store.ts';

const examples = ['vergunning', '"niet op de mail"', 'vergunning NABIJ/5 besluit'] as const;

export function NothingAsked() {
  return (
    <div className="card empty">
      <p>{searchText.start}</p>
      <p className="quiet">{searchText.startHelp}</p>
      <p>{searchText.startList}</p>
      <div className="row">
        <span>{searchText.startExamples}</span>
        {examples.map((query) => (
          <button
            key={query}
            type="button"
            className="chip chip--button"
            aria-label={searchText.tryThis(query)}
            onClick={() => {
              setSearch({ typed: query });
              document.getElementById('query')?.focus();
            }}
          >
            <code>{query}</code>
          </button>
        ))}
      </div>
    </div>
  );
}

interface NothingFoundProps {
  readonly query: string;
  readonly expansions: SearchAnswer['expansions'];
  readonly filtered: boolean;
}

/** `vergunning` → `vergunning*`; only where one plain word was asked. */
const plain = /^[\p{L}\p{M}]{3,}$/u;

export function NothingFound({ query, expansions, filtered }: NothingFoundProps) {
  const missed = expansions.filter(({ terms }) => terms.every(({ messages }) => messages === 0)).map(({ leaf }) => leaf);
  return (
    <div className="card empty">
      <div role="status">
        <h2 className="utrecht-heading-2">{searchText.none}</h2>
      </div>
      {missed.length === 0 ? null : <p>{searchText.noneWords(missed)}</p>}
      {filtered ? (
        <>
          <p>{searchText.noneFilters}</p>
          <Button onClick={() => ask(noFilters)}>{searchText.noneClear}</Button>
        </>
      ) : null}
      {plain.test(query) ? <Button onClick={() => askQuery(`${query}*`)}>{searchText.tryThis(`${query}*`)}</Button> : null}
      <ul>
        {searchText.noneHelp.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
