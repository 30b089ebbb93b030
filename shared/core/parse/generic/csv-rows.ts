// Rows of separated values. A quote opens at the start of a field only; a quote that is never closed must not swallow the file: then the
// line that opened it stands alone, and reading goes on below it.
//
//   2024-03-04 10:05;Marijke;"eerste regel⏎tweede ""regel"""⏎     one row, two lines
import { makeHeldBytes, wholeCharacters } from '../held-bytes.ts';
import { makeDecoder, makeStrictDecoder, type TextEncoding } from '../whatsapp/text-encoding.ts';

export interface CsvCutting {
  readonly delimiter: string;
  readonly encoding: TextEncoding;
}

export interface CsvPiece {
  readonly raw: string;
  readonly bytes: readonly [number, number];
  readonly lines: readonly [number, number];
  /** Holds bytes that are none in its encoding. */
  readonly replaced: boolean;
  /** A quote that is never closed, or a row too long to hold. */
  readonly broken: boolean;
}

const longestRow = 256 * 1024;

export async function* readCsvPieces(chunks: AsyncIterable<Uint8Array>, { delimiter, encoding }: CsvCutting): AsyncGenerator<CsvPiece> {
  const held = makeHeldBytes();
  const strict = makeStrictDecoder();
  const lenient = makeDecoder(encoding);
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  const unit = wide ? 2 : 1;
  const low = encoding === 'utf-16be' ? 1 : 0;
  const separator = delimiter.charCodeAt(0);
  let line = 1;
  let start = 0;
  let at = 0;
  let firstFeed = -1;
  let quoted = false;
  let fieldStart = true;
  let closing = false;

  function codeAt(place: number): number {
    const byte = held.bytes[place + (wide ? low : 0)] ?? 0;
    return wide ? byte | ((held.bytes[place + 1 - low] ?? 0) << 8) : byte;
  }

  function cut(end: number, broken: boolean): CsvPiece {
    const bytes = held.bytes.subarray(start, end);
    const text = encoding === 'utf-8' ? strict.decode(bytes) : lenient.decode(bytes);
    const raw = text ?? lenient.decode(bytes);
    let feeds = 0;
    for (let i = raw.indexOf('\n'); i >= 0; i = raw.indexOf('\n', i + 1)) feeds++;
    const closed = raw.endsWith('\n');
    const piece: CsvPiece = {
      raw,
      bytes: [held.offset(start), held.offset(end)],
      lines: [line, line + feeds - (closed ? 1 : 0)],
      replaced: text === null || (encoding !== 'utf-8' && raw.includes('\ufffd')),
      broken,
    };
    line += feeds;
    start = end;
    at = end;
    firstFeed = -1;
    quoted = false;
    fieldStart = true;
    closing = false;
    return piece;
  }

  function* rows(final: boolean): Generator<CsvPiece> {
    for (;;) {
      while (at + unit <= held.length && at - start < longestRow) {
        const code = codeAt(at);
        at += unit;
        if (code === 34) {
          const opens = !quoted && (fieldStart || closing);
          closing = quoted;
          quoted = opens;
          fieldStart = false;
          continue;
        }
        if (code === 10) {
          if (!quoted) {
            yield cut(at, false);
            continue;
          }
          if (firstFeed < 0) firstFeed = at;
        }
        closing = false;
        if (!quoted) fieldStart = code === separator || (fieldStart && (code === 32 || code === 0xfeff || isMark(at - unit)));
      }
      const full = at - start >= longestRow;
      if (!full && !final) return;
      if (held.length === start) return;
      if (quoted && firstFeed > 0) yield cut(firstFeed, true);
      else if (full) yield cut(wide ? at : start + wholeCharacters(held.bytes.subarray(start, at), at - start), true);
      else yield cut(held.length, quoted);
    }
  }

  /** One of the three bytes of a byte order mark at the start of the file. */
  function isMark(place: number): boolean {
    return !wide && held.offset(place) < 3 && (held.bytes[place] ?? 0) >= 0xbb;
  }

  for await (const chunk of chunks) {
    held.append(chunk);
    yield* rows(false);
    held.drop(start);
    at -= start;
    if (firstFeed >= 0) firstFeed -= start;
    start = 0;
  }
  yield* rows(true);
}
