// What an employee left out (or marked) before handing in, as private: places, counts and reasons. Never a word of it, no name, no title,
// so that it may stand in the catalogue. Ground: a chat's private part is no archive record (Archiefwet art. 1; WINDOW "Upload").

/** A closed list: a free text would carry what it is to keep out. */
export const siftReasons = ['private', 'health', 'third-party', 'other-case'] as const;
export type SiftReason = (typeof siftReasons)[number];

/** cut: the struck records were never sent · marked: all was sent, and the marks with it. */
export const siftModes = ['cut', 'marked'] as const;
export type SiftMode = (typeof siftModes)[number];

/** Ordinals in the conversation as it stands in the untouched file, both ends included. In a row: ascending and apart. */
export interface StruckRange {
  readonly from: number;
  readonly to: number;
  readonly reason: SiftReason;
}

export interface SiftedConversation {
  /** Number within the bundle: in what was sent, not in the untouched file. */
  readonly n: number;
  readonly ranges: readonly StruckRange[];
}

/** Conversations that stayed out as a whole. */
export interface LeftOutConversations {
  readonly reason: SiftReason;
  readonly conversations: number;
  readonly records: number;
}

export interface Sift {
  readonly mode: SiftMode;
  /** SHA-256 of the untouched file, hexadecimal. It claims nothing: the same export may come again with another selection. */
  readonly originalSha256: string;
  readonly originalSize: number;
  readonly conversations: readonly SiftedConversation[];
  readonly leftOut: readonly LeftOutConversations[];
  /** Files that went out with their messages, or that no message names. */
  readonly files: number;
  /** Keys of an app's account that were taken out of the file before it was sent (decision 0011). */
  readonly keys?: number | undefined;
}

/** On the bundle's head; the ranges lie beside it, a page or more for each conversation. */
export interface SiftSummary extends Omit<Sift, 'conversations'> {
  readonly records: number;
  readonly reasons: readonly { readonly reason: SiftReason; readonly records: number }[];
  /** Numbers of the conversations that have ranges. */
  readonly conversations: readonly number[];
}

/** More ranges than this are refused with a message. One person's half of 40,000 messages is 20,000 of them. */
export const mostRanges = 50_000;
