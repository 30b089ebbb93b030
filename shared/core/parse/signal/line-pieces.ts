// A file as a row of lines, line feed included: every byte belongs to one piece, whatever the chunks. For JSON that stands one value a line.
import { makeHeldBytes, wholeCharacters } from '../held-bytes.ts';
import { makeDecoder, makeStrictDecoder } from '../whatsapp/text-encoding.ts';

export interface LinePiece {
  readonly raw: string;
  readonly bytes: readonly [number, number];
  readonly line: number;
  /** Holds bytes that are no UTF-8. */
  readonly replaced: boolean;
  /** Too long to hold: the line goes on in the next piece, or came from the one before. */
  readonly part: boolean;
  /** Ends with a line feed; only the last line of a file may lack one. */
  readonly closed: boolean;
}

const longestLine = 16 * 2 ** 20;

export async function* readLinePieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LinePiece> {
  const held = makeHeldBytes();
  const strict = makeStrictDecoder();
  const lenient = makeDecoder('utf-8');
  let from = 0;
  let scanned = 0;
  let line = 1;
  let inPart = false;

  function cut(end: number, closed: boolean, more: boolean): LinePiece {
    const bytes = held.bytes.subarray(from, end);
    const text = strict.decode(bytes);
    const piece = {
      raw: text ?? lenient.decode(bytes),
      bytes: [held.offset(from), held.offset(end)] as const,
      line,
      replaced: text === null,
      part: more || inPart,
      closed,
    };
    inPart = more;
    if (closed) line++;
    from = end;
    return piece;
  }

  for await (const chunk of chunks) {
    held.append(chunk);
    for (;;) {
      const found = held.bytes.subarray(scanned, held.length).indexOf(10);
      const feed = found < 0 ? -1 : scanned + found;
      const end = feed < 0 ? held.length : feed + 1;
      if (end - from > longestLine) {
        const most = from + wholeCharacters(held.bytes.subarray(from, from + longestLine), longestLine);
        yield cut(most, false, true);
        scanned = Math.max(scanned, from);
        continue;
      }
      if (feed < 0) {
        scanned = held.length;
        break;
      }
      yield cut(end, true, false);
      scanned = from;
    }
    held.drop(from);
    scanned -= from;
    from = 0;
  }
  if (held.length > from) yield cut(held.length, false, false);
}
