// A list of terms pasted, one a line: hits of each and what each alone finds, out of one search, so that all lines speak of the same archive.
import { ok, type Result } from '#core/model/result.ts';
import { type TermRow as CountedRow, countTerms, linesOf } from '#core/search/count-terms.ts';
import type { SearchRequest, SearchScope } from '#core/search/question.ts';
import type { SearchAnswer } from './search-answer.ts';
import type { SearchFound, SearchMessages } from './search-messages.ts';

export interface TermRow extends CountedRow {
  /** Key person → hits; what is nobody's in the register stands under none. */
  readonly byCustodian: ReadonlyMap<string, { readonly name: string; readonly hits: number }>;
}

export interface TermCounts extends Pick<SearchAnswer, 'total' | 'inAttachments' | 'expansions'> {
  readonly rows: readonly TermRow[];
}

export type CountPerTerm = (request: Pick<SearchRequest, 'query' | 'filters' | 'switchedOff'>, scope: SearchScope) => Promise<Result<TermCounts>>;

export function makeCountPerTerm(search: SearchMessages): CountPerTerm {
  return async ({ query, filters = {}, switchedOff = [] }, scope) => {
    let all: SearchFound | undefined;
    const answer = await search({ query, filters, switchedOff, facets: ['month', 'custodian'], limit: 1 }, scope, (found) => {
      all = found;
    });
    if (!answer.ok) return answer;
    const found = all;
    if (found === undefined) throw new Error('a search answered without saying what it found');
    const { total, inAttachments, expansions } = answer.value;
    return ok({
      total,
      inAttachments,
      expansions,
      rows: countTerms(linesOf(query, found.query), found.found).map((row) => ({ ...row, byCustodian: byCustodian(row, found) })),
    });
  };
}

function byCustodian({ byBundle }: CountedRow, { shown, people }: SearchFound): TermRow['byCustodian'] {
  const counts = new Map<string, { readonly name: string; readonly hits: number }>();
  for (const [bundleId, hits] of byBundle) {
    const sight = shown.get(bundleId);
    const id = sight === undefined ? null : people.custodianOf(sight);
    if (id !== null) counts.set(id, { name: people.nameOf(id) ?? '', hits: hits + (counts.get(id)?.hits ?? 0) });
  }
  return counts;
}
