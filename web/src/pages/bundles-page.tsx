// Bundles: one's own (employee), or all with a filter on state and case.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { BundleAnswer } from '#contract/bundle.ts';
import { bundlesQuery } from '../api/queries.ts';
import { CaseIds } from '../bundles/case-ids.tsx';
import { BundleBadge } from '../bundles/state-badge.tsx';
import { Button } from '../components/button.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { type Column, Table } from '../components/table.tsx';
import { toDutchDate, toDutchDayOf, toDutchSpan } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { Page } from '../shell/page.tsx';
import { Paged } from '../shell/paged.tsx';
import { text } from '../text.nl.ts';

const columns: readonly Column<BundleAnswer>[] = [
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
  { title: text.bundles.cases, cell: (bundle) => <CaseIds ids={bundle.caseIds} /> },
  { title: text.bundles.period, cell: (bundle) => (bundle.period === null ? '' : toDutchSpan(bundle.period.first, bundle.period.last)) },
  { title: text.bundles.messages, numeric: true, cell: (bundle) => (bundle.counts === null ? '' : toDutchNumber(bundle.counts.messages)) },
  { title: text.bundles.until, cell: (bundle) => (bundle.retention.actionDate === null ? text.cases.noDate : toDutchDate(bundle.retention.actionDate)) },
  { title: text.bundles.received, cell: (bundle) => <span className="nowrap">{toDutchDayOf(bundle.createdAt)}</span> },
];

export function MyBundlesPage() {
  const query = useInfiniteQuery(bundlesQuery({ uploader: 'me' }));
  return (
    <Page
      title={text.bundles.mine}
      lead={text.bundles.lead}
      wide
      beside={
        <Link to="/uploaden" className="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--primary-action">
          {text.shell.items.upload}
        </Link>
      }
    >
      <Paged
        query={query}
        empty={
          <>
            <p>{text.bundles.empty}</p>
            <p className="quiet">{text.bundles.emptyHelp}</p>
          </>
        }
      >
        {(items) => <Table caption={text.bundles.mine} captionHidden columns={columns} rows={items} rowKey={(bundle) => bundle.id} />}
      </Paged>
    </Page>
  );
}

export function BundlesPage() {
  const [filter, setFilter] = useState<{ readonly state: string; readonly caseId: string }>({ state: '', caseId: '' });
  const [caseId, setCaseId] = useState('');
  const query = useInfiniteQuery(
    bundlesQuery({ ...(filter.state === '' ? {} : { state: filter.state }), ...(filter.caseId === '' ? {} : { caseId: filter.caseId }) }),
  );
  return (
    <Page title={text.bundles.all} lead={text.bundles.lead} wide>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          setFilter({ ...filter, caseId: caseId.trim() });
        }}
      >
        <SelectField label={text.bundles.filterState} value={filter.state} onChange={(event) => setFilter({ ...filter, state: event.target.value })}>
          <option value="">{text.bundles.anyState}</option>
          {Object.entries(text.bundleState).map(([state, name]) => (
            <option key={state} value={state}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField label={text.bundles.filterCase} value={caseId} onChange={(event) => setCaseId(event.target.value)} />
        <div className="align-end">
          <Button type="submit">{text.bundles.filter}</Button>
        </div>
      </form>
      <Paged query={query} empty={<p>{text.bundles.emptyAll}</p>}>
        {(items) => <Table caption={text.bundles.all} captionHidden columns={columns} rows={items} rowKey={(bundle) => bundle.id} />}
      </Paged>
    </Page>
  );
}
