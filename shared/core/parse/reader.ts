// The one shape of all readers. They run unchanged in Lambda and in the browser: no node, no DOM.
import type { ChatRecord, ConversationSummary, DateOrder, Platform } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { ColumnMappings } from '#core/model/mapping.ts';
import type { LocalTime } from '#core/model/time.ts';

/** One chat file, wherever it lies. `open` may be called again: a reader may read twice rather than keep a gigabyte. */
export interface ReaderSource {
  /** File number within the bundle, from 1: the `place.file` of doubts. */
  readonly file: number;
  /** Name without folder, as the person saw it. */
  readonly name: string;
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Names (without folder) of the other files that came along; empty when only text was handed in. */
  readonly siblings: ReadonlySet<string>;
  /** Wall time after which no message can have been sent (upload, newest zip entry). */
  readonly notAfter: LocalTime;
  /** What the envelope around the file says is in it (RSMF). */
  readonly declared?: { readonly records?: number; readonly version?: string };
}

export interface ReaderOptions {
  /** A person's answer to `date-order.ambiguous`. */
  readonly dateOrder?: DateOrder;
  /** A person's answers to `mapping.needed`. */
  readonly mappings?: ColumnMappings;
}

/**
 * Records come in arrays (some hundreds at a time) to spare the event loop; within a conversation file order is kept.
 * A file of one conversation names none. A file of many gives each a key of its own choosing (within the file); conversations may
 * take turns, and each ends with its own `conversation` event. `same`: what must be the same as well for a key to be that conversation
 * in the next file of a series.
 */
export type ReaderEvent =
  /** `platform`: where it is another than that of the format. */
  | { readonly type: 'records'; readonly conversation?: string; readonly same?: string; readonly platform?: Platform; readonly records: readonly ChatRecord[] }
  | { readonly type: 'doubt'; readonly doubt: Doubt }
  /** Text that belongs to no record (before the first header, around the messages), kept whole. */
  | { readonly type: 'preamble'; readonly text: string; readonly bytes: readonly [number, number] }
  /**
   * Ends a conversation; exactly one for each conversation, after its last records. `bytes`: where all of it stands and nothing else,
   * in a format that keeps conversations apart.
   */
  | {
      readonly type: 'conversation';
      readonly conversation?: string;
      readonly same?: string;
      readonly summary: ConversationSummary;
      readonly bytes?: readonly [number, number];
    };

/** By which a conversation is known through a series of files that are one (RSMF by day, Messenger by the ten thousand). */
export function keyInSeries({ conversation, same }: { readonly conversation?: string; readonly same?: string }): string | undefined {
  return same === undefined ? conversation : JSON.stringify([conversation ?? null, same]);
}

export type ReaderFormat =
  | 'whatsapp'
  | 'sms-backup'
  | 'telegram'
  | 'imessage'
  | 'messenger'
  | 'rsmf'
  | 'signal'
  | 'signal-export'
  | 'signal-markdown'
  | 'sigtop-json'
  | 'sigtop-text'
  | 'threema'
  | 'teams'
  | 'generic-csv'
  | 'generic-json';

/** The app whose messages a format holds. */
export const platformOf: Readonly<Record<ReaderFormat, Platform>> = {
  whatsapp: 'whatsapp',
  'sms-backup': 'sms',
  telegram: 'telegram',
  imessage: 'imessage',
  messenger: 'messenger',
  rsmf: 'other',
  signal: 'signal',
  'signal-export': 'signal',
  'signal-markdown': 'signal',
  'sigtop-json': 'signal',
  'sigtop-text': 'signal',
  threema: 'threema',
  teams: 'teams',
  'generic-csv': 'other',
  'generic-json': 'other',
};

export interface Reader {
  readonly format: ReaderFormat;
  /** Changes when the same bytes would be read differently; stored with every bundle. */
  readonly version: string;
  /** Takes what no other reader knows; beside a chat that is known, such a file is an attachment. */
  readonly lastResort?: true;
  /** 0 = surely not, 1 = surely; from the first 64 KiB. */
  readonly sniff: (head: Uint8Array, name: string) => number;
  readonly read: (source: ReaderSource, options: ReaderOptions) => AsyncIterable<ReaderEvent>;
}
