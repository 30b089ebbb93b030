// Growing bytes with varints (7 bits a byte, lowest first) and UTF-8. Core has no TextEncoder.

export interface ByteWriter {
  bytes: Uint8Array;
  length: number;
}

export interface ByteReader {
  readonly bytes: Uint8Array;
  at: number;
}

export function makeByteWriter(capacity = 1024): ByteWriter {
  return { bytes: new Uint8Array(capacity), length: 0 };
}

export function ensureRoom(out: ByteWriter, more: number): void {
  if (out.length + more <= out.bytes.length) return;
  const grown = new Uint8Array(Math.max(out.bytes.length * 2, out.length + more));
  grown.set(out.bytes.subarray(0, out.length));
  out.bytes = grown;
}

export function takeBytes(out: ByteWriter): Uint8Array {
  return out.bytes.slice(0, out.length);
}

/** Whole numbers from 0 to 2^53 - 1. */
export function writeVarint(out: ByteWriter, value: number): void {
  ensureRoom(out, 8);
  let rest = value;
  while (rest > 0x7fffffff) {
    out.bytes[out.length++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  while (rest > 127) {
    out.bytes[out.length++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  out.bytes[out.length++] = rest;
}

export function readVarint(from: ByteReader): number {
  const { bytes } = from;
  let byte = bytes[from.at++] ?? 0;
  if (byte < 128) return byte;
  let value = byte & 127;
  let scale = 128;
  do {
    byte = bytes[from.at++] ?? 0;
    value += (byte & 127) * scale;
    scale *= 128;
  } while (byte > 127);
  return value;
}

export function writeSigned(out: ByteWriter, value: number): void {
  writeVarint(out, value < 0 ? -value * 2 - 1 : value * 2);
}

export function readSigned(from: ByteReader): number {
  const value = readVarint(from);
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
}

export function writeBytes(out: ByteWriter, bytes: Uint8Array): void {
  ensureRoom(out, bytes.length);
  out.bytes.set(bytes, out.length);
  out.length += bytes.length;
}

/** Well-formed text only: terms hold no lone surrogates. */
export function writeUtf8(out: ByteWriter, text: string, from = 0): void {
  ensureRoom(out, (text.length - from) * 3);
  const { bytes } = out;
  let at = out.length;
  for (let i = from; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c < 0x80) {
      bytes[at++] = c;
      continue;
    }
    if (c < 0x800) {
      bytes[at++] = 0xc0 | (c >> 6);
    } else {
      if (c >= 0xd800 && c <= 0xdbff) {
        c = 0x10000 + ((c & 0x3ff) << 10) + (text.charCodeAt(++i) & 0x3ff);
        bytes[at++] = 0xf0 | (c >> 18);
        bytes[at++] = 0x80 | ((c >> 12) & 63);
      } else {
        bytes[at++] = 0xe0 | (c >> 12);
      }
      bytes[at++] = 0x80 | ((c >> 6) & 63);
    }
    bytes[at++] = 0x80 | (c & 63);
  }
  out.length = at;
}

/** Length in bytes as a varint, then the UTF-8. */
export function writeText(out: ByteWriter, text: string, from = 0): void {
  const most = (text.length - from) * 3;
  ensureRoom(out, most + 8);
  const at = out.length;
  // Most texts are terms, whose length fits one byte: the text is written behind it, and the length afterwards.
  out.length = at + 1;
  writeUtf8(out, text, from);
  const length = out.length - at - 1;
  out.length = at;
  writeVarint(out, length);
  if (length < 128) out.length += length;
  else writeUtf8(out, text, from);
}

export function readUtf8(bytes: Uint8Array, from: number, to: number): string {
  let plain = from;
  while (plain < to && (bytes[plain] ?? 0) < 0x80) plain++;
  // In one piece: a text grown letter by letter is slow to hash.
  if (plain === to) return String.fromCharCode.apply(null, bytes.subarray(from, to) as unknown as number[]);
  let text = '';
  let at = from;
  while (at < to) {
    const b = bytes[at++] ?? 0;
    if (b < 0x80) text += String.fromCharCode(b);
    else if (b < 0xe0) text += String.fromCharCode(((b & 31) << 6) | ((bytes[at++] ?? 0) & 63));
    else if (b < 0xf0) text += String.fromCharCode(((b & 15) << 12) | (((bytes[at++] ?? 0) & 63) << 6) | ((bytes[at++] ?? 0) & 63));
    else text += String.fromCodePoint(((b & 7) << 18) | (((bytes[at++] ?? 0) & 63) << 12) | (((bytes[at++] ?? 0) & 63) << 6) | ((bytes[at++] ?? 0) & 63));
  }
  return text;
}
