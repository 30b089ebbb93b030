// One suite for the cutting of every format: after any selection a file is of the same format, reads as the untouched file minus what was
// struck, and holds no byte of that. Run by the tests of all formats together.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { recognise } from '#core/intake/recognise.ts';
import type { ChatRecord } from '#core/model/chat.ts';
import type { DoubtCode } from '#core/model/doubt.ts';
import type { StruckRange } from '#core/model/sift.ts';
import { headBytes, readTableHead } from '#core/parse/generic/propose-mapping.ts';
import { forSameColumns } from '#core/parse/generic/same-columns.ts';
import type { Reader, ReaderOptions } from '#core/parse/reader.ts';
import { readers } from '#core/parse/readers.ts';
import { type ChatFileMap, containerOf, makeChatFileMap } from '#core/sift/chat-file-map.ts';
import { cutFile, type FileSelection, type KeptPiece, provesCut } from '#core/sift/cut-file.ts';
import { paint } from '#core/sift/strikes.ts';
import { makeSource } from '#test/core/parse/reader-suite.ts';

export interface Mapped {
  readonly map: ChatFileMap;
  /** In the order of the map. */
  readonly records: readonly (readonly ChatRecord[])[];
  readonly doubts: ReadonlySet<DoubtCode>;
  readonly dateOrder: ReaderOptions;
}

export async function mapOf(reader: Reader, bytes: Uint8Array, options: ReaderOptions = {}, name = 'chat'): Promise<Mapped> {
  const map = makeChatFileMap(reader.format, bytes.subarray(0, 3));
  const records = new Map<string | undefined, ChatRecord[]>();
  const doubts = new Set<DoubtCode>();
  let dateOrder: ReaderOptions = options;
  for await (const event of reader.read(makeSource(bytes, { name }), options)) {
    if (event.type === 'records') {
      map.addRecords(event.conversation, event.records);
      records.set(event.conversation, [...(records.get(event.conversation) ?? []), ...event.records]);
    } else if (event.type === 'preamble') map.addText(event.text, event.bytes);
    else if (event.type === 'doubt') doubts.add(event.doubt.code);
    else {
      map.end(event.conversation, event.bytes);
      const order = event.summary.dateOrder;
      if (order?.certainty === 'proven') dateOrder = { ...dateOrder, dateOrder: order.order };
    }
  }
  return { map, records: map.conversations.map(({ key }) => records.get(key) ?? []), doubts, dateOrder };
}

export function applied(bytes: Uint8Array, pieces: readonly KeptPiece[]): Buffer {
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(bytes.subarray(...piece)))));
}

/** The raw text of a record, but for the comma behind it and the mark before the first. */
export function bare({ raw }: Pick<ChatRecord, 'raw'>): string {
  return raw.replace(/^[\s,\ufeff]+|[\s,]+$/g, '');
}

export const reasons = ['private', 'health', 'third-party', 'other-case'] as const;

interface Choice {
  readonly out: number;
  readonly run: number;
  readonly strike: boolean;
}

/** For each conversation a row of choices. */
export const choices = fc.infiniteStream(fc.record({ out: fc.integer({ min: 0, max: 5 }), run: fc.integer({ min: 1, max: 9 }), strike: fc.boolean() }));

export function selectionOf(records: Mapped['records'], stream: Iterator<Choice>): FileSelection {
  return records.map((own) => {
    if (stream.next().value.out === 0 && records.length > 1) return 'left-out';
    let ranges: readonly StruckRange[] = [];
    for (let at = 0; at < own.length; ) {
      const { run, strike, out } = stream.next().value;
      if (strike) ranges = paint(ranges, [[at, Math.min(own.length, at + run) - 1]], reasons[out % 4] ?? 'private');
      at += run;
    }
    return ranges;
  });
}

export function isStruck(selection: FileSelection[number] | undefined, ordinal: number): boolean {
  return selection === undefined || selection === 'left-out' || selection.some(({ from, to }) => from <= ordinal && ordinal <= to);
}

/** What a file may be unsure of only because messages that proved it have gone: the order of dates is sent along with what was struck. */
const lostProof: ReadonlySet<DoubtCode> = new Set(['date-order.ambiguous', 'order.newest-first', 'time.jumps-back']);

export function readerFor(bytes: Uint8Array, name: string): Reader {
  const seen = recognise(bytes.subarray(0, 65_536), name, readers);
  if (seen.kind !== 'read') throw new Error(`${name} is no chat`);
  return seen.reader;
}

export function optionsFor(reader: Reader, bytes: Uint8Array): ReaderOptions {
  const kind = tableKind(reader);
  if (kind === null) return {};
  const { layout, proposal } = readTableHead(kind, bytes.subarray(0, headBytes));
  return { mappings: { [layout]: proposal } };
}

/** What was said of the untouched file, for what is left of it. */
function optionsAfter(reader: Reader, bytes: Uint8Array, left: Uint8Array, before: ReaderOptions): ReaderOptions {
  const kind = tableKind(reader);
  if (kind === null) return before;
  const [from, to] = [readTableHead(kind, bytes.subarray(0, headBytes)), readTableHead(kind, left.subarray(0, headBytes))];
  const mapping = forSameColumns(from.proposal, from, to);
  if (mapping === null) throw new Error('a column has gone');
  return { ...before, mappings: { [to.layout]: mapping } };
}

function tableKind({ format }: Reader): 'csv' | 'json' | null {
  return format === 'generic-csv' ? 'csv' : format === 'generic-json' ? 'json' : null;
}

/** Two of one name are told apart by a number behind it, as long as both are there. */
function name(sender: string | null): string | null {
  return sender?.replace(/ \([^()]*\)$/, '') ?? null;
}

const place = ({ bytes }: ChatRecord) => bytes[0];

export function describeCutting(title: string, bytes: Uint8Array, { fileName = 'chat', numRuns = 20 } = {}): void {
  const reader = readerFor(bytes, fileName);
  const read = () => mapOf(reader, bytes, optionsFor(reader, bytes), fileName);

  describe(`${reader.format}: ${title}`, () => {
    property.prop([choices], { numRuns })('reads, after any selection, as the untouched file minus what was struck', async (stream) => {
      const { map, records, doubts, dateOrder } = await read();
      const selection = selectionOf(records, stream[Symbol.iterator]());
      const kept = records.flatMap((own, at) => own.filter((_, ordinal) => !isStruck(selection[at], ordinal))).sort((a, b) => place(a) - place(b));
      if (kept.length === 0) return;
      const cut = cutFile(map, bytes.length, selection);
      if (cut === null) throw new Error('cannot be cut');
      const left = applied(bytes, cut.pieces);
      const seen = recognise(left.subarray(0, 65_536), fileName, readers);
      if (seen.kind !== 'read' || seen.reader !== reader) {
        // Of one or two odd messages, or rows without times, nobody can tell what they are: then nothing is sent but the whole, with marks.
        expect(reader.lastResort === true || kept.length < 3).toBe(true);
        return;
      }
      const again = await mapOf(reader, left, optionsAfter(reader, bytes, left, dateOrder), fileName);
      const now = again.records.flat().sort((a, b) => place(a) - place(b));
      expect(now.map(bare)).toEqual(kept.map(bare));
      expect(now.map(({ local, instant, kind }) => [local, instant, kind])).toEqual(kept.map(({ local, instant, kind }) => [local, instant, kind]));
      const sameSenders = now.every(({ sender }, at) => name(sender) === name(kept[at]?.sender ?? null));
      expect(provesCut(map, selection, cut, again.map)).toBe(sameSenders);
      // Teams names some people in one message only: without that the rest reads otherwise, and is not sent.
      expect(sameSenders || reader.format === 'teams').toBe(true);
      for (const [at, record] of now.entries()) {
        const before = kept[at];
        if (before === undefined) throw new Error('a record too many');
        // Comma and white space hang on what follows; the first of a file holds its byte order mark.
        const alone = (one: Uint8Array) =>
          Buffer.from(one)
            .toString('latin1')
            .replace(/^(?:\xef\xbb\xbf|\xff\xfe)|^[\s,]+|[\s,]+$/g, '');
        expect(alone(left.subarray(...record.bytes))).toBe(alone(bytes.subarray(...before.bytes)));
      }
      expect([...again.doubts].filter((code) => !doubts.has(code) && !lostProof.has(code))).toEqual([]);
      if (containerOf(reader.format) === 'items' && isJson(Buffer.from(bytes))) expect(isJson(left)).toBe(true);
    });

    it('is the same file when nothing is struck', async () => {
      const { map, records } = await read();
      const cut = cutFile(
        map,
        bytes.length,
        records.map(() => []),
      );
      expect(applied(bytes, cut?.pieces ?? []).equals(bytes)).toBe(true);
      expect(records.flat().length).toBeGreaterThan(0);
    });
  });
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString().replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}
