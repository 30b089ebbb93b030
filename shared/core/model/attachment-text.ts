// The text of attachments: read by a door of its own after the chat is indexed, filed beside the conversation, found with it.
import type { Instant } from './time.ts';

export const attachmentUnits = ['page', 'slide', 'sheet', 'part', 'picture'] as const;
export type AttachmentUnit = (typeof attachmentUnits)[number];

/** On a page of an attachment, as the index files it: where it comes from. */
export interface AttachmentPlace {
  /** The file's number within the bundle. */
  readonly file: number;
  readonly name: string;
  readonly unit: AttachmentUnit;
  /** Page, slide or sheet, from 1. */
  readonly number: number;
  /** Of a sheet, or of a file within an e-mail. */
  readonly part?: string;
  /** The message that carries it: ordinal in its conversation; null when no message names the file. */
  readonly ordinal: number | null;
  /** Text of that message. */
  readonly caption: string;
  /** Read from a picture: how sure the reader is, 0 to 100. */
  readonly confidence?: number;
}

/** On the bundle's head: how far the reading has come. Counts and numbers only. */
export interface AttachmentReading {
  readonly state: 'reading' | 'done';
  /** Files in the archive; one that two messages name counts twice. Before the work has begun: files. */
  readonly total: number;
  /** How many of them were looked at, and what came of it was filed. */
  readonly read: number;
  /** Those of which text was found. */
  readonly withText: number;
  /** Segments filed, as core/search/attachment-shelf writes them, parted by spaces: short, for a head may hold 400 kB. */
  readonly segments: string;
  readonly lease?: { readonly attempt: string; readonly until: number } | null;
  /** The file that is being looked at. */
  readonly trying?: number | null;
  /** The file at which the machine died, and how often: the third time it is passed over, with a doubt. */
  readonly suspect?: { readonly file: number; readonly times: number } | null;
  /** Commits so far; each has its own page of doubts. */
  readonly batches: number;
}

/** The last segment that may be found; segments are filed in ascending order of conversation and number. */
export interface AttachmentMark {
  readonly n: number;
  readonly number: number;
  readonly at: Instant;
}
