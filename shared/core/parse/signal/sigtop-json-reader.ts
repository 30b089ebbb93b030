// Reader of sigtop's JSON: the rows of one conversation as Signal Desktop keeps them. FORMATS: section 1.3 (b).
import type { ChatRecord, ReplyTo } from '#core/model/chat.ts';
import { noTime } from '../exact-time.ts';
import { type JsonPiece, type JsonShape, readJsonItem, readJsonPieces } from '../json-pieces.ts';
import { isObject } from '../json-value.ts';
import { makeOneConversation } from '../one-conversation.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { makeFindPresence } from '../whatsapp/attachment.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { conversationNameOf } from './conversation-name.ts';
import { makeSentOrdinals } from './sent-ordinals.ts';
import { withoutSignalSecrets } from './signal-secrets.ts';
import { readSigtopRow, type SigtopRow } from './sigtop-row.ts';

export const sigtopJsonReader: Reader = { format: 'sigtop-json', version: 'sigtop-json-2', sniff: sniffSigtop, read: readSigtop };

function sniffSigtop(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '');
  if (!/^\s*\[\s*\{/.test(text)) return 0;
  const has = (key: string) => text.includes(`"${key}"`);
  return has('conversationId') && has('type') && (has('sent_at') || has('received_at')) ? 1 : 0;
}

/** As sigtop calls the one whose Signal Desktop it is. */
const ownLabel = 'You';
const nobody = 'Unknown';
const rows: JsonShape = { lists: new Set(['']), facts: new Set() };

async function* readSigtop(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const { title, kind } = conversationNameOf(source.name);
  const presence = makeFindPresence(source.siblings);
  const conversation = makeOneConversation(source, 'signal');
  const ordinals = makeSentOrdinals();

  /** Between two people everything that comes in is from the other one, whom the file is named after. */
  function labelOf(read: SigtopRow): string {
    if (read.direction === 'outgoing') return ownLabel;
    if (kind === 'direct' && title !== null && read.direction === 'incoming') return title;
    return read.source ?? nobody;
  }

  function tell(read: SigtopRow, line: number): void {
    if (read.time.certainty === 'impossible') conversation.doubt('date.impossible', 'warning', line);
    if (read.empty) conversation.doubt('line.not-understood', 'warning', line);
    if (!read.known) conversation.doubt('system-line.unknown', 'note', line);
    if (read.timer) conversation.doubt('timer.on', 'warning', line);
    conversation.tellAttachments(read.attachments, line);
  }

  function replyTo({ quote }: SigtopRow): ReplyTo | null {
    if (quote === null) return null;
    const ordinal = ordinals.find(null, quote.sentMs);
    return {
      ...(ordinal === null ? {} : { ordinal }),
      ...(quote.sentMs === null ? {} : { nativeId: quote.sentMs }),
      ...(quote.text === null ? {} : { text: quote.text }),
      ...(quote.author === null ? {} : { sender: quote.author }),
    };
  }

  function toRecord(piece: JsonPiece): ChatRecord {
    const clean = withoutSignalSecrets(piece.raw);
    conversation.addSecrets(clean.removed + clean.fileKeys);
    const place = { raw: clean.text, bytes: piece.bytes, lines: piece.lines };
    const [line] = piece.lines;
    const row = readJsonItem(piece);
    if (!isObject(row)) {
      ordinals.push(null, null);
      conversation.doubt('line.not-understood', 'warning', line);
      return { kind: 'unknown', sender: null, ...noTime, text: clean.text, ...place };
    }
    const read = readSigtopRow(row, presence);
    tell(read, line);
    const sender = read.kind === 'system' ? null : labelOf(read);
    if (sender !== null) conversation.participants.spoke(sender);
    const reply = replyTo(read);
    ordinals.push(null, read.sentMs);
    return {
      kind: read.kind,
      sender,
      ...read.time,
      ...(read.direction === null ? {} : { direction: read.direction }),
      text: read.text,
      ...(read.revisions.length === 0 ? {} : { edited: true as const, revisions: read.revisions }),
      ...(read.deleted === null ? {} : { deleted: read.deleted }),
      ...(read.attachments.length === 0 ? {} : { attachments: read.attachments }),
      ...(read.system === null ? {} : { system: read.system }),
      ...(reply === null ? {} : { replyTo: reply }),
      ...(read.reactions.length === 0 ? {} : { reactions: read.reactions }),
      ...(read.kind === 'call' ? { call: { outcome: 'unknown' as const } } : {}),
      ...(read.sentMs === null ? {} : { nativeId: read.sentMs }),
      ...place,
    };
  }

  for await (const event of readJsonPieces(source.open(), rows)) {
    if (event.type === 'end' && event.open > 0) conversation.doubt('file.cut-off', 'warning', event.line);
    if (event.type !== 'piece') continue;
    const { piece } = event;
    if (piece.replaced) conversation.doubt('encoding.replaced', 'warning', piece.lines[0]);
    if (piece.kind === 'around') yield { type: 'preamble', text: withoutSignalSecrets(piece.raw).text, bytes: piece.bytes };
    else conversation.add(toRecord(piece));
    yield* conversation.flushed();
  }
  yield* conversation.finish({ kind, title });
}
