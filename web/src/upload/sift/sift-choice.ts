// What a person has struck of a file so far, with the way back. Ordinals and reasons only.
import type { SiftReason, StruckRange } from '#core/model/sift.ts';
import type { QuoteLink } from '#core/sift/quotes.ts';
import { countStruck, paint, reasonAt, type Span } from '#core/sift/strikes.ts';
import type { ConversationChoice } from './cut-picked.ts';

export interface SiftDraft {
  /** By place of the conversation in the file; one that is not here goes along whole. */
  readonly conversations: Readonly<Record<number, ConversationChoice>>;
  readonly unnamedFiles: boolean;
  /** Of a table without a fixed layout: time, sender and text are what they seem. */
  readonly readRight?: boolean;
}

export const emptyDraft: SiftDraft = { conversations: {}, unnamedFiles: false };

const none: readonly StruckRange[] = [];

export function rangesIn(draft: SiftDraft, place: number): readonly StruckRange[] {
  const choice = draft.conversations[place];
  return choice === undefined || 'leftOut' in choice ? none : choice;
}

export function leftOutFor(draft: SiftDraft, place: number): SiftReason | null {
  const choice = draft.conversations[place];
  return choice !== undefined && 'leftOut' in choice ? choice.leftOut : null;
}

/** `reason` null: put back. */
export function struck(draft: SiftDraft, place: number, spans: readonly Span[], reason: SiftReason | null): SiftDraft {
  return { ...draft, conversations: { ...draft.conversations, [place]: paint(rangesIn(draft, place), spans, reason) } };
}

export function taken(draft: SiftDraft, place: number, along: boolean, reason: SiftReason): SiftDraft {
  return { ...draft, conversations: { ...draft.conversations, [place]: along ? none : { leftOut: reason } } };
}

export interface DraftSums {
  readonly records: number;
  readonly conversations: number;
  readonly reasons: ReadonlyMap<SiftReason, number>;
}

/** `records`: how many a conversation has. */
export function sumsOf(draft: SiftDraft, records: (place: number) => number): DraftSums {
  const reasons = new Map<SiftReason, number>();
  let sum = 0;
  let conversations = 0;
  const add = (reason: SiftReason, count: number) => {
    reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    sum += count;
  };
  for (const [place, choice] of Object.entries(draft.conversations)) {
    if ('leftOut' in choice) {
      conversations++;
      add(choice.leftOut, records(Number(place)));
    } else for (const range of choice) add(range.reason, countStruck([range]));
  }
  return { records: sum, conversations, reasons };
}

export interface Quoting {
  readonly ordinal: number;
  readonly reason: SiftReason;
}

/** Messages that stay in which the words of a struck one stand again, with the reason why that one is struck. */
export function quotingStruck(draft: SiftDraft, place: number, links: readonly QuoteLink[]): readonly Quoting[] {
  const ranges = rangesIn(draft, place);
  const found = new Map<number, SiftReason>();
  if (ranges.length === 0) return [];
  for (const { holder, held } of links) {
    const reason = reasonAt(ranges, held);
    if (reason !== null && reasonAt(ranges, holder) === null) found.set(holder, reason);
  }
  return [...found].sort(([a], [b]) => a - b).map(([ordinal, reason]) => ({ ordinal, reason }));
}

/** Strikes them too, each for the reason of what it quotes. */
export function withoutQuoting(draft: SiftDraft, place: number, quoting: readonly Quoting[]): SiftDraft {
  return quoting.reduce((changed, { ordinal, reason }) => struck(changed, place, [[ordinal, ordinal]], reason), draft);
}

/** What is struck by its place holds only as long as the file is read as it was shown. */
export function mustConfirm(draft: SiftDraft, conversations: readonly { readonly format: string }[]): boolean {
  return draft.readRight !== true && conversations.some(({ format }, place) => format.startsWith('generic-') && rangesIn(draft, place).length > 0);
}

export function isEmptyDraft(draft: SiftDraft): boolean {
  return Object.values(draft.conversations).every((choice) => !('leftOut' in choice) && choice.length === 0);
}

/** In the order of the file, as the worker asks for it. */
export function choicesFor(draft: SiftDraft, count: number): readonly ConversationChoice[] {
  return Array.from({ length: count }, (_, place) => draft.conversations[place] ?? none);
}
