// Holds a certificate against the ledger and the stores as they are now, part by part until all is read back.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CertificateVerification } from '#contract/certificate.ts';
import { post } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { toCount, toDutchNumber } from '../format/numbers.ts';
import { useMe } from '../session/session.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

const words = text.certificateCheck;

interface Progress {
  readonly checked: number;
  readonly bundles: number;
}

async function verifyAll(id: string, onProgress: (progress: Progress) => void): Promise<CertificateVerification> {
  const remaining: CertificateVerification['remaining'][number][] = [];
  for (let from = 0; ; ) {
    const part = await post<CertificateVerification>(`/v1/certificates/${id}/_verify`, { from });
    remaining.push(...part.remaining);
    const checked = from + part.checked;
    onProgress({ checked, bundles: part.bundles });
    if (part.next === null) return { ...part, checked, remaining };
    from = part.next;
  }
}

function Outcome({ found }: { readonly found: CertificateVerification }) {
  const { json, pdf, bundles, remaining } = found;
  if (json === 'unchanged' && pdf === 'unchanged' && remaining.length === 0) {
    return (
      <Notice tone="good" title={words.good} live>
        <p>{words.goodDetail(toCount(bundles, words.bundleOne, words.bundleMany))}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={words.bad} live>
      {json === 'unchanged' ? null : <p>{words.document.json[json]}</p>}
      {json === 'unchanged' ? null : <p>{words.unread}</p>}
      {pdf === 'unchanged' ? null : <p>{words.document.pdf[pdf]}</p>}
      {remaining.map(({ bundleId, places }) => (
        <p key={bundleId}>{words.remains(bundleId, places)}</p>
      ))}
      <p>{words.whatNow}</p>
    </Notice>
  );
}

export function VerifyCertificate({ id }: { readonly id: string }) {
  const me = useMe();
  const [progress, setProgress] = useState<Progress>({ checked: 0, bundles: 0 });
  const verify = useMutation({ mutationFn: () => verifyAll(id, setProgress) });
  if (!me.actions.includes('certificate.verify')) return null;
  return (
    <section className="card">
      <h2 className="utrecht-heading-2">{words.title}</h2>
      <p className="measure">{words.lead}</p>
      <div>
        <Button busy={verify.isPending} onClick={() => verify.mutate()}>
          {words.start}
        </Button>
      </div>
      {verify.isPending ? <p role="status">{words.busy(toDutchNumber(progress.checked), toDutchNumber(progress.bundles))}</p> : null}
      {verify.data === undefined ? null : <Outcome found={verify.data} />}
      {verify.error === null ? null : <ProblemNotice error={verify.error} />}
    </section>
  );
}
