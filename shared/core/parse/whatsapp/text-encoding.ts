// Which encoding a text file has: UTF-8 as WhatsApp writes it, UTF-16 as Notepad and Outlook save it again, or windows-1252.

export interface Decoder {
  readonly decode: (bytes: Uint8Array) => string;
}

/** WHATWG Encoding: present in Node and in browsers, but in neither of core's type libraries. */
declare const TextDecoder: new (label: string, options: { readonly fatal: boolean; readonly ignoreBOM: boolean }) => Decoder;

/** UTF-8 only: null for bytes that are none. */
export function makeStrictDecoder(): { readonly decode: (bytes: Uint8Array) => string | null } {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return {
    decode: (bytes) => {
      try {
        return decoder.decode(bytes);
      } catch {
        return null;
      }
    },
  };
}

declare const TextEncoder: new () => { readonly encode: (text: string) => Uint8Array };

export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Keeps a byte order mark as a character; bytes that are no text become U+FFFD, never an error. */
export function makeDecoder(encoding: TextEncoding): Decoder {
  return new TextDecoder(encoding, { fatal: false, ignoreBOM: true });
}

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface EncodingFinding {
  readonly encoding: TextEncoding;
  readonly guessed: boolean;
}

/** UTF-16 by byte order mark, or by the zeros of Latin text; all else is read as UTF-8 until its bytes say otherwise. */
export function encodingOfHead(head: Uint8Array): EncodingFinding {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', guessed: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', guessed: false };
  const length = Math.min(head.length, 4096) & ~1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  if (length >= 8 && odd > length / 4 && even < odd / 8) return { encoding: 'utf-16le', guessed: true };
  if (length >= 8 && even > length / 4 && odd < even / 8) return { encoding: 'utf-16be', guessed: true };
  return { encoding: 'utf-8', guessed: false };
}

export interface Utf8Census {
  /** Well-formed sequences of more than one byte. */
  readonly sequences: number;
  /** Bytes that belong to no well-formed sequence. */
  readonly invalid: number;
  /** Line, from 0 at the start of `bytes`, of the first such byte; −1 when there is none. */
  readonly firstInvalidLine: number;
}

/** Counts what is and what is not UTF-8. Run only on text that a fatal decoder refused. */
export function takeUtf8Census(bytes: Uint8Array): Utf8Census {
  let sequences = 0;
  let invalid = 0;
  let line = 0;
  let firstInvalidLine = -1;
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      if (lead === 10) line++;
      i++;
      continue;
    }
    const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    let good = length > 0;
    for (let k = 1; good && k < length; k++) {
      const next = bytes[i + k] ?? 0;
      const low = k === 1 ? (lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80) : 0x80;
      const high = k === 1 ? (lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf) : 0xbf;
      good = next >= low && next <= high;
    }
    if (good) {
      sequences++;
      i += length;
    } else {
      invalid++;
      if (firstInvalidLine < 0) firstInvalidLine = line;
      i++;
    }
  }
  return { sequences, invalid, firstInvalidLine };
}
