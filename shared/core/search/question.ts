// What is asked: request and scope, understood and checked.
import { no, ok, type Result } from '#core/model/result.ts';
import { digestText } from '#core/text/tokenize.ts';
import { type MatchKey, parseCursorText, type SearchOrder } from './page.ts';
import { parseQuery, switchOff } from './parse-query.ts';
import { mapLeaves, type Query } from './query.ts';
import { everyTime, type RecordFilters } from './segment-view.ts';

export type FacetKind = 'case' | 'conversation' | 'sender' | 'month';

export interface SearchRequest {
  readonly query: string;
  readonly filters?: {
    readonly caseIds?: readonly string[];
    readonly bundleIds?: readonly string[];
    readonly senders?: readonly string[];
    readonly platforms?: readonly string[];
    readonly from?: string | null;
    readonly to?: string | null;
  };
  readonly order?: SearchOrder;
  readonly limit?: number;
  readonly next?: string | null;
  /** Words that a leaf of the query (as typed) must not stand for. */
  readonly switchedOff?: readonly { readonly leaf: string; readonly terms: readonly string[] }[];
  readonly facets?: readonly FacetKind[];
  readonly collapseDuplicates?: boolean;
}

/** Whose bundles the asker may see. */
export type SearchScope = { readonly kind: 'all' } | { readonly kind: 'uploader'; readonly subject: string };

export interface Question {
  readonly query: Query;
  readonly filters: RecordFilters;
  readonly bundleFilter: {
    readonly caseIds: ReadonlySet<string> | null;
    readonly bundleIds: ReadonlySet<string> | null;
    readonly platforms: ReadonlySet<string> | null;
  };
  readonly order: SearchOrder;
  readonly limit: number;
  readonly after: MatchKey | null;
  readonly digest: string;
  readonly facets: readonly FacetKind[];
  readonly scope: SearchScope;
  readonly startedMs: number;
}

function dayEdge(day: string | null | undefined, fill: '0' | '9'): number | null {
  return day === null || day === undefined ? null : Number(day.replaceAll('-', '').padEnd(14, fill));
}

function setOrNull(values: readonly string[] | undefined): ReadonlySet<string> | null {
  return values === undefined || values.length === 0 ? null : new Set(values);
}

/** `cursor`: the text of `next`, decoded; null on the first page. */
export function toQuestion(request: SearchRequest, cursor: string | null, scope: SearchScope, startedMs: number): Result<Question> {
  const parsed = parseQuery(request.query);
  if (!parsed.ok) return parsed;
  const { filters = {}, order = 'newest', limit = 50, facets = [], switchedOff = [] } = request;
  if (limit < 1 || limit > 200) return no('input.invalid', { errors: [{ field: 'limit', code: 'limit' }] });
  if (request.collapseDuplicates === true) return no('input.invalid', { errors: [{ field: 'collapseDuplicates', code: 'not-yet' }] });
  const off = new Map(switchedOff.map(({ leaf, terms }) => [leaf, terms]));
  const digest = digestText(JSON.stringify([request.query, filters, order, scope, switchedOff]));
  const after = cursor === null ? null : parseCursorText(cursor, digest);
  if (cursor !== null && after === null) return no('cursor.invalid', { errors: [{ field: 'next' }] });
  return ok({
    query: mapLeaves(parsed.value, (node) => switchOff(node, off)),
    filters: { senders: filters.senders ?? [], from: dayEdge(filters.from, '0') ?? everyTime.from, to: dayEdge(filters.to, '9') ?? everyTime.to },
    bundleFilter: { caseIds: setOrNull(filters.caseIds), bundleIds: setOrNull(filters.bundleIds), platforms: setOrNull(filters.platforms) },
    order,
    limit,
    after,
    digest,
    facets,
    scope,
    startedMs,
  });
}

/** Whether a bundle takes part at all: whose it is, and the filters on bundles and cases. */
export function mayShow(question: Question, sight: { readonly id: string; readonly uploader: string; readonly caseIds: readonly string[] }): boolean {
  const { bundleFilter, scope } = question;
  if (scope.kind === 'uploader' && sight.uploader !== scope.subject) return false;
  if (bundleFilter.bundleIds !== null && !bundleFilter.bundleIds.has(sight.id)) return false;
  return bundleFilter.caseIds === null || sight.caseIds.some((id) => bundleFilter.caseIds?.has(id));
}
