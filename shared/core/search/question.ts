// What is asked: request and scope, understood and checked.
import { no, ok, type Result } from '#core/model/result.ts';
import { digestText } from '#core/text/tokenize.ts';
import { conversationNumber } from './attachment-shelf.ts';
import { type MatchKey, parseCursorText, type SearchOrder } from './page.ts';
import { kindNamed, parseQuery, switchOff } from './parse-query.ts';
import { mapLeaves, type Query } from './query.ts';
import { everyTime, type RecordFilters } from './segment-view.ts';

export const facetKinds = ['case', 'conversation', 'sender', 'app', 'month', 'custodian'] as const;
export type FacetKind = (typeof facetKinds)[number];

export interface SearchRequest {
  readonly query: string;
  readonly filters?: {
    readonly caseIds?: readonly string[];
    readonly bundleIds?: readonly string[];
    readonly conversations?: readonly { readonly bundleId: string; readonly n: number }[];
    readonly custodianIds?: readonly string[];
    readonly senders?: readonly string[];
    readonly platforms?: readonly string[];
    /** As `type:` names them: `tekst`, `systeem`, `bijlage`. */
    readonly kinds?: readonly string[];
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
    /** `<bundleId>/<n>`; what stands on the shelf of a conversation belongs to it. */
    readonly conversations: ReadonlySet<string> | null;
    readonly custodianIds: ReadonlySet<string> | null;
    readonly platforms: ReadonlySet<string> | null;
  };
  readonly order: SearchOrder;
  readonly limit: number;
  readonly after: MatchKey | null;
  readonly digest: string;
  readonly facets: readonly FacetKind[];
  /** The same message in several exports counts, and is shown, once. */
  readonly collapse: boolean;
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
  const { filters = {}, order = 'newest', limit = 50, facets = [], switchedOff = [], collapseDuplicates: collapse = false } = request;
  if (limit < 1 || limit > 200) return no('input.invalid', { errors: [{ field: 'limit', code: 'limit' }] });
  const kinds = (filters.kinds ?? []).map(kindNamed);
  if (kinds.includes(null)) return no('input.invalid', { errors: [{ field: 'filters.kinds', code: 'unknown' }] });
  const off = new Map(switchedOff.map(({ leaf, terms }) => [leaf, terms]));
  const digest = digestText(JSON.stringify([request.query, filters, order, scope, switchedOff, collapse]));
  const after = cursor === null ? null : parseCursorText(cursor, digest);
  if (cursor !== null && after === null) return no('cursor.invalid', { errors: [{ field: 'next' }] });
  return ok({
    query: mapLeaves(parsed.value, (node) => switchOff(node, off)),
    filters: {
      senders: filters.senders ?? [],
      kinds: kinds.flatMap((kind) => kind ?? []),
      from: dayEdge(filters.from, '0') ?? everyTime.from,
      to: dayEdge(filters.to, '9') ?? everyTime.to,
    },
    bundleFilter: {
      caseIds: setOrNull(filters.caseIds),
      bundleIds: setOrNull(filters.bundleIds),
      conversations: setOrNull(filters.conversations?.map(({ bundleId, n }) => `${bundleId}/${n}`)),
      custodianIds: setOrNull(filters.custodianIds),
      platforms: setOrNull(filters.platforms),
    },
    order,
    limit,
    after,
    digest,
    facets,
    collapse,
    scope,
    startedMs,
  });
}

/** What is asked of a bundle before it takes part. */
export interface AskedOfBundle {
  readonly id: string;
  readonly uploader: string;
  readonly caseIds: readonly string[];
  /** The key person whose chats these are; null: nobody's in the register. Asked only when somebody filters by it. */
  readonly custodian: () => string | null;
}

/** Whether a bundle takes part at all: whose it is, and the filters on bundles, cases and key people. */
export function mayShow({ bundleFilter, scope }: Question, sight: AskedOfBundle): boolean {
  if (scope.kind === 'uploader' && sight.uploader !== scope.subject) return false;
  if (bundleFilter.bundleIds !== null && !bundleFilter.bundleIds.has(sight.id)) return false;
  if (bundleFilter.custodianIds !== null && !bundleFilter.custodianIds.has(sight.custodian() ?? '')) return false;
  return bundleFilter.caseIds === null || sight.caseIds.some((id) => bundleFilter.caseIds?.has(id));
}

/** Whether a conversation takes part, with the shelf beside it. */
export function takesConversation({ bundleFilter }: Question, bundleId: string, n: number): boolean {
  return bundleFilter.conversations === null || bundleFilter.conversations.has(`${bundleId}/${conversationNumber(n)}`);
}
