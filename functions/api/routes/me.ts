// Who is signed in and what they may do.

import { Me } from '#contract/me.ts';
import { actionsOf } from '#core/model/access.ts';
import { ok } from '#core/model/result.ts';
import { jsonRoute, type Route } from '../route.ts';

export const meRoutes: readonly Route[] = [
  jsonRoute({
    id: 'getMe',
    method: 'get',
    path: '/me',
    action: 'me.read',
    tag: 'Over deze API',
    summary: 'Who is signed in, what the roles allow, and the CSRF token',
    answer: Me,
    handle: async ({ services, caller: { actor, session } }) => {
      const { settings } = await services.settings.get();
      return ok({
        subject: actor.subject,
        name: actor.name ?? null,
        roles: actor.roles,
        actions: actionsOf(actor.roles),
        organisation: settings.organisation,
        today: services.clock.today(),
        wholeOriginalRequired: settings.wholeOriginalRequired,
        csrf: session?.csrf ?? null,
      });
    },
  }),
];
