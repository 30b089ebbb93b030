// Holds: place one on cases or bundles, see which stand, release one.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { HoldAnswer } from '#contract/hold.ts';
import type { HoldReason } from '#core/model/hold.ts';
import { post } from '../api/client.ts';
import { holdsQuery } from '../api/queries.ts';
import { HoldBadge } from '../bundles/state-badge.tsx';
import { Button } from '../components/button.tsx';
import { Choice, SelectField, TextField } from '../components/field.tsx';
import { Modal } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { Table } from '../components/table.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { toCount } from '../format/numbers.ts';
import { useMe } from '../session/session.ts';
import { Page } from '../shell/page.tsx';
import { Paged } from '../shell/paged.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';
import { toCaseIds } from '../upload/case-ids.ts';

const route = getRouteApi('/bevriezingen');
const reasons = ['woo-request', 'objection', 'appeal', 'hotspot', 'by-hand'] as const satisfies readonly HoldReason[];

function PlaceHold() {
  const { zaak, bundel } = route.useSearch();
  const queries = useQueryClient();
  const [reason, setReason] = useState<HoldReason>('woo-request');
  const [note, setNote] = useState('');
  const [cases, setCases] = useState(zaak ?? '');
  const [bundles, setBundles] = useState(bundel ?? '');
  const [asked, setAsked] = useState(false);
  const caseIds = toCaseIds(cases);
  const bundleIds = toCaseIds(bundles);
  const empty = caseIds.length + bundleIds.length === 0;
  const place = useMutation({
    mutationFn: () =>
      post<HoldAnswer>('/v1/holds', {
        reason,
        note: note.trim() === '' ? null : note.trim(),
        scope: { ...(caseIds.length === 0 ? {} : { caseIds }), ...(bundleIds.length === 0 ? {} : { bundleIds }) },
      }),
    onSuccess: () => {
      setNote('');
      setCases('');
      setBundles('');
      setAsked(false);
      for (const touched of ['holds', 'bundles', 'cases']) void queries.invalidateQueries({ queryKey: [touched] });
    },
  });
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (!empty) place.mutate();
      }}
    >
      <h2 className="utrecht-heading-2">{text.holds.place}</h2>
      <div className="fields">
        <SelectField label={text.holds.reason} value={reason} onChange={(event) => setReason(reasons.find((one) => one === event.target.value) ?? 'by-hand')}>
          {reasons.map((one) => (
            <option key={one} value={one}>
              {text.holdReason[one]}
            </option>
          ))}
        </SelectField>
        <TextField label={text.holds.note} value={note} maxLength={1000} onChange={(event) => setNote(event.target.value)} />
        <TextField
          label={text.holds.cases}
          hint={text.holds.casesHint}
          value={cases}
          onChange={(event) => setCases(event.target.value)}
          error={asked && empty ? text.holds.needScope : undefined}
        />
        <TextField label={text.holds.bundles} hint={text.holds.bundlesHint} value={bundles} onChange={(event) => setBundles(event.target.value)} />
      </div>
      <div>
        <Button type="submit" look="primary" busy={place.isPending}>
          {text.holds.place}
        </Button>
      </div>
      {place.isSuccess && !asked ? (
        <Notice tone="good" title={text.holds.placed} live>
          {place.data.tooLateFor.length === 0 ? null : (
            <p>{text.holds.tooLate(toCount(place.data.tooLateFor.length, text.common.bundleOne, text.common.bundleMany))}</p>
          )}
        </Notice>
      ) : null}
      {place.error === null ? null : <ProblemNotice error={place.error} />}
    </form>
  );
}

function Scope({ hold }: { readonly hold: HoldAnswer }) {
  return (
    <>
      {(hold.scope.caseIds ?? []).map((id) => (
        <span key={id} className="nowrap">
          <Link to="/zaken/$caseId" params={{ caseId: id }} className="utrecht-link utrecht-link--html-a">
            {id}
          </Link>{' '}
        </span>
      ))}
      {(hold.scope.bundleIds ?? []).map((id) => (
        <span key={id}>
          <Link to="/bundels/$id" params={{ id }} className="utrecht-link utrecht-link--html-a">
            {id}
          </Link>{' '}
        </span>
      ))}
      {hold.note === null ? null : <span className="quiet small">{hold.note}</span>}
    </>
  );
}

export function HoldsPage() {
  const me = useMe();
  const queries = useQueryClient();
  const [released, setReleased] = useState(false);
  const [toRelease, setToRelease] = useState<HoldAnswer | null>(null);
  const query = useInfiniteQuery(holdsQuery);
  const release = useMutation({
    mutationFn: (hold: HoldAnswer) => post<HoldAnswer>(`/v1/holds/${hold.id}/_release`),
    onSuccess: () => {
      setToRelease(null);
      for (const touched of ['holds', 'bundles', 'cases']) void queries.invalidateQueries({ queryKey: [touched] });
    },
  });
  const may = me.actions.includes('hold.place');
  return (
    <Page title={text.holds.title} lead={text.holds.lead} wide>
      {may ? <PlaceHold /> : null}
      <Choice kind="checkbox" checked={released} onChange={(event) => setReleased(event.target.checked)}>
        {text.holds.showReleased}
      </Choice>
      <Paged
        query={query}
        empty={
          <>
            <p>{text.holds.empty}</p>
            <p className="quiet">{text.holds.emptyHelp}</p>
          </>
        }
      >
        {(items) => (
          <Table
            caption={text.holds.title}
            captionHidden
            rows={items.filter((hold) => released || hold.state !== 'released')}
            rowKey={(hold) => hold.id}
            columns={[
              { title: text.holds.reason, head: true, cell: (hold) => text.holdReason[hold.reason] },
              { title: text.holds.scope, cell: (hold) => <Scope hold={hold} /> },
              { title: text.holds.state, cell: (hold) => <HoldBadge state={hold.state} /> },
              { title: text.holds.since, cell: (hold) => toDutchInstant(hold.placedAt) },
              { title: text.holds.by, cell: (hold) => hold.placedBy },
              {
                title: text.holds.release,
                cell: (hold) =>
                  may && (hold.state === 'active' || hold.state === 'placing') ? (
                    <Button onClick={() => setToRelease(hold)}>{text.holds.release}</Button>
                  ) : null,
              },
            ]}
          />
        )}
      </Paged>
      {toRelease === null ? null : (
        <Modal title={text.holds.releaseTitle} onClose={() => setToRelease(null)}>
          <p>
            <strong>{text.holdReason[toRelease.reason]}</strong>: {[...(toRelease.scope.caseIds ?? []), ...(toRelease.scope.bundleIds ?? [])].join(', ')}
          </p>
          <p>{text.holds.releaseDetail}</p>
          {release.error === null ? null : <ProblemNotice error={release.error} />}
          <div className="row">
            <Button busy={release.isPending} onClick={() => release.mutate(toRelease)}>
              {text.holds.releaseConfirm}
            </Button>
          </div>
        </Modal>
      )}
    </Page>
  );
}
