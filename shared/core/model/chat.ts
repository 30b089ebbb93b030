// What a reader gives: three layers kept apart. Source file → source record (place, raw text) → message (reading of it).
import type { Instant, LocalTime } from './time.ts';

export const recordKinds = ['text', 'media', 'system', 'call', 'poll', 'location', 'contact', 'sticker', 'unknown'] as const;
export type RecordKind = (typeof recordKinds)[number];

export const presences = ['present', 'missing', 'omitted'] as const;
/** present: in the archive · missing: named, but not there · omitted: the export left it out ("<Media weggelaten>"). */
export type Presence = (typeof presences)[number];

/** Why a file is not there, where the export tells: it stands on the internet · this phone never fetched it · it could be seen once and is wiped. */
export const absences = ['remote-only', 'never-downloaded', 'cleared'] as const;
export type Absence = (typeof absences)[number];

export interface AttachmentRef {
  /** As the text names it; empty when the export names none. */
  readonly name: string;
  readonly presence: Presence;
  /** Absent: it is there, or the export does not tell why not. */
  readonly absence?: Absence;
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'contact' | 'sticker' | 'gif' | 'unknown';
  /** Folder and name as the export gives them, where names alone do not tell two files apart. */
  readonly path?: string;
  /** Its bytes stand as base64 in the chat file itself: bytes [from, to) there. Present files only. */
  readonly embedded?: readonly [from: number, to: number];
  /** As the export says; nobody has looked. */
  readonly mediaType?: string;
}

/** The message that is answered: by ordinal in its conversation where that is known, by the export's own number, or by its words only. */
export interface ReplyTo {
  readonly ordinal?: number;
  readonly nativeId?: string;
  readonly text?: string;
  readonly sender?: string;
}

/** What a message said before it was changed. */
export interface Revision {
  readonly text: string;
  /** When that version was sent, where the export tells. */
  readonly sentInstant?: Instant;
}

/** `sender` null: the export counts them without saying whose they are. */
export interface Reaction {
  readonly emoji: string;
  readonly sender: string | null;
  /** 1 when absent. */
  readonly count?: number;
}

export type CallOutcome = 'answered' | 'missed' | 'rejected' | 'voicemail' | 'unknown';

export type TimeCertainty = 'given' | 'assumed' | 'ambiguous' | 'impossible';

/** One record of a chat, in file order. Everything that a message says is here and nowhere else. */
export interface ChatRecord {
  readonly kind: RecordKind;
  /** As the export labels the person; null for a system record. */
  readonly sender: string | null;
  readonly local: LocalTime;
  /** assumed: the zone is not in the export · ambiguous: the hour exists twice · impossible: the hour or date does not exist. */
  readonly certainty: TimeCertainty;
  /** The exact moment, when the export gives it: `local` is then its wall time in the Netherlands, and certain. */
  readonly instant?: Instant;
  /** When the other side sent it, where the export tells this apart from its arrival. */
  readonly sentInstant?: Instant;
  /** Absent: the format does not tell. */
  readonly direction?: 'incoming' | 'outgoing';
  /** A message that never went out, or of which that is not known; absent when nothing is wrong. */
  readonly status?: 'draft' | 'pending' | 'failed';
  /** Body as it stands, never normalised; invisible marks that belong to the export's own grammar are left out, those in the body are kept. */
  readonly text: string;
  readonly edited?: true;
  /** Earlier versions, oldest first; absent: there are none, or the export does not give them. */
  readonly revisions?: readonly Revision[];
  readonly deleted?: 'by-sender' | 'by-admin' | 'by-exporter' | 'unknown';
  readonly attachments?: readonly AttachmentRef[];
  readonly system?: { readonly event: string; readonly actor?: string; readonly target?: string; readonly from?: string; readonly to?: string };
  readonly replyTo?: ReplyTo;
  /** Absent: there are none, or the format does not tell. */
  readonly reactions?: readonly Reaction[];
  /** From whom, as far as the export says. */
  readonly forwarded?: { readonly from: string | null };
  readonly call?: { readonly outcome: CallOutcome; readonly seconds?: number };
  /** The export's own number of the message. */
  readonly nativeId?: string;
  /** The decoded characters of the record, header included, line ends as they stand. Long base64 of an embedded file shows as `…`. */
  readonly raw: string;
  /** Bytes [from, to) in the source file; lines from 1, both ends included. */
  readonly bytes: readonly [from: number, to: number];
  readonly lines: readonly [from: number, to: number];
}

export const platforms = ['whatsapp', 'sms', 'telegram', 'signal', 'threema', 'imessage', 'messenger', 'instagram', 'teams', 'slack', 'other'] as const;
export type Platform = (typeof platforms)[number];

/** What is known of a conversation when its last record has been read. */
export interface ConversationSummary {
  readonly platform: Platform;
  readonly kind: 'direct' | 'group' | 'unknown';
  /** Subject or other party, as far as file name or system lines tell; else null. */
  readonly title: string | null;
  readonly participants: readonly { readonly label: string; readonly records: number }[];
  /** How the export orders its records, where that is not from old to new. */
  readonly order?: 'newest-first';
  /** Null: the format leaves no room for doubt. */
  readonly dateOrder: DateOrderFinding | null;
  readonly layouts: readonly { readonly layout: string; readonly fromLine: number; readonly records: number }[];
}

export type DateOrder = 'dmy' | 'mdy' | 'ymd' | 'ydm';
export interface DateOrderFinding {
  readonly order: DateOrder;
  readonly certainty: 'proven' | 'likely' | 'ambiguous';
  readonly evidence: readonly { readonly kind: string; readonly favours: DateOrder; readonly count: number }[];
  /** First and last wall time under each order that is still possible. */
  readonly readings: readonly { readonly order: DateOrder; readonly first: LocalTime; readonly last: LocalTime }[];
}
