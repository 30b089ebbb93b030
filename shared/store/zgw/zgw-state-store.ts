// How the last look into the case system went, for the work list: reachable, or since when not.
import type { CalendarDate, Instant } from '#core/model/time.ts';
import type { Catalogue } from '../catalogue.ts';
import { catalogueKey } from '../table.ts';

export interface ZgwState {
  readonly reachable: boolean;
  /** Since when it is as it is. */
  readonly since: Instant;
  /** The last night on which all that was asked for was answered; null: none yet. */
  readonly readWholeOn: CalendarDate | null;
}

export type ZgwStateStore = ReturnType<typeof makeZgwStateStore>;

export function makeZgwStateStore(catalogue: Catalogue) {
  async function get(): Promise<ZgwState | null> {
    const item = await catalogue.get(catalogueKey.zgw());
    if (item === null) return null;
    return { reachable: item['reachable'] === true, since: item['since'] as Instant, readWholeOn: (item['readWholeOn'] ?? null) as CalendarDate | null };
  }

  /** Writes only when it has changed. `wholeOn`: the night of which all is read now. */
  async function note(reachable: boolean, now: Instant, wholeOn: CalendarDate | null = null): Promise<void> {
    const before = await get();
    const readWholeOn = wholeOn ?? before?.readWholeOn ?? null;
    if (before?.reachable === reachable && before.readWholeOn === readWholeOn) return;
    await catalogue.put({ ...catalogueKey.zgw(), reachable, since: before?.reachable === reachable ? before.since : now, readWholeOn });
  }

  /** There is no case system (any more). */
  async function removeState(): Promise<void> {
    if ((await get()) !== null) await catalogue.remove(catalogueKey.zgw());
  }

  return { get, note, removeState };
}
