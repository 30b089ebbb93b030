// A chat file without the keys that the app wrote beside the messages (decision 0011): byte for byte the same but for a mark in their place.
// For what is stored and what leaves a desk; what the readers keep of a file goes through the same rules. No character is decoded: a file with
// broken characters stays as broken as it was.
import { withoutSignalSecrets } from './signal/signal-secrets.ts';
import { splitRow } from './split-row.ts';
import { headerOf } from './threema/threema-reader.ts';
import { withoutThreemaSecrets } from './threema/threema-row.ts';

export interface WithoutKeys {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How many, of what has been read so far. */
  readonly removed: () => number;
}

export interface WithoutKeysOptions {
  /** Signal's own export names a file that came along after its key: without it nobody can tell to which message it belongs. It opens nothing else. */
  readonly withFiles: boolean;
}

type Cleaning = (piece: string) => { readonly text: string; readonly removed: number };

interface Cutting {
  readonly clean: Cleaning;
  /** A line end within quotes belongs to a value. */
  readonly quoted: boolean;
}

const signalFormats: ReadonlySet<string> = new Set(['signal', 'signal-export', 'sigtop-json']);

/** Null: this format holds none. */
export function withoutKeys(format: string, chunks: () => AsyncIterable<Uint8Array>, { withFiles }: WithoutKeysOptions): WithoutKeys | null {
  const cutting = signalFormats.has(format)
    ? { clean: signalLines(withFiles && format === 'signal'), quoted: false }
    : format === 'threema'
      ? { clean: threemaRows(), quoted: true }
      : null;
  return cutting === null ? null : cleaned(chunks, cutting);
}

function signalLines(keepFileKeys: boolean): Cleaning {
  return (line) => {
    const { text, removed, fileKeys } = withoutSignalSecrets(line, keepFileKeys);
    return { text, removed: removed + fileKeys };
  };
}

function threemaRows(): Cleaning {
  let header: ReturnType<typeof headerOf> = null;
  return (row) => {
    if (header === null) {
      header = headerOf(row);
      return { text: row, removed: 0 };
    }
    const type = splitRow(row, header.delimiter)[header.columns.indexOf('type')] ?? '';
    return withoutThreemaSecrets(row, type);
  };
}

/** A line that goes on beyond this is taken in parts, each up to a comma. */
const longest = 2 ** 20;
/** No key is as long as this: what has no comma in it is taken whole. */
const without = 16 * 2 ** 20;
const feed = 10;
const comma = 44;
const quote = 34;

function cleaned(chunks: () => AsyncIterable<Uint8Array>, { clean, quoted }: Cutting): WithoutKeys {
  let removed = 0;

  function take(bytes: Uint8Array): Uint8Array {
    const { text, removed: count } = clean(asNarrow(bytes));
    removed += count;
    return count === 0 ? bytes : fromNarrow(text);
  }

  async function* pieces(): AsyncGenerator<Uint8Array> {
    let held = new Uint8Array();
    let at = 0;
    let open = false;
    for await (const chunk of chunks()) {
      held = joined(held, chunk);
      let from = 0;
      for (; at < held.length; at++) {
        const byte = held[at];
        if (quoted && byte === quote) open = !open;
        if (byte !== feed || open) continue;
        yield take(held.subarray(from, at + 1));
        from = at + 1;
      }
      if (held.length - from > longest) {
        const last = held.lastIndexOf(comma) + 1;
        const end = last > from ? last : held.length - from > without ? held.length : from;
        if (end > from) {
          yield take(held.subarray(from, end));
          from = end;
        }
      }
      held = held.slice(from);
      at -= from;
    }
    if (held.length > 0) yield take(held);
  }

  return { bytes: pieces(), removed: () => removed };
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}

/** One character for each byte. */
function asNarrow(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** The mark is the only character that is none of one byte. */
function fromNarrow(text: string): Uint8Array {
  const marks = text.split('…').length - 1;
  const bytes = new Uint8Array(text.length + marks * 2);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 255) {
      bytes.set([0xe2, 0x80, 0xa6], at);
      at += 3;
    } else bytes[at++] = unit;
  }
  return bytes;
}
