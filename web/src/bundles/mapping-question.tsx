// What stands in which column of a table without a fixed layout: a proposal, five sample records as they would be read, and what to change.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { BundleAnswer, DoubtAnswer } from '#contract/bundle.ts';
import type { MappingQuestion as Asked } from '#contract/mapping.ts';
import type { ColumnMapping } from '#core/model/mapping.ts';
import { post } from '../api/client.ts';
import { type MappingCut, mappingQuery } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
import { Choice } from '../components/field.tsx';
import { Loaded } from '../shell/loaded.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';
import { MappingCutFields, MappingFields } from './mapping-fields.tsx';
import { MappingSamples } from './mapping-samples.tsx';

interface FormProps {
  readonly bundle: BundleAnswer;
  readonly doubt: DoubtAnswer;
  readonly asked: Asked;
  readonly cut: MappingCut;
  readonly onCut: (cut: MappingCut) => void;
}

function MappingForm({ bundle, doubt, asked, cut, onCut }: FormProps) {
  const queries = useQueryClient();
  const [changed, setChanged] = useState<Partial<ColumnMapping>>({});
  const mapping: ColumnMapping = { ...asked.proposal, ...changed };
  const asProposed = Object.keys(changed).length === 0 && Object.keys(cut).length === 0;
  const answer = useMutation({
    mutationFn: () =>
      post<BundleAnswer>(`/v1/bundles/${bundle.id}/answers`, { code: doubt.code, ...(asProposed ? { choice: 'proposed' } : { choice: 'mapped', mapping }) }),
    onSuccess: (after) => queries.setQueryData(['bundles', bundle.id], after),
  });
  const change = (part: Partial<ColumnMapping>) => setChanged((before) => ({ ...before, ...part }));
  const [firstText] = mapping.text;
  const others = asked.columns.flatMap((name, i) => (i === firstText ? [] : [{ name, i }]));

  function submit(event: FormEvent): void {
    event.preventDefault();
    answer.mutate();
  }

  return (
    <form className="stack" onSubmit={submit}>
      <p className="small quiet">{text.mapping.file(asked.file)}</p>
      <MappingSamples asked={asked} mapping={mapping} />
      <MappingFields asked={asked} mapping={mapping} onChange={change} />
      {others.length === 0 ? null : (
        <details>
          <summary>{text.mapping.moreText}</summary>
          <fieldset>
            <legend className="visually-hidden">{text.mapping.moreText}</legend>
            <div className="choices">
              {others.map(({ name, i }) => (
                <Choice
                  key={i}
                  kind="checkbox"
                  checked={mapping.text.includes(i)}
                  onChange={(event) => change({ text: event.target.checked ? [...mapping.text, i].slice(0, 20) : mapping.text.filter((one) => one !== i) })}
                >
                  {name}
                </Choice>
              ))}
            </div>
          </fieldset>
        </details>
      )}
      {asked.kind === 'csv' ? <MappingCutFields mapping={mapping} cut={cut} onCut={onCut} /> : null}
      <div>
        <Button type="submit" look="primary" busy={answer.isPending}>
          {text.mapping.answer}
        </Button>
      </div>
      {answer.error === null ? null : <ProblemNotice error={answer.error} />}
    </form>
  );
}

export function MappingQuestion({ bundle, doubt }: { readonly bundle: BundleAnswer; readonly doubt: DoubtAnswer }) {
  const [cut, setCut] = useState<MappingCut>({});
  const query = useQuery({ ...mappingQuery(bundle.id, cut), placeholderData: keepPreviousData });
  return (
    <section className="card stack" aria-labelledby="mapping-title">
      <h2 id="mapping-title" className="utrecht-heading-2">
        {text.mapping.title}
      </h2>
      <p>{text.mapping.hint}</p>
      <Loaded query={query}>
        {(asked) => (
          // Cut in another way the columns are others: what was changed before does not hold for them.
          <MappingForm
            key={`${asked.columns.length}-${asked.proposal.delimiter}-${asked.proposal.encoding}-${asked.proposal.header}`}
            {...{ bundle, doubt, asked, cut }}
            onCut={setCut}
          />
        )}
      </Loaded>
    </section>
  );
}
