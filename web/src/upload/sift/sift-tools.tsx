// Ways to strike more than one message at a time: a person, a range; and the walk along the suggestions.
import { useState } from 'react';
import { type SiftReason, siftReasons } from '#core/model/sift.ts';
import type { Span } from '#core/sift/strikes.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { toDutchNumber } from '../../format/numbers.ts';
import { text } from '../../text.nl.ts';
import type { SiftClient } from './sift-client.ts';
import type { SiftConversation } from './sift-session.ts';

interface SiftToolsProps {
  readonly client: SiftClient;
  readonly place: number;
  readonly conversation: SiftConversation;
  readonly reason: SiftReason;
  readonly onReason: (reason: SiftReason) => void;
  readonly onStrike: (spans: readonly Span[], reason: SiftReason | null) => void;
  readonly onSuggestion: (step: 1 | -1) => void;
}

export function SiftTools({ client, place, conversation, reason, onReason, onStrike, onSuggestion }: SiftToolsProps) {
  const [person, setPerson] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const known = conversation.participants.some(({ label }) => label === person);
  const [first, last] = [Number(from), Number(to)];
  const isRange = Number.isInteger(first) && Number.isInteger(last) && first >= 1 && first <= last && last <= conversation.records;
  const ofPerson = (why: SiftReason | null) => void client.spansOf(place, person).then((spans) => onStrike(spans, why));
  return (
    <div className="stack stack--tight">
      <div className="fields">
        <SelectField label={text.sift.reason} value={reason} onChange={(event) => onReason(siftReasons.find((one) => one === event.target.value) ?? 'private')}>
          {siftReasons.map((one) => (
            <option key={one} value={one}>
              {text.sift.reasons[one]}
            </option>
          ))}
        </SelectField>
        <div className="stack stack--tight">
          <p>{conversation.suggested === 0 ? text.sift.noSuggestions : text.sift.suggestions(conversation.suggested)}</p>
          {conversation.suggested === 0 ? null : (
            <div className="row">
              <Button onClick={() => onSuggestion(-1)}>{text.sift.previous}</Button>
              <Button onClick={() => onSuggestion(1)}>{text.sift.next}</Button>
            </div>
          )}
        </div>
      </div>
      <p className="small quiet">{text.sift.suggestionsHint}</p>
      <details>
        <summary>{text.sift.many}</summary>
        <div className="stack sift-many">
          <div className="fields">
            <SelectField label={text.sift.person} value={known ? person : ''} onChange={(event) => setPerson(event.target.value)}>
              <option value="">{text.sift.choosePerson}</option>
              {conversation.participants.map(({ label, records }) => (
                <option key={label} value={label}>
                  {`${label} (${toDutchNumber(records)})`}
                </option>
              ))}
            </SelectField>
            <div className="row">
              <Button disabled={!known} onClick={() => ofPerson(reason)}>
                {text.sift.leaveOut}
              </Button>
              <Button look="subtle" disabled={!known} onClick={() => ofPerson(null)}>
                {text.sift.putBack}
              </Button>
            </div>
          </div>
          <div className="fields">
            <TextField
              label={text.sift.rangeFrom}
              type="number"
              min={1}
              max={conversation.records}
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
            <TextField label={text.sift.rangeTo} type="number" min={1} max={conversation.records} value={to} onChange={(event) => setTo(event.target.value)} />
            <div className="row">
              <Button disabled={!isRange} onClick={() => onStrike([[first - 1, last - 1]], reason)}>
                {text.sift.rangeOut}
              </Button>
            </div>
          </div>
        </div>
      </details>
    </div>
  );
}
