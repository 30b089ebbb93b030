// Characters that WhatsApp puts into its own grammar and nobody sees: direction marks, isolates, byte order marks, narrow spaces.
// Matching is done on a shadow without them; the text itself is never touched (FORMATS: WhatsApp encoding).

/** Direction marks (LRM, RLM, ALM), embeddings, isolates, byte order mark. Not the joiners U+200C and U+200D: those belong to words and emoji. */
export function isMark(code: number): boolean {
  return (code >= 0x200e && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code === 0xfeff || code === 0x061c;
}

/** Space, no-break space, thin space, narrow no-break space, tab. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0xa0 || code === 0x202f || code === 0x2009 || code === 0x09;
}

const marks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c]/g;
const blanks = /[\u00a0\u202f\u2009\t]/g;

/** For comparing only: marks out, odd spaces to a space. */
export function toShadow(text: string): string {
  return text.replace(marks, '').replace(blanks, ' ');
}

/** Marks at both ends out, as around phone numbers and names; what stands between them stays. */
export function withoutOuterMarks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isMark(text.charCodeAt(from))) from++;
  while (to > from && isMark(text.charCodeAt(to - 1))) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

/** First position from `at` that is no mark. */
export function skipMarks(text: string, at: number, end: number): number {
  let i = at;
  while (i < end && isMark(text.charCodeAt(i))) i++;
  return i;
}
