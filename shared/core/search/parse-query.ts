// What people type → Query. The grammar in words stands on the page "Zo zoekt u".
//
//   list   = or { line end or }                       lines below each other: alternatives
//   or     = and { OF and }
//   and    = not { [EN] not }                         words beside each other: EN
//   not    = { NIET } near
//   near   = atom { NABIJ/n atom }                    sides: words, phrases, or words with OF in brackets
//   atom   = ( or ) · field:value · value
//   value  = "exact" · word · w*rd · word~1 · /pattern/ · phone number
//
// Operators in capitals, Dutch or English. A word that is typed plain stands for its inflections too.
import { type Platform, platforms, recordKinds } from '#core/model/chat.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { isCalendarDay } from '#core/text/calendar-day.ts';
import { phoneTerm } from '#core/text/phone.ts';
import { inflectionsOf } from '#core/text/stem.ts';
import { longestTerm, type Token, tokenize } from '#core/text/tokenize.ts';
import { kindFlag } from './columns-codec.ts';
import { type Leaf, type LeafNode, type Pattern, patternOf, type Query, type Word } from './query.ts';
import { type QueryPart, QueryRefusal, symbolsOf, type ValueSymbol } from './query-symbols.ts';
import { isRegexProblem, makeTermRegex } from './term-regex.ts';
import { queryProblemText } from './text.nl.ts';

const mostLeaves = 64;
const mostLines = 200;
const deepest = 40;
/** Well below the gap between a text and an attachment's name (each-word). */
export const farthest = 99;

export const queryFields = { van: 'sender', in: 'title', zaak: 'case', datum: 'date', app: 'app', type: 'kind', bijlage: 'name' } as const;

const kindMask = 15;
const flagNames: Readonly<Record<string, number>> = { bewerkt: kindFlag.edited, verwijderd: kindFlag.deleted, bijlage: kindFlag.attachments };
const kindNames: Readonly<Record<string, (typeof recordKinds)[number]>> = {
  tekst: 'text',
  media: 'media',
  systeem: 'system',
  oproep: 'call',
  peiling: 'poll',
  locatie: 'location',
  contact: 'contact',
  sticker: 'sticker',
  onbekend: 'unknown',
};

/** One piece between stars, with its tokens. */
interface Piece {
  readonly length: number;
  readonly tokens: readonly Token[];
}

/** `ver*ing` → one word; `Z-2024-*` → two, the star stands by itself and adds nothing. */
function starredWords(body: string, at: number): readonly Word[] {
  const pieces: Piece[] = body.split('*').map((piece) => ({ length: piece.length, tokens: tokenize(piece).filter(({ term }) => !term.startsWith('tel:')) }));
  const globs: string[] = [];
  let open = false;
  pieces.forEach(({ length, tokens }, p) => {
    tokens.forEach(({ term, start }, i) => {
      if (term.length > longestTerm) throw new QueryRefusal('query.prefix-long', at);
      const touches = i === 0 && start === 0 && p > 0;
      if (touches && open) globs[globs.length - 1] += term;
      else globs.push(touches ? `*${term}` : term);
    });
    const ends = tokens.length > 0 ? tokens.at(-1)?.end === length : length === 0 && open;
    open = ends && p < pieces.length - 1;
    if (open && globs.length > 0 && globs.at(-1)?.endsWith('*') === false) globs[globs.length - 1] += '*';
  });
  return globs.map((glob) => {
    const star = glob.indexOf('*');
    if (star < 0) return { kind: 'term', term: glob };
    return star === glob.length - 1 ? { kind: 'prefix', term: glob.slice(0, -1) } : { kind: 'wild', glob };
  });
}

function plainWord(term: string): Word {
  const terms = inflectionsOf(term);
  return terms.length === 1 ? { kind: 'term', term } : { kind: 'any', key: `forms ${term}`, terms };
}

function termsIn(text: string, at: number): readonly string[] {
  const terms = tokenize(text).flatMap(({ term }) => (term.startsWith('tel:') ? [] : [term]));
  if (terms.length === 0) throw new QueryRefusal('query.no-word', at);
  return terms;
}

function fuzzyWord(text: string, tilde: number, textAt: number): Word {
  const distance = text.slice(tilde + 1);
  const [term = '', ...more] = termsIn(text.slice(0, tilde), textAt);
  if (distance !== '1' && distance !== '2') throw new QueryRefusal('query.fuzzy-number', textAt + tilde);
  if (more.length > 0) throw new QueryRefusal('query.fuzzy-word', textAt);
  if (term.length > longestTerm) throw new QueryRefusal('query.prefix-long', textAt);
  return { kind: 'fuzzy', term, distance: distance === '1' ? 1 : 2 };
}

/** `plain`: a single word stands for its inflections too. */
function toPattern(value: ValueSymbol, plain: boolean): Pattern {
  const { text, form, at, textAt } = value;
  const alone = (word: Word): Pattern => ({ words: [word], phone: null, without: [] });
  if (form === 'regex') {
    const found = makeTermRegex(text);
    if (isRegexProblem(found)) throw new QueryRefusal(found.problem === 'size' ? 'query.regex-size' : 'query.regex', textAt + found.at);
    return alone({ kind: 'regex', source: text });
  }
  const tilde = form === 'word' ? text.indexOf('~') : -1;
  const star = form === 'word' ? text.indexOf('*') : -1;
  if (tilde >= 0) {
    if (star >= 0) throw new QueryRefusal('query.fuzzy-star', textAt + Math.max(tilde, star));
    return alone(fuzzyWord(text, tilde, textAt));
  }
  if (star >= 0) {
    const words = starredWords(text, at);
    if (words.length === 0) throw new QueryRefusal('query.no-word', at);
    return { words, phone: null, without: [] };
  }
  const terms = termsIn(text, at);
  const [only] = terms;
  const words = plain && form === 'word' && terms.length === 1 && only !== undefined ? [plainWord(only)] : terms.map((term): Word => ({ kind: 'term', term }));
  return { words, phone: phoneTerm(text), without: [] };
}

const part = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

function dateEdge(text: string, fill: '0' | '9', at: number): number {
  const found = part.exec(text);
  if (found === null || !isCalendarDay(Number(found[1]), Number(found[2] ?? '1'), Number(found[3] ?? '1'))) throw new QueryRefusal('query.date', at);
  return Number(text.replaceAll('-', '').padEnd(14, fill));
}

function toDate(text: string, at: number): Leaf {
  const [first = '', second, more] = text.split('..');
  if (more !== undefined || (first === '' && (second ?? '') === '')) throw new QueryRefusal('query.date', at);
  const from = first === '' ? 0 : dateEdge(first, '0', at);
  const last = second ?? first;
  const to = last === '' ? 99_999_999_999_999 : dateEdge(last, '9', at + (second === undefined ? 0 : first.length + 2));
  if (from > to) throw new QueryRefusal('query.date-order', at);
  return { on: 'date', from, to };
}

function toApp(text: string, at: number): Leaf {
  const wanted = text.toLowerCase();
  const platform = platforms.find((one): one is Platform => one === (wanted === 'overig' ? 'other' : wanted));
  if (platform === undefined) throw new QueryRefusal('query.app', at);
  return { on: 'app', platform };
}

/** What `type:` means by a name, in the kind byte of a record; null: no such kind. */
export function kindNamed(name: string): { readonly mask: number; readonly value: number } | null {
  const wanted = name.toLowerCase();
  const flag = Object.hasOwn(flagNames, wanted) ? flagNames[wanted] : undefined;
  if (flag !== undefined) return { mask: flag, value: flag };
  const kind = Object.hasOwn(kindNames, wanted) ? kindNames[wanted] : recordKinds.find((one) => one === wanted);
  return kind === undefined ? null : { mask: kindMask, value: recordKinds.indexOf(kind) };
}

function toKind(text: string, at: number): Leaf {
  const kind = kindNamed(text);
  if (kind === null) throw new QueryRefusal('query.type', at);
  return { on: 'kind', ...kind };
}

function toLeaf(value: ValueSymbol): Leaf {
  const { field, text, at, textAt } = value;
  if (field === null) return { on: 'words', pattern: toPattern(value, true) };
  if (!Object.hasOwn(queryFields, field)) throw new QueryRefusal('query.field-unknown', at);
  if (text === '') throw new QueryRefusal('query.field-empty', at);
  switch (queryFields[field as keyof typeof queryFields]) {
    case 'sender':
      return { on: 'sender', pattern: toPattern(value, false) };
    case 'title':
      return { on: 'title', pattern: toPattern(value, false) };
    case 'name':
      return value.form === 'word' && text === '*' ? toKind('bijlage', textAt) : { on: 'name', pattern: toPattern(value, true) };
    case 'date':
      return toDate(text, textAt);
    case 'app':
      return toApp(text, textAt);
    case 'kind':
      return toKind(text, textAt);
    case 'case':
      if (value.form === 'word' && /^\*+$/.test(text)) throw new QueryRefusal('query.no-word', at);
      // In a quoted number a star is a star.
      return { on: 'case', glob: value.form === 'word' ? text.toLowerCase() : text.toLowerCase().replaceAll('*', '') };
  }
}

/** Bad syntax is a fault with its place and a Dutch sentence. */
export function parseQuery(text: string): Result<Query> {
  try {
    return ok(parse(text));
  } catch (refusal) {
    if (!(refusal instanceof QueryRefusal)) throw refusal;
    const { problem, position } = refusal;
    return no('query.syntax', { errors: [{ field: 'query', position, code: problem, message: queryProblemText[problem] }] });
  }
}

/** The sides of a NABIJ: words, or words with OF between them. */
function sideOf(query: Query, at: number): readonly LeafNode[] {
  if (query.kind === 'leaf' && query.leaf.on === 'words') return [query];
  if (query.kind === 'or') return query.parts.flatMap((one) => sideOf(one, at));
  throw new QueryRefusal('query.near-side', at);
}

function parse(text: string): Query {
  const symbols = symbolsOf(text);
  if (symbols.length === 0) return { kind: 'all' };
  let next = 0;
  let leaves = 0;
  const lines = symbols.filter(({ kind }) => kind === 'line').length + 1;
  if (lines > mostLines) throw new QueryRefusal('query.too-many-lines', text.length);
  const most = lines > 1 ? Math.max(mostLeaves, lines * 4) : mostLeaves;

  const list = (): Query => {
    const parts = [or(0)];
    while (symbols[next]?.kind === 'line') {
      next++;
      parts.push(or(0));
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'or', parts };
  };
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
      if (symbol?.kind === 'and') next++;
      else if (symbol === undefined || symbol.kind === 'or' || symbol.kind === 'close' || symbol.kind === 'line') break;
      parts.push(not(depth));
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
  };
  const not = (depth: number): Query => {
    if (depth > deepest) throw new QueryRefusal('query.too-deep', symbols[next]?.at ?? text.length);
    if (symbols[next]?.kind === 'not') {
      next++;
      return { kind: 'not', part: not(depth + 1) };
    }
    return near(depth);
  };
  const near = (depth: number): Query => {
    const from = symbols[next]?.at ?? 0;
    let side = atom(depth);
    const parts: Query[] = [];
    for (let symbol = symbols[next]; symbol?.kind === 'near'; symbol = symbols[next]) {
      const { distance } = symbol;
      if (distance === null || distance < 1 || distance > farthest) throw new QueryRefusal('query.near-number', symbol.at);
      next++;
      const other = atom(depth);
      const source = text.slice(from, symbols[next - 1]?.end ?? text.length);
      parts.push({ kind: 'leaf', leaf: { on: 'near', left: sideOf(side, symbol.at), right: sideOf(other, symbol.at), distance }, source, position: from });
      side = other;
    }
    if (parts.length === 0) return side;
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
  };
  const missing = (symbol: QueryPart | undefined, before: QueryPart | undefined): QueryRefusal => {
    if (symbol === undefined || symbol.kind === 'close' || symbol.kind === 'line') {
      if (before?.kind === 'open') return new QueryRefusal(symbol?.kind === 'close' ? 'query.bracket-empty' : 'query.bracket-open', before.at);
      return before === undefined || before.kind === 'line'
        ? new QueryRefusal('query.bracket-close', symbol?.at ?? 0)
        : new QueryRefusal('query.operator-right', before.at);
    }
    const first = before === undefined || before.kind === 'open' || before.kind === 'line';
    return first ? new QueryRefusal('query.operator-left', symbol.at) : new QueryRefusal('query.operator-right', before.at);
  };
  const atom = (depth: number): Query => {
    const symbol = symbols[next];
    if (symbol?.kind === 'open') {
      next++;
      const inner = or(depth + 1);
      if (symbols[next]?.kind !== 'close') throw new QueryRefusal('query.bracket-open', symbol.at);
      next++;
      return inner;
    }
    if (symbol?.kind !== 'value') throw missing(symbol, symbols[next - 1]);
    next++;
    if (++leaves > most) throw new QueryRefusal('query.too-many-words', symbol.at);
    return { kind: 'leaf', leaf: toLeaf(symbol), source: text.slice(symbol.at, symbol.end), position: symbol.at } satisfies LeafNode;
  };

  const query = list();
  const rest = symbols[next];
  if (rest !== undefined) throw new QueryRefusal('query.bracket-close', rest.at);
  return query;
}

/** The terms that were switched off, by leaf as typed: these stay out of the answer, and are counted. */
export function switchOff(node: LeafNode, off: ReadonlyMap<string, readonly string[]>): LeafNode {
  const pattern = patternOf(node);
  const without = off.get(node.source);
  const { leaf } = node;
  if (pattern === null || without === undefined || pattern.words.length > 1 || !('pattern' in leaf)) return node;
  return { ...node, leaf: { ...leaf, pattern: { ...pattern, without } } };
}
