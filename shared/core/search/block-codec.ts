// A block: the records of about 32 messages in full, packed. Each record is its own JSON, so that a page of hits parses
// only what it shows. `raw` holds the text once: where `text` is a slice of it, only its place is kept.
//
//   "120,98,…\n" (lengths in UTF-16 units) · JSON · JSON · …
//   JSON = [kind, sender, local, certainty, raw, text: [start, length] | string, bytes from, bytes length, line from, lines, rest?]
import type { ChatRecord, RecordKind, TimeCertainty } from '#core/model/chat.ts';
import type { LocalTime } from '#core/model/time.ts';
import type { FiledRecord, Packing } from './segment.ts';

type RestField = Exclude<keyof FiledRecord, 'kind' | 'sender' | 'local' | 'certainty' | 'raw' | 'text' | 'bytes' | 'lines'>;
/** Every other field of a record: one that is not named here does not compile. */
const kept: Readonly<Record<RestField, true>> = {
  edited: true,
  revisions: true,
  deleted: true,
  attachments: true,
  system: true,
  instant: true,
  sentInstant: true,
  direction: true,
  status: true,
  replyTo: true,
  reactions: true,
  forwarded: true,
  call: true,
  nativeId: true,
  page: true,
  file: true,
};
const restFields = Object.keys(kept) as readonly RestField[];
type Rest = Pick<FiledRecord, RestField>;
type Row = readonly [
  kind: RecordKind,
  sender: string | null,
  local: LocalTime,
  certainty: TimeCertainty,
  raw: string,
  text: readonly [start: number, length: number] | string,
  bytesFrom: number,
  bytesLength: number,
  lineFrom: number,
  lineCount: number,
  rest?: Rest,
];

export function encodeRecord(record: FiledRecord): string {
  const { kind, sender, local, certainty, text, raw, bytes, lines } = record;
  const at = raw.endsWith(text) ? raw.length - text.length : raw.lastIndexOf(text);
  const place = text === '' ? '[0,0]' : at < 0 ? JSON.stringify(text) : `[${at},${text.length}]`;
  // Written out piece by piece: less work than one call for the whole row.
  const row = `["${kind}",${JSON.stringify(sender)},"${local}","${certainty}",${JSON.stringify(raw)},${place},${bytes[0]},${bytes[1] - bytes[0]},${lines[0]},${lines[1] - lines[0]}`;
  const rest = restOf(record);
  return rest === null ? `${row}]` : `${row},${JSON.stringify(rest)}]`;
}

function restOf(record: FiledRecord): Rest | null {
  for (const field in record) {
    if (!(field in kept) || record[field as RestField] === undefined) continue;
    return Object.fromEntries(restFields.flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])));
  }
  return null;
}

export function decodeRecord(json: string): FiledRecord {
  const [kind, sender, local, certainty, raw, text, bytesFrom, bytesLength, lineFrom, lineCount, rest] = JSON.parse(json) as Row;
  return {
    kind,
    sender,
    local,
    certainty,
    text: typeof text === 'string' ? text : raw.slice(text[0], text[0] + text[1]),
    ...rest,
    raw,
    bytes: [bytesFrom, bytesFrom + bytesLength],
    lines: [lineFrom, lineFrom + lineCount],
  } satisfies ChatRecord;
}

export function encodeBlock(rows: readonly string[], packing: Packing): Uint8Array {
  return packing.pack(packing.encode(`${rows.map((row) => row.length).join(',')}\n${rows.join('')}`));
}

/** The JSON of each record of a block, not parsed yet. */
export function decodeBlock(bytes: Uint8Array, packing: Packing): readonly string[] {
  const text = packing.decode(packing.unpack(bytes));
  const end = text.indexOf('\n');
  const rows: string[] = [];
  let at = end + 1;
  for (const length of text.slice(0, end).split(',')) {
    const next = at + Number(length);
    rows.push(text.slice(at, next));
    at = next;
  }
  return rows;
}
