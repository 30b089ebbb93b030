// One case: how its date came about, its data, its bundles and holds.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '../api/client.ts';
import { bundlesQuery, caseQuery } from '../api/queries.ts';
import { BundleBadge } from '../bundles/state-badge.tsx';
import { CaseForm } from '../cases/case-form.tsx';
import { Badge } from '../components/badge.tsx';
import { Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { Table } from '../components/table.tsx';
import { toDutchDate, toDutchInstant, toDutchSpan } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { useMe } from '../session/session.ts';
import { Busy } from '../shell/busy.tsx';
import { Page } from '../shell/page.tsx';
import { Paged } from '../shell/paged.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

const route = getRouteApi('/zaken/$caseId');

function CaseBundles({ id }: { readonly id: string }) {
  const query = useInfiniteQuery(bundlesQuery({ caseId: id }));
  return (
    <Paged query={query} empty={<p>{text.bundles.emptyAll}</p>}>
      {(items) => (
        <Table
          caption={text.cases.bundles}
          rows={items}
          rowKey={(bundle) => bundle.id}
          columns={[
            {
              title: text.bundles.file,
              head: true,
              cell: (bundle) => (
                <Link to="/bundels/$id" params={{ id: bundle.id }} className="utrecht-link utrecht-link--html-a">
                  {bundle.fileName ?? text.bundles.destroyedName}
                </Link>
              ),
            },
            { title: text.bundles.state, cell: (bundle) => <BundleBadge state={bundle.state} /> },
            { title: text.bundles.period, cell: (bundle) => (bundle.period === null ? '' : toDutchSpan(bundle.period.first, bundle.period.last)) },
            { title: text.bundles.messages, numeric: true, cell: (bundle) => (bundle.counts === null ? '' : toDutchNumber(bundle.counts.messages)) },
            {
              title: text.bundles.until,
              cell: (bundle) => (bundle.retention.actionDate === null ? text.cases.noDate : toDutchDate(bundle.retention.actionDate)),
            },
          ]}
        />
      )}
    </Paged>
  );
}

export function CasePage() {
  const { caseId } = route.useParams();
  const me = useMe();
  const query = useQuery(caseQuery(caseId));
  const isNew = query.error instanceof ApiProblem && query.error.problem.status === 404;
  const known = query.data ?? null;
  const mayEdit = me.actions.includes('case.put');
  return (
    <Page
      title={known?.title == null ? caseId : `${caseId}: ${known.title}`}
      crumbs={[{ name: text.cases.title, to: '/zaken' }]}
      beside={
        known === null ? undefined : (
          <Badge tone={known.state === 'open' ? 'action' : 'plain'}>{known.state === 'open' ? text.cases.open : text.cases.closed}</Badge>
        )
      }
    >
      {known === null && !isNew ? query.error === null ? <Busy /> : <ProblemNotice error={query.error} onAgain={() => void query.refetch()} /> : null}
      {isNew ? <Notice title={text.cases.newTitle}>{mayEdit ? <p>{text.cases.isNew}</p> : null}</Notice> : null}
      {known === null ? null : (
        <>
          {known.verified ? null : <Notice tone="warn">{text.cases.unverifiedNote}</Notice>}
          {known.attention
            .filter((reason) => reason !== 'unverified')
            .map((reason) => (
              <Notice key={reason} tone="warn" title={text.caseWork.reasons[reason]}>
                <p>{text.caseWork.todo[reason]}</p>
              </Notice>
            ))}
          <section className="card">
            <h2 className="utrecht-heading-2">{text.cases.explanation}</h2>
            <p>{known.retention.explanation}</p>
            <Facts
              items={[
                [
                  text.cases.until,
                  known.retention.actionDate === null
                    ? known.retention.nomination === 'keep'
                      ? text.cases.keep
                      : text.cases.noDate
                    : toDutchDate(known.retention.actionDate),
                ],
                [text.cases.ground, text.nomination[known.retention.nomination]],
                [text.cases.closedOn, known.closedOn === null ? null : toDutchDate(known.closedOn)],
                [text.cases.selection, known.selection],
                [text.caseWork.transfer, known.transfer?.explanation ?? null],
                [text.caseWork.source, known.source === null ? null : text.caseWork.sources[known.source]],
                [text.caseWork.readAt, known.readAt === null ? null : toDutchInstant(known.readAt)],
                [text.caseWork.why, known.reason],
                [text.holds.title, known.holds.length === 0 ? null : toDutchNumber(known.holds.length)],
              ]}
            />
            {me.actions.includes('hold.place') ? (
              <p>
                <Link to="/bevriezingen" search={{ zaak: caseId }} className="utrecht-link utrecht-link--html-a">
                  {text.holds.place}
                </Link>
              </p>
            ) : null}
          </section>
        </>
      )}
      {mayEdit && (known !== null || isNew) ? <CaseForm key={caseId} id={caseId} known={known} /> : null}
      {known !== null && known.bundles > 0 && me.actions.includes('bundle.read') ? <CaseBundles id={caseId} /> : null}
    </Page>
  );
}
