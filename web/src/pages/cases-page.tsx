// Cases: find one, see which are open, closed, unconfirmed or due.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CaseAnswer } from '#contract/case.ts';
import { casesQuery } from '../api/queries.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { type Column, Table } from '../components/table.tsx';
import { toDutchDate } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { useMe } from '../session/session.ts';
import { Page } from '../shell/page.tsx';
import { Paged } from '../shell/paged.tsx';
import { text } from '../text.nl.ts';

const caseColumns: readonly Column<CaseAnswer>[] = [
  {
    title: text.cases.id,
    head: true,
    cell: (one) => (
      <Link to="/zaken/$caseId" params={{ caseId: one.id }} className="utrecht-link utrecht-link--html-a">
        {one.id}
      </Link>
    ),
  },
  { title: text.cases.name, cell: (one) => one.title ?? '' },
  {
    title: text.cases.state,
    cell: (one) => (
      <span className="row">
        <Badge tone={one.state === 'open' ? 'action' : 'plain'}>{one.state === 'open' ? text.cases.open : text.cases.closed}</Badge>
        {one.verified ? null : <Badge tone="warn">{text.cases.unverified}</Badge>}
      </span>
    ),
  },
  { title: text.cases.selection, cell: (one) => one.selection ?? '' },
  {
    title: text.cases.until,
    cell: (one) =>
      one.retention.actionDate !== null ? toDutchDate(one.retention.actionDate) : one.retention.nomination === 'keep' ? text.cases.keep : text.cases.noDate,
  },
  { title: text.cases.bundles, numeric: true, cell: (one) => toDutchNumber(one.bundles) },
];

export function CasesPage() {
  const me = useMe();
  const navigate = useNavigate();
  const [state, setState] = useState('');
  const [dueBefore, setDueBefore] = useState('');
  const [number, setNumber] = useState('');
  const query = useInfiniteQuery(casesQuery({ ...(state === '' ? {} : { state }), ...(dueBefore === '' ? {} : { dueBefore }) }));
  return (
    <Page title={text.cases.title} lead={text.cases.lead} wide>
      <div className="row row--between row--top">
        <div className="row row--top">
          <SelectField label={text.cases.state} value={state} onChange={(event) => setState(event.target.value)}>
            <option value="">{text.cases.anyState}</option>
            <option value="open">{text.cases.open}</option>
            <option value="closed">{text.cases.closed}</option>
          </SelectField>
          <TextField label={text.cases.dueBefore} type="date" value={dueBefore} onChange={(event) => setDueBefore(event.target.value)} />
        </div>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            if (number.trim() !== '') void navigate({ to: '/zaken/$caseId', params: { caseId: number.trim() } });
          }}
        >
          <TextField
            label={text.cases.addNumber}
            value={number}
            pattern="[A-Za-z0-9._~\-]{1,64}"
            title={text.upload.caseInvalid}
            onChange={(event) => setNumber(event.target.value)}
          />
          <div className="align-end">
            <Button type="submit">{text.cases.find}</Button>
          </div>
        </form>
      </div>
      {me.actions.includes('case.import') ? (
        <div>
          <Link to="/zaken-importeren" className="utrecht-link utrecht-link--html-a">
            {text.caseImport.link}
          </Link>
        </div>
      ) : null}
      <Paged
        query={query}
        empty={
          <>
            <p>{text.cases.empty}</p>
            <p className="quiet">{text.cases.emptyHelp}</p>
          </>
        }
      >
        {(items) => <Table caption={text.cases.title} captionHidden columns={caseColumns} rows={items} rowKey={(one) => one.id} />}
      </Paged>
    </Page>
  );
}
