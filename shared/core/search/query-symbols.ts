// A query cut into operators, brackets, line ends and values. Positions are UTF-16 units in what was typed.
import { phoneTerm } from '#core/text/phone.ts';
import type { QueryProblem } from './text.nl.ts';

export interface ValueSymbol {
  readonly kind: 'value';
  readonly at: number;
  readonly end: number;
  readonly field: string | null;
  /** exact: between quotes, or a phone number with spaces in it */
  readonly form: 'word' | 'exact' | 'regex';
  /** Without field, quotes and slashes. */
  readonly text: string;
  readonly textAt: number;
}

export type QueryPart =
  | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'line'; readonly at: number; readonly end: number }
  | { readonly kind: 'near'; readonly at: number; readonly end: number; readonly distance: number | null }
  | ValueSymbol;

export class QueryRefusal {
  readonly problem: QueryProblem;
  readonly position: number;
  constructor(problem: QueryProblem, position: number) {
    this.problem = problem;
    this.position = position;
  }
}

const operators: Readonly<Record<string, 'and' | 'or' | 'not'>> = { EN: 'and', AND: 'and', OF: 'or', OR: 'or', NIET: 'not', NOT: 'not' };
const quotes: Readonly<Record<string, string>> = { '"': '"”“', '“': '”"', '„': '”“"', '”': '”"', '«': '»' };
const space = /\s/u;
const lineEnd = /[\n\r\u2028\u2029]/;
const fieldBefore = /^(\p{L}+):(?!\/\/)/u;
const near = /^(?:NABIJ|NEAR)(?:\/(\d{1,6}))?$/;
/** A phone number as people write it; ends with a digit that ends a word. */
const phone = /[+\d][\d ()\-.\u00a0]{7,24}(?<=\d)(?![\p{L}\p{N}*~])/uy;

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !space.test(text.charAt(at)) && !'()'.includes(text.charAt(at)) && quotes[text.charAt(at)] === undefined) at++;
  return at;
}

function readQuoted(text: string, at: number): { readonly text: string; readonly end: number } {
  const closers = quotes[text.charAt(at)] ?? '"';
  for (let i = at + 1; i < text.length; i++) if (closers.includes(text.charAt(i))) return { text: text.slice(at + 1, i), end: i + 1 };
  throw new QueryRefusal('query.quote-open', at);
}

/** `/pattern/` up to a space, bracket or the end; null when these characters are none: `/home/jan`. */
function readRegex(text: string, at: number): { readonly text: string; readonly end: number } | null {
  let inClass = false;
  let i = at + 1;
  for (; i < text.length && !space.test(text.charAt(i)); i++) {
    const char = text.charAt(i);
    if (char === '\\') i++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) {
      const after = text.charAt(i + 1);
      return i > at + 1 && (after === '' || after === ')' || space.test(after)) ? { text: text.slice(at + 1, i), end: i + 1 } : null;
    }
  }
  if (inClass && text.charAt(i - 1) === '/') throw new QueryRefusal('query.regex', at);
  return null;
}

/** A phone number with spaces in it is one value: `06 1234 5678`. */
function readPhone(text: string, at: number): number | null {
  phone.lastIndex = at;
  const written = phone.exec(text)?.[0];
  return written !== undefined && /[ \u00a0]/.test(written) && phoneTerm(written) !== null ? at + written.length : null;
}

function readValue(text: string, at: number, textAt: number, field: string | null): ValueSymbol {
  const value = { kind: 'value', at, field, textAt } as const;
  const char = text.charAt(textAt);
  if (quotes[char] !== undefined) {
    const quoted = readQuoted(text, textAt);
    return { ...value, end: quoted.end, form: 'exact', text: quoted.text, textAt: textAt + 1 };
  }
  const regex = char === '/' ? readRegex(text, textAt) : null;
  if (regex !== null) return { ...value, end: regex.end, form: 'regex', text: regex.text, textAt: textAt + 1 };
  const phoneEnd = readPhone(text, textAt);
  if (phoneEnd !== null) return { ...value, end: phoneEnd, form: 'exact', text: text.slice(textAt, phoneEnd) };
  const end = endOfWord(text, textAt);
  return { ...value, end, form: 'word', text: text.slice(textAt, end) };
}

function readSymbol(text: string, at: number): QueryPart {
  const char = text.charAt(at);
  if (char === '(' || char === ')') return { kind: char === '(' ? 'open' : 'close', at, end: at + 1 };
  const end = endOfWord(text, at);
  const word = text.slice(at, end);
  const operator = Object.hasOwn(operators, word) ? operators[word] : undefined;
  if (operator !== undefined) return { kind: operator, at, end };
  const steps = near.exec(word);
  if (steps !== null) return { kind: 'near', at, end, distance: steps[1] === undefined ? null : Number(steps[1]) };
  const field = fieldBefore.exec(word)?.[1];
  return field === undefined ? readValue(text, at, at, null) : readValue(text, at, at + field.length + 1, field.toLowerCase());
}

/** A line end counts between two values only: before, after and inside brackets it is a space. */
export function symbolsOf(text: string): readonly QueryPart[] {
  const symbols: QueryPart[] = [];
  let at = 0;
  let depth = 0;
  let line = -1;
  while (at < text.length) {
    const char = text.charAt(at);
    if (space.test(char)) {
      if (lineEnd.test(char) && line < 0) line = at;
      at++;
      continue;
    }
    const symbol = readSymbol(text, at);
    if (line >= 0 && depth === 0 && symbols.length > 0 && isLineBreak(symbols.at(-1), symbol)) symbols.push({ kind: 'line', at: line, end: line });
    line = -1;
    if (symbol.kind === 'open') depth++;
    if (symbol.kind === 'close') depth--;
    symbols.push(symbol);
    at = symbol.end;
  }
  return symbols;
}

/** `a EN` and on the next line `b` is one question. */
function isLineBreak(before: QueryPart | undefined, after: QueryPart): boolean {
  const opens = after.kind === 'value' || after.kind === 'open' || after.kind === 'not';
  return opens && (before?.kind === 'value' || before?.kind === 'close');
}
