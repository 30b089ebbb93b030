// From the number that Telegram gave a message to its place in the conversation: eight bytes a message. Numbers rise within an export
// (those of a group before it was converted are below zero, and come first); where they do not, replies keep the number alone.

export interface Ordinals {
  /** The next record's number; null when it has none. */
  readonly push: (id: number | null) => void;
  readonly find: (id: number) => number | null;
}

export function makeOrdinals(): Ordinals {
  let ids = new Float64Array(256);
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  let rising = true;
  return {
    push: (id) => {
      if (count === ids.length) {
        const wider = new Float64Array(count * 2);
        wider.set(ids);
        ids = wider;
      }
      if (id !== null && id < last) rising = false;
      last = id ?? last;
      ids[count++] = last;
    },
    find: (id) => {
      if (!rising) return null;
      let from = 0;
      let to = count;
      while (from < to) {
        const middle = (from + to) >> 1;
        if ((ids[middle] ?? 0) < id) from = middle + 1;
        else to = middle;
      }
      return from < count && ids[from] === id ? from : null;
    },
  };
}
