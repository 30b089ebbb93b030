// Cases and their retention. What the case says, its bundles follow.

import { CaseAnswer, CasePage, CaseParams, ListCases, PutCase } from '#contract/case.ts';
import type { Case } from '#core/model/case.ts';
import { no, ok } from '#core/model/result.ts';
import { putCase } from '#flow/put-case.ts';
import type { Services } from '#runtime/services.ts';
import type { Mark } from '../cursor.ts';
import { jsonRoute, type Route } from '../route.ts';

const tag = 'Zaken';

/** So many cases are looked through for one page when `dueBefore` keeps few of them. */
const mostSeen = 1000;

async function caseAnswer(services: Pick<Services, 'cases'>, one: Case): Promise<CaseAnswer> {
  const { id, title, state, closedOn, selection, retention, verified, derivation, holds, createdAt } = one;
  return { id, title, state, closedOn, selection, retention, bundles: await services.cases.countBundles(id), verified, derivation, holds, createdAt };
}

export const caseRoutes: readonly Route[] = [
  jsonRoute({
    id: 'putCase',
    method: 'put',
    path: '/cases/{caseId}',
    action: 'case.put',
    tag,
    summary: 'A case as it is now; its bundles follow',
    faults: ['case.closed-without-date', 'case.selection-unknown', 'case.retention-contradicts', 'changed-meanwhile'],
    params: CaseParams,
    makesPath: true,
    body: PutCase,
    answer: CaseAnswer,
    handle: async ({ services, acting, params, body }) => {
      const stored = await putCase(services, acting, params.caseId, body);
      return stored.ok ? ok(await caseAnswer(services, stored.value)) : stored;
    },
  }),
  jsonRoute({
    id: 'getCase',
    method: 'get',
    path: '/cases/{caseId}',
    action: 'case.read',
    tag,
    summary: 'A case with its retention',
    params: CaseParams,
    answer: CaseAnswer,
    handle: async ({ services, params }) => {
      const found = await services.cases.get(params.caseId);
      return found === null ? no('not-found') : ok(await caseAnswer(services, found));
    },
  }),
  jsonRoute({
    id: 'listCases',
    method: 'get',
    path: '/cases',
    action: 'case.list',
    tag,
    summary: 'Cases by state, and those that are due before a day',
    faults: ['cursor.invalid'],
    query: ListCases,
    answer: CasePage,
    handle: async ({ services, query, cursor }) => {
      const mark = cursor.read(query.next);
      if (!mark.ok) return mark;
      const { dueBefore } = query;
      const found: Case[] = [];
      let at: Mark | null = mark.value;
      for (let seen = 0; ; ) {
        const page = await services.cases.list(query.state ?? null, query.limit - found.length, at);
        found.push(...page.items.filter(({ retention }) => dueBefore === undefined || (retention.actionDate !== null && retention.actionDate < dueBefore)));
        at = page.next;
        seen += query.limit;
        if (at === null || found.length >= query.limit || seen >= mostSeen) break;
      }
      return ok({ items: await Promise.all(found.map((one) => caseAnswer(services, one))), next: cursor.write(at) });
    },
  }),
];
