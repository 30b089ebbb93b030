// One page, three plain steps that stay visible.
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Shape } from '../components/shape.tsx';
import { OwnStanding } from '../custodians/own-standing.tsx';
import { UploadFor } from '../custodians/upload-for.tsx';
import { Page } from '../shell/page.tsx';
import { text } from '../text.nl.ts';
import { toCaseIds } from '../upload/case-ids.ts';
import { CheckStep } from '../upload/check-step.tsx';
import { FileStep } from '../upload/file-step.tsx';
import { type KeepAnswers, keepAdvice, keepDecisionOf } from '../upload/keep-help.ts';
import { KeepStep } from '../upload/keep-step.tsx';
import type { MakeSifted } from '../upload/sift/sift-file.ts';
import { resetUpload, startUpload, useUpload } from '../upload/upload-store.ts';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: 'done' | 'now' | 'ahead';
  readonly children: ReactNode;
}

const route = getRouteApi('/uploaden');

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
  const [recordedElsewhere, setRecordedElsewhere] = useState<boolean | null>(null);
  const [anyway, setAnyway] = useState(false);
  const [cases, setCases] = useState('');
  const { namens } = route.useSearch();
  const elsewhere = recordedElsewhere === true;
  const advice = keepAdvice(answers, elsewhere);
  const answered = advice !== 'open';
  const arrived = upload.phase === 'arrived';
  // Not to be kept is an outcome too: nothing is sent, unless the person says so or an upload is under way.
  const nothing = advice === 'keep-not' && !anyway && (upload.phase === 'idle' || upload.phase === 'failed' || upload.phase === 'cancelled');
  const start = (file: File, sifting: MakeSifted | null) => {
    const registration = {
      caseIds: toCaseIds(cases),
      ...(answered ? { keepDecision: keepDecisionOf(answers, elsewhere) } : {}),
      ...(namens === undefined ? {} : { custodianId: namens }),
    };
    void startUpload(file, registration, sifting);
  };
  return (
    <Page title={text.upload.title} lead={text.upload.lead}>
      {namens === undefined ? <OwnStanding /> : <UploadFor id={namens} />}
      <Step number={1} title={text.upload.step1} state={arrived || answered ? 'done' : 'now'}>
        <KeepStep
          answers={answers}
          recordedElsewhere={recordedElsewhere}
          anyway={anyway}
          onAnswers={setAnswers}
          onRecordedElsewhere={setRecordedElsewhere}
          onAnyway={setAnyway}
        />
      </Step>
      <Step number={2} title={text.upload.step2} state={arrived ? 'done' : nothing ? 'ahead' : 'now'}>
        {arrived ? (
          <p className="quiet">{text.upload.sent}</p>
        ) : nothing ? (
          <p className="quiet">{text.keep.nothingToSend}</p>
        ) : (
          <FileStep cases={cases} onCases={setCases} onStart={start} />
        )}
      </Step>
      <Step number={3} title={text.upload.step3} state={arrived ? 'now' : 'ahead'}>
        {arrived ? (
          <CheckStep
            id={upload.bundleId}
            onAnother={() => {
              resetUpload();
              setAnswers({});
              setRecordedElsewhere(null);
              setAnyway(false);
              setCases('');
            }}
          />
        ) : (
          <p className="quiet">{nothing ? text.keep.nothingToSend : text.upload.waiting}</p>
        )}
      </Step>
    </Page>
  );
}
