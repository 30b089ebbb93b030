// The messages of one conversation of a picked file: a list box of any length, walked and struck by keyboard, pointer or touch.
// Only the rows in sight exist; the worker gives them page by page.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';
import type { SiftReason, StruckRange } from '#core/model/sift.ts';
import { reasonAt, type Span } from '#core/sift/strikes.ts';
import { text } from '../../text.nl.ts';
import type { SiftClient } from './sift-client.ts';
import { SiftRowView } from './sift-row.tsx';
import type { SiftRow } from './sift-session.ts';

interface SiftListProps {
  readonly client: SiftClient;
  readonly conversation: number;
  readonly title: string;
  /** As far as they have been read. */
  readonly total: number;
  readonly ranges: readonly StruckRange[];
  readonly reason: SiftReason;
  readonly marking: boolean;
  /** Ordinal to bring into sight; a new object goes there again. */
  readonly target: { readonly ordinal: number } | null;
  /** Null: put back. */
  readonly onStrike: (spans: readonly Span[], reason: SiftReason | null) => void;
  readonly onSuggestion: (after: number, step: 1 | -1) => void;
}

const pageRows = 100;
const jump = 10;

function usePages({ client, conversation, total }: Pick<SiftListProps, 'client' | 'conversation' | 'total'>, first: number, last: number) {
  const [pages, setPages] = useState<ReadonlyMap<number, readonly SiftRow[]>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins without pages
  useEffect(() => setPages(new Map()), [client, conversation]);
  useEffect(() => {
    let gone = false;
    for (let page = Math.floor(first / pageRows); page <= Math.floor(last / pageRows); page++) {
      const wanted = Math.min(pageRows, total - page * pageRows);
      if (wanted <= 0 || (pages.get(page)?.length ?? 0) >= wanted) continue;
      void client.rows(conversation, page * pageRows, (page + 1) * pageRows).then(
        (rows) => {
          if (!gone && rows.length > 0) setPages((known) => ((known.get(page)?.length ?? 0) >= rows.length ? known : new Map(known).set(page, rows)));
        },
        () => undefined,
      );
    }
    return () => {
      gone = true;
    };
  }, [client, conversation, total, first, last, pages]);
  return (ordinal: number): SiftRow | undefined => pages.get(Math.floor(ordinal / pageRows))?.[ordinal % pageRows];
}

export function SiftList(props: SiftListProps) {
  const { conversation, title, total, ranges, reason, marking, target, onStrike, onSuggestion } = props;
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();
  const [active, setActive] = useState(0);
  const [anchor, setAnchor] = useState(0);
  const virtual = useVirtualizer({ count: total, getScrollElement: () => frame.current, estimateSize: () => 68, overscan: 8 });
  const items = virtual.getVirtualItems();
  const rowAt = usePages(props, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  const size = virtual.getTotalSize();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation is seen from its start
  useEffect(() => {
    setActive(0);
    setAnchor(0);
    virtual.scrollToIndex(0);
  }, [conversation]);
  useEffect(() => {
    if (target === null) return;
    setActive(target.ordinal);
    setAnchor(target.ordinal);
    virtual.scrollToIndex(target.ordinal, { align: 'center' });
  }, [target, virtual.scrollToIndex]);

  const toggle = (ordinal: number) => onStrike([[ordinal, ordinal]], reasonAt(ranges, ordinal) === null ? reason : null);
  const strikeTo = (ordinal: number) => onStrike([[Math.min(anchor, ordinal), Math.max(anchor, ordinal)]], reason);
  const move = (to: number, event: KeyboardEvent) => {
    event.preventDefault();
    const next = Math.max(0, Math.min(total - 1, to));
    setActive(next);
    virtual.scrollToIndex(next);
    if (event.shiftKey) strikeTo(next);
    else setAnchor(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || total === 0) return;
    if (event.key === 'ArrowDown') move(active + 1, event);
    else if (event.key === 'ArrowUp') move(active - 1, event);
    else if (event.key === 'PageDown') move(active + jump, event);
    else if (event.key === 'PageUp') move(active - jump, event);
    else if (event.key === 'Home') move(0, event);
    else if (event.key === 'End') move(total - 1, event);
    else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      toggle(active);
    } else if (event.key.toLowerCase() === 's') {
      event.preventDefault();
      onSuggestion(active, event.shiftKey ? -1 : 1);
    }
  };
  const onPick = (ordinal: number, event: MouseEvent) => {
    setActive(ordinal);
    if (event.shiftKey) strikeTo(ordinal);
    else {
      setAnchor(ordinal);
      toggle(ordinal);
    }
  };

  const shown = items.some(({ index }) => index === active);
  return (
    <div
      ref={frame}
      className="sift-list"
      style={{ blockSize: size + 2 }}
      role="listbox"
      aria-multiselectable="true"
      aria-label={text.sift.list(title)}
      aria-describedby={`${id}-keys`}
      aria-activedescendant={shown ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ blockSize: size, position: 'relative' }}>
        {items.map((item) => {
          const row = rowAt(item.index);
          const struck = reasonAt(ranges, item.index);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list box that holds the focus answers the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the list box holds the focus and points to the option
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              data-active={item.index === active}
              id={`${id}-${item.index}`}
              role="option"
              aria-selected={struck !== null}
              aria-setsize={total}
              aria-posinset={item.index + 1}
              className="sift-option"
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={(event) => onPick(item.index, event)}
            >
              {row === undefined ? (
                <span className="chat-system">{text.sift.loading}</span>
              ) : (
                <SiftRowView row={row} before={item.index === 0 ? undefined : rowAt(item.index - 1)} reason={struck} marking={marking} />
              )}
            </div>
          );
        })}
      </div>
      <span id={`${id}-keys`} hidden>
        {text.sift.keys}
      </span>
    </div>
  );
}
