// Step 3: what was read, what is missing, what is asked; then the receipt.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { bundleQuery } from '../api/queries.ts';
import { BundleQuestion } from '../bundles/bundle-question.tsx';
import { Doubts, ReportFacts, readSentence } from '../bundles/bundle-report.tsx';
import { ReceiptCard } from '../bundles/receipt-card.tsx';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { useSecondsBusy } from '../shell/busy.tsx';
import { Loaded } from '../shell/loaded.tsx';
import { text } from '../text.nl.ts';

function Reading() {
  const seconds = useSecondsBusy();
  return (
    <div className="row" role="status">
      <span className="spinner" aria-hidden="true" />
      <span>{seconds < 10 ? text.upload.reading : text.upload.readingLong(Math.floor(seconds / 10) * 10)}</span>
    </div>
  );
}

export function CheckStep({ id, onAnother }: { readonly id: string; readonly onAnother: () => void }) {
  const query = useQuery(bundleQuery(id));
  return (
    <Loaded query={query}>
      {(bundle) => {
        const sentence = readSentence(bundle);
        return (
          <div className="stack">
            {bundle.state === 'awaiting-upload' || bundle.state === 'received' || bundle.state === 'ingesting' ? <Reading /> : null}
            {bundle.state === 'refused' ? (
              <Notice tone="bad" title={text.report.refused} live>
                <p>{bundle.problem?.detail}</p>
                <p className="small quiet">{text.errors.code(bundle.problem?.code ?? bundle.state)}</p>
              </Notice>
            ) : null}
            {bundle.state === 'indexed' ? (
              <Notice tone="good" title={text.report.received} live>
                <p>{sentence}</p>
              </Notice>
            ) : null}
            <BundleQuestion bundle={bundle} />
            {bundle.counts === null ? null : <ReportFacts bundle={bundle} />}
            {bundle.doubts.length === 0 && bundle.state !== 'indexed' ? null : (
              <section className="stack stack--tight" aria-label={text.report.doubts}>
                <h3 className="utrecht-heading-3">{text.report.doubts}</h3>
                <Doubts bundle={bundle} />
              </section>
            )}
            {bundle.state === 'indexed' ? <ReceiptCard id={bundle.id} /> : null}
            {bundle.state === 'indexed' || bundle.state === 'refused' ? (
              <div className="row">
                {bundle.state === 'indexed' ? (
                  <Link to="/bundels/$id" params={{ id: bundle.id }} className="utrecht-link utrecht-link--html-a">
                    {text.bundle.openConversation}
                  </Link>
                ) : (
                  <Link to="/hulp" className="utrecht-link utrecht-link--html-a">
                    {text.upload.howTo}
                  </Link>
                )}
                <Button onClick={onAnother}>{text.upload.another}</Button>
              </div>
            ) : null}
          </div>
        );
      }}
    </Loaded>
  );
}
