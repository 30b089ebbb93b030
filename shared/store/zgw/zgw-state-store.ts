// How the last look into the case system went, for the work list: reachable, or since when not.
import type { Instant } from '#core/model/time.ts';
import type { Catalogue } from '../catalogue.ts';
import { catalogueKey } from '../table.ts';

export interface ZgwState {
  readonly reachable: boolean;
  /** Since when it is as it is. */
  readonly since: Instant;
}

export type ZgwStateStore = ReturnType<typeof makeZgwStateStore>;

export function makeZgwStateStore(catalogue: Catalogue) {
  async function get(): Promise<ZgwState | null> {
    const item = await catalogue.get(catalogueKey.zgw());
    return item === null ? null : { reachable: item['reachable'] === true, since: item['since'] as Instant };
  }

  /** Writes only when it has changed. */
  async function note(reachable: boolean, now: Instant): Promise<void> {
    if ((await get())?.reachable !== reachable) await catalogue.put({ ...catalogueKey.zgw(), reachable, since: now });
  }

  return { get, note };
}
