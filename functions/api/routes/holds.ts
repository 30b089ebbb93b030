// Holds: placed, listed, released. What they cover is not destroyed.

import { HoldAnswer, HoldPage, HoldParams, ListHolds, PlaceHold } from '#contract/hold.ts';
import type { Hold } from '#core/model/hold.ts';
import type { HoldId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { placeHold } from '#flow/place-hold.ts';
import { releaseHold } from '#flow/release-hold.ts';
import type { Services } from '#runtime/services.ts';
import { jsonRoute, pageRoute, type Route } from '../route.ts';

const tag = 'Bevriezingen';

function holdAnswer(hold: Hold): HoldAnswer {
  const { id, state, reason, note, scope, placedBy, placedAt, releasedBy, releasedAt, tooLateFor } = hold;
  return { id, state, reason, note, scope, placedBy, placedAt, releasedBy, releasedAt, tooLateFor };
}

/** A hold in the making blocks already, before its own item is there. */
async function findHold({ holds, pending }: Pick<Services, 'holds' | 'pending'>, id: string): Promise<Result<HoldAnswer>> {
  const hold = (await holds.get(id)) ?? (await pending.get<{ hold: Hold }>('hold', id))?.facts.hold ?? null;
  return hold === null ? no('not-found') : ok(holdAnswer(hold));
}

export const holdRoutes: readonly Route[] = [
  jsonRoute({
    id: 'placeHold',
    method: 'post',
    path: '/holds',
    action: 'hold.place',
    tag,
    summary: 'Places a hold on bundles, or on cases and what comes to them later',
    faults: ['not-found'],
    status: 201,
    body: PlaceHold,
    answer: HoldAnswer,
    handle: async ({ services, acting, body }) => {
      const placed = await placeHold(services, acting, body);
      return placed.ok ? ok(holdAnswer(placed.value)) : placed;
    },
    again: { objectOf: ({ id }) => id, read: ({ services }, id) => findHold(services, id) },
  }),
  pageRoute({
    id: 'listHolds',
    method: 'get',
    path: '/holds',
    action: 'hold.read',
    tag,
    summary: 'Holds by state',
    query: ListHolds,
    answer: HoldPage,
    handle: async ({ services, query }, mark) => {
      const page = await services.holds.list(query.state ?? null, query.limit, mark);
      return ok({ items: page.items.map(holdAnswer), next: page.next });
    },
  }),
  jsonRoute({
    id: 'getHold',
    method: 'get',
    path: '/holds/{id}',
    action: 'hold.read',
    tag,
    summary: 'A hold',
    params: HoldParams,
    answer: HoldAnswer,
    handle: ({ services, params }) => findHold(services, params.id),
  }),
  jsonRoute({
    id: 'releaseHold',
    method: 'post',
    path: '/holds/{id}/_release',
    action: 'hold.release',
    tag,
    summary: 'Releases a hold; it comes off every bundle',
    faults: ['hold.wrong-state', 'changed-meanwhile'],
    params: HoldParams,
    answer: HoldAnswer,
    handle: async ({ services, acting, params }) => {
      const released = await releaseHold(services, acting, params.id as HoldId);
      return released.ok ? ok(holdAnswer(released.value)) : released;
    },
    again: { objectOf: ({ id }) => id, read: ({ services }, id) => findHold(services, id) },
  }),
];
