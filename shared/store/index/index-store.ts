// The index table: conversations, segments and drawers of chats. Everything here comes out of the chats, has no backup,
// and can be made again from the originals.

import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { decodeBlock } from '#core/search/block-codec.ts';
import { decodeColumns } from '#core/search/columns-codec.ts';
import { type PlacesRequest, placesKey } from '#core/search/match-places.ts';
import { type Segment, type SegmentColumns, type SegmentEntry, type SegmentHead, segmentLimits, segmentPlaceOf } from '#core/search/segment.ts';
import { drawerPartition, indexKey } from '../table.ts';
import { makeAttachmentTextStore } from './attachment-text-store.ts';
import { type BatchTable, deleteAll, getAll, type Key, keysOf, putAll, queryAll, type RawItem, toKey } from './batch.ts';
import { makeConversationStore } from './conversation-store.ts';
import { makeDictionaryStore } from './dictionary-store.ts';
import { bytesOf, textOf, unpackJson, zstdPacking } from './packing.ts';
import { digestOfItems, drawerKeysOf, itemsOfSegment, shardOf } from './segment-items.ts';

export type IndexStore = ReturnType<typeof makeIndexStore>;

export interface IndexStoreSettings {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  /** Shards of each drawer; the index must be rebuilt when this changes. */
  readonly shards: number;
}

/** What one segment has in one drawer, pages joined. */
export interface DrawerHit {
  readonly segmentId: string;
  readonly terms: Uint8Array;
  /** Present when asked for and not beside. */
  readonly positions: Uint8Array | null;
}

export interface ArchiveState {
  /** Goes up before anything is deleted from the index, and when a bundle's cases change. */
  readonly epoch: number;
  readonly levels: readonly number[];
  /** Goes up when words were added to the archive or the dictionary's snapshot changed. */
  readonly words: number;
  /** The dictionary's snapshot that stands; null before the first merge. */
  readonly snapshot: string | null;
}

export interface SegmentPrints {
  readonly columns: SegmentColumns;
  readonly prints: Uint32Array;
}

export interface BlockPlace {
  readonly segmentId: string;
  readonly block: number;
  readonly pages: number;
}

function joined(pages: readonly Uint8Array[]): Uint8Array {
  return pages.length === 1 ? (pages[0] ?? new Uint8Array()) : Buffer.concat(pages);
}

export function makeIndexStore({ dynamo, table, shards }: IndexStoreSettings) {
  const batch: BatchTable = { dynamo, table };
  const conversations = makeConversationStore(batch);
  const dictionary = makeDictionaryStore(batch);
  const levelsKnown = new Set<number>();

  async function registerLevel(level: number): Promise<void> {
    if (levelsKnown.has(level)) return;
    await dynamo.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toKey(indexKey.archiveState()),
        UpdateExpression: 'ADD #levels :level, #epoch :zero',
        ExpressionAttributeNames: { '#levels': 'levels', '#epoch': 'epoch' },
        ExpressionAttributeValues: { ':level': { NS: [String(level)] }, ':zero': { N: '0' } },
      }),
    );
    levelsKnown.add(level);
  }

  /** Makes every cached head worthless. Must come after a head has left `indexed` and before the first deletion. */
  async function bumpEpoch(): Promise<void> {
    await dynamo.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toKey(indexKey.archiveState()),
        UpdateExpression: 'ADD #epoch :one',
        ExpressionAttributeNames: { '#epoch': 'epoch' },
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
  }

  async function readState(): Promise<ArchiveState> {
    const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key: toKey(indexKey.archiveState()), ConsistentRead: true }));
    return {
      epoch: Number(Item?.['epoch']?.N ?? 0),
      levels: (Item?.['levels']?.NS ?? []).map(Number).sort((a, b) => a - b),
      words: Number(Item?.['words']?.N ?? 0),
      snapshot: Item?.['snapshot']?.S ?? null,
    };
  }

  /**
   * Writes a segment whole; safe to run again. Its entry is written before anything else and marked when all is there:
   * an attempt that broke off is known, one that had other content is taken out first, one that was finished is skipped.
   */
  async function writeSegment(segment: Segment): Promise<{ readonly items: number; readonly skipped: boolean }> {
    const { entry, bundleId } = segment;
    const items = itemsOfSegment(segment, shards);
    const digest = digestOfItems(items);
    const key = toKey(indexKey.segmentEntry(bundleId, entry.id));
    const { Item: earlier } = await dynamo.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    if (earlier !== undefined && textOf(earlier['digest']) === digest && earlier['done']?.BOOL === true) return { items: items.length, skipped: true };
    if (earlier !== undefined && textOf(earlier['digest']) !== digest) await deleteSegment(entryFrom(earlier));
    await registerLevel(entry.level);
    const filed: RawItem = { ...key, level: { N: String(entry.level) }, continuations: { N: String(entry.continuations) }, digest: { S: digest } };
    await putAll(batch, [{ ...filed, done: { BOOL: false } }]);
    await dictionary.noteAdded(entry.id, segment.terms.length);
    await putAll(batch, items);
    // Its words are all there: who holds an older dictionary reads it anew.
    await dictionary.wordsChanged();
    await putAll(batch, [{ ...filed, done: { BOOL: true } }]);
    return { items: items.length + 1, skipped: false };
  }

  function entryFrom(item: RawItem): SegmentEntry {
    return { id: textOf(item['sk']).slice('segment:'.length), level: Number(item['level']?.N ?? 0), continuations: Number(item['continuations']?.N ?? 0) };
  }

  /** Every segment of which anything may have been written, finished or not. */
  async function listSegments(bundleId: string): Promise<readonly SegmentEntry[]> {
    return (await queryAll(batch, `bundle:${bundleId}`, { sortPrefix: 'segment:' })).map(entryFrom);
  }

  /**
   * Files that an indexed bundle's words must leave the dictionary. Before its range is emptied: the words are copied from its segments.
   * Safe to run again, also when a part is deleted already.
   */
  async function fileWordsRemoved(bundleId: string): Promise<void> {
    for (const { id } of await listSegments(bundleId)) await dictionary.noteRemoved(id);
  }

  /** Takes a segment out: every drawer at its level with all pages, head, columns, blocks and terms; its entry last. */
  async function deleteSegment(entry: SegmentEntry): Promise<void> {
    await bumpEpoch();
    await removeSegment(entry);
  }

  async function removeSegment(entry: SegmentEntry): Promise<void> {
    await deleteAll(batch, drawerKeysOf(entry, shards));
    await deleteAll(batch, await keysOf(batch, `segment:${entry.id}`));
    await dictionary.forgetAdded(entry.id);
    await deleteAll(batch, [indexKey.segmentEntry(segmentPlaceOf(entry.id).bundleId, entry.id)]);
  }

  /** Reads back: true when nothing of the segment is left. */
  async function verifySegmentAbsent(entry: SegmentEntry): Promise<boolean> {
    if ((await keysOf(batch, `segment:${entry.id}`)).length > 0) return false;
    return (await getAll(batch, drawerKeysOf(entry, shards), ['pk'])).length === 0;
  }

  /** Empties all that the index holds of a bundle: segments by the bundle's own entries, then conversations, attachments, names. */
  async function deleteBundleRange(bundleId: string): Promise<void> {
    await bumpEpoch();
    for (const entry of await listSegments(bundleId)) await removeSegment(entry);
    await deleteAll(batch, await keysOf(batch, `bundle:${bundleId}`));
  }

  /** Reads back. `known` (from the bundle's head) is looked at drawer by drawer, also when the bundle's own entries are gone. */
  async function verifyBundleAbsent(bundleId: string, known: readonly SegmentEntry[] = []): Promise<boolean> {
    if ((await keysOf(batch, `bundle:${bundleId}`)).length > 0) return false;
    for (const entry of known) if (!(await verifySegmentAbsent(entry))) return false;
    return true;
  }

  /** Heads that exist, by segment id. */
  async function readSegmentHeads(segmentIds: readonly string[]): Promise<ReadonlyMap<string, SegmentHead>> {
    const items = await getAll(batch, segmentIds.map(indexKey.segmentHead));
    return new Map(items.map((item) => [textOf(item['pk']).slice('segment:'.length), unpackJson<SegmentHead>(item['v'])]));
  }

  async function readSegmentHead(segmentId: string): Promise<SegmentHead | null> {
    return (await readSegmentHeads([segmentId])).get(segmentId) ?? null;
  }

  async function readSegmentColumns(segmentIds: readonly string[]): Promise<ReadonlyMap<string, SegmentColumns>> {
    const items = await getAll(batch, segmentIds.map(indexKey.segmentColumns), ['pk', 'v']);
    return new Map(items.map((item) => [textOf(item['pk']).slice('segment:'.length), decodeColumns(bytesOf(item['v']), zstdPacking)]));
  }

  /** Columns with the prints of the texts: of each record 32 bits that equal texts have in common. */
  async function readSegmentPrints(segmentIds: readonly string[]): Promise<ReadonlyMap<string, SegmentPrints>> {
    const items = await getAll(batch, segmentIds.map(indexKey.segmentColumns), ['pk', 'v', 'f']);
    return new Map(
      items.map((item) => [
        textOf(item['pk']).slice('segment:'.length),
        { columns: decodeColumns(bytesOf(item['v']), zstdPacking), prints: new Uint32Array(new Uint8Array(bytesOf(item['f'])).buffer) },
      ]),
    );
  }

  /** Rows (JSON of each record, see block-codec) of blocks that exist, by `<segmentId>/<block>`. */
  async function readSegmentBlocks(places: readonly BlockPlace[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const keys = places.flatMap(({ segmentId, block, pages }) => Array.from({ length: pages }, (_, page) => indexKey.segmentBlock(segmentId, block, page)));
    const values = new Map<string, Uint8Array>();
    for (const item of await getAll(batch, keys)) values.set(`${textOf(item['pk'])}/${textOf(item['sk'])}`, bytesOf(item['v']));
    const rows = new Map<string, readonly string[]>();
    for (const { segmentId, block, pages } of places) {
      const parts: Uint8Array[] = [];
      for (let page = 0; page < pages; page++) {
        const { pk, sk } = indexKey.segmentBlock(segmentId, block, page);
        const part = values.get(`${pk}/${sk}`);
        if (part !== undefined) parts.push(part);
      }
      if (parts.length === pages) rows.set(`${segmentId}/${block}`, decodeBlock(joined(parts), zstdPacking));
    }
    return rows;
  }

  async function queryPages(
    kind: 'drawer' | 'places',
    level: number,
    drawer: number,
    attributes: string,
    sortPrefix?: string,
  ): Promise<Map<string, RawItem[]>> {
    const partitions =
      shards <= 1 ? [drawerPartition(kind, level, drawer)] : Array.from({ length: shards }, (_, shard) => drawerPartition(kind, level, drawer, shard));
    const bySegment = new Map<string, RawItem[]>();
    for (const items of await Promise.all(partitions.map((pk) => queryAll(batch, pk, { attributes, ...(sortPrefix === undefined ? {} : { sortPrefix }) })))) {
      for (const item of items) {
        const [segmentId = '', page = '0'] = textOf(item['sk']).split('#');
        const pages = bySegment.get(segmentId) ?? [];
        pages[Number(page)] = item;
        bySegment.set(segmentId, pages);
      }
    }
    return bySegment;
  }

  /** What every segment has in one drawer; one round trip. Positions that lie beside it: `readPlaces`. */
  async function queryDrawer(level: number, drawer: number, options: { readonly positions: boolean }): Promise<readonly DrawerHit[]> {
    const cards = await queryPages('drawer', level, drawer, options.positions ? 'sk, v, p' : 'sk, v');
    return [...cards].map(([segmentId, pages]) => ({
      segmentId,
      terms: joined(pages.map((page) => bytesOf(page['v']))),
      positions: options.positions ? (pages[0]?.['p']?.B ?? null) : null,
    }));
  }

  /** Positions that lie beside drawers, by `placesKey`, as far as they are there. One round trip; a value of many pages may take a second. */
  async function readPlaces(requests: readonly PlacesRequest[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    const single: { readonly key: Key; readonly name: string; readonly request: PlacesRequest; readonly segmentId: string }[] = [];
    const whole: PlacesRequest[] = [];
    for (const request of requests) {
      const many = request.segments.size * 2 > request.of || [...request.segments.values()].some((bytes) => bytes > segmentLimits.itemBytes);
      if (many) whole.push(request);
      else
        for (const segmentId of request.segments.keys())
          single.push({
            key: indexKey.places(request.level, request.drawer, segmentId, 0, shardOf(segmentId, shards)),
            name: placesKey(request, segmentId),
            request,
            segmentId,
          });
    }
    const take = (request: PlacesRequest, bySegment: ReadonlyMap<string, readonly RawItem[]>) => {
      for (const [segmentId, pages] of bySegment)
        if (request.segments.has(segmentId)) found.set(placesKey(request, segmentId), joined(pages.map((page) => bytesOf(page['v']))));
    };
    const nameOf = new Map(single.map(({ key, name }) => [`${key.pk} ${key.sk}`, name]));
    await Promise.all([
      ...whole.map(async (request) => take(request, await queryPages('places', request.level, request.drawer, 'sk, v'))),
      getAll(
        batch,
        single.map(({ key }) => key),
      ).then((items) => {
        for (const item of items) found.set(nameOf.get(`${textOf(item['pk'])} ${textOf(item['sk'])}`) ?? '', bytesOf(item['v']));
      }),
    ]);
    const cutOff = single.filter(
      ({ name, request, segmentId }) => (found.get(name)?.length ?? Number.POSITIVE_INFINITY) < (request.segments.get(segmentId) ?? 0),
    );
    await Promise.all(
      cutOff.map(async ({ request, segmentId }) => take(request, await queryPages('places', request.level, request.drawer, 'sk, v', segmentId))),
    );
    return found;
  }

  return {
    bumpEpoch,
    readState,
    writeSegment,
    listSegments,
    deleteSegment,
    verifySegmentAbsent,
    deleteBundleRange,
    verifyBundleAbsent,
    readSegmentHead,
    readSegmentHeads,
    readSegmentColumns,
    readSegmentPrints,
    readSegmentBlocks,
    queryDrawer,
    readPlaces,
    fileWordsRemoved,
    dictionary,
    ...conversations,
    ...makeAttachmentTextStore(batch),
  };
}
