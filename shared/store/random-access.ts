// Bytes that are read by range, wherever they lie: an object in a bucket, a buffer in a test, a file in a browser.

export interface RandomAccess {
  readonly size: number;
  /** Bytes [from, to); rejects when they cannot be had. */
  readonly read: (from: number, to: number) => Promise<Uint8Array>;
}

export function fromBytes(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: async (from, to) => bytes.subarray(from, to) };
}

/** Keeps the last blocks read, so that the thousands of small reads in a central directory cost a few requests. */
export function cached(source: RandomAccess, blockBytes = 2 ** 19, keep = 8): RandomAccess {
  const blocks = new Map<number, Promise<Uint8Array>>();
  function block(n: number): Promise<Uint8Array> {
    const known = blocks.get(n);
    const found = known ?? source.read(n * blockBytes, Math.min((n + 1) * blockBytes, source.size));
    blocks.delete(n);
    blocks.set(n, found);
    found.catch(() => blocks.delete(n));
    const oldest = blocks.keys().next();
    if (blocks.size > keep && !oldest.done) blocks.delete(oldest.value);
    return found;
  }
  async function read(from: number, to: number): Promise<Uint8Array> {
    const first = Math.floor(from / blockBytes);
    const last = Math.floor(Math.max(from, to - 1) / blockBytes);
    if (first === last) return (await block(first)).subarray(from - first * blockBytes, to - first * blockBytes);
    const whole = new Uint8Array(to - from);
    for (let n = first; n <= last; n++) {
      const start = n * blockBytes;
      const part = (await block(n)).subarray(Math.max(0, from - start), Math.max(0, to - start));
      whole.set(part, Math.max(start, from) - from);
    }
    return whole;
  }
  return { size: source.size, read };
}

/** Bytes [from, to) in order, with the next block on its way while this one is used. Holds two blocks at most. */
export async function* streamRange(source: RandomAccess, from: number, to: number, blockBytes = 8 * 2 ** 20): AsyncGenerator<Uint8Array> {
  const ask = (at: number): Promise<Uint8Array> | null => {
    if (at >= to) return null;
    const answer = source.read(at, Math.min(at + blockBytes, to));
    answer.catch(() => undefined);
    return answer;
  };
  let next = ask(from);
  for (let at = from; next !== null; at += blockBytes) {
    const bytes = await next;
    if (bytes.length !== Math.min(blockBytes, to - at)) throw new Error('range: fewer bytes than asked for');
    next = ask(at + blockBytes);
    yield bytes;
  }
}
