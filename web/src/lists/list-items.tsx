// What stands on a list: bundle by bundle, with what it holds. During the review each can be left out, with a reason.

import { Link } from '@tanstack/react-router';
import type { ListItemAnswer } from '#contract/destruction-list.ts';
import { certificateText } from '#core/export/text.nl.ts';
import { CaseIds } from '../bundles/case-ids.tsx';
import { Badge } from '../components/badge.tsx';
import { Choice, TextField } from '../components/field.tsx';
import { type Column, Table } from '../components/table.tsx';
import { toDutchDate } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { text } from '../text.nl.ts';

const filesOf = (item: ListItemAnswer) => item.counts?.attachments.present ?? 0;

const basic: readonly Column<ListItemAnswer>[] = [
  {
    title: text.lists.bundle,
    head: true,
    cell: (item) => (
      <Link to="/bundels/$id" params={{ id: item.bundleId }} className="utrecht-link utrecht-link--html-a" title={item.bundleId}>
        {`…${item.bundleId.slice(-6)}`}
      </Link>
    ),
  },
  { title: text.lists.case, cell: (item) => <CaseIds ids={item.caseIds} /> },
  { title: text.lists.selection, cell: (item) => item.selection ?? '' },
  { title: text.lists.due, cell: (item) => toDutchDate(item.actionDate) },
  { title: text.lists.messages, numeric: true, cell: (item) => (item.counts === null ? '' : toDutchNumber(item.counts.messages)) },
  { title: text.lists.attachments, numeric: true, cell: (item) => (item.counts === null ? '' : toDutchNumber(filesOf(item))) },
];

const outcome: Column<ListItemAnswer> = {
  title: text.lists.outcome,
  cell: (item) => (
    <>
      <Badge tone={item.outcome === 'destroyed' ? 'good' : item.outcome === 'waiting' ? 'plain' : 'warn'}>
        {item.decision === 'keep' ? text.lists.outcomes['left-out'] : text.lists.outcomes[item.outcome]}
      </Badge>
      {item.keep !== null ? (
        <p className="small">{item.keep}</p>
      ) : item.reason === null ? null : (
        <p className="small">{certificateText.reasons[item.reason]}</p>
      )}
    </>
  ),
};

export function ListItems({ items }: { readonly items: readonly ListItemAnswer[] }) {
  return <Table caption={text.lists.content} columns={[...basic, outcome]} rows={items} rowKey={(item) => item.bundleId} />;
}

export type Exclusions = ReadonlyMap<string, string>;

interface ReviewItemsProps {
  readonly items: readonly ListItemAnswer[];
  readonly exclusions: Exclusions;
  readonly onChange: (exclusions: Exclusions) => void;
  /** Show which reasons are still missing. */
  readonly checked: boolean;
}

export function ReviewItems({ items, exclusions, onChange, checked }: ReviewItemsProps) {
  const decide: Column<ListItemAnswer> = {
    title: text.lists.keepThis,
    cell: (item) => {
      // It left by itself: there is nothing to decide any more.
      if (item.outcome !== 'waiting') return outcome.cell(item);
      const reason = exclusions.get(item.bundleId);
      const set = (value: string | null) => {
        const next = new Map(exclusions);
        if (value === null) next.delete(item.bundleId);
        else next.set(item.bundleId, value);
        onChange(next);
      };
      return (
        <div className="stack stack--tight exclusion">
          <Choice kind="checkbox" checked={reason !== undefined} onChange={(event) => set(event.target.checked ? '' : null)}>
            {text.lists.keepThis}
            <span className="visually-hidden"> {item.bundleId}</span>
          </Choice>
          {reason === undefined ? null : (
            <TextField
              label={text.lists.keepReason}
              value={reason}
              maxLength={500}
              onChange={(event) => set(event.target.value)}
              error={checked && reason.trim() === '' ? text.lists.keepReasonMissing : undefined}
            />
          )}
        </div>
      );
    },
  };
  return <Table caption={text.lists.content} columns={[...basic, decide]} rows={items} rowKey={(item) => item.bundleId} />;
}
