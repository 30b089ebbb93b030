// Whether one record matches a query, read from its text alone: the oracle that the index is held against, and the explanation
// of a hit (which words, where).
import type { Platform } from '#core/model/chat.ts';
import { tokenize } from '#core/text/tokenize.ts';
import { kindByte } from './columns-codec.ts';
import { eachWord, wordsBeside } from './each-word.ts';
import { type LeafNode, type Pattern, patternOf, type Query, shownLeavesOf, type Word } from './query.ts';
import { type FiledRecord, localNumber } from './segment.ts';
import { globMatches, wordMatches } from './word-match.ts';

/** What a record's surroundings say. */
export interface RecordContext {
  readonly title: string | null;
  readonly caseIds: readonly string[];
  readonly platform: Platform;
}

type NearLeaf = Extract<LeafNode['leaf'], { readonly on: 'near' }>;

/** Terms by position. */
type Words = ReadonlyMap<number, readonly string[]>;

/** The term of these that the word stands for. */
function foundTerm(terms: readonly string[] | undefined, word: Word, without: readonly string[]): string | undefined {
  return terms?.find((term) => !without.includes(term) && wordMatches(word, term));
}

/** Positions where the pattern begins in these words. */
function placesOf({ words: wanted, without }: Pattern, words: Words): readonly number[] {
  return [...words.keys()].filter((start) => wanted.every((word, i) => foundTerm(words.get(start + i), word, without) !== undefined));
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

export function caseMatches({ glob }: { readonly glob: string }, caseIds: readonly string[]): boolean {
  return caseIds.some((id) => globMatches(glob, id.toLowerCase()));
}

function namesOf(record: FiledRecord): Words {
  return collectWords((sink) =>
    eachWord(record, (term, position, inAttachment) => {
      if (inAttachment) sink(term, position);
    }),
  );
}

/** First and last position of each place of one of these. */
function stretchesOf(sides: readonly LeafNode[], words: Words): readonly (readonly [first: number, last: number])[] {
  return sides.flatMap((side) => {
    const pattern = patternOf(side);
    if (pattern === null) return [];
    const found = placesOf(pattern, words).map((start) => [start, start + pattern.words.length - 1] as const);
    const { phone } = pattern;
    return phone === null ? found : [...found, ...[...words].flatMap(([at, terms]) => (terms.includes(phone) ? [[at, at] as const] : []))];
  });
}

function pairsOf({ left, right, distance }: NearLeaf, words: Words) {
  const others = stretchesOf(right, words);
  return stretchesOf(left, words).flatMap((one) =>
    others.flatMap((other) => {
      const [before, after] = one[0] < other[0] ? [one, other] : [other, one];
      return after[0] > before[1] && after[0] - before[1] <= distance ? [one, other] : [];
    }),
  );
}

function wordsOf(record: FiledRecord): Words {
  return collectWords((sink) => eachWord(record, sink));
}

function leafMatches({ leaf }: LeafNode, record: FiledRecord, context: RecordContext): boolean {
  switch (leaf.on) {
    case 'words':
      return patternMatches(leaf.pattern, wordsOf(record));
    case 'name':
      return placesOf(leaf.pattern, namesOf(record)).length > 0;
    case 'near':
      return pairsOf(leaf, wordsOf(record)).length > 0;
    case 'app':
      return context.platform === leaf.platform;
    case 'kind':
      return (kindByte(record) & leaf.mask) === leaf.value;
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
  const show = (pattern: Pattern, start: number) => {
    const found = pattern.words.map((word, i) => foundTerm(words.get(start + i), word, pattern.without) ?? '');
    matched.add(found.join(' '));
    const first = at(start, found[0]);
    const end = at(start + found.length - 1, found.at(-1));
    if (first !== undefined && end !== undefined) spans.push([first.start, end.end]);
  };
  const showPhone = (phone: string, from?: number) => {
    for (const token of tokens) if (token.term === phone && (from === undefined || token.position === from)) spans.push([token.start, token.end]);
    if (from !== undefined || hasTerm(words, phone)) matched.add(phone);
  };
  for (const { leaf } of shownLeavesOf(query)) {
    if (leaf.on === 'near') {
      // Only the places that stand near each other.
      const near = new Set(pairsOf(leaf, words).map(([first, last]) => `${first} ${last}`));
      for (const side of [...leaf.left, ...leaf.right]) {
        const pattern = patternOf(side);
        if (pattern === null) continue;
        for (const start of placesOf(pattern, words)) if (near.has(`${start} ${start + pattern.words.length - 1}`)) show(pattern, start);
        const { phone } = pattern;
        if (phone !== null) for (const [position, terms] of words) if (terms.includes(phone) && near.has(`${position} ${position}`)) showPhone(phone, position);
      }
    } else if (leaf.on === 'words' || leaf.on === 'name') {
      const { pattern } = leaf;
      const places = placesOf(pattern, leaf.on === 'name' ? namesOf(record) : words);
      for (const start of places) show(pattern, start);
      if (leaf.on === 'words' && pattern.phone !== null) showPhone(pattern.phone);
    }
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
