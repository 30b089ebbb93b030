// One suite for every reader: what must hold whatever the format. Run by each reader's own test file.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { ChatRecord, ConversationSummary, DateOrder } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { LocalTime } from '#core/model/time.ts';
import type { Reader, ReaderEvent, ReaderSource } from '#core/parse/reader.ts';

export interface ReadAll {
  readonly records: readonly ChatRecord[];
  readonly doubts: readonly Doubt[];
  readonly preamble: string;
  readonly preambleBytes: readonly (readonly [number, number])[];
  readonly conversations: readonly ConversationSummary[];
  /** Keys of the conversations that records came for, and of those that were ended, each time. */
  readonly keys: { readonly records: readonly (string | undefined)[]; readonly ended: readonly (string | undefined)[] };
  /** Raw text in the order of the file. */
  readonly whole: string;
}

export interface ReadSettings {
  readonly name?: string;
  readonly siblings?: readonly string[];
  readonly notAfter?: string;
  readonly dateOrder?: DateOrder;
  /** Size of the chunks; all at once when absent. */
  readonly chunk?: number;
}

export function makeSource(bytes: Uint8Array, settings: ReadSettings = {}): ReaderSource {
  return {
    file: 1,
    name: settings.name ?? '_chat.txt',
    siblings: new Set(settings.siblings ?? []),
    notAfter: (settings.notAfter ?? '2026-11-24T12:00') as LocalTime,
    open: async function* () {
      const size = settings.chunk ?? Math.max(1, bytes.length);
      for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
    },
  };
}

export async function readAll(reader: Reader, bytes: Uint8Array, settings: ReadSettings = {}): Promise<ReadAll> {
  const records: ChatRecord[] = [];
  const doubts: Doubt[] = [];
  const conversations: ConversationSummary[] = [];
  const preambleBytes: (readonly [number, number])[] = [];
  const keys: { records: (string | undefined)[]; ended: (string | undefined)[] } = { records: [], ended: [] };
  const pieces: { readonly at: number; readonly raw: string }[] = [];
  let preamble = '';
  for await (const event of reader.read(makeSource(bytes, settings), settings.dateOrder === undefined ? {} : { dateOrder: settings.dateOrder })) {
    if (event.type === 'records') {
      keys.records.push(event.conversation);
      for (const record of event.records) {
        records.push(record);
        pieces.push({ at: record.bytes[0], raw: record.raw });
      }
    } else if (event.type === 'doubt') doubts.push(event.doubt);
    else if (event.type === 'preamble') {
      preamble += event.text;
      pieces.push({ at: event.bytes[0], raw: event.text });
      preambleBytes.push(event.bytes);
    } else {
      conversations.push(event.summary);
      keys.ended.push(event.conversation);
    }
  }
  const whole = pieces
    .sort((a, b) => a.at - b.at)
    .map(({ raw }) => raw)
    .join('');
  // Conversations may take turns: side by side their records stand in the order of the file.
  return { records: records.sort((a, b) => a.bytes[0] - b.bytes[0]), doubts, preamble, preambleBytes, conversations, keys, whole };
}

/** Every byte stands in exactly one record or in the text around the records. */
export function expectEveryByte(read: ReadAll, bytes: Uint8Array): void {
  let at = 0;
  const ranges = [...read.preambleBytes, ...read.records.map((record) => record.bytes)].sort((a, b) => a[0] - b[0]);
  for (const [from, to] of ranges) {
    expect(from).toBe(at);
    expect(to).toBeGreaterThan(from);
    at = to;
  }
  expect(at).toBe(bytes.length);
}

export interface ReaderExample {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** UTF-8 when absent. */
  readonly encoding?: 'utf-8' | 'utf-16le' | 'windows-1252';
  /** Holds bytes that are no text in its encoding: raw text has U+FFFD there, and only the byte ranges are exact. */
  readonly broken?: boolean;
  /** Holds long base64, for which a mark stands in the raw text. */
  readonly shortened?: boolean;
}

/** Bytes that begin a character and are none, here and there beyond the first window, in place of letters: what parts the records stays. */
export function breakLetters(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  for (let at = 70_000; at < bytes.length; at += 9001) if (/[a-z]/i.test(String.fromCharCode(bytes[at] ?? 0))) bytes[at] = 0xc3;
  return bytes;
}

export interface ReaderSuite {
  readonly reader: Reader;
  /** Beside those that are made of `makeText` for every reader. */
  readonly examples: readonly ReaderExample[];
  /** Lines that are headers, bodies or close to them: garbage is mixed from these. */
  readonly fragments: readonly string[];
  /** What stands between fragments; line ends when absent. */
  readonly joints?: readonly string[];
  /** A text of about so many bytes, piece by piece. */
  readonly makeText: (bytes: number) => Generator<string>;
  /** A file of this format may hold several conversations, several records on a line, and text around them. */
  readonly structured?: boolean;
}

export function describeReader({ reader, examples, fragments, joints = ['\n', '\r\n', ' '], makeText, structured = false }: ReaderSuite): void {
  const made = [...makeText(300_000)].join('');
  const always: readonly ReaderExample[] = [
    { name: 'more than one window', bytes: Buffer.from(made) },
    { name: 'broken UTF-8', bytes: breakLetters(made), broken: true },
  ];
  describe(`any reader: ${reader.format}`, () => {
    describe.each([...examples, ...always])('$name', ({ bytes, encoding = 'utf-8', broken = false, shortened = false }) => {
      it('gives every byte back, once and in order', async () => {
        const read = await readAll(reader, bytes);
        expectEveryByte(read, bytes);
        if (encoding === 'utf-8' && !broken && !shortened) expect(Buffer.from(read.whole, 'utf8').equals(bytes)).toBe(true);
      });

      it('gives each record the bytes that its raw text was read from', async () => {
        const decoder = new TextDecoder(encoding, { ignoreBOM: true });
        for (const { raw, bytes: range } of (await readAll(reader, bytes)).records) {
          const there = decoder.decode(bytes.subarray(...range));
          if (!shortened || !raw.includes('…')) expect(there).toBe(raw);
          else for (const part of raw.split('…')) expect(there).toContain(part);
        }
        expect(broken).toBe(decoder.decode(bytes).includes('\ufffd'));
      });

      it('counts lines without a gap', async () => {
        const { records } = await readAll(reader, bytes);
        for (const [i, record] of records.entries()) {
          expect(record.lines[1]).toBeGreaterThanOrEqual(record.lines[0]);
          const before = records[i - 1]?.lines[1] ?? 0;
          if (i === 0) continue;
          if (structured) expect(record.lines[0]).toBeGreaterThanOrEqual(before);
          else expect(record.lines[0]).toBe(before + 1);
        }
        expect(records.length).toBeGreaterThan(0);
      });

      it.each(bytes.length < 50_000 ? [1, 3, 7, 4096] : [997, 65_537])('reads the same in chunks of %i bytes', async (chunk) => {
        expect(await readAll(reader, bytes, { chunk })).toEqual(await readAll(reader, bytes));
      });

      it.runIf(structured)('ends each conversation exactly once', async () => {
        const { keys } = await readAll(reader, bytes);
        expect(new Set(keys.ended).size).toBe(keys.ended.length);
        expect(keys.ended).toEqual(expect.arrayContaining([...new Set(keys.records)]));
        expect(keys.ended).not.toContain(undefined);
      });

      it.runIf(!structured)('ends with exactly one conversation', async () => {
        const events: ReaderEvent[] = [];
        for await (const event of reader.read(makeSource(bytes), {})) events.push(event);
        expect(events.filter(({ type }) => type === 'conversation')).toHaveLength(1);
        expect(events.at(-1)?.type).toBe('conversation');
      });
    });

    property.prop([fc.uint8Array({ maxLength: 400 })], { numRuns: 150 })('never throws on bytes without sense', async (bytes) => {
      expectEveryByte(await readAll(reader, bytes), bytes);
    });

    const line = fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 12 }));
    property.prop([fc.array(line, { maxLength: 30 }), fc.constantFrom(...joints), fc.integer({ min: 1, max: 9 })], { numRuns: 300 })(
      'loses nothing of lines thrown together, whatever the chunks',
      async (lines, end, chunk) => {
        const bytes = Buffer.from(lines.join(end), 'utf8');
        const read = await readAll(reader, bytes);
        expectEveryByte(read, bytes);
        expect(read.whole).toBe(bytes.toString('utf8'));
        expect(await readAll(reader, bytes, { chunk })).toEqual(read);
      },
    );

    it('holds no more than a few windows of a large file', async () => {
      // Counted, not weighed: the source may run ahead of the records by windows, never by the file.
      const size = 24 * 2 ** 20;
      let given = 0;
      let passes = 0;
      let furthest = 0;
      const source: ReaderSource = {
        ...makeSource(new Uint8Array(0)),
        open: async function* () {
          passes++;
          given = 0;
          for (const piece of makeText(size)) {
            const chunk = Buffer.from(piece, 'utf8');
            given += chunk.length;
            yield chunk;
          }
        },
      };
      let seen = 0;
      for await (const event of reader.read(source, {})) {
        if (event.type === 'preamble') seen = Math.max(seen, event.bytes[1]);
        if (event.type !== 'records') continue;
        seen = Math.max(seen, event.records.at(-1)?.bytes[1] ?? 0);
        furthest = Math.max(furthest, given - seen);
      }
      expect(seen).toBe(given);
      expect(passes).toBeLessThanOrEqual(2);
      expect(furthest).toBeLessThan(1024 * 1024);
    });
  });
}
