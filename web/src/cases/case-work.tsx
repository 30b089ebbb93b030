// The work list of cases: by reason, with counts over the whole list, and what somebody can do about it.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CaseAnswer } from '#contract/case.ts';
import type { WorkReason } from '#core/model/case.ts';
import { caseWorkQuery } from '../api/queries.ts';
import { Badge } from '../components/badge.tsx';
import { SelectField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { type Column, Table } from '../components/table.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { Paged } from '../shell/paged.tsx';
import { text } from '../text.nl.ts';

const columns: readonly Column<CaseAnswer>[] = [
  {
    title: text.cases.id,
    head: true,
    cell: (one) => (
      <Link to="/zaken/$caseId" params={{ caseId: one.id }} className="utrecht-link utrecht-link--html-a nowrap">
        {one.id}
      </Link>
    ),
  },
  { title: text.cases.name, cell: (one) => one.title ?? '' },
  {
    title: text.caseWork.reason,
    cell: (one) => (
      <ul className="list-plain stack stack--tight">
        {one.attention.map((reason) => (
          <li key={reason}>
            <Badge tone="warn">{text.caseWork.reasons[reason]}</Badge>
            <div className="small">{text.caseWork.todo[reason]}</div>
          </li>
        ))}
      </ul>
    ),
  },
  { title: text.cases.explanation, cell: (one) => <span className="small">{one.retention.explanation}</span> },
  { title: text.cases.bundles, numeric: true, cell: (one) => toDutchNumber(one.bundles) },
];

export function CaseWorkList() {
  const [reason, setReason] = useState<WorkReason | ''>('');
  const query = useInfiniteQuery(caseWorkQuery(reason === '' ? {} : { reason }));
  const first = query.data?.pages[0];
  const system = first?.caseSystem ?? null;
  return (
    <section className="stack stack--tight">
      <h2 className="utrecht-heading-2">{text.caseWork.title}</h2>
      <p className="quiet">{text.caseWork.lead}</p>
      {system === null || system.reachable ? null : (
        <Notice tone="warn" title={text.caseWork.unreachable}>
          <p>{text.caseWork.unreachableSince(toDutchInstant(system.since))}</p>
        </Notice>
      )}
      {first === undefined || (first.counts.length === 0 && reason === '') ? null : (
        <SelectField label={text.caseWork.filter} value={reason} onChange={(event) => setReason(event.target.value as WorkReason | '')}>
          <option value="">{text.caseWork.all}</option>
          {first.counts.map((one) => (
            <option key={one.reason} value={one.reason}>
              {text.caseWork.reasons[one.reason]} ({toDutchNumber(one.cases)})
            </option>
          ))}
        </SelectField>
      )}
      <Paged query={query} empty={<p>{text.caseWork.nothing}</p>}>
        {(items) => <Table caption={text.caseWork.title} captionHidden columns={columns} rows={items} rowKey={(one) => one.id} />}
      </Paged>
    </section>
  );
}
