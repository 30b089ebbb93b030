// Work that failed too often: seen and put back by the administrator.

import { DeadLetterParams, DeadLetters, RetriedLetters } from '#contract/dead-letter.ts';
import { no, ok } from '#core/model/result.ts';
import { jsonRoute, type Route } from '../route.ts';

const tag = 'Beheer';

export const deadLetterRoutes: readonly Route[] = [
  jsonRoute({
    id: 'listDeadLetters',
    method: 'get',
    path: '/dead-letters',
    action: 'dead-letter.read',
    tag,
    summary: 'How much work was laid aside, door by door',
    answer: DeadLetters,
    handle: async ({ services }) => ok({ items: await services.deadLetters.list(), next: null }),
  }),
  jsonRoute({
    id: 'retryDeadLetters',
    method: 'post',
    path: '/dead-letters/{door}/_retry',
    action: 'dead-letter.retry',
    tag,
    summary: 'Puts the work of a door back into its queue',
    params: DeadLetterParams,
    answer: RetriedLetters,
    handle: async ({ services, params: { door }, audit }) => {
      const moved = await services.deadLetters.retry(door);
      if (moved === null) return no('not-found');
      await audit(`door:${door}`, { moved });
      return ok({ door, moved });
    },
  }),
];
