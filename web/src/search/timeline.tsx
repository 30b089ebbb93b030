// Messages per month as bars; drag over months to choose the period. The same figures stand in a table under it.
import { type PointerEvent, useRef, useState } from 'react';
import { Button } from '../components/button.tsx';
import { Table } from '../components/table.tsx';
import { toDutchMonth } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { text } from '../text.nl.ts';
import { daysOf, fillMonths, type MonthCount } from './months.ts';

interface TimelineProps {
  readonly counts: readonly { readonly value: string; readonly messages: number }[];
  readonly onPeriod: (from: string, to: string) => void;
}

const height = 56;

export function Timeline({ counts, onPeriod }: TimelineProps) {
  const months = fillMonths(counts);
  const frame = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<readonly [from: number, to: number] | null>(null);
  const first = months[0];
  const last = months.at(-1);
  if (first === undefined || last === undefined) return null;
  const most = Math.max(...months.map((month) => month.messages));
  const step = 100 / months.length;
  const monthAt = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return 0;
    return Math.min(months.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * months.length)));
  };
  const choose = (from: MonthCount | undefined, to: MonthCount | undefined) => {
    if (from === undefined || to === undefined) return;
    const days = daysOf(from.month, to.month);
    onPeriod(days.from, days.to);
  };
  const chosen = drag === null ? null : ([Math.min(...drag), Math.max(...drag)] as const);
  return (
    <figure className="timeline">
      <svg
        ref={frame}
        className="timeline__bars"
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${text.search.timeline}: ${toDutchMonth(first.month)} – ${toDutchMonth(last.month)}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag([monthAt(event), monthAt(event)]);
        }}
        onPointerMove={(event) => {
          if (drag !== null) setDrag([drag[0], monthAt(event)]);
        }}
        onPointerUp={() => {
          if (chosen !== null) choose(months[chosen[0]], months[chosen[1]]);
          setDrag(null);
        }}
        onPointerCancel={() => setDrag(null)}
      >
        {chosen === null ? null : <rect className="timeline__chosen" x={chosen[0] * step} y={0} width={(chosen[1] - chosen[0] + 1) * step} height={height} />}
        {months.map((month, at) => {
          const bar = month.messages === 0 ? 0 : Math.max(2, (month.messages / most) * height);
          return (
            <rect key={month.month} x={at * step + step * 0.1} y={height - bar} width={step * 0.8} height={bar}>
              <title>{`${toDutchMonth(month.month)}: ${toDutchNumber(month.messages)}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="row row--between small quiet">
        <span>{toDutchMonth(first.month)}</span>
        <span>{text.search.timelineHint}</span>
        <span>{toDutchMonth(last.month)}</span>
      </figcaption>
      <details className="small">
        <summary>{text.common.showTable}</summary>
        <Table
          caption={text.search.timeline}
          captionHidden
          rows={[...counts].sort((a, b) => (a.value < b.value ? -1 : 1))}
          rowKey={(count) => count.value}
          columns={[
            {
              title: text.search.month,
              head: true,
              cell: (count) =>
                /^\d{4}-\d{2}$/.test(count.value) ? (
                  <Button look="subtle" onClick={() => choose({ month: count.value, messages: 0 }, { month: count.value, messages: 0 })}>
                    {toDutchMonth(count.value)}
                  </Button>
                ) : (
                  count.value
                ),
            },
            { title: text.search.messages, numeric: true, cell: (count) => toDutchNumber(count.messages) },
          ]}
        />
      </details>
    </figure>
  );
}
