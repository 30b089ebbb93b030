// What a search found, made into its answer: counted, explained, one page of hits shown.
import { isShelf } from '#core/search/attachment-shelf.ts';
import { countBits } from '#core/search/bits.ts';
import { countExpansions, countFacets, type Expansion, type FacetCount, type FacetSurroundings, type FoundSegment } from '#core/search/count-answer.ts';
import { cursorText, type MatchKey } from '#core/search/page.ts';
import type { FacetKind, Question } from '#core/search/question.ts';
import type { FiledRecord } from '#core/search/segment.ts';
import type { CollapsedHits } from './collapse-hits.ts';
import type { BundleSight } from './search-cache.ts';
import { type SearchHit, toHit } from './search-hit.ts';
import type { People } from './search-people.ts';

export interface SearchAnswer {
  /** Of what is paged through: the same message in several exports counts once when that is asked. */
  readonly total: number;
  /** Then: with every export counted, as facets count. */
  readonly uncollapsed?: number;
  /** How many of them are pages of attachments. */
  readonly inAttachments: number;
  readonly items: readonly SearchHit[];
  readonly expansions: readonly Expansion[];
  readonly facets?: Partial<Record<FacetKind, readonly FacetCount[]>>;
  readonly next: string | null;
}

/** A question, and who is who when it asks for key people. */
export type Asked = Question & { readonly people: People };

export interface SearchPage {
  readonly items: readonly { readonly key: MatchKey; readonly record: FiledRecord }[];
  /** `<bundleId>/<n>` → title */
  readonly titles: ReadonlyMap<string, string | null>;
  /** Made for it. */
  readonly requests: number;
  readonly next: MatchKey | null;
}

export interface Draft {
  /** Every bundle that took part. */
  readonly shown: ReadonlyMap<string, BundleSight>;
  /** Every segment with a word that was asked for. */
  readonly found: readonly FoundSegment[];
  /** Those of `found` that hold a match. */
  readonly holding: readonly FoundSegment[];
  readonly same: CollapsedHits | null;
  readonly page: SearchPage;
}

export function toAnswer(question: Asked, { shown, found, holding, same, page }: Draft): SearchAnswer {
  const { query, facets, digest, people } = question;
  const caseIdsOf = (id: string) => shown.get(id)?.caseIds ?? [];
  const titleOf = (bundleId: string, n: number) => page.titles.get(`${bundleId}/${n}`) ?? null;
  const surroundings: FacetSurroundings = {
    caseIdsOf,
    custodianOf: (id) => {
      const sight = shown.get(id);
      return sight === undefined ? null : people.custodianOf(sight);
    },
    labelOf: (kind, value) => (kind === 'conversation' ? (page.titles.get(value) ?? null) : kind === 'custodian' ? people.nameOf(value) : null),
  };
  return {
    total: (same?.holding ?? holding).reduce((sum, { bits }) => sum + countBits(bits), 0),
    ...(same === null ? {} : { uncollapsed: same.uncollapsed }),
    inAttachments: holding.reduce((sum, { head, bits }) => sum + (isShelf(head.n) ? countBits(bits) : 0), 0),
    items: page.items.map(({ key, record }) => ({
      ...toHit(query, key, record, { titleOf, caseIdsOf }),
      ...same?.sources.get(`${key.bundleId}.${key.n}.${key.ordinal}`),
    })),
    expansions: countExpansions(query, found),
    ...(facets.length === 0 ? {} : { facets: countFacets(facets, holding, surroundings) }),
    next: page.next === null ? null : Buffer.from(cursorText(digest, page.next), 'utf8').toString('base64url'),
  };
}

/** Anything that is no base64 is no cursor either: an empty text, which none is. */
export function cursorOf(next: string | null): string | null {
  if (next === null) return null;
  return /^[A-Za-z0-9_-]+$/.test(next) ? Buffer.from(next, 'base64url').toString('utf8') : '';
}
