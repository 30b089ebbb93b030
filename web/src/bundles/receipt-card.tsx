// The receipt: what was handed in, when, with its fingerprint and why it is kept. It can be saved as a document and as JSON.
import { useQuery } from '@tanstack/react-query';
import type { Receipt } from '#contract/bundle.ts';
import { receiptQuery } from '../api/queries.ts';
import { Button, ButtonLink } from '../components/button.tsx';
import { type Fact, Facts } from '../components/facts.tsx';
import { toDutchInstant, toDutchSpan } from '../format/dates.ts';
import { toDutchNumber, toSize } from '../format/numbers.ts';
import { Loaded } from '../shell/loaded.tsx';
import { text } from '../text.nl.ts';

function lines(receipt: Receipt): readonly (readonly [string, string])[] {
  return [
    [text.bundle.id, receipt.bundleId],
    [text.bundles.file, `${receipt.fileName ?? text.bundles.destroyedName} (${toSize(receipt.size)})`],
    [text.report.hash, receipt.sha256],
    ...(receipt.kept === null ? [] : [[text.sift.keptHash, receipt.kept.sha256] as const]),
    [text.bundle.received, toDutchInstant(receipt.receivedAt)],
    [text.report.messages, receipt.counts === null ? text.common.unknown : toDutchNumber(receipt.counts.messages)],
    [text.report.conversations, receipt.counts === null ? text.common.unknown : toDutchNumber(receipt.counts.conversations)],
    [text.report.period, receipt.period === null ? text.common.unknown : toDutchSpan(receipt.period.first, receipt.period.last)],
    [text.report.cases, receipt.caseIds.length === 0 ? text.report.noCase : receipt.caseIds.join(', ')],
    [text.report.retention, receipt.retention.explanation],
    [text.report.doubts, receipt.doubts.length === 0 ? text.report.noDoubtsShort : receipt.doubts.map(({ detail }) => detail).join(' ')],
    ...(receipt.keepDecision === null ? [] : [[text.bundle.keepDecision, receipt.keepDecision.ground] as const]),
  ];
}

/** For other systems: the receipt as the API gives it. */
function save(receipt: Receipt): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = `ontvangstbewijs-${receipt.bundleId}.json`;
  anchor.click();
  URL.revokeObjectURL(address);
}

/** `level` of its heading: within the upload page, or on the page of the bundle. */
export function ReceiptCard({ id, level = 3 }: { readonly id: string; readonly level?: 2 | 3 }) {
  const query = useQuery(receiptQuery(id));
  const Head = `h${level}` as const;
  return (
    <section className="stack stack--tight" aria-label={text.report.receipt}>
      <Head className={level === 2 ? 'utrecht-heading-2' : 'utrecht-heading-3'}>{text.report.receipt}</Head>
      <Loaded query={query}>
        {(receipt) => (
          <div className="stack stack--tight">
            <p>{receipt.sentence}</p>
            <details>
              <summary>{text.report.showReceipt}</summary>
              <Facts
                items={lines(receipt).map(
                  ([name, value]): Fact => [name, name === text.report.hash || name === text.bundle.id ? <code key={name}>{value}</code> : value],
                )}
              />
            </details>
            <div className="row">
              <ButtonLink href={`/v1/bundles/${id}/receipt.pdf`} download>
                {text.report.downloadReceipt}
              </ButtonLink>
              <Button look="subtle" onClick={() => save(receipt)}>
                {text.report.saveReceipt}
              </Button>
            </div>
          </div>
        )}
      </Loaded>
    </section>
  );
}
