// The dictionary's snapshot made anew from the one that stands and the changes since. Each night, and before a certificate is written:
// a word that stood only in what was destroyed is gone from it then. Broken off anywhere it changes nothing, and the next run finishes it.
import { mayBeFound } from '#core/search/attachment-shelf.ts';
import { addChanges, BooksFail, type Dictionary, eachTerm, encodePages, type TermCounts, withChanges } from '#core/search/dictionary.ts';
import { segmentPlaceOf } from '#core/search/segment.ts';
import { addedName, type DictionaryChanges, type MergeState, removedName } from '#store/index/dictionary-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { zstdPacking } from '#store/index/packing.ts';
import type { NeedsClock } from './needs.ts';
import { countAnew, type NeedsRebuild } from './rebuild-dictionary.ts';
import type { BundleSight } from './search-cache.ts';

export interface NeedsMergeRound extends NeedsClock {
  readonly index: Pick<IndexStore, 'dictionary'>;
  readonly bundles: { readonly sights: (ids: readonly string[]) => Promise<readonly BundleSight[]> };
}

export type NeedsMerge = NeedsMergeRound & NeedsRebuild;

export interface Merged {
  /** busy: another run is at it · nothing: no change could be worked in */
  readonly outcome: 'merged' | 'nothing' | 'busy';
  readonly added: number;
  readonly removed: number;
}

/** Rounds of one night: as many changes as the archive can have. */
const mostRounds = 50;

export interface MergedWords {
  readonly wordsAdded: number;
  readonly wordsRemoved: number;
  /** The snapshot did not fit what was to be worked in, and was made anew from the segments. */
  readonly dictionaryRebuilt: boolean;
}

/** Works in all that can go in now. What another run is at, that run finishes. */
export async function mergeWords(needs: NeedsMerge, id: string): Promise<MergedWords> {
  let wordsAdded = 0;
  let wordsRemoved = 0;
  let dictionaryRebuilt = false;
  for (let round = 0; round < mostRounds; round++) {
    const { outcome, added, removed } = await mergeDictionary(needs, `${id}.${round}`).catch(async (error: unknown) => {
      if (!(error instanceof BooksFail) || dictionaryRebuilt) throw error;
      dictionaryRebuilt = true;
      return rebuildDictionary(needs, `${id}.anew`);
    });
    if (outcome !== 'merged') break;
    wordsAdded += added;
    wordsRemoved += removed;
  }
  return { wordsAdded, wordsRemoved, dictionaryRebuilt };
}

/** Longer than any door may run: a merge that began before is dead. */
const deadAfterMs = 20 * 60 * 1000;
/** Named in one item of the snapshot; what is more waits for the next round. */
const mostApplied = 4_000;

/** Ends what an earlier run left. Null: one is at it. */
async function takeOver({ index: { dictionary }, clock }: NeedsMergeRound, id: string): Promise<MergeState | null> {
  const found = await dictionary.readMergeState();
  if (found.making !== null && found.making.id !== id && clock.epochMs() - found.making.sinceMs < deadAfterMs) return null;
  await dictionary.tidy(found);
  if (found.making !== null) await dictionary.removeSnapshot(found.making.id);
  return dictionary.readMergeState();
}

const busy: Merged = { outcome: 'busy', added: 0, removed: 0 };

export async function mergeDictionary(needs: NeedsMergeRound, id: string): Promise<Merged> {
  const { dictionary } = needs.index;
  const state = await takeOver(needs, id);
  if (state === null) return busy;
  const { applied, settled } = await whatCanGoIn(needs, await dictionary.readChanges());
  if (applied.length === 0) {
    if (state.making !== null) await dictionary.abandon(state.making.id);
    return { outcome: 'nothing', added: 0, removed: 0 };
  }
  const merged = { outcome: 'merged', added: settled.added.length, removed: settled.removed.length } as const;
  return makeSnapshot(needs, id, state, merged, async () => {
    const standing = state.snapshot === null ? null : await dictionary.readSnapshot(state.snapshot);
    if (state.snapshot !== null && standing === null) throw new BooksFail('dictionary: the snapshot that stands is not whole');
    await writeSnapshot(needs, id, standing?.pages ?? [], await changesOf(needs, settled), applied);
  });
}

/**
 * Makes a snapshot without the one that stands, for when that is not whole or does not fit its changes. It holds what the marks that are
 * there presuppose, and works in none of them: whatever comes or goes meanwhile leaves its mark for the next merge.
 */
export async function rebuildDictionary(needs: NeedsMerge, id: string): Promise<Merged> {
  const state = await takeOver(needs, id);
  if (state === null) return busy;
  const anew = { outcome: 'merged', added: 0, removed: 0 } as const;
  return makeSnapshot(needs, id, state, anew, async () => writeSnapshot(needs, id, [], await countAnew(needs), []));
}

async function makeSnapshot(needs: NeedsMergeRound, id: string, state: MergeState, done: Merged, write: () => Promise<void>): Promise<Merged> {
  const { dictionary } = needs.index;
  if (!(await dictionary.begin(id, needs.clock.epochMs(), state))) return busy;
  try {
    await write();
  } catch (error) {
    // The next run need not wait for this one to be called dead.
    await dictionary.abandon(id).catch(() => undefined);
    throw error;
  }
  if (!(await dictionary.flip(id, state.snapshot))) {
    await dictionary.removeSnapshot(id);
    return busy;
  }
  await dictionary.tidy(await dictionary.readMergeState());
  return done;
}

/**
 * Words go in when their bundle is indexed (and, of attachments, read so far), and out when it is destroyed: never of a bundle that is
 * on its way. Added and removed since the snapshot: both marks go, and no word is touched.
 */
async function whatCanGoIn(
  needs: NeedsMergeRound,
  changes: DictionaryChanges,
): Promise<{ readonly applied: readonly string[]; readonly settled: DictionaryChanges }> {
  const removed = new Set(changes.removed);
  const added = new Set(changes.added.map(({ segmentId }) => segmentId));
  const bundleIds = [...new Set([...added, ...removed].map((segmentId) => segmentPlaceOf(segmentId).bundleId))];
  const sights = new Map((await needs.bundles.sights(bundleIds)).map((sight) => [sight.id, sight]));
  const stateOf = (segmentId: string) => sights.get(segmentPlaceOf(segmentId).bundleId)?.state ?? 'destroyed';
  const goesIn = changes.added.filter(({ segmentId }) => {
    const sight = sights.get(segmentPlaceOf(segmentId).bundleId);
    return !removed.has(segmentId) && sight?.state === 'indexed' && mayBeFound(segmentId, sight.attachmentsReadTo ?? null);
  });
  const goesOut = changes.removed.filter((segmentId) => stateOf(segmentId) === 'destroyed');
  const cancelled = goesOut.filter((segmentId) => added.has(segmentId));
  const settled = { added: goesIn.slice(0, mostApplied), removed: goesOut.filter((segmentId) => !added.has(segmentId)).slice(0, mostApplied) };
  const applied = [
    ...settled.added.map(({ segmentId }) => addedName(segmentId)),
    ...settled.removed.map(removedName),
    ...cancelled.slice(0, mostApplied).flatMap((segmentId) => [addedName(segmentId), removedName(segmentId)]),
  ];
  return { applied, settled };
}

async function changesOf(needs: NeedsMergeRound, { added, removed }: DictionaryChanges): Promise<Map<string, TermCounts>> {
  const { dictionary } = needs.index;
  const changes = new Map<string, TermCounts>();
  for (let from = 0; from < added.length; from += 50) {
    const part = added.slice(from, from + 50);
    const lists = await dictionary.readTermLists(part);
    // Gone since it was listed: the bundle is being destroyed, and its mark of removal must find it in the snapshot or not at all.
    if (lists.size < part.length) throw new Error('dictionary: words of an indexed bundle are gone; the next run sees why');
    for (const terms of lists.values()) addChanges(changes, terms, 1);
  }
  for (const segmentId of removed) addChanges(changes, await dictionary.readRemovedWords(segmentId), -1);
  return changes;
}

async function writeSnapshot(
  needs: NeedsMergeRound,
  id: string,
  standing: Dictionary,
  changes: ReadonlyMap<string, TermCounts>,
  applied: readonly string[],
): Promise<void> {
  const { dictionary } = needs.index;
  let pages = 0;
  let terms = 0;
  function* counted(): Generator<readonly [string, TermCounts]> {
    for (const term of withChanges(eachTerm(standing), changes)) {
      terms++;
      yield term;
    }
  }
  for (const packed of encodePages(counted(), zstdPacking)) await dictionary.putPage(id, pages++, packed);
  await dictionary.putHead(id, { pages, terms, applied });
}
