// Reader of SMS Backup & Restore (SyncTech): text messages, picture messages and calls of one phone, gigabytes at a time.
// One pass; conversations take turns as they did on the phone. FORMATS: section 1.2.
import type { ChatRecord, ConversationSummary } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { makeRecordBatch } from '../batch-records.ts';
import { makeParticipants, type Participants } from '../participants.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { makeSeenDigests } from '../seen-digests.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { readSmsRecord, type SmsRecord } from './read-record.ts';
import { addressesOf, contactName, conversationKey, given, type Labels, makeLabels, ownLabel, unknownLabel } from './sms-parties.ts';
import { readXmlPieces, type XmlPiece } from './xml-pieces.ts';
import { readTag } from './xml-tag.ts';

export const smsBackupReader: Reader = { format: 'sms-backup', version: 'sms-backup-2', sniff: sniffSmsBackup, read: readSmsBackup };

function sniffSmsBackup(head: Uint8Array, _name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '');
  if (!/^\s*</.test(text)) return 0;
  if (/<(?:smses|calls)(?=[\s/>])[^>]*>?/.test(text)) return 1;
  return /<(?:sms|mms) [^>]*\b(?:address|date)="/.test(text) ? 0.7 : 0;
}

interface Conversation {
  readonly labels: Labels;
  readonly participants: Participants;
  readonly addresses: readonly string[];
  title: string;
}

async function* readSmsBackup(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const { file } = source;
  const conversations = new Map<string, Conversation>();
  const names = new Map<string, string>();
  const batch = makeRecordBatch();
  const seen = makeSeenDigests();
  const doubts: Doubt[] = [];
  let records = 0;
  let declared: number | null = null;
  let rootEnded = false;
  let lastLine = 1;

  const doubt = (code: Doubt['code'], severity: Doubt['severity'], line: number, evidence?: Doubt['evidence']) =>
    doubts.push({ code, severity, place: { file, line }, ...(evidence === undefined ? {} : { evidence }) });

  function conversationOf(record: SmsRecord): { readonly key: string; readonly conversation: Conversation } {
    const addresses = addressesOf(record.attributes.get(record.tag === 'call' ? 'number' : 'address'));
    const key = conversationKey(addresses);
    let conversation = conversations.get(key);
    if (conversation === undefined) {
      const labels = makeLabels(names);
      const name = contactName(record.attributes.get('contact_name'));
      const [only] = addresses;
      const participants = makeParticipants();
      const members = addresses.map((address) => labels.label(address, addresses.length === 1 ? name : null));
      for (const member of members) participants.known(member);
      const title = addresses.length > 1 ? (name ?? members.join(', ')) : only === undefined ? (name ?? unknownLabel) : labels.label(only, name);
      conversation = { labels, participants, addresses, title };
      conversations.set(key, conversation);
    }
    return { key, conversation };
  }

  /** Who says it: the phone's owner, the other party, or in a group the one whom the message names as its sender. */
  function senderOf(record: SmsRecord, { labels, addresses }: Conversation): string {
    if (record.box !== 'incoming' && record.box !== 'unknown') return ownLabel;
    if (record.box === 'unknown') return unknownLabel;
    const name = contactName(record.attributes.get('contact_name'));
    const [only] = addresses;
    if (addresses.length === 1 && only !== undefined) return labels.label(only, name);
    const from = addressesOf(record.addresses.find(({ type }) => type === '137')?.address)[0];
    return from === undefined ? (addresses.length === 0 ? (name ?? unknownLabel) : unknownLabel) : labels.label(from, null);
  }

  function toRecord(piece: XmlPiece): void {
    const [line] = piece.lines;
    const read = readSmsRecord(piece);
    const { key, conversation } = conversationOf(read);
    const sender = senderOf(read, conversation);
    conversation.participants.spoke(sender);
    const broken = piece.kind === 'broken';
    const { local, certainty, instant } = read.time;
    if (certainty === 'impossible') doubt('date.impossible', 'warning', line);
    if (read.unitAssumed) doubt('time.unit-assumed', 'warning', line);
    for (const { pairs, replaced, line: at } of read.repairs) doubt('reference.repaired', replaced > 0 ? 'warning' : 'note', at, { pairs, replaced });
    if (broken || (read.box === 'unknown' && read.tag !== 'call')) doubt('line.not-understood', 'warning', line);
    for (const { presence, embedded } of read.attachments) {
      if (presence === 'missing') doubt('attachment.missing', 'warning', line);
      else if (embedded === undefined) doubt('attachment.not-extracted', 'warning', line);
    }
    const sizes = read.attachments.map(({ embedded }) => (embedded === undefined ? 0 : embedded[1] - embedded[0]));
    const same = [read.tag, key, read.attributes.get('date'), read.box, sizes.join(), read.text];
    if (!broken && read.tag !== 'call' && seen.seen(same.join('\u0000'))) doubt('record.duplicate', 'note', line);
    const status = read.box === 'draft' || read.box === 'pending' || read.box === 'failed' ? read.box : null;
    const { sentInstant } = read;
    const record: ChatRecord = {
      kind: broken ? 'unknown' : kindOf(read),
      sender,
      local,
      certainty,
      ...(instant === undefined ? {} : { instant }),
      ...(sentInstant === null || sentInstant === instant ? {} : { sentInstant }),
      ...(read.box === 'unknown' ? {} : { direction: read.box === 'incoming' ? ('incoming' as const) : ('outgoing' as const) }),
      ...(status === null ? {} : { status }),
      text: broken && read.text === '' ? piece.raw : read.text,
      ...(read.attachments.length === 0 ? {} : { attachments: read.attachments }),
      ...(read.call === null ? {} : { call: read.call }),
      raw: piece.raw,
      bytes: piece.bytes,
      lines: piece.lines,
    };
    batch.add(key, record);
  }

  function* flush(): Generator<ReaderEvent> {
    yield* batch.take();
    for (const one of doubts) yield { type: 'doubt', doubt: one };
    doubts.length = 0;
  }

  for await (const piece of readXmlPieces(source.open())) {
    lastLine = piece.lines[1];
    if (piece.replaced) doubt('encoding.replaced', 'warning', piece.lines[0]);
    if (piece.kind === 'around') {
      takeAround(piece);
      yield { type: 'preamble', text: piece.raw, bytes: piece.bytes };
      continue;
    }
    records++;
    toRecord(piece);
    if (batch.isFull()) yield* flush();
  }
  if (!rootEnded && records > 0) doubt('file.cut-off', 'warning', lastLine);
  if (declared !== null && declared !== records) doubt('count.differs', 'warning', 1, { declared, found: records });
  yield* flush();
  for (const [conversation, { addresses, title, participants }] of conversations) {
    const kind = addresses.length > 1 ? 'group' : 'direct';
    const summary: ConversationSummary = { platform: 'sms', kind, title, participants: participants.list(), dateOrder: null, layouts: [] };
    yield { type: 'conversation', conversation, summary };
  }

  function takeAround(piece: XmlPiece): void {
    if (piece.name === 'smses' || piece.name === 'calls') {
      const count = given(readTag(piece.raw, piece.raw.indexOf('<')).attributes.get('count'));
      // Two backups put after each other in one file: their counts add up.
      if (count !== null && /^\d{1,9}$/.test(count)) declared = (declared ?? 0) + Number(count);
      rootEnded = /\/>\s*$/.test(piece.raw);
    } else if (piece.name === '/smses' || piece.name === '/calls') rootEnded = true;
    else if (!/^\s*(?:<[?!][\s\S]*)?$/.test(piece.raw.replace(/^\ufeff/, ''))) doubt('line.not-understood', 'warning', piece.lines[0]);
  }
}

function kindOf(read: SmsRecord): ChatRecord['kind'] {
  if (read.tag === 'call') return 'call';
  if (read.attachments.length === 0) return 'text';
  return read.attachments.every(({ kind }) => kind === 'contact') ? 'contact' : 'media';
}
