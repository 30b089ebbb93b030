// What a run of a saved search keeps of one bundle: the ordinals of its hits by conversation, and the words of the archive that the
// query stood for there. It goes with the bundle, so that nothing of a destroyed chat outlives it.
//
//   hits    [[3, [17, 1, 40]], [1000000003, [2]]]     conversation 3: records 17, 18 and 58; a page of an attachment of it
//   words   [[0, 'vergunningen', 12], [0, 'vergund', 3, 1]]     leaf, word, messages; 1: switched off
import { conversationNumber, isShelf } from './attachment-shelf.ts';
import { type Bits, countBits, eachBit, noBits, setBit } from './bits.ts';
import { countExpansions, type Expansion, type FoundSegment } from './count-answer.ts';
import type { Query } from './query.ts';
import type { SegmentHead } from './segment.ts';

export interface FrozenBundle {
  /** By conversation, each number as the distance to the one before it; the first from 0. */
  readonly hits: readonly (readonly [n: number, steps: readonly number[]])[];
  readonly words: readonly (readonly [leaf: number, term: string, messages: number, off?: 1])[];
}

/** Ordinals by conversation (and shelf), ascending. */
export type HitSet = ReadonlyMap<number, readonly number[]>;

export function hitSetOf({ hits }: Pick<FrozenBundle, 'hits'>): HitSet {
  return new Map(
    hits.map(([n, steps]) => {
      let at = 0;
      return [n, steps.map((step) => (at += step))] as const;
    }),
  );
}

export function countHits(set: HitSet): number {
  let count = 0;
  for (const ordinals of set.values()) count += ordinals.length;
  return count;
}

function stepsOf(segments: readonly FoundSegment[]): readonly number[] {
  const steps: number[] = [];
  let before = 0;
  for (const { head, bits } of segments) {
    eachBit(bits, (record) => {
      steps.push(head.base + record - before);
      before = head.base + record;
    });
  }
  return steps;
}

function groupBy<K, T>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const there = groups.get(keyOf(one));
    if (there === undefined) groups.set(keyOf(one), [one]);
    else there.push(one);
  }
  return groups;
}

export interface Frozen {
  readonly leaves: readonly string[];
  /** Bundles with a hit or with a word that was asked for, in order of their id. */
  readonly bundles: readonly { readonly id: string; readonly hits: number; readonly inAttachments: number; readonly kept: FrozenBundle }[];
  readonly total: number;
  readonly inAttachments: number;
  readonly conversations: number;
}

/** `found`: every segment with a word that was asked for, hit or not. */
export function freezeHits(query: Query, found: readonly FoundSegment[]): Frozen {
  const leaves = countExpansions(query, []).map(({ leaf }) => leaf);
  const conversations = new Set<string>();
  const bundles = [...groupBy(found, ({ head }) => head.bundleId)].map(([id, segments]) => {
    const words = countExpansions(query, segments).flatMap(({ terms }, leaf) =>
      terms.map(({ term, messages, off }): FrozenBundle['words'][number] => (off === true ? [leaf, term, messages, 1] : [leaf, term, messages])),
    );
    const ascending = [...segments].sort((a, b) => a.head.n - b.head.n || a.head.base - b.head.base);
    const hits = [...groupBy(ascending, ({ head }) => head.n)]
      .map(([n, ofConversation]) => [n, stepsOf(ofConversation)] as const)
      .filter(([, steps]) => steps.length > 0);
    for (const [n] of hits) conversations.add(`${id}/${conversationNumber(n)}`);
    const sum = (only: (n: number) => boolean) => segments.reduce((all, { head, bits }) => all + (only(head.n) ? countBits(bits) : 0), 0);
    return { id, hits: sum(() => true), inAttachments: sum(isShelf), kept: { hits, words } };
  });
  const taking = bundles.filter(({ kept }) => kept.hits.length > 0 || kept.words.length > 0).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    leaves,
    bundles: taking,
    total: taking.reduce((all, { hits }) => all + hits, 0),
    inAttachments: taking.reduce((all, { inAttachments }) => all + inAttachments, 0),
    conversations: conversations.size,
  };
}

/** What the leaves stood for, over these bundles together. */
export function joinWords(leaves: readonly string[], kept: Iterable<FrozenBundle>): readonly Expansion[] {
  const counts = leaves.map(() => new Map<string, { messages: number; off: boolean }>());
  for (const { words } of kept) {
    for (const [leaf, term, messages, off] of words) {
      const there = counts[leaf]?.get(term);
      counts[leaf]?.set(term, { messages: messages + (there?.messages ?? 0), off: off === 1 });
    }
  }
  return leaves.map((leaf, i) => ({
    leaf,
    terms: [...(counts[i] ?? [])]
      .map(([term, { messages, off }]) => ({ term, messages, ...(off ? { off: true as const } : {}) }))
      .sort((a, b) => b.messages - a.messages || (a.term < b.term ? -1 : 1)),
  }));
}

/** Hits of `a` that are not in `b`. */
export function hitsWithout(a: HitSet, b: HitSet): HitSet {
  const rest = new Map<number, readonly number[]>();
  for (const [n, ordinals] of a) {
    const others = new Set(b.get(n));
    const left = ordinals.filter((ordinal) => !others.has(ordinal));
    if (left.length > 0) rest.set(n, left);
  }
  return rest;
}

/** The hits that stand in this segment. */
export function bitsOfHits({ base, count }: Pick<SegmentHead, 'base' | 'count'>, ordinals: readonly number[]): Bits {
  const bits = noBits(count);
  for (const ordinal of ordinals) if (ordinal >= base && ordinal < base + count) setBit(bits, ordinal - base);
  return bits;
}
