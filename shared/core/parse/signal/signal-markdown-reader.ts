// Reader of signal-export's `chat.md`. Markdown for people: what somebody pasted can look like a new message, and who was quoted is lost.
// The same tool writes `data.json` beside it, which is better: that is said with every such file. FORMATS: section 1.3 (c).
//
//   [2019-05-29 15:04:11] Aya: text··       ← two spaces; older: [2019-05-29, 15:04]
//   second line of it··
//   (- Jim: 👍, Me: ❤️ -)
//                                           ← empty line between messages
import type { AttachmentRef, ChatRecord, Reaction } from '#core/model/chat.ts';
import { type CutPiece, type Cutting, cutByStarts } from '../cut-by-starts.ts';
import { noTime } from '../exact-time.ts';
import { makeOneConversation } from '../one-conversation.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { attachmentKind, type FindPresence, makeFindPresence } from '../whatsapp/attachment.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { conversationNameOf } from './conversation-name.ts';
import { callOf, ownLabel, readExportTime } from './signal-export-reader.ts';

export const signalMarkdownReader: Reader = { format: 'signal-markdown', version: 'signal-markdown-2', sniff: sniffMarkdown, read: readMarkdown };

const header = /^\[(\d{4}-\d{2}-\d{2}),? (\d{2}:\d{2}(?::\d{2})?)\] ([^\n]*?):(?: |$)/;
const headers = new RegExp(header.source, 'gm');

/**
 * WhatsApp on an iPhone writes lines much like these. Signs of signal-export: its words for the owner and for nobody, its folder of
 * files, its two spaces at the end of a line, and times without seconds behind a date that begins with the year.
 */
function sniffMarkdown(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n');
  const first = header.exec(text.trimStart());
  if (first === null) return 0;
  if (/^\[[^\]\n]+\] (?:Me|No-Sender): /m.test(text) || /\]\(\.\/media\//.test(text)) return 1;
  if ((first[2] ?? '').length === 5) return 1;
  const found = text.match(headers)?.length ?? 0;
  const trails = text.match(/ {2}$/gm)?.length ?? 0;
  return trails * 2 > found ? 1 : 0;
}

const cutting: Cutting = {
  start: /^\[\d{4}-\d{2}-\d{2},? \d{2}:\d{2}(?::\d{2})?\] [^\n]{1,100}/gm,
  accept: (before) => before === '' || before.endsWith('\n') || before === '\u00ef\u00bb\u00bf',
};

async function* readMarkdown(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const presence = makeFindPresence(source.siblings);
  const conversation = makeOneConversation(source, 'signal');
  conversation.doubt('format.lossy', 'warning', 1);

  function toRecord(piece: CutPiece): ChatRecord {
    const [line] = piece.lines;
    const place = { raw: piece.raw, bytes: piece.bytes, lines: piece.lines };
    const match = header.exec(piece.raw.replace(/^\ufeff/, ''));
    if (match === null || piece.kind === 'broken') {
      conversation.doubt('line.not-understood', 'warning', line);
      return { kind: 'unknown', sender: null, ...noTime, text: piece.raw, ...place };
    }
    const [start, day = '', clock = '', sender = ''] = match;
    const time = readExportTime(`${day}T${clock}`);
    if (time.certainty === 'ambiguous') conversation.doubt('time.ambiguous', 'note', line);
    if (time.certainty === 'impossible') conversation.doubt(time === noTime ? 'date.impossible' : 'time.does-not-exist', 'warning', line);
    conversation.participants.spoke(sender);
    const said = readBody(piece.raw.replace(/^\ufeff/, '').slice(start.length), presence);
    conversation.tellAttachments(said.attachments, line);
    const isCall = /^(?:Incoming|Outgoing|Missed) (?:voice |video )?call\b/.test(said.text);
    return {
      kind: isCall ? 'call' : said.sticker ? 'sticker' : said.attachments.length > 0 ? 'media' : 'text',
      sender,
      ...time,
      ...(sender === 'No-Sender' ? {} : { direction: sender === ownLabel ? ('outgoing' as const) : ('incoming' as const) }),
      text: said.text,
      ...(said.deleted ? { deleted: 'unknown' as const } : {}),
      ...(said.attachments.length === 0 ? {} : { attachments: said.attachments }),
      ...(said.quoted === null ? {} : { replyTo: { text: said.quoted } }),
      ...(said.reactions.length === 0 ? {} : { reactions: said.reactions }),
      ...(isCall ? { call: callOf(said.text, false) } : {}),
      ...place,
    };
  }

  for await (const piece of cutByStarts(source.open(), () => cutting)) {
    if (piece.replaced) conversation.doubt('encoding.replaced', 'warning', piece.lines[0]);
    if (piece.kind === 'around') {
      if (piece.raw.replace(/^\ufeff/, '').trim() !== '') conversation.doubt('preamble.present', 'note', piece.lines[0]);
      yield { type: 'preamble', text: piece.raw, bytes: piece.bytes };
    } else conversation.add(toRecord(piece));
    yield* conversation.flushed();
  }
  yield* conversation.finish({ kind: 'unknown', title: conversationNameOf(source.name).title });
}

interface MarkdownBody {
  readonly text: string;
  readonly quoted: string | null;
  readonly reactions: readonly Reaction[];
  readonly attachments: readonly AttachmentRef[];
  readonly sticker: boolean;
  readonly deleted: boolean;
}

/** Only what stands where the tool puts it is taken for its own: a quote at the start, reactions, sticker and files at the end. */
function readBody(written: string, presence: FindPresence): MarkdownBody {
  const lines = written.replaceAll('\r\n', '\n');
  let end = lines.length;
  while (lines[end - 1] === '\n') end--;
  let rest = lines.slice(0, end);
  if (rest === '(This message was deleted)') return { text: '', quoted: null, reactions: [], attachments: [], sticker: false, deleted: true };
  const quote = /^\n{0,2}((?:>[^\n]*\n)+)\n/.exec(`${rest}\n`);
  if (quote !== null) rest = rest.slice(quote[0].length);
  const files = filesAtEnd(rest);
  rest = rest.slice(0, files.at);
  const sticker = /(?:^|\n)\(\( ([^\n]*) \)\)$/.exec(rest);
  if (sticker !== null) rest = rest.slice(0, sticker.index);
  const reacted = /(?:^|\n)\(- ([^\n]*) -\)$/.exec(rest);
  if (reacted !== null) rest = rest.slice(0, reacted.index);
  const left = /(?:^|\n|\s)\((media|sticker|attachment) not exported\)\s*$/.exec(rest);
  if (left !== null) rest = rest.slice(0, left.index);
  const attachments = files.links.map(([, name = '', path = '']): AttachmentRef => {
    const plain = path.replaceAll('%20', ' ');
    const base = plain.slice(plain.lastIndexOf('/') + 1);
    return { name: name === '' ? base : name, presence: presence(base), kind: attachmentKind(base), path: plain };
  });
  const body = rest.replace(/ {2}$/gm, '');
  return {
    text: [body, sticker?.[1] ?? ''].filter((part) => part !== '').join('\n'),
    quoted: quote === null ? null : (quote[1] ?? '').replace(/\n$/, '').replace(/^> ?/gm, ''),
    reactions: reactionsOf(reacted?.[1] ?? ''),
    attachments: left === null ? attachments : [...attachments, { name: '', presence: 'omitted', kind: 'unknown' }],
    sticker: sticker !== null,
    deleted: false,
  };
}

/** Only the first `[` of a run can open a link, and no path is longer than systems allow: lines of brackets take time by their length only. */
const link = /!?\[(?<=(?:^|[\]\n])[^[\]\n]*\[)([^\]\n]*)\]\(\.\/([^)\n]{0,4096})\) {0,2}/g;

/** The row of files that the last line ends with, and where it begins. */
function filesAtEnd(text: string): { readonly at: number; readonly links: readonly RegExpExecArray[] } {
  const from = text.lastIndexOf('\n') + 1;
  const found = [...text.slice(from).matchAll(link)];
  let at = text.length;
  let first = found.length;
  for (let one = found[first - 1]; one !== undefined && from + one.index + one[0].length === at; one = found[first - 1]) {
    at = from + one.index;
    first--;
  }
  return { at, links: found.slice(first) };
}

/** `Jim: 👍, Me: ❤️`: a name may hold a comma, an emoji does not. */
function reactionsOf(written: string): readonly Reaction[] {
  return [...written.matchAll(/(?:^|, )(.{1,500}?): ([^\s,]+)(?=, |$)/g)].map(([, sender = '', emoji = '']) => ({ emoji, sender }));
}
