// A receipt as a document.
import { type ReceiptFacts, receiptBlocks } from '#core/export/receipt-blocks.ts';
import { receiptText } from '#core/export/receipt-text.nl.ts';
import { renderDocument } from './document-pdf.ts';

export function renderReceipt(receipt: ReceiptFacts): Promise<Uint8Array<ArrayBuffer>> {
  const { bundleId, organisation, madeAt } = receipt;
  return renderDocument({ title: `${receiptText.title} ${bundleId}`, author: organisation, subject: receiptText.subject, at: madeAt }, receiptBlocks(receipt));
}
