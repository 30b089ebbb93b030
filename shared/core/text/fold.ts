// Folding, code point by code point: NFKD, marks off, lower case, ß → ss, ĳ → ij. Index and query use the same function,
// and it looks at no locale: the same text gives the same terms everywhere.

/** What a code point is to the tokenizer. */
export const charClass = {
  /** ends a term */
  separator: 0,
  /** letter or digit: belongs to a run */
  word: 1,
  /** combining mark, variation selector, joiner, direction mark, skin tone: leaves no trace and ends nothing */
  ignored: 2,
  /** emoji or other pictograph: a term of its own */
  picture: 3,
  /** sign of a script that writes no spaces: a term of its own, so that any part of a sentence is found as a phrase */
  solo: 4,
  /** regional indicator: two of them make a flag */
  flag: 5,
} as const;
export type CharClass = (typeof charClass)[keyof typeof charClass];

export interface FoldedChar {
  readonly class: CharClass;
  readonly folded: string;
}

const special: Readonly<Record<string, string>> = { ß: 'ss', ς: 'σ', ø: 'o', ł: 'l', đ: 'd', ħ: 'h', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th', ð: 'd' };
const solo = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const letterOrDigit = /[\p{L}\p{Nd}\p{Nl}\p{No}]/u;
const ignored = /[\p{M}\p{Cf}\p{Emoji_Modifier}]/u;
const picture = /\p{Extended_Pictographic}/u;
const flag = /\p{Regional_Indicator}/u;

function look(char: string): FoldedChar {
  if (ignored.test(char)) return { class: charClass.ignored, folded: '' };
  if (flag.test(char)) return { class: charClass.flag, folded: char };
  if (picture.test(char)) return { class: charClass.picture, folded: char };
  if (!letterOrDigit.test(char)) return { class: charClass.separator, folded: '' };
  let folded = '';
  for (const part of char.normalize('NFKD').toLowerCase().normalize('NFKD')) {
    const kept = special[part] ?? part;
    if (letterOrDigit.test(kept) && !ignored.test(kept)) folded += kept;
  }
  if (folded === '') return { class: charClass.ignored, folded: '' };
  return { class: solo.test(char) ? charClass.solo : charClass.word, folded };
}

const seen: (FoldedChar | undefined)[] = [];
const seenBeyondBmp = new Map<number, FoldedChar>();

export function foldChar(codePoint: number): FoldedChar {
  const known = codePoint < 0x10000 ? seen[codePoint] : seenBeyondBmp.get(codePoint);
  if (known !== undefined) return known;
  const found = look(String.fromCodePoint(codePoint));
  if (codePoint < 0x10000) seen[codePoint] = found;
  else seenBeyondBmp.set(codePoint, found);
  return found;
}

/** A whole text folded, separators as one space: for labels and titles that are compared as a whole. */
export function foldText(text: string): string {
  let out = '';
  for (const char of text) {
    const { class: kind, folded } = foldChar(char.codePointAt(0) ?? 0);
    if (kind !== charClass.separator) out += folded;
    else if (out !== '' && !out.endsWith(' ')) out += ' ';
  }
  return out.trimEnd();
}
