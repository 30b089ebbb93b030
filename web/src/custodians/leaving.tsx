// When a key person leaves: the last working day, then the checklist, then the close. What is wiped cannot be fetched back.
import { useState } from 'react';
import type { CustodianAnswer } from '#contract/custodian.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { Modal } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { toDutchDate, toDutchInstant } from '../format/dates.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';
import type { CustodianWork } from './use-custodian-work.ts';

type Step = CustodianAnswer['steps'][number];
interface LeavingProps {
  readonly custodian: CustodianAnswer;
  /** null: may look only. */
  readonly work: CustodianWork | null;
}

function NotNeeded({ step, work, onClose }: { readonly step: Step; readonly work: CustodianWork; readonly onClose: () => void }) {
  const [remark, setRemark] = useState('');
  return (
    <Modal title={text.custodians.markNotNeeded} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          work.run({ kind: 'step', step: step.step, state: 'not-needed', remark }, onClose);
        }}
      >
        <p>{text.custodians.steps[step.step]}</p>
        <TextField label={text.custodians.why} required maxLength={500} value={remark} onChange={(event) => setRemark(event.target.value)} />
        {work.error === null ? null : <ProblemNotice error={work.error} />}
        <div>
          <Button type="submit" look="primary" busy={work.busy}>
            {text.common.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function StepLine({ step, work, open }: { readonly step: Step; readonly work: CustodianWork | null; readonly open: boolean }) {
  const [asking, setAsking] = useState(false);
  const words = text.custodians.steps[step.step];
  const settle = (state: Step['state']) => work?.run({ kind: 'step', step: step.step, state, remark: null });
  return (
    <li className="check">
      <Badge tone={step.state === 'done' ? 'good' : step.state === 'open' ? 'action' : 'plain'}>{text.custodians.stepState[step.state]}</Badge>
      <div className="stack stack--tight">
        <p>{words}</p>
        {step.by === null || step.at === null ? null : (
          <p className="small quiet">
            {text.custodians.stepBy(step.by, toDutchInstant(step.at))}
            {step.remark === null ? '' : `: ${step.remark}`}
          </p>
        )}
        {work === null || !open ? null : (
          <div className="row">
            {step.state === 'open' ? (
              <>
                <Button busy={work.busy} aria-label={text.custodians.about(words, text.custodians.markDone)} onClick={() => settle('done')}>
                  {text.custodians.markDone}
                </Button>
                <Button look="subtle" aria-label={text.custodians.about(words, text.custodians.markNotNeeded)} onClick={() => setAsking(true)}>
                  {text.custodians.markNotNeeded}
                </Button>
              </>
            ) : (
              <Button look="subtle" busy={work.busy} aria-label={text.custodians.about(words, text.custodians.reopen)} onClick={() => settle('open')}>
                {text.custodians.reopen}
              </Button>
            )}
          </div>
        )}
      </div>
      {asking && work !== null ? <NotNeeded step={step} work={work} onClose={() => setAsking(false)} /> : null}
    </li>
  );
}

function Begin({ work }: { readonly work: CustodianWork }) {
  const [day, setDay] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        work.run({ kind: 'change', patch: { leavingOn: day } });
      }}
    >
      <p className="measure">{text.custodians.leavingLead}</p>
      <div className="fields">
        <TextField label={text.custodians.leavingOn} type="date" required value={day} onChange={(event) => setDay(event.target.value)} />
        <div>
          <Button type="submit" busy={work.busy}>
            {text.custodians.startLeaving}
          </Button>
        </div>
      </div>
    </form>
  );
}

export function Leaving({ custodian, work }: LeavingProps) {
  const { state, leavingOn, steps } = custodian;
  if (leavingOn === null && work === null) return null;
  const settled = steps.filter((step) => step.state !== 'open').length;
  const blocked = settled < steps.length;
  return (
    <section className="card">
      <h2 className="utrecht-heading-2">{text.custodians.leaving}</h2>
      {state === 'left' ? <Notice title={text.custodians.closed} /> : null}
      {leavingOn === null ? (
        work === null ? null : (
          <Begin work={work} />
        )
      ) : (
        <>
          <p>
            {text.custodians.leavingOn}: <strong>{toDutchDate(leavingOn)}</strong> · {text.custodians.stepsDone(settled, steps.length)}
          </p>
          <ol className="list-plain checks" aria-label={text.custodians.stepsTitle}>
            {steps.map((step) => (
              <StepLine key={step.step} step={step} work={work} open={state === 'leaving'} />
            ))}
          </ol>
          {work === null ? null : (
            <div className="row">
              {state === 'leaving' ? (
                <Button look="primary" disabled={blocked} busy={work.busy} onClick={() => work.run({ kind: 'close' })}>
                  {text.custodians.close}
                </Button>
              ) : null}
              <Button look="subtle" busy={work.busy} onClick={() => work.run({ kind: 'change', patch: { leavingOn: null } })}>
                {text.custodians.stays}
              </Button>
              {state === 'leaving' && blocked ? <span className="small quiet">{text.custodians.closeBlocked}</span> : null}
            </div>
          )}
        </>
      )}
    </section>
  );
}
