// Step 1: must this be kept? Four questions, the answer in one line.
import { Choice, Choices } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { text } from '../text.nl.ts';
import { type KeepAnswers, keepAdvice, keepQuestions } from './keep-help.ts';

interface KeepStepProps {
  readonly answers: KeepAnswers;
  readonly recordedElsewhere: boolean;
  readonly onAnswers: (answers: KeepAnswers) => void;
  readonly onRecordedElsewhere: (value: boolean) => void;
}

const advice = { open: text.upload.keepOpen, keep: text.upload.keep, 'keep-not': text.upload.keepNot, elsewhere: text.upload.keepElsewhere } as const;

export function KeepStep({ answers, recordedElsewhere, onAnswers, onRecordedElsewhere }: KeepStepProps) {
  const outcome = keepAdvice(answers, recordedElsewhere);
  return (
    <div className="stack">
      <div className="questions">
        {keepQuestions.map((question) => (
          <Choices
            key={question}
            legend={text.upload.questions[question]}
            name={question}
            value={answers[question] === undefined ? null : answers[question] ? 'yes' : 'no'}
            options={[
              { value: 'yes', label: text.upload.yes },
              { value: 'no', label: text.upload.no },
            ]}
            onChoose={(value) => onAnswers({ ...answers, [question]: value === 'yes' })}
          />
        ))}
      </div>
      <Choice kind="checkbox" checked={recordedElsewhere} onChange={(event) => onRecordedElsewhere(event.target.checked)}>
        {text.upload.recordedElsewhere}
      </Choice>
      <Notice tone={outcome === 'keep' ? 'good' : 'info'} live>
        <p>{advice[outcome]}</p>
      </Notice>
    </div>
  );
}
