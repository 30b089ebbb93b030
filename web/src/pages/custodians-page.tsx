// Key persons: who is behind stands first. Who keeps the register adds somebody here.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CustodianAnswer } from '#contract/custodian.ts';
import { post } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { Modal } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { Table } from '../components/table.tsx';
import { type CustodianFacts, CustodianForm } from '../custodians/custodian-form.tsx';
import { rhythmWords } from '../custodians/rhythm.ts';
import { StandingBadge } from '../custodians/standing-badge.tsx';
import { useAllCustodians } from '../custodians/use-all-custodians.ts';
import { toDutchDate } from '../format/dates.ts';
import { useMe } from '../session/session.ts';
import { Busy } from '../shell/busy.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

function Add() {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const add = useMutation({
    mutationFn: (facts: CustodianFacts) => post<CustodianAnswer>('/v1/custodians', facts),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['custodians'] });
      void navigate({ to: '/sleutelpersonen/$id', params: { id: made.id } });
    },
  });
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {text.custodians.add}
      </Button>
      {open ? (
        <Modal title={text.custodians.add} onClose={() => setOpen(false)}>
          <CustodianForm known={null} today={me.today} busy={add.isPending} submit={text.common.save} onSubmit={(facts) => add.mutate(facts)} />
          {add.error === null ? null : <ProblemNotice error={add.error} />}
        </Modal>
      ) : null}
    </>
  );
}

function Register({ items }: { readonly items: readonly CustodianAnswer[] }) {
  const behind = items.filter(({ standing }) => standing.punctuality === 'behind').length;
  const soon = items.filter(({ standing }) => standing.punctuality === 'due-soon').length;
  return (
    <>
      <Notice tone={behind > 0 ? 'warn' : 'good'}>
        <p>{text.custodians.summary(behind, soon, items.length)}</p>
      </Notice>
      <Table
        caption={text.custodians.title}
        captionHidden
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          {
            title: text.custodians.name,
            head: true,
            cell: ({ id, name, function: role }) => (
              <>
                <Link to="/sleutelpersonen/$id" params={{ id }} className="utrecht-link utrecht-link--html-a">
                  {name}
                </Link>
                <div className="small quiet">{role}</div>
              </>
            ),
          },
          { title: text.custodians.state, cell: ({ standing }) => <StandingBadge standing={standing} /> },
          {
            title: text.custodians.lastUpload,
            cell: ({ lastUpload }) => <span className="nowrap">{lastUpload === null ? text.custodians.never : toDutchDate(lastUpload.on)}</span>,
          },
          {
            title: text.custodians.dueOn,
            cell: ({ standing }) => <span className="nowrap">{standing.dueOn === null ? '' : toDutchDate(standing.dueOn)}</span>,
          },
          { title: text.custodians.rhythm, cell: ({ rhythm }) => rhythmWords(rhythm) },
        ]}
      />
    </>
  );
}

export function CustodiansPage() {
  const me = useMe();
  const { items, state, error, again } = useAllCustodians();
  const mayManage = me.actions.includes('custodian.manage');
  return (
    <Page title={text.custodians.title} lead={text.custodians.lead} beside={mayManage ? <Add /> : undefined}>
      {state === 'busy' ? <Busy /> : null}
      {state === 'failed' ? <ProblemNotice error={error} onAgain={again} /> : null}
      {state !== 'complete' ? null : items.length === 0 ? (
        <div className="card empty">
          <p>{text.custodians.empty}</p>
          <p className="quiet">{mayManage ? text.custodians.emptyHelp : text.custodians.emptyOwn}</p>
        </div>
      ) : (
        <Register items={items} />
      )}
    </Page>
  );
}
