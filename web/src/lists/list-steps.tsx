// The one next step of a list, for the person who may take it; for others, on whom it waits.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { DestructionListAnswer, ListItemAnswer } from '#contract/destruction-list.ts';
import { post } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { TextArea } from '../components/field.tsx';
import { Modal } from '../components/modal.tsx';
import { toDutchDate } from '../format/dates.ts';
import { useMe } from '../session/session.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';
import { type Exclusions, ReviewItems } from './list-items.tsx';

export function useListStep(list: DestructionListAnswer) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ action, body }: { readonly action: string; readonly body: object }) =>
      post<DestructionListAnswer>(`/v1/destruction-lists/${list.id}/_${action}`, body),
    onSuccess: (after) => {
      queries.setQueryData(['lists', list.id], after);
      void queries.invalidateQueries({ queryKey: ['lists'], predicate: (query) => query.queryKey[1] !== list.id || query.queryKey[2] === 'items' });
    },
  });
}

interface DecisionProps {
  readonly lead: string;
  readonly approve: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onDecide: (approve: boolean, remark: string) => void;
}

/** Agree, or send back with a remark. */
function Decision({ lead, approve, busy, error, onDecide }: DecisionProps) {
  const [remark, setRemark] = useState('');
  const [back, setBack] = useState(false);
  return (
    <div className="stack">
      <p className="measure">{lead}</p>
      <TextArea
        label={text.lists.remark}
        value={remark}
        maxLength={2000}
        onChange={(event) => setRemark(event.target.value)}
        error={back && remark.trim() === '' ? text.lists.remarkNeeded : undefined}
      />
      <div className="row">
        <Button look="primary" busy={busy} onClick={() => onDecide(true, remark.trim())}>
          {approve}
        </Button>
        <Button
          busy={busy}
          onClick={() => {
            setBack(true);
            if (remark.trim() !== '') onDecide(false, remark.trim());
          }}
        >
          {text.lists.sendBack}
        </Button>
      </div>
      {error === null ? null : <ProblemNotice error={error} />}
    </div>
  );
}

function Review({ list, items }: StepProps) {
  const step = useListStep(list);
  const [exclusions, setExclusions] = useState<Exclusions>(
    () => new Map(items.filter((item) => item.decision === 'keep').map((item) => [item.bundleId, item.keep ?? ''])),
  );
  const [checked, setChecked] = useState(false);
  return (
    <div className="stack">
      <ReviewItems items={items} exclusions={exclusions} onChange={setExclusions} checked={checked} />
      <Decision
        lead={text.lists.reviewLead}
        approve={text.lists.approve}
        busy={step.isPending}
        error={step.error}
        onDecide={(approve, remark) => {
          setChecked(true);
          if ([...exclusions.values()].some((reason) => reason.trim() === '')) return;
          const decisions = [...exclusions].map(([bundleId, keep]) => ({ bundleId, keep: keep.trim() }));
          step.mutate({ action: 'review', body: { decisions, approve, remark: remark === '' ? null : remark } });
        }}
      />
    </div>
  );
}

interface StepProps {
  readonly list: DestructionListAnswer;
  readonly items: readonly ListItemAnswer[];
}

/** Whoever handed the list in cannot review it. */
function handedInBy(list: DestructionListAnswer): string | undefined {
  return list.steps.findLast((step) => step.to === 'in-review')?.by;
}

export function NextStep({ list, items }: StepProps) {
  const me = useMe();
  const step = useListStep(list);
  const may = (action: string) => list.authorisation === 'per-list' && me.actions.includes(action);
  if ((list.state === 'draft' || list.state === 'changes-requested') && may('list.submit')) {
    return (
      <div className="stack">
        <p>{text.lists.submitLead}</p>
        <div>
          <Button look="primary" busy={step.isPending} onClick={() => step.mutate({ action: 'submit', body: {} })}>
            {text.lists.submit}
          </Button>
        </div>
        {step.error === null ? null : <ProblemNotice error={step.error} />}
      </div>
    );
  }
  if (list.state === 'in-review' && may('list.review'))
    return handedInBy(list) === me.subject ? <p>{text.lists.ownWork}</p> : <Review list={list} items={items} />;
  if (list.state === 'with-archivist' && may('list.authorise')) {
    return (
      <Decision
        lead={text.lists.authoriseLead}
        approve={text.lists.authorise}
        busy={step.isPending}
        error={step.error}
        onDecide={(approve, remark) => step.mutate({ action: 'authorise', body: { approve, remark: remark === '' ? null : remark } })}
      />
    );
  }
  if (list.state === 'authorised' && may('list.confirm')) {
    return (
      <div className="stack">
        <p>{text.lists.waitingFor.authorised}</p>
        <div>
          <Link
            to="/vernietigen/$id/bevestigen"
            params={{ id: list.id }}
            className="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--primary-action"
          >
            {text.lists.confirm}
          </Link>
        </div>
      </div>
    );
  }
  if (list.state === 'cooling-off' && list.executeFrom !== null) return <p>{text.lists.cancelUntil(toDutchDate(list.executeFrom))}</p>;
  return <p>{text.lists.waitingFor[list.state]}</p>;
}

const stoppable: readonly string[] = ['draft', 'in-review', 'changes-requested', 'with-archivist', 'authorised', 'cooling-off'];

export function AbortList({ list }: { readonly list: DestructionListAnswer }) {
  const me = useMe();
  const step = useListStep(list);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (!stoppable.includes(list.state) || !me.actions.includes('list.abort')) return null;
  return (
    <>
      <div>
        <Button onClick={() => setOpen(true)}>{text.lists.abort}</Button>
      </div>
      {open ? (
        <Modal title={text.lists.abortTitle} onClose={() => setOpen(false)}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              step.mutate({ action: 'abort', body: { reason: reason.trim() } }, { onSuccess: () => setOpen(false) });
            }}
          >
            <p>{text.lists.abortLead}</p>
            <TextArea label={text.lists.abortReason} required value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
            {step.error === null ? null : <ProblemNotice error={step.error} />}
            <div>
              <Button type="submit" disabled={reason.trim() === ''} busy={step.isPending}>
                {text.lists.abort}
              </Button>
            </div>
          </form>
        </Modal>
      ) : null}
    </>
  );
}
