// A conversation of any length as a virtual list: only the rows in sight exist, only their ranges are asked for.
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { DoubtAnswer } from '#contract/bundle.ts';
import type { MessageAnswer } from '#contract/conversation.ts';
import { messageRange, messagesQuery } from '../api/queries.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';
import { MessageRow } from './message-row.tsx';
import { doubtsAt, rowPlace } from './rows.ts';

export interface ChatViewProps {
  readonly bundleId: string;
  readonly n: number;
  /** Records in this conversation. */
  readonly total: number;
  readonly participants: readonly string[];
  /** Ordinal to bring into sight; a new object scrolls again to the same place. */
  readonly target: { readonly ordinal: number } | null;
  readonly highlights?: ReadonlyMap<number, readonly (readonly [number, number])[]>;
  readonly doubts?: readonly DoubtAnswer[];
}

const noHighlights: readonly (readonly [number, number])[] = [];

export function ChatView({ bundleId, n, total, participants, target, highlights, doubts = [] }: ChatViewProps) {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => 64,
    overscan: 10,
    initialOffset: target === null ? 0 : Math.max(0, target.ordinal * 64 - 200),
  });
  const rows = virtual.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;
  const ranges = useMemo(() => {
    const list: number[] = [];
    for (let range = Math.floor(first / messageRange); range <= Math.floor(last / messageRange); range++) list.push(range);
    return list;
  }, [first, last]);
  const answers = useQueries({ queries: total === 0 ? [] : ranges.map((range) => messagesQuery(bundleId, n, range)) });
  const failed = answers.find((answer) => answer.error !== null);
  const arrived = ranges.filter((_, at) => answers[at]?.data !== undefined).join();
  const messages = new Map<number, MessageAnswer>();
  for (const answer of answers) for (const message of answer.data?.items ?? []) messages.set(message.ordinal, message);

  const pending = useRef<{ readonly ordinal: number; readonly align: 'start' | 'center' | 'end' } | null>(null);
  useEffect(() => {
    pending.current = target === null ? null : { ordinal: target.ordinal, align: 'center' };
  }, [target]);
  const size = virtual.getTotalSize();
  // Rows get their true height only once they are there: scroll again with every range and every height that comes, until the
  // person takes over.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `target`, `arrived` and `size` are the signals to scroll
  useEffect(() => {
    if (pending.current !== null) virtual.scrollToIndex(pending.current.ordinal, { align: pending.current.align });
  }, [target, arrived, size, virtual.scrollToIndex]);
  // A slow machine may still measure after the last scroll: look until the row has stood in sight for a second.
  useEffect(() => {
    if (target === null) return;
    let inSight = 0;
    const watch = setInterval(() => {
      const row = frame.current?.querySelector(`[data-index="${target.ordinal}"]`)?.getBoundingClientRect();
      const view = frame.current?.getBoundingClientRect();
      const seen = row !== undefined && view !== undefined && row.top < view.bottom && row.bottom > view.top;
      inSight = seen ? inSight + 1 : 0;
      if (pending.current === null || inSight >= 10) clearInterval(watch);
      else if (!seen) virtual.scrollToIndex(target.ordinal, { align: 'center' });
    }, 100);
    return () => clearInterval(watch);
  }, [target, virtual.scrollToIndex]);
  const takeOver = () => {
    pending.current = null;
  };

  const toEdge = (event: KeyboardEvent) => {
    takeOver();
    if (event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    pending.current = event.key === 'Home' ? { ordinal: 0, align: 'start' } : { ordinal: total - 1, align: 'end' };
    virtual.scrollToIndex(pending.current.ordinal, { align: pending.current.align });
  };

  return (
    <>
      {failed === undefined ? null : <ProblemNotice error={failed.error} onAgain={() => void failed.refetch()} />}
      <section
        ref={frame}
        className="chat"
        style={{ blockSize: size + 16 }}
        aria-label={text.conversation.region}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        onKeyDown={toEdge}
        onWheel={takeOver}
        onPointerDown={takeOver}
        onTouchMove={takeOver}
      >
        <ol className="chat-list" style={{ blockSize: size }}>
          {rows.map((row) => {
            const message = messages.get(row.index);
            return (
              <li
                key={row.key}
                ref={virtual.measureElement}
                data-index={row.index}
                aria-setsize={total}
                aria-posinset={row.index + 1}
                className="chat-row"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {message === undefined ? (
                  <p className="chat-system">{text.conversation.loading}</p>
                ) : (
                  <MessageRow
                    bundleId={bundleId}
                    message={message}
                    place={rowPlace(message, messages.get(row.index - 1))}
                    hue={Math.max(0, participants.indexOf(message.sender ?? '')) % 6}
                    highlights={highlights?.get(row.index) ?? noHighlights}
                    current={target?.ordinal === row.index}
                    doubts={doubtsAt(doubts, message.source?.lines)}
                  />
                )}
              </li>
            );
          })}
        </ol>
      </section>
    </>
  );
}
