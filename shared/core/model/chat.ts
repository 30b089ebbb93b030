// What a reader gives: three layers kept apart. Source file → source record (place, raw text) → message (reading of it).
import type { LocalTime } from './time.ts';

export const recordKinds = ['text', 'media', 'system', 'call', 'poll', 'location', 'contact', 'sticker', 'unknown'] as const;
export type RecordKind = (typeof recordKinds)[number];

export const presences = ['present', 'missing', 'omitted'] as const;
/** present: in the archive · missing: named, but not there · omitted: the export left it out ("<Media weggelaten>"). */
export type Presence = (typeof presences)[number];

export interface AttachmentRef {
  /** As the text names it; empty when the export names none. */
  readonly name: string;
  readonly presence: Presence;
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'contact' | 'sticker' | 'gif' | 'unknown';
}

export type TimeCertainty = 'given' | 'assumed' | 'ambiguous' | 'impossible';

/** One record of a chat, in file order. Everything that a message says is here and nowhere else. */
export interface ChatRecord {
  readonly kind: RecordKind;
  /** As the export labels the person; null for a system record. */
  readonly sender: string | null;
  readonly local: LocalTime;
  /** assumed: the zone is not in the export · ambiguous: the hour exists twice · impossible: the hour or date does not exist. */
  readonly certainty: TimeCertainty;
  /** Body as it stands, never normalised; invisible marks that belong to the export's own grammar are left out, those in the body are kept. */
  readonly text: string;
  readonly edited?: true;
  readonly deleted?: 'by-sender' | 'by-admin' | 'by-exporter' | 'unknown';
  readonly attachments?: readonly AttachmentRef[];
  readonly system?: { readonly event: string; readonly actor?: string; readonly target?: string; readonly from?: string; readonly to?: string };
  /** The decoded characters of the record, header included, line ends as they stand. */
  readonly raw: string;
  /** Bytes [from, to) in the source file; lines from 1, both ends included. */
  readonly bytes: readonly [from: number, to: number];
  readonly lines: readonly [from: number, to: number];
}

export type Platform = 'whatsapp';

/** What is known of a conversation when its last record has been read. */
export interface ConversationSummary {
  readonly platform: Platform;
  readonly kind: 'direct' | 'group' | 'unknown';
  /** Subject or other party, as far as file name or system lines tell; else null. */
  readonly title: string | null;
  readonly participants: readonly { readonly label: string; readonly records: number }[];
  readonly dateOrder: DateOrderFinding;
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
