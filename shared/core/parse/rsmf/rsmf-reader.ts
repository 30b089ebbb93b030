// Reader of rsmf_manifest.json, the content of Relativity's Short Message Format 1.0 and 2.0; the `.rsmf` around it (an e-mail with a zip)
// is opened before. Read twice: names and ids may stand after the events that use them. FORMATS: section 1.7.
import type { ChatRecord, ConversationSummary, ReplyTo } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { makeRecordBatch } from '../batch-records.ts';
import { type JsonFacts, type JsonPiece, type JsonShape, readJsonItem, readJsonPieces } from '../json-pieces.ts';
import { isObject, wordsOf } from '../json-value.ts';
import { makeParticipants, type Participants } from '../participants.ts';
import type { Reader, ReaderEvent, ReaderSource } from '../reader.ts';
import { makeFindPresence } from '../whatsapp/attachment.ts';
import { makeDecoder } from '../whatsapp/text-encoding.ts';
import { type DigestOrdinals, makeDigestOrdinals } from './digest-ordinals.ts';
import { conversationOf, type ReadEvent, readEvent } from './rsmf-event.ts';
import { makeRsmfParties, type RsmfParties } from './rsmf-parties.ts';

export const rsmfReader: Reader = { format: 'rsmf', version: 'rsmf-2', sniff: sniffRsmf, read: readRsmf };

const shape: JsonShape = { lists: new Set(['participants', 'conversations', 'events']), facts: new Set(['version', 'eventcollectionid']) };

function sniffRsmf(head: Uint8Array, name: string): number {
  const text = makeDecoder('utf-8')
    .decode(head.subarray(0, 65536))
    .replace(/^\ufeff/, '');
  if (!/^\s*\{/.test(text)) return 0;
  const has = (key: string) => text.includes(`"${key}"`);
  if (has('participants') && has('conversations') && (has('events') || has('eventcollectionid')) && (has('platform') || has('version'))) return 1;
  // Many participants come before all else.
  return name === 'rsmf_manifest.json' && (has('participants') || has('events')) ? 0.9 : 0;
}

interface Survey {
  readonly parties: RsmfParties;
  readonly ordinals: DigestOrdinals;
  readonly facts: JsonFacts;
}

async function survey(source: ReaderSource): Promise<Survey> {
  const parties = makeRsmfParties();
  const ordinals = makeDigestOrdinals();
  let facts: JsonFacts = {};
  for await (const event of readJsonPieces(source.open(), shape)) {
    if (event.type === 'chat-end') facts = { ...event.facts, ...facts };
    if (event.type !== 'piece' || event.piece.kind === 'around') continue;
    const value = readJsonItem(event.piece);
    if (event.piece.list === 'participants') parties.addParticipant(value);
    else if (event.piece.list === 'conversations') parties.addConversation(value);
    else ordinals.push(isObject(value) ? conversationOf(value) : '', isObject(value) ? wordsOf(value['id']) : null);
  }
  return { parties, ordinals, facts };
}

interface Open {
  readonly participants: Participants;
  back: number;
  forth: number;
  last: string | null;
}

async function* readRsmf(source: ReaderSource): AsyncGenerator<ReaderEvent> {
  const { file, declared } = source;
  const { parties, ordinals, facts } = await survey(source);
  const presence = makeFindPresence(source.siblings);
  const withFiles = source.siblings.size > 0;
  const batch = makeRecordBatch();
  const opened = new Map<string, Open>();
  const doubts: Doubt[] = [];
  let events = 0;
  let missing = 0;

  const doubt = (code: Doubt['code'], severity: Doubt['severity'], line: number) => doubts.push({ code, severity, place: { file, line } });

  /** A number alone may be given anew in each slice. */
  function sameOf(id: string): string {
    const known = parties.conversation(id);
    return `${known?.platform ?? 'other'} ${known?.title ?? ''}`;
  }

  function openOf(id: string): Open {
    let open = opened.get(id);
    if (open === undefined) {
      open = { participants: makeParticipants(), back: 0, forth: 0, last: null };
      for (const one of parties.conversation(id)?.participants ?? []) open.participants.known(parties.label(one));
      opened.set(id, open);
    }
    return open;
  }

  function replyOf({ parent, conversation }: ReadEvent): ReplyTo | null {
    if (parent === null) return null;
    const ordinal = ordinals.find(conversation, parent);
    return { nativeId: parent, ...(ordinal === null ? {} : { ordinal }) };
  }

  function toRecord(piece: JsonPiece, value: unknown): ChatRecord {
    const place = { raw: piece.raw, bytes: piece.bytes, lines: piece.lines };
    const [line] = piece.lines;
    if (!isObject(value)) {
      openOf('');
      doubt('line.not-understood', 'warning', line);
      return { kind: 'unknown', sender: null, local: '1970-01-01T00:00' as ChatRecord['local'], certainty: 'impossible', text: piece.raw, ...place };
    }
    const read = readEvent(value, parties.label, presence);
    const { local, certainty, instant } = read.time;
    const open = openOf(read.conversation);
    if (certainty === 'ambiguous') doubt('time.ambiguous', 'note', line);
    if (certainty === 'impossible') doubt(local.startsWith('1970') ? 'date.impossible' : 'time.does-not-exist', 'warning', line);
    else {
      if (open.last !== null && local < open.last) open.back++;
      if (open.last !== null && local > open.last) open.forth++;
      open.last = local;
    }
    if (read.strange) doubt('line.not-understood', 'warning', line);
    for (const { presence: found } of read.attachments) {
      if (found === 'missing' && withFiles) doubt('attachment.missing', 'warning', line);
      else if (found === 'missing') missing++;
    }
    if (read.sender !== null) open.participants.spoke(read.sender);
    else if (read.system?.actor !== undefined) open.participants.known(read.system.actor);
    const replyTo = replyOf(read);
    return {
      kind: read.kind,
      sender: read.sender,
      local,
      certainty,
      ...(instant === undefined ? {} : { instant }),
      ...(read.direction === null ? {} : { direction: read.direction }),
      text: read.text,
      ...(read.edited ? { edited: true as const } : {}),
      ...(read.revisions.length === 0 ? {} : { revisions: read.revisions }),
      ...(read.deleted ? { deleted: 'unknown' as const } : {}),
      ...(read.attachments.length === 0 ? {} : { attachments: read.attachments }),
      ...(read.system === null ? {} : { system: read.system }),
      ...(replyTo === null ? {} : { replyTo }),
      ...(read.reactions.length === 0 ? {} : { reactions: read.reactions }),
      ...(read.id === null ? {} : { nativeId: read.id }),
      ...place,
    };
  }

  function* flush(): Generator<ReaderEvent> {
    for (const event of batch.take()) {
      const id = event.type === 'records' ? (event.conversation ?? '') : '';
      yield event.type === 'records' ? { ...event, same: sameOf(id), platform: parties.conversation(id)?.platform ?? 'other' } : event;
    }
    for (const one of doubts) yield { type: 'doubt', doubt: one };
    doubts.length = 0;
  }

  for await (const event of readJsonPieces(source.open(), shape)) {
    if (event.type === 'piece') {
      const { piece } = event;
      if (piece.replaced) doubt('encoding.replaced', 'warning', piece.lines[0]);
      if (piece.list !== 'events') {
        yield { type: 'preamble', text: piece.raw, bytes: piece.bytes };
        continue;
      }
      events++;
      const value = readJsonItem(piece);
      batch.add(isObject(value) ? conversationOf(value) : '', toRecord(piece, value));
      if (batch.isFull()) yield* flush();
    } else if (event.type === 'end' && event.open > 0) doubt('file.cut-off', 'warning', event.line);
  }
  if (missing > 0) doubts.push({ code: 'attachment.missing', severity: 'warning', place: { file }, count: missing });
  if (declared?.records !== undefined && declared.records !== events) {
    doubts.push({ code: 'count.differs', severity: 'warning', place: { file, line: 1 }, evidence: { declared: declared.records, found: events } });
  }
  const version = facts['version'];
  if (declared?.version !== undefined && version !== undefined && declared.version !== version) {
    doubts.push({
      code: 'version.differs',
      severity: 'note',
      place: { file },
      evidence: { wrapper: versionOf(declared.version), content: versionOf(version) },
    });
  }
  for (const { back, forth } of opened.values()) {
    if (back > forth) doubts.push({ code: 'order.newest-first', severity: 'note', place: { file }, evidence: { back, forth } });
  }
  yield* flush();
  for (const id of new Set([...opened.keys(), ...parties.conversationIds()])) {
    yield { type: 'conversation', conversation: id, same: sameOf(id), summary: summaryOf(id, openOf(id), parties) };
  }
}

/** Evidence holds numbers and codes only. */
function versionOf(written: string): string {
  return /^\d{1,4}(?:\.\d{1,4}){0,3}$/.test(written) ? written : 'unknown';
}

function summaryOf(id: string, { participants, back, forth }: Open, parties: RsmfParties): ConversationSummary {
  const known = parties.conversation(id);
  return {
    platform: known?.platform ?? 'other',
    kind: known?.kind ?? 'unknown',
    title: known?.title ?? null,
    participants: participants.list(),
    dateOrder: null,
    layouts: [],
    ...(back > forth ? { order: 'newest-first' as const } : {}),
  };
}
