// Search over every chat the asker may see. The audit keeps the hash and length of a query, not its words.

import { ExpandTerm, SearchAnswer, SearchMessages, TermExpansion } from '#contract/search.ts';
import { ok } from '#core/model/result.ts';
import type { SearchScope } from '#core/search/question.ts';
import { hashOf } from '../caller.ts';
import { type Call, jsonRoute, type Route } from '../route.ts';

const tag = 'Zoeken';

function scopeOf({ grant, caller }: Pick<Call<unknown, unknown, unknown>, 'grant' | 'caller'>): SearchScope {
  return grant.reach === 'own' ? { kind: 'uploader', subject: caller.actor.subject } : { kind: 'all' };
}

function traceOf(query: string) {
  return { queryHash: hashOf(query), queryLength: query.length };
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
