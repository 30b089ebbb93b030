// A query whose wide words (stars, likenesses, patterns) are replaced by the terms that the dictionary holds for them, and whose
// inflections are cut down to those that exist. What is not in the dictionary is in no message.
import { no, ok, type Result } from '#core/model/result.ts';
import { countsOf, type Dictionary } from './dictionary.ts';
import { type TermField, termsOf } from './dictionary-walk.ts';
import { mostTerms } from './open-drawers.ts';
import { isWide, keyOfWord, type LeafNode, leavesOf, mapLeaves, patternOf, type Query, type Word } from './query.ts';
import { regexProblemOf } from './term-regex.ts';
import { type QueryProblem, queryProblemText } from './text.nl.ts';

/** Whether the query cannot be answered without the dictionary. */
export function needsDictionary(query: Query): boolean {
  return leavesOf(query).some((node) => patternOf(node)?.words.some(isWide) === true);
}

class TooWide {
  readonly problem: QueryProblem;
  readonly position: number;
  constructor(problem: QueryProblem, position: number) {
    this.problem = problem;
    this.position = position;
  }
}

function resolveWord(word: Word, field: TermField, dictionaries: readonly Dictionary[], position: number): Word {
  if (word.kind === 'any') {
    const there = word.terms.filter((term) => dictionaries.some((dictionary) => countsOf(dictionary, term) !== null));
    return { ...word, terms: there };
  }
  if (!isWide(word)) return word;
  const terms = termsOf(dictionaries, word, field, mostTerms);
  if (terms === null) throw new TooWide('query.expansion', position);
  return { kind: 'any', key: `${field} ${keyOfWord(word)}`, terms };
}

function resolveLeaf(node: LeafNode, dictionaries: readonly Dictionary[]): LeafNode {
  const pattern = patternOf(node);
  const { leaf } = node;
  if (pattern === null || !('pattern' in leaf)) return node;
  const field = leaf.on === 'sender' || leaf.on === 'title' ? 'labels' : 'messages';
  try {
    return { ...node, leaf: { ...leaf, pattern: { ...pattern, words: pattern.words.map((word) => resolveWord(word, field, dictionaries, node.position)) } } };
  } catch (error) {
    if (regexProblemOf(error) !== null) throw new TooWide('query.regex-size', node.position);
    throw error;
  }
}

/** `dictionaries` together hold all that is indexed: the snapshot, and what came since. */
export function resolveQuery(query: Query, dictionaries: readonly Dictionary[]): Result<Query> {
  try {
    return ok(mapLeaves(query, (node) => resolveLeaf(node, dictionaries)));
  } catch (refusal) {
    if (!(refusal instanceof TooWide)) throw refusal;
    const { problem, position } = refusal;
    const errors = [{ field: 'query', position, code: problem, message: queryProblemText[problem] }];
    return no(problem === 'query.expansion' ? 'query.expansion-too-wide' : 'query.syntax', { errors });
  }
}
