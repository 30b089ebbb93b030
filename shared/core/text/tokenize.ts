// Text → terms with positions and places. The index, the query, the highlighter and the oracle all use this one function.
//
//   "Z-2024 foto's 👍🏽 +31 6 12345678"
//    z 0 · 2024 1 · foto 2 · s 3 · 👍 4 · 31 5 · 6 6 · 12345678 7 · tel:31612345678 at 5
import { charClass, foldChar } from './fold.ts';
import { findPhones } from './phone.ts';

/** Changes when the same text would give other terms: the index must then be rebuilt. */
export const tokenizerVersion = 2;

/** A longer run keeps its first 64 units and a hash of the whole: nothing is dropped, no term outgrows its drawer. */
export const longestTerm = 64;

export interface Token {
  readonly term: string;
  readonly position: number;
  /** UTF-16 units in the text as it stands. */
  readonly start: number;
  readonly end: number;
}

/** `start` and `end` are UTF-16 units in the text as it stands. */
export type TokenSink = (term: string, position: number, start: number, end: number) => void;

/** 53-bit FNV-like hash, as base 36: tells long terms (and questions of a cursor) apart; no secret. */
export function digestText(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b) ^ (b >>> 13);
  }
  return ((a >>> 0) * 0x200000 + ((b >>> 0) & 0x1fffff)).toString(36);
}

export function cutTerm(run: string): string {
  return run.length <= longestTerm ? run : `${run.slice(0, longestTerm)}#${digestText(run)}`;
}

const ascii = new Uint8Array(128);
for (let c = 48; c <= 57; c++) ascii[c] = 1;
for (let c = 65; c <= 90; c++) ascii[c] = 2;
for (let c = 97; c <= 122; c++) ascii[c] = 1;

/** Gives each term of `text` to `sink`, positions counted from `first`. Returns the position after the last. */
export function tokenizeInto(text: string, sink: TokenSink, first = 0): number {
  let position = first;
  let run = '';
  let runStart = -1;
  let plainFrom = -1;
  let plainUpper = false;
  const length = text.length;

  const takePlain = (to: number) => {
    if (plainFrom < 0) return;
    const part = text.slice(plainFrom, to);
    run += plainUpper ? part.toLowerCase() : part;
    plainFrom = -1;
    plainUpper = false;
  };
  const close = (end: number) => {
    takePlain(end);
    if (runStart < 0) return;
    if (run !== '') sink(cutTerm(run), position++, runStart, end);
    run = '';
    runStart = -1;
  };

  let i = 0;
  while (i < length) {
    const c = text.charCodeAt(i);
    if (c < 128) {
      const kind = ascii[c];
      if (kind === 0) {
        if (runStart >= 0) close(i);
      } else {
        if (runStart < 0) runStart = i;
        if (plainFrom < 0) plainFrom = i;
        if (kind === 2) plainUpper = true;
      }
      i++;
      continue;
    }
    const codePoint = text.codePointAt(i) ?? 0;
    const width = codePoint > 0xffff ? 2 : 1;
    const { class: kind, folded } = foldChar(codePoint);
    if (kind === charClass.word) {
      takePlain(i);
      if (runStart < 0) runStart = i;
      run += folded;
    } else if (kind === charClass.ignored) {
      takePlain(i);
    } else {
      close(i);
      if (kind === charClass.solo || kind === charClass.picture) {
        sink(folded, position++, i, i + width);
      } else if (kind === charClass.flag) {
        const next = text.codePointAt(i + width);
        const pair = next !== undefined && foldChar(next).class === charClass.flag;
        sink(pair ? folded + String.fromCodePoint(next) : folded, position++, i, pair ? i + 4 : i + 2);
        if (pair) i += 2;
      }
    }
    i += width;
  }
  close(length);
  return position;
}

/** Terms of a text in order, canonical phone numbers included (at the position of their first digits). */
export function tokenize(text: string, first = 0): readonly Token[] {
  const tokens: Token[] = [];
  tokenizeInto(text, (term, position, start, end) => tokens.push({ term, position, start, end }), first);
  const phones = findPhones(text);
  for (const phone of phones) {
    const at = tokens.find((token) => token.end > phone.start);
    if (at !== undefined) tokens.push({ term: phone.term, position: at.position, start: phone.start, end: phone.end });
  }
  return phones.length === 0 ? tokens : tokens.sort((a, b) => a.position - b.position || a.start - b.start);
}
