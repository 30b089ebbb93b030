// Two runs of leaves in the order of their places: the ones that were sealed and the ones that are there. Where do they part?
import type { Leaf } from './leaf.ts';

export interface Difference {
  readonly kind: 'event-changed' | 'event-removed' | 'event-inserted';
  readonly place: string;
  readonly position: number;
}

/** null: not to be told, since what was sealed is not known to its end. */
export async function firstDifference(sealed: AsyncIterable<Leaf | null>, present: AsyncIterable<Leaf>): Promise<Difference | null> {
  const [was, is] = [sealed[Symbol.asyncIterator](), present[Symbol.asyncIterator]()];
  for (let position = 0; ; position++) {
    const [before, now] = [await was.next(), await is.next()];
    if (before.done !== true && before.value === null) return null;
    const [old, found] = [before.done === true ? null : before.value, now.done === true ? null : now.value];
    if (old === null && found === null) return null;
    if (old === null) return found === null ? null : { kind: 'event-inserted', place: found.place, position };
    if (found === null || old.place < found.place) return { kind: 'event-removed', place: old.place, position };
    if (found.place < old.place) return { kind: 'event-inserted', place: found.place, position };
    if (found.hash !== old.hash) return { kind: 'event-changed', place: found.place, position };
  }
}
