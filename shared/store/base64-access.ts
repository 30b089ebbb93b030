// Base64 in the middle of a file as bytes that are read by range: the zip of a `.rsmf` is opened where it stands, whatever its size.
import { type RandomAccess, streamRange } from './random-access.ts';

/** Bytes between places that are remembered: a multiple of three, so that each begins at a whole group of four characters. */
const stride = 3 * 32 * 1024;

/** Thrown for what is no base64. */
export class NotBase64 extends Error {
  constructor() {
    super('base64: other characters');
    this.name = 'NotBase64';
  }
}

const significant = new Uint8Array(256);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') significant[c.charCodeAt(0)] = 1;
const padding = 61;
function isSpace(byte: number): boolean {
  return byte === 10 || byte === 13 || byte === 32 || byte === 9;
}

/** One pass over [from, to) to see where lines end; then any range costs one read. */
export async function base64Access(source: RandomAccess, from: number, to: number): Promise<RandomAccess> {
  /** Place in the source of every `stride` bytes. */
  const places: number[] = [from];
  let characters = 0;
  let padded = false;
  let at = from;
  for await (const chunk of streamRange(source, from, to)) {
    for (const byte of chunk) {
      if (significant[byte] === 1) {
        if (padded) throw new NotBase64();
        if (characters > 0 && (characters * 3) % (stride * 4) === 0) places.push(at);
        characters++;
      } else if (byte === padding) padded = true;
      else if (!isSpace(byte)) throw new NotBase64();
      at++;
    }
  }
  const size = Math.floor((characters * 3) / 4);
  const read = async (first: number, last: number): Promise<Uint8Array> => {
    const low = Math.floor(first / stride);
    const high = Math.ceil(last / stride);
    const start = places[low];
    if (start === undefined || last > size) throw new Error('base64: beyond its end');
    const text = Buffer.from(await source.read(start, places[high] ?? to)).toString('latin1');
    const bytes = Buffer.from(text, 'base64');
    return bytes.subarray(first - low * stride, last - low * stride);
  };
  return { size, read };
}
