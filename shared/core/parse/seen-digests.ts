// Has this been seen before in the file? A set of 53-bit digests in one flat table: eight bytes for each, whatever the number.
import { digestText } from '#core/text/tokenize.ts';

export interface SeenDigests {
  /** True when the same text came before. */
  readonly seen: (text: string) => boolean;
}

export function makeSeenDigests(): SeenDigests {
  let table = new Float64Array(1024);
  let count = 0;

  function place(digest: number): number {
    const mask = table.length - 1;
    let at = (digest % 0x7fffffff) & mask;
    while (table[at] !== 0 && table[at] !== digest) at = (at + 1) & mask;
    return at;
  }

  return {
    seen: (text) => {
      const digest = Number.parseInt(digestText(text), 36) + 1;
      const at = place(digest);
      if (table[at] === digest) return true;
      table[at] = digest;
      if (++count * 2 > table.length) {
        const old = table;
        table = new Float64Array(old.length * 2);
        for (const one of old) if (one !== 0) table[place(one)] = one;
      }
      return false;
    },
  };
}
