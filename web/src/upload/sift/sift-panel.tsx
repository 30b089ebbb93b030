// What is in a picked file, before anything of it is sent: its conversations, its messages, and what the person leaves out of them.
import { useState } from 'react';
import type { SiftReason } from '#core/model/sift.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { toDutchSpan } from '../../format/dates.ts';
import { toCount } from '../../format/numbers.ts';
import { text } from '../../text.nl.ts';
import { isEmptyDraft, leftOutFor, quotingStruck, rangesIn, type SiftDraft, struck, sumsOf, taken, withoutQuoting } from './sift-choice.ts';
import type { SiftClient } from './sift-client.ts';
import { SiftList } from './sift-list.tsx';
import type { SiftConversation } from './sift-session.ts';
import { SiftTools } from './sift-tools.tsx';
import type { SiftState } from './use-sift.ts';

interface SiftPanelProps {
  readonly sift: SiftState;
  /** The organisation asks for the whole file. */
  readonly wholeRequired: boolean;
}

const titleOf = (conversation: SiftConversation, place: number) => conversation.title ?? text.sift.untitled(place + 1);

function factsOf({ format, records, first, last, participants }: SiftConversation, withFormat: boolean): string {
  return [
    withFormat ? (text.bundle.formats[format] ?? format) : '',
    toCount(records, text.common.messageOne, text.common.messageMany),
    first === null || last === null ? '' : toDutchSpan(first, last),
    text.conversation.participants(participants.length),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

interface ConversationsProps {
  readonly conversations: readonly SiftConversation[];
  readonly draft: SiftDraft;
  readonly shown: number;
  readonly reason: SiftReason;
  readonly marking: boolean;
  readonly onShow: (place: number) => void;
  readonly onChange: (draft: SiftDraft) => void;
}

function Conversations({ conversations, draft, shown, reason, marking, onShow, onChange }: ConversationsProps) {
  const all = (along: boolean) => onChange(conversations.reduce((next, _, place) => taken(next, place, along, reason), draft));
  return (
    <fieldset className="stack stack--tight">
      <legend>{text.sift.conversations}</legend>
      <p className="field__hint">{marking ? text.sift.conversationsHintMarking : text.sift.conversationsHint}</p>
      <div className="row">
        <Button look="subtle" onClick={() => all(true)}>
          {text.sift.all}
        </Button>
        <Button look="subtle" onClick={() => all(false)}>
          {text.sift.noneOfThem}
        </Button>
      </div>
      <ul className="list-plain sift-conversations">
        {conversations.map((conversation, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conversations of a file never move
          <li key={place} className="row row--between">
            <Choice
              kind="checkbox"
              checked={leftOutFor(draft, place) === null}
              onChange={(event) => onChange(taken(draft, place, event.target.checked, reason))}
            >
              {titleOf(conversation, place)} <span className="small quiet">{factsOf(conversation, false)}</span>
            </Choice>
            <Button
              look={place === shown ? 'secondary' : 'subtle'}
              aria-pressed={place === shown}
              onClick={() => onShow(place)}
              aria-label={`${text.sift.show}: ${titleOf(conversation, place)}`}
            >
              {text.sift.show}
            </Button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface OneConversationProps {
  readonly client: SiftClient;
  readonly place: number;
  readonly conversation: SiftConversation;
  readonly sift: SiftState;
  readonly marking: boolean;
  readonly reason: SiftReason;
  readonly onReason: (reason: SiftReason) => void;
}

function OneConversation({ client, place, conversation, sift, marking, reason, onReason }: OneConversationProps) {
  const [target, setTarget] = useState<{ readonly ordinal: number } | null>(null);
  const toSuggestion = (after: number, step: 1 | -1) =>
    void client.suggested(place).then((ordinals) => {
      const next = step === 1 ? (ordinals.find((one) => one > after) ?? ordinals[0]) : (ordinals.findLast((one) => one < after) ?? ordinals.at(-1));
      if (next !== undefined) setTarget({ ordinal: next });
    });
  const onStrike: Parameters<typeof SiftList>[0]['onStrike'] = (spans, why) => sift.change(struck(sift.draft, place, spans, why));
  const quoting = quotingStruck(sift.draft, place, sift.view.quotes[place] ?? []);
  const toQuoting = () => {
    const next = quoting.find(({ ordinal }) => ordinal > (target?.ordinal ?? -1)) ?? quoting[0];
    if (next !== undefined) setTarget({ ordinal: next.ordinal });
  };
  return (
    <>
      <SiftTools
        client={client}
        place={place}
        conversation={conversation}
        reason={reason}
        onReason={onReason}
        onStrike={onStrike}
        onSuggestion={(step) => toSuggestion(target?.ordinal ?? -1, step)}
      />
      <div className="row row--between">
        <p className="small quiet" aria-hidden="true">
          {text.sift.keys}
        </p>
        <Button look="subtle" disabled={sift.undo === null} onClick={() => sift.undo?.()}>
          {text.sift.undo}
        </Button>
      </div>
      {marking || quoting.length === 0 ? null : (
        <Notice tone="warn" live>
          <p>{text.sift.quotes(quoting.length)}</p>
          <p>{text.sift.quotesChoice}</p>
          <div className="row">
            <Button onClick={toQuoting}>{text.sift.quotesShow}</Button>
            <Button look="subtle" onClick={() => sift.change(withoutQuoting(sift.draft, place, quoting))}>
              {text.sift.quotesOut(quoting.length)}
            </Button>
          </div>
        </Notice>
      )}
      <SiftList
        client={client}
        conversation={place}
        title={titleOf(conversation, place)}
        total={conversation.records}
        ranges={rangesIn(sift.draft, place)}
        reason={reason}
        marking={marking}
        target={target}
        onStrike={onStrike}
        onSuggestion={toSuggestion}
      />
    </>
  );
}

export function SiftPanel({ sift, wholeRequired: marking }: SiftPanelProps) {
  const { client, view, draft } = sift;
  const [shown, setShown] = useState(0);
  const [reason, setReason] = useState<SiftReason>('private');
  if (view.problem !== undefined)
    return (
      <Notice tone="warn" title={text.sift.problem} live>
        <p>{view.problem?.detail ?? text.sift.problemUnknown}</p>
      </Notice>
    );
  const { progress } = view;
  if (client === null || progress === null) return <p role="status">{text.sift.reading(0)}</p>;
  const { conversations, done, bytes, total } = progress;
  const place = Math.min(shown, Math.max(0, conversations.length - 1));
  const conversation = conversations[place];
  const sums = sumsOf(draft, (one) => conversations[one]?.records ?? 0);
  const quoting = view.quotes.reduce((sum, links, one) => sum + quotingStruck(draft, one, links).length, 0);
  return (
    <section className="stack sift" aria-label={text.sift.title}>
      <h3 className="utrecht-heading-3">{text.sift.title}</h3>
      <p className="measure">{marking ? text.sift.leadMarking : text.sift.lead}</p>
      {marking ? (
        <Notice title={text.sift.wholeTitle}>
          <p>{text.sift.whole}</p>
        </Notice>
      ) : null}
      {progress.keys === 0 ? null : (
        <Notice title={text.sift.keysTitle}>
          <p>{text.sift.keysOut(progress.keys)}</p>
        </Notice>
      )}
      {done ? null : <p role="status">{text.sift.reading(total === 0 ? 0 : Math.min(99, Math.floor((bytes / total) * 100)))}</p>}
      {conversations.length > 1 ? (
        <Conversations conversations={conversations} draft={draft} shown={place} reason={reason} marking={marking} onShow={setShown} onChange={sift.change} />
      ) : null}
      {conversation === undefined ? null : (
        <>
          <p>
            <strong>{titleOf(conversation, place)}</strong> <span className="quiet">{factsOf(conversation, true)}</span>
          </p>
          {leftOutFor(draft, place) === null ? (
            <OneConversation
              key={place}
              client={client}
              place={place}
              conversation={conversation}
              sift={sift}
              marking={marking}
              reason={reason}
              onReason={setReason}
            />
          ) : (
            <p className="quiet">{marking ? text.sift.leftMarking : text.sift.left}</p>
          )}
        </>
      )}
      {isEmptyDraft(draft) ? null : (
        <Notice tone="warn" live>
          <p>{marking ? text.sift.summaryMarked(sums.records, sums.reasons) : text.sift.summary(sums.records, sums.reasons, sums.conversations)}</p>
          {marking || quoting === 0 ? null : <p>{text.sift.quotesAll(quoting)}</p>}
          {conversations.some(({ format }) => format.startsWith('generic-')) ? (
            <Choice kind="checkbox" checked={draft.readRight === true} onChange={(event) => sift.change({ ...draft, readRight: event.target.checked })}>
              {text.sift.readRight}
            </Choice>
          ) : null}
          {view.unnamed === 0 || marking ? null : (
            <Choice kind="checkbox" checked={draft.unnamedFiles} onChange={(event) => sift.change({ ...draft, unnamedFiles: event.target.checked })}>
              {text.sift.unnamed(view.unnamed)}
            </Choice>
          )}
          <div>
            <Button look="subtle" onClick={() => sift.change({ conversations: {}, unnamedFiles: false })}>
              {text.sift.reset}
            </Button>
          </div>
        </Notice>
      )}
    </section>
  );
}
