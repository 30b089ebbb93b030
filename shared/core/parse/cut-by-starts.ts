// A file as a row of pieces, each from the start of one record to the start of the next. For formats in which a record has a beginning that
// can be recognised and no end of its own. Every byte belongs to one piece, and the chunks in which they came make no difference.
import { makeHeldBytes, wholeCharacters } from './held-bytes.ts';
import { makeDecoder, makeStrictDecoder } from './whatsapp/text-encoding.ts';

export interface Cutting {
  /** Global, of ASCII only, and no match longer than 200: the bytes are seen as characters of one byte each. */
  readonly start: RegExp;
  /** `first`: nothing was recognised yet. `before`: what stands before the match, as far as it is held: the record in hand at least. */
  readonly accept: (before: string, first: boolean) => boolean;
  /** What ends the file and belongs to no record. */
  readonly footer?: RegExp;
}

export interface CutPiece {
  /** broken: a record too long to hold; what is left of it follows as text around · around: before the first record, after the last */
  readonly kind: 'record' | 'broken' | 'around';
  readonly raw: string;
  readonly bytes: readonly [number, number];
  readonly lines: readonly [number, number];
  /** Holds bytes that are no UTF-8. */
  readonly replaced: boolean;
}

const longestRecord = 16 * 2 ** 20;
const aroundBytes = 64 * 1024;
const margin = 200;
/** Looked through at a time. */
const stepBytes = 32 * 1024;
/** Enough to see what kind of file it is. */
const headBytes = 1024;

/** `choose`: how to cut, from the first kilobyte (or all of a smaller file) as characters of one byte each. */
export async function* cutByStarts(chunks: AsyncIterable<Uint8Array>, choose: (head: string) => Cutting): AsyncGenerator<CutPiece> {
  const held = makeHeldBytes();
  const strict = makeStrictDecoder();
  const lenient = makeDecoder('utf-8');
  const narrow = makeDecoder('windows-1252');
  let cutting: Cutting | null = null;
  let text = '';
  /** The piece in hand begins here; searched up to there. */
  let from = 0;
  let scanned = 0;
  let line = 1;
  let kind: 'record' | 'around' = 'around';
  let first = true;

  function cut(end: number, as: CutPiece['kind']): CutPiece {
    const bytes = held.bytes.subarray(from, end);
    const decoded = strict.decode(bytes);
    const feeds = held.lines(from, end);
    const closed = held.bytes[end - 1] === 10;
    const piece: CutPiece = {
      kind: as,
      raw: decoded ?? lenient.decode(bytes),
      bytes: [held.offset(from), held.offset(end)],
      lines: [line, line + feeds - (closed && feeds > 0 ? 1 : 0)],
      replaced: decoded === null,
    };
    line += feeds;
    from = end;
    scanned = end;
    return piece;
  }

  /** The next place where a record starts, after the one in hand; −1: not in what is held. */
  function nextStart({ start, accept }: Cutting): number {
    start.lastIndex = scanned;
    for (let match = start.exec(text); match !== null; match = start.exec(text)) {
      const at = match.index;
      if ((at > from || kind === 'around') && accept(text.slice(Math.max(from, at - margin), at), first)) return at;
    }
    scanned = Math.max(scanned, text.length - margin);
    return -1;
  }

  function* pieces(how: Cutting, ended: boolean): Generator<CutPiece> {
    while (text.length > from) {
      const limit = from + (kind === 'record' ? longestRecord : aroundBytes);
      const at = nextStart(how);
      if (at >= 0 && at <= limit) {
        if (at > from) yield cut(at, kind);
        kind = 'record';
        first = false;
        scanned = at + 1;
        continue;
      }
      if (text.length > limit && (at >= 0 || ended || text.length >= limit + margin)) {
        yield cut(from + wholeCharacters(held.bytes.subarray(from), limit - from), kind === 'record' ? 'broken' : 'around');
        kind = 'around';
        continue;
      }
      if (!ended) break;
      const footer = kind === 'record' && how.footer !== undefined ? text.slice(from).search(how.footer) : -1;
      if (footer > 0) {
        yield cut(from + footer, 'record');
        kind = 'around';
      } else yield cut(text.length, kind);
    }
    held.drop(from);
    text = text.slice(from);
    scanned = Math.max(0, scanned - from);
    from = 0;
  }

  for await (const chunk of chunks) {
    held.append(chunk);
    if (held.length - text.length < stepBytes) continue;
    text += narrow.decode(held.bytes.subarray(text.length, held.length));
    cutting ??= choose(text.slice(0, headBytes));
    yield* pieces(cutting, false);
  }
  text += narrow.decode(held.bytes.subarray(text.length, held.length));
  yield* pieces(cutting ?? choose(text.slice(0, headBytes)), true);
}
