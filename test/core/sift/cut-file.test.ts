// A chat file without what was struck: for any selection it reads as the untouched file minus those records, byte for byte.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { ChatRecord } from '#core/model/chat.ts';
import type { StruckRange } from '#core/model/sift.ts';
import type { Reader } from '#core/parse/reader.ts';
import { smsBackupReader } from '#core/parse/sms-backup/sms-backup-reader.ts';
import { telegramReader } from '#core/parse/telegram/telegram-reader.ts';
import { whatsappReader } from '#core/parse/whatsapp/whatsapp-reader.ts';
import { type ChatFileMap, makeChatFileMap } from '#core/sift/chat-file-map.ts';
import { cutFile, type FileSelection, type KeptPiece, provesCut } from '#core/sift/cut-file.ts';
import { paint, toSpans } from '#core/sift/strikes.ts';
import { makeSource } from '#test/core/parse/reader-suite.ts';
import { smsText } from '#test/fixtures/sms-elements.ts';
import { telegramText } from '#test/fixtures/telegram-items.ts';
import { androidChat } from '#test/fixtures/whatsapp-lines.ts';

interface Mapped {
  readonly map: ChatFileMap;
  /** In the order of the map. */
  readonly records: readonly (readonly ChatRecord[])[];
  readonly around: string;
}

async function mapOf(reader: Reader, bytes: Uint8Array): Promise<Mapped> {
  const map = makeChatFileMap(reader.format, bytes.subarray(0, 3));
  const records = new Map<string | undefined, ChatRecord[]>();
  let around = '';
  for await (const event of reader.read(makeSource(bytes), {})) {
    if (event.type === 'records') {
      map.addRecords(event.conversation, event.records);
      records.set(event.conversation, [...(records.get(event.conversation) ?? []), ...event.records]);
    } else if (event.type === 'preamble') {
      map.addText(event.text, event.bytes);
      around += event.text;
    } else if (event.type === 'conversation') map.end(event.conversation, event.bytes);
  }
  return { map, records: map.conversations.map(({ key }) => records.get(key) ?? []), around };
}

function applied(bytes: Uint8Array, pieces: readonly KeptPiece[]): Uint8Array {
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(bytes.subarray(...piece)))));
}

/** What a record is, but for the comma behind it, its place, and what hangs on its neighbours. */
function essence({ raw, kind, local, text, sender }: ChatRecord) {
  return { raw: raw.replace(/^[\s,\ufeff]+|[\s,]+$/g, ''), kind, local, text, sender };
}

const reasons = ['private', 'health', 'third-party', 'other-case'] as const;
/** For each conversation a row of choices; `true` stays. All true: nothing is struck. */
const choices = fc.infiniteStream(fc.record({ out: fc.integer({ min: 0, max: 5 }), run: fc.integer({ min: 1, max: 9 }), strike: fc.boolean() }));

function selectionOf(records: Mapped['records'], stream: Iterator<{ readonly out: number; readonly run: number; readonly strike: boolean }>): FileSelection {
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

function isStruck(selection: FileSelection[number], ordinal: number): boolean {
  return selection === 'left-out' || selection.some(({ from, to }) => from <= ordinal && ordinal <= to);
}

const own = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures', name));
const whole = JSON.parse(own('telegram/single-chat.json').toString());
const files: readonly (readonly [string, Reader, Uint8Array])[] = [
  ['a chat of Android', whatsappReader, Buffer.from(androidChat(60))],
  ['a chat without a last line end', whatsappReader, Buffer.from(androidChat(20).trimEnd())],
  ['a chat in UTF-16 with a mark', whatsappReader, Buffer.from(`\ufeff${androidChat(20)}`, 'utf16le')],
  ['a chat with a mark', whatsappReader, Buffer.from(`\ufeff${androidChat(20)}`)],
  ['an SMS backup of twelve parties', smsBackupReader, Buffer.from([...smsText(20_000)].join(''))],
  ['two SMS backups in one file', smsBackupReader, Buffer.from([...smsText(4_000), ...smsText(3_000)].join('\n'))],
  ['picture messages and more', smsBackupReader, own('sms-backup/sms-20240501120000.xml')],
  ['calls', smsBackupReader, own('sms-backup/calls-20240501120000.xml')],
  ['an account of Telegram', telegramReader, Buffer.from([...telegramText(300_000)].join(''))],
  ['another account', telegramReader, own('telegram/account.json')],
  ['one chat of Telegram', telegramReader, own('telegram/single-chat.json')],
  ['one chat on one line', telegramReader, Buffer.from(JSON.stringify(whole))],
];

describe.each(files)('%s', (_name, reader, bytes) => {
  property.prop([choices], { numRuns: 25 })('reads, after any selection, as the untouched file minus what was struck', async (stream) => {
    const { map, records } = await mapOf(reader, bytes);
    const selection = selectionOf(records, stream[Symbol.iterator]());
    const cut = cutFile(map, bytes.length, selection);
    if (cut === null) throw new Error('cannot be cut');
    const kept = applied(bytes, cut.pieces);
    const again = await mapOf(reader, kept);
    const expected = records.flatMap((own, place) => {
      const rest = own.filter((_, ordinal) => !isStruck(selection[place] ?? 'left-out', ordinal));
      return rest.length === 0 ? [] : [rest];
    });
    // Conversations stand in the order of their first record, and that may have gone.
    const inOrder = reader.format === 'sms-backup' ? [...expected].sort(([a], [b]) => (a?.bytes[0] ?? 0) - (b?.bytes[0] ?? 0)) : expected;
    const left = again.records.filter((own) => own.length > 0);
    if (reader.format === 'whatsapp') expect(left.flat().map(essence)).toEqual(inOrder.flat().map(essence));
    else
      expect(left.map((own) => own.map(({ raw }) => essence({ raw } as ChatRecord).raw))).toEqual(
        inOrder.map((own) => own.map(({ raw }) => essence({ raw } as ChatRecord).raw)),
      );
    // The bytes of a record that stays are the bytes that it had.
    for (const [place, own] of left.entries())
      for (const [at, record] of own.entries()) {
        const before = inOrder[place]?.[at];
        if (before === undefined) throw new Error('a record too many');
        const [now, then] = [Buffer.from(kept.subarray(...record.bytes)), Buffer.from(bytes.subarray(...before.bytes))];
        if (reader.format === 'telegram') expect(now.toString().replace(/^[\s,]+|[\s,]+$/g, '')).toBe(then.toString().replace(/^[\s,]+|[\s,]+$/g, ''));
        // The first of a file holds its byte order mark.
        else if (before.bytes[0] > 0 && record.bytes[0] > 0) expect(now.equals(then)).toBe(true);
      }
    const everything = expected.flat().length === records.flat().length;
    if (expected.length > 0) expect(provesCut(map, selection, cut, again.map)).toBe(true);
    if (reader.format === 'telegram') expect(() => JSON.parse(kept.toString())).not.toThrow();
    if (reader.format === 'whatsapp' && everything) expect(kept).toEqual(Buffer.from(bytes));
    for (const root of map.roots) expect(root.declared).toBeGreaterThan(0);
  });
});

describe('what a format needs to stay whole', () => {
  it('lowers the count of an SMS backup by what went', async () => {
    const bytes = Buffer.from([...smsText(20_000)].join(''));
    const { map, records } = await mapOf(smsBackupReader, bytes);
    const cut = cutFile(
      map,
      bytes.length,
      records.map((_, place) => (place === 0 ? 'left-out' : [])),
    );
    const root = map.roots[0];
    if (cut === null || root === undefined) throw new Error('no cut');
    const text = Buffer.from(applied(bytes, cut.pieces)).toString();
    expect(text).toContain(`<smses count="${root.declared - (records[0]?.length ?? 0)}">`);
    expect(text).not.toContain('+31620001000');
  });

  it('takes only the chats that stay out of a Telegram account: no contacts, no personal data, no names of other chats', async () => {
    const bytes = own('telegram/account.json');
    const { map, records } = await mapOf(telegramReader, bytes);
    expect(records.length).toBeGreaterThan(1);
    const cut = cutFile(
      map,
      bytes.length,
      records.map((_, place) => (place === 0 ? [] : 'left-out')),
    );
    if (cut === null) throw new Error('no cut');
    const left = JSON.parse(Buffer.from(applied(bytes, cut.pieces)).toString());
    expect(Object.keys(left)).toEqual(['chats']);
    expect(left.chats.list).toHaveLength(1);
    expect(left.chats.list[0]).toEqual(JSON.parse(bytes.toString()).chats.list[0]);
  });

  it('says when a file cannot be cut', async () => {
    const bytes = own('telegram/account.json');
    const broken = bytes.subarray(0, bytes.length - 40);
    const { map, records } = await mapOf(telegramReader, broken);
    expect(
      cutFile(
        map,
        broken.length,
        records.map(() => []),
      ),
    ).toBeNull();
    expect(cutFile(makeChatFileMap('another-format', new Uint8Array()), 10, [])).toBeNull();
  });

  it('sees it when the rest would read otherwise', async () => {
    const { map, records } = await mapOf(whatsappReader, Buffer.from(androidChat(10)));
    const selection = [[{ from: 2, to: 3, reason: 'private' as const }]];
    const cut = cutFile(map, 10_000, selection);
    if (cut === null) throw new Error('no cut');
    const other = await mapOf(whatsappReader, Buffer.from(androidChat(8)));
    expect(records).toHaveLength(1);
    expect(provesCut(map, selection, cut, other.map)).toBe(false);
  });
});

describe('odd chats', () => {
  const folder = join(import.meta.dirname, '../../fixtures/whatsapp');
  it.each(readdirSync(folder).sort())('%s: what is proved is right, and every single record can be struck or is refused', async (name) => {
    const bytes = readFileSync(join(folder, name));
    const { map, records } = await mapOf(whatsappReader, bytes);
    const all = records.flat();
    let proved = 0;
    for (let ordinal = 0; ordinal < Math.min(all.length, 40); ordinal++) {
      const selection: FileSelection = [[{ from: ordinal, to: ordinal, reason: 'private' }]];
      const cut = cutFile(map, bytes.length, selection);
      if (cut === null) throw new Error('no cut');
      const again = await mapOf(whatsappReader, applied(bytes, cut.pieces));
      if (!provesCut(map, selection, cut, again.map)) continue;
      proved++;
      const raws = (some: readonly ChatRecord[]) => some.map((record) => essence(record).raw);
      expect(raws(again.records.flat())).toEqual(raws(all.filter((_, at) => at !== ordinal)));
    }
    expect(proved).toBeGreaterThan(all.length > 1 ? 0 : -1);
  });
});

describe('struck ranges', () => {
  property.prop([
    fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 }), fc.option(fc.constantFrom(...reasons))), { maxLength: 20 }),
  ])('hold what was painted last, in order and apart', (strokes) => {
    const plain: (string | null)[] = Array.from({ length: 60 }, () => null);
    let ranges: readonly StruckRange[] = [];
    for (const [from, length, reason] of strokes) {
      ranges = paint(ranges, [[from, from + length]], reason);
      plain.fill(reason, from, from + length + 1);
    }
    expect(plain.map((_, at) => ranges.find(({ from, to }) => from <= at && at <= to)?.reason ?? null)).toEqual(plain);
    for (const [at, range] of ranges.entries()) {
      expect(range.from).toBeLessThanOrEqual(range.to);
      const next = ranges[at + 1];
      if (next !== undefined) expect(next.from > range.to + 1 || (next.from === range.to + 1 && next.reason !== range.reason)).toBe(true);
    }
  });

  it('takes many places at once', () => {
    const spans = toSpans([0, 1, 2, 5, 7, 8]);
    expect(spans).toEqual([
      [0, 2],
      [5, 5],
      [7, 8],
    ]);
    const once = paint([{ from: 1, to: 6, reason: 'health' }], spans, 'private');
    expect(once.map(({ from, to, reason }) => [from, to, reason])).toEqual([
      [0, 2, 'private'],
      [3, 4, 'health'],
      [5, 5, 'private'],
      [6, 6, 'health'],
      [7, 8, 'private'],
    ]);
    expect(paint(once, [[0, 100]], null)).toEqual([]);
  });
});
