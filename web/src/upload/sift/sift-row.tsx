// One message of a picked file, with what may be private in it and whether it goes along.
import type { SiftReason } from '#core/model/sift.ts';
import { type SuggestionKind, suggestPrivate } from '#core/sift/suggest-private.ts';
import { Shape } from '../../components/shape.tsx';
import { MarkedText } from '../../conversation/message-row.tsx';
import { toDutchDay } from '../../format/dates.ts';
import { toDutchNumber } from '../../format/numbers.ts';
import { text } from '../../text.nl.ts';
import type { SiftRow } from './sift-session.ts';

interface SiftRowProps {
  readonly row: SiftRow;
  readonly before: SiftRow | undefined;
  readonly reason: SiftReason | null;
  /** All is sent: what is pointed at is marked, not left out. */
  readonly marking: boolean;
}

export function SiftRowView({ row, before, reason, marking }: SiftRowProps) {
  const hints = row.kind === 'system' ? [] : suggestPrivate(row.text);
  const kinds = [...new Set(hints.map(({ kind }): SuggestionKind => kind))].map((kind) => text.sift.kinds[kind]);
  const day = row.local.slice(0, 10);
  const why = reason === null ? null : text.sift.reasons[reason];
  return (
    <>
      {before !== undefined && before.local.slice(0, 10) === day ? null : <span className="chat-day sift-day">{toDutchDay(day)}</span>}
      <span className="sift-line" data-struck={reason !== null && !marking} data-marked={reason !== null && marking}>
        <span className="sift-box" aria-hidden="true">
          {reason === null ? null : <Shape name={marking ? 'tick' : 'cross'} />}
        </span>
        <span className="sift-body">
          <span className="sift-head">
            <span className="quiet small">{toDutchNumber(row.ordinal + 1)}</span> <strong>{row.sender ?? ''}</strong>{' '}
            <span className="quiet small">{row.local.slice(11, 16)}</span>
          </span>
          {row.deleted === undefined ? null : <span className="chat-deleted">{text.conversation.deleted[row.deleted]}</span>}
          {row.text === '' ? null : (
            <span className="chat-text sift-text">
              <MarkedText value={row.text} highlights={hints.map(({ start, end }) => [start, end] as const)} />
            </span>
          )}
          {(row.attachments ?? []).map(({ name, presence }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two attachments of one message may have the same name
            <span key={`${name}-${at}`} className="small">
              {name === '' ? text.sift.unnamedAttachment : text.sift.attachment(name)}
              {presence === 'present' ? '' : ` (${text.conversation.presence[presence as 'missing' | 'omitted']})`}
            </span>
          ))}
          {why === null ? (
            kinds.length === 0 ? null : (
              <span className="small sift-hint">
                <Shape name="triangle" /> {text.sift.may(kinds.join(', '))}
              </span>
            )
          ) : (
            <span className="small sift-why">{marking ? text.sift.marked(why) : text.sift.out(why)}</span>
          )}
        </span>
      </span>
    </>
  );
}
