// A search kept by name: what was asked, each run with the same hits as then, and how it differs from the run before.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { SavedSearchAnswer, SearchRunAnswer } from '#contract/saved-search.ts';
import { post } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { Facts } from '../components/facts.tsx';
import { Choices } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { CloseSearch } from '../search/close-search.tsx';
import { HitsBeside } from '../search/hits-beside.tsx';
import { questionFacts } from '../search/question-facts.tsx';
import { RunStanding } from '../search/run-standing.tsx';
import { type RunShow, runHitsQuery, runShows, runsQuery, savedSearchQuery, searchRunQuery, toAsked } from '../search/saved-queries.ts';
import { useSearchKeys } from '../search/search-keys.ts';
import { setSearch } from '../search/search-store.ts';
import { useMe } from '../session/session.ts';
import { Loaded } from '../shell/loaded.tsx';
import { Page } from '../shell/page.tsx';
import { itemsOf, More } from '../shell/paged.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { reportText, savedText } from '../text/saved-search.nl.ts';
import { searchText } from '../text/search.nl.ts';

function RunHits({ id, run }: { readonly id: string; readonly run: SearchRunAnswer }) {
  const [show, setShow] = useState<RunShow>('all');
  const [selected, setSelected] = useState<string | null>(null);
  useSearchKeys(useRef(null));
  const query = useInfiniteQuery(runHitsQuery(id, run.n, show));
  const hits = itemsOf(query.data);
  return (
    <>
      {run.difference === null ? null : (
        <Choices
          legend={savedText.show}
          name="show"
          value={show}
          options={runShows.map((value) => ({ value, label: savedText.shows[value] }))}
          onChoose={setShow}
        />
      )}
      {query.error === null ? null : <ProblemNotice error={query.error} onAgain={() => void query.refetch()} />}
      {query.data !== undefined && hits.length === 0 ? (
        <p className="quiet">{savedText.noHits}</p>
      ) : (
        <HitsBeside
          hits={hits}
          selected={selected}
          onSelect={setSelected}
          more={query}
          head={null}
          shown={searchText.shown(toDutchNumber(hits.length), toDutchNumber(show === 'all' ? run.standing.shown : hits.length))}
        />
      )}
    </>
  );
}

function Runs({ id, current }: { readonly id: string; readonly current: number }) {
  const query = useInfiniteQuery(runsQuery(id));
  const runs = itemsOf(query.data);
  if (runs.length < 2) return null;
  return (
    <section className="stack stack--tight">
      <h2 className="utrecht-heading-2">{savedText.runs}</h2>
      <ol className="list-plain stack stack--tight">
        {runs.map(({ n, at, total }) => (
          <li key={n}>
            {n === current ? (
              <strong>{savedText.runTitle(n, toDutchInstant(at))}</strong>
            ) : (
              <Link
                to="/zoeken/bewaard/$id"
                params={{ id }}
                search={{ keer: n }}
                className="utrecht-link utrecht-link--html-a"
                aria-label={savedText.showRun(n)}
              >
                {savedText.runTitle(n, toDutchInstant(at))}
              </Link>
            )}{' '}
            <span className="quiet">
              {savedText.found.toLowerCase()} {toDutchNumber(total)}
            </span>
          </li>
        ))}
      </ol>
      <More query={query} />
    </section>
  );
}

function Actions({ search }: { readonly search: SavedSearchAnswer }) {
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () => post<{ readonly n: number }>(`/v1/searches/${search.id}/_run`),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['searches'] });
      await navigate({ to: '/zoeken/bewaard/$id', params: { id: search.id }, search: {} });
    },
  });
  return (
    <>
      {again.error === null ? null : <ProblemNotice error={again.error} />}
      <div className="row">
        {search.state === 'open' && me.actions.includes('search.run') ? (
          <Button look="primary" busy={again.isPending} onClick={() => again.mutate()}>
            {savedText.runAgain}
          </Button>
        ) : null}
        {me.actions.includes('message.search') ? (
          <Button
            onClick={() => {
              setSearch({ typed: search.query, asked: toAsked(search), started: true, selected: null });
              void navigate({ to: '/zoeken' });
            }}
          >
            {savedText.openInSearch}
          </Button>
        ) : null}
        {me.actions.includes('term.report') ? (
          <Link
            to="/zoeken/rapport"
            search={{ van: search.id }}
            className="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--secondary-action"
          >
            {reportText.title}
          </Link>
        ) : null}
        {search.state === 'open' && me.actions.includes('search.close') && search.createdBy === me.subject ? <CloseSearch id={search.id} /> : null}
      </div>
    </>
  );
}

export function SavedSearchPage() {
  const { id } = useParams({ from: '/zoeken/bewaard/$id' });
  const { keer } = useSearch({ from: '/zoeken/bewaard/$id' });
  const me = useMe();
  const query = useQuery(savedSearchQuery(id));
  const n = keer ?? query.data?.last.n ?? 1;
  const run = useQuery({ ...searchRunQuery(id, n), enabled: query.data !== undefined });
  return (
    <Page
      title={query.data?.name ?? savedText.title}
      crumbs={[
        { name: searchText.title, to: '/zoeken' },
        { name: savedText.title, to: '/zoeken/bewaard' },
      ]}
      wide
    >
      <Loaded query={query}>
        {(search) => (
          <>
            {search.closed === null ? null : (
              <Notice title={savedText.closed(toDutchInstant(search.closed.at), savedText.closeReasons[search.closed.reason])} />
            )}
            <Facts
              items={[
                ...questionFacts(search),
                [savedText.saved, toDutchInstant(search.createdAt)],
                [savedText.by, search.createdBy === me.subject ? savedText.you : <code key="by">{search.createdBy}</code>],
              ]}
            />
            <Actions search={search} />
            <Runs id={id} current={n} />
            <Loaded query={run}>
              {(one) => (
                <section className="stack" aria-labelledby="run">
                  <h2 className="utrecht-heading-2" id="run">
                    {savedText.runTitle(one.n, toDutchInstant(one.at))}
                  </h2>
                  <RunStanding run={one} />
                  <RunHits key={one.n} id={id} run={one} />
                </section>
              )}
            </Loaded>
          </>
        )}
      </Loaded>
    </Page>
  );
}
