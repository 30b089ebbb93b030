// The first bytes of a file, and after them the whole file from its start: for readers that must look before they read, in one pass.

export interface WithHead {
  /** So many bytes, or all of a shorter file, whatever the chunks were. */
  readonly head: Uint8Array;
  readonly all: AsyncIterable<Uint8Array>;
}

export async function withHead(chunks: AsyncIterable<Uint8Array>, bytes: number): Promise<WithHead> {
  const source = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let length = 0;
  while (length < bytes) {
    const next = await source.next();
    if (next.done === true) break;
    held.push(next.value);
    length += next.value.length;
  }
  const head = new Uint8Array(Math.min(length, bytes));
  let at = 0;
  for (const chunk of held) {
    head.set(chunk.subarray(0, head.length - at), at);
    at = Math.min(head.length, at + chunk.length);
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      for (let chunk = held.shift(); chunk !== undefined; chunk = held.shift()) yield chunk;
      for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
    } finally {
      await source.return?.();
    }
  }
  return { head, all: all() };
}
