// When it was said: a chart that filters, and the same figures in a table under it.
import { Button } from '../components/button.tsx';
import { Table } from '../components/table.tsx';
import { toDutchMonth } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { searchText } from '../text/search.nl.ts';
import { text } from '../text.nl.ts';
import { MonthChart } from './month-chart.tsx';
import { daysOf, fillMonths, isMonth } from './months.ts';

interface TimelineProps {
  readonly counts: readonly { readonly value: string; readonly messages: number }[];
  readonly onPeriod: (from: string, to: string) => void;
}

export function Timeline({ counts, onPeriod }: TimelineProps) {
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
      <MonthChart months={months} onChoose={(from, to) => choose(from.month, to.month)} />
      <div className="row row--between small quiet">
        <span>{toDutchMonth(first.month)}</span>
        <span>{toDutchMonth(last.month)}</span>
      </div>
      <details className="small">
        <summary>{text.common.showTable}</summary>
        <p className="quiet">{searchText.timelineKeys}</p>
        <Table
          caption={searchText.timeline}
          captionHidden
          rows={[...counts].sort((a, b) => (a.value < b.value ? -1 : 1))}
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
          ]}
        />
      </details>
    </figure>
  );
}
