// Whether one record matches a query, read from its text alone: the oracle that the index is held against, and the explanation
// of a hit (which words, where).
import { tokenize } from '#core/text/tokenize.ts';
import { eachWord, wordsBeside } from './each-word.ts';
import { type LeafNode, type Pattern, type Query, shownLeavesOf } from './query.ts';
import { type FiledRecord, localNumber } from './segment.ts';

/** What a record's surroundings say. */
export interface RecordContext {
  readonly title: string | null;
  readonly caseIds: readonly string[];
}

/** Terms by position. */
type Words = ReadonlyMap<number, readonly string[]>;

/** A canonical phone number is found by a phone number, never by the beginning of a word. */
export function termMatches(term: string, wanted: string, prefix: boolean): boolean {
  return prefix ? term.startsWith(wanted) && !term.startsWith('tel:') : term === wanted;
}

/** Positions where the pattern begins in these words. */
function placesOf(pattern: Pattern, words: Words): readonly number[] {
  const last = pattern.terms.length - 1;
  return [...words.keys()].filter((start) =>
    pattern.terms.every((wanted, i) => words.get(start + i)?.some((term) => termMatches(term, wanted, pattern.prefix && i === last)) === true),
  );
}

function hasTerm(words: Words, wanted: string): boolean {
  for (const terms of words.values()) if (terms.includes(wanted)) return true;
  return false;
}

function patternMatches(pattern: Pattern, words: Words): boolean {
  return placesOf(pattern, words).length > 0 || (pattern.phone !== null && hasTerm(words, pattern.phone));
}

function collectWords(give: (sink: (term: string, position: number) => void) => void): Words {
  const words = new Map<number, string[]>();
  give((term, position) => {
    const there = words.get(position);
    if (there === undefined) words.set(position, [term]);
    else there.push(term);
  });
  return words;
}

export function labelMatches(pattern: Pattern, label: string | null): boolean {
  if (label === null) return false;
  const words = collectWords((sink) => {
    for (const { term, position } of tokenize(label)) sink(term, position);
  });
  return patternMatches(pattern, words);
}

export function caseMatches(leaf: { readonly value: string; readonly prefix: boolean }, caseIds: readonly string[]): boolean {
  return caseIds.some((id) => (leaf.prefix ? id.toLowerCase().startsWith(leaf.value) : id.toLowerCase() === leaf.value));
}

function wordsOf(record: FiledRecord): Words {
  return collectWords((sink) => eachWord(record, sink));
}

function leafMatches({ leaf }: LeafNode, record: FiledRecord, context: RecordContext): boolean {
  switch (leaf.on) {
    case 'words':
      return patternMatches(leaf.pattern, wordsOf(record));
    case 'sender':
      return labelMatches(leaf.pattern, record.sender);
    case 'title':
      return labelMatches(leaf.pattern, context.title);
    case 'case':
      return caseMatches(leaf, context.caseIds);
    case 'date': {
      const time = localNumber(record.local);
      return time >= leaf.from && time <= leaf.to;
    }
  }
}

export function recordMatches(query: Query, record: FiledRecord, context: RecordContext): boolean {
  switch (query.kind) {
    case 'all':
      return true;
    case 'leaf':
      return leafMatches(query, record, context);
    case 'and':
      return query.parts.every((part) => recordMatches(part, record, context));
    case 'or':
      return query.parts.some((part) => recordMatches(part, record, context));
    case 'not':
      return !recordMatches(query.part, record, context);
  }
}

export interface Explanation {
  /** [start, end) in the record's text, in order, not overlapping. */
  readonly highlights: readonly (readonly [start: number, end: number])[];
  /** Words of the message that the query found, folded; in order of the query. */
  readonly matched: readonly string[];
}

export function explainMatch(query: Query, record: FiledRecord): Explanation {
  const tokens = tokenize(record.text);
  const words =
    (record.attachments ?? []).length > 0 || wordsBeside(record).length > 0
      ? wordsOf(record)
      : collectWords((sink) => tokens.forEach(({ term, position }) => void sink(term, position)));
  const byPosition = Map.groupBy(tokens, (token) => token.position);
  const at = (position: number, term: string | undefined) => byPosition.get(position)?.find((token) => token.term === term);
  const spans: (readonly [number, number])[] = [];
  const matched = new Set<string>();
  for (const { leaf } of shownLeavesOf(query)) {
    if (leaf.on !== 'words') continue;
    const { pattern } = leaf;
    const last = pattern.terms.length - 1;
    for (const start of placesOf(pattern, words)) {
      const found = pattern.terms.map((wanted, i) => words.get(start + i)?.find((term) => termMatches(term, wanted, pattern.prefix && i === last)) ?? '');
      matched.add(found.join(' '));
      const first = at(start, found[0]);
      const end = at(start + last, found[last]);
      if (first !== undefined && end !== undefined) spans.push([first.start, end.end]);
    }
    if (pattern.phone === null) continue;
    for (const token of tokens) if (token.term === pattern.phone) spans.push([token.start, token.end]);
    if (hasTerm(words, pattern.phone)) matched.add(pattern.phone);
  }
  return { highlights: merged(spans), matched: [...matched] };
}

function merged(spans: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const out: [number, number][] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = out.at(-1);
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}
