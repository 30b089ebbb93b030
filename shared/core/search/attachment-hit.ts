// A hit on a page of an attachment, as the API shows it: the message that carries the file, and the words on the page around the hit.
import type { AttachmentUnit } from '#core/model/attachment-text.ts';
import { conversationNumber } from './attachment-shelf.ts';
import { type MessageItem, messageIdOf, toMessageItem } from './message-item.ts';
import type { MatchKey } from './page.ts';
import type { FiledRecord } from './segment.ts';

type Spans = readonly (readonly [start: number, end: number])[];

export interface AttachmentHit {
  /** Names this page, or this piece of a long one. */
  readonly id: string;
  /** Number of the file within the bundle. */
  readonly n: number;
  readonly name: string;
  readonly unit: AttachmentUnit;
  /** Page, slide or sheet. */
  readonly number: number;
  readonly part?: string;
  /** Words around the first hit on the page; `before` and `after` say whether there is more. */
  readonly snippet: string;
  readonly before: boolean;
  readonly after: boolean;
  /** In the snippet. */
  readonly highlights: Spans;
  readonly confidence?: number;
  /** false: no message names the file; the message given is made up of what is known of the bundle. */
  readonly carried: boolean;
}

const unitsBefore = 120;
const unitsOfSnippet = 360;

export function toAttachmentHit(key: MatchKey, record: FiledRecord, highlights: Spans): AttachmentHit | null {
  const { page, text } = record;
  if (page === undefined) return null;
  const first = highlights[0]?.[0] ?? 0;
  const from = wordEdge(text, Math.max(0, first - unitsBefore));
  const to = Math.min(text.length, from + unitsOfSnippet);
  const { file, name, unit, number, part, confidence, ordinal } = page;
  return {
    id: messageIdOf(key.bundleId, key.n, key.ordinal),
    n: file,
    name,
    unit,
    number,
    ...(part === undefined ? {} : { part }),
    snippet: text.slice(from, to),
    before: from > 0,
    after: to < text.length,
    highlights: highlights.flatMap(([start, end]) => (start < from || end > to ? [] : [[start - from, end - from] as const])),
    ...(confidence === undefined ? {} : { confidence }),
    carried: ordinal !== null,
  };
}

/** The first place from `at` on where a word begins, when there is one near. */
function wordEdge(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, at + 40).search(/\s/);
  return space < 0 ? at : at + space + 1;
}

/** The record itself; for a page the message that carries its file. */
export function carrierOf({ bundleId, n, ordinal }: MatchKey, record: FiledRecord): MessageItem {
  const { page } = record;
  if (page === undefined) return toMessageItem(bundleId, n, ordinal, record);
  const { page: _page, ...rest } = record;
  const carrier: FiledRecord = { ...rest, text: page.caption, attachments: [{ name: page.name, presence: 'present', kind: 'unknown', n: page.file }] };
  return toMessageItem(bundleId, conversationNumber(n), page.ordinal ?? page.file, carrier);
}
