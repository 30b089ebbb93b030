// Telegram's result.json as a row of pieces: the items of every `messages` list, whole, and what stands around them. Every byte belongs
// to one piece; no more than one item is held. Brackets and strings are followed byte by byte, values are left to JSON.parse.
//
//   {"name":"Wijkteam","type":"private_group","messages":[  {"id":1,…},  {"id":2,…}  ]}
//   └──────────────────── around ─────────────────────────┘└── item ───┘└── item ──┘└ around, end of chat
import { makeHeldBytes, wholeCharacters } from '../held-bytes.ts';
import { makeDecoder, makeStrictDecoder } from '../whatsapp/text-encoding.ts';

export interface ChatFacts {
  readonly name?: string;
  readonly type?: string;
  readonly id?: string;
}

export interface JsonPiece {
  /** item: whole · broken: an item without its end, or too long to hold · around: all else */
  readonly kind: 'item' | 'broken' | 'around';
  /** Number of the chat, from 0 in order of appearance; −1 around. */
  readonly chat: number;
  readonly raw: string;
  readonly bytes: readonly [number, number];
  readonly lines: readonly [number, number];
  /** Holds bytes that are no UTF-8. */
  readonly replaced: boolean;
}

export type JsonEvent =
  | { readonly type: 'piece'; readonly piece: JsonPiece }
  /** Its `name` and `type` may stand before or after its messages: they are known now. */
  | { readonly type: 'chat-end'; readonly chat: number; readonly facts: ChatFacts }
  /** `open`: brackets that were never closed. */
  | { readonly type: 'end'; readonly open: number; readonly line: number };

interface Frame {
  readonly list: boolean;
  /** The list of a chat's messages. */
  readonly messages: boolean;
  key: string;
  atKey: boolean;
  chat: number;
  readonly facts: { name?: string; type?: string; id?: string };
}

const pieceBytes = 64 * 1024;
const longestItem = 16 * 2 ** 20;
const longestTrail = 4096;
const longestScalar = 4096;
/** Deeper than this nothing of Telegram's stands; brackets are only counted. */
const deepest = 64;

const quote = 34;
const backslash = 92;

const isStructural = new Uint8Array(256);
for (const c of '{}[],:" \t\r\n') isStructural[c.charCodeAt(0)] = 1;

export async function* readJsonPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonEvent> {
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
  let comma = false;
  let chat = -1;

  function cut(kind: JsonPiece['kind'], end: number): JsonEvent {
    const bytes = held.bytes.subarray(start, end);
    const text = strict.decode(bytes);
    const feeds = held.lines(start, end);
    const closed = held.bytes[end - 1] === 10;
    const piece: JsonPiece = {
      kind,
      chat: kind === 'around' ? -1 : chat,
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
    const text = decodeScalar(scalar);
    scalar.length = 0;
    if (top === undefined || top.list || beyond > 0) return;
    if (top.atKey) {
      top.key = text;
      top.atKey = false;
    } else if (top.key === 'name' || top.key === 'type' || top.key === 'id') {
      if (quoted || text !== 'null') top.facts[top.key] = text;
    }
  }

  function open(list: boolean): void {
    const top = stack.at(-1);
    if (stack.length >= deepest) {
      beyond++;
      return;
    }
    const messages = list && top !== undefined && !top.list && !top.atKey && top.key === 'messages';
    if (messages && top !== undefined && top.chat < 0) top.chat = chats++;
    stack.push({ list, messages, key: '', atKey: !list, chat: messages ? (top?.chat ?? -1) : -1, facts: {} });
  }

  function close(): JsonEvent | null {
    if (beyond > 0) {
      beyond--;
      return null;
    }
    const top = stack.pop();
    return top === undefined || top.list || top.chat < 0 ? null : { type: 'chat-end', chat: top.chat, facts: top.facts };
  }

  for await (const chunk of chunks) {
    held.append(chunk);
    while (at < held.length) {
      const byte = held.bytes[at] ?? 0;
      if (trail >= 0) {
        // White space, one comma, and the rest of the line belong to the item before.
        const space = byte === 32 || byte === 9 || byte === 13;
        if (trail < longestTrail && (space || (byte === 44 && !comma))) {
          comma ||= byte === 44;
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
          comma = false;
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
      if (byte === 123 && top?.messages === true && beyond === 0) {
        if (!spaceOnly) yield cut('around', at);
        chat = top.chat;
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
      } else if (byte === 44 && top !== undefined && !top.list && beyond === 0) top.atKey = true;
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
    if (!top.list && top.chat >= 0) yield { type: 'chat-end', chat: top.chat, facts: top.facts };
  }
  yield { type: 'end', open: unclosed, line };

  /** Follows brackets and strings until the item ends, it grows too long, or the bytes do. */
  function inItem(from: number): number {
    const { bytes, length } = held;
    const until = Math.min(length, start + longestItem);
    let i = from;
    while (i < until) {
      const byte = bytes[i++] ?? 0;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
      } else if (byte === quote) inString = true;
      else if (byte === 123 || byte === 91) depth++;
      else if ((byte === 125 || byte === 93) && --depth === 0) return i;
    }
    return i;
  }
}

/** A string without its quotes, or a number as it stands. */
function decodeScalar(bytes: readonly number[]): string {
  const text = makeDecoder('utf-8').decode(Uint8Array.from(bytes));
  if (!text.includes('\\')) return text;
  const value = readJson(`"${text}"`);
  return typeof value === 'string' ? value : text;
}

/** Undefined for what is no JSON; the error is dropped, since it would quote the text. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
