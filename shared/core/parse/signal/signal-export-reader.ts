// Reader of signal-export's `data.json`: one message a line, one conversation a file, in the wall time of the computer. FORMATS: section 1.3 (c).
import type { AttachmentRef, CallOutcome, ChatRecord, Reaction } from '#core/model/chat.ts';
import { noTime, type RecordTime } from '../exact-time.ts';
import { readIsoTime } from '../iso-time.ts';
import { readJson } from '../json-pieces.ts';
import { isObject, type Json, listOf, stringOf } from '../json-value.ts';
import { makeOneConversation } from '../one-conversation.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { attachmentKind, type FindPresence, makeFindPresence } from '../whatsapp/attachment.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { conversationNameOf } from './conversation-name.ts';
import { type LinePiece, readLinePieces } from './line-pieces.ts';
import { objectOf } from './signal-item.ts';
import { withoutSignalSecrets } from './signal-secrets.ts';

export const signalExportReader: Reader = { format: 'signal-export', version: 'signal-export-1', sniff: sniffExport, read: readExport };

function sniffExport(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '');
  const has = (key: string) => text.includes(`"${key}":`);
  return /^\s*\{\s*"date"\s*:/.test(text) && has('sender') && has('body') && (has('quote') || has('reactions')) ? 1 : 0;
}

/** As signal-export calls the one whose Signal Desktop it is. */
export const ownLabel = 'Me';

async function* readExport(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const presence = makeFindPresence(source.siblings);
  const conversation = makeOneConversation(source, 'signal');

  function toRecord(piece: LinePiece): ChatRecord {
    const clean = withoutSignalSecrets(piece.raw);
    conversation.addSecrets(clean.removed + clean.fileKeys);
    const { line } = piece;
    const place = { raw: clean.text, bytes: piece.bytes, lines: [line, line] as const };
    const item = piece.part ? undefined : readJson(piece.raw.replace(/^\ufeff/, ''));
    if (!isObject(item)) {
      conversation.doubt('line.not-understood', 'warning', line);
      if (!piece.closed && !piece.part) conversation.doubt('file.cut-off', 'warning', line);
      return { kind: 'unknown', sender: null, ...noTime, text: clean.text, ...place };
    }
    const time = readExportTime(stringOf(item['date']) ?? '');
    if (time.certainty === 'ambiguous') conversation.doubt('time.ambiguous', 'note', line);
    if (time.certainty === 'impossible') conversation.doubt(time === noTime ? 'date.impossible' : 'time.does-not-exist', 'warning', line);
    const sender = stringOf(item['sender']);
    if (sender !== null) conversation.participants.spoke(sender);
    const attachments = attachmentsOf(item, presence);
    conversation.tellAttachments(attachments, line);
    const body = withoutTrail(stringOf(item['body']) ?? '');
    const sticker = objectOf(item['sticker']);
    const emoji = sticker === null ? stringOf(item['sticker']) : stringOf(sticker['emoji']);
    const isCall = item['call'] === true;
    const quoted = quotedText(stringOf(item['quote']) ?? '');
    const reactions = reactionsOf(item);
    const text = [body, emoji ?? ''].filter((part) => part !== '').join('\n');
    return {
      kind: isCall ? 'call' : emoji !== null && emoji !== '' ? 'sticker' : attachments.length > 0 ? 'media' : 'text',
      sender,
      ...time,
      ...(sender === null || sender === 'No-Sender' ? {} : { direction: sender === ownLabel ? ('outgoing' as const) : ('incoming' as const) }),
      text,
      ...(item['deleted'] === true ? { deleted: 'unknown' as const } : {}),
      ...(attachments.length === 0 ? {} : { attachments }),
      ...(quoted === '' ? {} : { replyTo: { text: quoted } }),
      ...(reactions.length === 0 ? {} : { reactions }),
      ...(isCall ? { call: callOf(body, item['missed'] === true) } : {}),
      ...place,
    };
  }

  for await (const piece of readLinePieces(source.open())) {
    if (piece.replaced) conversation.doubt('encoding.replaced', 'warning', piece.line);
    if (piece.raw.trim() === '' || piece.raw === '\ufeff') yield { type: 'preamble', text: piece.raw, bytes: piece.bytes };
    else conversation.add(toRecord(piece));
    yield* conversation.flushed();
  }
  const { title } = conversationNameOf(source.name);
  yield* conversation.finish({ kind: 'unknown', title });
}

/** Wall time of the computer that exported, with parts of a second when there are any; a message without a time stands at 1970. */
export function readExportTime(date: string): RecordTime {
  return (date.startsWith('1970-01-01') ? null : readIsoTime(date, 'Europe/Amsterdam')) ?? noTime;
}

/** The exporter itself ends each body with two spaces, for its markdown. */
function withoutTrail(body: string): string {
  return body.endsWith('  ') ? body.slice(0, -2) : body;
}

/** `\n\n> first line\n> second line\n\n` → what was said. */
function quotedText(quote: string): string {
  return quote
    .split('\n')
    .flatMap((line) => (line.startsWith('> ') ? [line.slice(2)] : line.startsWith('>') ? [line.slice(1)] : line === '' ? [] : [line]))
    .join('\n');
}

function reactionsOf(item: Json): readonly Reaction[] {
  return listOf(item['reactions']).flatMap((one): Reaction[] => {
    const [name, emoji] = Array.isArray(one) ? one : isObject(one) ? [one['name'], one['emoji']] : [];
    const said = stringOf(emoji);
    return said === null ? [] : [{ emoji: said, sender: stringOf(name) }];
  });
}

function attachmentsOf(item: Json, presence: FindPresence): readonly AttachmentRef[] {
  return listOf(item['attachments'])
    .filter(isObject)
    .map((one) => {
      const path = (stringOf(one['path']) ?? '').replaceAll('%20', ' ');
      const name = stringOf(one['name']) ?? '';
      const base = path.slice(path.lastIndexOf('/') + 1);
      const left = stringOf(one['missing_kind']) !== null || path === '';
      return {
        name: name === '' ? base : name,
        presence: left ? ('omitted' as const) : presence(base),
        kind: attachmentKind(base === '' ? name : base),
        ...(left ? {} : { path }),
      };
    });
}

export function callOf(body: string, missed: boolean): { readonly outcome: CallOutcome; readonly seconds?: number } {
  const lasted = /\(accepted(?:, (?:(\d+)m )?(\d+)s)?\)/.exec(body);
  if (lasted !== null) {
    const seconds = lasted[2] === undefined ? null : Number(lasted[1] ?? 0) * 60 + Number(lasted[2]);
    return { outcome: 'answered', ...(seconds === null ? {} : { seconds }) };
  }
  if (missed || /^Missed|\(unanswered\)/.test(body)) return { outcome: 'missed' };
  return { outcome: /\(declined/.test(body) ? 'rejected' : 'unknown' };
}
