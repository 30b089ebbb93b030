// Holds the log against its seals, day after day, until all was looked at or something does not fit.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditVerification } from '#contract/audit.ts';
import { post } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { toDutchDate } from '../format/dates.ts';
import { toCount } from '../format/numbers.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

const events = (n: number) => toCount(n, text.audit.eventOne, text.audit.eventMany);

/** One request looks as far as its time allows and says where to go on. */
async function verifyAll(onChecked: (checked: number) => void): Promise<AuditVerification> {
  let checked = 0;
  for (let from: string | null = null; ; ) {
    const part: AuditVerification = await post<AuditVerification>('/v1/audit/_verify', from === null ? {} : { from });
    checked += part.checked;
    onChecked(checked);
    if (part.firstBreak !== null || part.next === null) return { ...part, checked };
    from = part.next;
  }
}

function Outcome({ found }: { readonly found: AuditVerification }) {
  if (found.firstBreak !== null) {
    const { day, kind, eventId, position } = found.firstBreak;
    return (
      <Notice tone="bad" title={text.audit.broken(toDutchDate(day))} live>
        <p>{text.audit.brokenDetail}</p>
        <p className="small quiet">{text.errors.code([kind, eventId, position].filter((part) => part !== null).join(' '))}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="good" title={text.audit.verified(events(found.checked))} live>
      <p>{found.sealedThrough === null ? text.audit.neverSealed : text.audit.sealedThrough(toDutchDate(found.sealedThrough))}</p>
      {found.unsealed === 0 ? null : <p>{text.audit.unsealed(events(found.unsealed))}</p>}
    </Notice>
  );
}

export function VerifyAudit() {
  const [checked, setChecked] = useState(0);
  const verify = useMutation({ mutationFn: () => verifyAll(setChecked) });
  return (
    <section className="card">
      <p className="measure">{text.audit.verifyLead}</p>
      <div>
        <Button busy={verify.isPending} onClick={() => verify.mutate()}>
          {text.audit.verify}
        </Button>
      </div>
      {verify.isPending ? <p role="status">{text.audit.verifying(events(checked))}</p> : null}
      {verify.data === undefined ? null : <Outcome found={verify.data} />}
      {verify.error === null ? null : <ProblemNotice error={verify.error} />}
    </section>
  );
}
