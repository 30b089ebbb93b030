// The receipt of a bundle as blocks of Dutch text, in reading order. What an employee may show: counts, dates, hashes; nothing that was said.
import type { BundleCounts } from '#core/model/bundle.ts';
import type { DoubtSeverity } from '#core/model/doubt.ts';
import type { SiftMode, SiftReason } from '#core/model/sift.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { toDutchDate } from '#core/text/dutch-date.ts';
import type { Block } from './block.ts';
import { receiptText as text } from './receipt-text.nl.ts';

export interface ReceiptFacts {
  readonly bundleId: string;
  readonly organisation: string;
  readonly fileName: string | null;
  readonly size: number;
  readonly sha256: string;
  readonly receivedAt: string;
  readonly indexedAt: string | null;
  readonly madeAt: string;
  readonly uploader: string;
  readonly caseIds: readonly string[];
  readonly counts: BundleCounts | null;
  readonly period: { readonly first: string; readonly last: string } | null;
  readonly doubts: readonly { readonly severity: DoubtSeverity; readonly detail: string }[];
  readonly retention: { readonly explanation: string };
  readonly keepDecision: { readonly ground: string } | null;
  /** What is kept in place of the file as it came. */
  readonly kept: { readonly sha256: string } | null;
  readonly sift: {
    readonly mode: SiftMode;
    readonly originalSha256: string;
    readonly records: number;
    readonly reasons: readonly { readonly reason: SiftReason; readonly records: number }[];
    readonly leftOut: readonly { readonly reason: SiftReason; readonly conversations: number; readonly records: number }[];
    readonly files: number;
    readonly keys?: number | undefined;
  } | null;
  readonly sentence: string;
}

/** `17-04-2031 02:00:13 UTC` */
function moment(at: string): string {
  return `${toDutchDate(at.slice(0, 10) as CalendarDate)} ${at.slice(11, 19)} UTC`;
}

/** `02-05-2022 16:08` */
function wallTime(at: string): string {
  return `${toDutchDate(at.slice(0, 10) as CalendarDate)} ${at.slice(11, 16)}`;
}

function siftBlocks(sift: NonNullable<ReceiptFacts['sift']>): readonly Block[] {
  return [
    { kind: 'heading', text: text.siftHeading },
    { kind: 'paragraph', text: sift.mode === 'cut' ? text.siftCut(sift.records) : sift.records === 0 ? text.siftKeysOnly : text.siftMarked(sift.records) },
    {
      kind: 'facts',
      facts: [
        ...sift.reasons.map(({ reason, records }) => [text.siftReasons[reason], text.siftRecords(records)] as const),
        ...sift.leftOut.map(({ reason, conversations, records }) => [text.siftReasons[reason], text.siftLeftOut(conversations, records)] as const),
        ...(sift.files === 0 ? [] : [[text.siftFiles, String(sift.files)] as const]),
        ...(sift.keys === undefined ? [] : [[text.siftKeys, String(sift.keys)] as const]),
        [text.siftOriginal, sift.originalSha256],
      ],
    },
  ];
}

export function receiptBlocks(receipt: ReceiptFacts): readonly Block[] {
  const { counts, period, doubts, sift } = receipt;
  const heading = (words: string): Block => ({ kind: 'heading', text: words });
  const paragraph = (words: string): Block => ({ kind: 'paragraph', text: words });
  const facts = (...pairs: readonly (readonly [string, string])[]): Block => ({ kind: 'facts', facts: pairs });
  return [
    { kind: 'title', text: text.title },
    paragraph(text.intro(receipt.organisation)),
    paragraph(receipt.sentence),
    facts(
      [text.id, receipt.bundleId],
      [text.file, receipt.fileName ?? text.nameGone],
      [text.size, text.bytes(receipt.size)],
      [text.sha256, receipt.sha256],
      ...(receipt.kept === null ? [] : [[text.keptSha256, receipt.kept.sha256] as const]),
      [text.uploader, receipt.uploader],
      [text.received, moment(receipt.receivedAt)],
      ...(receipt.indexedAt === null ? [] : [[text.indexed, moment(receipt.indexedAt)] as const]),
      [text.made, moment(receipt.madeAt)],
    ),
    heading(text.readHeading),
    ...(counts === null
      ? [paragraph(`${text.notRead.slice(0, 1).toUpperCase()}${text.notRead.slice(1)}.`)]
      : [
          facts(
            [text.conversations, String(counts.conversations)],
            [text.messages, String(counts.messages)],
            [text.system, String(counts.systemMessages)],
            [text.attachments, text.attachmentCounts(counts.attachments.present, counts.attachments.missing, counts.attachments.omitted)],
            [text.period, period === null ? text.notRead : `${wallTime(period.first)} tot en met ${wallTime(period.last)}`],
          ),
          heading(text.doubtsHeading),
          doubts.length === 0 ? paragraph(text.noDoubts) : facts(...doubts.map(({ severity, detail }) => [text.severity[severity], detail] as const)),
        ]),
    heading(text.caseHeading),
    facts([text.cases, receipt.caseIds.join(', ') || text.noCase], [text.retention, receipt.retention.explanation]),
    heading(text.keepHeading),
    paragraph(receipt.keepDecision === null ? text.noKeep : receipt.keepDecision.ground),
    ...(sift === null ? [] : siftBlocks(sift)),
    paragraph(text.keepThis),
  ];
}
