// Counts of an answer: what each leaf stands for, and how the matches fall over cases, conversations, senders and months. All exact.
import { conversationNumber } from './attachment-shelf.ts';
import { andBits, type Bits, countBits, eachBit } from './bits.ts';
import { bitsOfCards, bitsOfPhrase } from './match-places.ts';
import { keysOfPattern } from './open-drawers.ts';
import type { Matches } from './page.ts';
import { keyOfWord, leavesOf, type Pattern, type Query } from './query.ts';
import type { FacetKind } from './question.ts';
import { monthText } from './segment.ts';
import type { SegmentView } from './segment-view.ts';

export interface FacetCount {
  readonly value: string;
  readonly label?: string;
  readonly messages: number;
}

export interface Expansion {
  /** As typed. */
  readonly leaf: string;
  readonly terms: readonly { readonly term: string; readonly messages: number /** Switched off by the asker. */; readonly off?: true }[];
}

/** A segment that takes part in the answer, and its records that match. */
export interface FoundSegment extends Matches {
  readonly view: SegmentView;
  readonly filterBits: Bits | null;
}

function byCount(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function add(counts: Map<string, number>, value: string, messages: number): void {
  if (messages > 0) counts.set(value, (counts.get(value) ?? 0) + messages);
}

/** A phrase as it is counted: `niet op de mail`, `z 2024 00*`, `foto *x*`. */
function phraseText({ words }: Pattern): string {
  return words.map((word) => keyOfWord(word).replace(/^(?:(?:messages|labels) )?(?:wild|forms) /, '')).join(' ');
}

/** For each leaf: the words it stands for, each with the messages that hold it within filters and scope, whatever the other leaves say. */
export function countExpansions(query: Query, found: readonly FoundSegment[]): readonly Expansion[] {
  const leaves = new Map(leavesOf(query).map((node) => [`${node.position} ${node.source}`, node]));
  return [...leaves.values()].flatMap(({ leaf, source }) => {
    if (leaf.on !== 'words') return [];
    const { pattern } = leaf;
    const counts = new Map<string, number>();
    const [only, ...more] = keysOfPattern(pattern);
    for (const { view, filterBits, head } of found) {
      const count = (bits: Bits) => countBits(filterBits === null ? bits : andBits(bits, filterBits));
      if (only !== undefined && more.length === 0) {
        for (const card of view.cards.get(only) ?? []) {
          add(counts, card.card.term, filterBits === null ? card.card.messages : count(bitsOfCards([card], head.count)));
        }
      } else add(counts, phraseText(pattern), count(bitsOfPhrase(pattern, view)));
      if (pattern.phone !== null) add(counts, pattern.phone, count(bitsOfCards(view.cards.get(pattern.phone), head.count)));
    }
    const isOff = new Set(pattern.without);
    return [{ leaf: source, terms: byCount(counts).map(([term, messages]) => ({ term, messages, ...(isOff.has(term) ? { off: true as const } : {}) })) }];
  });
}

/** What facets say of a bundle, and how their values are called. */
export interface FacetSurroundings {
  readonly caseIdsOf: (bundleId: string) => readonly string[];
  /** Null: nobody's in the register of key people. */
  readonly custodianOf: (bundleId: string) => string | null;
  readonly labelOf: (kind: FacetKind, value: string) => string | null;
}

export function countFacets(
  kinds: readonly FacetKind[],
  holding: readonly FoundSegment[],
  { caseIdsOf, custodianOf, labelOf }: FacetSurroundings,
): Partial<Record<FacetKind, readonly FacetCount[]>> {
  const counts = { case: new Map(), conversation: new Map(), sender: new Map(), app: new Map(), month: new Map(), custodian: new Map() } satisfies Record<
    FacetKind,
    Map<string, number>
  >;
  for (const { head, bits, view } of holding) {
    const messages = countBits(bits);
    for (const id of caseIdsOf(head.bundleId)) add(counts.case, id, messages);
    add(counts.app, head.platform, messages);
    const custodian = custodianOf(head.bundleId);
    if (custodian !== null) add(counts.custodian, custodian, messages);
    add(counts.conversation, `${head.bundleId}/${conversationNumber(head.n)}`, messages);
    if (view.columns === null) continue;
    const { senders, times } = view.columns;
    const bySender = new Map<number, number>();
    const byMonth = new Map<number, number>();
    eachBit(bits, (record) => {
      const sender = senders[record] ?? 0;
      const month = Math.floor((times[record] ?? 0) / 1e8);
      bySender.set(sender, (bySender.get(sender) ?? 0) + 1);
      byMonth.set(month, (byMonth.get(month) ?? 0) + 1);
    });
    for (const [sender, held] of bySender) if (sender > 0) add(counts.sender, head.senders[sender - 1] ?? '', held);
    for (const [month, held] of byMonth) add(counts.month, monthText(month * 1e8), held);
  }
  const facets: Partial<Record<FacetKind, readonly FacetCount[]>> = {};
  for (const kind of kinds) {
    const sorted = kind === 'month' ? [...counts.month].sort((a, b) => (a[0] < b[0] ? -1 : 1)) : byCount(counts[kind]);
    facets[kind] = sorted.map(([value, messages]) => {
      const label = labelOf(kind, value);
      return { value, ...(label === null ? {} : { label }), messages };
    });
  }
  return facets;
}
