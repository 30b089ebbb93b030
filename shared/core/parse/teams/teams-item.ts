// What an item of either Teams export says, before people and conversations are looked up.
import type { AttachmentRef, CallOutcome, ChatRecord, Reaction, RecordKind, ReplyTo } from '#core/model/chat.ts';
import type { RecordTime } from '../exact-time.ts';
import type { TeamsEvent } from './event-text.nl.ts';

/** A person as an item names one: both may be missing. */
export interface TeamsPerson {
  readonly name: string | null;
  readonly id: string | null;
}

/** From the account to the name that it had where it was named; null when it never was. */
export type KnownName = (id: string | null) => string | null;

export interface TeamsItem {
  readonly kind: RecordKind;
  /** Null: nobody said it. */
  readonly sender: TeamsPerson | null;
  readonly time: RecordTime;
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly edited: boolean;
  readonly deleted: ChatRecord['deleted'] | null;
  readonly reactions: readonly Reaction[];
  readonly replyTo: ReplyTo | null;
  readonly forwarded: { readonly from: string | null } | null;
  readonly call: { readonly outcome: CallOutcome; readonly seconds?: number } | null;
  readonly notice: TeamsEvent | null;
  readonly nativeId: string | null;
  /** Which conversation, where the item itself tells. */
  readonly conversation: string | null;
  /** A name that the conversation got here. */
  readonly renamed: string | null;
  /** Not the shape of a message: the text is what could be read of it. */
  readonly strange: boolean;
}

/** Reactions are words in both exports. */
const emojiOf: Readonly<Record<string, string>> = {
  like: '👍',
  yes: '👍',
  heart: '❤️',
  laugh: '😆',
  surprised: '😮',
  sad: '😢',
  angry: '😠',
};

export function reactionEmoji(kind: string): string {
  return Object.hasOwn(emojiOf, kind) ? (emojiOf[kind] ?? kind) : kind;
}

export function joinedLines(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('\n');
}
