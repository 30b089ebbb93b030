// The hits: date, sender, text with the words marked, why it was found, where it stands. j and k walk, Enter opens.
import type { SearchHit } from '#contract/search.ts';
import { MarkedText } from '../conversation/message-row.tsx';
import { toDutchLocalTime } from '../format/dates.ts';
import { searchText } from '../text/search.nl.ts';
import { text } from '../text.nl.ts';
import { excerpt } from './excerpt.ts';

interface HitListProps {
  readonly hits: readonly SearchHit[];
  readonly selected: string | null;
  readonly onSelect: (hit: SearchHit, byKeyboard: boolean) => void;
}

export function hitKey(hit: SearchHit): string {
  return hit.attachment?.id ?? `${hit.conversation.bundleId}/${hit.conversation.n}/${hit.message.ordinal}`;
}

export function HitList({ hits, selected, onSelect }: HitListProps) {
  return (
    <ol className="list-plain hits" aria-label={searchText.hits}>
      {hits.map((hit) => {
        const key = hitKey(hit);
        const { attachment } = hit;
        const shown = attachment === undefined ? excerpt(hit.message.text, hit.highlights) : snippetOf(attachment);
        return (
          <li key={key}>
            <button
              type="button"
              className="hit"
              aria-current={selected === key ? 'true' : undefined}
              data-hit={key}
              onClick={({ detail }) => onSelect(hit, detail === 0)}
            >
              <span className="hit__head">
                <span>{toDutchLocalTime(hit.message.sentAt.local)}</span>
                <strong>{hit.message.sender ?? ''}</strong>
              </span>
              {attachment === undefined ? null : <span className="small">{foundIn(attachment)}</span>}
              <span className="hit__text">
                <MarkedText value={shown.value} highlights={shown.highlights} />
              </span>
              {hit.matched.length === 0 ? null : <span className="small quiet">{searchText.why(hit.matched)}</span>}
              <span className="small quiet">
                {hit.conversation.title ?? searchText.untitled} · {hit.caseIds.length === 0 ? searchText.noCase : hit.caseIds.join(', ')}
                {hit.duplicates === undefined || hit.duplicates.length === 0 ? '' : ` · ${searchText.duplicates(hit.duplicates.length)}`}
                {hit.lackedBy === undefined || hit.lackedBy.length === 0 ? '' : ` · ${searchText.lackedBy(hit.lackedBy.length)}`}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

export function foundIn({ name, unit, number, part }: NonNullable<SearchHit['attachment']>): string {
  return text.attachments.found(name, text.attachments.place(text.attachments.units[unit], number, part));
}

/** The words around the hit, with `…` where the page goes on. */
export function snippetOf({ snippet, before, after, highlights }: NonNullable<SearchHit['attachment']>) {
  const lead = before ? '… ' : '';
  return {
    value: `${lead}${snippet}${after ? ' …' : ''}`,
    highlights: highlights.map(([start, end]) => [start + lead.length, end + lead.length] as const),
  };
}
