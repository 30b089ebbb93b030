// Files the records of one chat file: one conversation, or many that take turns (an account, a phone's backup). Memory stays flat:
// a conversation alone is built as it comes; of many the records wait, and the one with most waiting is filed when too much waits.
import type { BundleCounts } from '#core/model/bundle.ts';
import type { ChatRecord, ConversationSummary, Platform, Presence } from '#core/model/chat.ts';
import type { LocalTime } from '#core/model/time.ts';
import { type FiledRecord, type Segment, segmentLimits } from '#core/search/segment.ts';
import { makeSegmentBuilder, type SegmentBuilder } from '#core/search/segment-builder.ts';
import type { FiledConversation } from '#store/index/conversation-store.ts';
import { zstdPacking } from '#store/index/packing.ts';

/** What may wait, all conversations together: UTF-16 units of raw text, with so many for each record's own weight. */
export const waitingUnits = 24_000_000;
const unitsOfRecord = 250;

export interface FilingOrder {
  readonly bundleId: string;
  /** Number of the first conversation of this file within the bundle. */
  readonly first: number;
  readonly platform: Platform;
  readonly write: (segment: Segment) => Promise<void>;
  /** For tests. */
  readonly waitingUnits?: number;
}

export interface RecordFiler {
  /** The next records of the conversation with this key; no key: the file holds one conversation. */
  readonly add: (key: string | undefined, records: readonly FiledRecord[], platform?: Platform) => Promise<void>;
  /** The file that follows goes on with these conversations: its records count their own ordinals from 0. */
  readonly goOn: () => void;
  readonly end: (key: string | undefined, summary: ConversationSummary) => Promise<void>;
  /** In the order in which they appeared; throws when one has no end. */
  readonly conversations: () => readonly FiledConversation[];
}

interface Open {
  readonly n: number;
  readonly platform: Platform;
  readonly tally: Tally;
  readonly filed: FiledConversation['segments'][number][];
  /** Of a conversation alone in its file. */
  readonly builder: SegmentBuilder | null;
  base: number;
  /** Records that came before the file that is being read. */
  before: number;
  waiting: FiledRecord[];
  units: number;
  summary: ConversationSummary | null;
}

/** `keep` false: records are counted, and nothing is filed any more. */
export function makeRecordFiler(order: FilingOrder, keep: () => boolean): RecordFiler {
  const { bundleId } = order;
  const most = order.waitingUnits ?? waitingUnits;
  const opened = new Map<string | undefined, Open>();
  let waiting = 0;

  function openOf(key: string | undefined, platform: Platform = order.platform): Open {
    let open = opened.get(key);
    if (open === undefined) {
      const n = order.first + opened.size;
      const builder = key === undefined ? makeSegmentBuilder({ bundleId, n, platform, packing: zstdPacking }) : null;
      open = { n, platform, tally: makeTally(), filed: [], builder, base: 0, before: 0, waiting: [], units: 0, summary: null };
      opened.set(key, open);
    }
    return open;
  }

  async function file(open: Open, segments: readonly Segment[]): Promise<void> {
    for (const segment of segments) {
      open.filed.push({ id: segment.entry.id, base: open.base, count: segment.count });
      open.base += segment.count;
      await order.write(segment);
    }
  }

  /** Files what waits, but for the last `leave` records: the title belongs to the last segment, which must not be empty. */
  async function fileWaiting(open: Open, leave: number, title: string | null): Promise<void> {
    const records = open.waiting.slice(0, open.waiting.length - leave);
    if (records.length === 0) return;
    const builder = makeSegmentBuilder({
      bundleId,
      n: open.n,
      platform: open.platform,
      packing: zstdPacking,
      from: { base: open.base, number: open.filed.length },
    });
    await file(open, [...builder.add(records), ...builder.finish(title)]);
    open.waiting = open.waiting.slice(records.length);
    waiting -= open.units;
    open.units = open.waiting.reduce((sum, record) => sum + unitsOf(record), 0);
    waiting += open.units;
  }

  async function add(key: string | undefined, own: readonly FiledRecord[], platform?: Platform): Promise<void> {
    const open = openOf(key, platform);
    const { before } = open;
    const records = before === 0 ? own : own.map((record) => shifted(record, before));
    for (const record of records) open.tally.add(record);
    if (!keep()) return;
    if (open.builder !== null) return file(open, open.builder.add(records));
    for (const record of records) {
      const units = unitsOf(record);
      open.waiting.push(record);
      open.units += units;
      waiting += units;
      if (open.waiting.length > segmentLimits.records || open.units > segmentLimits.segmentText) await fileWaiting(open, 1, null);
      if (waiting > most) await fileWaiting(largest(opened.values()), 1, null);
    }
  }

  function goOn(): void {
    for (const open of opened.values()) open.before = open.tally.result().counts.records;
  }

  async function end(key: string | undefined, summary: ConversationSummary): Promise<void> {
    const open = openOf(key);
    open.summary = summary;
    if (!keep()) return;
    if (open.builder !== null) await file(open, open.builder.finish(summary.title));
    else await fileWaiting(open, 0, summary.title);
  }

  function conversations(): readonly FiledConversation[] {
    return [...opened.values()].map(({ n, tally, filed, summary }) => {
      if (summary === null) throw new Error('ingest: a reader ended without its conversation');
      const { title, kind, participants, order: ordered } = summary;
      return {
        n,
        title,
        platform: summary.platform,
        kind,
        participants,
        ...(ordered === undefined ? {} : { order: ordered }),
        ...tally.result(),
        segments: filed,
      };
    });
  }

  return { add, goOn, end, conversations };
}

/** The message that is answered stands so much further on in the conversation. */
function shifted(record: FiledRecord, by: number): FiledRecord {
  const ordinal = record.replyTo?.ordinal;
  return ordinal === undefined ? record : { ...record, replyTo: { ...record.replyTo, ordinal: ordinal + by } };
}

function unitsOf(record: FiledRecord): number {
  return unitsOfRecord + record.raw.length + record.text.length;
}

function largest(all: Iterable<Open>): Open {
  let found: Open | null = null;
  for (const open of all) if (found === null || (open.waiting.length > 1 ? open.units : 0) > (found.waiting.length > 1 ? found.units : 0)) found = open;
  if (found === null) throw new Error('ingest: nothing waits');
  return found;
}

export interface Tally {
  readonly add: (record: Pick<ChatRecord, 'kind' | 'local' | 'certainty'> & { readonly attachments?: readonly { readonly presence: Presence }[] }) => void;
  readonly result: () => {
    readonly counts: Omit<BundleCounts, 'conversations'>;
    readonly period: { readonly first: LocalTime; readonly last: LocalTime } | null;
  };
}

/** Counts as the receipt and the API give them; system records have no sender. */
export function makeTally(): Tally {
  let messages = 0;
  let systemMessages = 0;
  const attachments: Record<Presence, number> = { present: 0, missing: 0, omitted: 0 };
  let first: LocalTime | null = null;
  let last: LocalTime | null = null;
  return {
    add: (record) => {
      if (record.kind === 'system') systemMessages++;
      else messages++;
      for (const { presence } of record.attachments ?? []) attachments[presence]++;
      if (record.certainty === 'impossible') return;
      if (first === null || record.local < first) first = record.local;
      if (last === null || record.local > last) last = record.local;
    },
    result: () => ({
      counts: { records: messages + systemMessages, messages, systemMessages, attachments: { ...attachments } },
      period: first === null || last === null ? null : { first, last },
    }),
  };
}
