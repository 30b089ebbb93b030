// The receipt: what was handed in, when, with its fingerprint. It can be saved as a text file.
import { useQuery } from '@tanstack/react-query';
import type { Receipt } from '#contract/bundle.ts';
import { receiptQuery } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
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
    [text.bundle.received, toDutchInstant(receipt.receivedAt)],
    [text.report.messages, receipt.counts === null ? text.common.unknown : toDutchNumber(receipt.counts.messages)],
    [text.report.period, receipt.period === null ? text.common.unknown : toDutchSpan(receipt.period.first, receipt.period.last)],
    [text.report.cases, receipt.caseIds.length === 0 ? text.report.noCase : receipt.caseIds.join(', ')],
    [text.report.retention, receipt.retention.explanation],
  ];
}

function save(receipt: Receipt): void {
  const body = [receipt.organisation, text.report.receipt, '', receipt.sentence, '', ...lines(receipt).map(([name, value]) => `${name}: ${value}`), ''].join(
    '\r\n',
  );
  const address = URL.createObjectURL(new Blob([body], { type: 'text/plain;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = `ontvangstbewijs-${receipt.bundleId}.txt`;
  anchor.click();
  URL.revokeObjectURL(address);
}

export function ReceiptCard({ id }: { readonly id: string }) {
  const query = useQuery(receiptQuery(id));
  return (
    <section className="stack stack--tight" aria-label={text.report.receipt}>
      <h3 className="utrecht-heading-3">{text.report.receipt}</h3>
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
            <div>
              <Button onClick={() => save(receipt)}>{text.report.downloadReceipt}</Button>
            </div>
          </div>
        )}
      </Loaded>
    </section>
  );
}
