// Keeps the base64 of embedded files out of memory: of a value `data="…"` the first KiB is held, the rest only counted.
import type { HeldBytes } from '../held-bytes.ts';

/** A value up to this length stays whole. */
export const keptBase64 = 1024;

/** Letters of base64, white space, and what a reference to a line break is made of. */
const isBase64 = new Uint8Array(256);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ \t\r\n&#;') isBase64[c.charCodeAt(0)] = 1;

const opening = [0x64, 0x61, 0x74, 0x61, 0x3d];

/** Puts the bytes of a file into `held`, chunk by chunk, passing over long base64. */
export function makePassOverBase64(held: HeldBytes): (chunk: Uint8Array) => void {
  /** −1: not in a value; else bytes of it so far. */
  let inValue = -1;
  /** The last bytes before this chunk: ` data=` may be cut in two. */
  let before: Uint8Array = new Uint8Array(6);

  const byteAt = (chunk: Uint8Array, at: number) => (at >= 0 ? (chunk[at] ?? 0) : (before[before.length + at] ?? 0));

  function opensData(chunk: Uint8Array, quote: number): boolean {
    for (let i = 0; i < 5; i++) if (byteAt(chunk, quote - 5 + i) !== opening[i]) return false;
    const space = byteAt(chunk, quote - 6);
    return space === 32 || space === 9 || space === 10 || space === 13;
  }

  return (chunk) => {
    let from = 0;
    let at = 0;
    while (at < chunk.length) {
      if (inValue >= 0) {
        const start = at;
        while (at < chunk.length && isBase64[chunk[at] ?? 0] === 1) at++;
        const keepUntil = Math.min(at, Math.max(start, start + keptBase64 - inValue));
        inValue += at - start;
        if (keepUntil < at) {
          held.append(chunk.subarray(from, keepUntil));
          held.passOver(chunk.subarray(keepUntil, at));
          from = at;
        }
        if (at < chunk.length) inValue = -1;
        continue;
      }
      const double = chunk.indexOf(34, at);
      const single = double === at ? -1 : indexBefore(chunk, 39, at, double < 0 ? chunk.length : double);
      const quote = single >= 0 ? single : double;
      if (quote < 0) break;
      if (opensData(chunk, quote)) inValue = 0;
      at = quote + 1;
    }
    held.append(chunk.subarray(from));
    const joined = new Uint8Array(6);
    for (let i = 0; i < 6; i++) joined[i] = byteAt(chunk, chunk.length - 6 + i);
    before = joined;
  };
}

function indexBefore(bytes: Uint8Array, wanted: number, from: number, to: number): number {
  for (let i = from; i < to; i++) if (bytes[i] === wanted) return i;
  return -1;
}
