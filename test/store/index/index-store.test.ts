import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeRecord } from '#core/search/block-codec.ts';
import { addOrdinals, readCards } from '#core/search/drawer-codec.ts';
import { placesKey } from '#core/search/match-places.ts';
import { addPlacesOfCard, makePlacesList, placesPerRecord } from '#core/search/places-codec.ts';
import { type FiledRecord, type Segment, type SegmentLimits, segmentLimits } from '#core/search/segment.ts';
import { makeSegmentBuilder } from '#core/search/segment-builder.ts';
import { drawerOf } from '#core/text/drawer.ts';
import { createTables, type DynamoEngine, startDynamo } from '#infra/local/dynamo.ts';
import { makeDynamo } from '#store/clients.ts';
import { type IndexStore, makeIndexStore } from '#store/index/index-store.ts';
import { zstdPacking } from '#store/index/packing.ts';
import { toRecords } from '#test/support/chat-records.ts';

const settings = { region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
const tables = { catalogue: 'catalogue', index: 'index', audit: 'audit' };
const bundleId = 'bundle_01JTESTTESTTESTTESTTESTTE1';
const otherId = 'bundle_01JTESTTESTTESTTESTTESTTE2';
let engine: DynamoEngine;
let raw: DynamoDBClient;
let index: IndexStore;

beforeAll(async () => {
  engine = await startDynamo({});
  raw = new DynamoDBClient({ ...settings, endpoint: engine.endpoint });
  await createTables(raw, tables);
  index = makeIndexStore({ dynamo: makeDynamo({ ...settings, endpoint: engine.endpoint }), table: tables.index, shards: 1 });
});
afterAll(async () => {
  raw.destroy();
  await engine.stop();
});

function build(records: readonly FiledRecord[], limits: Partial<SegmentLimits> = {}, id = bundleId, title: string | null = 'Wijkteam Zuid'): Segment[] {
  const builder = makeSegmentBuilder({ bundleId: id, n: 1, platform: 'whatsapp', packing: zstdPacking, limits });
  return [...builder.add(records), ...builder.finish(title)];
}

const words = ['zwembad', 'vergunning', 'raad', 'ja', 'nee', '👍', 'café', '許可', 'foto’s', '', 'x'.repeat(300), '\u200emet\u202eteken', '\ud800los'];
const records = toRecords(
  Array.from({ length: 700 }, (_, i) => ({
    sender: i % 11 === 0 ? null : `Persoon ${i % 5}`,
    local: `2024-${String(1 + (i % 12)).padStart(2, '0')}-01T10:${String(i % 60).padStart(2, '0')}${i % 2 === 0 ? '' : ':07'}`,
    text: `${words[i % words.length]} ja\r\nregel ${i} ${words[(i * 7) % words.length]}`,
    ...(i % 50 === 1 ? { attachment: `Begroting ${i}.pdf` } : {}),
  })),
);

async function everything(): Promise<string[]> {
  const { Items = [] } = await raw.send(new ScanCommand({ TableName: tables.index }));
  return Items.map((item) => `${item['pk']?.S} ${item['sk']?.S}`).filter((key) => key !== 'archive state');
}

function placesOf(...[terms, positions, card, wanted]: Parameters<typeof addPlacesOfCard> extends [unknown, ...infer Rest] ? Rest : never): number[] {
  const list = makePlacesList();
  addPlacesOfCard(list, terms, positions, card, wanted);
  return [...list.values.subarray(0, list.length)];
}

describe('index store', () => {
  it('gives back every record in full, from several segments and blocks', async () => {
    const segments = build(records, { records: 250, blockRecords: 16 });
    expect(segments).toHaveLength(3);
    for (const segment of segments) await index.writeSegment(segment);
    const back: FiledRecord[] = [];
    for (const { entry } of segments) {
      const head = await index.readSegmentHead(entry.id);
      if (head === null) throw new Error('no head');
      expect(head.base).toBe(back.length);
      const places = head.blockTimes.map((_, block) => ({ segmentId: entry.id, block, pages: 1 }));
      const rows = await index.readSegmentBlocks(places);
      for (const { block } of places) for (const row of rows.get(`${entry.id}/${block}`) ?? []) back.push(decodeRecord(row));
      const columns = (await index.readSegmentColumns([entry.id])).get(entry.id);
      expect(columns?.times).toHaveLength(head.count);
    }
    expect(back).toEqual(records);
    await index.deleteBundleRange(bundleId);
    expect(await everything()).toEqual([]);
  });

  it('cuts what is too long for one item into pages and joins it again', async () => {
    const [segment] = build(records, { itemBytes: 300, drawerBytes: 3_000, besideBytes: 400 });
    if (segment === undefined) throw new Error('no segment');
    expect(segment.entry.continuations).toBeGreaterThan(0);
    await index.writeSegment(segment);
    const { level } = segment.entry;
    const [hit] = await index.queryDrawer(level, drawerOf('ja', level), { positions: true });
    if (hit === undefined) throw new Error('no drawer');
    const [card] = readCards(hit.terms, 'ja', 'ja\u0000');
    if (card === undefined) throw new Error('no card');
    expect(card.messages).toBe(700);
    const bits = new Uint32Array(22);
    addOrdinals(bits, hit.terms, card);
    expect(hit.positions).toBeNull();
    const drawer = { level, drawer: drawerOf('ja', level) };
    for (const of of [1, 10]) {
      const beside = await index.readPlaces([{ ...drawer, segments: new Map([[segment.entry.id, card.positionsTo]]), of }]);
      const places = placesOf(hit.terms, beside.get(placesKey(drawer, segment.entry.id)) ?? new Uint8Array(), card, bits);
      expect(new Set([...places].map((place) => Math.floor(place / placesPerRecord)))).toEqual(new Set(records.keys()));
      expect([...places].sort((a, b) => a - b)).toEqual([...places]);
    }
    const head = await index.readSegmentHead(segment.entry.id);
    const place = { segmentId: segment.entry.id, block: 0, pages: head?.longBlocks['0'] ?? 1 };
    expect(place.pages).toBeGreaterThan(1);
    expect((await index.readSegmentBlocks([place])).get(`${segment.entry.id}/0`)).toHaveLength(segmentLimits.blockRecords);
    expect(await index.verifySegmentAbsent(segment.entry)).toBe(false);
    await index.deleteSegment(segment.entry);
    expect(await index.verifySegmentAbsent(segment.entry)).toBe(true);
    expect(await everything()).toEqual([]);
  });

  it('skips a finished segment, and takes an attempt with other content out first', async () => {
    const [first] = build(records, { drawerBytes: 100 });
    const [second] = build(records.slice(0, 300), { drawerBytes: 900 });
    if (first === undefined || second === undefined) throw new Error('no segment');
    expect((await index.writeSegment(first)).skipped).toBe(false);
    expect((await index.writeSegment(first)).skipped).toBe(true);
    expect((await index.writeSegment(second)).skipped).toBe(false);
    const afterBoth = (await everything()).sort();
    await index.deleteBundleRange(bundleId);
    await index.writeSegment(second);
    expect((await everything()).sort()).toEqual(afterBoth);
    expect(await index.listSegments(bundleId)).toEqual([second.entry]);
    await index.deleteBundleRange(bundleId);
  });

  it('empties one bundle and leaves its neighbour whole', async () => {
    for (const id of [bundleId, otherId]) {
      for (const segment of build(records, { records: 400 }, id)) await index.writeSegment(segment);
      await index.putNames(id, { fileName: 'WhatsApp-chat met Wijkteam.zip', sourceFiles: [{ file: 1, name: 'chat.txt' }] });
      await index.putAttachments(
        id,
        Array.from({ length: 450 }, (_, i) => ({ n: i + 1, name: `foto ${i}.jpg`, presence: 'present' as const })),
      );
      await index.putConversation(id, {
        n: 1,
        title: 'Wijkteam',
        platform: 'whatsapp',
        kind: 'group',
        participants: [],
        counts: { records: 700, messages: 600, systemMessages: 100, attachments: { present: 0, missing: 0, omitted: 0 } },
        period: null,
        segments: [],
      });
    }
    const known = await index.listSegments(bundleId);
    expect(known).toHaveLength(2);
    const before = (await everything()).filter((key) => key.includes(otherId.slice(7))).sort();
    const { epoch } = await index.readState();
    await index.deleteBundleRange(bundleId);
    expect((await index.readState()).epoch).toBeGreaterThan(epoch);
    expect(await index.verifyBundleAbsent(bundleId, known)).toBe(true);
    expect(await index.verifyBundleAbsent(otherId, [])).toBe(false);
    expect((await everything()).sort()).toEqual(before);
    expect((await index.getAttachments(otherId, [201, 450])).get(450)?.name).toBe('foto 449.jpg');
    expect(await index.listAttachments(otherId)).toHaveLength(450);
    expect((await index.getConversation(otherId, 1))?.title).toBe('Wijkteam');
    expect(await index.getNames(bundleId)).toBeNull();
    await index.putAttachments(otherId, [{ n: 1, name: 'a', presence: 'missing' }]);
    expect(await index.listAttachments(otherId)).toHaveLength(1);
    await index.deleteBundleRange(otherId);
    expect(await everything()).toEqual([]);
  });

  it('finds nothing of a segment that was only begun once the bundle is emptied', async () => {
    const [segment] = build(records);
    if (segment === undefined) throw new Error('no segment');
    const half = makeIndexStore({ dynamo: makeDynamo({ ...settings, endpoint: engine.endpoint }), table: tables.index, shards: 1 });
    await expect(half.writeSegment({ ...segment, drawers: [...segment.drawers, ...segment.drawers] })).rejects.toThrow();
    expect((await everything()).length).toBeGreaterThan(0);
    await index.deleteBundleRange(bundleId);
    expect(await everything()).toEqual([]);
  });
});
