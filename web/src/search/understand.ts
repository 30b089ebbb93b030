// What was typed, as it is understood: read by the parser that the archive itself uses. Fetched when the search page opens.
import { parseQuery } from '#core/search/parse-query.ts';
import { type LeafNode, type Pattern, patternOf, type Query, type Word } from '#core/search/query.ts';
import { searchText } from '../text/search.nl.ts';

export type Piece =
  | { readonly kind: 'leaf'; readonly source: string; readonly says: string }
  | { readonly kind: 'near'; readonly left: readonly Piece[]; readonly right: readonly Piece[]; readonly distance: number }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Piece[] }
  | { readonly kind: 'not'; readonly part: Piece };

/** A word that was typed plain: it may be widened. */
export interface PlainWord {
  readonly source: string;
  readonly position: number;
}

export type Understood =
  /** `piece` null: nothing was typed. */
  | { readonly ok: true; readonly piece: Piece | null; readonly plain: readonly PlainWord[]; readonly lines: number }
  | { readonly ok: false; readonly position: number; readonly message: string };

const { says } = searchText;
/** Of shorter words the archive offers nothing (expand-term). */
const plain = /^[\p{L}\p{M}]{4,}$/u;

function wordSays(word: Word): string {
  switch (word.kind) {
    case 'term':
      return says.exact;
    case 'any':
      return says.forms;
    case 'fuzzy':
      return says.fuzzy(word.distance);
    case 'prefix':
    case 'wild':
    case 'regex':
      return says[word.kind];
  }
}

function patternSays({ words, phone }: Pattern, source: string): string {
  if (phone !== null) return says.phone;
  const [only, ...more] = words;
  if (only === undefined || more.length > 0) return says.together;
  return only.kind === 'term' && plain.test(source) ? '' : wordSays(only);
}

function leafSays({ leaf, source }: LeafNode): string {
  if (leaf.on === 'words') return patternSays(leaf.pattern, source);
  return leaf.on === 'near' ? '' : says[leaf.on];
}

function toPiece(query: Query): Piece | null {
  switch (query.kind) {
    case 'all':
      return null;
    case 'not': {
      const part = toPiece(query.part);
      return part === null ? null : { kind: 'not', part };
    }
    case 'and':
    case 'or':
      return { kind: query.kind, parts: query.parts.flatMap((part) => toPiece(part) ?? []) };
    case 'leaf': {
      const { leaf } = query;
      const sides = (nodes: readonly LeafNode[]) => nodes.flatMap((node) => toPiece(node) ?? []);
      return leaf.on === 'near'
        ? { kind: 'near', left: sides(leaf.left), right: sides(leaf.right), distance: leaf.distance }
        : { kind: 'leaf', source: query.source, says: leafSays(query) };
    }
  }
}

function plainWords(query: Query): readonly PlainWord[] {
  switch (query.kind) {
    case 'leaf': {
      const { leaf, source, position } = query;
      if (leaf.on === 'near') return [...leaf.left, ...leaf.right].flatMap(plainWords);
      return leaf.on === 'words' && patternOf(query)?.phone === null && plain.test(source) ? [{ source, position }] : [];
    }
    case 'and':
    case 'or':
      return query.parts.flatMap(plainWords);
    case 'not':
      return plainWords(query.part);
    case 'all':
      return [];
  }
}

export function understand(typed: string): Understood {
  const parsed = parseQuery(typed);
  if (!parsed.ok) {
    const place = parsed.fault.errors?.[0];
    return { ok: false, position: place?.position ?? 0, message: place?.message ?? '' };
  }
  // In the order in which they were typed, each once: a side of NABIJ can stand in two pairs.
  const words = new Map(plainWords(parsed.value).map((word) => [word.position, word]));
  return {
    ok: true,
    piece: toPiece(parsed.value),
    plain: [...words.values()].sort((a, b) => a.position - b.position),
    lines: typed.split(/[\n\r\u2028\u2029]+/).filter((line) => line.trim() !== '').length,
  };
}
