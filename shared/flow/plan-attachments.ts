// Which files of a bundle are looked at for text, in which order, and which messages carry them. The same bundle gives the same plan.
import { attachmentKind } from '#core/attachment/attachment-kind.ts';
import type { Bundle } from '#core/model/bundle.ts';
import { type Platform, platforms } from '#core/model/chat.ts';
import type { LocalTime } from '#core/model/time.ts';
import { decodeRecord } from '#core/search/block-codec.ts';
import { kindFlag } from '#core/search/columns-codec.ts';
import type { FiledRecord } from '#core/search/segment.ts';
import type { FiledAttachmentFile, FiledConversation } from '#store/index/conversation-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';

export interface NeedsPlan {
  readonly index: Pick<IndexStore, 'listConversations' | 'listAttachments' | 'readSegmentHeads' | 'readSegmentColumns' | 'readSegmentBlocks'>;
}

/** What is kept of the message that carries a file. */
export type Carrier = Pick<FiledRecord, 'sender' | 'local' | 'certainty' | 'instant' | 'direction'> & { readonly caption: string };

export interface PlannedAttachment {
  readonly file: FiledAttachmentFile;
  readonly kind: ReturnType<typeof attachmentKind>;
  /** 0: no message names the file. */
  readonly conversation: number;
  readonly title: string | null;
  readonly platform: Platform;
  readonly ordinal: number | null;
  readonly carrier: Carrier;
}

const blocksAtOnce = 32;

/** Null when something of the bundle is gone: it is being destroyed. */
export async function planAttachments({ index }: NeedsPlan, bundle: Bundle): Promise<readonly PlannedAttachment[] | null> {
  const [conversations, listed] = await Promise.all([index.listConversations(bundle.id), index.listAttachments(bundle.id)]);
  const files = new Map(listed.filter(({ presence, vaultKey }) => presence === 'present' && vaultKey !== undefined).map((file) => [file.n, file]));
  const named = new Set<number>();
  const carried: PlannedAttachment[] = [];
  for (const conversation of conversations) {
    if (conversation.counts.attachments.present === 0) continue;
    const records = await carriersOf(index, conversation);
    if (records === null) return null;
    for (const { ordinal, record } of records) {
      for (const { n } of record.attachments ?? []) {
        const file = n === undefined ? undefined : files.get(n);
        if (file === undefined) continue;
        named.add(file.n);
        carried.push({
          file,
          kind: attachmentKind(file.name, file.mediaType ?? null),
          conversation: conversation.n,
          title: conversation.title,
          platform: platformOf(conversation),
          ordinal,
          carrier: carrierOf(record),
        });
      }
    }
  }
  const loose = [...files.values()].filter(({ n }) => !named.has(n)).sort((a, b) => a.n - b.n);
  const [first] = conversations;
  if (first === undefined) return null;
  // Nobody knows when a file was sent that no message names: at the latest when the chat ended.
  const carrier: Carrier = { sender: null, local: bundle.period?.last ?? ('0001-01-01T00:00' as LocalTime), certainty: 'assumed', caption: '' };
  const rest = loose.map(
    (file): PlannedAttachment => ({
      file,
      kind: attachmentKind(file.name, file.mediaType ?? null),
      conversation: 0,
      title: null,
      platform: platformOf(first),
      ordinal: null,
      carrier,
    }),
  );
  return [...rest, ...carried];
}

function platformOf({ platform }: FiledConversation): Platform {
  const known = platforms.find((one) => one === platform);
  if (known === undefined) throw new Error('attachments: a conversation of an unknown app');
  return known;
}

function carrierOf({ sender, local, certainty, instant, direction, text }: FiledRecord): Carrier {
  return {
    sender,
    local,
    certainty,
    caption: text,
    ...(instant === undefined ? {} : { instant }),
    ...(direction === undefined ? {} : { direction }),
  };
}

/** Records that hold attachments: their columns say so, so that only their blocks are read. */
async function carriersOf(
  index: NeedsPlan['index'],
  conversation: FiledConversation,
): Promise<readonly { readonly ordinal: number; readonly record: FiledRecord }[] | null> {
  const found: { ordinal: number; record: FiledRecord }[] = [];
  for (const { id } of conversation.segments) {
    const [heads, columns] = await Promise.all([index.readSegmentHeads([id]), index.readSegmentColumns([id])]);
    const head = heads.get(id);
    const kinds = columns.get(id)?.kinds;
    if (head === undefined || kinds === undefined) return null;
    const blocks: number[] = [];
    for (let block = 0; block + 1 < head.blockStarts.length; block++) {
      if (kinds.subarray(head.blockStarts[block], head.blockStarts[block + 1]).some((kind) => (kind & kindFlag.attachments) !== 0)) blocks.push(block);
    }
    for (let at = 0; at < blocks.length; at += blocksAtOnce) {
      const places = blocks.slice(at, at + blocksAtOnce).map((block) => ({ segmentId: id, block, pages: head.longBlocks[String(block)] ?? 1 }));
      const rows = await index.readSegmentBlocks(places);
      if (rows.size < places.length) return null;
      for (const { block } of places) {
        (rows.get(`${id}/${block}`) ?? []).forEach((row, i) => {
          const record = decodeRecord(row);
          if ((record.attachments ?? []).length > 0) found.push({ ordinal: head.base + (head.blockStarts[block] ?? 0) + i, record });
        });
      }
    }
  }
  return found;
}
