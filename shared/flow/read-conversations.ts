// Reads the chat files of a bundle and files their records: reading, building and writing overlap, memory stays flat.
import { makeAttachmentFinder } from '#core/intake/find-attachment.ts';
import type { DoubtGatherer } from '#core/intake/gather-doubts.ts';
import type { BundleCounts } from '#core/model/bundle.ts';
import type { ChatRecord, ConversationSummary, DateOrder } from '#core/model/chat.ts';
import type { ColumnMappings } from '#core/model/mapping.ts';
import type { LocalTime } from '#core/model/time.ts';
import { keyInSeries, platformOf, type Reader, type ReaderSource } from '#core/parse/reader.ts';
import type { FiledRecord, Segment, SegmentEntry } from '#core/search/segment.ts';
import { longestSegmentList, segmentText } from '#core/search/segment-list.ts';
import type { FiledConversation } from '#store/index/conversation-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { makeRecordFiler, makeTally, type RecordFiler } from './file-records.ts';

export interface ChatFile {
  readonly source: ReaderSource;
  readonly reader: Reader;
  /** Goes on with the conversation of the file before it. */
  readonly continues?: boolean;
  /** Files that came along with this chat, by the numbers they have in the bundle. */
  readonly files: readonly { readonly n: number; readonly name: string; readonly path?: string }[];
}

/** A file that stands as base64 in a chat file. */
export interface EmbeddedAttachment {
  readonly n: number;
  readonly name: string;
  readonly source: Pick<ReaderSource, 'file' | 'open'>;
  /** Bytes [from, to) of the chat file. */
  readonly range: readonly [from: number, to: number];
}

export interface NeedsReading {
  readonly index: Pick<IndexStore, 'writeSegment'>;
}

export interface ReadingOrder {
  readonly bundleId: string;
  readonly chats: readonly ChatFile[];
  readonly dateOrder: DateOrder | undefined;
  /** What a person said of the columns of files without a fixed layout. */
  readonly mappings?: ColumnMappings | undefined;
  /** Number within the bundle for the first attachment that is found inside a chat file. */
  readonly firstFree: number;
  readonly doubts: DoubtGatherer;
  /** Called as the work goes on; throws when it must stop. */
  readonly keep: () => Promise<void>;
  /** For tests. */
  readonly longestSegmentList?: number;
}

export interface Reading {
  readonly conversations: readonly FiledConversation[];
  readonly counts: BundleCounts;
  readonly period: { readonly first: LocalTime; readonly last: LocalTime } | null;
  readonly segments: readonly SegmentEntry[];
  readonly embedded: readonly EmbeddedAttachment[];
  /** A person must choose before this can be kept; nothing more was filed from there on. */
  readonly asks: boolean;
  /** The first file of which a person must say what its columns are. */
  readonly unmapped: ChatFile | null;
  /** More segments than a head can name: reading stopped there, and nothing of it can be kept. */
  readonly tooMany: boolean;
}

/** Segments that may be on their way to the index while the next one is read. */
const writesInFlight = 2;

export async function readConversations(needs: NeedsReading, order: ReadingOrder): Promise<Reading> {
  const writer = makeSegmentWriter(needs);
  const conversations: FiledConversation[] = [];
  const embedded: EmbeddedAttachment[] = [];
  const total = makeTally();
  const answered = {
    ...(order.dateOrder === undefined ? {} : { dateOrder: order.dateOrder }),
    ...(order.mappings === undefined ? {} : { mappings: order.mappings }),
  };
  let asks = false;
  let unmapped: ChatFile | null = null;
  const tooMany = () => writer.listed() > (order.longestSegmentList ?? longestSegmentList);
  try {
    let filer: RecordFiler | null = null;
    let parts = makeParts();
    for (const [i, chat] of order.chats.entries()) {
      if (tooMany()) break;
      const goesOn = order.chats[i + 1]?.continues === true;
      if (filer === null || chat.continues !== true) {
        const filing = { bundleId: order.bundleId, first: conversations.length + 1, platform: platformOf[chat.reader.format], write: writer.write };
        filer = makeRecordFiler(filing, () => !asks && !tooMany());
        parts = makeParts();
      } else filer.goOn();
      const toFiled = makeToFiled(chat, order.firstFree, embedded);
      for await (const event of chat.reader.read(chat.source, answered)) {
        if (tooMany()) break;
        if (event.type === 'doubt') {
          const question = event.doubt.severity === 'question';
          // The answer on dates settles all files of the bundle; what it leaves open is told, not asked again.
          const settled = question && event.doubt.code === 'date-order.ambiguous' && order.dateOrder !== undefined;
          order.doubts.add(settled ? { ...event.doubt, severity: 'warning' } : event.doubt);
          if (question && event.doubt.code === 'mapping.needed') unmapped ??= chat;
          asks ||= question && !settled;
        } else if (event.type === 'records') {
          await order.keep();
          for (const record of event.records) total.add(record);
          await filer.add(keyInSeries(event), event.records.map(toFiled), event.platform);
        } else if (event.type === 'conversation') {
          await order.keep();
          if (goesOn || chat.continues === true) parts.add(keyInSeries(event), event.summary);
          else await filer.end(keyInSeries(event), event.summary);
        }
      }
      if (goesOn) continue;
      for (const [key, summary] of parts.all()) await filer.end(key, summary);
      if (!tooMany()) conversations.push(...filer.conversations());
    }
    await writer.done();
    const files = order.chats.filter(({ continues }) => continues !== true).length;
    // Files are counted where an archive is opened; here the conversations beyond one for each.
    if (conversations.length > files) {
      order.doubts.add({ code: 'several-chats.found', severity: 'note', count: conversations.length - (files > 1 ? files : 0) });
    }
  } catch (error) {
    await writer.settle();
    throw error;
  }
  const { counts, period } = total.result();
  return {
    conversations,
    counts: { conversations: conversations.length, ...counts },
    period,
    segments: writer.entries,
    embedded,
    asks,
    unmapped,
    tooMany: tooMany(),
  };
}

/** Of a conversation in several files there is one summary: what each file knows of it, together. */
function makeParts() {
  const summaries = new Map<string | undefined, ConversationSummary>();
  return {
    add: (key: string | undefined, summary: ConversationSummary) => {
      const before = summaries.get(key);
      summaries.set(key, before === undefined ? summary : together(before, summary));
    },
    all: () => summaries,
  };
}

function together(before: ConversationSummary, after: ConversationSummary): ConversationSummary {
  const counts = new Map(before.participants.map(({ label, records }) => [label, records]));
  for (const { label, records } of after.participants) counts.set(label, (counts.get(label) ?? 0) + records);
  const order = before.order ?? after.order;
  return {
    ...before,
    title: before.title ?? after.title,
    kind: before.kind === 'unknown' ? after.kind : before.kind,
    participants: [...counts].map(([label, records]) => ({ label, records })),
    ...(order === undefined ? {} : { order }),
  };
}

function makeToFiled(chat: ChatFile, firstFree: number, embedded: EmbeddedAttachment[]): (record: ChatRecord) => FiledRecord {
  const find = makeAttachmentFinder(chat.files);
  const place = chat.continues === true ? { file: chat.source.file } : {};
  return (record) => {
    if (record.attachments === undefined) return (chat.continues === true ? { ...record, ...place } : record) as FiledRecord;
    const attachments = record.attachments.map(({ embedded: range, ...attachment }) => {
      if (range !== undefined) {
        const n = firstFree + embedded.length;
        embedded.push({ n, name: attachment.name, source: chat.source, range });
        return { ...attachment, n };
      }
      const n = attachment.presence === 'present' ? find(attachment.name, attachment.path) : undefined;
      return n === undefined ? attachment : { ...attachment, n };
    });
    return { ...record, attachments, ...place };
  };
}

function makeSegmentWriter(needs: NeedsReading) {
  const entries: SegmentEntry[] = [];
  let listed = 0;
  const flight: Promise<unknown>[] = [];

  async function write(segment: Segment): Promise<void> {
    entries.push(segment.entry);
    listed += segmentText(segment.entry).length + 1;
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

  return { entries, listed: () => listed, write, done, settle };
}
