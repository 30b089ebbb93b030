// Searches kept by name.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Table } from '../components/table.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { savedSearchesQuery } from '../search/saved-queries.ts';
import { Page } from '../shell/page.tsx';
import { Paged } from '../shell/paged.tsx';
import { savedText } from '../text/saved-search.nl.ts';
import { searchText } from '../text/search.nl.ts';

export function SavedSearchesPage() {
  const query = useInfiniteQuery(savedSearchesQuery);
  return (
    <Page title={savedText.title} lead={savedText.lead} crumbs={[{ name: searchText.title, to: '/zoeken' }]} wide>
      <Paged
        query={query}
        empty={
          <>
            <p>{savedText.empty}</p>
            <p className="quiet">{savedText.emptyHelp}</p>
            <Link to="/zoeken" className="utrecht-link utrecht-link--html-a">
              {savedText.toSearch}
            </Link>
          </>
        }
      >
        {(items) => (
          <Table
            caption={savedText.title}
            captionHidden
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                title: savedText.name,
                head: true,
                cell: ({ id, name, state }) => (
                  <>
                    <Link to="/zoeken/bewaard/$id" params={{ id }} className="utrecht-link utrecht-link--html-a">
                      {name}
                    </Link>
                    {state === 'closed' ? <span className="quiet"> ({savedText.stateClosed})</span> : null}
                  </>
                ),
              },
              { title: savedText.query, cell: ({ query: typed }) => (typed === '' ? savedText.everything : <code className="question">{typed}</code>) },
              { title: savedText.at, cell: ({ last }) => toDutchInstant(last.at) },
              { title: savedText.found, numeric: true, cell: ({ last }) => toDutchNumber(last.total) },
            ]}
          />
        )}
      </Paged>
    </Page>
  );
}
