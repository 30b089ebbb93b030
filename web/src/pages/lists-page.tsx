// Destruction lists: what was proposed and where each stands.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { DestructionListAnswer } from '#contract/destruction-list.ts';
import { listsQuery } from '../api/queries.ts';
import { ListBadge } from '../bundles/state-badge.tsx';
import { SelectField } from '../components/field.tsx';
import { type Column, Table } from '../components/table.tsx';
import { toDutchDate } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { hasRole, useMe } from '../session/session.ts';
import { Page } from '../shell/page.tsx';
import { Paged } from '../shell/paged.tsx';
import { text } from '../text.nl.ts';

export const listColumns: readonly Column<DestructionListAnswer>[] = [
  {
    title: text.lists.name,
    head: true,
    cell: (list) => (
      <Link to="/vernietigen/$id" params={{ id: list.id }} className="utrecht-link utrecht-link--html-a">
        {list.name}
      </Link>
    ),
  },
  { title: text.lists.state, cell: (list) => <ListBadge state={list.state} /> },
  { title: text.lists.items, numeric: true, cell: (list) => toDutchNumber(list.items) },
  { title: text.lists.selection, cell: (list) => list.selection ?? '' },
  { title: text.lists.kind, cell: (list) => (list.authorisation === 'standing' ? text.lists.standing : text.lists.perList) },
  { title: text.lists.created, cell: (list) => toDutchDate(list.createdOn) },
  { title: text.lists.executeFrom, cell: (list) => (list.executeFrom === null ? '' : toDutchDate(list.executeFrom)) },
];

export function ListsPage() {
  const me = useMe();
  const [state, setState] = useState('');
  const query = useInfiniteQuery(listsQuery(state === '' ? undefined : state));
  return (
    <Page title={text.lists.title} lead={hasRole(me, 'archivist') ? text.lists.archivistLead : text.lists.lead} wide>
      <div className="row">
        <SelectField label={text.lists.state} value={state} onChange={(event) => setState(event.target.value)}>
          <option value="">{text.bundles.anyState}</option>
          {Object.entries(text.listState).map(([one, name]) => (
            <option key={one} value={one}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <Paged
        query={query}
        empty={
          <>
            <p>{text.lists.empty}</p>
            <p className="quiet">{text.lists.emptyHelp}</p>
          </>
        }
      >
        {(items) => <Table caption={text.lists.title} captionHidden columns={listColumns} rows={items} rowKey={(list) => list.id} />}
      </Paged>
    </Page>
  );
}
