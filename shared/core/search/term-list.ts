// The terms of one segment with their counts, as kept beside it: the dictionary's input.
//
//   for each term:  shared with the one before varint (UTF-16 units) · suffix bytes varint · suffix utf-8 · messages*2 + stands in labels varint
import { type ByteReader, makeByteWriter, readUtf8, readVarint, takeBytes, writeText, writeVarint } from './bytes.ts';
import type { TermList } from './dictionary.ts';

export function encodeTermList(terms: readonly string[], messages: Int32Array, inLabels: (term: string) => boolean): Uint8Array {
  const out = makeByteWriter(terms.length * 8 + 16);
  let previous = '';
  terms.forEach((term, t) => {
    let shared = 0;
    while (shared < previous.length && shared < term.length && previous.charCodeAt(shared) === term.charCodeAt(shared)) shared++;
    if (shared > 0 && (term.charCodeAt(shared - 1) & 0xfc00) === 0xd800) shared--;
    writeVarint(out, shared);
    writeText(out, term, shared);
    writeVarint(out, (messages[t] ?? 0) * 2 + (inLabels(term) ? 1 : 0));
    previous = term;
  });
  return takeBytes(out);
}

export function decodeTermList(bytes: Uint8Array): TermList {
  const reader: ByteReader = { bytes, at: 0 };
  const terms: (readonly [string, { messages: number; labels: number }])[] = [];
  let previous = '';
  while (reader.at < bytes.length) {
    const shared = readVarint(reader);
    const suffix = readVarint(reader);
    previous = previous.slice(0, shared) + readUtf8(bytes, reader.at, reader.at + suffix);
    reader.at += suffix;
    const counted = readVarint(reader);
    terms.push([previous, { messages: Math.floor(counted / 2), labels: counted % 2 }]);
  }
  return terms;
}
