// Which other conversations are exports of the same chat. Some of its telling texts, spread over its time, are searched for; what holds
// one of them is then compared as a whole. What two share for less than a thirtieth of the conversation may stay unnamed.
import { ok, type Result } from '#core/model/result.ts';
import { type AlignedPair, alignExports } from '#core/search/align-exports.ts';
import type { SearchScope } from '#core/search/question.ts';
import { tokenize } from '#core/text/tokenize.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { type ReadExport, readPhoneExports, readTexts } from './phone-exports.ts';
import type { SearchMessages } from './search-messages.ts';

export interface SimilarConversation {
  readonly bundleId: string;
  readonly n: number;
  readonly title: string | null;
  /** Messages that stand in both. */
  readonly shared: number;
  /** Messages of this and of the other in the time that both cover. */
  readonly inCommonTime: readonly [of: number, other: number];
  /** Minutes that the other's clock is ahead. */
  readonly clockShift: number;
}

export interface NeedsFindSimilar {
  readonly index: IndexStore;
  readonly searchMessages: SearchMessages;
}

const mostTexts = 32;
const textsAtOnce = 8;
const longestPhrase = 6;

type Place = Pick<SimilarConversation, 'bundleId' | 'n'>;

/** Null: a part of it is gone, or was never there. */
export async function findSimilar(
  { index, searchMessages }: NeedsFindSimilar,
  place: Place,
  scope: SearchScope,
): Promise<Result<readonly SimilarConversation[] | null>> {
  const own = (await readPhoneExports(index, [place]))?.[0];
  const phrases = own === undefined ? null : await tellingPhrases(index, own);
  if (own === undefined || phrases === null) return ok(null);
  const likely = new Map<string, Place>();
  for (let at = 0; at < phrases.length; at += textsAtOnce) {
    const query = phrases.slice(at, at + textsAtOnce).join(' OF ');
    const found = await searchMessages({ query, facets: ['conversation'], limit: 1 }, scope);
    if (!found.ok) return found;
    for (const { value } of found.value.facets?.conversation ?? []) {
      const [bundleId = '', n = ''] = value.split('/');
      if (value !== own.id && Number(n) > 0) likely.set(value, { bundleId, n: Number(n) });
    }
  }
  const others = await readPhoneExports(index, [...likely.values()]);
  if (others === null) return ok(null);
  const pairs = alignExports([own, ...others]).filter(({ a, b }) => a === own.id || b === own.id);
  return ok(pairs.map((pair) => toSimilar(pair, own, others)));
}

function toSimilar({ a, b, shared, shift, inCommonTime: [inA, inB] }: AlignedPair, own: ReadExport, others: readonly ReadExport[]): SimilarConversation {
  const other = others.find(({ id }) => id === (a === own.id ? b : a));
  if (other === undefined) throw new Error('a pair of what was not compared');
  const { bundleId, n, title } = other;
  return { bundleId, n, title, shared, inCommonTime: a === own.id ? [inA, inB] : [inB, inA], clockShift: a === own.id ? shift : -shift };
}

/** Texts that stand once in it, evenly spread, as phrases. */
async function tellingPhrases(index: IndexStore, own: ReadExport): Promise<readonly string[] | null> {
  const times = new Map<number, number>();
  own.minutes.forEach((minute, at) => {
    if (!Number.isNaN(minute)) times.set(own.prints[at] ?? 0, (times.get(own.prints[at] ?? 0) ?? 0) + 1);
  });
  const telling = [...own.minutes.keys()].filter((at) => !Number.isNaN(own.minutes[at]) && times.get(own.prints[at] ?? 0) === 1);
  const step = Math.max(1, telling.length / mostTexts);
  const chosen = Array.from({ length: Math.min(mostTexts, telling.length) }, (_, i) => telling[Math.floor(i * step)] ?? 0).map((at) => ({ phone: own, at }));
  const textOf = await readTexts(index, chosen);
  if (textOf === null) return null;
  return [...new Set(chosen.flatMap((one) => phraseOf(textOf(one)) ?? []))];
}

/** The first words of a text as an exact phrase; null when it has none. */
function phraseOf(text: string): string | null {
  const words = tokenize(text)
    .filter(({ term }) => !term.startsWith('tel:'))
    .slice(0, longestPhrase);
  const [first, last] = [words[0], words.at(-1)];
  return first === undefined || last === undefined ? null : `"${text.slice(first.start, last.end).replaceAll(/["“”„«»\s]+/gu, ' ')}"`;
}
