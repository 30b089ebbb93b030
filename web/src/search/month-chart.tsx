// Messages per month as bars. Click a month or drag over more; by keyboard it is a slider over the months: arrows, Shift for more, Enter.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { toDutchMonth } from '../format/dates.ts';
import { toCount } from '../format/numbers.ts';
import { searchText } from '../text/search.nl.ts';
import { text } from '../text.nl.ts';
import type { MonthGap } from './gaps.ts';
import type { MonthCount } from './months.ts';

interface MonthChartProps {
  readonly months: readonly MonthCount[];
  readonly gaps: ReadonlyMap<string, MonthGap>;
  readonly onChoose: (first: MonthCount, last: MonthCount) => void;
}

interface Stretch {
  /** Where it began, and where it is now. */
  readonly anchor: number;
  readonly at: number;
}

const height = 56;
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12 };

function says(months: readonly MonthCount[], gaps: ReadonlyMap<string, MonthGap>, from: number, to: number): string {
  const stretch = months.slice(from, to + 1);
  const [first, last] = [stretch[0], stretch.at(-1)];
  if (first === undefined || last === undefined) return '';
  const messages = toCount(
    stretch.reduce((sum, month) => sum + month.messages, 0),
    text.common.messageOne,
    text.common.messageMany,
  );
  const said =
    first === last
      ? searchText.monthSays(toDutchMonth(first.month), messages)
      : searchText.monthsSay(toDutchMonth(first.month), toDutchMonth(last.month), messages);
  return stretch.some(({ month }) => gaps.has(month)) ? `${said}; ${searchText.gapHere}` : said;
}

export function MonthChart({ months, gaps, onChoose }: MonthChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [stretch, setStretch] = useState<Stretch | null>(null);
  const [dragging, setDragging] = useState(false);
  const most = Math.max(1, ...months.map((month) => month.messages));
  const step = 100 / months.length;
  const within = (at: number) => Math.min(months.length - 1, Math.max(0, at));
  const monthAt = (event: PointerEvent) => {
    const bounds = frame.current?.getBoundingClientRect();
    return bounds === undefined ? 0 : within(Math.floor(((event.clientX - bounds.left) / bounds.width) * months.length));
  };
  const from = stretch === null ? 0 : within(Math.min(stretch.anchor, stretch.at));
  const to = stretch === null ? 0 : within(Math.max(stretch.anchor, stretch.at));
  const choose = () => {
    const [first, last] = [months[from], months[to]];
    if (stretch !== null && first !== undefined && last !== undefined) onChoose(first, last);
    setStretch(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey } = event;
    const now = within(stretch?.at ?? months.length - 1);
    const move = key === 'Home' ? -months.length : key === 'End' ? months.length : steps[key];
    if (move !== undefined) {
      const at = stretch === null ? within(key === 'Home' ? 0 : now) : within(now + move);
      setStretch({ anchor: shiftKey ? (stretch?.anchor ?? at) : at, at });
    } else if (key === 'Enter' || key === ' ') choose();
    else if (key === 'Escape' && stretch !== null) setStretch(null);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div
        ref={frame}
        className="timeline__frame"
        role="slider"
        tabIndex={0}
        aria-label={searchText.timelineSays}
        aria-valuemin={1}
        aria-valuemax={months.length}
        aria-valuenow={within(stretch?.at ?? months.length - 1) + 1}
        aria-valuetext={stretch === null ? says(months, gaps, 0, months.length - 1) : says(months, gaps, from, to)}
        onKeyDown={onKeyDown}
        onBlur={() => setStretch(null)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          setStretch({ anchor: monthAt(event), at: monthAt(event) });
        }}
        onPointerMove={(event) => {
          if (dragging && stretch !== null) setStretch({ ...stretch, at: monthAt(event) });
        }}
        onPointerUp={() => {
          setDragging(false);
          choose();
        }}
        onPointerCancel={() => {
          setDragging(false);
          setStretch(null);
        }}
      >
        <svg className="timeline__bars" viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {stretch === null ? null : <rect className="timeline__chosen" x={from * step} y={0} width={(to - from + 1) * step} height={height} />}
          {months.map(({ month }, at) => (gaps.has(month) ? <rect key={month} className="timeline__gap" x={at * step} y={0} width={step} height={4} /> : null))}
          {months.map((month, at) => {
            const bar = month.messages === 0 ? 0 : Math.max(2, (month.messages / most) * height);
            return (
              <rect key={month.month} x={at * step + step * 0.1} y={height - bar} width={step * 0.8} height={bar}>
                <title>{says(months, gaps, at, at)}</title>
              </rect>
            );
          })}
        </svg>
      </div>
      {stretch === null ? null : <p className="small timeline__says">{says(months, gaps, from, to)}</p>}
    </>
  );
}
