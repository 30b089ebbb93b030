// Reads the chat files of a bundle and files their records: reading, building and writing overlap, memory stays flat.
import { makeAttachmentFinder } from '#core/intake/find-attachment.ts';
import type { DoubtGatherer } from '#core/intake/gather-doubts.ts';
import type { BundleCounts } from '#core/model/bundle.ts';
import type { ChatRecord, ConversationSummary, DateOrder, Presence } from '#core/model/chat.ts';
import type { LocalTime } from '#core/model/time.ts';
import type { Reader, ReaderSource } from '#core/parse/reader.ts';
import type { FiledRecord, Segment, SegmentEntry } from '#core/search/segment.ts';
import { makeSegmentBuilder } from '#core/search/segment-builder.ts';
import type { FiledConversation } from '#store/index/conversation-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { zstdPacking } from '#store/index/packing.ts';

export interface ChatFile {
  readonly source: ReaderSource;
  readonly reader: Reader;
  /** Files that came along with this chat, by the numbers they have in the bundle. */
  readonly files: readonly { readonly n: number; readonly name: string }[];
}

export interface NeedsReading {
  readonly index: Pick<IndexStore, 'writeSegment'>;
}

export interface ReadingOrder {
  readonly bundleId: string;
  readonly chats: readonly ChatFile[];
  readonly dateOrder: DateOrder | undefined;
  readonly doubts: DoubtGatherer;
  /** Called as the work goes on; throws when it must stop. */
  readonly keep: () => Promise<void>;
}

export interface Reading {
  readonly conversations: readonly FiledConversation[];
  readonly counts: BundleCounts;
  readonly period: { readonly first: LocalTime; readonly last: LocalTime } | null;
  readonly segments: readonly SegmentEntry[];
  /** A person must choose before this can be kept; nothing more was filed from there on. */
  readonly asks: boolean;
}

/** Segments that may be on their way to the index while the next one is read. */
const writesInFlight = 2;

export async function readConversations(needs: NeedsReading, order: ReadingOrder): Promise<Reading> {
  const writer = makeSegmentWriter(needs);
  const conversations: FiledConversation[] = [];
  const total = makeTally();
  let asks = false;
  try {
    for (const [i, chat] of order.chats.entries()) {
      const n = i + 1;
      const builder = makeSegmentBuilder({ bundleId: order.bundleId, n, platform: chat.reader.format, packing: zstdPacking });
      const findAttachment = makeAttachmentFinder(chat.files);
      const tally = makeTally();
      const filed: FiledConversation['segments'][number][] = [];
      let base = 0;
      const file = async (segments: readonly Segment[]) => {
        for (const segment of segments) {
          filed.push({ id: segment.entry.id, base, count: segment.count });
          base += segment.count;
          await writer.write(segment);
        }
      };
      let summary: ConversationSummary | null = null;
      for await (const event of chat.reader.read(chat.source, order.dateOrder === undefined ? {} : { dateOrder: order.dateOrder })) {
        if (event.type === 'doubt') {
          const question = event.doubt.severity === 'question';
          // An answer settles all files of the bundle; what it leaves open is told, not asked again.
          if (question && order.dateOrder !== undefined) order.doubts.add({ ...event.doubt, severity: 'warning' });
          else order.doubts.add(event.doubt);
          asks ||= question && order.dateOrder === undefined;
        } else if (event.type === 'records') {
          await order.keep();
          for (const record of event.records) {
            tally.add(record);
            total.add(record);
          }
          if (!asks) await file(builder.add(event.records.map((record) => toFiled(record, findAttachment))));
        } else if (event.type === 'conversation') {
          summary = event.summary;
        }
      }
      if (summary === null) throw new Error('ingest: a reader ended without its conversation');
      if (!asks) await file(builder.finish(summary.title));
      const { title, platform, kind, participants } = summary;
      const { counts, period } = tally.result();
      conversations.push({ n, title, platform, kind, participants, counts, period, segments: filed });
    }
    await writer.done();
  } catch (error) {
    await writer.settle();
    throw error;
  }
  const { counts, period } = total.result();
  return { conversations, counts: { conversations: conversations.length, ...counts }, period, segments: writer.entries, asks };
}

function toFiled(record: ChatRecord, find: (name: string) => number | undefined): FiledRecord {
  if (record.attachments === undefined) return record as FiledRecord;
  const attachments = record.attachments.map((attachment) => {
    const n = attachment.presence === 'present' ? find(attachment.name) : undefined;
    return n === undefined ? attachment : { ...attachment, n };
  });
  return { ...record, attachments };
}

function makeSegmentWriter(needs: NeedsReading) {
  const entries: SegmentEntry[] = [];
  const flight: Promise<unknown>[] = [];

  async function write(segment: Segment): Promise<void> {
    entries.push(segment.entry);
    const write = needs.index.writeSegment(segment);
    write.catch(() => undefined);
    flight.push(write);
    if (flight.length >= writesInFlight) await flight.shift();
  }

  async function done(): Promise<void> {
    while (flight.length > 0) await flight.shift();
  }

  /** After an error: waits for what is under way, whatever becomes of it. */
  async function settle(): Promise<void> {
    await Promise.allSettled(flight);
  }

  return { entries, write, done, settle };
}

/** Counts as the receipt and the API give them; system records have no sender. */
function makeTally() {
  let messages = 0;
  let systemMessages = 0;
  const attachments: Record<Presence, number> = { present: 0, missing: 0, omitted: 0 };
  let first: LocalTime | null = null;
  let last: LocalTime | null = null;

  function add(record: ChatRecord): void {
    if (record.kind === 'system') systemMessages++;
    else messages++;
    for (const { presence } of record.attachments ?? []) attachments[presence]++;
    if (record.certainty === 'impossible') return;
    if (first === null || record.local < first) first = record.local;
    if (last === null || record.local > last) last = record.local;
  }

  function result() {
    const counts = { records: messages + systemMessages, messages, systemMessages, attachments: { ...attachments } };
    return { counts, period: first === null || last === null ? null : { first, last } };
  }

  return { add, result };
}
