// One destruction list as a road: where it stands, the one next step, what it holds.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { DestructionListAnswer } from '#contract/destruction-list.ts';
import { listQuery } from '../api/queries.ts';
import { ListBadge } from '../bundles/state-badge.tsx';
import { Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { toDutchDate } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { ListItems } from '../lists/list-items.tsx';
import { ListRoad } from '../lists/list-road.tsx';
import { AbortList, NextStep } from '../lists/list-steps.tsx';
import { totalsSentence } from '../lists/list-totals.ts';
import { useAllItems } from '../lists/use-all-items.ts';
import { useMe } from '../session/session.ts';
import { Busy } from '../shell/busy.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

const route = getRouteApi('/vernietigen/$id');

export function groundOf(list: DestructionListAnswer): string {
  return list.selection === null ? text.lists.groundOwn : text.lists.groundSelection(list.selection);
}

function ListBody({ list }: { readonly list: DestructionListAnswer }) {
  const me = useMe();
  const { items, complete, error } = useAllItems(list.id);
  const remark = list.steps.findLast((step) => step.remark !== null);
  const reviewing =
    list.state === 'in-review' &&
    list.authorisation === 'per-list' &&
    me.actions.includes('list.review') &&
    list.steps.findLast((step) => step.to === 'in-review')?.by !== me.subject;
  return (
    <>
      <ListRoad list={list} />
      {remark === undefined || remark.remark === null ? null : (
        <Notice
          tone={list.state === 'changes-requested' || list.state === 'aborted' ? 'warn' : 'info'}
          title={`${text.lists.remark}: ${remark.by} (${text.listState[remark.to]})`}
        >
          <p>{remark.remark}</p>
        </Notice>
      )}
      <section className="card">
        <h2 className="utrecht-heading-2">{text.lists.next}</h2>
        {complete ? <NextStep list={list} items={items} /> : error === null ? <Busy /> : <ProblemNotice error={error} />}
        {list.certificateId === null ? null : (
          <p>
            <Link to="/verklaringen/$id" params={{ id: list.certificateId }} className="utrecht-link utrecht-link--html-a">
              {text.certificates.one}
            </Link>
          </p>
        )}
      </section>
      <section className="card">
        <h2 className="utrecht-heading-2">{text.bundle.facts}</h2>
        <Facts
          items={[
            [text.lists.content, complete ? totalsSentence(items) : null],
            [text.lists.ground, groundOf(list)],
            [text.lists.kind, list.authorisation === 'standing' ? text.lists.standing : text.lists.perList],
            [text.lists.decisionReference, list.decisionReference],
            [text.lists.created, toDutchDate(list.createdOn)],
            [text.lists.executeFrom, list.executeFrom === null ? null : toDutchDate(list.executeFrom)],
            [text.lists.keepThis, list.excluded.length === 0 ? null : text.lists.excluded(toDutchNumber(list.excluded.length))],
          ]}
        />
      </section>
      {reviewing || !complete ? null : <ListItems items={items} />}
      <AbortList list={list} />
    </>
  );
}

export function ListPage() {
  const { id } = route.useParams();
  const query = useQuery(listQuery(id));
  return (
    <Page
      title={query.data?.name ?? id}
      crumbs={[{ name: text.lists.title, to: '/vernietigen' }]}
      beside={query.data === undefined ? undefined : <ListBadge state={query.data.state} />}
      wide
    >
      {query.data !== undefined ? (
        <ListBody list={query.data} />
      ) : query.error === null ? (
        <Busy />
      ) : (
        <ProblemNotice error={query.error} onAgain={() => void query.refetch()} />
      )}
    </Page>
  );
}
