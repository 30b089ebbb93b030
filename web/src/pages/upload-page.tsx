// One page, three plain steps that stay visible.
import { type ReactNode, useState } from 'react';
import { Shape } from '../components/shape.tsx';
import { Page } from '../shell/page.tsx';
import { text } from '../text.nl.ts';
import { toCaseIds } from '../upload/case-ids.ts';
import { CheckStep } from '../upload/check-step.tsx';
import { FileStep } from '../upload/file-step.tsx';
import { type KeepAnswers, keepDecisionOf, keepQuestions } from '../upload/keep-help.ts';
import { KeepStep } from '../upload/keep-step.tsx';
import { resetUpload, startUpload, useUpload } from '../upload/upload-store.ts';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: 'done' | 'now' | 'ahead';
  readonly children: ReactNode;
}

function Step({ number, title, state, children }: StepProps) {
  return (
    <section className="step" data-state={state} aria-label={`${number} ${title}`}>
      <span className="step__number" aria-hidden="true">
        {state === 'done' ? <Shape name="tick" /> : number}
      </span>
      <div className="card">
        <h2 className="utrecht-heading-2">{title}</h2>
        {children}
      </div>
    </section>
  );
}

export function UploadPage() {
  const upload = useUpload();
  const [answers, setAnswers] = useState<KeepAnswers>({});
  const [recordedElsewhere, setRecordedElsewhere] = useState(false);
  const [cases, setCases] = useState('');
  const answered = keepQuestions.some((question) => answers[question] === true) || keepQuestions.every((question) => answers[question] !== undefined);
  const arrived = upload.phase === 'arrived';
  const start = (file: File) =>
    void startUpload(file, { caseIds: toCaseIds(cases), ...(answered ? { keepDecision: keepDecisionOf(answers, recordedElsewhere) } : {}) });
  return (
    <Page title={text.upload.title} lead={text.upload.lead}>
      <Step number={1} title={text.upload.step1} state={arrived || answered ? 'done' : 'now'}>
        <KeepStep answers={answers} recordedElsewhere={recordedElsewhere} onAnswers={setAnswers} onRecordedElsewhere={setRecordedElsewhere} />
      </Step>
      <Step number={2} title={text.upload.step2} state={arrived ? 'done' : 'now'}>
        {arrived ? <p className="quiet">{text.report.received}.</p> : <FileStep cases={cases} onCases={setCases} onStart={start} />}
      </Step>
      <Step number={3} title={text.upload.step3} state={arrived ? 'now' : 'ahead'}>
        {arrived ? (
          <CheckStep
            id={upload.bundleId}
            onAnother={() => {
              resetUpload();
              setAnswers({});
              setRecordedElsewhere(false);
              setCases('');
            }}
          />
        ) : (
          <p className="quiet">{text.upload.waiting}</p>
        )}
      </Step>
    </Page>
  );
}
