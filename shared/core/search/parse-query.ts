// What people type → Query.
//
//   or     = and { OF and }
//   and    = not { [EN] not }          words beside each other: EN
//   not    = { NIET } atom
//   atom   = ( or ) · "phrase" · field:value · word · prefix*
//
// Operators in capitals, Dutch or English. What comes later (`*` elsewhere, `~`, NABIJ, /patterns/, more fields) is known and refused.

import { no, ok, type Result } from '#core/model/result.ts';
import { CalendarDate } from '#core/model/time.ts';
import { phoneTerm } from '#core/text/phone.ts';
import { longestTerm, tokenize } from '#core/text/tokenize.ts';
import type { Leaf, LeafNode, Pattern, Query } from './query.ts';
import { type QueryProblem, queryProblemText } from './text.nl.ts';

const mostLeaves = 64;
const deepest = 40;

type Symbol =
  | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'near'; readonly at: number }
  | {
      readonly kind: 'value';
      readonly at: number;
      readonly end: number;
      readonly field: string | null;
      readonly quoted: boolean;
      readonly text: string;
      readonly textAt: number;
    };

class Refusal {
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
const fieldBefore = /^(\p{L}+):(?!\/\/)/u;

export const queryFields = { van: 'sender', in: 'title', zaak: 'case', datum: 'date' } as const;
const laterFields = new Set(['bijlage', 'type', 'app']);

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !space.test(text.charAt(at)) && !'()'.includes(text.charAt(at)) && quotes[text.charAt(at)] === undefined) at++;
  return at;
}

function readQuoted(text: string, at: number): { readonly text: string; readonly end: number } {
  const closers = quotes[text.charAt(at)] ?? '"';
  for (let i = at + 1; i < text.length; i++) if (closers.includes(text.charAt(i))) return { text: text.slice(at + 1, i), end: i + 1 };
  throw new Refusal('query.quote-open', at);
}

function symbolsOf(text: string): readonly Symbol[] {
  const symbols: Symbol[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (space.test(char)) {
      at++;
    } else if (char === '(' || char === ')') {
      symbols.push({ kind: char === '(' ? 'open' : 'close', at });
      at++;
    } else if (quotes[char] !== undefined) {
      const quoted = readQuoted(text, at);
      symbols.push({ kind: 'value', at, end: quoted.end, field: null, quoted: true, text: quoted.text, textAt: at + 1 });
      at = quoted.end;
    } else {
      const end = endOfWord(text, at);
      const word = text.slice(at, end);
      const operator = operators[word];
      const field = fieldBefore.exec(word)?.[1];
      if (operator !== undefined) {
        symbols.push({ kind: operator, at });
        at = end;
      } else if (/^(NABIJ|NEAR)(\/\d+)?$/.test(word)) {
        symbols.push({ kind: 'near', at });
        at = end;
      } else if (field !== undefined) {
        const valueAt = at + field.length + 1;
        const quoted = valueAt === end && quotes[text.charAt(end)] !== undefined ? readQuoted(text, end) : null;
        symbols.push({
          kind: 'value',
          at,
          end: quoted?.end ?? end,
          field: field.toLowerCase(),
          quoted: quoted !== null,
          text: quoted?.text ?? text.slice(valueAt, end),
          textAt: valueAt,
        });
        at = quoted?.end ?? end;
      } else {
        symbols.push({ kind: 'value', at, end, field: null, quoted: false, text: word, textAt: at });
        at = end;
      }
    }
  }
  return symbols;
}

function toPattern(value: Extract<Symbol, { kind: 'value' }>): Pattern {
  const { text, quoted, at, textAt } = value;
  let body = text;
  let prefix = false;
  if (!quoted) {
    if (body.length > 2 && body.startsWith('/') && body.indexOf('/', 1) > 1 && /\/[a-z]*$/.test(body)) throw new Refusal('query.regex-not-yet', textAt);
    const fuzzy = body.indexOf('~');
    if (fuzzy >= 0) throw new Refusal('query.fuzzy-not-yet', textAt + fuzzy);
    const star = body.indexOf('*');
    if (star >= 0 && (star < body.length - 1 || star === 0)) throw new Refusal('query.star-not-yet', textAt + star);
    if (star >= 0) {
      prefix = true;
      body = body.slice(0, -1);
    }
  }
  const tokens = tokenize(body).filter((token) => !token.term.startsWith('tel:'));
  const last = tokens.at(-1);
  if (last === undefined) throw new Refusal('query.no-word', at);
  if (prefix && last.term.length > longestTerm) throw new Refusal('query.prefix-long', at);
  // `Z-2024-*` means Z, 2024 and anything after: the star stands by itself and adds nothing.
  return { terms: tokens.map((token) => token.term), prefix: prefix && last.end === body.length, phone: prefix ? null : phoneTerm(body) };
}

const part = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

function dateEdge(text: string, fill: '0' | '9', at: number): number {
  const found = part.exec(text);
  const month = found?.[2] ?? '01';
  const day = found?.[3] ?? '01';
  if (found === null || !CalendarDate.safeParse(`${found[1]}-${month}-${day}`).success) throw new Refusal('query.date', at);
  return Number(text.replaceAll('-', '').padEnd(14, fill));
}

function toDate(text: string, at: number): Leaf {
  const [first = '', second, more] = text.split('..');
  if (more !== undefined || (first === '' && (second ?? '') === '')) throw new Refusal('query.date', at);
  const from = first === '' ? 0 : dateEdge(first, '0', at);
  const last = second ?? first;
  const to = last === '' ? 99_999_999_999_999 : dateEdge(last, '9', at + (second === undefined ? 0 : first.length + 2));
  if (from > to) throw new Refusal('query.date-order', at);
  return { on: 'date', from, to };
}

function toLeaf(value: Extract<Symbol, { kind: 'value' }>): Leaf {
  const { field, text, at, textAt } = value;
  if (field === null) return { on: 'words', pattern: toPattern(value) };
  if (laterFields.has(field)) throw new Refusal('query.field-not-yet', at);
  if (!Object.hasOwn(queryFields, field)) throw new Refusal('query.field-unknown', at);
  if (text === '') throw new Refusal('query.field-empty', at);
  switch (queryFields[field as keyof typeof queryFields]) {
    case 'sender':
      return { on: 'sender', pattern: toPattern(value) };
    case 'title':
      return { on: 'title', pattern: toPattern(value) };
    case 'date':
      return toDate(text, textAt);
    case 'case': {
      const star = value.quoted ? -1 : text.indexOf('*');
      if (star >= 0 && (star === 0 || star < text.length - 1)) throw new Refusal('query.star-not-yet', textAt + star);
      return { on: 'case', value: (star >= 0 ? text.slice(0, -1) : text).toLowerCase(), prefix: star >= 0 };
    }
  }
}

/** Bad syntax is a fault with its place and a Dutch sentence. */
export function parseQuery(text: string): Result<Query> {
  try {
    return ok(parse(text));
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { problem, position } = refusal;
    return no('query.syntax', { errors: [{ field: 'query', position, code: problem, message: queryProblemText[problem] }] });
  }
}

function parse(text: string): Query {
  const symbols = symbolsOf(text);
  if (symbols.length === 0) return { kind: 'all' };
  let next = 0;
  let leaves = 0;

  const or = (depth: number): Query => {
    const parts = [and(depth)];
    while (symbols[next]?.kind === 'or') {
      next++;
      parts.push(and(depth));
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'or', parts };
  };
  const and = (depth: number): Query => {
    const parts = [not(depth)];
    for (;;) {
      const symbol = symbols[next];
      if (symbol?.kind === 'near') throw new Refusal('query.near-not-yet', symbol.at);
      if (symbol?.kind === 'and') next++;
      else if (symbol === undefined || symbol.kind === 'or' || symbol.kind === 'close') break;
      parts.push(not(depth));
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
  };
  const not = (depth: number): Query => {
    if (depth > deepest) throw new Refusal('query.too-deep', symbols[next]?.at ?? text.length);
    if (symbols[next]?.kind === 'not') {
      next++;
      return { kind: 'not', part: not(depth + 1) };
    }
    return atom(depth);
  };
  const atom = (depth: number): Query => {
    const symbol = symbols[next];
    const before = symbols[next - 1];
    if (symbol === undefined || symbol.kind === 'close') {
      if (before?.kind === 'open') throw symbol === undefined ? new Refusal('query.bracket-open', before.at) : new Refusal('query.bracket-empty', before.at);
      throw before === undefined ? new Refusal('query.bracket-close', symbol?.at ?? 0) : new Refusal('query.operator-right', before.at);
    }
    if (symbol.kind === 'near') throw new Refusal('query.near-not-yet', symbol.at);
    if (symbol.kind === 'and' || symbol.kind === 'or') {
      throw before === undefined || before.kind === 'open' ? new Refusal('query.operator-left', symbol.at) : new Refusal('query.operator-right', before.at);
    }
    next++;
    if (symbol.kind === 'open') {
      const inner = or(depth + 1);
      if (symbols[next]?.kind !== 'close') throw new Refusal('query.bracket-open', symbol.at);
      next++;
      return inner;
    }
    if (symbol.kind !== 'value') throw new Refusal('query.operator-right', symbol.at);
    if (++leaves > mostLeaves) throw new Refusal('query.too-many-words', symbol.at);
    return { kind: 'leaf', leaf: toLeaf(symbol), source: text.slice(symbol.at, symbol.end), position: symbol.at } satisfies LeafNode;
  };

  const query = or(0);
  const rest = symbols[next];
  if (rest !== undefined) throw new Refusal('query.bracket-close', rest.at);
  return query;
}
