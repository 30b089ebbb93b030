// Reader of the messages in Threema's data backup: `message_….csv` of one conversation, `group_message_….csv` of a group. FORMATS: section 1.8.
import type { ChatRecord } from '#core/model/chat.ts';
import { noTime } from '../exact-time.ts';
import { makeOneConversation } from '../one-conversation.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { splitRow } from '../split-row.ts';
import { makeFindPresence } from '../whatsapp/attachment.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { readThreemaRow, withoutThreemaSecrets } from './threema-row.ts';

export const threemaReader: Reader = { format: 'threema', version: 'threema-2', sniff: sniffThreema, read: readThreema };

/** Of a row that names the columns. */
export function headerOf(raw: string): { readonly columns: readonly string[]; readonly delimiter: string } | null {
  for (const delimiter of [',', ';', '\t']) {
    const columns = splitRow(raw, delimiter).map((value) => value.trim().toLowerCase());
    if (columns.includes('posted_at') && columns.includes('body') && columns.includes('type') && (columns.includes('isoutbox') || columns.includes('uid')))
      return { columns, delimiter };
  }
  return null;
}

function sniffThreema(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8').decode(head.subarray(0, 4096));
  return headerOf(text.split('\n', 1)[0] ?? '') === null ? 0 : 1;
}

/** The backup does not name its owner. */
const ownLabel = 'Houder van dit account';
const nobody = 'Onbekend';

/** `message_ABCD1234.csv` → ABCD1234; newer backups put a number there that only `contacts.csv` explains. */
function partyOf(fileName: string): { readonly kind: 'direct' | 'group' | 'unknown'; readonly name: string | null } {
  const match = /^(group_|distribution_list_)?messages?_([^.]+)\.csv$/i.exec(fileName);
  if (match === null) return { kind: 'unknown', name: null };
  return { kind: match[1] === undefined ? 'direct' : 'group', name: match[2] ?? null };
}

async function* readThreema(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const presence = makeFindPresence(source.siblings);
  const party = partyOf(source.name);
  const conversation = makeOneConversation(source, 'threema');
  const ordinals = new Map<string, number>();
  let header: ReturnType<typeof headerOf> = null;
  let count = 0;

  function labelOf(identity: string | null, outgoing: boolean): string {
    if (outgoing) return ownLabel;
    return identity ?? (party.kind === 'direct' ? party.name : null) ?? nobody;
  }

  function toRecord(row: CsvRow, columns: readonly string[], delimiter: string): ChatRecord {
    const [line] = row.lines;
    const values = splitRow(row.raw, delimiter);
    const fields = new Map(columns.map((column, at) => [column, values[at] ?? '']));
    const clean = withoutThreemaSecrets(row.raw, fields.get('type') ?? '');
    conversation.addSecrets(clean.removed);
    const place = { raw: clean.text, bytes: row.bytes, lines: row.lines };
    const ordinal = count++;
    if (row.broken || values.length !== columns.length) {
      conversation.doubt('line.not-understood', 'warning', line);
      if (row.broken) conversation.doubt('file.cut-off', 'warning', line);
      return { kind: 'unknown', sender: null, ...noTime, text: clean.text, ...place };
    }
    const read = readThreemaRow(fields, presence);
    if (read.time.certainty === 'impossible') conversation.doubt('date.impossible', 'warning', line);
    if (read.time.certainty === 'ambiguous') conversation.doubt('time.ambiguous', 'note', line);
    if (!read.known) conversation.doubt('system-line.unknown', 'note', line);
    conversation.tellAttachments(read.attachments, line);
    const sender = read.kind === 'system' ? null : labelOf(read.identity, read.outgoing);
    if (sender !== null) conversation.participants.spoke(sender);
    const answered = read.answers === null ? undefined : ordinals.get(read.answers);
    if (read.id !== null) ordinals.set(read.id, ordinal);
    return {
      kind: read.kind,
      sender,
      ...read.time,
      ...(read.kind === 'system' ? {} : { direction: read.outgoing ? ('outgoing' as const) : ('incoming' as const) }),
      ...(read.status === null ? {} : { status: read.status }),
      text: read.text,
      ...(read.edited ? { edited: true as const } : {}),
      ...(read.deleted ? { deleted: 'by-sender' as const } : {}),
      ...(read.attachments.length === 0 ? {} : { attachments: read.attachments }),
      ...(read.kind === 'system' ? { system: { event: 'notice' } } : {}),
      ...(read.answers === null ? {} : { replyTo: { nativeId: read.answers, ...(answered === undefined ? {} : { ordinal: answered }) } }),
      ...(read.call === null ? {} : { call: read.call }),
      ...(read.id === null ? {} : { nativeId: read.id }),
      ...place,
    };
  }

  for await (const row of readCsvRows(source.open())) {
    if (row.replaced) conversation.doubt('encoding.replaced', 'warning', row.lines[0]);
    const isHeader = header === null;
    header ??= headerOf(row.raw);
    if (header === null || isHeader || row.raw.trim() === '') {
      if (header === null && row.raw.trim() !== '') conversation.doubt('line.not-understood', 'warning', row.lines[0]);
      yield { type: 'preamble', text: row.raw, bytes: row.bytes };
    } else conversation.add(toRecord(row, header.columns, header.delimiter));
    yield* conversation.flushed();
  }
  yield* conversation.finish({ kind: party.kind, title: party.name });
}
