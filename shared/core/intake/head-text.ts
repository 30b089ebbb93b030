// The first bytes of a file as text, or null when they are none. Only good enough to recognise a format; readers decode for themselves.

/** Null for bytes that no text has: many controls, or zeros that are no UTF-16. */
export function headText(head: Uint8Array): string | null {
  const length = Math.min(head.length, 65536);
  if (head[0] === 0xff && head[1] === 0xfe) return wide(head, length, 0);
  if (head[0] === 0xfe && head[1] === 0xff) return wide(head, length, 1);
  let zeros = 0;
  let odd = 0;
  let controls = 0;
  for (let i = 0; i < length; i++) {
    const byte = head[i] ?? 0;
    if (byte === 0) {
      zeros++;
      odd += i & 1;
    } else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27) controls++;
  }
  if (zeros > length / 4 && controls * 50 < length) {
    if (odd * 10 > zeros * 9) return wide(head, length, 0);
    if (odd * 10 < zeros) return wide(head, length, 1);
  }
  if (zeros * 200 > length || controls * 50 > length || looksRandom(head, length)) return null;
  return narrow(head, length);
}

/** Encrypted and packed bytes use all values about equally; text does not, in any encoding. */
function looksRandom(head: Uint8Array, length: number): boolean {
  if (length < 64) return false;
  let high = 0;
  let broken = 0;
  for (let i = 0; i < length; i++) {
    const byte = head[i] ?? 0;
    if (byte < 0x80) continue;
    high++;
    const needs = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0;
    let good = needs > 0;
    for (let k = 1; good && k <= needs && i + k < length; k++) good = ((head[i + k] ?? 0) & 0xc0) === 0x80;
    if (good) i += needs;
    else broken++;
  }
  return high > length / 5 && broken > high / 3;
}

/** ASCII as it is; other bytes only stand in for letters. */
function narrow(head: Uint8Array, length: number): string {
  let text = '';
  const from = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  for (let i = from; i < length; i += 4096) text += String.fromCharCode(...head.subarray(i, Math.min(i + 4096, length)));
  return text;
}

function wide(head: Uint8Array, length: number, bigEndian: number): string {
  let text = '';
  const low = bigEndian;
  for (let i = 0; i + 1 < length; i += 2) text += String.fromCharCode((head[i + low] ?? 0) | ((head[i + 1 - low] ?? 0) << 8));
  return text.replace(/^\ufeff/, '');
}
