// Whether a term is what a word of the query stands for, from the two alone. The dictionary's faster walks are held against this.
import type { Word } from './query.ts';
import { isRegexProblem, makeTermRegex, regexMatches, type TermRegex } from './term-regex.ts';

/** Pieces between stars: the first begins the text, the last ends it, those between follow in order. */
export function globMatches(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

/** Insertions, deletions, changes and swaps of neighbours that make `a` into `b`, each place touched once; `most` + 1 when more. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}

const compiled = new Map<string, TermRegex>();

/** The pattern of a query that was read: it was found right then. */
export function regexOf(source: string): TermRegex {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const made = makeTermRegex(source);
  if (isRegexProblem(made)) throw new Error('a pattern was taken that cannot be read');
  if (compiled.size >= 50) compiled.clear();
  compiled.set(source, made);
  return made;
}

/** A canonical phone number is found by a phone number, never by the beginning or a likeness of a word. */
export function wordMatches(word: Word, term: string): boolean {
  switch (word.kind) {
    case 'term':
      return term === word.term;
    case 'any':
      return word.terms.includes(term);
    case 'prefix':
      return term.startsWith(word.term) && !term.startsWith('tel:');
    case 'wild':
      return globMatches(word.glob, term) && !term.startsWith('tel:');
    case 'fuzzy':
      return !term.startsWith('tel:') && editDistance(word.term, term, word.distance) <= word.distance;
    case 'regex':
      return !term.startsWith('tel:') && regexMatches(regexOf(word.source), term);
  }
}
