// What archiving needs of a case: state, day of closing, row of the selection list (or a valuation by hand), start of the period.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseAnswer } from '#contract/case.ts';
import type { derivationKinds } from '#core/model/case.ts';
import { ApiProblem, put } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { Choices, SelectField, TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';
import { SelectionPicker } from './selection-picker.tsx';

type Kind = (typeof derivationKinds)[number];
type Ground = 'selection' | 'hand' | 'none';

interface Draft {
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly closedOn: string;
  readonly ground: Ground;
  readonly selection: string | null;
  readonly nomination: 'destroy' | 'keep' | null;
  readonly years: string;
  readonly kind: Kind;
  readonly startDate: string;
  readonly reason: string;
}

function draftOf(known: CaseAnswer | null): Draft {
  const nomination = known === null || known.selection !== null || known.retention.nomination === 'unknown' ? null : known.retention.nomination;
  return {
    title: known?.title ?? '',
    state: known?.state ?? 'open',
    closedOn: known?.closedOn ?? '',
    ground: known?.selection != null ? 'selection' : nomination === null ? 'none' : 'hand',
    selection: known?.selection ?? null,
    nomination,
    years: /^P(\d+)Y$/.exec(known?.retention.period ?? '')?.[1] ?? '',
    kind: known?.derivation.kind ?? 'afgehandeld',
    startDate: known?.derivation.startDate ?? '',
    reason: '',
  };
}

function bodyOf(draft: Draft): object {
  const byHand = draft.ground === 'hand' && draft.nomination !== null;
  return {
    reason: draft.reason.trim() === '' ? null : draft.reason.trim(),
    title: draft.title.trim() === '' ? null : draft.title.trim(),
    state: draft.state,
    closedOn: draft.state === 'closed' && draft.closedOn !== '' ? draft.closedOn : null,
    ...(draft.ground === 'selection' && draft.selection !== null ? { selection: draft.selection } : {}),
    ...(byHand ? { nomination: draft.nomination, period: draft.nomination === 'destroy' && draft.years !== '' ? `P${draft.years}Y` : null } : {}),
    derivation: { kind: draft.kind, ...(draft.kind !== 'afgehandeld' && draft.startDate !== '' ? { startDate: draft.startDate } : {}) },
  };
}

/** The API's word on one field. */
function errorOn(error: unknown, field: string): string | undefined {
  return error instanceof ApiProblem ? error.problem.errors?.find((one) => one.field === field)?.message : undefined;
}

export function CaseForm({ id, known }: { readonly id: string; readonly known: CaseAnswer | null }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => draftOf(known));
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: () => put<CaseAnswer>(`/v1/cases/${encodeURIComponent(id)}`, bodyOf(draft)),
    onSuccess: (after) => {
      queries.setQueryData(['cases', id], after);
      void queries.invalidateQueries({ queryKey: ['cases'], predicate: (query) => query.queryKey[1] !== id });
      void queries.invalidateQueries({ queryKey: ['bundles'] });
    },
  });
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <h2 className="utrecht-heading-2">{text.cases.edit}</h2>
      <TextField
        label={text.cases.name}
        value={draft.title}
        maxLength={500}
        onChange={(event) => change({ title: event.target.value })}
        error={errorOn(save.error, 'title')}
      />
      <Choices
        legend={text.cases.stateLegend}
        name="state"
        value={draft.state}
        options={[
          { value: 'open', label: text.cases.open },
          { value: 'closed', label: text.cases.closed },
        ]}
        onChoose={(state) => change({ state })}
      />
      {draft.state === 'closed' ? (
        <TextField
          label={text.cases.closedOn}
          type="date"
          required
          value={draft.closedOn}
          onChange={(event) => change({ closedOn: event.target.value })}
          error={errorOn(save.error, 'closedOn')}
        />
      ) : null}
      <Choices
        legend={text.cases.ground}
        name="ground"
        value={draft.ground}
        options={[
          { value: 'selection', label: text.cases.groundSelection },
          { value: 'hand', label: text.cases.groundHand },
          { value: 'none', label: text.cases.groundNone },
        ]}
        onChoose={(ground) => change({ ground })}
      />
      {draft.ground === 'selection' ? <SelectionPicker value={draft.selection} onChoose={(selection) => change({ selection })} /> : null}
      {draft.ground === 'hand' ? (
        <>
          <Choices
            legend={text.cases.nominationLegend}
            name="nomination"
            value={draft.nomination}
            options={[
              { value: 'destroy', label: text.nomination.destroy },
              { value: 'keep', label: text.nomination.keep },
            ]}
            onChoose={(nomination) => change({ nomination })}
          />
          {draft.nomination === 'destroy' ? (
            <TextField
              label={text.cases.period}
              type="number"
              min={1}
              max={200}
              required
              value={draft.years}
              onChange={(event) => change({ years: event.target.value })}
              error={errorOn(save.error, 'period')}
            />
          ) : null}
        </>
      ) : null}
      {draft.ground === 'none' ? null : (
        <SelectField
          label={text.cases.derivation}
          hint={text.cases.derivationHint}
          value={draft.kind}
          onChange={(event) => change({ kind: event.target.value as Kind })}
        >
          {Object.entries(text.derivation).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {draft.ground !== 'none' && draft.kind !== 'afgehandeld' ? (
        <TextField label={text.cases.startDate} type="date" value={draft.startDate} onChange={(event) => change({ startDate: event.target.value })} />
      ) : null}
      <TextField
        label={text.caseWork.why}
        hint={text.caseWork.whyHint}
        maxLength={500}
        required={known?.source === 'zgw'}
        value={draft.reason}
        onChange={(event) => change({ reason: event.target.value })}
        error={errorOn(save.error, 'reason')}
      />
      <div>
        <Button type="submit" look="primary" busy={save.isPending}>
          {text.common.save}
        </Button>
      </div>
      {save.isSuccess ? <Notice tone="good" title={text.cases.saved} live /> : null}
      {save.error === null ? null : <ProblemNotice error={save.error} />}
    </form>
  );
}
