// The organisation's own words beside the four questions at upload. Examples stand one a line.
import { useState } from 'react';
import type { KeepHelpAnswer } from '#contract/keep-help.ts';
import { Button } from '../components/button.tsx';
import { TextArea, TextField } from '../components/field.tsx';
import { text } from '../text.nl.ts';

interface KeepHelpFormProps {
  readonly help: KeepHelpAnswer;
  readonly busy: boolean;
  readonly onSave: (help: KeepHelpAnswer) => void;
}

const toLines = (typed: string) =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function KeepHelpForm({ help, busy, onSave }: KeepHelpFormProps) {
  const [draft, setDraft] = useState({ ...help, formalExamples: help.formalExamples.join('\n'), informalExamples: help.informalExamples.join('\n') });
  const area = (field: keyof typeof draft, label: string, hint?: string) => (
    <TextArea
      label={label}
      hint={hint}
      rows={5}
      value={draft[field]}
      onChange={(event) => setDraft((before) => ({ ...before, [field]: event.target.value }))}
    />
  );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ ...draft, formalExamples: toLines(draft.formalExamples), informalExamples: toLines(draft.informalExamples) });
      }}
    >
      {area('rule', text.keepSettings.rule)}
      <div className="columns">
        {area('formalExamples', text.keepSettings.formal, text.keepSettings.oneALine)}
        {area('informalExamples', text.keepSettings.informal, text.keepSettings.oneALine)}
      </div>
      {area('elsewhereAdvice', text.keepSettings.elsewhere)}
      {area('keepNotAdvice', text.keepSettings.keepNot, text.keepSettings.keepNotHint)}
      <TextField
        label={text.keepSettings.contact}
        hint={text.keepSettings.contactHint}
        maxLength={300}
        value={draft.contact}
        onChange={(event) => setDraft((before) => ({ ...before, contact: event.target.value }))}
      />
      <div>
        <Button type="submit" look="primary" busy={busy}>
          {text.common.save}
        </Button>
      </div>
    </form>
  );
}
