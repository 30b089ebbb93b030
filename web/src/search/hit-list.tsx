// The hits: date, sender, text with the words marked, where it stands. j and k walk, Enter opens.
import type { SearchHit } from '#contract/search.ts';
import { MarkedText } from '../conversation/message-row.tsx';
import { toDutchLocalTime } from '../format/dates.ts';
import { text } from '../text.nl.ts';

interface HitListProps {
  readonly hits: readonly SearchHit[];
  readonly selected: string | null;
  readonly onSelect: (hit: SearchHit) => void;
}

export function hitKey(hit: SearchHit): string {
  return `${hit.conversation.bundleId}/${hit.conversation.n}/${hit.message.ordinal}`;
}

/** A long message is shown around its first highlight; nothing else is left out of it than what `…` says. */
export function excerpt(
  value: string,
  highlights: SearchHit['highlights'],
): { readonly value: string; readonly highlights: readonly (readonly [number, number])[] } {
  const longest = 280;
  if (value.length <= longest) return { value, highlights };
  const at = highlights[0]?.[0] ?? 0;
  const from = Math.max(0, Math.min(at - 80, value.length - longest));
  const to = Math.min(value.length, from + longest);
  const before = from > 0 ? '… ' : '';
  const shift = before.length - from;
  return {
    value: `${before}${value.slice(from, to)}${to < value.length ? ' …' : ''}`,
    highlights: highlights.filter(([start, end]) => start >= from && end <= to).map(([start, end]) => [start + shift, end + shift] as const),
  };
}

export function HitList({ hits, selected, onSelect }: HitListProps) {
  return (
    <ol className="list-plain hits" aria-label={text.search.hits}>
      {hits.map((hit) => {
        const key = hitKey(hit);
        const shown = excerpt(hit.message.text, hit.highlights);
        return (
          <li key={key}>
            <button type="button" className="hit" aria-current={selected === key ? 'true' : undefined} data-hit={key} onClick={() => onSelect(hit)}>
              <span className="hit__head">
                <span>{toDutchLocalTime(hit.message.sentAt.local)}</span>
                <strong>{hit.message.sender ?? ''}</strong>
              </span>
              <span className="hit__text">
                <MarkedText value={shown.value} highlights={shown.highlights} />
              </span>
              <span className="small quiet">
                {hit.conversation.title ?? text.search.untitled} · {hit.caseIds.length === 0 ? text.search.noCase : hit.caseIds.join(', ')}
                {hit.duplicates === undefined || hit.duplicates.length === 0 ? '' : ` · ${text.search.duplicates(hit.duplicates.length)}`}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
