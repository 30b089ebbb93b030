// Sets of a segment's records: one bit for each, 32 to a word.

export type Bits = Uint32Array;

export function noBits(count: number): Bits {
  return new Uint32Array((count + 31) >> 5);
}

export function allBits(count: number): Bits {
  const bits = noBits(count).fill(0xffffffff);
  trim(bits, count);
  return bits;
}

function trim(bits: Bits, count: number): void {
  if ((count & 31) !== 0 && bits.length > 0) bits[bits.length - 1] = (bits[bits.length - 1] ?? 0) & (2 ** (count & 31) - 1);
}

export function setBit(bits: Bits, at: number): void {
  bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
}

export function clearBit(bits: Bits, at: number): void {
  bits[at >> 5] = (bits[at >> 5] ?? 0) & ~(1 << (at & 31));
}

export function hasBit(bits: Bits, at: number): boolean {
  return ((bits[at >> 5] ?? 0) & (1 << (at & 31))) !== 0;
}

export function andBits(a: Bits, b: Bits): Bits {
  const out = new Uint32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = (a[i] ?? 0) & (b[i] ?? 0);
  return out;
}

export function orBits(a: Bits, b: Bits): Bits {
  const out = new Uint32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = (a[i] ?? 0) | (b[i] ?? 0);
  return out;
}

export function notBits(a: Bits, count: number): Bits {
  const out = new Uint32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = ~(a[i] ?? 0);
  trim(out, count);
  return out;
}

function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) count += ones(bits[i] ?? 0);
  return count;
}

export function isEmpty(bits: Bits): boolean {
  for (let i = 0; i < bits.length; i++) if (bits[i] !== 0) return false;
  return true;
}

/** Bits set in [from, to). */
export function countBitsIn(bits: Bits, from: number, to: number): number {
  if (to <= from) return 0;
  const first = from >> 5;
  const last = (to - 1) >> 5;
  const head = 0xffffffff << (from & 31);
  const tail = 0xffffffff >>> (31 - ((to - 1) & 31));
  if (first === last) return ones((bits[first] ?? 0) & head & tail);
  let count = ones((bits[first] ?? 0) & head) + ones((bits[last] ?? 0) & tail);
  for (let i = first + 1; i < last; i++) count += ones(bits[i] ?? 0);
  return count;
}

export function eachBit(bits: Bits, each: (at: number) => void): void {
  for (let i = 0; i < bits.length; i++) {
    for (let word = bits[i] ?? 0; word !== 0; word &= word - 1) each(i * 32 + (31 - Math.clz32(word & -word)));
  }
}
