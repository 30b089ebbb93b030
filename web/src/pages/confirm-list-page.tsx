// The last word on a destruction: what will be gone, how much, on which ground, who agreed, until when it can stop. The name is typed.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { DestructionListAnswer } from '#contract/destruction-list.ts';
import { listQuery, settingsQuery } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
import { Facts } from '../components/facts.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { useListStep } from '../lists/list-steps.tsx';
import { totalsSentence } from '../lists/list-totals.ts';
import { useAllItems } from '../lists/use-all-items.ts';
import { Busy } from '../shell/busy.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';
import { groundOf } from './list-page.tsx';

const route = getRouteApi('/vernietigen/$id/bevestigen');

function Confirm({ list }: { readonly list: DestructionListAnswer }) {
  const navigate = useNavigate();
  const step = useListStep(list);
  const settings = useQuery(settingsQuery);
  const { items, complete, error } = useAllItems(list.id);
  const [name, setName] = useState('');
  const [checked, setChecked] = useState(false);
  if (error !== null) return <ProblemNotice error={error} />;
  if (!complete) return <Busy />;
  if (list.state !== 'authorised') return <Notice>{text.lists.waitingFor[list.state]}</Notice>;
  const differs = name.trim() !== list.name;
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (!differs)
          step.mutate(
            { action: 'confirm', body: { name: name.trim() } },
            { onSuccess: () => void navigate({ to: '/vernietigen/$id', params: { id: list.id } }) },
          );
      }}
    >
      <Facts
        items={[
          [
            text.lists.confirmWhat,
            <div key="what" className="stack stack--tight">
              <p>
                <strong>{totalsSentence(items)}</strong>
              </p>
              <p>{text.lists.confirmGone}</p>
              <p className="quiet">{text.lists.confirmStays}</p>
            </div>,
          ],
          [text.lists.ground, groundOf(list)],
          [
            text.lists.confirmWho,
            <ul key="who" className="list-plain">
              {list.steps.map((one) => (
                <li key={`${one.to}-${one.at}`}>
                  {text.lists.did[one.to]}: {one.by}, {toDutchInstant(one.at)}
                </li>
              ))}
            </ul>,
          ],
          [text.lists.confirmUntil, settings.data === undefined ? text.lists.confirmUntilUnknown : text.lists.confirmUntilDetail(settings.data.coolingOffDays)],
        ]}
      />
      <TextField
        label={text.lists.confirmName}
        hint={text.lists.confirmNameHint(list.name)}
        value={name}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setName(event.target.value)}
        error={checked && differs ? text.lists.confirmDiffers : undefined}
      />
      <div>
        <Button type="submit" look="primary" busy={step.isPending}>
          {text.lists.confirmButton}
        </Button>
      </div>
      {step.error === null ? null : <ProblemNotice error={step.error} />}
    </form>
  );
}

export function ConfirmListPage() {
  const { id } = route.useParams();
  const query = useQuery(listQuery(id));
  return (
    <Page
      title={text.lists.confirmTitle}
      crumbs={[
        { name: text.lists.title, to: '/vernietigen' },
        { name: query.data?.name ?? id, to: `/vernietigen/${id}` },
      ]}
    >
      {query.data !== undefined ? <Confirm list={query.data} /> : query.error === null ? <Busy /> : <ProblemNotice error={query.error} />}
    </Page>
  );
}
