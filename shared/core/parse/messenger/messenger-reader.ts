// Reader of Messenger and Instagram: the `message_1.json` of a downloaded account, and the file of an end-to-end encrypted chat. Messages
// stand newest first in them, and stay so: the order of the file is the order of the conversation. FORMATS: section 1.8.
import type { ChatRecord, ConversationSummary, Platform } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { makeRecordBatch } from '../batch-records.ts';
import { type JsonFacts, type JsonPiece, type JsonShape, readJsonItem, readJsonPieces } from '../json-pieces.ts';
import { isObject } from '../json-value.ts';
import { makeParticipants } from '../participants.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { makeFindPresence } from '../whatsapp/attachment.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { readMessage } from './messenger-item.ts';
import { readMetaText } from './meta-text.ts';

export const messengerReader: Reader = { format: 'messenger', version: 'messenger-2', sniff: sniffMessenger, read: readMessenger };

const shape: JsonShape = {
  lists: new Set(['messages', 'participants']),
  facts: new Set(['title', 'thread_type', 'thread_path', 'threadName']),
};

function sniffMessenger(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '');
  if (!/^\s*\{/.test(text)) return 0;
  const has = (key: string) => text.includes(`"${key}"`);
  if (!has('messages') || !has('participants')) return 0;
  if (has('sender_name') && (has('timestamp_ms') || has('timestamp'))) return 1;
  if (has('threadName') && (has('senderName') || /"messages"\s*:\s*\[\s*\]/.test(text))) return 1;
  return has('thread_path') && has('is_still_participant') ? 0.9 : 0;
}

interface Chat {
  readonly key: string;
  readonly participants: ReturnType<typeof makeParticipants>;
  /** Steps back and forth in time, from one message to the next. */
  back: number;
  forth: number;
  last: string | null;
}

async function* readMessenger(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const { file } = source;
  const platform = await platformOf(source);
  const presence = makeFindPresence(source.siblings);
  const withFiles = source.siblings.size > 0;
  const batch = makeRecordBatch();
  const doubts: Doubt[] = [];
  const totals = { missing: 0, omitted: 0, repaired: 0, kept: 0 };
  const chats = new Map<number, Chat>();

  const doubt = (code: Doubt['code'], severity: Doubt['severity'], line: number) => doubts.push({ code, severity, place: { file, line } });

  function chatOf(n: number): Chat {
    let chat = chats.get(n);
    if (chat === undefined) {
      chat = { key: String(n), participants: makeParticipants(), back: 0, forth: 0, last: null };
      chats.set(n, chat);
    }
    return chat;
  }

  function takeParticipant(piece: JsonPiece): void {
    const value = readJsonItem(piece);
    const name = isObject(value) && typeof value['name'] === 'string' ? readMetaText(value['name']) : null;
    if (name === null) return;
    if (name.found === 'repaired') totals.repaired++;
    chatOf(piece.chat).participants.known(name.text);
  }

  function toRecord(piece: JsonPiece, chat: Chat): ChatRecord {
    const place = { raw: piece.raw, bytes: piece.bytes, lines: piece.lines };
    const [line] = piece.lines;
    const value = readJsonItem(piece);
    if (!isObject(value)) {
      doubt('line.not-understood', 'warning', line);
      return { kind: 'unknown', sender: null, local: '1970-01-01T00:00' as ChatRecord['local'], certainty: 'impossible', text: piece.raw, ...place };
    }
    const read = readMessage(value, presence);
    const { local, certainty, instant } = read.time;
    totals.repaired += read.repaired;
    totals.kept += read.kept;
    if (certainty === 'impossible') doubt('date.impossible', 'warning', line);
    else {
      if (chat.last !== null && local < chat.last) chat.back++;
      if (chat.last !== null && local > chat.last) chat.forth++;
      chat.last = local;
    }
    if (read.unitAssumed) doubt('time.unit-assumed', 'warning', line);
    if (read.strange) doubt('line.not-understood', 'warning', line);
    else if (read.empty) doubt('message.empty', 'warning', line);
    for (const { presence: found } of read.attachments) {
      if (found === 'omitted') totals.omitted++;
      else if (found === 'missing' && withFiles) doubt('attachment.missing', 'warning', line);
      else if (found === 'missing') totals.missing++;
    }
    if (read.sender !== null) chat.participants.spoke(read.sender);
    return {
      kind: read.kind,
      sender: read.sender,
      local,
      certainty,
      ...(instant === undefined ? {} : { instant }),
      text: read.text,
      ...(read.unsent ? { deleted: 'by-sender' as const } : {}),
      ...(read.attachments.length === 0 ? {} : { attachments: read.attachments }),
      ...(read.system === null ? {} : { system: read.system }),
      ...(read.reactions.length === 0 ? {} : { reactions: read.reactions }),
      ...(read.call === null ? {} : { call: read.call }),
      ...place,
    };
  }

  function* flush(): Generator<ReaderEvent> {
    for (const event of batch.take()) yield event.type === 'records' ? { ...event, platform } : event;
    for (const one of doubts) yield { type: 'doubt', doubt: one };
    doubts.length = 0;
  }

  for await (const event of readJsonPieces(source.open(), shape)) {
    if (event.type === 'piece') {
      const { piece } = event;
      if (piece.replaced) doubt('encoding.replaced', 'warning', piece.lines[0]);
      if (piece.list !== 'messages') {
        if (piece.list === 'participants') takeParticipant(piece);
        yield { type: 'preamble', text: piece.raw, bytes: piece.bytes };
        continue;
      }
      const chat = chatOf(piece.chat);
      batch.add(chat.key, toRecord(piece, chat));
      if (batch.isFull()) yield* flush();
    } else if (event.type === 'chat-end') {
      const chat = chatOf(event.chat);
      const newestFirst = chat.back > chat.forth;
      if (newestFirst) doubts.push({ code: 'order.newest-first', severity: 'note', place: { file }, evidence: { back: chat.back, forth: chat.forth } });
      yield* flush();
      yield { type: 'conversation', conversation: chat.key, summary: summaryOf(event.facts, chat, platform, newestFirst) };
    } else if (event.open > 0) doubt('file.cut-off', 'warning', event.line);
  }
  const { omitted, missing, repaired, kept } = totals;
  if (omitted > 0) doubts.push({ code: 'attachment.omitted', severity: 'note', place: { file }, count: omitted });
  if (missing > 0) doubts.push({ code: 'attachment.missing', severity: 'warning', place: { file }, count: missing });
  if (repaired > 0) doubts.push({ code: 'encoding.repaired', severity: 'note', place: { file }, evidence: { repaired } });
  // Both in one file: it is not all written the way Meta does, and nobody can tell for what was left as it stood.
  if (kept > 0) doubts.push({ code: 'encoding.guessed', severity: 'warning', place: { file }, evidence: { repaired, kept } });
  yield* flush();
}

/** Both apps write the same; only the folders of their files tell which it was. Without files it is Messenger's, as far as anybody can tell. */
async function platformOf(source: ReaderSource): Promise<Platform> {
  const decoder = makeDecoder('windows-1252');
  const mark = 'your_instagram_activity';
  let tail = '';
  for await (const chunk of source.open()) {
    const text = tail + decoder.decode(chunk);
    if (text.includes(mark)) return 'instagram';
    if (text.includes('your_facebook_activity')) return 'messenger';
    tail = text.slice(-mark.length);
  }
  return 'messenger';
}

function summaryOf(facts: JsonFacts, chat: Chat, platform: Platform, newestFirst: boolean): ConversationSummary {
  const { thread_type: type = '', title, threadName } = facts;
  const participants = chat.participants.list();
  const group = /group/i.test(type) || participants.length > 2;
  const name = title === undefined ? (threadName ?? '').replace(/_\d+$/, '') : readMetaText(title).text;
  const kind = group ? 'group' : participants.length > 0 ? 'direct' : 'unknown';
  return {
    platform,
    kind,
    title: name === '' ? null : name,
    participants,
    dateOrder: null,
    layouts: [],
    ...(newestFirst ? { order: 'newest-first' as const } : {}),
  };
}
