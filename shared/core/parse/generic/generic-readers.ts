// Readers of tables without a fixed layout: separated values and lists of JSON objects. They read by the mapping that a person confirmed;
// without one they read by their own proposal and ask. FORMATS: section 1.8.
import type { ChatRecord, ConversationSummary } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { ColumnMapping } from '#core/model/mapping.ts';
import { makeRecordBatch } from '../batch-records.ts';
import { noTime } from '../exact-time.ts';
import { type FileOrder, makeFileOrder } from '../file-order.ts';
import { readJsonItem, readJsonPieces } from '../json-pieces.ts';
import { type Json, objectOf } from '../json-value.ts';
import { makeParticipants, type Participants } from '../participants.ts';
import type { Reader, ReaderEvent, ReaderOptions, ReaderSource } from '../reader.ts';
import { splitRow } from '../split-row.ts';
import { makeFindPresence } from '../whatsapp/attachment.ts';
import { withHead } from '../with-head.ts';
import { readCsvPieces } from './csv-rows.ts';
import { readGenericRecord } from './generic-record.ts';
import { flatFields } from './json-lists.ts';
import { headBytes, readCsvHead, readJsonHead, type TableHead } from './propose-mapping.ts';

export const csvReader: Reader = {
  format: 'generic-csv',
  version: 'generic-csv-1',
  lastResort: true,
  sniff: (head) => (isMarkup(head) ? 0 : readCsvHead(head.subarray(0, headBytes)).confidence),
  read: readCsv,
};

export const jsonReader: Reader = {
  format: 'generic-json',
  version: 'generic-json-1',
  lastResort: true,
  sniff: (head) => (firstMark(head) === 0x7b || firstMark(head) === 0x5b ? readJsonHead(head.subarray(0, headBytes)).confidence : 0),
  read: readJsonTable,
};

/** The first byte that is no white space and no byte order mark. */
function firstMark(head: Uint8Array): number {
  return head.subarray(0, 64).find((byte) => byte > 32 && byte < 0x80) ?? 0;
}

function isMarkup(head: Uint8Array): boolean {
  const first = firstMark(head);
  return first === 0x3c || first === 0x7b || (first === 0x5b && !/^\D{0,8}\[\d/.test(String.fromCharCode(...head.subarray(0, 16))));
}

type Place = Pick<ChatRecord, 'raw' | 'bytes' | 'lines'>;

interface Chat {
  readonly key: string;
  readonly name: string | null;
  readonly participants: Participants;
  readonly order: FileOrder;
}

/** What both have in common: from cells to records, conversations and doubts. */
function makeTable(source: ReaderSource, head: TableHead, options: ReaderOptions) {
  const { file } = source;
  const given = options.mappings?.[head.layout];
  const mapping: ColumnMapping = given ?? head.proposal;
  const presence = makeFindPresence(source.siblings);
  const batch = makeRecordBatch();
  const chats = new Map<string, Chat>();
  const doubts: Doubt[] = [];
  let missing = 0;

  const doubt = (code: Doubt['code'], severity: Doubt['severity'], line: number) => doubts.push({ code, severity, place: { file, line } });

  if (given === undefined) {
    const evidence = { layout: head.layout, columns: head.columns.length, samples: Math.min(5, head.rows.length) };
    doubts.push({ code: 'mapping.needed', severity: 'question', place: { file }, choices: ['proposed', 'mapped'], evidence });
  }
  const used = new Set([...mapping.time, ...mapping.text, mapping.sender, mapping.conversation, mapping.id, mapping.kind, mapping.attachment]);
  const unused = head.columns.filter((_, i) => !used.has(i)).length;
  if (unused > 0 && given !== undefined) doubts.push({ code: 'column.not-used', severity: 'note', place: { file }, count: unused });

  function chatOf(group: number, name: string | null): Chat {
    const key = `${group}:${name ?? ''}`;
    const chat = chats.get(key) ?? { key, name, participants: makeParticipants(), order: makeFileOrder() };
    chats.set(key, chat);
    return chat;
  }

  function add(group: number, cells: readonly string[], place: Place): void {
    const [line] = place.lines;
    const { kind, sender, time, text, conversation, nativeId, attachments } = readGenericRecord(cells, mapping, presence);
    const chat = chatOf(group, conversation);
    if (time === noTime) doubt('date.impossible', 'warning', line);
    else if (time.certainty === 'ambiguous') doubt('time.ambiguous', 'note', line);
    else if (time.certainty === 'impossible') doubt('time.does-not-exist', 'warning', line);
    if (time.certainty !== 'impossible') chat.order.step(time.local);
    if (text === '' && attachments.length === 0 && kind === 'text') doubt('message.empty', 'note', line);
    for (const one of attachments) if (one.presence === 'missing') missing++;
    if (sender !== null) chat.participants.spoke(sender);
    batch.add(chat.key, {
      kind,
      sender,
      local: time.local,
      certainty: time.certainty,
      ...(time.instant === undefined ? {} : { instant: time.instant }),
      text,
      ...(attachments.length === 0 ? {} : { attachments }),
      ...(kind === 'system' ? { system: { event: 'unknown' } } : {}),
      ...(nativeId === null ? {} : { nativeId }),
      ...place,
    });
  }

  function addStrange(group: number, place: Place): void {
    doubt('line.not-understood', 'warning', place.lines[0]);
    batch.add(chatOf(group, null).key, { kind: 'unknown', sender: null, local: noTime.local, certainty: 'impossible', text: place.raw, ...place });
  }

  function* flush(): Generator<ReaderEvent> {
    yield* batch.take();
    for (const one of doubts) yield { type: 'doubt', doubt: one };
    doubts.length = 0;
  }

  /** Ends the conversations of one list, or all. */
  function* end(group: number | null, title: string | null, bytes?: readonly [number, number]): Generator<ReaderEvent> {
    const ending = [...chats.values()].filter(({ key }) => group === null || key.startsWith(`${group}:`));
    const apart = bytes === undefined || ending.length > 1 ? {} : { bytes };
    for (const { order } of ending) if (order.isNewestFirst()) doubts.push({ code: 'order.newest-first', severity: 'note', place: { file } });
    yield* flush();
    for (const chat of ending) {
      chats.delete(chat.key);
      yield { type: 'conversation', conversation: chat.key, summary: summaryOf(chat.name ?? title, chat), ...apart };
    }
  }

  function* finish(): Generator<ReaderEvent> {
    if (missing > 0) doubts.push({ code: 'attachment.missing', severity: 'warning', place: { file }, count: missing });
    yield* end(null, null);
  }

  return { mapping, doubt, add, addStrange, flush, end, finish, isFull: batch.isFull };
}

function summaryOf(title: string | null, { participants, order }: Chat): ConversationSummary {
  const newest = order.isNewestFirst() ? { order: 'newest-first' as const } : {};
  return { platform: 'other', kind: 'unknown', title, participants: participants.list(), ...newest, dateOrder: null, layouts: [] };
}

async function* readCsv(source: ReaderSource, options: ReaderOptions): AsyncGenerator<ReaderEvent> {
  const { head: bytes, all } = await withHead(source.open(), headBytes);
  const seen = readCsvHead(bytes);
  const table = makeTable(source, seen, options);
  const { encoding, header } = table.mapping;
  const delimiter = table.mapping.delimiter ?? ';';
  let skip = readCsvHead(bytes, { delimiter, encoding, header }).skip;
  for await (const { raw, bytes: range, lines, replaced, broken } of readCsvPieces(all, { delimiter, encoding })) {
    if (replaced) table.doubt('encoding.replaced', 'warning', lines[0]);
    const place = { raw, bytes: range, lines };
    if (skip > 0 || raw.replace(/\ufeff/g, '').trim() === '') {
      if (raw.trim() !== '') skip--;
      yield { type: 'preamble', text: raw, bytes: range };
    } else if (broken) table.addStrange(0, place);
    else table.add(0, splitRow(raw, delimiter), place);
    if (table.isFull()) yield* table.flush();
  }
  yield* table.finish();
}

/** Beside the list: what the conversation is called. */
const titles = ['chat_name', 'chatName', 'title', 'name', 'displayName', 'subject', 'topic', 'conversation', 'naam', 'titel'] as const;

async function* readJsonTable(source: ReaderSource, options: ReaderOptions): AsyncGenerator<ReaderEvent> {
  const { head: bytes, all } = await withHead(source.open(), headBytes);
  const seen = readJsonHead(bytes);
  const table = makeTable(source, seen, options);
  for await (const event of readJsonPieces(all, { lists: new Set([seen.list]), facts: new Set(titles) })) {
    if (event.type === 'piece') {
      const { piece } = event;
      const place = { raw: piece.raw, bytes: piece.bytes, lines: piece.lines };
      if (piece.replaced) table.doubt('encoding.replaced', 'warning', piece.lines[0]);
      if (piece.kind === 'around') {
        yield { type: 'preamble', text: piece.raw, bytes: piece.bytes };
        continue;
      }
      const value = readJsonItem(piece);
      if (typeof value !== 'object' || value === null) table.addStrange(piece.chat, place);
      else table.add(piece.chat, cellsOf(objectOf(value), seen.columns), place);
      if (table.isFull()) yield* table.flush();
    } else if (event.type === 'chat-end') {
      yield* table.end(event.chat, titles.map((key) => event.facts[key]).find((one) => one !== undefined && one !== '') ?? null, event.bytes);
    } else if (event.open > 0) table.doubt('file.cut-off', 'warning', event.line);
  }
  yield* table.finish();
}

function cellsOf(item: Json, columns: readonly string[]): readonly string[] {
  const fields = flatFields(item);
  return columns.map((column) => fields.get(column) ?? '');
}
