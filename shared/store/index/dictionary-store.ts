// The dictionary in the index table: one snapshot that stands, and the changes since, named by segment. The archive's state points to the
// snapshot and is flipped by condition; nothing is read of a snapshot that the state does not name.
//
//   begin (making = new)  →  pages, head with the changes worked in  →  flip (snapshot = new, obsolete = old)  →  tidy (changes, old pages)
import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { type Dictionary, type DictionaryPage, decodePage, type TermList } from '#core/search/dictionary.ts';
import { decodeTermList } from '#core/search/term-list.ts';
import { dictionaryPartition, indexKey } from '../table.ts';
import { type BatchTable, deleteAll, getAll, inParts, type Key, keysOf, putAll, queryAll, toKey } from './batch.ts';
import { bytesOf, packJson, textOf, unpackJson, zstdPacking } from './packing.ts';

export interface AddedWords {
  readonly segmentId: string;
  /** Pages of its term list. */
  readonly pages: number;
}

export interface DictionaryChanges {
  readonly added: readonly AddedWords[];
  /** Segment ids. */
  readonly removed: readonly string[];
}

/** Sort keys of the changes that a snapshot holds already. */
interface SnapshotHead {
  readonly pages: number;
  readonly terms: number;
  readonly applied: readonly string[];
}

export interface Snapshot {
  readonly id: string;
  readonly terms: number;
  readonly applied: ReadonlySet<string>;
  readonly pages: Dictionary;
}

/** What the state says of a merge. */
export interface MergeState {
  readonly snapshot: string | null;
  readonly making: { readonly id: string; readonly sinceMs: number } | null;
  /** Present until the changes and pages that the last flip made worthless are gone: the old snapshot, or empty when there was none. */
  readonly obsolete: string | null;
}

const pagesAtOnce = 6;

function joined(pages: readonly Uint8Array[]): Uint8Array {
  return pages.length === 1 ? (pages[0] ?? new Uint8Array()) : Buffer.concat(pages);
}

function listOf(pages: readonly Uint8Array[]): TermList {
  return pages.length === 0 ? [] : decodeTermList(zstdPacking.unpack(joined(pages)));
}

export function addedName(segmentId: string): string {
  return `added:${segmentId}`;
}

export function removedName(segmentId: string): string {
  return `removed:${segmentId}`;
}

export function makeDictionaryStore(batch: BatchTable) {
  const { dynamo, table } = batch;

  async function changeState(change: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>): Promise<boolean> {
    try {
      await dynamo.send(new UpdateItemCommand({ TableName: table, Key: toKey(indexKey.archiveState()), ...change }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async function noteAdded(segmentId: string, pages: number): Promise<void> {
    await putAll(batch, [{ ...toKey(indexKey.dictionaryAdded(segmentId)), pages: { N: String(pages) } }]);
  }

  async function wordsChanged(): Promise<void> {
    await changeState({
      UpdateExpression: 'ADD #words :one',
      ExpressionAttributeNames: { '#words': 'words' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
  }

  /** A segment that was never shown goes as if it had never been; one that is destroyed is taken out by the merge, which needs both marks. */
  async function forgetAdded(segmentId: string): Promise<void> {
    const [removed] = await getAll(batch, [indexKey.dictionaryRemoved(segmentId)]);
    if (removed === undefined) await deleteAll(batch, [indexKey.dictionaryAdded(segmentId)]);
  }

  /** The mark comes last: without it the segment's own list is still whole. */
  async function noteRemoved(segmentId: string): Promise<void> {
    const mark = indexKey.dictionaryRemoved(segmentId);
    const [noted] = await getAll(batch, [mark]);
    if (noted !== undefined) return;
    const pages = await queryAll(batch, `segment:${segmentId}`, { sortPrefix: 'terms:' });
    await putAll(
      batch,
      pages.map((page, n) => ({ ...toKey(indexKey.dictionaryWords(segmentId, n)), v: { B: bytesOf(page['v']) } })),
    );
    await putAll(batch, [{ ...toKey(mark), pages: { N: String(pages.length) } }]);
  }

  async function readAdded(): Promise<readonly AddedWords[]> {
    const items = await queryAll(batch, dictionaryPartition, { sortPrefix: 'added:' });
    return items.map((item) => ({ segmentId: textOf(item['sk']).slice('added:'.length), pages: Number(item['pages']?.N ?? 0) }));
  }

  async function readChanges(): Promise<DictionaryChanges> {
    const removed = await queryAll(batch, dictionaryPartition, { sortPrefix: 'removed:', attributes: 'sk' });
    return { added: await readAdded(), removed: removed.map((item) => textOf(item['sk']).slice('removed:'.length)) };
  }

  /** Term lists of segments whose pages are all there. */
  async function readTermLists(segments: readonly AddedWords[]): Promise<ReadonlyMap<string, TermList>> {
    const keys = segments.flatMap(({ segmentId, pages }) => Array.from({ length: pages }, (_, page) => indexKey.segmentTerms(segmentId, page)));
    const items = await getAll(batch, keys);
    const found = new Map(items.map((item) => [`${textOf(item['pk'])}/${textOf(item['sk'])}`, bytesOf(item['v'])]));
    const lists = new Map<string, TermList>();
    for (const { segmentId, pages } of segments) {
      const parts = Array.from({ length: pages }, (_, page) => {
        const { pk, sk } = indexKey.segmentTerms(segmentId, page);
        return found.get(`${pk}/${sk}`);
      });
      if (parts.every((part) => part !== undefined)) lists.set(segmentId, listOf(parts));
    }
    return lists;
  }

  async function readRemovedWords(segmentId: string): Promise<TermList> {
    const pages = await queryAll(batch, dictionaryPartition, { sortPrefix: `words:${segmentId}:` });
    return listOf(pages.map((page) => bytesOf(page['v'])));
  }

  /**
   * What a segment's words count for in a snapshot that works in no mark: nothing while a mark of addition stands, and the copy once it is marked
   * as removed. Marks are written before terms come and before terms go: read after them, they tell whether the list was whole.
   */
  async function readWordsHeld(segmentId: string): Promise<TermList> {
    const pages = await queryAll(batch, `segment:${segmentId}`, { sortPrefix: 'terms:' });
    const marks = await getAll(batch, [indexKey.dictionaryAdded(segmentId), indexKey.dictionaryRemoved(segmentId)], ['sk']);
    if (marks.some((mark) => textOf(mark['sk']) === addedName(segmentId))) return [];
    return marks.length > 0 ? readRemovedWords(segmentId) : listOf(pages.map((page) => bytesOf(page['v'])));
  }

  async function readMergeState(): Promise<MergeState> {
    const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key: toKey(indexKey.archiveState()), ConsistentRead: true }));
    const making = Item?.['making']?.S;
    return {
      snapshot: Item?.['snapshot']?.S ?? null,
      making: making === undefined ? null : { id: making, sinceMs: Number(Item?.['makingSince']?.N ?? 0) },
      obsolete: Item?.['obsolete']?.S ?? null,
    };
  }

  /** Null: the state names another snapshot by now, and this one is being taken away. */
  async function readSnapshot(id: string): Promise<Snapshot | null> {
    const [head] = await getAll(batch, [indexKey.snapshotHead(id)]);
    if (head === undefined) return null;
    const { pages: count, terms, applied } = unpackJson<SnapshotHead>(head['v']);
    const keys = Array.from({ length: count }, (_, page) => indexKey.snapshotPage(id, page));
    const decoded = new Map<string, DictionaryPage>();
    // One part is decoded while the next is on its way.
    await Promise.all(
      inParts(keys, pagesAtOnce).map(async (part) => {
        for (const item of await getAll(batch, part)) decoded.set(textOf(item['sk']), decodePage(bytesOf(item['v']), zstdPacking));
      }),
    );
    const found = keys.flatMap(({ sk }) => decoded.get(sk) ?? []);
    return found.length < count ? null : { id, terms, applied: new Set(applied), pages: found };
  }

  /** Only one snapshot is in the making. False: another came between. */
  async function begin(id: string, nowMs: number, from: MergeState): Promise<boolean> {
    const { making } = from;
    return changeState({
      UpdateExpression: 'SET #making = :id, #since = :now',
      ConditionExpression: making === null ? 'attribute_not_exists(#making)' : '#making = :before',
      ExpressionAttributeNames: { '#making': 'making', '#since': 'makingSince' },
      ExpressionAttributeValues: { ':id': { S: id }, ':now': { N: String(nowMs) }, ...(making === null ? {} : { ':before': { S: making.id } }) },
    });
  }

  async function putPage(id: string, page: number, packed: Uint8Array): Promise<void> {
    await putAll(batch, [{ ...toKey(indexKey.snapshotPage(id, page)), v: { B: packed } }]);
  }

  async function putHead(id: string, head: SnapshotHead): Promise<void> {
    await putAll(batch, [{ ...toKey(indexKey.snapshotHead(id)), v: { B: packJson(head) } }]);
  }

  /** The new snapshot stands from here on. False: somebody else's merge took over. */
  async function flip(id: string, old: string | null): Promise<boolean> {
    return changeState({
      UpdateExpression: 'SET #snapshot = :id, #obsolete = :old REMOVE #making, #since ADD #words :one',
      ConditionExpression: '#making = :id AND attribute_not_exists(#obsolete)',
      ExpressionAttributeNames: { '#snapshot': 'snapshot', '#obsolete': 'obsolete', '#making': 'making', '#since': 'makingSince', '#words': 'words' },
      ExpressionAttributeValues: { ':id': { S: id }, ':old': { S: old ?? '' }, ':one': { N: '1' } },
    });
  }

  /** Nothing was worked in: the making ends without a new snapshot. */
  async function abandon(id: string): Promise<void> {
    await removeSnapshot(id);
    await changeState({
      UpdateExpression: 'REMOVE #making, #since',
      ConditionExpression: '#making = :id',
      ExpressionAttributeNames: { '#making': 'making', '#since': 'makingSince' },
      ExpressionAttributeValues: { ':id': { S: id } },
    });
  }

  /** Takes away what the standing snapshot holds already, and the one before it; the mark in the state goes last. */
  async function tidy({ snapshot, obsolete }: MergeState): Promise<void> {
    if (snapshot === null || obsolete === null) return;
    const [head] = await getAll(batch, [indexKey.snapshotHead(snapshot)]);
    // Without its head nobody knows what it holds: the marks stay, and the merge finds that it must be made anew.
    const { applied } = head === undefined ? { applied: [] } : unpackJson<SnapshotHead>(head['v']);
    for (const name of applied) {
      if (!name.startsWith('removed:')) continue;
      await deleteAll(batch, await keysLike(`words:${name.slice('removed:'.length)}:`));
    }
    await deleteAll(
      batch,
      applied.map((sk) => ({ pk: dictionaryPartition, sk })),
    );
    if (obsolete !== '') await removeSnapshot(obsolete);
    await changeState({
      UpdateExpression: 'REMOVE #obsolete',
      ConditionExpression: '#obsolete = :old',
      ExpressionAttributeNames: { '#obsolete': 'obsolete' },
      ExpressionAttributeValues: { ':old': { S: obsolete } },
    });
  }

  async function keysLike(sortPrefix: string): Promise<Key[]> {
    const items = await queryAll(batch, dictionaryPartition, { sortPrefix, attributes: 'pk, sk' });
    return items.map((item) => ({ pk: textOf(item['pk']), sk: textOf(item['sk']) }));
  }

  async function removeSnapshot(id: string): Promise<void> {
    await deleteAll(batch, await keysOf(batch, indexKey.snapshotHead(id).pk));
  }

  return {
    noteAdded,
    wordsChanged,
    forgetAdded,
    noteRemoved,
    readAdded,
    readChanges,
    readTermLists,
    readRemovedWords,
    readWordsHeld,
    readMergeState,
    readSnapshot,
    begin,
    putPage,
    putHead,
    flip,
    abandon,
    tidy,
    removeSnapshot,
  };
}
