// The search-term report: every term is counted over one and the same answer, so that all rows speak of the same archive.
import type { Acting } from '#core/audit/audited.ts';
import { type Bundle, type BundleState, bundleStates } from '#core/model/bundle.ts';
import type { FaultPlace } from '#core/model/fault.ts';
import type { CustodianId, SearchId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { SearchQuestion } from '#core/model/saved-search.ts';
import type { CustodianHits, TermHits, TermReport } from '#core/model/term-report.ts';
import { countTerms, linesOf, type TermRow } from '#core/search/count-terms.ts';
import { parseQuery } from '#core/search/parse-query.ts';
import { leavesOf } from '#core/search/query.ts';
import { toQuestion } from '#core/search/question.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { Item, Page } from '#store/catalogue.ts';
import type { SavedSearchStore } from '#store/saved-search-store.ts';
import { watermarkOf } from './make-run.ts';
import type { NeedsClock } from './needs.ts';
import { asShown } from './save-search.ts';
import type { SearchFound, SearchMessages } from './search-messages.ts';

export interface NeedsReport extends NeedsClock {
  readonly savedSearches: Pick<SavedSearchStore, 'get'>;
  readonly bundles: Pick<BundleStore, 'listByState' | 'countByState'>;
  readonly searchMessages: SearchMessages;
}

export type ReportOrder =
  | ({ readonly kind: 'terms'; readonly terms: readonly string[] } & Pick<SearchQuestion, 'filters' | 'switchedOff'>)
  | ({ readonly kind: 'query' } & SearchQuestion)
  | { readonly kind: 'search'; readonly searchId: SearchId };

/** What is reported: terms as typed, and the question that finds them all. */
interface Asked extends Pick<SearchQuestion, 'filters' | 'switchedOff'> {
  readonly terms: readonly string[];
  readonly query: string | null;
  readonly searchId: SearchId | null;
}

const notSearched: readonly BundleState[] = bundleStates.filter((state) => state !== 'indexed' && state !== 'destroyed');

export async function reportTerms(needs: NeedsReport, acting: Acting, order: ReportOrder): Promise<Result<TermReport>> {
  const asked = await askedOf(needs, order);
  if (!asked.ok) return asked;
  const { terms, query, searchId, filters, switchedOff } = asked.value;
  // The query itself is one line more: its words and the whole of it are counted over the same answer.
  const typed = [...terms, ...(query === null ? [] : [query])].join('\n');
  let all: SearchFound | undefined;
  const answer = await needs.searchMessages({ query: typed, filters, switchedOff, facets: ['month', 'custodian'], limit: 1 }, { kind: 'all' }, (found) => {
    all = found;
  });
  if (!answer.ok) return answer;
  const searched = all;
  if (searched === undefined) throw new Error('a search answered without saying what it found');
  const { found, state } = searched;
  const lines = linesOf(typed, searched.query);
  if (lines.length !== terms.length + (query === null ? 0 : 1)) throw new Error('a report has as many rows as terms');
  const rows = countTerms(lines.slice(0, terms.length), found);
  const [total] = countTerms([(query === null ? undefined : lines.at(-1)) ?? searched.query], found);
  if (total === undefined) throw new Error('a report has a total');
  const [excluded, watermark] = await Promise.all([excludedBundles(needs), watermarkOf(needs.bundles, state)]);
  return ok({
    settings: { query, searchId, filters, switchedOff, at: needs.clock.now(), today: needs.clock.today(), by: acting.subject, watermark },
    rows: rows.map((row, i) => ({ term: terms[i] ?? '', ...hitsOf(row, searched), unique: row.unique })),
    total: hitsOf(total, searched),
    expansions: [...new Map(answer.value.expansions.map((one) => [one.leaf, one])).values()],
    excluded,
  });
}

async function askedOf(needs: NeedsReport, order: ReportOrder): Promise<Result<Asked>> {
  if (order.kind === 'terms') {
    const { filters, switchedOff } = order;
    const terms = order.terms.map((term) => term.trim());
    const errors = terms.flatMap((term, i) => problemsOf(term, `terms.${i}`));
    return errors.length > 0 ? no('query.syntax', { errors }) : ok({ terms, query: null, searchId: null, filters, switchedOff });
  }
  if (order.kind === 'query') return queryAsked(order, null);
  const search = asShown(await needs.savedSearches.get(order.searchId));
  return search === null ? no('not-found') : queryAsked(search.question, search.id);
}

/** A query on several lines is a list of terms; on one line its words are the terms. */
function queryAsked({ query, filters, switchedOff }: SearchQuestion, searchId: SearchId | null): Result<Asked> {
  const question = toQuestion({ query }, null, { kind: 'all' }, 0);
  if (!question.ok) return question;
  const lines = query
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > 1) return ok({ terms: lines, query: null, searchId, filters, switchedOff });
  const terms = [...new Set(leavesOf(question.value.query).map(({ source }) => source))];
  return ok({ terms: terms.length === 0 ? [''] : terms, query: lines[0] ?? null, searchId, filters, switchedOff });
}

function problemsOf(term: string, field: string): readonly FaultPlace[] {
  const parsed = parseQuery(term);
  return parsed.ok ? [] : (parsed.fault.errors ?? []).map((error) => ({ ...error, field }));
}

async function excludedBundles({ bundles }: NeedsReport): Promise<TermReport['excluded']> {
  const excluded: TermReport['excluded'][number][] = [];
  for (const state of notSearched) {
    let next: Item | null = null;
    do {
      const page: Page<Bundle> = await bundles.listByState(state, 500, next);
      excluded.push(...page.items.map(({ id }) => ({ bundleId: id, state })));
      next = page.next;
    } while (next !== null);
  }
  return excluded;
}

/** `20240231…` → `2024-02-31`. */
function dayText(time: number | null): string | null {
  return time === null
    ? null
    : String(Math.floor(time / 1e6))
        .padStart(8, '0')
        .replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}

function hitsOf({ line, hits, messages, inAttachments, conversations, first, last, byBundle, byMonth }: TermRow, { shown, people }: SearchFound): TermHits {
  const byCustodian = new Map<string | null, CustodianHits>();
  for (const [bundleId, held] of byBundle) {
    const sight = shown.get(bundleId);
    const id = sight === undefined ? null : (people.custodianOf(sight) as CustodianId | null);
    const name = id === null ? null : (people.nameOf(id) ?? null);
    byCustodian.set(id, { custodianId: id, name, hits: held + (byCustodian.get(id)?.hits ?? 0) });
  }
  return {
    line,
    hits,
    messages,
    inAttachments,
    conversations,
    first: dayText(first),
    last: dayText(last),
    byCustodian: [...byCustodian.values()].sort((a, b) => b.hits - a.hits || ((a.name ?? '~') < (b.name ?? '~') ? -1 : 1)),
    byMonth: [...byMonth].map(([month, held]) => ({ month, hits: held })).sort((a, b) => (a.month < b.month ? -1 : 1)),
  };
}
