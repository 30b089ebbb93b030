// Bytes of a picked file by range and as a stream; nothing of it is held.
import type { ByteRanges } from '#core/intake/zip-directory.ts';

const sliceBytes = 2 ** 20;
export const headBytes = 65_536;
const partBytes = 8 * 2 ** 20;

export function rangesOf(blob: Blob): ByteRanges {
  return { size: blob.size, read: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()) };
}

/** Slices, the next one on its way while this one is used. */
export async function* streamOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const ask = (at: number) => (at < blob.size ? blob.slice(at, at + sliceBytes).arrayBuffer() : null);
  let next = ask(0);
  for (let at = sliceBytes; next !== null; at += sliceBytes) {
    const bytes: ArrayBuffer = await next;
    next = ask(at);
    yield new Uint8Array(bytes);
  }
}

/** Throws when it inflates to more or less than `size`. */
export async function* inflated(blob: Blob, size: number): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const chunk of throughStream(streamOf(blob), new DecompressionStream('deflate-raw'))) {
    count += chunk.length;
    if (count > size) break;
    yield chunk;
  }
  if (count !== size) throw new Error('zip: a member is not as long as it says');
}

export function deflated(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return throughStream(bytes, new CompressionStream('deflate-raw'));
}

/** As much as is looked at to see what a file is. */
export async function headOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const head = new Uint8Array(headBytes);
  let length = 0;
  for await (const chunk of stream) {
    const part = chunk.subarray(0, headBytes - length);
    head.set(part, length);
    length += part.length;
    if (length === headBytes) break;
  }
  return head.subarray(0, length);
}

/** A Blob of many parts lets the browser put them on disk. */
export async function blobOf(bytes: AsyncIterable<Uint8Array>): Promise<Blob> {
  const parts: Blob[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  for await (const chunk of bytes) {
    waiting.push(chunk as Uint8Array<ArrayBuffer>);
    held += chunk.length;
    if (held < partBytes) continue;
    parts.push(new Blob(waiting));
    waiting = [];
    held = 0;
  }
  return new Blob([...parts, ...waiting]);
}

interface ByteTransform {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: {
    readonly getWriter: () => {
      readonly write: (chunk: Uint8Array<ArrayBuffer>) => Promise<void>;
      readonly close: () => Promise<void>;
      readonly abort: (reason: unknown) => Promise<void>;
    };
  };
}

async function* throughStream(bytes: AsyncIterable<Uint8Array>, { readable, writable }: ByteTransform): AsyncGenerator<Uint8Array> {
  const writer = writable.getWriter();
  const feed = async () => {
    for await (const chunk of bytes) await writer.write(chunk as Uint8Array<ArrayBuffer>);
    await writer.close();
  };
  const fed = feed().catch(async (error: unknown) => {
    await writer.abort(error).catch(() => undefined);
    throw error;
  });
  fed.catch(() => undefined);
  const reader = readable.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    await fed;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
