// The facts of a key person, new or known.
import { useState } from 'react';
import type { CustodianAnswer } from '#contract/custodian.ts';
import { Button } from '../components/button.tsx';
import { SelectField, TextArea, TextField } from '../components/field.tsx';
import { text } from '../text.nl.ts';
import { rhythmWords } from './rhythm.ts';

export interface CustodianFacts {
  readonly name: string;
  readonly function: string;
  readonly subject: string | null;
  readonly rhythm: string | null;
  readonly from: string;
  readonly reminder: string;
}

interface CustodianFormProps {
  readonly known: CustodianAnswer | null;
  readonly today: string;
  readonly busy: boolean;
  readonly submit: string;
  readonly onSubmit: (facts: CustodianFacts) => void;
}

export function CustodianForm({ known, today, busy, submit, onSubmit }: CustodianFormProps) {
  const [draft, setDraft] = useState<CustodianFacts>(
    known === null
      ? { name: '', function: '', subject: null, rhythm: 'P1M', from: today, reminder: '' }
      : { name: known.name, function: known.function, subject: known.subject, rhythm: known.rhythm, from: known.from, reminder: known.reminder },
  );
  const change = (part: Partial<CustodianFacts>) => setDraft((before) => ({ ...before, ...part }));
  const common = Object.keys(text.custodians.rhythms);
  const rhythms = draft.rhythm === null || common.includes(draft.rhythm) ? common : [draft.rhythm, ...common];
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(draft);
      }}
    >
      <div className="fields">
        <TextField label={text.custodians.name} required maxLength={200} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
        <TextField
          label={text.custodians.function}
          required
          maxLength={200}
          value={draft.function}
          onChange={(event) => change({ function: event.target.value })}
        />
        <SelectField
          label={text.custodians.rhythm}
          value={draft.rhythm ?? ''}
          onChange={(event) => change({ rhythm: event.target.value === '' ? null : event.target.value })}
        >
          <option value="">{text.custodians.rhythmNone}</option>
          {rhythms.map((rhythm) => (
            <option key={rhythm} value={rhythm}>
              {rhythmWords(rhythm)}
            </option>
          ))}
        </SelectField>
        <TextField label={text.custodians.from} type="date" required value={draft.from} onChange={(event) => change({ from: event.target.value })} />
      </div>
      <TextField
        label={text.custodians.account}
        hint={text.custodians.accountHint}
        maxLength={200}
        autoComplete="off"
        value={draft.subject ?? ''}
        onChange={(event) => change({ subject: event.target.value.trim() === '' ? null : event.target.value.trim() })}
      />
      <TextArea
        label={text.custodians.reminder}
        hint={text.custodians.reminderHint}
        maxLength={2000}
        value={draft.reminder}
        onChange={(event) => change({ reminder: event.target.value })}
      />
      <div>
        <Button type="submit" look="primary" busy={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
