// Reader of Signal's own export of readable text: `main.jsonl`, one frame a line, all chats of an account. FORMATS: section 1.3 (a).
// One pass; keys never get into what is kept of it (decision 0011). Who takes part comes before what was said.
import type { ChatRecord, ConversationSummary, ReplyTo } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { makeRecordBatch } from '../batch-records.ts';
import { noTime } from '../exact-time.ts';
import { readJson } from '../json-pieces.ts';
import { isObject, type Json, stringOf } from '../json-value.ts';
import { makeParticipants, type Participants } from '../participants.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { type LinePiece, readLinePieces } from './line-pieces.ts';
import { makeSentOrdinals, type SentOrdinals } from './sent-ordinals.ts';
import { makeSignalFiles } from './signal-files.ts';
import { earlierMoments, objectOf, readChatItem, readRevisions, type SignalSaid, sentTime, statusOf } from './signal-item.ts';
import { makeSignalPeople } from './signal-people.ts';
import { withoutSignalSecrets } from './signal-secrets.ts';

export const signalReader: Reader = { format: 'signal', version: 'signal-2', sniff: sniffSignal, read: readSignal };

function sniffSignal(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '');
  if (!/^\s*\{/.test(text)) return 0;
  if (/^\s*\{[^\n]{0,400}"backupTimeMs"\s*:/.test(text)) return 1;
  return /^\s*\{"(?:recipient|chat|chatItem|account)"\s*:\s*\{/.test(text) && /\n\{"(?:recipient|chat|chatItem)"\s*:/.test(text) ? 0.8 : 0;
}

interface Chat {
  readonly recipient: string | null;
  readonly participants: Participants;
  readonly ordinals: SentOrdinals;
}

async function* readSignal(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const { file } = source;
  const people = makeSignalPeople();
  const files = makeSignalFiles(source.siblings);
  const context = { people, files };
  const chats = new Map<string, Chat>();
  const batch = makeRecordBatch();
  const doubts: Doubt[] = [];
  let secrets = 0;
  let omitted = 0;
  let lastCut: number | null = null;

  const doubt = (code: Doubt['code'], severity: Doubt['severity'], line: number) => doubts.push({ code, severity, place: { file, line } });

  function chatOf(key: string, recipient: string | null): Chat {
    let chat = chats.get(key);
    if (chat === undefined) {
      chat = { recipient, participants: makeParticipants(), ordinals: makeSentOrdinals() };
      for (const member of people.members(recipient)) chat.participants.known(member);
      chats.set(key, chat);
    }
    return chat;
  }

  function place(piece: LinePiece): Pick<ChatRecord, 'raw' | 'bytes' | 'lines'> {
    const clean = withoutSignalSecrets(piece.raw);
    secrets += clean.removed + (source.siblings.size > 0 ? 0 : clean.fileKeys);
    return { raw: clean.text, bytes: piece.bytes, lines: [piece.line, piece.line] };
  }

  function replyTo(said: SignalSaid, chat: Chat): ReplyTo | null {
    const { quote } = said;
    if (quote === null) return null;
    const ordinal = chat.ordinals.find(quote.author, quote.sentMs);
    return {
      ...(ordinal === null ? {} : { ordinal }),
      ...(quote.sentMs === null ? {} : { nativeId: quote.sentMs }),
      ...(quote.text === null ? {} : { text: quote.text }),
      ...(quote.author === null ? {} : { sender: people.label(quote.author) }),
    };
  }

  function tell(said: SignalSaid, item: Json, line: number): void {
    if (said.strange) doubt('line.not-understood', 'warning', line);
    if (said.notice?.known === false) doubt('system-line.unknown', 'note', line);
    if (said.notice?.event.event === 'timer-on' || Number(stringOf(item['expiresInMs']) ?? '0') > 0) doubt('timer.on', 'warning', line);
    if (said.continues) doubt('text.in-file', 'warning', line);
    for (const { presence } of said.attachments) {
      if (presence === 'missing') doubt('attachment.missing', 'warning', line);
      else if (presence === 'omitted') omitted++;
    }
  }

  function toRecord(item: Json, piece: LinePiece): void {
    const key = stringOf(item['chatId']) ?? '';
    const chat = chatOf(key, null);
    const author = stringOf(item['authorId']);
    const said = readChatItem(item, context);
    const time = sentTime(item) ?? noTime;
    if (time.certainty === 'impossible') doubt('date.impossible', 'warning', piece.line);
    tell(said, item, piece.line);
    const outgoing = objectOf(item['outgoing']);
    const direction = said.notice?.call?.outgoing ?? (outgoing !== null || (item['incoming'] === undefined ? null : false));
    const isSystem = said.kind === 'system';
    const sender = isSystem ? null : people.label(author);
    if (sender !== null) chat.participants.spoke(sender);
    const reply = replyTo(said, chat);
    const revisions = readRevisions(item, context);
    const status = statusOf(outgoing);
    const sentMs = stringOf(item['dateSent']);
    const system = said.notice?.event ?? (said.deletedBy === undefined ? null : { event: 'message-deleted', actor: said.deletedBy });
    chat.ordinals.push(author, sentMs, earlierMoments(item));
    batch.add(key, {
      kind: said.kind,
      sender,
      ...time,
      ...(direction === null || isSystem ? {} : { direction: direction ? ('outgoing' as const) : ('incoming' as const) }),
      ...(status === null || status === undefined ? {} : { status }),
      text: said.strange ? withoutSignalSecrets(piece.raw).text : said.text,
      ...(revisions.length === 0 ? {} : { edited: true as const, revisions }),
      ...(said.deleted === undefined ? {} : { deleted: said.deleted }),
      ...(said.attachments.length === 0 ? {} : { attachments: said.attachments }),
      ...(system === null ? {} : { system }),
      ...(reply === null ? {} : { replyTo: reply }),
      ...(said.reactions.length === 0 ? {} : { reactions: said.reactions }),
      ...(said.notice?.call === undefined ? {} : { call: { outcome: said.notice.call.outcome } }),
      ...(sentMs === null ? {} : { nativeId: sentMs }),
      ...place(piece),
    });
  }

  /** A call by a link belongs to no chat. */
  function toCall(call: Json, piece: LinePiece): void {
    const recipient = stringOf(call['recipientId']);
    const key = `link:${recipient ?? ''}`;
    const chat = chatOf(key, recipient);
    const time = sentTime({ dateSent: call['callTimestamp'] }) ?? noTime;
    if (time.certainty === 'impossible') doubt('date.impossible', 'warning', piece.line);
    chat.ordinals.push(null, null);
    const text = `Oproep via een link: ${people.label(recipient)}`;
    batch.add(key, { kind: 'system', sender: null, ...time, text, system: { event: 'call-by-link' }, ...place(piece) });
  }

  function toBroken(piece: LinePiece): void {
    doubt('line.not-understood', 'warning', piece.line);
    const at = place(piece);
    // A message that was cut off may still say where it belongs.
    const key = /^\{"chatItem":\{[^{}]{0,200}?"chatId":"(\d+)"/.exec(at.raw)?.[1] ?? '';
    chatOf(key, null).ordinals.push(null, null);
    batch.add(key, { kind: 'unknown', sender: null, ...noTime, text: at.raw, ...at });
  }

  function* flush(): Generator<ReaderEvent> {
    yield* batch.take();
    for (const one of doubts) yield { type: 'doubt', doubt: one };
    doubts.length = 0;
  }

  for await (const piece of readLinePieces(source.open())) {
    if (piece.replaced) doubt('encoding.replaced', 'warning', piece.line);
    const frame = piece.part ? undefined : readJson(piece.raw.replace(/^\ufeff/, ''));
    const item = isObject(frame) ? objectOf(frame['chatItem']) : null;
    const call = isObject(frame) ? objectOf(frame['adHocCall']) : null;
    if (item !== null) toRecord(item, piece);
    else if (call !== null) toCall(call, piece);
    else if (frame === undefined && piece.raw.trim() !== '') {
      if (!piece.closed && !piece.part) lastCut = piece.line;
      toBroken(piece);
    } else {
      if (isObject(frame)) takeFrame(frame, piece.line);
      yield { type: 'preamble', text: place(piece).raw, bytes: piece.bytes };
    }
    if (batch.isFull()) yield* flush();
  }
  if (lastCut !== null) doubt('file.cut-off', 'warning', lastCut);
  if (omitted > 0) doubts.push({ code: 'attachment.omitted', severity: 'note', place: { file }, count: omitted });
  if (secrets > 0) doubts.push({ code: 'secrets.present', severity: 'warning', place: { file }, evidence: { keys: secrets } });
  yield* flush();
  for (const [conversation, chat] of chats) yield { type: 'conversation', conversation, summary: summaryOf(chat) };

  function takeFrame(frame: Json, line: number): void {
    const account = objectOf(frame['account']);
    if (account !== null) people.account(account);
    const recipient = objectOf(frame['recipient']);
    if (recipient !== null) people.recipient(recipient);
    const chat = objectOf(frame['chat']);
    const id = stringOf(chat?.['id']);
    if (chat === null || id === null) return;
    chatOf(id, stringOf(chat['recipientId']));
    if (Number(stringOf(chat['expirationTimerMs']) ?? '0') > 0) doubt('timer.on', 'warning', line);
  }

  function summaryOf({ recipient, participants }: Chat): ConversationSummary {
    return {
      platform: 'signal',
      kind: people.kind(recipient),
      title: recipient === null ? null : people.label(recipient),
      participants: participants.list(),
      dateOrder: null,
      layouts: [],
    };
  }
}
