// One hit as a search shows it: the message, or the page of an attachment with the message that carries it, and why it matched.
import { type AttachmentHit, carrierOf, toAttachmentHit } from '#core/search/attachment-hit.ts';
import { conversationNumber } from '#core/search/attachment-shelf.ts';
import { explainMatch } from '#core/search/match-record.ts';
import type { MessageItem } from '#core/search/message-item.ts';
import type { MatchKey } from '#core/search/page.ts';
import type { Query } from '#core/search/query.ts';
import type { FiledRecord } from '#core/search/segment.ts';
import type { SourcesOfHit } from './collapse-hits.ts';

export interface SearchHit {
  readonly kind: 'message' | 'attachment';
  /** For a hit in an attachment the message that carries it. */
  readonly message: MessageItem;
  readonly attachment?: AttachmentHit;
  readonly conversation: { readonly bundleId: string; readonly n: number; readonly title: string | null };
  readonly caseIds: readonly string[];
  readonly highlights: readonly (readonly [start: number, end: number])[];
  readonly matched: readonly string[];
  /** Where the same message stands in other exports of the chat, and which of them lack it: when asked. */
  readonly duplicates?: SourcesOfHit['duplicates'];
  readonly lackedBy?: SourcesOfHit['lackedBy'];
}

export interface HitSurroundings {
  readonly titleOf: (bundleId: string, n: number) => string | null;
  readonly caseIdsOf: (bundleId: string) => readonly string[];
}

export function toHit(query: Query, key: MatchKey, record: FiledRecord, { titleOf, caseIdsOf }: HitSurroundings): SearchHit {
  const { highlights, matched } = explainMatch(query, record);
  const attachment = toAttachmentHit(key, record, highlights);
  const n = conversationNumber(key.n);
  return {
    kind: attachment === null ? 'message' : 'attachment',
    message: carrierOf(key, record),
    ...(attachment === null ? {} : { attachment }),
    conversation: { bundleId: key.bundleId, n, title: titleOf(key.bundleId, n) },
    caseIds: caseIdsOf(key.bundleId),
    highlights: attachment === null ? highlights : [],
    matched,
  };
}
