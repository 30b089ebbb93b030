// From (author, moment of sending), which is how Signal names a message, to its place in the conversation: twelve bytes a place.

export interface SentOrdinals {
  /** The next record; `earlier`: when its earlier versions were sent, by which it may be named as well. */
  readonly push: (author: string | null, sentMs: string | null, earlier?: readonly (string | null)[]) => void;
  readonly find: (author: string | null, sentMs: string | null) => number | null;
}

/** Moments stay below 2^43 for two centuries; ten bits are left for the author, who is then only told apart from most others. */
function keyOf(author: string | null, sentMs: string | null): number {
  const ms = Number(sentMs ?? '0');
  if (!Number.isSafeInteger(ms) || ms <= 0 || ms >= 2 ** 43) return 0;
  const person = Number(author ?? '0');
  return ms * 1024 + (Number.isSafeInteger(person) ? person & 1023 : 0);
}

export function makeSentOrdinals(): SentOrdinals {
  let keys = new Float64Array(64);
  let values = new Uint32Array(64);
  let used = 0;
  let count = 0;

  function place(key: number): number {
    const mask = keys.length - 1;
    let at = (key % 0x7fffffff) & mask;
    while (keys[at] !== 0 && keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  function grow(): void {
    const [oldKeys, oldValues] = [keys, values];
    keys = new Float64Array(oldKeys.length * 2);
    values = new Uint32Array(oldKeys.length * 2);
    for (const [i, key] of oldKeys.entries()) {
      if (key === 0) continue;
      const at = place(key);
      keys[at] = key;
      values[at] = oldValues[i] ?? 0;
    }
  }

  /** The first of two that are named alike keeps the name. */
  function put(key: number, ordinal: number): void {
    if (key === 0) return;
    const at = place(key);
    if (keys[at] === key) return;
    keys[at] = key;
    values[at] = ordinal;
    if (++used * 2 > keys.length) grow();
  }

  return {
    push: (author, sentMs, earlier = []) => {
      const ordinal = count++;
      for (const sent of [sentMs, ...earlier]) put(keyOf(author, sent), ordinal);
    },
    find: (author, sentMs) => {
      const key = keyOf(author, sentMs);
      if (key === 0) return null;
      const at = place(key);
      return keys[at] === key ? (values[at] ?? null) : null;
    },
  };
}
