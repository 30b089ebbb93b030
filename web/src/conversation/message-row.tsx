// One record as a chat shows it: bubble, system line, attachment cards, quiet notes. No left and right: there is no "me".
import type { DoubtAnswer } from '#contract/bundle.ts';
import type { MessageAnswer } from '#contract/conversation.ts';
import type { GapAnswer } from '#contract/sift.ts';
import { Shape } from '../components/shape.tsx';
import { toDutchDay, toDutchInstant } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { text } from '../text.nl.ts';
import { AttachmentCard } from './attachment-card.tsx';
import { Location } from './location.tsx';
import { type RowPlace, toPieces } from './rows.ts';

export function MarkedText({ value, highlights }: { readonly value: string; readonly highlights: readonly (readonly [number, number])[] }) {
  return (
    <>{toPieces(value, highlights).map((piece) => (piece.marked ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>))}</>
  );
}

/** What who handed it in left out at this place. */
function Gaps({ gaps }: { readonly gaps: readonly GapAnswer[] | undefined }) {
  return (gaps ?? []).map(({ reason, records }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: gaps at one place never move
    <p key={at} className="chat-gap">
      <Shape name="cross" /> {text.sift.gap(records, reason)}
    </p>
  ));
}

function Notes({ message, doubts }: { readonly message: MessageAnswer; readonly doubts: readonly DoubtAnswer[] }) {
  const notes = [
    message.markedPrivate === undefined ? '' : text.sift.markedHere(message.markedPrivate),
    text.conversation.certainty[message.sentAt.certainty],
    message.kind === 'unknown' && doubts.length === 0 && message.source !== undefined
      ? `${text.conversation.kinds['unknown']}, ${text.conversation.sourceLine(message.source.lines[0], message.source.lines[1])}`
      : '',
    ...doubts.map((doubt) => `${doubt.detail} (${text.report.place(doubt.place?.file ?? '', doubt.place?.line)})`),
  ].filter((note) => note !== '');
  return notes.map((note) => (
    <p key={note} className="chat-note">
      <Shape name="triangle" />
      {note}
    </p>
  ));
}

interface MessageRowProps {
  readonly bundleId: string;
  readonly message: MessageAnswer;
  readonly place: RowPlace;
  readonly hue: number;
  readonly highlights: readonly (readonly [number, number])[];
  readonly current: boolean;
  readonly doubts: readonly DoubtAnswer[];
}

/** What the export tells of a message beside its text: that it never went out, was passed on, answers another, or how a call went. */
function Circumstances({ message: { status, forwarded, call, quoted } }: { readonly message: MessageAnswer }) {
  const words = text.conversation;
  const facts = [
    status === undefined ? null : words.statuses[status],
    forwarded === undefined ? null : words.forwarded(forwarded.from),
    call === undefined ? null : words.call(words.callOutcomes[call.outcome], call.seconds ?? null),
  ].filter((fact) => fact !== null);
  return (
    <>
      {facts.length === 0 ? null : <p className="small quiet">{facts.join(' · ')}</p>}
      {quoted?.text === undefined ? null : (
        <blockquote className="chat-quote">
          {quoted.sender === undefined ? null : <span className="small quiet">{quoted.sender}: </span>}
          {quoted.text}
        </blockquote>
      )}
    </>
  );
}

export function MessageRow({ bundleId, message, place, hue, highlights, current, doubts }: MessageRowProps) {
  const kind = text.conversation.kinds[message.kind];
  const time = message.sentAt.local.slice(11, 16);
  return (
    <>
      <Gaps gaps={message.leftOutBefore} />
      {place.day === null ? null : <p className="chat-day">{toDutchDay(place.day)}</p>}
      {message.kind === 'system' ? (
        <p className="chat-system" data-current={current}>
          <MarkedText value={message.text} highlights={highlights} /> <span className="nowrap">{time}</span>
        </p>
      ) : (
        <div className="chat-line" data-hue={hue}>
          <span className="chat-time" title={text.conversation.number(toDutchNumber(message.ordinal + 1))}>
            {time}
          </span>
          <div className="chat-bubble" data-starts={place.startsRun} data-current={current}>
            {current ? <span className="visually-hidden">{text.conversation.hitHere}: </span> : null}
            {place.startsRun ? (
              <p className="chat-sender">{message.sender ?? text.common.unknown}</p>
            ) : (
              <span className="visually-hidden">{message.sender}: </span>
            )}
            {kind === undefined || message.kind === 'media' || message.kind === 'unknown' ? null : <p className="small quiet">{kind}</p>}
            <Circumstances message={message} />
            {message.deleted === undefined ? null : <p className="chat-deleted">{text.conversation.deleted[message.deleted]}</p>}
            {message.text === '' ? null : (
              <p className="chat-text">
                <MarkedText value={message.text} highlights={highlights} />
              </p>
            )}
            {message.kind === 'location' ? <Location message={message.text} /> : null}
            {message.attachments.map((attachment, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two attachments of one message may have the same name
              <AttachmentCard key={`${attachment.name}-${at}`} bundleId={bundleId} attachment={attachment} />
            ))}
            {message.edited === true ? <p className="small quiet">{text.conversation.edited}</p> : null}
            {(message.revisions ?? []).map((revision, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two versions may say the same
              <blockquote key={at} className="chat-quote">
                <span className="small quiet">
                  {text.conversation.earlierVersion(revision.sentInstant === undefined ? null : toDutchInstant(revision.sentInstant))}:{' '}
                </span>
                {revision.text}
              </blockquote>
            ))}
            {message.reactions === undefined || message.reactions.length === 0 ? null : (
              <p className="small">
                {message.reactions
                  .map((reaction) => `${reaction.emoji}${(reaction.count ?? 1) > 1 ? ` ${reaction.count}` : ''} ${reaction.sender ?? ''}`.trim())
                  .join('  ')}
              </p>
            )}
          </div>
        </div>
      )}
      <Notes message={message} doubts={doubts} />
      <Gaps gaps={message.leftOutAfter} />
    </>
  );
}
