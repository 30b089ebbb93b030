// A JSON file as a row of pieces: the items of the lists that a reader names, whole, and what stands around them. Every byte belongs to
// one piece; no more than one item is held. Brackets and strings are followed byte by byte, values are left to JSON.parse.
//
//   {"name":"Wijkteam","type":"private_group","messages":[  {"id":1,…},  {"id":2,…}  ]}
//   └──────────────────── around ─────────────────────────┘└── item ───┘└── item ──┘└ around, end of chat
import { makeHeldBytes, wholeCharacters } from './held-bytes.ts';
import { makeDecoder, makeStrictDecoder } from './whatsapp/text-encoding.ts';

/** What a reader looks for. */
export interface JsonShape {
  /** Keys of lists whose objects are items, at any depth; '' for a list that is the file itself. */
  readonly lists: ReadonlySet<string>;
  /** Keys of plain values beside such a list that are given when its object ends. */
  readonly facts: ReadonlySet<string>;
}

/** Strings and numbers as text; null is left out. */
export type JsonFacts = Readonly<Record<string, string>>;

export interface JsonPiece {
  /** item: whole · broken: an item without its end, or too long to hold · around: all else */
  readonly kind: 'item' | 'broken' | 'around';
  /** Number of the object that holds the list, from 0 in order of appearance; −1 around. */
  readonly chat: number;
  /** Key of the list; '' around. */
  readonly list: string;
  readonly raw: string;
  readonly bytes: readonly [number, number];
  readonly lines: readonly [number, number];
  /** Holds bytes that are no UTF-8. */
  readonly replaced: boolean;
}

export type JsonEvent =
  | { readonly type: 'piece'; readonly piece: JsonPiece }
  /**
   * The object that holds the list ends. Its facts may stand before or after the list: they are known now. `bytes`: all of the object;
   * absent when it was never closed.
   */
  | { readonly type: 'chat-end'; readonly chat: number; readonly facts: JsonFacts; readonly bytes?: readonly [number, number] }
  /** `open`: brackets that were never closed. */
  | { readonly type: 'end'; readonly open: number; readonly line: number };

interface Frame {
  readonly list: boolean;
  /** Place in the file of its bracket. */
  readonly from: number;
  /** Key of a list of items; null for all else. */
  readonly items: string | null;
  key: string;
  atKey: boolean;
  chat: number;
  readonly facts: Record<string, string>;
}

const pieceBytes = 64 * 1024;
const longestItem = 16 * 2 ** 20;
const longestTrail = 4096;
const longestScalar = 4096;
/** Deeper than this no list of items stands; brackets are only counted. */
const deepest = 64;

const quote = 34;
const backslash = 92;
const comma = 44;

const isStructural = new Uint8Array(256);
for (const c of '{}[],:" \t\r\n') isStructural[c.charCodeAt(0)] = 1;

export async function* readJsonPieces(chunks: AsyncIterable<Uint8Array>, shape: JsonShape): AsyncGenerator<JsonEvent> {
  const held = makeHeldBytes();
  const strict = makeStrictDecoder();
  const lenient = makeDecoder('utf-8');
  const stack: Frame[] = [];
  const scalar: number[] = [];
  let beyond = 0;
  let chats = 0;
  let line = 1;
  /** Scanned up to here; the piece in the making begins at `start`. */
  let at = 0;
  let start = 0;
  let spaceOnly = true;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let inScalar = false;
  let trail = -1;
  let separated = false;
  let chat = -1;
  let listKey = '';

  function cut(kind: JsonPiece['kind'], end: number): JsonEvent {
    const bytes = held.bytes.subarray(start, end);
    const text = strict.decode(bytes);
    const feeds = held.lines(start, end);
    const closed = held.bytes[end - 1] === 10;
    const piece: JsonPiece = {
      kind,
      chat: kind === 'around' ? -1 : chat,
      list: kind === 'around' ? '' : listKey,
      raw: text ?? lenient.decode(bytes),
      bytes: [held.offset(start), held.offset(end)],
      lines: [line, line + feeds - (closed ? 1 : 0)],
      replaced: text === null,
    };
    line += feeds;
    start = end;
    spaceOnly = true;
    return { type: 'piece', piece };
  }

  function endScalar(quoted: boolean): void {
    inScalar = false;
    const top = stack.at(-1);
    if (top !== undefined && !top.list && beyond === 0 && (top.atKey || shape.facts.has(top.key))) {
      const text = scalarText(lenient.decode(Uint8Array.from(scalar)));
      if (!top.atKey) {
        if (quoted || text !== 'null') top.facts[top.key] = text;
      } else {
        top.key = text;
        top.atKey = false;
      }
    }
    scalar.length = 0;
  }

  function open(list: boolean): void {
    const top = stack.at(-1);
    if (stack.length >= deepest) {
      beyond++;
      return;
    }
    const key = top === undefined ? '' : top.list || top.atKey ? null : top.key;
    const items = list && key !== null && shape.lists.has(key) ? key : null;
    if (items !== null && top !== undefined && top.chat < 0) top.chat = chats++;
    stack.push({ list, from: held.offset(at - 1), items, key: '', atKey: !list, chat: items === null ? -1 : (top?.chat ?? chats++), facts: {} });
  }

  /** The object that holds a list of items; or such a list alone, when it is the file itself. */
  function holds(frame: Frame): boolean {
    return frame.chat >= 0 && (!frame.list || stack.length === 0);
  }

  function close(): JsonEvent | null {
    if (beyond > 0) {
      beyond--;
      return null;
    }
    const top = stack.pop();
    return top === undefined || !holds(top) ? null : { type: 'chat-end', chat: top.chat, facts: top.facts, bytes: [top.from, held.offset(at)] };
  }

  for await (const chunk of chunks) {
    held.append(chunk);
    while (at < held.length) {
      const byte = held.bytes[at] ?? 0;
      if (trail >= 0) {
        // White space, one comma, and the rest of the line belong to the item before.
        const space = byte === 32 || byte === 9 || byte === 13;
        if (trail < longestTrail && (space || (byte === comma && !separated))) {
          separated ||= byte === comma;
          trail++;
          at++;
          continue;
        }
        if (byte === 10) at++;
        trail = -1;
        yield cut('item', at);
        continue;
      }
      if (depth > 0) {
        at = inItem(at);
        if (depth === 0) {
          trail = 0;
          separated = false;
        } else if (at - start >= longestItem) yield cut('broken', start + wholeCharacters(held.bytes.subarray(start), longestItem));
        continue;
      }
      if (at - start >= pieceBytes) yield cut('around', start + wholeCharacters(held.bytes.subarray(start), pieceBytes));
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
        if (inString) {
          if (scalar.length < longestScalar) scalar.push(byte);
        } else endScalar(true);
        at++;
        continue;
      }
      if (isStructural[byte] === 0) {
        inScalar = true;
        if (scalar.length < longestScalar) scalar.push(byte);
        spaceOnly = false;
        at++;
        continue;
      }
      if (inScalar) endScalar(false);
      const top = stack.at(-1);
      if (byte === 123 && top !== undefined && top.items !== null && beyond === 0) {
        if (!spaceOnly) yield cut('around', at);
        chat = top.chat;
        listKey = top.items;
        depth = 1;
        at++;
        continue;
      }
      if (byte > 32) spaceOnly = false;
      at++;
      if (byte === quote) inString = true;
      else if (byte === 123 || byte === 91) open(byte === 91);
      else if (byte === 125 || byte === 93) {
        const ended = close();
        if (ended !== null) {
          yield cut('around', at);
          yield ended;
        }
      } else if (byte === comma && top !== undefined && !top.list && beyond === 0) top.atKey = true;
    }
    held.drop(start);
    at -= start;
    start = 0;
  }
  if (trail >= 0) yield cut('item', held.length);
  else if (depth > 0) yield cut('broken', held.length);
  else if (held.length > start) yield cut('around', held.length);
  const unclosed = stack.length + beyond + (depth > 0 ? 1 : 0);
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (holds(top)) yield { type: 'chat-end', chat: top.chat, facts: top.facts };
  }
  yield { type: 'end', open: unclosed, line };

  /** Follows brackets and strings until the item ends, it grows too long, or the bytes do. */
  function inItem(from: number): number {
    const { bytes, length } = held;
    const until = Math.min(length, start + longestItem);
    // Names of the loop's own: those of the function around it are slower by half.
    let [i, deep, within, after] = [from, depth, inString, escaped];
    while (i < until) {
      let byte = bytes[i++];
      if (within) {
        if (after) {
          after = false;
          continue;
        }
        while (byte !== quote && byte !== backslash && i < until) byte = bytes[i++];
        if (byte === quote) within = false;
        else after = byte === backslash;
      } else if (byte === quote) within = true;
      else if (byte === 123 || byte === 91) deep++;
      else if ((byte === 125 || byte === 93) && --deep === 0) break;
    }
    [depth, inString, escaped] = [deep, within, after];
    return i;
  }
}

/** A string without its quotes, or a number as it stands. */
function scalarText(text: string): string {
  if (!text.includes('\\')) return text;
  const value = readJson(`"${text}"`);
  return typeof value === 'string' ? value : text;
}

/** What an item says; undefined when it is no whole item, or no JSON. */
export function readJsonItem({ kind, raw }: Pick<JsonPiece, 'kind' | 'raw'>): unknown {
  if (kind !== 'item') return undefined;
  // Its trail, walked from the end: a regular expression would try at every comma.
  let end = raw.length;
  while (raw.charCodeAt(end - 1) <= 32) end--;
  return readJson(raw.charCodeAt(end - 1) === comma ? raw.slice(0, end - 1) : raw);
}

/** Undefined for what is no JSON; the error is dropped, since it would quote the text. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
