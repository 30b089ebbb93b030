// One bundle: what was read, what is doubtful, how long it stays, what holds it, and its conversations.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { BundleAnswer } from '#contract/bundle.ts';
import { bundleQuery, conversationsQuery } from '../api/queries.ts';
import { BundleQuestion } from '../bundles/bundle-question.tsx';
import { Doubts, ReportFacts, readSentence } from '../bundles/bundle-report.tsx';
import { ReceiptCard } from '../bundles/receipt-card.tsx';
import { BundleBadge } from '../bundles/state-badge.tsx';
import { ButtonLink } from '../components/button.tsx';
import { Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { toDutchInstant, toDutchSpan } from '../format/dates.ts';
import { toCount, toSize } from '../format/numbers.ts';
import { useMe } from '../session/session.ts';
import { Busy } from '../shell/busy.tsx';
import { Page } from '../shell/page.tsx';
import { Paged } from '../shell/paged.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

const route = getRouteApi('/bundels/$id');

function Conversations({ id }: { readonly id: string }) {
  const query = useInfiniteQuery(conversationsQuery(id));
  return (
    <Paged query={query} empty={<p>{text.common.none}</p>}>
      {(items) => (
        <ul className="list-plain tiles">
          {items.map((conversation) => (
            <li key={conversation.n} className="tile">
              <div className="stack stack--tight">
                <Link to="/bundels/$id/gesprekken/$n" params={{ id, n: String(conversation.n) }} className="utrecht-link utrecht-link--html-a">
                  <strong>{conversation.title ?? text.bundle.untitled}</strong>
                </Link>
                <p className="small quiet">
                  {text.bundle.kind[conversation.kind]} · {toCount(conversation.counts.messages, text.common.messageOne, text.common.messageMany)}
                  {conversation.period === null ? '' : ` · ${toDutchSpan(conversation.period.first, conversation.period.last)}`}
                </p>
                <p className="small">{conversation.participants.map((one) => one.label).join(', ')}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Paged>
  );
}

function Holds({ bundle }: { readonly bundle: BundleAnswer }) {
  const me = useMe();
  return (
    <section className="card">
      <h2 className="utrecht-heading-2">{text.bundle.holds}</h2>
      {bundle.holds.length === 0 ? (
        <p className="quiet">{text.bundle.noHolds}</p>
      ) : (
        <Notice tone="warn">
          <ul className="list-plain">
            {bundle.holds.map((hold) => (
              <li key={hold.id}>{text.holdReason[hold.reason]}</li>
            ))}
          </ul>
          <p>{text.bundle.held}</p>
        </Notice>
      )}
      {me.actions.includes('hold.place') && bundle.state !== 'destroyed' ? (
        <div>
          <Link to="/bevriezingen" search={{ bundel: bundle.id }} className="utrecht-link utrecht-link--html-a">
            {text.bundle.placeHold}
          </Link>
        </div>
      ) : null}
    </section>
  );
}

function BundleBody({ bundle }: { readonly bundle: BundleAnswer }) {
  const me = useMe();
  const sentence = readSentence(bundle);
  const readable = me.actions.includes('conversation.read') && bundle.state === 'indexed';
  return (
    <>
      {bundle.state === 'destroyed' || bundle.state === 'destroying' ? (
        <Notice title={text.bundle.destroyed}>
          <p>{text.bundle.destroyedDetail}</p>
          {bundle.destruction?.certificateId == null ? null : (
            <p>
              <Link to="/verklaringen/$id" params={{ id: bundle.destruction.certificateId }} className="utrecht-link utrecht-link--html-a">
                {text.bundle.certificate}
              </Link>
            </p>
          )}
        </Notice>
      ) : null}
      {bundle.problem === null ? null : (
        <Notice tone="bad" title={text.report.refused}>
          <p>{bundle.problem.detail}</p>
          <p className="small quiet">{text.errors.code(bundle.problem.code)}</p>
        </Notice>
      )}
      <BundleQuestion bundle={bundle} />
      {readable ? (
        <section className="card">
          <h2 className="utrecht-heading-2">{text.bundle.conversations}</h2>
          <Conversations id={bundle.id} />
        </section>
      ) : null}
      <div className="columns">
        <section className="card">
          <h2 className="utrecht-heading-2">{sentence ?? text.bundle.facts}</h2>
          <ReportFacts bundle={bundle} />
        </section>
        <div className="stack">
          <section className="card">
            <h2 className="utrecht-heading-2">{text.report.doubts}</h2>
            <Doubts bundle={bundle} />
          </section>
          <Holds bundle={bundle} />
        </div>
      </div>
      <section className="card">
        <h2 className="utrecht-heading-2">{text.bundle.facts}</h2>
        <Facts
          items={[
            [text.bundle.id, <code key="id">{bundle.id}</code>],
            [text.bundle.size, toSize(bundle.size)],
            [text.report.hash, <code key="hash">{bundle.sha256}</code>],
            [text.bundle.format, bundle.format === null ? null : (text.bundle.formats[bundle.format] ?? bundle.format)],
            [text.bundle.uploader, bundle.uploader === me.subject ? text.bundle.yourself : bundle.uploader],
            [text.bundle.keepDecision, bundle.keepDecision?.ground ?? null],
            [
              text.bundle.custodian,
              bundle.custodianId === null || !me.actions.includes('custodian.read') ? null : (
                <Link key="custodian" to="/sleutelpersonen/$id" params={{ id: bundle.custodianId }} className="utrecht-link utrecht-link--html-a">
                  {text.bundle.openCustodian}
                </Link>
              ),
            ],
            [text.bundle.received, toDutchInstant(bundle.createdAt)],
            [text.bundle.indexed, bundle.indexedAt === null ? null : toDutchInstant(bundle.indexedAt)],
          ]}
        />
        {me.actions.includes('bundle.original') && bundle.state === 'indexed' ? (
          <div>
            <ButtonLink href={`/v1/bundles/${bundle.id}/original`} download>
              {text.bundle.original}
            </ButtonLink>
          </div>
        ) : null}
      </section>
      {me.actions.includes('bundle.receipt') ? (
        <section className="card">
          <ReceiptCard id={bundle.id} level={2} />
        </section>
      ) : null}
    </>
  );
}

export function BundlePage() {
  const { id } = route.useParams();
  const me = useMe();
  const query = useQuery(bundleQuery(id));
  const parent =
    me.roles.length === 1 && me.roles[0] === 'employee' ? { name: text.bundles.mine, to: '/mijn-bundels' } : { name: text.bundles.all, to: '/bundels' };
  return (
    <Page
      title={text.bundle.title(query.data === undefined ? id : query.data.fileName)}
      crumbs={[parent]}
      beside={query.data === undefined ? undefined : <BundleBadge state={query.data.state} />}
    >
      {query.data !== undefined ? (
        <BundleBody bundle={query.data} />
      ) : query.error === null ? (
        <Busy />
      ) : (
        <ProblemNotice error={query.error} onAgain={() => void query.refetch()} />
      )}
    </Page>
  );
}
