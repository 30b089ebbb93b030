// The words of a record, as the index files them and the oracle reads them.
import { findPhones } from '#core/text/phone.ts';
import { tokenize, tokenizeInto } from '#core/text/tokenize.ts';
import type { FiledRecord } from './segment.ts';

/** Positions between one stretch of words and the next (text, earlier versions, names): no phrase and no NABIJ reaches across. */
export const fieldGap = 128;

/**
 * The words of a record, as index and oracle see them: its text, what it said before, what it quotes from a message that is not in the
 * conversation, then the names of its attachments. All words of a page of an attachment stand in an attachment.
 */
export function eachWord(record: FiledRecord, sink: (term: string, position: number, inAttachment: boolean) => void): void {
  const onPage = record.page !== undefined;
  let next = eachWordOf(record.text, 0, (term, position) => sink(term, position, onPage));
  for (const words of wordsBeside(record)) next = eachWordOf(words, next + fieldGap, (term, position) => sink(term, position, false));
  for (const attachment of record.attachments ?? []) {
    if (attachment.name !== '') next = eachWordOf(attachment.name, next + fieldGap, (term, position) => sink(term, position, true));
  }
}

/** A quoted message that stands in the conversation itself is found there. */
export function wordsBeside({ revisions, replyTo }: FiledRecord): readonly string[] {
  const quoted = replyTo?.ordinal === undefined ? replyTo?.text : undefined;
  if (revisions === undefined && quoted === undefined) return nothing;
  return [...(revisions ?? []).map(({ text }) => text), ...(quoted === undefined ? [] : [quoted])];
}

const nothing: readonly string[] = [];

function eachWordOf(text: string, first: number, sink: (term: string, position: number) => void): number {
  if (findPhones(text).length === 0) return tokenizeInto(text, sink, first);
  let next = first;
  for (const { term, position } of tokenize(text, first)) {
    sink(term, position);
    next = Math.max(next, position + 1);
  }
  return next;
}
