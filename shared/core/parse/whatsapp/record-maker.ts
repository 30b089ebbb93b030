// One record out of its header and the text up to the next: sender, body, and what WhatsApp itself says.
import type { ChatRecord, TimeCertainty } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { LocalTime } from '#core/model/time.ts';
import { makeFindPresence } from './attachment.ts';
import { type ConversationNotes, noteAttachments, noteEvent, noteRecord, type Participant, participantOf } from './conversation-notes.ts';
import type { FileFacts } from './file-facts.ts';
import { detached, senderEnd } from './label-learning.ts';
import { skipMarks, withoutOuterMarks } from './marks.ts';
import { mayBeSpecial, readBody } from './message-body.ts';
import { mayBeNotice, mayBeTimer, mayHoldSystemVerb, readSystemText, type SystemEvent } from './system-line.ts';

/** Header of the record that is being read, kept while the lines after it are looked at. */
export interface OpenRecord {
  start: number;
  startByte: number;
  startLine: number;
  body: number;
  firstLineEnd: number;
  layout: number;
  marked: boolean;
  local: LocalTime;
  certainty: TimeCertainty;
}

interface Label {
  /** As it stands before the colon, marks and all. */
  readonly raw: string;
  readonly name: string;
  /** A longer label that begins with this one and holds ': ', known from the title or from a system line. */
  readonly longer: string | null;
  readonly maybeSystem: boolean;
  participant: Participant | null;
}

export interface RecordMaker {
  /** A new window of text: places of before mean nothing any more. */
  readonly open: (text: string) => void;
  /** The record from `open.start` to `end`; `endByte` and `endLine` are where it ends in the file. */
  readonly make: (open: OpenRecord, end: number, endByte: number, endLine: number) => ChatRecord;
}

/** First letters of U, Je, You, Du, Vous. */
const exporterInitials: readonly number[] = Array.from({ length: 128 }, (_, code) => ('UJYDV'.includes(String.fromCharCode(code)) ? 1 : 0));
const mostLabels = 50_000;

export function makeRecordMaker(facts: FileFacts, notes: ConversationNotes, siblings: ReadonlySet<string>, doubts: Doubt[]): RecordMaker {
  const presence = makeFindPresence(siblings);
  const withFiles = siblings.size > 0;
  const labels = new Map<string, Label>();
  const knownNames = facts.survey.labels;
  // Found by length, first and last character before it is cut from the text: most records need no new string for their sender.
  const slots: (Label | null)[] = new Array(256).fill(null);
  let text = '';
  /** Place of the next "://" at or after the record that is read. */
  let address = -1;

  function labelAt(from: number, to: number): Label {
    const slot = ((to - from) * 31 + text.charCodeAt(from) * 7 + text.charCodeAt(to - 1)) & 255;
    const found = slots[slot];
    if (found != null && found.raw.length === to - from && text.startsWith(found.raw, from)) return found;
    const label = labelOf(text.slice(from, to));
    slots[slot] = label;
    return label;
  }

  function labelOf(raw: string): Label {
    const known = labels.get(raw);
    if (known !== undefined) return known;
    const name = withoutOuterMarks(raw);
    const titled = facts.named?.title.startsWith(`${name}: `) === true ? facts.named.title : null;
    const longer = knownNames.get(raw)?.longer ?? titled;
    const label: Label = { raw: detached(raw), name: detached(name), longer, maybeSystem: mayHoldSystemVerb(name), participant: null };
    if (labels.size < mostLabels) labels.set(label.raw, label);
    return label;
  }

  function systemRecord(body: string, said: SystemEvent | null, open: OpenRecord, raw: string, endByte: number, endLine: number): ChatRecord {
    if (said === null) doubts.push({ code: 'system-line.unknown', severity: 'note', place: { file: notes.file, line: open.startLine } });
    else noteEvent(notes, said, open.startLine, doubts);
    return {
      kind: 'system',
      sender: null,
      local: open.local,
      certainty: open.certainty,
      text: body.slice(skipMarks(body, 0, body.length)),
      system: {
        event: said?.event ?? 'unknown',
        ...(said?.actor === undefined ? {} : { actor: said.actor }),
        ...(said?.target === undefined ? {} : { target: said.target }),
        ...(said?.from === undefined ? {} : { from: said.from }),
        ...(said?.to === undefined ? {} : { to: said.to }),
      },
      raw,
      bytes: [open.startByte, endByte],
      lines: [open.startLine, endLine],
    };
  }

  function plainRecord(sender: string | null, body: string, open: OpenRecord, raw: string, endByte: number, endLine: number): ChatRecord {
    return {
      kind: 'text',
      sender,
      local: open.local,
      certainty: open.certainty,
      text: body,
      raw,
      bytes: [open.startByte, endByte],
      lines: [open.startLine, endLine],
    };
  }

  function specialRecord(sender: string | null, body: string, open: OpenRecord, raw: string, endByte: number, endLine: number): ChatRecord {
    const read = readBody(body, open.marked, sender !== null, presence);
    if (read === null) return plainRecord(sender, body, open, raw, endByte, endLine);
    const record: ChatRecord = {
      kind: read.kind,
      sender,
      local: open.local,
      certainty: open.certainty,
      text: read.text,
      ...(read.edited === undefined ? {} : { edited: read.edited }),
      ...(read.deleted === undefined ? {} : { deleted: read.deleted }),
      ...(read.attachments === undefined ? {} : { attachments: read.attachments }),
      ...(read.actor === undefined ? {} : { system: { event: 'message-deleted-by-admin', actor: read.actor } }),
      raw,
      bytes: [open.startByte, endByte],
      lines: [open.startLine, endLine],
    };
    if (record.attachments !== undefined) noteAttachments(notes, record, withFiles, doubts);
    return record;
  }

  /** End of the body without its last line end, which belongs to the record and not to the text. */
  function textEnd(from: number, end: number): number {
    let until = end;
    if (until > from && text.charCodeAt(until - 1) === 10) until--;
    if (until > from && text.charCodeAt(until - 1) === 13) until--;
    return until;
  }

  function read(open: OpenRecord, end: number, endByte: number, endLine: number): ChatRecord {
    const raw = text.slice(open.start, end);
    const until = textEnd(open.body, end);
    const colon = senderEnd(text, open.body, open.firstLineEnd);
    if (colon < 0) return withoutColon(open, until, raw, endByte, endLine);
    const label = labelAt(open.body, colon);
    let sender = label.name;
    let from = colon + 2;
    if (label.maybeSystem || label.longer !== null) {
      const longer = label.longer !== null && text.startsWith(`${label.longer}: `, colon - label.name.length) ? label.longer : null;
      const whole = text.slice(open.body, until);
      const said = longer === null ? readSystemText(whole, facts.language) : null;
      if (said !== null) return systemRecord(whole, said, open, raw, endByte, endLine);
      if (longer !== null) {
        sender = longer;
        from = colon - label.name.length + longer.length + 2;
      }
    }
    if (from > until) from = until;
    const opening = text.charCodeAt(from);
    if (opening === 0x200e || notes.records < 4 || opening === sender.charCodeAt(0) || exporterInitials[opening] === 1) {
      const body = text.slice(from, until);
      const said = noticeIn(body, opening, sender, open.marked);
      if (said !== null) {
        if (!said.event.startsWith('timer')) notes.noticeLabel ??= sender;
        return systemRecord(body, said, open, raw, endByte, endLine);
      }
    }
    if (sender === label.name) {
      label.participant ??= participantOf(notes, sender);
      label.participant.records++;
    } else participantOf(notes, sender).records++;
    if (address < from) address = nextAddress(from);
    const special = open.marked || mayBeSpecial(text, from, until, open.firstLineEnd, address);
    const body = text.slice(from, until);
    return special ? specialRecord(sender, body, open, raw, endByte, endLine) : plainRecord(sender, body, open, raw, endByte, endLine);
  }

  function nextAddress(from: number): number {
    const found = text.indexOf('://', from);
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  }

  /** A notice behind a name: behind a mark, as a timer notice, or at the very start; and nothing that people send. */
  function noticeIn(body: string, opening: number, sender: string, marked: boolean): SystemEvent | null {
    const timer = opening === sender.charCodeAt(0) ? body.startsWith(sender) : /^(?:U|Je|You|Du|Vous) /.test(body);
    if (opening !== 0x200e && !(notes.records < 4 && mayBeNotice(body)) && !(timer && mayBeTimer(body))) return null;
    if (readBody(body, marked, true, presence) !== null) return null;
    return readSystemText(body, facts.language);
  }

  function withoutColon(open: OpenRecord, until: number, raw: string, endByte: number, endLine: number): ChatRecord {
    const body = text.slice(open.body, until);
    const special = skipMarks(body, 0, body.length) === body.length ? null : readBody(body, true, false, presence);
    if (special?.kind === 'call' || special?.deleted !== undefined) return specialRecord(null, body, open, raw, endByte, endLine);
    const said = readSystemText(body, facts.language);
    if (said !== null) return systemRecord(body, said, open, raw, endByte, endLine);
    // "John Doe:." and "Jan:" — a sender whose colon has no blank behind it.
    const colon = text.indexOf(':', open.body);
    if (colon > open.body && colon < open.firstLineEnd) {
      const label = text.slice(open.body, colon);
      const lineEnds = colon + 1 >= open.firstLineEnd || (colon + 2 === open.firstLineEnd && text.charCodeAt(colon + 1) === 13);
      if (knownNames.has(label) || lineEnds) {
        const { name } = labelOf(label);
        participantOf(notes, name).records++;
        return specialRecord(name, text.slice(Math.min(colon + 1, until), until), open, raw, endByte, endLine);
      }
    }
    return systemRecord(body, null, open, raw, endByte, endLine);
  }

  return {
    open: (next) => {
      text = next;
      address = -1;
    },
    make: (open, end, endByte, endLine) => {
      noteRecord(notes, open.startLine, open.layout);
      return read(open, end, endByte, endLine);
    },
  };
}
