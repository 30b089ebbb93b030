// Messages of a conversation by range of ordinals, across segments, reading only the blocks that hold them.
import { no, ok, type Result } from '#core/model/result.ts';
import { decodeRecord } from '#core/search/block-codec.ts';
import { type AttachmentItem, type MessageItem, toMessageItem } from '#core/search/message-item.ts';
import type { SegmentHead } from '#core/search/segment.ts';
import type { FiledConversation } from '#store/index/conversation-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';

export const mostMessagesAtOnce = 500;

export interface ConversationRange {
  readonly bundleId: string;
  readonly n: number;
  /** First ordinal. */
  readonly from: number;
  readonly limit: number;
}

export interface ConversationMessages {
  readonly items: readonly MessageItem[];
  /** Records of the whole conversation. */
  readonly records: number;
  /** First ordinal after these, null at the end. */
  readonly next: number | null;
}

export interface ReadConversation {
  readonly range: (range: ConversationRange) => Promise<Result<ConversationMessages>>;
  /** The message and `context` messages before and after it. */
  readonly around: (message: {
    readonly bundleId: string;
    readonly n: number;
    readonly ordinal: number;
    readonly context: number;
  }) => Promise<Result<ConversationMessages>>;
}

/** Whether the bundle may be read at all is the caller's to ask, before and after: this reads what is there. */
export function makeReadConversation({ index }: { readonly index: IndexStore }): ReadConversation {
  async function range({ bundleId, n, from, limit }: ConversationRange): Promise<Result<ConversationMessages>> {
    if (limit < 1 || limit > mostMessagesAtOnce) return no('input.invalid', { errors: [{ field: 'limit' }] });
    if (from < 0) return no('input.invalid', { errors: [{ field: 'from' }] });
    const conversation = await index.getConversation(bundleId, n);
    if (conversation === null) return no('not-found');
    const { records } = conversation.counts;
    const to = Math.min(from + limit, records);
    const items = await readItems(bundleId, conversation, from, to);
    return items === null ? no('not-found') : ok({ items, records, next: to < records ? to : null });
  }

  /** Null when a segment or block is gone: the bundle is being destroyed. */
  async function readItems(bundleId: string, conversation: FiledConversation, from: number, to: number): Promise<readonly MessageItem[] | null> {
    const touched = conversation.segments.filter(({ base, count }) => base < to && base + count > from);
    const heads = await index.readSegmentHeads(touched.map(({ id }) => id));
    const places: { head: SegmentHead; block: number }[] = [];
    for (const { id } of touched) {
      const head = heads.get(id);
      if (head === undefined) return null;
      for (let block = 0; block + 1 < head.blockStarts.length; block++) {
        const first = head.base + (head.blockStarts[block] ?? 0);
        const end = head.base + (head.blockStarts[block + 1] ?? 0);
        if (first < to && end > from) places.push({ head, block });
      }
    }
    const rows = await index.readSegmentBlocks(places.map(({ head, block }) => ({ segmentId: head.id, block, pages: head.longBlocks[String(block)] ?? 1 })));
    if (rows.size < places.length) return null;
    const items: MessageItem[] = [];
    for (const { head, block } of places) {
      const first = head.base + (head.blockStarts[block] ?? 0);
      (rows.get(`${head.id}/${block}`) ?? []).forEach((row, i) => {
        const ordinal = first + i;
        if (ordinal >= from && ordinal < to) items.push(toMessageItem(bundleId, conversation.n, ordinal, decodeRecord(row)));
      });
    }
    return withFileFacts(bundleId, items);
  }

  /** Media type, size and hash of attachments that are in the archive. */
  async function withFileFacts(bundleId: string, items: readonly MessageItem[]): Promise<readonly MessageItem[]> {
    const numbers = [...new Set(items.flatMap(({ attachments }) => attachments.flatMap(({ n }) => n ?? [])))];
    if (numbers.length === 0) return items;
    const files = await index.getAttachments(bundleId, numbers);
    const known = (attachment: AttachmentItem): AttachmentItem => {
      const file = attachment.n === undefined ? undefined : files.get(attachment.n);
      if (file === undefined) return attachment;
      const { mediaType, size, sha256 } = file;
      return {
        ...attachment,
        ...(mediaType === undefined ? {} : { mediaType }),
        ...(size === undefined ? {} : { size }),
        ...(sha256 === undefined ? {} : { sha256 }),
      };
    };
    return items.map((item) => (item.attachments.length === 0 ? item : { ...item, attachments: item.attachments.map(known) }));
  }

  return {
    range,
    around: ({ bundleId, n, ordinal, context }) => {
      const from = Math.max(0, ordinal - context);
      return range({ bundleId, n, from, limit: ordinal + context + 1 - from });
    },
  };
}
