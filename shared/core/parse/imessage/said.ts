// What an entry of imessage-exporter says, before it becomes a record; txt and html both come to this. And the exporter's own wordings,
// which are English whatever the phone's language. FORMATS: section 1.5.
import type { AttachmentRef, ChatRecord, Reaction, RecordKind, Revision } from '#core/model/chat.ts';
import { digestText } from '#core/text/tokenize.ts';
import type { RecordTime } from '../exact-time.ts';

export interface Said {
  /** By which a copy of it is known (copyKey). */
  readonly key: string;
  /** As written; '' when there is none. */
  readonly stamp: string;
  readonly time: RecordTime;
  /** Null: an announcement, or nobody is named. */
  readonly sender: string | null;
  readonly direction: 'incoming' | 'outgoing' | null;
  readonly text: string;
  readonly kind: RecordKind;
  readonly system: NonNullable<ChatRecord['system']> | null;
  readonly attachments: readonly NamedFile[];
  readonly reactions: readonly Reaction[];
  readonly edited: boolean;
  /** Earlier wordings, oldest first, where the export keeps them apart (html); in txt all wordings stand in the text. */
  readonly revisions: readonly Revision[];
  readonly deleted: NonNullable<ChatRecord['deleted']> | null;
  /** Answers an earlier message, as the entry itself says. */
  readonly answers: boolean;
  /** Copies below this entry of messages that answer it: each stands once more, in its own place. */
  readonly copies: readonly string[];
  /** A part of the entry that is no known form. */
  readonly strange: boolean;
  /** A time as above a message stands within it, without the empty line that would make it one. */
  readonly pasted: boolean;
  readonly nativeId: string | null;
}

export interface NamedFile {
  readonly path: string;
  readonly kind: AttachmentRef['kind'] | null;
  /** The exporter could not find it. */
  readonly lost: boolean;
}

/** The label of the computer's owner, unless the export was told another name. */
export const owner = 'Me';

export const answersMark = 'This message responded to an earlier message.';
export const deletedMark = 'This message was deleted from the conversation!';
export const missingMarks: ReadonlySet<string> = new Set(['Attachment missing!', 'Attachment does not exist!', 'Attachment missing name metadata!']);

/** One key for a message and its copy; of the text the first line counts. */
export function copyKey(stamp: string, sender: string, text: string): string {
  return digestText(`${stamp}\n${sender}\n${(text.split('\n', 1)[0] ?? '').trim()}`);
}

const unsent = /^.{1,80} unsent (?:a|this) message(?: part)?\b.*[!.]?$/;

export function isUnsent(line: string): boolean {
  return unsent.test(line.slice(0, 200));
}

const editedLine = /^Edited .{1,60} later: /;

export function isEdit(line: string): boolean {
  return editedLine.test(line.slice(0, 100));
}

const emojiOf: Readonly<Record<string, string>> = {
  Loved: '❤️',
  Liked: '👍',
  Disliked: '👎',
  Laughed: '😂',
  'Laughed at': '😂',
  Emphasized: '‼️',
  Questioned: '❓',
};

/** `Loved by Sanne`, `😀 by Sanne`; null for what is none. */
export function readReaction(line: string): Reaction | null {
  const match = /^(.{1,24}?) by (.{1,200})$/.exec(line.trim());
  if (match === null) return null;
  const [, what = '', sender = ''] = match;
  return { emoji: emojiOf[what] ?? what, sender };
}

const sticker = /^(?:\S.{0,40} )?[Ss]ticker from .{1,200}?: (.*)$/;

/** The path of a sticker; null for a line that is none. */
export function readSticker(line: string): string | null {
  const path = sticker.exec(line.slice(0, 1000))?.[1];
  return path === undefined ? null : path.replace(/ \((?:App|Genmoji prompt): .*\)$/, '');
}

const announcements: readonly (readonly [RegExp, string])[] = [
  [/ (?:re)?named the conversation(?: to)? /, 'subject-changed'],
  [/ added .+ to the conversation\.?$/, 'member-added'],
  [/ removed .+ from the conversation\.?$/, 'member-removed'],
  [/ left the conversation\.?$/, 'member-left'],
  [/ (?:changed|removed) the (?:group|conversation) (?:photo|background|icon)\.?$/, 'icon-changed'],
  [/ changed the chat background\.?$|removed the chat background\.?$/, 'icon-changed'],
  [/ kept an audio message\.?/, 'message-kept'],
];

/** The kind of an announcement; `unknown` when it is not in the table. */
export function announcementEvent(text: string): string {
  const start = text.slice(0, 300);
  return announcements.find(([pattern]) => pattern.test(start))?.[1] ?? 'unknown';
}
