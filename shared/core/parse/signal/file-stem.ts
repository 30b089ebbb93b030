// The name under which a file lies in `files/<2 hex>/`: SHA-256 of the hash of its bytes and the key it has on that device, in hex.
// Signal Desktop, util/mediaId: getLocalBackupFileName. A hash for a name, not for proof; core has no other (FIPS 180-4).

const constants = /* @__PURE__ */ Uint32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
const initial = /* @__PURE__ */ Uint32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

export function sha256Hex(bytes: Uint8Array): string {
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length * 8);
  const state = initial.slice();
  const w = new Uint32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getUint32(block + i * 4);
      else {
        const a = w[i - 15] ?? 0;
        const b = w[i - 2] ?? 0;
        const s0 = rotated(a, 7) ^ rotated(a, 18) ^ (a >>> 3);
        const s1 = rotated(b, 17) ^ rotated(b, 19) ^ (b >>> 10);
        w[i] = (w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1;
      }
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (w[i] ?? 0)) | 0;
      const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] ?? 0) + word;
  }
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('');
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Null for what is no base64. */
export function bytesOfBase64(text: string): Uint8Array | null {
  const bare = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = new Uint8Array(Math.floor((bare.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of bare) {
    const value = digits.indexOf(digit);
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}

/** The stem of a file's name; null when the export does not tell. */
export function fileStem(plaintextHash: string, localKey: string): string | null {
  const hash = bytesOfBase64(plaintextHash);
  const key = bytesOfBase64(localKey);
  if (hash === null || key === null || hash.length === 0 || key.length === 0) return null;
  const both = new Uint8Array(hash.length + key.length);
  both.set(hash);
  both.set(key, hash.length);
  return sha256Hex(both);
}
