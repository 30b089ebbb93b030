// Settings: the archivist's standing authorisations, and all else the administrator's. Refused as a whole when one field is not theirs.

import { KeepHelpAnswer } from '#contract/keep-help.ts';
import { PatchSettings, SettingsAnswer } from '#contract/settings.ts';
import { grantOf } from '#core/model/access.ts';
import { no, ok } from '#core/model/result.ts';
import { changeSettings } from '#flow/change-settings.ts';
import { jsonRoute, type Route } from '../route.ts';

const tag = 'Beheer';

export const settingsRoutes: readonly Route[] = [
  jsonRoute({
    id: 'getKeepHelp',
    method: 'get',
    path: '/keep-help',
    action: 'keep-help.read',
    tag: 'Bundels',
    summary: "The organisation's own words beside the four questions at upload",
    answer: KeepHelpAnswer,
    handle: async ({ services }) => ok((await services.settings.get()).settings.keepHelp),
  }),
  jsonRoute({
    id: 'getSettings',
    method: 'get',
    path: '/settings',
    action: 'settings.read',
    tag,
    summary: 'What the organisation has set',
    answer: SettingsAnswer,
    handle: async ({ services }) => ok((await services.settings.get()).settings),
  }),
  jsonRoute({
    id: 'patchSettings',
    method: 'patch',
    path: '/settings',
    action: 'settings.change',
    tag,
    summary: 'Changes settings; standing authorisations only by the archivist, the rest only by the administrator',
    faults: ['changed-meanwhile'],
    body: PatchSettings,
    answer: SettingsAnswer,
    handle: async ({ services, acting, caller, body }) => {
      const { roles } = caller.actor;
      const foreign = Object.keys(body).filter(
        (field) => grantOf(roles, field === 'standingAuthorisations' ? 'settings.change-authorisations' : 'settings.change-others') === null,
      );
      if (foreign.length > 0) return no('access.denied', { errors: foreign.map((field) => ({ field, message: 'dit mag uw rol niet wijzigen' })) });
      return changeSettings(services, acting, body);
    },
  }),
];
