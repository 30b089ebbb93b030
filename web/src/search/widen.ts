// Words beside a word of the query: `vergunning` → `(vergunning OF "omgevingsvergunning")`. They stand in the query itself, so that
// what was searched for can be read there, and in what is kept of it.
import type { PlainWord } from './understand.ts';

const beside = /^(?: OF "[^"]+")+\)/;

function tail(query: string, { source, position }: PlainWord): string {
  const after = query.slice(position + source.length);
  return query.charAt(position - 1) === '(' ? (beside.exec(after)?.[0] ?? '') : '';
}

/** The words that stand beside this one. */
export function wordsBeside(query: string, word: PlainWord): readonly string[] {
  return [...tail(query, word).matchAll(/"([^"]+)"/g)].map(([, one = '']) => one);
}

/** The query with exactly these words beside this one. */
export function widen(query: string, word: PlainWord, words: readonly string[]): string {
  const old = tail(query, word);
  const from = old === '' ? word.position : word.position - 1;
  const to = word.position + word.source.length + old.length;
  const now = words.length === 0 ? word.source : `(${word.source}${words.map((one) => ` OF "${one}"`).join('')})`;
  return query.slice(0, from) + now + query.slice(to);
}
