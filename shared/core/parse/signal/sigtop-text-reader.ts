// Reader of sigtop's text: blocks of fields, an empty line, the words. FORMATS: section 1.3 (b).
//
//   Conversation: Sanne Bakker (+31620000003)
//                                                   ← empty
//   From: Sanne Bakker (+31620000003)               ← not of a notice without a person
//   Type: incoming
//   Sent: Thu, 21 Sep 2023 00:24:17 +0200
//   Attachment: foto.jpg (image/jpeg, 1234 bytes)
//   Reaction: 👍 from You
//                                                   ← `> From: …` a quote · `| Version: 2` versions, newest first
//   the words
//                                                   ← empty
import type { ChatRecord } from '#core/model/chat.ts';
import { type CutPiece, type Cutting, cutByStarts } from '../cut-by-starts.ts';
import { noTime } from '../exact-time.ts';
import { makeOneConversation } from '../one-conversation.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { makeFindPresence } from '../whatsapp/attachment.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { conversationNameOf } from './conversation-name.ts';
import { readSigtopBlock } from './sigtop-block.ts';
import { isSigtopShort, readSigtopShort, shortStart } from './sigtop-short.ts';

export const sigtopTextReader: Reader = { format: 'sigtop-text', version: 'sigtop-text-1', sniff: sniffSigtopText, read: readSigtopText };

function sniffSigtopText(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '');
  if (/^Conversation: [^\r\n]*\r?\n\r?\n(?:From: [^\r\n]*\r?\n)?Type: /.test(text)) return 1;
  if (/^From: [^\r\n]*\r?\nType: (?:incoming|outgoing)\r?\nSent: /.test(text)) return 0.9;
  return isSigtopShort(text) ? 1 : 0;
}

const cutting: Cutting = {
  start: /^(?:From: [^\r\n]{0,150}\r?\n)?Type: [\w-]{1,40}\r?$/gm,
  // The second line of a block is no start of its own; a start has an empty line before it.
  accept: (before) => before === '' || before === '\u00ef\u00bb\u00bf' || /\n\r?\n$/.test(before),
};

const shortCutting: Cutting = {
  start: shortStart,
  accept: (before) => before === '' || before.endsWith('\n') || before === '\u00ef\u00bb\u00bf',
};

async function* readSigtopText(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const presence = makeFindPresence(source.siblings);
  const conversation = makeOneConversation(source, 'signal');
  let about = conversationNameOf(source.name);
  let first = true;
  let short = false;

  function toRecord(piece: CutPiece): ChatRecord {
    const [line] = piece.lines;
    const place = { raw: piece.raw, bytes: piece.bytes, lines: piece.lines };
    const block = piece.kind === 'broken' ? null : short ? readSigtopShort(piece.raw) : readSigtopBlock(piece.raw, presence);
    if (block === null) {
      conversation.doubt('line.not-understood', 'warning', line);
      return { kind: 'unknown', sender: null, ...noTime, text: piece.raw, ...place };
    }
    if (block.time.certainty === 'impossible') conversation.doubt(block.time === noTime ? 'date.impossible' : 'time.does-not-exist', 'warning', line);
    if (block.time.certainty === 'ambiguous') conversation.doubt('time.ambiguous', 'note', line);
    if (!block.known) conversation.doubt('system-line.unknown', 'note', line);
    if (block.system?.event === 'timer-on') conversation.doubt('timer.on', 'warning', line);
    if (block.empty) conversation.doubt('line.not-understood', 'warning', line);
    conversation.tellAttachments(block.attachments, line);
    const sender = block.kind === 'system' ? null : (block.from ?? 'Unknown');
    if (sender !== null) conversation.participants.spoke(sender);
    return {
      kind: block.kind,
      sender,
      ...block.time,
      ...(block.direction === null ? {} : { direction: block.direction }),
      text: block.text,
      ...(block.revisions.length === 0 ? {} : { revisions: block.revisions }),
      ...(block.edited ? { edited: true as const } : {}),
      ...(block.attachments.length === 0 ? {} : { attachments: block.attachments }),
      ...(block.system === null ? {} : { system: block.system }),
      ...(block.quote === null ? {} : { replyTo: block.quote }),
      ...(block.reactions.length === 0 ? {} : { reactions: block.reactions }),
      ...(block.kind === 'call' ? { call: { outcome: 'unknown' as const } } : {}),
      ...place,
    };
  }

  function choose(head: string): Cutting {
    short = isSigtopShort(head.replace(/^\u00ef\u00bb\u00bf/, ''));
    if (short) conversation.doubt('format.lossy', 'warning', 1);
    return short ? shortCutting : cutting;
  }

  for await (const piece of cutByStarts(source.open(), choose)) {
    if (piece.replaced) conversation.doubt('encoding.replaced', 'warning', piece.lines[0]);
    if (piece.kind === 'around') {
      const named = first ? /^\ufeff?Conversation: ([^\r\n]*)/.exec(piece.raw)?.[1] : undefined;
      if (named !== undefined) about = conversationNameOf(named);
      else if (piece.raw.trim() !== '') conversation.doubt('preamble.present', 'note', piece.lines[0]);
      yield { type: 'preamble', text: piece.raw, bytes: piece.bytes };
    } else conversation.add(toRecord(piece));
    first = false;
    yield* conversation.flushed();
  }
  yield* conversation.finish(about);
}
