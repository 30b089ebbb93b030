// Where everything of one chat file stands: its records by conversation, and what a format writes around them that depends on them.
// Built from what a reader says, in columns: a million records are some tens of megabytes.
import type { ChatRecord } from '#core/model/chat.ts';
import { fingerprint } from './fingerprint.ts';
import { makeNumberColumn, type NumberColumn } from './number-column.ts';

export type Bytes = readonly [from: number, to: number];

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

export interface ChatFileMap {
  readonly format: string;
  /** In order of appearance. */
  readonly conversations: readonly MappedConversation[];
  readonly roots: readonly CountedRoot[];
  /** Bytes of the byte order mark, and of the mark and white space together, at the very start. */
  readonly opening: () => { readonly bom: number; readonly blank: number };
  readonly addRecords: (key: string | undefined, records: readonly Pick<ChatRecord, 'kind' | 'local' | 'raw' | 'bytes'>[]) => void;
  readonly addText: (text: string, bytes: Bytes) => void;
  readonly end: (key: string | undefined, bytes: Bytes | undefined) => void;
}

/** `head`: the first bytes of the file. */
export function makeChatFileMap(format: string, head: Uint8Array): ChatFileMap {
  const byKey = new Map<string | undefined, MappedConversation>();
  const conversations: MappedConversation[] = [];
  const roots: CountedRoot[] = [];
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

  return {
    format,
    conversations,
    roots,
    opening: () => ({ bom, blank }),
    addRecords: (key, records) => {
      const conversation = open(key);
      for (const record of records) {
        conversation.from.push(record.bytes[0]);
        conversation.to.push(record.bytes[1]);
        conversation.print.push(fingerprint(record));
        conversation.comma.push(/,[ \t\r]*\n?$/.exec(record.raw)?.[0].length ?? 0);
      }
    },
    addText: (text, bytes) => {
      if (bytes[0] === 0) blank = utf8Length(/^\ufeff?\s*/.exec(text)?.[0] ?? '');
      if (format !== 'sms-backup' || text.includes('\ufffd')) return;
      const root = /<(?:smses|calls)(?=\s)[^>]*?\scount\s*=\s*["'](\d{1,9})["']/d.exec(text);
      const at = root?.indices?.[1];
      if (root === null || at === undefined) return;
      const from = bytes[0] + utf8Length(text.slice(0, at[0]));
      roots.push({ digits: [from, from + at[1] - at[0]], declared: Number(root[1]) });
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

function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}
