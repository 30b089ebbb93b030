// One entry of imessage-exporter's txt: time, sender, then lines.
//
//   May 17, 2022  5:29:42 PM (Read by them after 1 minute)
//   Sanne
//   Kom je ook?
//   Tapbacks:
//   Loved by Me
//
//       May 17, 2022  5:31:00 PM          ← copy of an answer, indented; it stands again in its own place
//       Me
//       Ja
//
import type { Reaction } from '#core/model/chat.ts';
import { noTime } from '../exact-time.ts';
import { englishTime, readEnglishTime } from './english-time.ts';
import {
  announcementEvent,
  answersMark,
  copyKey,
  deletedMark,
  isEdit,
  isUnsent,
  missingMarks,
  type NamedFile,
  owner,
  readReaction,
  readSticker,
  type Said,
} from './said.ts';

const header = new RegExp(`^(${englishTime})(.*)$`);
const indentedHeader = new RegExp(`^ {4,}(${englishTime})(?: \\([^)]*\\))?$`);

interface Answer {
  readonly key: string;
  /** Lines that its copy has below the sender. */
  readonly lines: number;
}

function linesOf(raw: string): readonly string[] {
  return raw
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/** Of an entry that answers an earlier one: how its copy can be known. Null for all others. */
export function readTextAnswer(raw: string): Answer | null {
  if (!raw.includes(answersMark)) return null;
  const [top = '', sender = '', ...body] = linesOf(raw);
  const end = body.lastIndexOf(answersMark);
  const stamp = header.exec(top)?.[1];
  if (stamp === undefined || end < 0) return null;
  const own = body.slice(0, end).findIndex((line) => indentedHeader.test(line));
  return { key: copyKey(stamp, sender.trim(), end === 0 ? '' : (body[0] ?? '')), lines: own < 0 ? end : own };
}

/** `answers`: lines of each answer in the file, by its key. */
export function readTextEntry(raw: string, answers: ReadonlyMap<string, number>): Said {
  const lines = linesOf(raw);
  const match = header.exec(lines[0] ?? '');
  const stamp = match?.[1] ?? '';
  const rest = match?.[2] ?? '';
  const time = stamp === '' ? noTime : readEnglishTime(stamp);
  const nothing = {
    key: '',
    stamp,
    time,
    direction: null,
    attachments: [],
    reactions: [],
    edited: false,
    revisions: [],
    deleted: null,
    answers: false,
    copies: [],
    pasted: lines.slice(1).some((line) => header.test(line)),
    nativeId: null,
  };
  if (rest.trim() !== '' && !/^ \(.*\)$/.test(rest)) {
    const text = [rest.slice(1), ...lines.slice(1)].join('\n').trimEnd();
    return { ...nothing, sender: null, text, kind: 'system', system: { event: announcementEvent(text) }, strange: false };
  }
  const sender = lines[1] ?? '';
  if (sender.trim() === '') return { ...nothing, sender: null, text: raw.trim(), kind: 'unknown', system: null, strange: true };
  const answer = readTextAnswer(raw);
  return {
    ...nothing,
    key: answer?.key ?? '',
    sender,
    direction: sender === owner ? 'outgoing' : 'incoming',
    system: null,
    ...readBody(lines.slice(2), answers),
  };
}

type Body = Pick<Said, 'text' | 'kind' | 'attachments' | 'reactions' | 'edited' | 'deleted' | 'answers' | 'copies' | 'strange'>;

function readBody(lines: readonly string[], known: ReadonlyMap<string, number>): Body {
  const said: string[] = [];
  const attachments: NamedFile[] = [];
  const reactions: Reaction[] = [];
  const copies: string[] = [];
  let edited = false;
  let deleted: Said['deleted'] = null;
  let answers = false;
  let strange = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const copied = indentedHeader.exec(line)?.[1];
    if (copied !== undefined) {
      const key = copyKey(copied, (lines[i + 1] ?? '').trim(), lines[i + 2] ?? '');
      const length = known.get(key);
      if (length === undefined) {
        strange = true;
        said.push(line);
        continue;
      }
      copies.push(key);
      i += 1 + length;
      if (lines[i + 1] === '') i++;
      continue;
    }
    if (line === 'Tapbacks:' || line === 'Reactions:') {
      const end = lines.indexOf('', i);
      const found = lines.slice(i + 1, end < 0 ? lines.length : end);
      const read = found.map((one) => ({ reaction: readReaction(one), sticker: readSticker(one.trim()) }));
      if (found.length > 0 && read.every((one) => one.reaction !== null || one.sticker !== null)) {
        for (const { reaction, sticker } of read) {
          if (sticker !== null) attachments.push({ path: sticker, kind: 'sticker', lost: false });
          else if (reaction !== null) reactions.push(reaction);
        }
        i += found.length + (end < 0 ? 0 : 1);
        continue;
      }
    }
    const sticker = readSticker(line);
    if (line === answersMark) answers = true;
    else if (line === deletedMark) deleted = 'by-exporter';
    else if (missingMarks.has(line)) attachments.push({ path: '', kind: null, lost: true });
    else if (sticker !== null && isPath(sticker)) attachments.push({ path: sticker, kind: 'sticker', lost: false });
    else if (isPath(line)) attachments.push({ path: line, kind: null, lost: false });
    else {
      said.push(line);
      edited ||= isEdit(line);
      if (isUnsent(line)) deleted = 'by-sender';
    }
  }
  const text = said.join('\n').trimEnd();
  const kind = /^(?:Started|Stopped) sharing location!(?:\n|$)/.test(text) ? 'location' : attachments.length === 0 ? 'text' : kindOf(attachments);
  return { text, kind, attachments, reactions, edited, deleted, answers, copies, strange };
}

function kindOf(attachments: readonly NamedFile[]): Said['kind'] {
  return attachments.every(({ kind }) => kind === 'sticker') ? 'sticker' : 'media';
}

/** Where the exporter puts files, or where Messages keeps them. */
function isPath(line: string): boolean {
  return line.length < 1000 && /^(?:(?:\.\/)?attachments\/|(?:~|\/|[A-Za-z]:\\).*(?:Messages|SMS)[/\\](?:Attachments|StickerCache)[/\\]).+$/.test(line);
}
