// One record out of its header and the text up to the next: sender, body, time, and what WhatsApp itself says.
import type { ChatRecord, TimeCertainty } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { LocalTime } from '#core/model/time.ts';
import { makeFindPresence } from './attachment.ts';
import { clockChange, dateExists } from './calendar.ts';
import { type ConversationNotes, noteAttachments, noteEvent, noteRecord } from './conversation-notes.ts';
import { possibleOrders, readDateNumbers, twoDigits, type YearMonthDay } from './date-reading.ts';
import type { FileFacts } from './file-facts.ts';
import type { Header } from './header.ts';
import { detached, type LabelFacts, senderEnd } from './label-learning.ts';
import type { PlanStretch } from './layout-plan.ts';
import { isMark, withoutOuterMarks } from './marks.ts';
import { readBody } from './message-body.ts';
import { mayBeNotice, mayBeTimer, mayHoldSystemVerb, readSystemText, type SystemEvent } from './system-line.ts';

/** Header of the record that is being read; `Header` itself is overwritten by every line. */
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
}

export interface RecordMaker {
  /** Wall time and certainty of a header. */
  readonly time: (h: Header, stretch: PlanStretch, line: number) => void;
  readonly local: () => LocalTime;
  readonly certainty: () => TimeCertainty;
  readonly make: (text: string, open: OpenRecord, end: number, endByte: number, endLine: number) => ChatRecord;
}

const minutesOfDay: readonly string[] = Array.from({ length: 1440 }, (_, n) => `T${twoDigits(Math.floor(n / 60))}:${twoDigits(n % 60)}`);
const secondsOfMinute: readonly string[] = Array.from({ length: 61 }, (_, n) => `:${twoDigits(n)}`);
/** First letters of U, Je, You, Du, Vous. */
const exporterInitials: readonly number[] = Array.from({ length: 128 }, (_, code) => ('UJYDV'.includes(String.fromCharCode(code)) ? 1 : 0));

export function makeRecordMaker(facts: FileFacts, notes: ConversationNotes, siblings: ReadonlySet<string>, doubts: Doubt[]): RecordMaker {
  const presence = makeFindPresence(siblings);
  const withFiles = siblings.size > 0;
  const labels = new Map<string, Label>();
  const knownNames: ReadonlyMap<string, LabelFacts> = facts.survey.labels;
  const { file } = notes;

  // The last date read, since most records share it with the one before.
  let lastStretch: PlanStretch | null = null;
  let lastA = -1;
  let lastB = -1;
  let lastC = -1;
  let dateText = '';
  let dateCertainty: TimeCertainty = 'assumed';
  const date: YearMonthDay = { year: 0, month: 0, day: 0 };
  let lastKey = -1;
  let localText = '' as LocalTime;
  let certaintyNow: TimeCertainty = 'assumed';

  function takeDate(h: Header, stretch: PlanStretch, line: number): void {
    lastStretch = stretch;
    lastA = h.a;
    lastB = h.b;
    lastC = h.c;
    lastKey = -1;
    dateCertainty = 'assumed';
    readDateNumbers(stretch.order, stretch.yearPlace, h.a, h.b, h.c, date);
    if (!dateExists(date.year, date.month, date.day)) {
      const other = possibleOrders(stretch.yearPlace).find((order) => {
        readDateNumbers(order, stretch.yearPlace, h.a, h.b, h.c, date);
        return dateExists(date.year, date.month, date.day);
      });
      if (other === undefined) {
        readDateNumbers(stretch.order, stretch.yearPlace, h.a, h.b, h.c, date);
        dateCertainty = 'impossible';
        doubts.push({ code: 'date.impossible', severity: 'warning', place: { file, line } });
      } else doubts.push({ code: 'date-order.changes', severity: 'warning', place: { file, line }, evidence: { expected: stretch.order, read: other } });
    }
    dateText = `${date.year}-${twoDigits(date.month)}-${twoDigits(date.day)}`;
  }

  function time(h: Header, stretch: PlanStretch, line: number): void {
    if (h.a !== lastA || h.b !== lastB || h.c !== lastC || stretch !== lastStretch) takeDate(h, stretch, line);
    const key = (h.hour * 60 + h.minute) * 64 + h.second + 1;
    const clock = h.hour === 2 ? clockChange(date.year, date.month, date.day, 2) : 'none';
    certaintyNow = dateCertainty;
    if (clock !== 'none' && dateCertainty === 'assumed') {
      certaintyNow = clock === 'ambiguous' ? 'ambiguous' : 'impossible';
      doubts.push({
        code: clock === 'ambiguous' ? 'time.ambiguous' : 'time.does-not-exist',
        severity: clock === 'ambiguous' ? 'note' : 'warning',
        place: { file, line },
      });
    }
    if (key === lastKey) return;
    lastKey = key;
    localText = (dateText + minutesOfDay[h.hour * 60 + h.minute] + (h.second < 0 ? '' : secondsOfMinute[h.second])) as LocalTime;
  }

  // Found by length, first and last character before it is cut from the text: most records need no new string for their sender.
  const slots: (Label | null)[] = new Array(256).fill(null);

  function labelAt(text: string, from: number, to: number): Label {
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
    const learnt = knownNames.get(raw);
    const titled = facts.named?.title.startsWith(`${name}: `) === true ? facts.named.title : null;
    const label: Label = {
      raw: detached(raw),
      name: detached(name),
      longer: learnt?.longer ?? titled,
      maybeSystem: mayHoldSystemVerb(name),
    };
    if (labels.size < 50_000) labels.set(label.raw, label);
    return label;
  }

  function systemRecord(text: string, said: SystemEvent | null, open: OpenRecord, raw: string, endByte: number, endLine: number): ChatRecord {
    if (said === null) doubts.push({ code: 'system-line.unknown', severity: 'note', place: { file, line: open.startLine } });
    else noteEvent(notes, said, open.startLine, doubts);
    return {
      kind: 'system',
      sender: null,
      local: open.local,
      certainty: open.certainty,
      text,
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

  function userRecord(sender: string | null, body: string, open: OpenRecord, raw: string, endByte: number, endLine: number): ChatRecord {
    const read = readBody(body, open.marked, sender !== null, presence);
    if (read === null) {
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
    return {
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
  }

  /** End of the body without its last line end, which belongs to the record and not to the text. */
  function textEnd(text: string, from: number, end: number): number {
    if (end > from && text.charCodeAt(end - 1) === 10) return end - 1 > from && text.charCodeAt(end - 2) === 13 ? end - 2 : end - 1;
    return end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
  }

  function read(text: string, open: OpenRecord, end: number, endByte: number, endLine: number): ChatRecord {
    const raw = text.slice(open.start, end);
    const until = textEnd(text, open.body, end);
    const colon = senderEnd(text, open.body, open.firstLineEnd);
    if (colon < 0) return withoutColon(text, open, until, raw, endByte, endLine);
    const label = labelAt(text, open.body, colon);
    let sender = label.name;
    let from = colon + 2;
    if (label.longer !== null && text.startsWith(label.longer, open.body + (colon - open.body - label.name.length))) {
      const after = open.body + (colon - open.body - label.name.length) + label.longer.length;
      if (text.startsWith(': ', after)) {
        sender = label.longer;
        from = after + 2;
      }
    }
    if (label.maybeSystem || label.longer !== null) {
      const whole = text.slice(open.body, until);
      const said = sender === label.longer ? null : readSystemText(whole, facts.language);
      if (said !== null) return systemRecord(withoutLeadingMarks(whole), said, open, raw, endByte, endLine);
    }
    if (from > until) from = until;
    const body = text.slice(from, until);
    const opening = body.charCodeAt(0);
    if (opening === 0x200e || (notes.records < 3 && mayBeNotice(body)) || mayOpenTimer(body, opening, sender)) {
      const said = noticeIn(body, open.marked);
      if (said !== null) {
        if (said.event !== 'timer-on' && said.event !== 'timer-off') notes.noticeLabel ??= sender;
        return systemRecord(withoutLeadingMarks(body), said, open, raw, endByte, endLine);
      }
    }
    return userRecord(sender, body, open, raw, endByte, endLine);
  }

  function mayOpenTimer(body: string, opening: number, sender: string): boolean {
    return (
      (opening === sender.charCodeAt(0) ? body.startsWith(sender) : exporterInitials[opening] === 1 && /^(?:U|Je|You|Du|Vous) /.test(body)) && mayBeTimer(body)
    );
  }

  /** A notice behind a name: only where the body is nothing that people send (attachment, deleted message, call). */
  function noticeIn(body: string, marked: boolean): SystemEvent | null {
    if (readBody(body, marked, true, presence) !== null) return null;
    return readSystemText(body, facts.language);
  }

  function withoutColon(text: string, open: OpenRecord, until: number, raw: string, endByte: number, endLine: number): ChatRecord {
    const body = text.slice(open.body, until);
    const bare = withoutLeadingMarks(body);
    const special = bare.length === 0 ? null : readBody(body, true, false, presence);
    if (special?.kind === 'call' || special?.deleted !== undefined) return userRecord(null, body, open, raw, endByte, endLine);
    const said = readSystemText(body, facts.language);
    if (said !== null) return systemRecord(bare, said, open, raw, endByte, endLine);
    // "John Doe:." and "Jan:" — a sender whose colon has no blank behind it.
    const colon = text.indexOf(':', open.body);
    if (colon > open.body && colon < open.firstLineEnd) {
      const label = text.slice(open.body, colon);
      const lineEnds = colon + 1 >= open.firstLineEnd || (colon + 2 === open.firstLineEnd && text.charCodeAt(colon + 1) === 13);
      if (knownNames.has(label) || lineEnds) return userRecord(labelOf(label).name, text.slice(Math.min(colon + 1, until), until), open, raw, endByte, endLine);
    }
    return systemRecord(bare, null, open, raw, endByte, endLine);
  }

  return {
    time,
    local: () => localText,
    certainty: () => certaintyNow,
    make: (text, open, end, endByte, endLine) => {
      const record = read(text, open, end, endByte, endLine);
      noteRecord(notes, record, open.layout);
      if (record.attachments !== undefined) noteAttachments(notes, record, withFiles, doubts);
      return record;
    },
  };
}

function withoutLeadingMarks(text: string): string {
  let i = 0;
  while (i < text.length && isMark(text.charCodeAt(i))) i++;
  return i === 0 ? text : text.slice(i);
}
