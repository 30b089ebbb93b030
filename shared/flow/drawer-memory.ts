// Drawers that a warm process keeps open: a next page, a filter more, or a word beside it opens the same ones.
//
// The archive's state counts what is filed (`words`, before a bundle is indexed) and what is taken out (`epoch`, before anything is deleted).
// A drawer that was read between two equal states is as it was for as long as a later state equals them; whatever else is read empties the memory.
import type { DrawerRequest } from '#core/search/open-drawers.ts';
import type { ArchiveState, DrawerHit } from '#store/index/index-store.ts';

type Moment = Pick<ArchiveState, 'epoch' | 'words'>;

export interface ReadDrawer {
  readonly request: DrawerRequest;
  readonly hits: readonly DrawerHit[];
}

export interface DrawerMemory {
  /** As the state stood when it was last read; null in a new process. Asked before drawers are read. */
  readonly moment: () => Moment | null;
  readonly recall: (request: DrawerRequest) => readonly DrawerHit[] | null;
  /**
   * Given the state that was read after the drawers, and what was read since `moment`. Answers whether nothing came or went in between;
   * if not, what was recalled is worth nothing.
   */
  readonly settle: (moment: Moment | null, state: ArchiveState, read: readonly ReadDrawer[]) => boolean;
  readonly forget: () => void;
}

const mostBytes = 64_000_000;
/** What a hit weighs beside its bytes. */
const hitBytes = 250;

export function makeDrawerMemory(): DrawerMemory {
  const drawers = new Map<string, ReadDrawer & { readonly weight: number }>();
  let moment: Moment | null = null;
  let weight = 0;

  function forget(): void {
    drawers.clear();
    weight = 0;
    moment = null;
  }

  function drop(key: string): void {
    weight -= drawers.get(key)?.weight ?? 0;
    drawers.delete(key);
  }

  function keep(read: ReadDrawer): void {
    const key = keyOf(read.request);
    const there = drawers.get(key);
    if (there?.request.positions === true && !read.request.positions) return;
    drop(key);
    const weighs = read.hits.reduce((sum, { terms, positions }) => sum + terms.length + (positions?.length ?? 0) + hitBytes, 0);
    drawers.set(key, { ...read, weight: weighs });
    weight += weighs;
    for (const oldest of drawers.keys()) {
      if (weight <= mostBytes) return;
      drop(oldest);
    }
  }

  return {
    moment: () => moment,
    recall: (request) => {
      const key = keyOf(request);
      const there = drawers.get(key);
      if (there === undefined || (request.positions && !there.request.positions)) return null;
      drawers.delete(key);
      drawers.set(key, there);
      return there.hits;
    },
    settle: (before, state, read) => {
      if (!areEqual(moment, state)) forget();
      moment = { epoch: state.epoch, words: state.words };
      if (!areEqual(before, state)) return false;
      for (const each of read) keep(each);
      return true;
    },
    forget,
  };
}

function keyOf({ level, drawer }: DrawerRequest): string {
  return `${level}:${drawer}`;
}

function areEqual(a: Moment | null, b: Moment): boolean {
  return a !== null && a.epoch === b.epoch && a.words === b.words;
}
