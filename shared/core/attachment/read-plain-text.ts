// Text files: UTF-8, UTF-16 by its mark or its zeros, else windows-1252, as Dutch machines wrote it.
import { type ReadOutcome, toOutcome } from './read-outcome.ts';

/** WHATWG Encoding: present in Node and in browsers, but in neither of core's type libraries. */
declare const TextDecoder: new (label: string, options: { readonly fatal: boolean }) => { readonly decode: (bytes: Uint8Array) => string };

export function decodeText(bytes: Uint8Array): string {
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return new TextDecoder(utf16, { fatal: false }).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252', { fatal: false }).decode(bytes);
  }
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const length = Math.min(bytes.length, 4096) & ~1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  if (length < 8) return null;
  return odd > length / 4 && even < odd / 8 ? 'utf-16le' : even > length / 4 && odd < even / 8 ? 'utf-16be' : null;
}

export function readPlainText(bytes: Uint8Array): ReadOutcome {
  return toOutcome([{ unit: 'part', number: 1, text: decodeText(bytes) }]);
}
