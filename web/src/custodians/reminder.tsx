// The text of the reminder, to be sent by a person; that it was sent is recorded.
import { useState } from 'react';
import type { CustodianAnswer } from '#contract/custodian.ts';
import { Button } from '../components/button.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { text } from '../text.nl.ts';
import { reminderText } from './rhythm.ts';
import type { CustodianWork } from './use-custodian-work.ts';

export function Reminder({ custodian, work }: { readonly custodian: CustodianAnswer; readonly work: CustodianWork }) {
  const [copied, setCopied] = useState(false);
  const words = reminderText(custodian);
  const { lastReminder } = custodian;
  return (
    <section className="card">
      <h2 className="utrecht-heading-2">{text.custodians.remind}</h2>
      <p className="measure">
        {text.custodians.remindLead} {custodian.subject === null ? null : text.custodians.remindSeen}
      </p>
      <blockquote className="quote pre-line measure">{words}</blockquote>
      <div className="row">
        <Button onClick={() => void navigator.clipboard.writeText(words).then(() => setCopied(true))}>{text.custodians.copy}</Button>
        <Button busy={work.busy} onClick={() => work.run({ kind: 'remind' })}>
          {text.custodians.record}
        </Button>
        <span role="status" className="small">
          {copied ? text.custodians.copied : ''}
        </span>
      </div>
      <p className="small quiet">
        {lastReminder === null ? text.custodians.neverReminded : text.custodians.lastReminder(toDutchInstant(lastReminder.at), lastReminder.by)}
      </p>
    </section>
  );
}
