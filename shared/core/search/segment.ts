// A segment: at most 16,384 records of one conversation, filed as cards in drawers (ARCHITECTURE 6).
// These are the values of its items; keys are the store's.
import type { AttachmentPlace } from '#core/model/attachment-text.ts';
import type { AttachmentRef, ChatRecord, Platform } from '#core/model/chat.ts';

/** How values become small: given by the store (zstd), so that core stays without node. */
export interface Packing {
  readonly pack: (bytes: Uint8Array) => Uint8Array;
  readonly unpack: (bytes: Uint8Array) => Uint8Array;
  readonly encode: (text: string) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => string;
}

export interface SegmentLimits {
  /** Records of a segment. */
  readonly records: number;
  /** Records of a block: texts that are read together. 32 instead of 64: a page of scattered hits costs a quarter less, ingest 3 % more. */
  readonly blockRecords: number;
  /** UTF-16 units of raw text after which a segment or block ends early. */
  readonly segmentText: number;
  readonly blockText: number;
  /** Different sender labels, and their UTF-16 units, after which a segment ends early. */
  readonly senders: number;
  readonly senderText: number;
  /** Bytes of a drawer's item that the level aims at. */
  readonly drawerBytes: number;
  /** Positions of a drawer that weigh more than this lie in an item beside it, so that counting a common word reads little. */
  readonly besideBytes: number;
  /** Bytes after which a value goes on in the next item (DynamoDB: 400 kB an item). */
  readonly itemBytes: number;
}

export const segmentLimits: SegmentLimits = {
  records: 16_384,
  blockRecords: 32,
  segmentText: 4_000_000,
  blockText: 60_000,
  senders: 1_000,
  senderText: 60_000,
  drawerBytes: 330,
  besideBytes: 1_500,
  itemBytes: 300_000,
};

/** What the index's owner must know to take a segment out again: kept beside the bundle and on its head. */
export interface SegmentEntry {
  readonly id: string;
  readonly level: number;
  /** Highest page number of any value in its drawers (0: every value fits one item). */
  readonly continuations: number;
}

export interface SegmentHead extends SegmentEntry {
  readonly bundleId: string;
  /** Conversation, from 1. */
  readonly n: number;
  /** Number of the segment in its conversation, from 0. */
  readonly number: number;
  /** Ordinal of its first record. */
  readonly base: number;
  readonly count: number;
  readonly platform: Platform;
  /** Versions of tokenizer and boundaries that it was filed with: others would file it elsewhere. */
  readonly tokenizer: number;
  readonly boundaries: number;
  /** First ordinal (from base) of each block, and of the end. */
  readonly blockStarts: readonly number[];
  /** Earliest and latest time of each block, as `localNumber` gives them. */
  readonly blockTimes: readonly (readonly [earliest: number, latest: number])[];
  /** Blocks that take more than one page: block number → pages. */
  readonly longBlocks: Readonly<Record<string, number>>;
  /** Sender labels of the segment, in order of appearance: column values point here. */
  readonly senders: readonly string[];
}

/** Columns of a segment: one value for each record. */
export interface SegmentColumns {
  readonly times: Float64Array;
  /** 0 = none, else 1 + place in the head's senders. */
  readonly senders: Uint16Array;
  /** Place in recordKinds, + 16 edited, + 32 deleted, + 64 holds attachments. */
  readonly kinds: Uint8Array;
}

/** Values longer than `itemBytes` are cut into pages wherever the bytes fall; readers join them again. */
export type Pages = readonly Uint8Array[];

export interface DrawerValue {
  readonly drawer: number;
  /** Terms and ordinals. */
  readonly terms: Pages;
  /** Positions, aligned with the terms. */
  readonly positions: Pages;
  /** Positions lie in items of their own. */
  readonly beside: boolean;
}

export interface Segment {
  readonly entry: SegmentEntry;
  readonly bundleId: string;
  readonly head: Uint8Array;
  readonly columns: Uint8Array;
  readonly fingerprints: Uint8Array;
  readonly blocks: readonly Pages[];
  /** The segment's terms with counts, packed: the dictionary's input. */
  readonly terms: Pages;
  readonly drawers: readonly DrawerValue[];
  readonly count: number;
}

/** An attachment as the index keeps it: `n` is its number within the bundle when its bytes are in the vault. */
export type FiledAttachment = Omit<AttachmentRef, 'embedded'> & { readonly n?: number };
/** A record as the index takes it and gives it back. */
export type FiledRecord = Omit<ChatRecord, 'attachments'> & {
  readonly attachments?: readonly FiledAttachment[];
  /** Number of the source file, where the conversation began in another one. */
  readonly file?: number;
  /** On a page of an attachment: where it comes from; `text` is the page's. */
  readonly page?: AttachmentPlace;
};

/** `bundle_<ulid>` → ulid; `bundle_01J… , 3, 0` → `01J….3.0` (conversation and number in base 36). */
export function segmentIdOf(bundleId: string, n: number, number: number): string {
  return `${bundleId.slice(bundleId.lastIndexOf('_') + 1)}.${n.toString(36)}.${number.toString(36)}`;
}

export interface SegmentPlace {
  readonly bundleId: string;
  readonly n: number;
  readonly number: number;
}

export function segmentPlaceOf(segmentId: string): SegmentPlace {
  const [ulid = '', n = '', number = ''] = segmentId.split('.');
  return { bundleId: `bundle_${ulid}`, n: Number.parseInt(n, 36), number: Number.parseInt(number, 36) };
}

/**
 * Wall time as a number that orders like the text does: `2022-05-02T16:08` → 20220502160800. Times that do not exist
 * (certainty `impossible`) have a number too. A time without seconds counts as :00.
 */
export function localNumber(local: string): number {
  const d = (at: number) => local.charCodeAt(at) - 48;
  const minutes =
    (((d(0) * 1000 + d(1) * 100 + d(2) * 10 + d(3)) * 100 + d(5) * 10 + d(6)) * 100 + d(8) * 10 + d(9)) * 10_000 +
    d(11) * 1000 +
    d(12) * 100 +
    d(14) * 10 +
    d(15);
  return minutes * 100 + (local.length > 16 ? d(17) * 10 + d(18) : 0);
}

/** The month of a time as `localNumber` gives it: `2024-05`. */
export function monthText(time: number): string {
  const month = Math.floor(time / 1e8);
  return `${String(Math.floor(month / 100)).padStart(4, '0')}-${String(month % 100).padStart(2, '0')}`;
}

/** Minutes since 1970 on the wall clock of a time as `localNumber` gives it; days that do not exist count on into the next month. */
export function minuteOf(time: number): number {
  const part = (below: number, size: number) => Math.floor(time / below) % size;
  return Date.UTC(Math.floor(time / 1e10), part(1e8, 100) - 1, part(1e6, 100), part(1e4, 100), part(100, 100)) / 60_000;
}

/** The print of a text without a word: `fingerprintOf('')`. */
export const emptyPrint = 0x811c9dc5;
