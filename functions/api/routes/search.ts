// Search over every chat the asker may see. The audit keeps the hash and length of a query, not its words.

import { CountTerms, ExpandTerm, SearchAnswer, SearchMessages, TermCounts, TermExpansion } from '#contract/search.ts';
import type { CustodianId } from '#core/model/id.ts';
import { ok } from '#core/model/result.ts';
import type { TermRow } from '#flow/count-terms.ts';
import { hashOf } from '../caller.ts';
import { jsonRoute, type Route } from '../route.ts';
import { scopeOf } from '../scope-of.ts';

const tag = 'Zoeken';

function traceOf(query: string) {
  return { queryHash: hashOf(query), queryLength: query.length };
}

function dayOf(time: number | null): string | null {
  if (time === null) return null;
  const day = String(Math.floor(time / 1e6)).padStart(8, '0');
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

function toTermRow({ byBundle: _, byMonth, byCustodian, first, last, ...row }: TermRow) {
  return {
    ...row,
    first: dayOf(first),
    last: dayOf(last),
    months: [...byMonth].sort(([a], [b]) => (a < b ? -1 : 1)).map(([value, hits]) => ({ value, hits })),
    custodians: [...byCustodian].map(([value, { name, hits }]) => ({ value: value as CustodianId, label: name, hits })).sort((a, b) => b.hits - a.hits),
  };
}

export const searchRoutes: readonly Route[] = [
  jsonRoute({
    id: 'searchMessages',
    method: 'post',
    path: '/messages/_search',
    action: 'message.search',
    tag,
    summary: 'Every message that matches, with an exact total; an employee searches their own bundles',
    faults: ['query.syntax', 'query.expansion-too-wide', 'cursor.invalid'],
    body: SearchMessages,
    answer: SearchAnswer,
    handle: async (call) => {
      const found = await call.services.searchMessages(call.body, scopeOf(call));
      if (found.ok) await call.audit('messages', { ...traceOf(call.body.query), total: found.value.total, shown: found.value.items.length });
      return found;
    },
  }),
  jsonRoute({
    id: 'countTerms',
    method: 'post',
    path: '/messages/_count',
    action: 'message.search',
    tag,
    summary: 'A list of terms, each line its own row: hits, conversations, and what it alone finds',
    faults: ['query.syntax', 'query.expansion-too-wide'],
    body: CountTerms,
    answer: TermCounts,
    handle: async (call) => {
      const found = await call.services.countPerTerm(call.body, scopeOf(call));
      if (!found.ok) return found;
      const { total, inAttachments, expansions, rows } = found.value;
      await call.audit('messages', { ...traceOf(call.body.query), total, lines: rows.length });
      return ok({ total, inAttachments, expansions, rows: rows.map(toTermRow) });
    },
  }),
  jsonRoute({
    id: 'expandTerm',
    method: 'post',
    path: '/terms/_expand',
    action: 'term.expand',
    tag,
    summary: 'The words of the archive that a pattern stands for, with counts',
    faults: ['query.syntax', 'query.expansion-too-wide'],
    body: ExpandTerm,
    answer: TermExpansion,
    handle: async (call) => {
      const { leaf } = call.body;
      const found = await call.services.expandTerm(leaf, scopeOf(call));
      if (!found.ok) return found;
      await call.audit('terms', { ...traceOf(leaf), total: found.value.total });
      return ok({ terms: found.value.terms, offers: found.value.offers });
    },
  }),
];
