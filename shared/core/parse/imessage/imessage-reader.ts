// Reader of what imessage-exporter writes, txt or html: one conversation a file. Read twice: an answer stands below the message that it
// answers and once more in its own place, and must count once. FORMATS: section 1.5.
import type { AttachmentRef, ChatRecord, ConversationSummary, ReplyTo } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { type CutPiece, type Cutting, cutByStarts } from '../cut-by-starts.ts';
import { makeParticipants } from '../participants.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { attachmentKind, makeFindPresence } from '../whatsapp/attachment.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { englishTime } from './english-time.ts';
import { readHtmlAnswer, readHtmlEntry } from './html-entry.ts';
import { owner, type Said } from './said.ts';
import { readTextAnswer, readTextEntry } from './text-entry.ts';

export const imessageReader: Reader = { format: 'imessage', version: 'imessage-1', sniff: sniffImessage, read: readImessage };

const headerLine = new RegExp(`^${englishTime}(?: .*)?\\r?$`, 'm');
const htmlMessage = /<div class="message"[^>]*>\s*<div class="(?:sent|received)\b/;

function sniffImessage(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '');
  if (isHtml(text)) return htmlMessage.test(text) && /class="timestamp"/.test(text) ? 1 : /<div class ?="announcement">/.test(text) ? 0.6 : 0;
  const found = headerLine.exec(text.slice(0, 16384));
  return found === null ? 0 : found.index === 0 ? 1 : 0.6;
}

function isHtml(text: string): boolean {
  return /^\s*</.test(text.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, ''));
}

/** An empty line stands between entries; a time in the middle of a text is no entry. */
const textCutting: Cutting = {
  start: new RegExp(`^${englishTime}`, 'gm'),
  accept: (before, first) => first || before === '' || /\n\r?\n$/.test(before),
};

/** A message within `div.reply` is a copy inside another one. */
const htmlCutting: Cutting = {
  start: /<div class ?="(?:message|announcement)"/g,
  accept: (before) => !/<div class="reply"[^>]*>\s*$/.test(before),
  // Never begins within a run of spaces: that would try at each of them.
  footer: /(?<!\s)\s*(?:<\/body>\s*)?<\/html>\s*$/,
};

function choose(head: string): Cutting {
  return isHtml(head) ? htmlCutting : textCutting;
}

/** Records that are given at once. */
const batchRecords = 512;
const batchUnits = 250_000;

async function* readImessage(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const { file } = source;
  const answers = await surveyAnswers(source);
  const presence = makeFindPresence(source.siblings);
  const withFiles = source.siblings.size > 0;
  const participants = makeParticipants();
  /** Key of a copy → ordinal of the message that it answers. */
  const parents = new Map<string, number>();
  const doubts: Doubt[] = [];
  let records: ChatRecord[] = [];
  let units = 0;
  let ordinal = 0;
  let last = '';
  let missing = 0;

  const doubt = (code: Doubt['code'], severity: Doubt['severity'], line: number) => doubts.push({ code, severity, place: { file, line } });

  function attachmentsOf(said: Said, line: number): readonly AttachmentRef[] {
    return said.attachments.map(({ path, kind, lost }) => {
      const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
      const found = lost ? 'missing' : presence(name);
      if (found === 'missing' && withFiles) doubt('attachment.missing', 'warning', line);
      else if (found === 'missing') missing++;
      return {
        name,
        presence: found,
        kind: kind ?? attachmentKind(name),
        ...(lost || path === name || isElsewhere(path) ? {} : { path: path.replace(/^\.\//, '') }),
      };
    });
  }

  function replyOf(said: Said): ReplyTo | null {
    if (!said.answers) return null;
    const parent = parents.get(said.key);
    return parent === undefined ? {} : { ordinal: parent };
  }

  function toRecord(piece: CutPiece): ChatRecord {
    const [line] = piece.lines;
    const said = isHtml(piece.raw) ? readHtmlEntry(piece.raw, answers) : readTextEntry(piece.raw, answers);
    const { local, certainty } = said.time;
    if (piece.kind === 'broken' || said.strange) doubt('line.not-understood', 'warning', line);
    if (said.pasted) doubt('line.pasted-header', 'note', line);
    if (certainty === 'ambiguous') doubt('time.ambiguous', 'note', line);
    if (certainty === 'impossible') doubt(local.startsWith('1970') ? 'date.impossible' : 'time.does-not-exist', 'warning', line);
    else {
      if (last !== '' && dayBefore(last) > local) doubt('time.jumps-back', 'warning', line);
      last = local;
    }
    if (said.system?.event === 'unknown') doubt('system-line.unknown', 'note', line);
    const attachments = attachmentsOf(said, line);
    const replyTo = replyOf(said);
    for (const key of said.copies) parents.set(key, ordinal);
    ordinal++;
    if (said.sender !== null) participants.spoke(said.sender);
    return {
      kind: said.kind,
      sender: said.sender,
      local,
      certainty,
      ...(said.direction === null ? {} : { direction: said.direction }),
      text: said.text,
      ...(said.edited ? { edited: true as const } : {}),
      ...(said.revisions.length === 0 ? {} : { revisions: said.revisions }),
      ...(said.deleted === null ? {} : { deleted: said.deleted }),
      ...(attachments.length === 0 ? {} : { attachments }),
      ...(said.system === null ? {} : { system: said.system }),
      ...(replyTo === null ? {} : { replyTo }),
      ...(said.reactions.length === 0 ? {} : { reactions: said.reactions }),
      ...(said.nativeId === null ? {} : { nativeId: said.nativeId }),
      raw: piece.raw,
      bytes: piece.bytes,
      lines: piece.lines,
    };
  }

  function* flush(): Generator<ReaderEvent> {
    if (records.length > 0) yield { type: 'records', records };
    records = [];
    units = 0;
    for (const one of doubts) yield { type: 'doubt', doubt: one };
    doubts.length = 0;
  }

  for await (const piece of cutByStarts(source.open(), choose)) {
    if (piece.replaced) doubt('encoding.replaced', 'warning', piece.lines[0]);
    if (piece.kind === 'around') {
      yield* flush();
      if (ordinal === 0 && !isHtml(piece.raw) && piece.raw.trim() !== '') doubt('preamble.present', 'note', piece.lines[0]);
      yield { type: 'preamble', text: piece.raw, bytes: piece.bytes };
      continue;
    }
    records.push(toRecord(piece));
    units += piece.raw.length;
    if (records.length >= batchRecords || units >= batchUnits) yield* flush();
  }
  if (missing > 0) doubts.push({ code: 'attachment.missing', severity: 'warning', place: { file }, count: missing });
  yield* flush();
  yield { type: 'conversation', summary: summaryOf(source.name, participants.list()) };
}

/** First pass: which messages answer an earlier one, and so have a copy elsewhere. */
async function surveyAnswers(source: ReaderSource): Promise<ReadonlyMap<string, number>> {
  const answers = new Map<string, number>();
  for await (const piece of cutByStarts(source.open(), choose)) {
    if (piece.kind !== 'record') continue;
    if (isHtml(piece.raw)) {
      const key = readHtmlAnswer(piece.raw);
      if (key !== null) answers.set(key, 0);
    } else {
      const answer = readTextAnswer(piece.raw);
      if (answer !== null) answers.set(answer.key, answer.lines);
    }
  }
  return answers;
}

/** Where it lay on the computer that exported. */
function isElsewhere(path: string): boolean {
  return /^(?:[~/\\]|[A-Za-z]:)/.test(path);
}

/** The same time a day earlier, near enough for a warning: 31 days to each month. */
function dayBefore(local: string): string {
  const day = Number(local.slice(8, 10)) - 1;
  if (day > 0) return `${local.slice(0, 8)}${String(day).padStart(2, '0')}${local.slice(10)}`;
  const month = Number(local.slice(5, 7)) - 1;
  return month > 0 ? `${local.slice(0, 5)}${String(month).padStart(2, '0')}-31${local.slice(10)}` : `${Number(local.slice(0, 4)) - 1}-12-31${local.slice(10)}`;
}

/** The exporter names a file after the group, or after the numbers and addresses of those who take part. */
function summaryOf(name: string, participants: ConversationSummary['participants']): ConversationSummary {
  const bare = name.replace(/\.(?:txt|html?)$/i, '').replace(/ ?\(\d{1,3}\)$/, '');
  const title = /^orphaned$/i.test(bare) || bare === '' ? null : bare;
  const others = participants.filter(({ label }) => label !== owner);
  const isAddress = /^(?:\+?[\d ]{6,20}|[^\s@,]+@[^\s@,]+)$/.test(bare);
  const direct = others.length <= 1 && (isAddress || others[0]?.label === bare);
  const group = others.length > 1 || /^\S+, \S+/.test(bare);
  return {
    platform: 'imessage',
    kind: title === null ? 'unknown' : group ? 'group' : direct ? 'direct' : 'unknown',
    title,
    participants,
    dateOrder: null,
    layouts: [],
  };
}
