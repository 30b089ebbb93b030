// A run of a saved search as it stands today: the same hits for what still exists, numbers for what does not, and the difference with the
// run before. What became of a bundle is read from its head each time: nothing that is shown here can be behind a destruction.
import type { BundleId, CertificateId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { DestroyedHits, GoneReason, RunBundle, RunRecord, RunSummary } from '#core/model/saved-search.ts';
import type { Expansion } from '#core/search/count-answer.ts';
import { countHits, type HitSet, hitSetOf, hitsWithout, joinWords } from '#core/search/frozen-hits.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CertificateStore } from '#store/certificate-store.ts';
import type { SavedSearchStore } from '#store/saved-search-store.ts';
import { settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsReadRun extends Pick<NeedsAudit, 'audit'> {
  readonly savedSearches: Pick<SavedSearchStore, 'get' | 'getRun' | 'runBefore' | 'readRecord' | 'readFound'>;
  readonly bundles: Pick<BundleStore, 'sights' | 'getMany'>;
  readonly certificates: Pick<CertificateStore, 'get'>;
}

/** What became of a bundle since the run. */
export type Fate =
  | { readonly state: 'shown' }
  | { readonly state: 'destroyed'; readonly certificateId: CertificateId | null; readonly number: string | null }
  | { readonly state: 'read-again' | 'not-indexed' };

export interface LostHits {
  readonly reason: GoneReason;
  readonly bundles: number;
  readonly hits: number;
}

export interface RunView extends RunSummary, Pick<RunRecord, 'parsed' | 'watermark'> {
  readonly expansions: readonly Expansion[];
  readonly standing: { readonly shown: number; readonly destroyed: readonly DestroyedHits[]; readonly lost: readonly LostHits[] };
  readonly difference: {
    readonly with: number;
    readonly new: number;
    readonly gone: readonly LostHits[];
    readonly destroyed: readonly DestroyedHits[];
  } | null;
}

export interface KnownRun {
  readonly summary: RunSummary;
  readonly record: RunRecord;
}

export type RunHits = ReadonlyMap<BundleId, HitSet>;

async function knownRun(needs: NeedsReadRun, id: string, run: Awaited<ReturnType<NeedsReadRun['savedSearches']['getRun']>>): Promise<KnownRun | null> {
  if (run?.state !== 'done' || run.summary === undefined) return null;
  await settle(needs, run);
  const record = await needs.savedSearches.readRecord(id, run);
  if (record === null) throw new Error('a run that is done has no record');
  return { summary: run.summary, record };
}

export async function findRun(needs: NeedsReadRun, id: string, n: number): Promise<Result<KnownRun>> {
  const head = await needs.savedSearches.get(id);
  const run = head?.last == null ? null : await knownRun(needs, id, await needs.savedSearches.getRun(id, n));
  return run === null ? no('not-found') : ok(run);
}

export async function fatesOf(needs: NeedsReadRun, bundles: readonly RunBundle[]): Promise<ReadonlyMap<BundleId, Fate>> {
  const sights = new Map((await needs.bundles.sights(bundles.map(({ id }) => id))).map((sight) => [sight.id, sight]));
  const isGone = (id: BundleId) => (sights.get(id)?.state ?? 'destroyed').startsWith('destroy');
  const heads = new Map((await needs.bundles.getMany(bundles.map(({ id }) => id).filter(isGone))).map((head) => [head.id, head]));
  const numbers = new Map<CertificateId, string | null>();
  for (const { destruction } of heads.values()) {
    const certificateId = destruction?.certificateId;
    if (certificateId == null || numbers.has(certificateId)) continue;
    numbers.set(certificateId, (await needs.certificates.get(certificateId))?.number ?? null);
  }
  return new Map(
    bundles.map(({ id, indexedAt }): [BundleId, Fate] => {
      if (isGone(id)) {
        const certificateId = heads.get(id)?.destruction?.certificateId ?? null;
        return [id, { state: 'destroyed', certificateId, number: certificateId === null ? null : (numbers.get(certificateId) ?? null) }];
      }
      const sight = sights.get(id);
      if (sight?.state !== 'indexed') return [id, { state: 'not-indexed' }];
      return [id, { state: sight.indexedAt === indexedAt ? 'shown' : 'read-again' }];
    }),
  );
}

function makeTally() {
  const destroyed = new Map<CertificateId | null, DestroyedHits>();
  const lost = new Map<GoneReason, LostHits>();
  return {
    addDestroyed: ({ certificateId, number }: Extract<Fate, { readonly state: 'destroyed' }>, hits: number) => {
      const there = destroyed.get(certificateId);
      destroyed.set(certificateId, { certificateId, number, bundles: (there?.bundles ?? 0) + 1, hits: (there?.hits ?? 0) + hits });
    },
    addLost: (reason: GoneReason, hits: number) => {
      const there = lost.get(reason);
      lost.set(reason, { reason, bundles: (there?.bundles ?? 0) + 1, hits: (there?.hits ?? 0) + hits });
    },
    destroyed: () => [...destroyed.values()].sort((a, b) => ((a.number ?? '~') < (b.number ?? '~') ? -1 : 1)),
    lost: () => [...lost.values()].sort((a, b) => (a.reason < b.reason ? -1 : 1)),
  };
}

function standingOf({ record }: KnownRun, fates: ReadonlyMap<BundleId, Fate>): RunView['standing'] {
  const tally = makeTally();
  let shown = 0;
  for (const { id, hits } of record.bundles) {
    const fate = fates.get(id);
    if (hits === 0 || fate === undefined) continue;
    if (fate.state === 'shown') shown += hits;
    else if (fate.state === 'destroyed') tally.addDestroyed(fate, hits);
    else tally.addLost(fate.state, hits);
  }
  return { shown, destroyed: tally.destroyed(), lost: tally.lost() };
}

const noHits: HitSet = new Map();

/** Hits that can be shown: of bundles that stand as they were. */
async function shownHits(needs: NeedsReadRun, id: string, { summary, record }: KnownRun, fates: ReadonlyMap<BundleId, Fate>) {
  const shown = record.bundles.filter((bundle) => fates.get(bundle.id)?.state === 'shown');
  const kept = await needs.savedSearches.readFound(id, summary.n, shown);
  // Not there: it was emptied since the heads were read.
  return { kept, hits: new Map([...kept].map(([bundleId, bundle]) => [bundleId, hitSetOf(bundle)])) as RunHits };
}

interface Difference {
  readonly with: number;
  readonly new: RunHits;
  readonly gone: RunHits;
  readonly view: NonNullable<RunView['difference']>;
}

function take(from: RunHits, other: RunHits): Map<BundleId, HitSet> {
  const rest = new Map<BundleId, HitSet>();
  for (const [id, set] of from) {
    const left = hitsWithout(set, other.get(id) ?? noHits);
    if (left.size > 0) rest.set(id, left);
  }
  return rest;
}

async function differenceWith(needs: NeedsReadRun, id: string, now: KnownRun, hits: RunHits, before: KnownRun): Promise<Difference> {
  const fates = await fatesOf(needs, before.record.bundles);
  const { hits: earlier } = await shownHits(needs, id, before, fates);
  const inNow = new Map(now.record.bundles.map((bundle) => [bundle.id, bundle]));
  const [added, gone] = [take(hits, earlier), take(earlier, hits)];
  const tally = makeTally();
  for (const { id: bundleId, hits: held, indexedAt } of before.record.bundles) {
    const fate = fates.get(bundleId);
    const later = inNow.get(bundleId);
    if (held === 0 || fate === undefined) continue;
    if (fate.state === 'destroyed') {
      // Destroyed after both: that is the standing of this run, not a difference.
      if (later === undefined) tally.addDestroyed(fate, held);
    } else if (later !== undefined && later.indexedAt !== indexedAt) tally.addLost('read-again', held);
    else if (fate.state === 'shown') {
      const left = gone.get(bundleId);
      if (left !== undefined) tally.addLost('outside', countHits(left));
    } else if (later === undefined) tally.addLost(fate.state, held);
  }
  const all = [...added.values()].reduce((sum, set) => sum + countHits(set), 0);
  const view = { with: before.summary.n, new: all, gone: tally.lost(), destroyed: tally.destroyed() };
  return { with: before.summary.n, new: added, gone, view };
}

export async function readRun(needs: NeedsReadRun, id: string, n: number): Promise<Result<RunView>> {
  const now = await findRun(needs, id, n);
  if (!now.ok) return now;
  const { summary, record } = now.value;
  const fates = await fatesOf(needs, record.bundles);
  const { kept, hits } = await shownHits(needs, id, now.value, fates);
  const before = await knownRun(needs, id, await needs.savedSearches.runBefore(id, n));
  return ok({
    ...summary,
    parsed: record.parsed,
    watermark: record.watermark,
    expansions: joinWords(record.leaves, kept.values()),
    standing: standingOf(now.value, fates),
    difference: before === null ? null : (await differenceWith(needs, id, now.value, hits, before)).view,
  });
}

/** Of a run, the hits that can be shown: all, or those by which it differs from the run before. */
export async function hitsOfRun(needs: NeedsReadRun, id: string, n: number, show: 'all' | 'new' | 'gone'): Promise<Result<RunHits>> {
  const now = await findRun(needs, id, n);
  if (!now.ok) return now;
  const { hits } = await shownHits(needs, id, now.value, await fatesOf(needs, now.value.record.bundles));
  if (show === 'all') return ok(hits);
  const before = await knownRun(needs, id, await needs.savedSearches.runBefore(id, n));
  if (before === null) return ok(new Map());
  return ok((await differenceWith(needs, id, now.value, hits, before))[show]);
}
