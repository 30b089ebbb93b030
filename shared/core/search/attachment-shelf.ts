// Where the text of attachments stands in the index: each conversation has a shelf of its own beside it, in the same drawers, with segments
// of the same make. A record on a shelf is a page of an attachment; all its words count as words of an attachment (`bijlage:`).
//
//   conversation 3   segments <ulid>.3.0, .1 …          shelf of 3   <ulid>.gjdgxv.0, .1 …   (1,000,000,003 in base 36)
//   files that no message names stand on the shelf of 0
import type { AttachmentMark } from '#core/model/attachment-text.ts';
import { type SegmentEntry, segmentIdOf, segmentPlaceOf } from './segment.ts';
import { numbersOf, numbersText, segmentsOf } from './segment-list.ts';

/** Beyond every number that a conversation can have in an address. */
const firstShelf = 1_000_000_000;

export function shelfOf(conversation: number): number {
  return firstShelf + conversation;
}

export function isShelf(n: number): boolean {
  return n >= firstShelf;
}

/** The conversation itself, or the one that a shelf belongs to. */
export function conversationNumber(n: number): number {
  return isShelf(n) ? n - firstShelf : n;
}

export interface ShelfSegment extends SegmentEntry {
  readonly count: number;
}

/** `3.0.7.0.2k`: conversation, number, level, continuations and records, in base 36. */
export function shelfSegmentText({ id, level, continuations, count }: ShelfSegment): string {
  const { n, number } = segmentPlaceOf(id);
  return numbersText([conversationNumber(n), number, level, continuations, count]);
}

export function shelfSegments(bundleId: string, text: string): readonly ShelfSegment[] {
  return numbersOf(text).map(([conversation = 0, number = 0, level = 0, continuations = 0, count = 0]) => ({
    id: segmentIdOf(bundleId, shelfOf(conversation), number),
    level,
    continuations,
    count,
  }));
}

/** What must be emptied of a bundle: segments of its conversations and of its shelves. */
export function allSegments(bundle: {
  readonly id: string;
  readonly segments: string;
  readonly attachmentText?: { readonly segments: string };
}): readonly SegmentEntry[] {
  return [...segmentsOf(bundle), ...shelfSegments(bundle.id, bundle.attachmentText?.segments ?? '')];
}

type Place = Pick<AttachmentMark, 'n' | 'number'>;

/** Whether a segment may be found: those of conversations always, those of shelves up to the mark on the bundle's head. */
export function mayBeFound(segmentId: string, mark: Place | null): boolean {
  const { n, number } = segmentPlaceOf(segmentId);
  if (!isShelf(n)) return true;
  return mark !== null && (n < mark.n || (n === mark.n && number <= mark.number));
}

export function earlierMark(a: AttachmentMark, b: AttachmentMark): AttachmentMark {
  return a.n < b.n || (a.n === b.n && a.number < b.number) ? a : b;
}
