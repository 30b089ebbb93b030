// Reader of WhatsApp chat exports (.txt). Two passes: the first gathers evidence on headers (survey), the second gives the records
// in file order. Every byte belongs to a record or to the preamble; what is unsure is a doubt. FORMATS: WhatsApp, sections 1.1.2–1.1.8.
import type { ChatRecord } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { LocalTime } from '#core/model/time.ts';
import type { Reader, ReaderEvent, ReaderOptions, ReaderSource } from '../reader.ts';
import { endConversation, makeConversationNotes } from './conversation-notes.ts';
import { gatherFacts } from './file-facts.ts';
import { makeHeader } from './header.ts';
import { makeHeaderScanner } from './header-shape.ts';
import { senderEnd } from './label-learning.ts';
import { layoutKind } from './layout-code.ts';
import { makeLineCursor } from './line-cursor.ts';
import { makeRecordClock } from './record-clock.ts';
import { makeRecordMaker, type OpenRecord } from './record-maker.ts';
import { sniffWhatsapp } from './sniff-whatsapp.ts';
import { fileOffset, readWindows } from './text-windows.ts';

const batchRecords = 512;
/** A line longer than this was not typed; it is kept, and named. */
const longLine = 256 * 1024;

export const whatsappReader: Reader = { format: 'whatsapp', version: 'whatsapp-2', sniff: sniffWhatsapp, read: readWhatsapp };

async function* readWhatsapp(source: ReaderSource, options: ReaderOptions): AsyncGenerator<ReaderEvent> {
  const facts = await gatherFacts(source, options);
  const { file } = source;
  for (const doubt of facts.doubts) yield { type: 'doubt', doubt };
  const notes = makeConversationNotes(file);
  const doubts: Doubt[] = [];
  const maker = makeRecordMaker(facts, notes, source.siblings, doubts);
  const clock = makeRecordClock(file, doubts);
  const stretches = facts.plan?.stretches ?? [];
  const h = makeHeader();
  const scanner = makeHeaderScanner(h);
  const lines = makeLineCursor();
  const open: OpenRecord = {
    start: 0,
    startByte: 0,
    startLine: 0,
    body: 0,
    firstLineEnd: 0,
    layout: 0,
    marked: false,
    local: '' as LocalTime,
    certainty: 'assumed',
  };
  /** The record before was cut because it grew too long: its rest becomes a record of its own. */
  let rest: Pick<ChatRecord, 'sender' | 'local' | 'certainty'> | null = null;
  let stretch = 0;
  let line = 0;
  let judged = 0;
  let midLine = false;
  let preambleBytes = 0;

  for await (const window of readWindows(facts.again(), facts.encoding)) {
    const { text, base } = window;
    const records: ChatRecord[] = [];
    const events: ReaderEvent[] = [];
    let isOpen = false;
    /** Text up to the first header belongs to no record yet: preamble, or the rest of a record that was cut. */
    const looseLine = midLine ? line : line + 1;
    const takeLoose = (end: number, endByte: number, endLine: number) => {
      if (endByte <= base) return;
      const raw = text.slice(0, end);
      if (rest === null) {
        preambleBytes += endByte - base;
        events.push({ type: 'preamble', text: raw, bytes: [base, endByte] });
        return;
      }
      const { sender, local, certainty } = rest;
      records.push({ kind: 'unknown', sender, local, certainty, text: raw, raw, bytes: [base, endByte], lines: [looseLine, endLine] });
      notes.records++;
    };
    lines.open(window);
    maker.open(text);
    while (lines.next()) {
      if (lines.index === 0 && midLine) continue;
      line++;
      const { scanFrom, scanEnd, from, end } = lines;
      if (scanEnd === scanFrom) continue;
      const fresh = line > judged;
      if (end - from > longLine && fresh)
        doubts.push({ code: 'line.too-long', severity: 'warning', place: { file, line }, evidence: { characters: end - from } });
      if (!scanner.read(window, scanFrom, scanEnd, from, end)) {
        if (h.misfit && fresh) doubts.push({ code: 'line.not-understood', severity: 'warning', place: { file, line } });
        continue;
      }
      while (stretch + 1 < stretches.length && (stretches[stretch + 1]?.fromLine ?? 0) <= line) stretch++;
      const plan = stretches[stretch];
      if (plan === undefined || plan.layout !== h.layout) {
        // "02-05-2022 16:08 overleg" in a body is a note with a date; only with a sender, or a bracket or dash, is it the head of a message.
        const likeHeader = layoutKind(h.layout) !== 'plain' || senderEnd(text, h.body, end) > h.body;
        if (fresh && likeHeader) doubts.push({ code: 'line.pasted-header', severity: 'note', place: { file, line } });
        continue;
      }
      const offset = fileOffset(window, scanFrom, from, lines.index);
      if (isOpen) records.push(maker.make(open, from, offset, line - 1));
      else takeLoose(from, offset, line - 1);
      rest = null;
      isOpen = true;
      const before = doubts.length;
      clock.read(h, plan, line);
      if (!fresh) doubts.length = before;
      open.start = from;
      open.startByte = offset;
      open.startLine = line;
      open.body = h.body;
      open.firstLineEnd = end;
      open.layout = h.layout;
      open.marked = h.marked;
      open.local = clock.local;
      open.certainty = clock.certainty;
    }
    judged = Math.max(judged, line);
    midLine = window.cutInLine;
    const endByte = base + window.size;
    if (isOpen && window.last) records.push(maker.make(open, text.length, endByte, line));
    else if (isOpen && window.full && open.startByte === base) {
      const cut = maker.make(open, text.length, endByte, line);
      records.push(cut);
      rest = { sender: cut.sender, local: cut.local, certainty: cut.certainty };
      doubts.push({ code: 'line.too-long', severity: 'warning', place: { file, line: open.startLine }, evidence: { bytes: window.size } });
    } else if (isOpen) {
      // The record goes on in the next window: it is seen again there, from its header.
      window.done = open.startByte - base;
      line = open.startLine - 1;
      midLine = false;
    } else takeLoose(text.length, endByte, line);
    yield* events;
    for (let i = 0; i < records.length; i += batchRecords)
      yield { type: 'records', records: records.length <= batchRecords ? records : records.slice(i, i + batchRecords) };
    for (const doubt of doubts) yield { type: 'doubt', doubt };
    doubts.length = 0;
  }
  if (preambleBytes > 0)
    yield { type: 'doubt', doubt: { code: 'preamble.present', severity: 'note', place: { file, line: 1 }, evidence: { bytes: preambleBytes } } };
  const { summary, doubts: last } = endConversation(notes, facts, source.siblings.size > 0);
  for (const doubt of last) yield { type: 'doubt', doubt };
  yield { type: 'conversation', summary };
}
