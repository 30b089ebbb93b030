// The one question only a person can settle: day or month first. Both readings with their first and last date.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BundleAnswer, DoubtAnswer } from '#contract/bundle.ts';
import { post } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { Choices } from '../components/field.tsx';
import { toDutchDate } from '../format/dates.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

/** First and last day under one reading, when the evidence gives them (`dmy.first`, `dmy.last` …). */
function spanOf(doubt: DoubtAnswer, choice: string): string | null {
  const first = doubt.evidence?.[`${choice}.first`];
  const last = doubt.evidence?.[`${choice}.last`];
  return typeof first === 'string' && typeof last === 'string' ? text.report.readingSpan(toDutchDate(first), toDutchDate(last)) : null;
}

export function DateQuestion({ bundle, doubt }: { readonly bundle: BundleAnswer; readonly doubt: DoubtAnswer }) {
  const queries = useQueryClient();
  const [choice, setChoice] = useState<string | null>(null);
  const answer = useMutation({
    mutationFn: () => post<BundleAnswer>(`/v1/bundles/${bundle.id}/answers`, { code: doubt.code, choice }),
    onSuccess: (after) => queries.setQueryData(['bundles', bundle.id], after),
  });
  const options = (doubt.choices ?? []).map((value) => {
    const span = spanOf(doubt, value);
    return {
      value,
      label: (
        <>
          {text.report.reading[value] ?? value}
          {span === null ? null : <span className="small quiet"> · {span}</span>}
        </>
      ),
    };
  });
  return (
    <form
      className="notice notice--warn"
      onSubmit={(event) => {
        event.preventDefault();
        answer.mutate();
      }}
    >
      <Choices
        legend={text.report.question}
        hint={text.report.questionHint}
        name={`answer-${doubt.code}`}
        value={choice}
        options={options}
        onChoose={setChoice}
      />
      <div>
        <Button type="submit" look="primary" disabled={choice === null} busy={answer.isPending}>
          {text.report.answer}
        </Button>
      </div>
      {answer.error === null ? null : <ProblemNotice error={answer.error} />}
    </form>
  );
}
