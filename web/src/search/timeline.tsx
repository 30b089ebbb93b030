// When it was said: a chart that filters, and the same figures in a table under it.
import { useQuery } from '@tanstack/react-query';
import { Button } from '../components/button.tsx';
import { Table } from '../components/table.tsx';
import { toDutchMonth } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { searchText } from '../text/search.nl.ts';
import { text } from '../text.nl.ts';
import { countCutOff, gapsByMonth, gapsQuery, type MonthGap, mostGaps } from './gaps.ts';
import { MonthChart } from './month-chart.tsx';
import { daysOf, fillMonths, isMonth } from './months.ts';

interface TimelineProps {
  readonly counts: readonly { readonly value: string; readonly messages: number }[];
  /** Conversations with a hit, as the facet names them. */
  readonly conversations: readonly string[];
  readonly onPeriod: (from: string, to: string) => void;
}

export function Timeline({ counts, conversations, onPeriod }: TimelineProps) {
  const asked = conversations.slice(0, mostGaps);
  const { data: answer } = useQuery({ ...gapsQuery(asked), enabled: asked.length > 0 });
  const gaps = answer === undefined ? new Map<string, MonthGap>() : gapsByMonth(answer);
  const cut = answer === undefined ? 0 : countCutOff(answer);
  const months = fillMonths(counts);
  const first = months[0];
  const last = months.at(-1);
  if (first === undefined || last === undefined) return null;
  const choose = (from: string, to: string) => {
    const days = daysOf(from, to);
    onPeriod(days.from, days.to);
  };
  return (
    <figure className="timeline">
      <figcaption className="small">
        <strong>{searchText.timeline}</strong> <span className="quiet">{searchText.timelineHint}</span>
      </figcaption>
      <MonthChart months={months} gaps={gaps} onChoose={(from, to) => choose(from.month, to.month)} />
      <div className="row row--between small quiet">
        <span>{toDutchMonth(first.month)}</span>
        <span>{toDutchMonth(last.month)}</span>
      </div>
      {gaps.size === 0 ? null : (
        <p className="small">
          <svg aria-hidden="true" className="timeline__key" viewBox="0 0 12 4">
            <rect className="timeline__gap" width="12" height="4" />
          </svg>{' '}
          {searchText.gapKey}
        </p>
      )}
      {cut === 0 ? null : <p className="small">{searchText.cutOff(cut)}</p>}
      {conversations.length <= mostGaps ? null : <p className="small quiet">{searchText.gapsOf(mostGaps, conversations.length)}</p>}
      <details className="small">
        <summary>{text.common.showTable}</summary>
        <p className="quiet">{searchText.timelineKeys}</p>
        <Table
          caption={searchText.timeline}
          captionHidden
          rows={[...counts, ...[...gaps.keys()].filter((value) => !counts.some((one) => one.value === value)).map((value) => ({ value, messages: 0 }))].sort(
            (a, b) => (a.value < b.value ? -1 : 1),
          )}
          rowKey={(count) => count.value}
          columns={[
            {
              title: searchText.month,
              head: true,
              cell: ({ value }) =>
                isMonth(value) ? (
                  <Button look="subtle" onClick={() => choose(value, value)}>
                    {toDutchMonth(value)}
                  </Button>
                ) : (
                  searchText.noMonth
                ),
            },
            { title: searchText.messages, numeric: true, cell: (count) => toDutchNumber(count.messages) },
            { title: searchText.deleted, numeric: true, cell: ({ value }) => toDutchNumber(gaps.get(value)?.deleted ?? 0) },
            { title: searchText.timers, numeric: true, cell: ({ value }) => toDutchNumber(gaps.get(value)?.timers ?? 0) },
          ]}
        />
      </details>
    </figure>
  );
}
