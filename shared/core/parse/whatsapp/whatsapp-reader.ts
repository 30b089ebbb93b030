// Reader of WhatsApp chat exports (.txt). Two passes: the first gathers evidence on headers (survey), the second gives the records
// in file order. Every byte belongs to a record or to the preamble; what is unsure is a doubt. FORMATS: WhatsApp, sections 1.1.2–1.1.8.
import type { ChatRecord } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { LocalTime } from '#core/model/time.ts';
import type { Reader, ReaderEvent, ReaderOptions, ReaderSource } from '../reader.ts';
import { endConversation, makeConversationNotes } from './conversation-notes.ts';
import { gatherFacts } from './file-facts.ts';
import { makeHeader, mayBeginHeader, parseHeader } from './header.ts';
import { makeRecordMaker, type OpenRecord } from './record-maker.ts';
import { sniffWhatsapp } from './sniff-whatsapp.ts';
import { readWindows } from './text-windows.ts';

const batchRecords = 512;
/** A line longer than this was not typed; it is kept, and named. */
const longLine = 256 * 1024;

export const whatsappReader: Reader = { format: 'whatsapp', version: 'whatsapp-1', sniff: sniffWhatsapp, read: readWhatsapp };

async function* readWhatsapp(source: ReaderSource, options: ReaderOptions): AsyncGenerator<ReaderEvent> {
  const facts = await gatherFacts(source, options);
  const { file } = source;
  for (const doubt of facts.doubts) yield { type: 'doubt', doubt };
  const notes = makeConversationNotes(file);
  const doubts: Doubt[] = [];
  const maker = makeRecordMaker(facts, notes, source.siblings, doubts);
  const stretches = facts.plan?.stretches ?? [];
  const h = makeHeader();
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
  let rest: { sender: string | null; local: LocalTime; certainty: ChatRecord['certainty']; layout: number } | null = null;
  let started = false;
  let stretch = 0;
  let line = 0;
  let judged = 0;
  let midLine = false;
  let preambleBytes = 0;

  for await (const window of readWindows(facts.again(), facts.encoding)) {
    const { text, lineEnds, lineBytes, base } = window;
    const records: ChatRecord[] = [];
    let isOpen = false;
    /** Text from here on belongs to no record yet: preamble, or the rest of a record that was cut. */
    const looseFrom = 0;
    const looseByte = 0;
    const looseLine = midLine ? line : line + 1;
    const windowLine = line;
    let start = 0;
    let startByte = 0;
    const events: ReaderEvent[] = [];
    const closeLoose = (end: number, endByte: number, endLine: number) => {
      if (endByte <= looseByte) return;
      const raw = text.slice(looseFrom, end);
      if (rest !== null) {
        records.push({
          kind: 'unknown',
          sender: rest.sender,
          local: rest.local,
          certainty: rest.certainty,
          text: raw,
          raw,
          bytes: [base + looseByte, base + endByte],
          lines: [looseLine, endLine],
        });
        notes.records++;
      } else {
        preambleBytes += endByte - looseByte;
        events.push({ type: 'preamble', text: raw, bytes: [base + looseByte, base + endByte] });
      }
    };
    for (let i = 0; i < window.lines; i++) {
      const end = lineEnds[i] as number;
      const from = start;
      const fromByte = startByte;
      start = end + 1;
      startByte = lineBytes[i] as number;
      if (i === 0 && midLine) continue;
      line++;
      if (end - from > longLine && line > judged)
        doubts.push({ code: 'line.too-long', severity: 'warning', place: { file, line }, evidence: { characters: end - from } });
      if (from === end || !mayBeginHeader(text.charCodeAt(from))) continue;
      if (!parseHeader(text, from, end, h)) {
        if (h.misfit && line > judged) doubts.push({ code: 'line.not-understood', severity: 'warning', place: { file, line } });
        continue;
      }
      while (stretch + 1 < stretches.length && (stretches[stretch + 1]?.fromLine ?? 0) <= line) stretch++;
      const plan = stretches[stretch];
      if (plan === undefined || plan.layout !== h.layout) {
        if (line > judged) doubts.push({ code: 'line.pasted-header', severity: 'note', place: { file, line } });
        continue;
      }
      if (isOpen) records.push(maker.make(text, open, from, base + fromByte, line - 1));
      else closeLoose(from, fromByte, line - 1);
      rest = null;
      started = true;
      isOpen = true;
      const fresh = line > judged;
      const before = doubts.length;
      maker.time(h, plan, line);
      if (!fresh) doubts.length = before;
      open.start = from;
      open.startByte = base + fromByte;
      open.startLine = line;
      open.body = h.body;
      open.firstLineEnd = end;
      open.layout = h.layout;
      open.marked = h.marked;
      open.local = maker.local();
      open.certainty = maker.certainty();
    }
    judged = Math.max(judged, line);
    midLine = window.cutInLine;
    const windowEnd = text.length;
    const windowBytes = window.bytes.length;
    if (isOpen && window.last) records.push(maker.make(text, open, windowEnd, base + windowBytes, line));
    else if (isOpen && window.full && open.startByte === base) {
      const cut = maker.make(text, open, windowEnd, base + windowBytes, line);
      records.push(cut);
      rest = { sender: cut.sender, local: cut.local, certainty: cut.certainty, layout: open.layout };
      doubts.push({ code: 'line.too-long', severity: 'warning', place: { file, line: open.startLine }, evidence: { bytes: windowBytes } });
    } else if (isOpen) {
      // The record goes on in the next window: it is seen again there, from its header.
      window.done = open.startByte - base;
      line = open.startLine - 1;
      midLine = false;
    } else closeLoose(windowEnd, windowBytes, line);
    yield* events;
    for (let i = 0; i < records.length; i += batchRecords)
      yield { type: 'records', records: records.length <= batchRecords ? records : records.slice(i, i + batchRecords) };
    for (const doubt of doubts) yield { type: 'doubt', doubt };
    doubts.length = 0;
    if (windowLine > line && started === false) throw new Error('lines went back without a record');
  }
  if (preambleBytes > 0)
    yield { type: 'doubt', doubt: { code: 'preamble.present', severity: 'note', place: { file, line: 1 }, evidence: { bytes: preambleBytes } } };
  const { summary, doubts: last } = endConversation(notes, facts, source.siblings.size > 0);
  for (const doubt of last) yield { type: 'doubt', doubt };
  yield { type: 'conversation', summary };
}
