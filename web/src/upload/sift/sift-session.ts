// A picked file that is looked through before anything is sent: read once by the readers of the archive, its messages kept in packed blocks,
// so that a page of them can be asked for while the rest is still being read. Runs in a worker; knows no page.
import { makeAttachmentFinder } from '#core/intake/find-attachment.ts';
import type { ChatRecord, ConversationSummary, DateOrder } from '#core/model/chat.ts';
import type { LocalTime } from '#core/model/time.ts';
import { keyInSeries } from '#core/parse/reader.ts';
import { type ChatFileMap, makeChatFileMap } from '#core/sift/chat-file-map.ts';
import { makeNumberColumn, type NumberColumn } from '#core/sift/number-column.ts';
import { makeQuotes, type QuoteLink, type Quotes } from '#core/sift/quotes.ts';
import type { Span } from '#core/sift/strikes.ts';
import { toSpans } from '#core/sift/strikes.ts';
import { suggestionKinds, suggestPrivate } from '#core/sift/suggest-private.ts';
import { namesIn } from './names-in.ts';
import type { OpenedChat, OpenedFile } from './open-picked.ts';

/** A message as the list shows it. */
export interface SiftRow extends Pick<ChatRecord, 'kind' | 'sender' | 'local' | 'text' | 'deleted' | 'edited'> {
  readonly ordinal: number;
  readonly attachments?: readonly { readonly name: string; readonly presence: string }[];
}

export interface SiftConversation {
  /** Null as long as it is not known. */
  readonly title: string | null;
  readonly kind: ConversationSummary['kind'];
  readonly format: string;
  readonly records: number;
  readonly first: LocalTime | null;
  readonly last: LocalTime | null;
  readonly participants: readonly { readonly label: string; readonly records: number }[];
  readonly suggested: number;
}

export interface SiftProgress {
  readonly bytes: number;
  readonly total: number;
  readonly conversations: readonly SiftConversation[];
  /** Keys of the app's account; all of them when it is done. */
  readonly keys: number;
  readonly done: boolean;
}

/** Where a file that came along is mentioned. */
export interface Mention {
  readonly place: number;
  readonly ordinal: number;
  readonly member: number;
}

/** A conversation of a chat file: its place in the session, and the ordinal there of its first record in this file (others may come before). */
export interface Placed {
  readonly number: number;
  readonly first: number;
}

export interface ReadChat {
  readonly chat: OpenedChat;
  readonly map: ChatFileMap;
  readonly mentions: readonly Mention[];
  /** What the file proves of its dates. */
  readonly dateOrder: DateOrder | 'none' | 'unproven';
}

const rowsPerBlock = 128;
const breathMs = 25;

interface Conversation {
  readonly chat: number;
  readonly blocks: Uint8Array[];
  waiting: SiftRow[];
  readonly senders: Map<string, number>;
  readonly sendersOf: NumberColumn;
  readonly counts: number[];
  /** Ordinal, and which kinds as bits; in turns. */
  readonly hints: NumberColumn;
  readonly quotes: Quotes;
  first: LocalTime | null;
  last: LocalTime | null;
  summary: ConversationSummary | null;
}

export interface SiftSession {
  /** Reads all chats; calls back after every batch of records. */
  readonly read: (onBatch: () => void) => Promise<void>;
  readonly progress: () => SiftProgress;
  /** Rows [from, to) of a conversation, as far as they have been read. */
  readonly rows: (conversation: number, from: number, to: number) => readonly SiftRow[];
  readonly spansOf: (conversation: number, sender: string) => readonly Span[];
  /** Ordinals with something that may be private. */
  readonly suggested: (conversation: number) => readonly number[];
  /** By conversation: messages in which the words of another stand too. */
  readonly quotes: () => readonly (readonly QuoteLink[])[];
  /** A question must be settled before the file can be read as it will be kept. */
  readonly asks: () => boolean;
  /** Known when all has been read. */
  readonly chats: () => readonly ReadChat[];
  /** Of each chat file: its conversations, in the order of its map. */
  readonly placed: (chat: number) => readonly Placed[];
}

export function makeSiftSession(opened: OpenedFile): SiftSession {
  const conversations: Conversation[] = [];
  const maps: ChatFileMap[] = [];
  const mentions: Mention[][] = [];
  const placed: Placed[][] = [];
  let open = new Map<string | undefined, Conversation>();
  /** Nothing can be read before a person has settled something. */
  let asks = false;
  let keys = 0;
  const orders: (ReadChat['dateOrder'] | null)[] = [];
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const total = opened.chats.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  let breathed = performance.now();
  let done = false;

  function openConversation(byKey: Map<string | undefined, Conversation>, chat: number, key: string | undefined): Conversation {
    let conversation = byKey.get(key);
    if (conversation === undefined) {
      const columns = { sendersOf: makeNumberColumn(), hints: makeNumberColumn() };
      conversation = {
        ...{ chat, blocks: [], waiting: [], senders: new Map<string, number>(), counts: [], first: null, last: null, summary: null },
        ...columns,
        quotes: makeQuotes(opened.chats[chat]?.reader.format ?? ''),
      };
      byKey.set(key, conversation);
      conversations.push(conversation);
    }
    return conversation;
  }

  const indexIn = (conversation: Conversation | undefined) => (conversation === undefined ? -1 : conversations.indexOf(conversation));

  function addRecord(conversation: Conversation, record: ChatRecord): void {
    const { kind, sender, local, text, deleted, edited, attachments } = record;
    const ordinal = conversation.sendersOf.count();
    conversation.waiting.push({
      ...{ ordinal, kind, sender, local, text },
      ...(deleted === undefined ? {} : { deleted }),
      ...(edited === undefined ? {} : { edited }),
      ...(attachments === undefined ? {} : { attachments: attachments.map(({ name, presence }) => ({ name, presence })) }),
    });
    if (conversation.waiting.length === rowsPerBlock) {
      conversation.blocks.push(encoder.encode(JSON.stringify(conversation.waiting)));
      conversation.waiting = [];
    }
    let number = -1;
    if (sender !== null) {
      number = conversation.senders.get(sender) ?? conversation.senders.size;
      conversation.senders.set(sender, number);
      conversation.counts[number] = (conversation.counts[number] ?? 0) + 1;
    }
    conversation.sendersOf.push(number);
    conversation.quotes.add(record);
    const hints = kind === 'system' ? 0 : suggestPrivate(text).reduce((bits, hint) => bits | (1 << suggestionKinds.indexOf(hint.kind)), 0);
    if (hints > 0) conversation.hints.push(ordinal);
    if (record.certainty === 'impossible') return;
    if (conversation.first === null || local < conversation.first) conversation.first = local;
    if (conversation.last === null || local > conversation.last) conversation.last = local;
  }

  async function readChat(chat: OpenedChat, at: number, onBatch: () => void): Promise<void> {
    const map = makeChatFileMap(chat.reader.format, chat.head);
    if (!chat.continues) open = new Map();
    const byKey = open;
    const known = new Map<string | undefined, Conversation>();
    const find = makeAttachmentFinder(chat.files);
    const names = namesIn(chat.reader.format, chat.files);
    const own: Mention[] = [];
    maps[at] = map;
    mentions[at] = own;
    const firsts: number[] = [];
    const before = bytes;
    const source = { ...chat.source, open: () => counted(chat.source.open(), (count) => (bytes = before + count)) };
    for await (const event of chat.reader.read(source, {})) {
      if (event.type === 'preamble') map.addText(event.text, event.bytes);
      else if (event.type === 'records') {
        const conversation = openConversation(byKey, at, keyInSeries(event));
        known.set(event.conversation, conversation);
        map.addRecords(event.conversation, event.records);
        const place = map.conversations.findIndex(({ key }) => key === event.conversation);
        firsts[place] ??= conversation.sendersOf.count();
        for (const record of event.records) {
          const ordinal = conversation.sendersOf.count();
          addRecord(conversation, record);
          if (chat.files.length === 0) continue;
          const found = new Set(names(record.raw));
          for (const attachment of record.attachments ?? []) {
            const n = attachment.presence === 'present' ? find(attachment.name, attachment.path) : undefined;
            if (n !== undefined) found.add(n);
          }
          for (const n of found) own.push({ place, ordinal, member: n - 1 });
        }
        onBatch();
        if (performance.now() - breathed > breathMs) {
          // The page may ask for rows in between.
          await new Promise((resolve) => setTimeout(resolve));
          breathed = performance.now();
        }
      } else if (event.type === 'doubt') {
        asks ||= event.doubt.severity === 'question';
        if (event.doubt.code === 'secrets.present') keys += Number(event.doubt.evidence?.['keys'] ?? 0);
      } else if (event.type === 'conversation') {
        const conversation = openConversation(byKey, at, keyInSeries(event));
        known.set(event.conversation, conversation);
        conversation.summary = event.summary;
        map.end(event.conversation, event.bytes);
        orders[at] = together(orders[at] ?? null, event.summary);
      }
    }
    placed[at] = map.conversations.map(({ key }, place) => ({ number: indexIn(known.get(key)), first: firsts[place] ?? 0 }));
    bytes = before + chat.size;
  }

  return {
    read: async (onBatch) => {
      for (const [at, chat] of opened.chats.entries()) await readChat(chat, at, onBatch);
      done = true;
    },
    progress: () => ({
      bytes,
      total,
      done,
      keys,
      conversations: conversations.map((conversation): SiftConversation => {
        const { summary, senders, counts, sendersOf, first, last } = conversation;
        const format = opened.chats[conversation.chat]?.reader.format ?? '';
        return {
          title: summary?.title ?? null,
          kind: summary?.kind ?? 'unknown',
          format,
          records: sendersOf.count(),
          first,
          last,
          participants: [...senders].map(([label, number]) => ({ label, records: counts[number] ?? 0 })),
          suggested: conversation.hints.count(),
        };
      }),
    }),
    rows: (place, from, to) => {
      const conversation = conversations[place];
      if (conversation === undefined) return [];
      const { blocks, waiting } = conversation;
      const rows: SiftRow[] = [];
      for (let block = Math.floor(from / rowsPerBlock); block <= Math.floor((to - 1) / rowsPerBlock); block++) {
        const packed = blocks[block];
        const own = packed !== undefined ? (JSON.parse(decoder.decode(packed)) as SiftRow[]) : block === blocks.length ? waiting : [];
        rows.push(...own.filter(({ ordinal }) => ordinal >= from && ordinal < to));
      }
      return rows;
    },
    spansOf: (place, sender) => {
      const conversation = conversations[place];
      const number = conversation?.senders.get(sender);
      if (conversation === undefined || number === undefined) return [];
      return toSpans(ordinalsWith(conversation.sendersOf, number));
    },
    suggested: (place) => {
      const hints = conversations[place]?.hints;
      return hints === undefined ? [] : Array.from({ length: hints.count() }, (_, at) => hints.at(at));
    },
    quotes: () => conversations.map(({ quotes }) => quotes.links()),
    asks: () => asks,
    chats: () =>
      opened.chats.map((chat, at) => {
        const map = maps[at];
        if (map === undefined) throw new Error('sift: a chat that was not read');
        return { chat, map, mentions: mentions[at] ?? [], dateOrder: orders[at] ?? 'none' };
      }),
    placed: (chat) => placed[chat] ?? [],
  };
}

function* ordinalsWith(column: NumberColumn, value: number): Generator<number> {
  for (let at = 0; at < column.count(); at++) if (column.at(at) === value) yield at;
}

function together(known: ReadChat['dateOrder'] | null, { dateOrder }: ConversationSummary): ReadChat['dateOrder'] {
  if (dateOrder === null) return known ?? 'none';
  const order = dateOrder.certainty === 'proven' ? dateOrder.order : 'unproven';
  return known === null || known === 'none' || known === order ? order : 'unproven';
}

async function* counted(stream: AsyncIterable<Uint8Array>, tell: (count: number) => void): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const chunk of stream) {
    count += chunk.length;
    tell(count);
    yield chunk;
  }
}
