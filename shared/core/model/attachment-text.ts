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
  /** Files in the archive that are looked at, and how many have been. */
  readonly total: number;
  readonly read: number;
  /** Those of which text was found. */
  readonly withText: number;
  /** Files of which the text is filed and may be found, in the order of reading. */
  readonly filed: number;
  /** Segments filed, as `n.number.level.continuations` in base 36, parted by spaces: short, for a head may hold 400 kB. */
  readonly segments: string;
  readonly lease?: { readonly attempt: string; readonly until: number } | null;
  /** The file that is being looked at, and how often that was begun. What twice took the machine with it is passed over. */
  readonly trying?: { readonly file: number; readonly times: number } | null;
}

/** The last segment that may be found; segments are filed in ascending order of conversation and number. */
export interface AttachmentMark {
  readonly n: number;
  readonly number: number;
  readonly at: Instant;
}
