// Pages of bundles by case, uploader, state or hash. Every bundle that fits comes once; a page may be shorter than its limit, never wrong.
import { type Bundle, type BundleState, bundleStates } from '#core/model/bundle.ts';
import type { Services } from '#runtime/services.ts';
import type { Mark } from './cursor.ts';

export interface BundleFilter {
  readonly caseId?: string | undefined;
  readonly state?: BundleState | undefined;
  readonly uploader?: string | undefined;
  /** Lower case hexadecimal. */
  readonly sha256?: string | undefined;
}

export interface BundlesPage {
  readonly bundles: readonly Bundle[];
  readonly next: Mark | null;
}

/** So much of a list is looked through for one page when a filter keeps little of it. */
const mostSeen = 1000;

type Step = (limit: number, mark: Mark | null) => Promise<BundlesPage>;

/** The narrowest list first; the other filters are applied to the heads. */
export async function pageOfBundles(services: Pick<Services, 'bundles'>, filter: BundleFilter, limit: number, mark: Mark | null): Promise<BundlesPage> {
  const fits = (bundle: Bundle) =>
    (filter.caseId === undefined || bundle.caseIds.some((id) => id === filter.caseId)) &&
    (filter.state === undefined || bundle.state === filter.state) &&
    (filter.uploader === undefined || bundle.uploader === filter.uploader) &&
    (filter.sha256 === undefined || bundle.sha256 === filter.sha256);
  const step = stepOf(services, filter);
  const found: Bundle[] = [];
  let at = mark;
  for (let seen = 0; ; ) {
    const page = await step(limit - found.length, at);
    found.push(...page.bundles.filter(fits));
    at = page.next;
    seen += limit;
    if (at === null || found.length >= limit || seen >= mostSeen) return { bundles: found, next: at };
  }
}

function stepOf({ bundles }: Pick<Services, 'bundles'>, { caseId, state, uploader, sha256 }: BundleFilter): Step {
  if (sha256 !== undefined) {
    return async () => {
      const id = await bundles.claimant(sha256);
      return { bundles: id === null ? [] : await bundles.getMany([id]), next: null };
    };
  }
  if (caseId !== undefined) {
    return async (limit, mark) => {
      const links = await bundles.linksOfCase(caseId, limit, mark);
      const heads = new Map((await bundles.getMany(links.items)).map((bundle) => [bundle.id, bundle]));
      return { bundles: links.items.flatMap((id) => heads.get(id) ?? []), next: links.next };
    };
  }
  if (uploader !== undefined) {
    return async (limit, mark) => {
      const page = await bundles.listByUploader(uploader, limit, mark);
      return { bundles: page.items, next: page.next };
    };
  }
  const states = state === undefined ? bundleStates : [state];
  return async (limit, mark) => {
    const current = states.find((one) => one === mark?.['state']) ?? states[0];
    if (current === undefined) return { bundles: [], next: null };
    const page = await bundles.listByState(current, limit, (mark?.['key'] ?? null) as Mark | null);
    const following = states[states.indexOf(current) + 1];
    if (page.next !== null) return { bundles: page.items, next: { state: current, key: page.next } };
    return { bundles: page.items, next: following === undefined ? null : { state: following, key: null } };
  };
}
