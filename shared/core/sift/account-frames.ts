// Chats and people that an export names once, beside the messages (Signal's frames, RSMF's lists): which of them are still spoken of when
// messages have gone. The others go too: an account's contacts are no part of the chats that are handed in.
//
//   {"recipient":{"id":"3",…}}   {"chat":{"id":"10","recipientId":"3"}}   {"chatItem":{"chatId":"10","authorId":"3",…}}
//        person 3                     chat 10 → person 3                        record of chat 10 → person 3
import type { Bytes } from './chat-file-map.ts';
import { makeNumberColumn, type NumberColumn } from './number-column.ts';

export interface Frame {
  readonly bytes: Bytes;
  /** Bytes from its comma to its end; 0 when it has none. */
  readonly comma: number;
  /** root: always kept · other: neither chat nor person */
  readonly kind: 'root' | 'chat' | 'person' | 'other';
  readonly ids: readonly string[];
  /** Of the people it names. */
  readonly refs: readonly string[];
}

export interface AccountFrames {
  readonly addText: (text: string, bytes: Bytes) => void;
  readonly addRecord: (key: string | undefined, ordinal: number, raw: string) => void;
  /** Frames of which nothing that is kept speaks; `isKept` null: the whole conversation goes. */
  readonly unneeded: (isKept: (key: string | undefined) => ((ordinal: number) => boolean) | null) => readonly Frame[];
  readonly all: readonly Frame[];
}

interface Rules {
  /** Names of fields that hold a person's id. */
  readonly naming: RegExp;
  readonly frameOf: (value: Json) => Pick<Frame, 'kind' | 'ids'> | null;
}

type Json = Readonly<Record<string, unknown>>;

const rules: Readonly<Record<string, Rules>> = {
  signal: { naming: /^(?!(?:chat|call|pack|sticker|server)Id$).*(?:Id|[Aa]ci|[Pp]ni)$/, frameOf: signalFrame },
  rsmf: { naming: /^(?:participants?|custodian)$/, frameOf: rsmfFrame },
};

/** Null: this format has none. */
export function makeAccountFrames(format: string): AccountFrames | null {
  const own = Object.hasOwn(rules, format) ? rules[format] : undefined;
  if (own === undefined) return null;
  const { naming, frameOf } = own;
  const all: Frame[] = [];
  const numbers = new Map<string, number>();
  /** By conversation: ordinal and number of the person, in turns. */
  const spoken = new Map<string | undefined, NumberColumn>();

  function numberOf(id: string): number {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  }

  return {
    all,
    addText: (text, bytes) => {
      const value = objectIn(text);
      const frame = value === null ? null : frameOf(value);
      if (frame === null) return;
      all.push({ bytes, comma: /,\s*$/.exec(text)?.[0].length ?? 0, ...frame, refs: [...namedIn(value, naming)] });
    },
    addRecord: (key, ordinal, raw) => {
      const column = spoken.get(key) ?? makeNumberColumn();
      spoken.set(key, column);
      for (const id of new Set(namedIn(objectIn(raw), naming))) {
        column.push(ordinal);
        column.push(numberOf(id));
      }
    },
    unneeded: (isKept) => {
      const needed = new Set<string>();
      const names = [...numbers.keys()];
      for (const [key, column] of spoken) {
        const kept = isKept(key);
        if (kept === null) continue;
        for (let at = 0; at < column.count(); at += 2) if (kept(column.at(at))) needed.add(names[column.at(at + 1)] ?? '');
      }
      const stays = new Set(all.filter(({ kind, ids }) => kind === 'root' || (kind === 'chat' && ids.some((id) => isKept(id) !== null))));
      for (const frame of stays) for (const id of frame.refs) needed.add(id);
      // Who is needed may name others: the members of a group.
      for (let grown = true; grown; ) {
        grown = false;
        for (const frame of all) {
          if (frame.kind !== 'person' || stays.has(frame) || !frame.ids.some((id) => needed.has(id))) continue;
          stays.add(frame);
          for (const id of frame.refs) needed.add(id);
          grown = true;
        }
      }
      return all.filter((frame) => !stays.has(frame));
    },
  };
}

function signalFrame(value: Json): Pick<Frame, 'kind' | 'ids'> {
  const { recipient, chat } = value;
  if (isObject(recipient)) {
    const contact = isObject(recipient['contact']) ? recipient['contact'] : {};
    return { kind: recipient['self'] === undefined ? 'person' : 'root', ids: idsIn([recipient['id'], contact['aci'], contact['pni']]) };
  }
  if (isObject(chat)) return { kind: 'chat', ids: idsIn([chat['id']]) };
  return { kind: value['account'] !== undefined || value['version'] !== undefined ? 'root' : 'other', ids: [] };
}

/** An item of one of the lists beside the events. */
function rsmfFrame(value: Json): Pick<Frame, 'kind' | 'ids'> | null {
  const ids = idsIn([value['id']]);
  if (ids.length === 0) return null;
  return { kind: Array.isArray(value['participants']) || value['platform'] !== undefined ? 'chat' : 'person', ids };
}

function idsIn(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) => ((typeof value === 'string' && value !== '') || typeof value === 'number' ? [String(value)] : []));
}

function* namedIn(value: unknown, naming: RegExp): Generator<string> {
  if (Array.isArray(value)) for (const one of value) yield* namedIn(one, naming);
  if (!isObject(value)) return;
  for (const [name, one] of Object.entries(value)) {
    if (naming.test(name)) yield* idsIn(Array.isArray(one) ? one : [one]);
    if (typeof one === 'object') yield* namedIn(one, naming);
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Null for what is no object in JSON; the error is dropped, since it would quote the text. */
function objectIn(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, '').replace(/,\s*$/, ''));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
