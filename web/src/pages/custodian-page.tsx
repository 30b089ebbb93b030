// One key person: the standing, the reminder, leaving, the facts, and out of the register.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CustodianAnswer } from '#contract/custodian.ts';
import { remove } from '../api/client.ts';
import { custodianQuery, custodiansQuery } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
import { Facts } from '../components/facts.tsx';
import { Modal } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { CustodianForm } from '../custodians/custodian-form.tsx';
import { Leaving } from '../custodians/leaving.tsx';
import { Reminder } from '../custodians/reminder.tsx';
import { rhythmWords } from '../custodians/rhythm.ts';
import { StandingBadge } from '../custodians/standing-badge.tsx';
import { useCustodianWork } from '../custodians/use-custodian-work.ts';
import { toDutchDate, toDutchSpan } from '../format/dates.ts';
import { useMe } from '../session/session.ts';
import { Busy } from '../shell/busy.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

const route = getRouteApi('/sleutelpersonen/$id');

function Remove({ id }: { readonly id: string }) {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const out = useMutation({
    mutationFn: () => remove<{ readonly id: string }>(`/v1/custodians/${id}`),
    onSuccess: () => {
      // Not from what was fetched before: the person is gone from the first look on.
      queries.removeQueries({ queryKey: custodiansQuery.queryKey });
      void navigate({ to: '/sleutelpersonen' }).then(() => queries.removeQueries({ queryKey: custodianQuery(id).queryKey }));
    },
  });
  return (
    <div>
      <Button look="subtle" onClick={() => setAsking(true)}>
        {text.custodians.remove}
      </Button>
      {asking ? (
        <Modal title={text.custodians.removeTitle} onClose={() => setAsking(false)}>
          <p className="measure">{text.custodians.removeDetail}</p>
          {out.error === null ? null : <ProblemNotice error={out.error} />}
          <div>
            <Button busy={out.isPending} onClick={() => out.mutate()}>
              {text.custodians.removeConfirm}
            </Button>
          </div>
        </Modal>
      ) : null}
    </div>
  );
}

function LastUpload({ lastUpload }: Pick<CustodianAnswer, 'lastUpload'>) {
  if (lastUpload === null) return <>{text.custodians.never}</>;
  const { bundleId, on, period } = lastUpload;
  return (
    <>
      {toDutchDate(on)}
      {period === null ? '' : `, ${text.custodians.messagesTo(toDutchSpan(period.first, period.last))}`} ·{' '}
      <Link to="/bundels/$id" params={{ id: bundleId }} className="utrecht-link utrecht-link--html-a">
        {text.custodians.openBundle}
      </Link>
    </>
  );
}

function CustodianBody({ custodian }: { readonly custodian: CustodianAnswer }) {
  const me = useMe();
  const work = useCustodianWork(custodian.id);
  const mayManage = me.actions.includes('custodian.manage');
  const { standing, rhythm, from, subject, state } = custodian;
  return (
    <>
      <section className="card">
        <h2 className="utrecht-heading-2">{text.custodians.state}</h2>
        <Facts
          items={[
            [text.custodians.function, custodian.function],
            [text.custodians.state, text.custodians.states[state]],
            [text.custodians.rhythm, rhythmWords(rhythm)],
            [text.custodians.lastUpload, <LastUpload key="last" lastUpload={custodian.lastUpload} />],
            [text.custodians.dueOn, standing.dueOn === null ? null : toDutchDate(standing.dueOn)],
            [text.custodians.from, rhythm === null ? null : toDutchDate(from)],
            [text.custodians.account, subject === null ? text.custodians.noAccount : <code key="account">{subject}</code>],
          ]}
        />
        {mayManage && state !== 'left' && me.actions.includes('bundle.register') ? (
          <div>
            <Link to="/uploaden" search={{ namens: custodian.id }} className="utrecht-link utrecht-link--html-a">
              {text.custodians.uploadFor}
            </Link>
          </div>
        ) : null}
      </section>
      {work.error === null ? null : <ProblemNotice error={work.error} />}
      {mayManage && state !== 'left' ? <Reminder custodian={custodian} work={work} /> : null}
      <Leaving custodian={custodian} work={mayManage ? work : null} />
      {mayManage ? (
        <section className="card">
          <h2 className="utrecht-heading-2">{text.custodians.change}</h2>
          <CustodianForm
            known={custodian}
            today={me.today}
            busy={work.busy}
            submit={text.common.save}
            onSubmit={(facts) => work.run({ kind: 'change', patch: { ...facts } })}
          />
          {work.did === 'change' ? <Notice tone="good" title={text.custodians.saved} live /> : null}
          <Remove id={custodian.id} />
        </section>
      ) : null}
    </>
  );
}

export function CustodianPage() {
  const { id } = route.useParams();
  const query = useQuery(custodianQuery(id));
  return (
    <Page
      title={query.data?.name ?? text.custodians.title}
      crumbs={[{ name: text.custodians.title, to: '/sleutelpersonen' }]}
      beside={query.data === undefined ? undefined : <StandingBadge standing={query.data.standing} />}
    >
      {query.data !== undefined ? <CustodianBody custodian={query.data} /> : query.error === null ? <Busy /> : <ProblemNotice error={query.error} />}
    </Page>
  );
}
