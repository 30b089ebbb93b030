// Reader of Teams: Graph JSON from a tool (a list, or pages of it) and the personal export in Skype's shape. FORMATS: section 1.6.
// The order is that of the file: Graph gives the newest first.
import type { ChatRecord, ConversationSummary } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { makeRecordBatch } from '../batch-records.ts';
import { type FileOrder, makeFileOrder } from '../file-order.ts';
import { type JsonFacts, type JsonPiece, type JsonShape, readJsonItem, readJsonPieces } from '../json-pieces.ts';
import { objectOf } from '../json-value.ts';
import { makeParticipants, type Participants } from '../participants.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { makeTelegramNames, type TelegramNames } from '../telegram/telegram-names.ts';
import { makeFindPresence } from '../whatsapp/attachment.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { withHead } from '../with-head.ts';
import { readGraphItem } from './graph-item.ts';
import { readSkypeItem } from './skype-item.ts';
import type { TeamsItem, TeamsPerson } from './teams-item.ts';

export const teamsReader: Reader = { format: 'teams', version: 'teams-3', sniff: sniffTeams, read: readTeams };

/** Of the personal export. */
const ownList = 'MessageList';

const facts: JsonShape['facts'] = new Set(['displayName', 'id', '@odata.nextLink']);

/** A bare list holds messages; a list of pages holds pages, and their messages are what counts. */
function shapeOf(head: Uint8Array): JsonShape {
  const pages = /^\s*\[\s*\{\s*"(?:@odata|value")/.test(
    makeDecoder('utf-8')
      .decode(head)
      .replace(/^\ufeff/, ''),
  );
  return { lists: new Set(['value', 'messages', ownList, ...(pages ? [] : [''])]), facts };
}

function sniffTeams(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '');
  if (!/^\s*[{[]/.test(text)) return 0;
  const has = (key: string) => text.includes(`"${key}"`);
  if (has(ownList) || (has('messagetype') && has('originalarrivaltime'))) return 1;
  if (has('messageType') && has('createdDateTime') && (has('body') || has('chatId') || has('channelIdentity'))) return 1;
  return has('exportDate') && has('conversations') && has('userId') ? 0.8 : 0;
}

interface Chat {
  readonly key: string;
  readonly id: string | null;
  readonly names: TelegramNames;
  readonly participants: Participants;
  title: { readonly text: string; readonly at: string } | null;
  readonly order: FileOrder;
}

async function* readTeams(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const { file } = source;
  const presence = makeFindPresence(source.siblings);
  const batch = makeRecordBatch();
  const doubts: Doubt[] = [];
  /** Name of each account, as last met. */
  const accounts = new Map<string, string>();
  const known = (id: string | null) => (id === null ? null : (accounts.get(id) ?? null));
  /** Graph: by the id of the chat or channel, whatever page it stands on. */
  const graphChats = new Map<string, Chat>();
  /** The account's own export: by the number of the chat in the file; in a broken file one may begin before another ended, or never end. */
  const ownChats = new Map<number, Chat>();
  let omitted = 0;

  const doubt = (code: Doubt['code'], severity: Doubt['severity'], line?: number) =>
    doubts.push({ code, severity, place: line === undefined ? { file } : { file, line } });

  function ownChat(n: number): Chat {
    const chat = ownChats.get(n) ?? makeChat(`own:${file}:${n}`, null);
    ownChats.set(n, chat);
    return chat;
  }

  function graphChat(id: string | null): Chat {
    const key = id ?? '';
    const chat = graphChats.get(key) ?? makeChat(`graph:${key}`, id);
    graphChats.set(key, chat);
    return chat;
  }

  function labelOf(person: TeamsPerson | null, chat: Chat): string | null {
    if (person === null || (person.name === null && person.id === null)) return null;
    if (person.name !== null && person.id !== null) accounts.set(person.id, person.name);
    return chat.names.label(person.name ?? known(person.id) ?? person.id, person.id);
  }

  function toRecord(piece: JsonPiece): { readonly chat: Chat; readonly record: ChatRecord } {
    const place = { raw: piece.raw, bytes: piece.bytes, lines: piece.lines };
    const [line] = piece.lines;
    const value = readJsonItem(piece);
    if (typeof value !== 'object' || value === null) {
      doubt('line.not-understood', 'warning', line);
      const record: ChatRecord = {
        kind: 'unknown',
        sender: null,
        local: '1970-01-01T00:00' as ChatRecord['local'],
        certainty: 'impossible',
        text: piece.raw,
        ...place,
      };
      return { chat: piece.list === ownList ? ownChat(piece.chat) : graphChat(null), record };
    }
    const item = objectOf(value);
    const isOwn = piece.list === ownList || 'messagetype' in item;
    const read = isOwn ? readSkypeItem(item, presence, known) : readGraphItem(item, presence, known);
    const chat = isOwn ? ownChat(piece.chat) : graphChat(read.conversation);
    note(read, chat, line);
    const sender = labelOf(read.sender, chat);
    if (sender !== null) chat.participants.spoke(sender);
    return { chat, record: { ...recordOf(read, sender), ...place } };
  }

  function note(read: TeamsItem, chat: Chat, line: number): void {
    const { local, certainty } = read.time;
    if (read.strange) doubt('line.not-understood', 'warning', line);
    if (read.notice !== null && !read.notice.known) doubt('system-line.unknown', 'note', line);
    if (read.kind === 'text' && read.text === '' && read.deleted === null) doubt('message.empty', 'note', line);
    for (const one of read.attachments) if (one.presence === 'omitted') omitted++;
    if (certainty === 'impossible') return void doubt('date.impossible', 'warning', line);
    chat.order.step(local);
    if (read.renamed !== null && (chat.title === null || local >= chat.title.at)) chat.title = { text: read.renamed, at: local };
  }

  function* flush(): Generator<ReaderEvent> {
    yield* batch.take();
    for (const one of doubts) yield { type: 'doubt', doubt: one };
    doubts.length = 0;
  }

  const { head, all } = await withHead(source.open(), 512);
  for await (const event of readJsonPieces(all, shapeOf(head))) {
    if (event.type === 'piece') {
      const { piece } = event;
      if (piece.replaced) doubt('encoding.replaced', 'warning', piece.lines[0]);
      if (piece.kind === 'around') {
        yield { type: 'preamble', text: piece.raw, bytes: piece.bytes };
        continue;
      }
      const { chat, record } = toRecord(piece);
      batch.add(chat.key, record);
      if (batch.isFull()) yield* flush();
    } else if (event.type === 'chat-end') {
      if (event.facts['@odata.nextLink'] !== undefined) doubt('page.continues', 'warning');
      const ended = ownChats.get(event.chat);
      if (ended === undefined) continue;
      ownChats.delete(event.chat);
      if (ended.order.isNewestFirst()) doubt('order.newest-first', 'note');
      yield* flush();
      const { bytes } = event;
      yield { type: 'conversation', conversation: ended.key, summary: summaryOf(ended, event.facts), ...(bytes === undefined ? {} : { bytes }) };
    } else if (event.open > 0) doubt('file.cut-off', 'warning', event.line);
  }
  if (omitted > 0) doubts.push({ code: 'attachment.omitted', severity: 'note', place: { file }, count: omitted });
  const open = [...ownChats.values(), ...graphChats.values()];
  for (const chat of open) if (chat.order.isNewestFirst()) doubt('order.newest-first', 'note');
  yield* flush();
  for (const chat of open) yield { type: 'conversation', conversation: chat.key, summary: summaryOf(chat, {}) };
}

function makeChat(key: string, id: string | null): Chat {
  return { key, id, names: makeTelegramNames(), participants: makeParticipants(), title: null, order: makeFileOrder() };
}

function recordOf(read: TeamsItem, sender: string | null): Omit<ChatRecord, 'raw' | 'bytes' | 'lines'> {
  const { local, certainty, instant } = read.time;
  return {
    kind: read.kind,
    sender,
    local,
    certainty,
    ...(instant === undefined ? {} : { instant }),
    text: read.text,
    ...(read.edited ? { edited: true as const } : {}),
    ...(read.deleted === null || read.deleted === undefined ? {} : { deleted: read.deleted }),
    ...(read.attachments.length === 0 ? {} : { attachments: read.attachments }),
    ...(read.notice === null ? {} : { system: read.notice.event }),
    ...(read.replyTo === null ? {} : { replyTo: read.replyTo }),
    ...(read.reactions.length === 0 ? {} : { reactions: read.reactions }),
    ...(read.forwarded === null ? {} : { forwarded: read.forwarded }),
    ...(read.call === null ? {} : { call: read.call }),
    ...(read.nativeId === null ? {} : { nativeId: read.nativeId }),
  };
}

/** `…@unq.gbl.spaces` is a chat of two; a thread, a channel and a meeting are groups. */
function summaryOf(chat: Chat, facts: JsonFacts): ConversationSummary {
  const id = chat.id ?? facts['id'] ?? '';
  const direct = /@unq\.gbl\.spaces$|^(?:8|2|28|48|4|1):/.test(id);
  const group = /@thread\./.test(id);
  const name = facts['displayName'];
  return {
    platform: 'teams',
    kind: direct ? 'direct' : group ? 'group' : 'unknown',
    title: name !== undefined && name !== '' ? name : (chat.title?.text ?? null),
    participants: chat.participants.list(),
    ...(chat.order.isNewestFirst() ? { order: 'newest-first' as const } : {}),
    dateOrder: null,
    layouts: [],
  };
}
