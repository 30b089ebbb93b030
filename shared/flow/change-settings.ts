// Settings are changed; only what changes is named. Who may change which is the door's access table. Nothing is destroyed by it:
// it changes what the next night proposes.
import type { Acting } from '#core/audit/audited.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { Settings } from '#core/model/settings.ts';
import { selectionList2020, selectionResult } from '#core/retention/selection-list.ts';
import type { SettingsStore } from '#store/settings-store.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsChangeSettings extends NeedsAudit {
  readonly settings: SettingsStore;
}

export type SettingsPatch = { readonly [K in keyof Settings]?: Settings[K] | undefined };

export async function changeSettings(needs: NeedsChangeSettings, acting: Acting, patch: SettingsPatch): Promise<Result<Settings>> {
  const errors = (patch.standingAuthorisations ?? []).flatMap(({ selection, from, until }, i) => [
    ...(selection === '*' || selectionResult(selectionList2020, selection) !== null ? [] : [{ field: `standingAuthorisations.${i}.selection` }]),
    ...(from <= until ? [] : [{ field: `standingAuthorisations.${i}.until` }]),
  ]);
  if (errors.length > 0) return no('input.invalid', { errors });

  const stored = await needs.settings.get();
  await settle(needs, stored.pendingEvent === null ? {} : { pendingEvent: stored.pendingEvent });
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const next = Settings.parse({ ...stored.settings, ...given });
  // Both came through the schema, so equal settings are equal text.
  const changed = (Object.keys(next) as (keyof Settings)[]).filter((name) => JSON.stringify(next[name]) !== JSON.stringify(stored.settings[name]));
  if (changed.length === 0) return ok(stored.settings);
  const event = acted(needs, acting, 'settings.change', 'settings', {
    fields: changed.join(' '),
    ...(changed.includes('coolingOffDays') ? { coolingOffDays: next.coolingOffDays } : {}),
    ...(changed.includes('standingAuthorisations') ? { standingAuthorisations: next.standingAuthorisations.length } : {}),
  });
  if (!(await needs.settings.put(next, stored.rev, event))) return no('changed-meanwhile');
  await settle(needs, { pendingEvent: event });
  return ok(next);
}
