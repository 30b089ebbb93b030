// Reader of Telegram Desktop's result.json: one chat or a whole account, in one pass, however large. FORMATS: section 1.4.
import type { ChatRecord, ConversationSummary, ReplyTo } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { makeRecordBatch } from '../batch-records.ts';
import { type JsonFacts, type JsonPiece, type JsonShape, readJsonItem, readJsonPieces } from '../json-pieces.ts';
import { isObject } from '../json-value.ts';
import { makeParticipants, type Participants } from '../participants.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { makeFindPresence } from '../whatsapp/attachment.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { makeOrdinals, type Ordinals } from './ordinals.ts';
import { type ReadItem, readItem } from './telegram-item.ts';
import { makeTelegramNames, type TelegramNames } from './telegram-names.ts';

export const telegramReader: Reader = { format: 'telegram', version: 'telegram-2', sniff: sniffTelegram, read: readTelegram };

const shape: JsonShape = { lists: new Set(['messages']), facts: new Set(['name', 'type', 'id']) };

const chatType = /"type"\s*:\s*"(?:saved_messages|replies|verification_codes|personal_chat|bot_chat|private_\w+|public_\w+)"/;

function sniffTelegram(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '');
  if (!/^\s*\{/.test(text)) return 0;
  const has = (key: string) => text.includes(`"${key}"`);
  if (chatType.test(text) && (has('messages') || has('chats'))) return 1;
  // An account begins with its owner and contacts: the first chat may lie beyond what is seen here.
  if (has('personal_information') && (has('frequent_contacts') || has('contacts') || has('profile_pictures'))) return 0.9;
  return (has('messages') && has('date_unixtime')) || (has('frequent_contacts') && has('chats')) ? 0.9 : 0;
}

interface Chat {
  readonly key: string;
  readonly names: TelegramNames;
  readonly participants: Participants;
  readonly ordinals: Ordinals;
}

async function* readTelegram(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const { file } = source;
  const presence = makeFindPresence(source.siblings);
  const withFiles = source.siblings.size > 0;
  const batch = makeRecordBatch();
  const doubts: Doubt[] = [];
  let chat: Chat | null = null;
  let number = -1;
  let omitted = 0;
  let missing = 0;

  const doubt = (code: Doubt['code'], severity: Doubt['severity'], line: number, evidence?: Doubt['evidence']) =>
    doubts.push({ code, severity, place: { file, line }, ...(evidence === undefined ? {} : { evidence }) });

  function chatOf(n: number): Chat {
    if (chat === null || number !== n) {
      chat = { key: String(n), names: makeTelegramNames(), participants: makeParticipants(), ordinals: makeOrdinals() };
      number = n;
    }
    return chat;
  }

  function replyOf(read: ReadItem, { ordinals }: Chat): ReplyTo | null {
    if (read.replyTo === null) return null;
    const ordinal = read.replyTo.elsewhere ? null : ordinals.find(read.replyTo.id);
    return { nativeId: String(read.replyTo.id), ...(ordinal === null ? {} : { ordinal }) };
  }

  function toRecord(piece: JsonPiece, own: Chat): ChatRecord {
    const place = { raw: piece.raw, bytes: piece.bytes, lines: piece.lines };
    const [line] = piece.lines;
    const value = readJsonItem(piece);
    if (!isObject(value)) {
      own.ordinals.push(null);
      doubt('line.not-understood', 'warning', line);
      return { kind: 'unknown', sender: null, local: '1970-01-01T00:00' as ChatRecord['local'], certainty: 'impossible', text: piece.raw, ...place };
    }
    const read = readItem(value, presence);
    const { local, certainty, instant } = read.time;
    if (certainty === 'ambiguous') doubt('time.ambiguous', 'note', line);
    if (certainty === 'impossible') doubt(local.startsWith('1970') ? 'date.impossible' : 'time.does-not-exist', 'warning', line);
    if (read.strange) doubt('line.not-understood', 'warning', line);
    if (read.notice !== null && !read.notice.known) doubt('system-line.unknown', 'note', line);
    if (read.notice?.event.event === 'timer-on') doubt('timer.on', 'warning', line);
    if (read.edited && read.reactions.length > 0) doubt('edit.uncertain', 'note', line);
    for (const attachment of read.attachments) {
      if (attachment.presence === 'omitted') omitted++;
      if (attachment.presence === 'missing' && withFiles) doubt('attachment.missing', 'warning', line);
      else if (attachment.presence === 'missing') missing++;
    }
    const sender = read.kind === 'system' ? null : own.names.label(read.senderName, read.senderId);
    if (sender !== null) own.participants.spoke(sender);
    else if (read.senderName !== null) own.participants.known(own.names.label(read.senderName, read.senderId));
    const replyTo = replyOf(read, own);
    own.ordinals.push(read.id);
    return {
      kind: read.kind,
      sender,
      local,
      certainty,
      ...(instant === undefined ? {} : { instant }),
      text: read.text,
      ...(read.edited ? { edited: true as const } : {}),
      ...(read.attachments.length === 0 ? {} : { attachments: read.attachments }),
      ...(read.notice === null ? {} : { system: read.notice.event }),
      ...(replyTo === null ? {} : { replyTo }),
      ...(read.reactions.length === 0 ? {} : { reactions: read.reactions }),
      ...(read.forwarded === null ? {} : { forwarded: read.forwarded }),
      ...(read.call === null ? {} : { call: read.call }),
      ...(read.id === null ? {} : { nativeId: String(read.id) }),
      ...place,
    };
  }

  function* flush(): Generator<ReaderEvent> {
    yield* batch.take();
    for (const one of doubts) yield { type: 'doubt', doubt: one };
    doubts.length = 0;
  }

  for await (const event of readJsonPieces(source.open(), shape)) {
    if (event.type === 'piece') {
      const { piece } = event;
      if (piece.replaced) doubt('encoding.replaced', 'warning', piece.lines[0]);
      if (piece.kind === 'around') {
        yield { type: 'preamble', text: piece.raw, bytes: piece.bytes };
        continue;
      }
      const own = chatOf(piece.chat);
      batch.add(own.key, toRecord(piece, own));
      if (batch.isFull()) yield* flush();
    } else if (event.type === 'chat-end') {
      yield* flush();
      const { key, participants } = chatOf(event.chat);
      const { bytes } = event;
      yield { type: 'conversation', conversation: key, summary: summaryOf(event.facts, participants), ...(bytes === undefined ? {} : { bytes }) };
    } else if (event.open > 0) doubt('file.cut-off', 'warning', event.line);
  }
  if (omitted > 0) doubts.push({ code: 'attachment.omitted', severity: 'note', place: { file }, count: omitted });
  if (missing > 0) doubts.push({ code: 'attachment.missing', severity: 'warning', place: { file }, count: missing });
  yield* flush();
}

function summaryOf(facts: JsonFacts, participants: Participants): ConversationSummary {
  const type = facts['type'] ?? '';
  const name = facts['name'];
  const direct = type === 'personal_chat' || type === 'bot_chat' || type === 'saved_messages' || type === 'verification_codes';
  const group = /group|channel/.test(type);
  return {
    platform: 'telegram',
    kind: direct ? 'direct' : group ? 'group' : 'unknown',
    title: name === undefined || name === '' ? null : name,
    participants: participants.list(),
    dateOrder: null,
    layouts: [],
  };
}
