// The work list of records manager and archivist: what waits for them, and what cannot become due as it stands.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bundlesQuery, listsQuery } from '../api/queries.ts';
import { CaseIds } from '../bundles/case-ids.tsx';
import { BundleBadge, ListBadge } from '../bundles/state-badge.tsx';
import { CaseWorkList } from '../cases/case-work.tsx';
import { Table } from '../components/table.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { toCount } from '../format/numbers.ts';
import { waitsFor } from '../lists/waits-for.ts';
import { useMe } from '../session/session.ts';
import { Page } from '../shell/page.tsx';
import { itemsOf, Paged } from '../shell/paged.tsx';
import { text } from '../text.nl.ts';

function Waiting() {
  const me = useMe();
  const query = useInfiniteQuery(listsQuery());
  return (
    <section className="stack stack--tight">
      <h2 className="utrecht-heading-2">{text.work.waiting}</h2>
      <Paged
        query={query}
        empty={
          <>
            <p>{text.work.nothing}</p>
            <p className="quiet">{text.work.nothingHelp}</p>
          </>
        }
      >
        {(lists) => {
          const waiting = lists.filter((list) => waitsFor(list, me));
          return waiting.length === 0 ? (
            <div className="card empty">
              <p>{text.work.nothing}</p>
            </div>
          ) : (
            <ul className="list-plain tiles">
              {waiting.map((list) => (
                <li key={list.id} className="card">
                  <div className="row row--between">
                    <strong>{list.name}</strong>
                    <ListBadge state={list.state} />
                  </div>
                  <p>{toCount(list.items, text.common.bundleOne, text.common.bundleMany)}</p>
                  <p>
                    <Link to="/vernietigen/$id" params={{ id: list.id }} className="utrecht-link utrecht-link--html-a">
                      {text.work.next[list.state] ?? text.common.open}
                    </Link>
                  </p>
                </li>
              ))}
            </ul>
          );
        }}
      </Paged>
    </section>
  );
}

function StuckBundles({ state, title }: { readonly state: 'needs-answer' | 'refused'; readonly title: string }): ReactNode {
  const query = useInfiniteQuery(bundlesQuery({ state }));
  const items = itemsOf(query.data);
  if (items.length === 0) return null;
  return (
    <section className="stack stack--tight">
      <h2 className="utrecht-heading-2">{title}</h2>
      <Table
        caption={title}
        captionHidden
        rows={items}
        rowKey={(bundle) => bundle.id}
        columns={[
          {
            title: text.bundles.file,
            head: true,
            cell: (bundle) => (
              <Link to="/bundels/$id" params={{ id: bundle.id }} className="utrecht-link utrecht-link--html-a">
                {bundle.fileName ?? bundle.id}
              </Link>
            ),
          },
          { title: text.bundles.state, cell: (bundle) => <BundleBadge state={bundle.state} /> },
          { title: text.bundles.cases, cell: (bundle) => <CaseIds ids={bundle.caseIds} /> },
          { title: text.bundles.received, cell: (bundle) => toDutchInstant(bundle.createdAt) },
        ]}
      />
    </section>
  );
}

export function WorkPage() {
  const me = useMe();
  return (
    <Page title={text.work.title} lead={text.work.lead} wide>
      <Waiting />
      {me.actions.includes('bundle.answer') ? <StuckBundles state="needs-answer" title={text.work.questions} /> : null}
      {me.actions.includes('case.put') ? <CaseWorkList /> : null}
    </Page>
  );
}
