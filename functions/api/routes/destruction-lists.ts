// Destruction lists: what stands on them, and the steps people take. The steps themselves are rules of core/retention/list-steps.

import type * as z from 'zod';
import {
  AbortList,
  AuthoriseList,
  ConfirmList,
  DestructionListAnswer,
  DestructionListPage,
  ListItemPage,
  ListItems,
  ListLists,
  ListParams,
  ReviewList,
  SubmitList,
} from '#contract/destruction-list.ts';
import type { DestructionList } from '#core/model/destruction-list.ts';
import { no, ok } from '#core/model/result.ts';
import { type ListOrder, workOnList } from '#flow/work-on-list.ts';
import { jsonRoute, pageRoute, type Route } from '../route.ts';

const tag = 'Vernietiging';

function listAnswer(list: DestructionList): DestructionListAnswer {
  const { id, name, state, authorisation, items, excluded, executeFrom, certificateId, decisionReference, selection, createdOn, steps } = list;
  return { id, name, state, authorisation, items, excluded, executeFrom, certificateId, decisionReference, selection, createdOn, steps };
}

function stepRoute<B extends z.ZodType>(action: ListOrder['action'], summary: string, body: B, orderOf: (body: z.output<B>) => ListOrder): Route {
  return jsonRoute({
    id: `${action}List`,
    method: 'post',
    path: `/destruction-lists/{id}/_${action}`,
    action: `list.${action}`,
    tag,
    summary,
    faults: ['list.wrong-state', 'approval.own-work', 'list.name-differs', 'list.item-unknown', 'changed-meanwhile'],
    params: ListParams,
    body,
    bodyLimit: 4 * 2 ** 20,
    answer: DestructionListAnswer,
    handle: async (call) => {
      const moved = await workOnList(call.services, call.acting, call.params.id, orderOf(call.body));
      return moved.ok ? ok(listAnswer(moved.value)) : moved;
    },
    again: {
      objectOf: ({ id }) => id,
      read: async ({ services }, id) => {
        const list = await services.lists.get(id);
        return list === null ? no('not-found') : ok(listAnswer(list));
      },
    },
  });
}

export const destructionListRoutes: readonly Route[] = [
  pageRoute({
    id: 'listDestructionLists',
    method: 'get',
    path: '/destruction-lists',
    action: 'list.read',
    tag,
    summary: 'Destruction lists by state',
    query: ListLists,
    answer: DestructionListPage,
    handle: async ({ services, query }, mark) => {
      const page = await services.lists.list(query.state ?? null, query.limit, mark);
      return ok({ items: page.items.map(listAnswer), next: page.next });
    },
  }),
  jsonRoute({
    id: 'getDestructionList',
    method: 'get',
    path: '/destruction-lists/{id}',
    action: 'list.read',
    tag,
    summary: 'A list with its steps and what was left out',
    params: ListParams,
    answer: DestructionListAnswer,
    handle: async ({ services, params }) => {
      const list = await services.lists.get(params.id);
      return list === null ? no('not-found') : ok(listAnswer(list));
    },
  }),
  pageRoute({
    id: 'listDestructionListItems',
    method: 'get',
    path: '/destruction-lists/{id}/items',
    action: 'list.read',
    tag,
    summary: 'The bundles on a list',
    params: ListParams,
    query: ListItems,
    answer: ListItemPage,
    handle: async ({ services, params, query }, mark) => {
      if ((await services.lists.get(params.id)) === null) return no('not-found');
      const page = await services.lists.items(params.id, query.limit, mark);
      return ok({
        items: page.items.map(({ bundleId, caseIds, selection, actionDate, counts, keep, reason, outcome }) => ({
          bundleId,
          caseIds,
          selection,
          actionDate,
          counts,
          decision: keep === null ? ('destroy' as const) : ('keep' as const),
          keep,
          reason,
          outcome,
        })),
        next: page.next,
      });
    },
  }),
  stepRoute('submit', 'A draft goes to its reviewer', SubmitList, () => ({ action: 'submit' })),
  stepRoute('review', 'Another records manager reviews the list', ReviewList, ({ decisions, approve, remark }) => ({
    action: 'review',
    decisions,
    approve,
    remark,
  })),
  stepRoute('authorise', 'The archivist authorises the list', AuthoriseList, ({ approve, remark }) => ({ action: 'authorise', approve, remark })),
  stepRoute('confirm', "The list's name, typed, starts the cooling-off", ConfirmList, ({ name }) => ({ action: 'confirm', name })),
  stepRoute('abort', 'Stops the list for good', AbortList, ({ reason }) => ({ action: 'abort', reason })),
];
