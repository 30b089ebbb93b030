// Terms of the dictionary that a wide word stands for. Terms are sorted, so what neighbours share is worked out once: a likeness or a
// pattern walks the terms like the branches of a tree, and leaves a branch as soon as nothing on it can match.
import { type Dictionary, type DictionaryPage, lowerBound, termAt, termsIn } from './dictionary.ts';
import type { WideWord } from './query.ts';
import { globMatches, regexOf } from './word-match.ts';

/** Takes each place that matches; false ends the walk. */
type Found = (i: number) => boolean;

function walkGlob(page: DictionaryPage, glob: string, found: Found): void {
  const pieces = glob.split('*');
  const first = pieces[0] ?? '';
  const { text, starts } = page;
  if (first !== '') {
    for (let i = lowerBound(page, first); i < termsIn(page) && text.startsWith(first, starts[i] ?? 0); i++) {
      if (globMatches(glob, termAt(page, i)) && !found(i)) return;
    }
    return;
  }
  // The longest piece is looked for in the text of all terms at once; the last one with the end of its term.
  const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '');
  const needle = longest === pieces.at(-1) ? `${longest}\n` : longest;
  let i = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, starts[i + 1] ?? text.length)) {
    i = placeOf(starts, at, i);
    if (globMatches(glob, termAt(page, i)) && !found(i)) return;
    if (i + 1 >= termsIn(page)) return;
  }
}

/** The term in which `at` lies; it is not before `from`. */
function placeOf(starts: Uint32Array, at: number, from: number): number {
  let low = from;
  let high = starts.length - 1;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

const deepest = 256;

/** Rows of the distance table, one for each depth, as in `editDistance`. */
function walkFuzzy(page: DictionaryPage, term: string, distance: number, found: Found): void {
  const { text, starts, shared } = page;
  const width = term.length + 1;
  const rows = new Uint8Array((deepest + 1) * width);
  const least = new Uint8Array(deepest + 1);
  for (let j = 0; j < width; j++) rows[j] = j;
  const wanted = Uint16Array.from({ length: term.length }, (_, j) => term.charCodeAt(j));
  /** Depth to which the rows fit the term before, and at which its branch died. */
  let valid = 0;
  let deadAt = deepest;
  for (let i = 0; i < shared.length; i++) {
    const common = shared[i] ?? 0;
    if (common >= deadAt) continue;
    deadAt = deepest;
    const from = starts[i] ?? 0;
    const length = (starts[i + 1] ?? 0) - 1 - from;
    let depth = Math.min(common, valid);
    for (; depth < length && depth < deepest; depth++) {
      const unit = text.charCodeAt(from + depth);
      const before = depth === 0 ? -1 : text.charCodeAt(from + depth - 1);
      const last = depth * width;
      const row = last + width;
      let value = depth + 1;
      rows[row] = value;
      let smallest = value;
      for (let j = 1; j < width; j++) {
        const same = wanted[j - 1] === unit;
        let next = (rows[last + j - 1] ?? 0) + (same ? 0 : 1);
        const deleted = (rows[last + j] ?? 0) + 1;
        if (deleted < next) next = deleted;
        if (value + 1 < next) next = value + 1;
        if (j > 1 && depth > 0 && wanted[j - 2] === unit && wanted[j - 1] === before) {
          const swapped = (rows[last - width + j - 2] ?? 0) + 1;
          if (swapped < next) next = swapped;
        }
        value = next;
        rows[row + j] = value;
        if (value < smallest) smallest = value;
      }
      least[depth + 1] = smallest;
      // A swap may still reach back over one row.
      if (smallest > distance && (least[depth] ?? 0) + 1 > distance) {
        deadAt = depth + 1;
        break;
      }
    }
    valid = Math.min(depth + (deadAt === deepest ? 0 : 1), deepest);
    if (deadAt === deepest && depth === length && (rows[length * width + width - 1] ?? 255) <= distance && !found(i)) return;
  }
}

function walkRegex(page: DictionaryPage, source: string, found: Found): void {
  const { text, starts, shared } = page;
  const regex = regexOf(source);
  const states = new Int32Array(deepest + 1);
  states[0] = regex.start;
  let valid = 0;
  for (let i = 0; i < shared.length; i++) {
    let depth = Math.min(shared[i] ?? 0, valid);
    let state = states[depth] ?? 0;
    const from = starts[i] ?? 0;
    const length = (starts[i + 1] ?? 0) - 1 - from;
    while (depth < length && state !== 0) {
      state = regex.step(state, text.charCodeAt(from + depth));
      depth++;
      if (depth <= deepest) states[depth] = state;
    }
    valid = Math.min(depth, deepest);
    if (state !== 0 && regex.accepts(state) && !found(i)) return;
  }
}

function walk(page: DictionaryPage, word: WideWord, found: Found): void {
  if (word.kind === 'wild') walkGlob(page, word.glob, found);
  else if (word.kind === 'fuzzy') walkFuzzy(page, word.term, word.distance, found);
  else walkRegex(page, word.source, found);
}

/** Where words of a leaf are looked for: in messages and attachment names, or in labels and titles. */
export type TermField = 'messages' | 'labels';

/**
 * Every term that the word stands for, of several dictionaries together; null when there are more than `most`. Canonical phone numbers
 * are no words.
 */
export function termsOf(dictionaries: readonly Dictionary[], word: WideWord, field: TermField, most: number): readonly string[] | null {
  const found = new Set<string>();
  for (const dictionary of dictionaries) {
    for (const page of dictionary) {
      walk(page, word, (i) => {
        if ((page[field][i] ?? 0) === 0) return true;
        const term = termAt(page, i);
        if (!term.startsWith('tel:')) found.add(term);
        return found.size <= most;
      });
      if (found.size > most) return null;
    }
  }
  return [...found];
}
