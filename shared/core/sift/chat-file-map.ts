// Where everything of one chat file stands: its records by conversation, and what a format writes around them that depends on them.
// Built from what a reader says, in columns: a million records are some tens of megabytes.
import type { ChatRecord } from '#core/model/chat.ts';
import { type AccountFrames, makeAccountFrames } from './account-frames.ts';
import { fingerprint } from './fingerprint.ts';
import { makeNumberColumn, type NumberColumn } from './number-column.ts';

export type Bytes = readonly [from: number, to: number];

/**
 * lines: a record is taken out and the rest stands as before (lines, rows, elements) · items: records are objects of lists in JSON, with
 * commas between them.
 */
export type Container = 'lines' | 'items';

const containers: Readonly<Record<string, Container>> = {
  whatsapp: 'lines',
  'sms-backup': 'lines',
  imessage: 'lines',
  signal: 'lines',
  'signal-export': 'lines',
  'signal-markdown': 'lines',
  'sigtop-text': 'lines',
  threema: 'lines',
  'generic-csv': 'lines',
  telegram: 'items',
  messenger: 'items',
  rsmf: 'items',
  teams: 'items',
  'sigtop-json': 'items',
  'generic-json': 'items',
};

/** Null: of this format nobody has said how its records lie beside each other. */
export function containerOf(format: string): Container | null {
  return Object.hasOwn(containers, format) ? (containers[format] ?? null) : null;
}

export interface MappedConversation {
  readonly key: string | undefined;
  /** By ordinal: first byte, byte after the last, fingerprint. */
  readonly from: NumberColumn;
  readonly to: NumberColumn;
  readonly print: NumberColumn;
  /** By ordinal: bytes from the comma behind a record of a list to the record's end; 0 when there is none. */
  readonly comma: NumberColumn;
  /** All of the conversation, where the format keeps it apart. */
  bytes: Bytes | null;
}

/** `<smses count="12" …>`: the digits, and how many records the tag claims. */
export interface CountedRoot {
  readonly digits: Bytes;
  readonly declared: number;
}

/** Punctuation of JSON in the text around records. */
export interface Around {
  /** A comma at the start of such a text, by the place where it starts; one at its end, by the place where it ends. */
  readonly commaAfter: ReadonlyMap<number, number>;
  readonly commaBefore: ReadonlyMap<number, number>;
  /** Objects of lists, by their first byte: place of the comma before it; null: it is the first of its list. */
  readonly objects: ReadonlyMap<number, number | null>;
}

export interface ChatFileMap {
  readonly format: string;
  /** In order of appearance. */
  readonly conversations: readonly MappedConversation[];
  readonly roots: readonly CountedRoot[];
  readonly around: Around;
  /** Where the text around messages shows one of them again: values in JSON. */
  readonly previews: readonly Bytes[];
  /** Chats and people that an account export names once, beside the messages. */
  readonly frames: AccountFrames | null;
  /** Bytes of the byte order mark, and of the mark and white space together, at the very start. */
  readonly opening: () => { readonly bom: number; readonly blank: number };
  readonly addRecords: (key: string | undefined, records: readonly Pick<ChatRecord, 'kind' | 'local' | 'sender' | 'raw' | 'bytes'>[]) => void;
  readonly addText: (text: string, bytes: Bytes) => void;
  readonly end: (key: string | undefined, bytes: Bytes | undefined) => void;
}

/** `head`: the first bytes of the file. */
export function makeChatFileMap(format: string, head: Uint8Array): ChatFileMap {
  const byKey = new Map<string | undefined, MappedConversation>();
  const conversations: MappedConversation[] = [];
  const roots: CountedRoot[] = [];
  const previews: Bytes[] = [];
  const commaAfter = new Map<number, number>();
  const commaBefore = new Map<number, number>();
  const objects = new Map<number, number | null>();
  const frames = makeAccountFrames(format);
  const items = containerOf(format) === 'items';
  const bom = markLength(head);
  let blank = bom;

  function open(key: string | undefined): MappedConversation {
    let conversation = byKey.get(key);
    if (conversation === undefined) {
      const [from, to, print, comma] = [makeNumberColumn(), makeNumberColumn(), makeNumberColumn(), makeNumberColumn()];
      conversation = { key, from, to, print, comma, bytes: null };
      byKey.set(key, conversation);
      conversations.push(conversation);
    }
    return conversation;
  }

  function addAround(text: string, [from, to]: Bytes): void {
    const place = (at: number) => from + utf8Length(text.slice(0, at));
    const starts = /^\s*,/.exec(text);
    if (starts !== null) commaAfter.set(from, from + starts[0].length - 1);
    const ends = /,\s*$/.exec(text);
    if (ends !== null) commaBefore.set(to, to - ends[0].length);
    for (const { index, 0: match } of text.matchAll(/[[,]\s*\{/g)) objects.set(place(index + match.length - 1), match.startsWith(',') ? place(index) : null);
    for (const [start, end] of previewsIn(text)) previews.push([place(start), place(end)]);
  }

  function addRoot(text: string, at: number): void {
    const root = /<(?:smses|calls)(?=\s)[^>]*?\scount\s*=\s*["'](\d{1,9})["']/d.exec(text);
    const digits = root?.indices?.[1];
    if (root === null || digits === undefined) return;
    const from = at + utf8Length(text.slice(0, digits[0]));
    roots.push({ digits: [from, from + digits[1] - digits[0]], declared: Number(root[1]) });
  }

  return {
    format,
    conversations,
    roots,
    around: { commaAfter, commaBefore, objects },
    previews,
    frames,
    opening: () => ({ bom, blank }),
    addRecords: (key, records) => {
      const conversation = open(key);
      for (const record of records) {
        frames?.addRecord(key, conversation.from.count(), record.raw);
        conversation.from.push(record.bytes[0]);
        conversation.to.push(record.bytes[1]);
        conversation.print.push(fingerprint(record));
        conversation.comma.push(items ? (/,[ \t\r]*\n?$/.exec(record.raw)?.[0].length ?? 0) : 0);
      }
    },
    addText: (text, bytes) => {
      if (bytes[0] === 0) blank = utf8Length(/^\ufeff?\s*/.exec(text)?.[0] ?? '');
      frames?.addText(text, bytes);
      if (text.includes('\ufffd')) return;
      if (items) addAround(text, bytes);
      else if (format === 'sms-backup') addRoot(text, bytes[0]);
    },
    end: (key, bytes) => {
      open(key).bytes = bytes ?? null;
    },
  };
}

function markLength([a, b, c]: Uint8Array): number {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 3;
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) ? 2 : 0;
}

const preview = /"(?:lastMessage\w*|last_message\w*|latestMessage\w*|messagePreview|preview|snippet)"\s*:\s*/gi;

/** Values under a name by which tools show a message beside the list of them. */
function* previewsIn(text: string): Generator<Bytes> {
  for (const match of text.matchAll(preview)) {
    const from = match.index + match[0].length;
    const to = endOfValue(text, from);
    if (to > from) yield [from, to];
  }
}

/** `from` when the value is neither text nor object nor list, or goes on beyond what is here. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    else if (depth === 0) return from;
    if (depth === 0) return at < text.length ? at + 1 : from;
  }
  return from;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}
