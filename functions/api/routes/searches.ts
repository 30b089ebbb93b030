// Searches kept by name: saved, run again, closed; their runs with what still stands. What they find is read under its own action.
import {
  CloseSearch,
  ListRunBundles,
  ListRunHits,
  ListSearches,
  RunBundlePage,
  RunHitPage,
  RunPage,
  RunParams,
  RunSearch,
  RunSummaryAnswer,
  SavedSearchAnswer,
  SavedSearchPage,
  SaveSearch,
  SearchParams,
  SearchRunAnswer,
} from '#contract/saved-search.ts';
import { SearchFilters, SwitchedOff } from '#contract/search.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { SavedSearch } from '#core/model/saved-search.ts';
import type { MatchKey } from '#core/search/page.ts';
import { fatesOf, findRun, readRun } from '#flow/read-run.ts';
import { readRunHits } from '#flow/read-run-hits.ts';
import { asShown, closeSearch, runSearchAgain, saveSearch } from '#flow/save-search.ts';
import type { Services } from '#runtime/services.ts';
import type { Mark } from '../cursor.ts';
import { jsonRoute, pageRoute, type Route } from '../route.ts';

const tag = 'Bewaarde zoekvragen';

/** A filter that came after this search was saved stands as not used. */
function searchAnswer({ question: { query, filters, switchedOff }, ...search }: SavedSearch): SavedSearchAnswer {
  return { ...search, query, filters: SearchFilters.parse(filters), switchedOff: SwitchedOff.parse(switchedOff) };
}

async function findSearch({ savedSearches }: Pick<Services, 'savedSearches'>, id: string): Promise<Result<SavedSearchAnswer>> {
  const search = asShown(await savedSearches.get(id));
  return search === null ? no('not-found') : ok(searchAnswer(search));
}

const toMark = (key: MatchKey | null): Mark | null => (key === null ? null : { ...key });
const toKey = (mark: Mark | null) => mark as MatchKey | null;

export const savedSearchRoutes: readonly Route[] = [
  jsonRoute({
    id: 'saveSearch',
    method: 'post',
    path: '/searches',
    action: 'search.save',
    tag,
    summary: 'Keeps a search by name and runs it: the same hits can be shown later',
    faults: ['query.syntax', 'query.expansion-too-wide'],
    status: 201,
    body: SaveSearch,
    answer: SavedSearchAnswer,
    handle: async ({ services, acting, body: { name, ...question } }) => {
      const saved = await saveSearch(services, acting, name, question);
      return saved.ok ? ok(searchAnswer(saved.value)) : saved;
    },
    again: { objectOf: ({ id }) => id, read: ({ services }, id) => findSearch(services, id) },
  }),
  pageRoute({
    id: 'listSearches',
    method: 'get',
    path: '/searches',
    action: 'search.read',
    tag,
    summary: 'Searches kept by name, newest first',
    query: ListSearches,
    answer: SavedSearchPage,
    handle: async ({ services, query, audit }, mark) => {
      const page = await services.savedSearches.list(query.limit, mark);
      await audit('searches', { shown: page.items.length });
      return ok({ items: page.items.flatMap((head) => asShown(head) ?? []).map(searchAnswer), next: page.next });
    },
  }),
  jsonRoute({
    id: 'getSearch',
    method: 'get',
    path: '/searches/{id}',
    action: 'search.read',
    tag,
    summary: 'A search kept by name, with its newest run',
    params: SearchParams,
    answer: SavedSearchAnswer,
    handle: async ({ services, params, audit }) => {
      const found = await findSearch(services, params.id);
      if (found.ok) await audit(params.id);
      return found;
    },
  }),
  jsonRoute({
    id: 'runSearch',
    method: 'post',
    path: '/searches/{id}/_run',
    action: 'search.run',
    tag,
    summary: 'Runs the search again: a new run, beside those that are there',
    faults: ['query.syntax', 'query.expansion-too-wide', 'search.closed'],
    status: 201,
    params: SearchParams,
    body: RunSearch,
    answer: RunSummaryAnswer,
    handle: ({ services, acting, params }) => runSearchAgain(services, acting, params.id),
    again: {
      objectOf: ({ n }) => String(n),
      read: async ({ services, params }, n) => {
        const run = await findRun(services, params.id, Number(n));
        return run.ok ? ok(run.value.summary) : run;
      },
    },
  }),
  jsonRoute({
    id: 'closeSearch',
    method: 'post',
    path: '/searches/{id}/_close',
    action: 'search.close',
    tag,
    summary: 'Whoever saved the search closes it: it stays to be read and is not run again',
    faults: ['search.closed', 'search.of-another'],
    params: SearchParams,
    body: CloseSearch,
    answer: SavedSearchAnswer,
    handle: async ({ services, acting, params, body }) => {
      const closed = await closeSearch(services, acting, params.id, body.reason);
      return closed.ok ? ok(searchAnswer(closed.value)) : closed;
    },
    again: { objectOf: ({ id }) => id, read: ({ services }, id) => findSearch(services, id) },
  }),
  pageRoute({
    id: 'listSearchRuns',
    method: 'get',
    path: '/searches/{id}/runs',
    action: 'search.read',
    tag,
    summary: 'Runs of a search, newest first',
    params: SearchParams,
    query: ListSearches,
    answer: RunPage,
    handle: async ({ services, params, query }, mark) => {
      const search = await findSearch(services, params.id);
      if (!search.ok) return search;
      const page = await services.savedSearches.runs(params.id, query.limit, mark);
      return ok({ items: page.items.flatMap(({ summary }) => summary ?? []), next: page.next });
    },
  }),
  jsonRoute({
    id: 'getSearchRun',
    method: 'get',
    path: '/searches/{id}/runs/{n}',
    action: 'search.read',
    tag,
    summary: 'A run: what it found, what of it still stands, and how it differs from the run before',
    params: RunParams,
    answer: SearchRunAnswer,
    handle: async ({ services, params, audit }) => {
      const run = await readRun(services, params.id, params.n);
      if (run.ok) await audit(params.id, { run: params.n });
      return run;
    },
  }),
  pageRoute({
    id: 'listRunHits',
    method: 'get',
    path: '/searches/{id}/runs/{n}/hits',
    action: 'search.read',
    tag,
    summary: 'The hits of a run that still exist: all of them, or those by which it differs from the run before',
    params: RunParams,
    query: ListRunHits,
    answer: RunHitPage,
    handle: async ({ services, params, query, audit }, mark) => {
      const { show, order, limit } = query;
      const page = await readRunHits(services, params.id, params.n, { show, order, limit, after: toKey(mark) });
      if (!page.ok) return page;
      await audit(params.id, { run: params.n, shown: page.value.items.length });
      return ok({ items: page.value.items, next: toMark(page.value.next) });
    },
  }),
  pageRoute({
    id: 'listRunBundles',
    method: 'get',
    path: '/searches/{id}/runs/{n}/bundles',
    action: 'search.read',
    tag,
    summary: 'Hits of a run by bundle, and what became of each bundle',
    params: RunParams,
    query: ListRunBundles,
    answer: RunBundlePage,
    handle: async ({ services, params, query }, mark) => {
      const run = await findRun(services, params.id, params.n);
      if (!run.ok) return run;
      const after = String(mark?.['after'] ?? '');
      const rest = run.value.record.bundles.filter(({ id, hits }) => hits > 0 && id > after);
      const bundles = rest.slice(0, query.limit);
      const fates = await fatesOf(services, bundles);
      const items = bundles.map(({ id, hits, inAttachments }) => {
        const fate = fates.get(id);
        const { certificateId, number } = fate?.state === 'destroyed' ? fate : { certificateId: null, number: null };
        return { bundleId: id, hits, inAttachments, state: fate?.state ?? ('destroyed' as const), certificateId, number };
      });
      const last = bundles.at(-1);
      return ok({ items, next: rest.length > bundles.length && last !== undefined ? { after: last.id } : null });
    },
  }),
];
