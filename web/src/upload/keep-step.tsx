// Step 1: must this be kept? Four questions and one more, the organisation's own examples, and the answer. "No" is an answer too: nothing is sent.
import { useQuery } from '@tanstack/react-query';
import type { KeepHelpAnswer } from '#contract/keep-help.ts';
import { keepHelpQuery } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
import { Choices } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { text } from '../text.nl.ts';
import { type KeepAnswers, keepAdvice, keepQuestions } from './keep-help.ts';

interface KeepStepProps {
  readonly answers: KeepAnswers;
  /** null: not answered. */
  readonly recordedElsewhere: boolean | null;
  /** Need not be kept, and is handed in all the same. */
  readonly anyway: boolean;
  readonly onAnswers: (answers: KeepAnswers) => void;
  readonly onRecordedElsewhere: (value: boolean) => void;
  readonly onAnyway: (value: boolean) => void;
}

type Answer = 'yes' | 'no';
const yesOrNo = [
  { value: 'yes' as const, label: text.keep.yes },
  { value: 'no' as const, label: text.keep.no },
];
const shown = (value: boolean | null | undefined): Answer | null => (value == null ? null : value ? 'yes' : 'no');

export function KeepExamples({ help }: { readonly help: KeepHelpAnswer }) {
  return (
    <div className="columns">
      {(
        [
          [text.keep.formal, help.formalExamples],
          [text.keep.informal, help.informalExamples],
        ] as const
      ).map(([title, examples]) =>
        examples.length === 0 ? null : (
          <div key={title} className="stack stack--tight">
            <p>
              <strong>{title}</strong>
            </p>
            <ul className="list-dashed">
              {examples.map((example) => (
                <li key={example}>{example}</li>
              ))}
            </ul>
          </div>
        ),
      )}
    </div>
  );
}

function Outcome({
  advice,
  help,
  anyway,
  onAnyway,
}: Pick<KeepStepProps, 'anyway' | 'onAnyway'> & { readonly advice: string; readonly help: KeepHelpAnswer | undefined }) {
  switch (advice) {
    case 'keep':
      return (
        <Notice tone="good" live>
          <p>
            <strong>{text.keep.keepTitle}</strong> {text.keep.keepNext}
          </p>
        </Notice>
      );
    case 'keep-elsewhere':
      return (
        <Notice live>
          <p>
            <strong>{text.keep.elsewhereTitle}</strong> {help?.elsewhereAdvice}
          </p>
        </Notice>
      );
    case 'keep-not':
      return (
        <Notice {...(anyway ? {} : { title: text.keep.notTitle })} live>
          {anyway ? (
            <p>{text.keep.anyway}</p>
          ) : (
            <>
              <p>
                {text.keep.notNothing} {help?.keepNotAdvice}
              </p>
              <p>{text.keep.notHold}</p>
            </>
          )}
          <div>
            <Button look="subtle" onClick={() => onAnyway(!anyway)}>
              {anyway ? text.keep.notBack : text.keep.notAnyway}
            </Button>
          </div>
        </Notice>
      );
    default:
      return (
        <Notice live>
          <p>{text.keep.open}</p>
        </Notice>
      );
  }
}

export function KeepStep({ answers, recordedElsewhere, anyway, onAnswers, onRecordedElsewhere, onAnyway }: KeepStepProps) {
  const help = useQuery(keepHelpQuery).data;
  const advice = keepAdvice(answers, recordedElsewhere === true);
  return (
    <div className="stack">
      {help === undefined || help.rule === '' ? null : <p className="measure">{help.rule}</p>}
      {help === undefined ? null : (
        <details>
          <summary>{text.keep.examples}</summary>
          <KeepExamples help={help} />
        </details>
      )}
      <div className="questions">
        {keepQuestions.map((question) => (
          <Choices<Answer>
            key={question}
            legend={text.keep.questions[question]}
            hint={text.keep.hints[question]}
            name={question}
            value={shown(answers[question])}
            options={yesOrNo}
            onChoose={(value) => onAnswers({ ...answers, [question]: value === 'yes' })}
          />
        ))}
        <Choices<Answer>
          legend={text.keep.elsewhere}
          hint={text.keep.elsewhereHint}
          name="recorded-elsewhere"
          value={shown(recordedElsewhere)}
          options={yesOrNo}
          onChoose={(value) => onRecordedElsewhere(value === 'yes')}
        />
      </div>
      <Outcome advice={advice} help={help} anyway={anyway} onAnyway={onAnyway} />
      {help === undefined || help.contact === '' ? null : <p className="small quiet">{text.keep.contact(help.contact)}</p>}
    </div>
  );
}
