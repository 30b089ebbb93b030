// What one word or pattern stands for, and what else the asker may have meant: compounds that hold it, and words that differ by a slip.
// Counts are exact and within the asker's sight, because each is the answer to a search.
import { ok, type Result } from '#core/model/result.ts';
import type { Expansion } from '#core/search/count-answer.ts';
import { parseQuery } from '#core/search/parse-query.ts';
import type { SearchScope } from '#core/search/question.ts';
import { inflectionsOf } from '#core/text/stem.ts';
import { tokenize } from '#core/text/tokenize.ts';
import type { SearchMessages } from './search-messages.ts';

type Counts = Expansion['terms'];

export interface TermOffer {
  readonly kind: 'compound' | 'spelling';
  readonly terms: Counts;
  /** There are more than can be shown; none are. */
  readonly tooMany: boolean;
}

export interface ExpandedTerm {
  readonly terms: Counts;
  readonly total: number;
  readonly offers: readonly TermOffer[];
}

export type ExpandTerm = (leaf: string, scope: SearchScope) => Promise<Result<ExpandedTerm>>;

/** Shorter words stand in thousands of others. */
const leastLetters = 4;
const longWord = 8;

export function makeExpandTerm(search: SearchMessages): ExpandTerm {
  async function offer(kind: TermOffer['kind'], query: string, without: ReadonlySet<string>, scope: SearchScope): Promise<Result<TermOffer>> {
    const found = await search({ query, limit: 1 }, scope);
    if (!found.ok) return found.fault.code === 'query.expansion-too-wide' ? ok({ kind, terms: [], tooMany: true }) : found;
    const terms = new Map(found.value.expansions.flatMap((one) => one.terms.map((count) => [count.term, count] as const)));
    const sorted = [...terms.values()].filter(({ term }) => !without.has(term)).sort((a, b) => b.messages - a.messages || (a.term < b.term ? -1 : 1));
    return ok({ kind, terms: sorted, tooMany: false });
  }

  return async (leaf, scope) => {
    const found = await search({ query: leaf, limit: 1 }, scope);
    if (!found.ok) return found;
    const terms = found.value.expansions.flatMap((one) => one.terms);
    const word = plainWordOf(leaf);
    if (word === null) return ok({ terms, total: found.value.total, offers: [] });
    const forms = new Set([...inflectionsOf(word), ...terms.map(({ term }) => term)]);
    const compounds = await offer('compound', piecesOf([word, ...terms.map(({ term }) => term)]).join(' OF '), forms, scope);
    if (!compounds.ok) return compounds;
    const known = new Set([...forms, ...compounds.value.terms.map(({ term }) => term)]);
    const spelling = await offer('spelling', `${word}~${word.length < longWord ? 1 : 2}`, known, scope);
    if (!spelling.ok) return spelling;
    return ok({ terms, total: found.value.total, offers: [compounds.value, spelling.value] });
  };
}

/** The folded word when the leaf is one plain word; null for phrases, patterns and fields. */
function plainWordOf(leaf: string): string | null {
  if (!/^\s*[\p{L}\p{M}]+\s*$/u.test(leaf)) return null;
  const parsed = parseQuery(leaf);
  if (!parsed.ok || parsed.value.kind !== 'leaf' || parsed.value.leaf.on !== 'words') return null;
  const { words } = parsed.value.leaf.pattern;
  const [only] = words;
  const [token, ...more] = tokenize(leaf);
  const isPlain = words.length === 1 && (only?.kind === 'any' || only?.kind === 'term') && more.length === 0;
  return isPlain && token !== undefined && token.term.length >= leastLetters ? token.term : null;
}

/** `huis`, `huizen` → `*huis*`, `*huizen*`: the shortest pieces that all forms hold. */
function piecesOf(forms: readonly string[]): readonly string[] {
  const pieces: string[] = [];
  for (const form of [...new Set(forms)].sort((a, b) => a.length - b.length)) {
    if (form.length >= leastLetters && !pieces.some((piece) => form.includes(piece))) pieces.push(form);
  }
  return pieces.map((piece) => `*${piece}*`);
}
