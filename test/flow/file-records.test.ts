// Many conversations that take turns are filed with flat memory: whatever waits, nothing is lost, and the order of each is kept.
import { describe, expect, it } from 'vitest';
import { makeDoubtGatherer } from '#core/intake/gather-doubts.ts';
import type { ConversationSummary } from '#core/model/chat.ts';
import type { LocalTime } from '#core/model/time.ts';
import { smsBackupReader } from '#core/parse/sms-backup/sms-backup-reader.ts';
import { decodeBlock, decodeRecord } from '#core/search/block-codec.ts';
import type { FiledRecord, Segment } from '#core/search/segment.ts';
import { makeRecordFiler } from '#flow/file-records.ts';
import { readConversations } from '#flow/read-conversations.ts';
import { zstdPacking } from '#store/index/packing.ts';
import { makeSource } from '#test/core/parse/reader-suite.ts';
import { smsElement } from '#test/fixtures/sms-elements.ts';

const bundleId = 'bundle_01J00000000000000000000000';
const record = (i: number, raw: string): FiledRecord => ({
  kind: 'text',
  sender: 'Ana',
  local: '2024-05-01T12:00:00' as LocalTime,
  certainty: 'given',
  text: raw,
  raw,
  bytes: [i, i + 1],
  lines: [i, i],
});
const summary = (title: string): ConversationSummary => ({ platform: 'sms', kind: 'direct', title, participants: [], dateOrder: null, layouts: [] });

function textsOf(segments: readonly Segment[], n: number): readonly string[] {
  return segments
    .filter(({ entry }) => entry.id.split('.')[1] === n.toString(36))
    .flatMap(({ blocks }) => blocks.flatMap((pages) => decodeBlock(Buffer.concat(pages), zstdPacking)))
    .map((row) => decodeRecord(row).text);
}

async function fileAll(parties: number, records: number, waitingUnits: number) {
  const segments: Segment[] = [];
  const write = async (segment: Segment) => {
    segments.push(segment);
  };
  const filer = makeRecordFiler({ bundleId, first: 3, platform: 'sms', write, waitingUnits }, () => true);
  for (let i = 0; i < records; i++) await filer.add(`p${i % parties}`, [record(i, `woord${i} ${'x'.repeat(i % 50)}`)]);
  for (let p = 0; p < parties; p++) await filer.end(`p${p}`, summary(`Partij ${p}`));
  return { segments, conversations: filer.conversations() };
}

describe('conversations that take turns', () => {
  it('wait as long as they may, and become one segment each', async () => {
    const { segments, conversations } = await fileAll(5, 1000, 24_000_000);
    expect(segments).toHaveLength(5);
    expect(conversations.map(({ n, title, counts }) => [n, title, counts.records])).toEqual([3, 4, 5, 6, 7].map((n, p) => [n, `Partij ${p}`, 200]));
  });

  it('are filed early when too much waits: in order, without a gap, the last with its title', async () => {
    const { segments, conversations } = await fileAll(7, 2000, 60_000);
    expect(segments.length).toBeGreaterThan(10);
    for (const [p, { n, segments: filed, counts }] of conversations.entries()) {
      expect(textsOf(segments, n)).toEqual([...Array(2000).keys()].filter((i) => i % 7 === p).map((i) => `woord${i} ${'x'.repeat(i % 50)}`));
      let base = 0;
      for (const segment of filed) {
        expect(segment.base).toBe(base);
        expect(segment.count).toBeGreaterThan(0);
        base += segment.count;
      }
      expect(base).toBe(counts.records);
    }
    expect(new Set(segments.map(({ entry }) => entry.id)).size).toBe(segments.length);
  });

  it('end the same when it is done again', async () => {
    const [once, again] = [await fileAll(4, 900, 40_000), await fileAll(4, 900, 40_000)];
    expect(again).toEqual(once);
  });

  it('refuse a reader that leaves one without its end', async () => {
    const filer = makeRecordFiler({ bundleId, first: 1, platform: 'sms', write: async () => undefined }, () => true);
    await filer.add('a', [record(1, 'x')]);
    expect(() => filer.conversations()).toThrow('without its conversation');
  });
});

it('stops at more conversations than the head of a bundle can name', async () => {
  const elements = function* () {
    yield '<smses count="600">\n';
    for (let i = 0; i < 600; i++) yield `${smsElement({ address: `+3161${String(i).padStart(7, '0')}`, body: 'x' })}\n`;
    yield '</smses>';
  };
  const bytes = Buffer.from([...elements()].join(''));
  let written = 0;
  const index = {
    writeSegment: async () => {
      written++;
      return { items: 1, skipped: false };
    },
  };
  const chats = [{ reader: smsBackupReader, files: [], source: makeSource(bytes) }];
  const order = { bundleId, chats, dateOrder: undefined, firstFree: 1, doubts: makeDoubtGatherer(), keep: async () => undefined, longestSegmentList: 80 };
  const reading = await readConversations({ index }, order);
  expect(reading.tooMany).toBe(true);
  // `1.0.0.0 ` and so on: the eleventh goes over.
  expect(written).toBe(11);
});
