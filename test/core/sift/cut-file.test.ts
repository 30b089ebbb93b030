// What single formats need to stay whole when records are taken out of them; the suite of all formats: cut-formats.test.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { StruckRange } from '#core/model/sift.ts';
import { smsBackupReader } from '#core/parse/sms-backup/sms-backup-reader.ts';
import { telegramReader } from '#core/parse/telegram/telegram-reader.ts';
import { whatsappReader } from '#core/parse/whatsapp/whatsapp-reader.ts';
import { makeChatFileMap } from '#core/sift/chat-file-map.ts';
import { cutFile, type FileSelection, provesCut } from '#core/sift/cut-file.ts';
import { paint, toSpans } from '#core/sift/strikes.ts';
import { smsText } from '#test/fixtures/sms-elements.ts';
import { androidChat } from '#test/fixtures/whatsapp-lines.ts';
import { applied, bare, mapOf, reasons } from './cut-suite.ts';

const own = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures', name));

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
        records.map((_, place) => (place === 0 ? 'left-out' : [])),
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
      expect(again.records.flat().map(bare)).toEqual(all.filter((_, at) => at !== ordinal).map(bare));
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
