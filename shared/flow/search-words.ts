// The dictionary as a warm process holds it: the snapshot that stands, and the words of what came since. It is never behind for what was
// indexed before `refresh` was called; words of what is on its way may be in it and find nothing.
import { addChanges, type Dictionary, pagesOf, type TermCounts } from '#core/search/dictionary.ts';
import { addedName, type Snapshot } from '#store/index/dictionary-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';

export interface Words {
  /** As the archive's state counted when it was read. */
  readonly version: number;
  readonly dictionaries: readonly Dictionary[];
}

export interface SearchWords {
  /** Null until the first refresh. */
  readonly held: () => Words | null;
  /** Reads what is new; answers how many requests that took, for figures. */
  readonly refresh: () => Promise<Words>;
}

const mostTries = 8;

interface Since {
  readonly segments: Set<string>;
  readonly terms: Map<string, TermCounts>;
  pages: Dictionary;
}

function nothingSince(): Since {
  return { segments: new Set(), terms: new Map(), pages: [] };
}

export function makeSearchWords(index: IndexStore, onTrip: (trip: string, requests: number) => void): SearchWords {
  const { dictionary } = index;
  let snapshot: Snapshot | null = null;
  let since = nothingSince();
  let held: Words | null = null;
  let running: Promise<Words> | null = null;
  let next: Promise<Words> | null = null;

  async function addSince(): Promise<void> {
    const added = (await dictionary.readAdded()).filter(({ segmentId }) => snapshot?.applied.has(addedName(segmentId)) !== true);
    const names = new Set(added.map(({ segmentId }) => segmentId));
    const next = [...since.segments].every((id) => names.has(id)) ? since : nothingSince();
    const fresh = added.filter(({ segmentId }) => !next.segments.has(segmentId));
    const lists = fresh.length === 0 ? new Map() : await dictionary.readTermLists(fresh);
    onTrip('words since', 1 + Math.ceil(fresh.length / 100));
    for (const [segmentId, terms] of lists) {
      next.segments.add(segmentId);
      addChanges(next.terms, terms, 1);
    }
    if (next !== since || lists.size > 0) next.pages = pagesOf([...next.terms].sort(([a], [b]) => (a < b ? -1 : 1)));
    since = next;
  }

  async function read(): Promise<Words> {
    for (let tries = 0; tries < mostTries; tries++) {
      const state = await index.readState();
      onTrip('words state', 1);
      if (state.snapshot !== (snapshot?.id ?? null)) {
        snapshot = state.snapshot === null ? null : await dictionary.readSnapshot(state.snapshot);
        onTrip('words snapshot', 2);
        since = nothingSince();
        if (state.snapshot !== null && snapshot === null) continue;
      }
      await addSince();
      // A flip meanwhile may have taken away changes that this snapshot does not hold.
      if ((await index.readState()).snapshot !== state.snapshot) continue;
      held = { version: state.words, dictionaries: [snapshot?.pages ?? [], since.pages] };
      return held;
    }
    throw new Error('dictionary: the snapshot changed each time it was read');
  }

  function readNow(): Promise<Words> {
    running = read().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    held: () => held,
    refresh: () => {
      if (running === null) return readNow();
      // What runs may have begun before the asker's bundles were indexed: all who come meanwhile share the next.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = null;
          return readNow();
        });
      return next;
    },
  };
}
