// Saves a search by name and runs it; runs it again; closes it.
import type { Acting } from '#core/audit/audited.ts';
import type { SearchId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { CloseReason, RunSummary, SavedSearch, SearchQuestion } from '#core/model/saved-search.ts';
import type { SearchHead } from '#store/saved-search-store.ts';
import { acted, settle } from './acted.ts';
import { answerQuestion, keepRun, type NeedsRun } from './make-run.ts';

/** Null: nobody may see it (yet), or it is not there. */
export function asShown(head: SearchHead | null): SavedSearch | null {
  if (head === null || head.last === null || (head.state !== 'open' && head.state !== 'closed')) return null;
  const { id, name, question, createdAt, createdBy, state, closed, last } = head;
  return { id, name, question, createdAt, createdBy, state, closed, last };
}

export async function saveSearch(needs: NeedsRun, acting: Acting, name: string, question: SearchQuestion): Promise<Result<SavedSearch>> {
  const answered = await answerQuestion(needs, question);
  if (!answered.ok) return answered;
  const search = { id: needs.ids.make('search'), name, question, createdAt: needs.clock.now(), createdBy: acting.subject };
  await needs.savedSearches.create(search);
  const last = await keepRun(needs, acting, 'search.save', search.id, answered.value);
  return last === null ? no('unavailable') : ok({ ...search, state: 'open', closed: null, last });
}

export async function runSearchAgain(needs: NeedsRun, acting: Acting, id: SearchId): Promise<Result<RunSummary>> {
  const search = asShown(await needs.savedSearches.get(id));
  if (search === null) return no('not-found');
  if (search.state === 'closed') return no('search.closed');
  const answered = await answerQuestion(needs, search.question);
  if (!answered.ok) return answered;
  const run = await keepRun(needs, acting, 'search.run', id, answered.value);
  return run === null ? no('unavailable') : ok(run);
}

/** It stays to be read, with its runs; it is not run again. Only who made it may say so. */
export async function closeSearch(needs: NeedsRun, acting: Acting, id: SearchId, reason: CloseReason): Promise<Result<SavedSearch>> {
  const head = await needs.savedSearches.get(id);
  const search = asShown(head);
  if (head === null || search === null) return no('not-found');
  await settle(needs, head);
  if (search.createdBy !== acting.subject) return no('search.of-another');
  const event = acted(needs, acting, 'search.close', id, { reason });
  const closed = await needs.savedSearches.close(id, { at: needs.clock.now(), reason }, event);
  if (closed === null) return no('search.closed');
  await settle(needs, closed);
  const shown = asShown(closed);
  return shown === null ? no('not-found') : ok(shown);
}
