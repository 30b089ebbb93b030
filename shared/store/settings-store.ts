// Settings of the organisation: one item; what was never set has the model's default.
import type { AuditEvent } from '#core/model/audit-event.ts';
import { Settings } from '#core/model/settings.ts';
import type { Catalogue } from './catalogue.ts';
import { catalogueKey } from './table.ts';

export type SettingsStore = ReturnType<typeof makeSettingsStore>;

export interface StoredSettings {
  readonly settings: Settings;
  /** 0: never stored. */
  readonly rev: number;
  readonly pendingEvent: AuditEvent | null;
}

export function makeSettingsStore(catalogue: Catalogue) {
  async function get(): Promise<StoredSettings> {
    const item = await catalogue.get(catalogueKey.settings());
    return {
      settings: Settings.parse(item?.['settings'] ?? {}),
      rev: (item?.['rev'] as number | undefined) ?? 0,
      pendingEvent: (item?.['pendingEvent'] as AuditEvent | undefined) ?? null,
    };
  }

  /** false when somebody changed them since `rev`. */
  async function put(settings: Settings, rev: number, pendingEvent: AuditEvent): Promise<boolean> {
    const item = { ...catalogueKey.settings(), settings, rev: rev + 1, pendingEvent };
    if (rev === 0) return catalogue.putNew(item);
    return catalogue.putWhen(item, { text: '#rev = :rev', names: { '#rev': 'rev' }, values: { ':rev': rev } });
  }

  return { get, put };
}
