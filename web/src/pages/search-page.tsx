// Search: every match, an exact count, where they are, and each hit in its conversation.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { Button } from '../components/button.tsx';
import { Expansions } from '../search/expansions.tsx';
import { rememberNames } from '../search/facet-names.ts';
import { Filters, filtersOn } from '../search/filters.tsx';
import { Found, SearchActions } from '../search/found.tsx';
import { NothingAsked, NothingFound } from '../search/nothing.tsx';
import { Offers } from '../search/offers.tsx';
import { QueryBox } from '../search/query-box.tsx';
import { useSearchKeys } from '../search/search-keys.ts';
import { SearchProgress } from '../search/search-progress.tsx';
import { searchQuery } from '../search/search-query.ts';
import { ask, useSearch } from '../search/search-store.ts';
import { Timeline } from '../search/timeline.tsx';
import { useAddress } from '../search/use-address.ts';
import { useMe } from '../session/session.ts';
import { Page } from '../shell/page.tsx';
import { searchText } from '../text/search.nl.ts';

function SavedLink() {
  return useMe().actions.includes('search.read') ? (
    <Link to="/zoeken/bewaard" className="utrecht-link utrecht-link--html-a">
      {searchText.savedLink}
    </Link>
  ) : null;
}

export function SearchPage() {
  const { typed, asked, started, selected } = useSearch();
  const box = useRef<HTMLTextAreaElement>(null);
  useSearchKeys(box);
  useAddress(asked);
  const queries = useQueryClient();
  const options = searchQuery(asked);
  const query = useInfiniteQuery({ ...options, enabled: started });
  const first = query.data?.pages[0];
  const hits = query.data?.pages.flatMap((page) => page.items) ?? [];
  const busy = query.isFetching && !query.isFetchingNextPage;
  const stop = () => void queries.cancelQueries({ queryKey: options.queryKey });
  rememberNames(first?.facets);
  const filtered = filtersOn(asked).length > 0;
  return (
    <Page title={searchText.title} beside={<SavedLink />} wide>
      <QueryBox typed={typed} asked={asked.query} busy={busy} error={query.error} box={box} onAgain={() => void query.refetch()} />
      {started || filtered ? (
        <>
          {first === undefined ? null : (
            <div className="stack stack--tight">
              <Expansions asked={asked} expansions={first.expansions} />
              {started ? <Offers query={asked.query} /> : null}
            </div>
          )}
          <div className="search-tools">
            <Filters asked={asked} />
            {first === undefined ? null : (
              <Timeline
                counts={first.facets?.month ?? []}
                conversations={(first.facets?.conversation ?? []).map(({ value }) => value)}
                onPeriod={(from, to) => ask({ from, to })}
              />
            )}
          </div>
        </>
      ) : null}
      {started ? null : <NothingAsked />}
      {busy ? <SearchProgress onStop={stop} /> : null}
      {started && first === undefined && query.error === null && !busy ? (
        <div className="card empty">
          <p role="status">{searchText.stopped}</p>
          <Button onClick={() => void query.refetch()}>{searchText.again}</Button>
        </div>
      ) : null}
      {first === undefined ? null : first.total === 0 ? (
        <>
          <NothingFound query={asked.query} expansions={first.expansions} filtered={filtered} />
          <SearchActions asked={asked} />
        </>
      ) : (
        <Found asked={asked} first={first} hits={hits} selected={selected} more={query} />
      )}
    </Page>
  );
}
