// The index table: conversations, segments and drawers of chats. Everything here comes out of the chats, has no backup,
// and can be made again from the originals.

import { createHash } from 'node:crypto';
import { type AttributeValue, GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ConversationSummary, Presence } from '#core/model/chat.ts';
import type { LocalTime } from '#core/model/time.ts';
import { decodeBlock } from '#core/search/block-codec.ts';
import { decodeColumns } from '#core/search/columns-codec.ts';
import { type Segment, type SegmentColumns, type SegmentEntry, type SegmentHead, segmentPlaceOf } from '#core/search/segment.ts';
import { drawerPartition, indexKey } from '../table.ts';
import { type BatchTable, deleteAll, getAll, type Key, putAll, type RawItem, toKey } from './batch.ts';
import { zstdPacking } from './packing.ts';

export type IndexStore = ReturnType<typeof makeIndexStore>;

export interface IndexStoreSettings {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  /** Shards of each drawer; the index must be rebuilt when this changes. */
  readonly shards: number;
}

/** A conversation as the index keeps it: who and what it is called lives here and goes with the bundle. */
export interface FiledConversation {
  readonly n: number;
  readonly title: string | null;
  readonly platform: string;
  readonly kind: ConversationSummary['kind'];
  readonly participants: ConversationSummary['participants'];
  readonly counts: {
    readonly records: number;
    readonly messages: number;
    readonly systemMessages: number;
    readonly attachments: { readonly present: number; readonly missing: number; readonly omitted: number };
  };
  readonly period: { readonly first: LocalTime; readonly last: LocalTime } | null;
  /** Segment ids with their first ordinal and count, in order. */
  readonly segments: readonly { readonly id: string; readonly base: number; readonly count: number }[];
}

/** An attachment of a bundle, numbered from 1 within it. */
export interface FiledAttachmentFile {
  readonly n: number;
  readonly name: string;
  readonly presence: Presence;
  readonly mediaType?: string;
  readonly size?: number;
  readonly sha256?: string;
  readonly vaultKey?: string;
}

export interface BundleNames {
  readonly fileName: string;
  readonly sourceFiles: readonly { readonly file: number; readonly name: string }[];
}

/** What one segment has in one drawer, pages joined. */
export interface DrawerHit {
  readonly segmentId: string;
  readonly terms: Uint8Array;
  /** Present when asked for. */
  readonly positions: Uint8Array | null;
}

export interface ArchiveState {
  /** Goes up before anything is deleted from the index, and when a bundle's cases change. */
  readonly epoch: number;
  readonly levels: readonly number[];
}

export interface BlockPlace {
  readonly segmentId: string;
  readonly block: number;
  readonly pages: number;
}

/** Called with what a request costs: for figures. */
export type OnConsumed = (operation: string, units: number) => void;

const attachmentsPerPage = 200;

function bytesOf(value: AttributeValue | undefined): Uint8Array {
  return value?.B ?? new Uint8Array();
}

function textOf(value: AttributeValue | undefined): string {
  return value?.S ?? '';
}

function joined(pages: readonly Uint8Array[]): Uint8Array {
  return pages.length === 1 ? (pages[0] ?? new Uint8Array()) : Buffer.concat(pages);
}

function packJson(value: unknown): Uint8Array {
  return zstdPacking.pack(zstdPacking.encode(JSON.stringify(value)));
}

function unpackJson<T>(value: AttributeValue | undefined): T {
  return JSON.parse(zstdPacking.decode(zstdPacking.unpack(bytesOf(value)))) as T;
}

export function makeIndexStore({ dynamo, table, shards }: IndexStoreSettings) {
  const batch: BatchTable = { dynamo, table };
  const levelsKnown = new Set<number>();

  function shardOf(segmentId: string): number | null {
    if (shards <= 1) return null;
    let hash = 0;
    for (let i = 0; i < segmentId.length; i++) hash = (Math.imul(hash, 31) + segmentId.charCodeAt(i)) >>> 0;
    return hash % shards;
  }

  /** All items of a partition, or only their keys. */
  async function queryAll(pk: string, options: { readonly sortPrefix?: string; readonly attributes?: string } = {}): Promise<RawItem[]> {
    const found: RawItem[] = [];
    let from: RawItem | undefined;
    do {
      const answer = await dynamo.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: options.sortPrefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :sk)',
          ExpressionAttributeValues: { ':pk': { S: pk }, ...(options.sortPrefix === undefined ? {} : { ':sk': { S: options.sortPrefix } }) },
          ...(options.attributes === undefined ? {} : { ProjectionExpression: options.attributes }),
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        }),
      );
      for (const item of answer.Items ?? []) found.push(item);
      from = answer.LastEvaluatedKey;
    } while (from !== undefined);
    return found;
  }

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
    return { epoch: Number(Item?.['epoch']?.N ?? 0), levels: (Item?.['levels']?.NS ?? []).map(Number).sort((a, b) => a - b) };
  }

  function itemsOf(segment: Segment): RawItem[] {
    const { entry } = segment;
    const shard = shardOf(entry.id);
    const items: RawItem[] = [
      { ...toKey(indexKey.segmentHead(entry.id)), v: { B: segment.head } },
      { ...toKey(indexKey.segmentColumns(entry.id)), v: { B: segment.columns }, f: { B: segment.fingerprints } },
    ];
    segment.blocks.forEach((pages, n) => {
      pages.forEach((page, p) => items.push({ ...toKey(indexKey.segmentBlock(entry.id, n, p)), v: { B: page } }));
    });
    segment.terms.forEach((page, p) => items.push({ ...toKey(indexKey.segmentTerms(entry.id, p)), v: { B: page } }));
    for (const { drawer, terms, positions, beside } of segment.drawers) {
      terms.forEach((page, p) => {
        const inline = !beside && p === 0 ? positions[0] : undefined;
        items.push({
          ...toKey(indexKey.drawer(entry.level, drawer, entry.id, p, shard)),
          v: { B: page },
          ...(inline === undefined || inline.length === 0 ? {} : { p: { B: inline } }),
        });
      });
      if (beside) positions.forEach((page, p) => items.push({ ...toKey(indexKey.places(entry.level, drawer, entry.id, p, shard)), v: { B: page } }));
    }
    return items;
  }

  function digestOf(items: readonly RawItem[]): string {
    const hash = createHash('sha256');
    for (const item of items) {
      hash.update(textOf(item['pk'])).update('\n').update(textOf(item['sk'])).update('\n');
      for (const name of ['v', 'p', 'f']) {
        const bytes = item[name]?.B;
        hash.update(String(bytes?.length ?? -1)).update('\n');
        if (bytes !== undefined) hash.update(bytes);
      }
    }
    return hash.digest('base64url');
  }

  /**
   * Writes a segment whole; safe to run again. Its entry is written before anything else and marked when all is there:
   * an attempt that broke off is known, one that had other content is taken out first, one that was finished is skipped.
   */
  async function writeSegment(segment: Segment): Promise<{ readonly items: number; readonly skipped: boolean }> {
    const { entry, bundleId } = segment;
    const items = itemsOf(segment);
    const digest = digestOf(items);
    const key = toKey(indexKey.segmentEntry(bundleId, entry.id));
    const { Item: earlier } = await dynamo.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    if (earlier !== undefined && textOf(earlier['digest']) === digest && earlier['done']?.BOOL === true) return { items: items.length, skipped: true };
    if (earlier !== undefined && textOf(earlier['digest']) !== digest) await deleteSegment(entryFrom(earlier));
    await registerLevel(entry.level);
    const filed: RawItem = { ...key, level: { N: String(entry.level) }, continuations: { N: String(entry.continuations) }, digest: { S: digest } };
    await putAll(batch, [{ ...filed, done: { BOOL: false } }]);
    await putAll(batch, items);
    await putAll(batch, [{ ...filed, done: { BOOL: true } }]);
    return { items: items.length + 1, skipped: false };
  }

  function entryFrom(item: RawItem): SegmentEntry {
    return { id: textOf(item['sk']).slice('segment:'.length), level: Number(item['level']?.N ?? 0), continuations: Number(item['continuations']?.N ?? 0) };
  }

  /** Every segment of which anything may have been written, finished or not. */
  async function listSegments(bundleId: string): Promise<readonly SegmentEntry[]> {
    return (await queryAll(`bundle:${bundleId}`, { sortPrefix: 'segment:' })).map(entryFrom);
  }

  function drawerKeys(entry: SegmentEntry): Key[] {
    const keys: Key[] = [];
    const shard = shardOf(entry.id);
    for (let drawer = 0; drawer < 2 ** entry.level; drawer++) {
      for (let page = 0; page <= entry.continuations; page++) {
        keys.push(indexKey.drawer(entry.level, drawer, entry.id, page, shard), indexKey.places(entry.level, drawer, entry.id, page, shard));
      }
    }
    return keys;
  }

  async function keysOf(pk: string): Promise<Key[]> {
    return (await queryAll(pk, { attributes: 'pk, sk' })).map((item) => ({ pk: textOf(item['pk']), sk: textOf(item['sk']) }));
  }

  /** Takes a segment out: every drawer at its level with all pages, head, columns, blocks and terms; its entry last. */
  async function deleteSegment(entry: SegmentEntry): Promise<void> {
    await bumpEpoch();
    await removeSegment(entry);
  }

  async function removeSegment(entry: SegmentEntry): Promise<void> {
    await deleteAll(batch, drawerKeys(entry));
    await deleteAll(batch, await keysOf(`segment:${entry.id}`));
    await deleteAll(batch, [indexKey.segmentEntry(segmentPlaceOf(entry.id).bundleId, entry.id)]);
  }

  /** Reads back: true when nothing of the segment is left. */
  async function verifySegmentAbsent(entry: SegmentEntry): Promise<boolean> {
    if ((await keysOf(`segment:${entry.id}`)).length > 0) return false;
    return (await getAll(batch, drawerKeys(entry), ['pk'])).length === 0;
  }

  /** Empties all that the index holds of a bundle: segments by the bundle's own entries, then conversations, attachments, names. */
  async function deleteBundleRange(bundleId: string): Promise<void> {
    await bumpEpoch();
    for (const entry of await listSegments(bundleId)) await removeSegment(entry);
    await deleteAll(batch, await keysOf(`bundle:${bundleId}`));
  }

  /** Reads back. `known` (from the bundle's head) is looked at drawer by drawer, also when the bundle's own entries are gone. */
  async function verifyBundleAbsent(bundleId: string, known: readonly SegmentEntry[] = []): Promise<boolean> {
    if ((await keysOf(`bundle:${bundleId}`)).length > 0) return false;
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
    for (const items of await Promise.all(partitions.map((pk) => queryAll(pk, { attributes, ...(sortPrefix === undefined ? {} : { sortPrefix }) })))) {
      for (const item of items) {
        const [segmentId = '', page = '0'] = textOf(item['sk']).split('#');
        const pages = bySegment.get(segmentId) ?? [];
        pages[Number(page)] = item;
        bySegment.set(segmentId, pages);
      }
    }
    return bySegment;
  }

  /** What every segment has in one drawer; one round trip. `sortPrefix` narrows it to the segments of one bundle or conversation. */
  async function queryDrawer(
    level: number,
    drawer: number,
    options: { readonly positions: boolean; readonly sortPrefix?: string },
  ): Promise<readonly DrawerHit[]> {
    const [cards, places] = await Promise.all([
      queryPages('drawer', level, drawer, options.positions ? 'sk, v, p' : 'sk, v', options.sortPrefix),
      options.positions ? queryPages('places', level, drawer, 'sk, v', options.sortPrefix) : new Map<string, RawItem[]>(),
    ]);
    return [...cards].map(([segmentId, pages]) => ({
      segmentId,
      terms: joined(pages.map((page) => bytesOf(page['v']))),
      positions: options.positions ? (pages[0]?.['p']?.B ?? joined((places.get(segmentId) ?? []).map((page) => bytesOf(page['v'])))) : null,
    }));
  }

  async function putConversation(bundleId: string, conversation: FiledConversation): Promise<void> {
    await putAll(batch, [{ ...toKey(indexKey.conversation(bundleId, conversation.n)), v: { B: packJson(conversation) } }]);
  }

  /** In order of their number. */
  async function listConversations(bundleId: string): Promise<readonly FiledConversation[]> {
    return (await queryAll(`bundle:${bundleId}`, { sortPrefix: 'conversation:' })).map((item) => unpackJson<FiledConversation>(item['v']));
  }

  async function getConversations(places: readonly { readonly bundleId: string; readonly n: number }[]): Promise<ReadonlyMap<string, FiledConversation>> {
    const items = await getAll(
      batch,
      places.map(({ bundleId, n }) => indexKey.conversation(bundleId, n)),
    );
    return new Map(
      items.map((item) => {
        const conversation = unpackJson<FiledConversation>(item['v']);
        return [`${textOf(item['pk']).slice('bundle:'.length)}/${conversation.n}`, conversation];
      }),
    );
  }

  async function getConversation(bundleId: string, n: number): Promise<FiledConversation | null> {
    return (await getConversations([{ bundleId, n }])).get(`${bundleId}/${n}`) ?? null;
  }

  /** All attachments of a bundle, numbered 1, 2, 3 … in order. Pages of an earlier attempt beyond these are removed. */
  async function putAttachments(bundleId: string, attachments: readonly FiledAttachmentFile[]): Promise<void> {
    const items: RawItem[] = [];
    for (let at = 0; at < attachments.length; at += attachmentsPerPage) {
      items.push({ ...toKey(indexKey.attachments(bundleId, at / attachmentsPerPage)), v: { B: packJson(attachments.slice(at, at + attachmentsPerPage)) } });
    }
    await putAll(batch, items);
    const kept = new Set(items.map((item) => textOf(item['sk'])));
    const there = await queryAll(`bundle:${bundleId}`, { sortPrefix: 'attachments:', attributes: 'pk, sk' });
    await deleteAll(
      batch,
      there.filter((item) => !kept.has(textOf(item['sk']))).map((item) => ({ pk: textOf(item['pk']), sk: textOf(item['sk']) })),
    );
  }

  async function listAttachments(bundleId: string): Promise<readonly FiledAttachmentFile[]> {
    return (await queryAll(`bundle:${bundleId}`, { sortPrefix: 'attachments:' })).flatMap((item) => unpackJson<FiledAttachmentFile[]>(item['v']));
  }

  /** Attachments by number, reading only the pages they stand on. */
  async function getAttachments(bundleId: string, numbers: readonly number[]): Promise<ReadonlyMap<number, FiledAttachmentFile>> {
    const pages = [...new Set(numbers.map((n) => Math.floor((n - 1) / attachmentsPerPage)))];
    const items = await getAll(
      batch,
      pages.map((page) => indexKey.attachments(bundleId, page)),
    );
    const wanted = new Set(numbers);
    return new Map(
      items
        .flatMap((item) => unpackJson<FiledAttachmentFile[]>(item['v']))
        .filter(({ n }) => wanted.has(n))
        .map((file) => [file.n, file]),
    );
  }

  async function putNames(bundleId: string, names: BundleNames): Promise<void> {
    // A single put: the http door may write here and not delete, and a batch can do both.
    await dynamo.send(new PutItemCommand({ TableName: table, Item: { ...toKey(indexKey.names(bundleId)), v: { B: packJson(names) } } }));
  }

  async function getNames(bundleId: string): Promise<BundleNames | null> {
    const [item] = await getAll(batch, [indexKey.names(bundleId)]);
    return item === undefined ? null : unpackJson<BundleNames>(item['v']);
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
    readSegmentBlocks,
    queryDrawer,
    putConversation,
    listConversations,
    getConversation,
    getConversations,
    putAttachments,
    listAttachments,
    getAttachments,
    putNames,
    getNames,
  };
}
