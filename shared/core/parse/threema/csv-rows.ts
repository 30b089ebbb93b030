// A CSV file as a row of rows: a line end within quotes belongs to the value. Every byte belongs to one row, whatever the chunks. RFC 4180.
import { makeHeldBytes, wholeCharacters } from '../held-bytes.ts';
import { makeDecoder, makeStrictDecoder } from '../whatsapp/text-encoding.ts';

export interface CsvRow {
  readonly raw: string;
  readonly bytes: readonly [number, number];
  readonly lines: readonly [number, number];
  /** Holds bytes that are no UTF-8. */
  readonly replaced: boolean;
  /** Too long to hold, or the file ends within quotes. */
  readonly broken: boolean;
}

const longestRow = 16 * 2 ** 20;
const quote = 34;

export async function* readCsvRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const held = makeHeldBytes();
  const strict = makeStrictDecoder();
  const lenient = makeDecoder('utf-8');
  let from = 0;
  let at = 0;
  let line = 1;
  let quoted = false;

  function cut(end: number, broken: boolean): CsvRow {
    const bytes = held.bytes.subarray(from, end);
    const text = strict.decode(bytes);
    const feeds = held.lines(from, end);
    const closed = held.bytes[end - 1] === 10;
    const row: CsvRow = {
      raw: text ?? lenient.decode(bytes),
      bytes: [held.offset(from), held.offset(end)],
      lines: [line, line + feeds - (closed ? 1 : 0)],
      replaced: text === null,
      broken,
    };
    line += feeds;
    from = end;
    return row;
  }

  for await (const chunk of chunks) {
    held.append(chunk);
    while (at < held.length) {
      const byte = held.bytes[at++];
      if (byte === quote) quoted = !quoted;
      else if (byte === 10 && !quoted) yield cut(at, false);
      if (at - from < longestRow) continue;
      yield cut(from + wholeCharacters(held.bytes.subarray(from), longestRow), true);
      quoted = false;
    }
    held.drop(from);
    at -= from;
    from = 0;
  }
  if (held.length > from) yield cut(held.length, quoted);
}
