// What a row of the conversation shows beside its message: a new day, a new speaker, doubts that belong to its lines.
import type { DoubtAnswer } from '#contract/bundle.ts';
import type { MessageAnswer } from '#contract/conversation.ts';

export interface RowPlace {
  /** The day to show above, or null when it is the day of the record before. */
  readonly day: string | null;
  /** The sender is named once per run. */
  readonly startsRun: boolean;
}

const dayOf = (message: MessageAnswer) => message.sentAt.local.slice(0, 10);

export function rowPlace(message: MessageAnswer, before: MessageAnswer | undefined): RowPlace {
  const newDay = before === undefined || dayOf(before) !== dayOf(message);
  return {
    day: newDay ? dayOf(message) : null,
    startsRun: newDay || message.leftOutBefore !== undefined || before.kind === 'system' || before.sender !== message.sender,
  };
}

export interface Piece {
  readonly text: string;
  readonly marked: boolean;
  readonly at: number;
}

/** Cuts a text at its highlights; overlapping or reversed spans do no harm. */
export function toPieces(text: string, highlights: readonly (readonly [number, number])[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, to] of [...highlights].sort(([a], [b]) => a - b)) {
    const start = Math.max(at, from);
    if (to <= start || start >= text.length) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false, at });
    pieces.push({ text: text.slice(start, to), marked: true, at: start });
    at = Math.min(to, text.length);
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false, at });
  return pieces;
}

/** Doubts whose line lies within the lines of this record. */
export function doubtsAt(doubts: readonly DoubtAnswer[], lines: readonly [number, number] | undefined): readonly DoubtAnswer[] {
  if (lines === undefined) return [];
  return doubts.filter((doubt) => doubt.place?.line !== undefined && doubt.place.line >= lines[0] && doubt.place.line <= lines[1]);
}
