// Conversations as the exports of phones that they are: columns and prints of the whole of each, and single texts where they are asked for.

import type { PhoneExport } from '#core/search/align-exports.ts';
import { decodeRecord } from '#core/search/block-codec.ts';
import { kindFlag } from '#core/search/columns-codec.ts';
import { emptyPrint, minuteOf, type SegmentColumns, type SegmentHead } from '#core/search/segment.ts';
import type { IndexStore } from '#store/index/index-store.ts';

export interface ReadExport extends PhoneExport {
  readonly bundleId: string;
  readonly n: number;
  readonly title: string | null;
  readonly heads: readonly SegmentHead[];
}

type Needs = Pick<IndexStore, 'getConversations' | 'readSegmentHeads' | 'readSegmentPrints' | 'readSegmentBlocks'>;

/** Records that are somebody's words: what nobody said, what says nothing and what was taken back is like no other. */
function isTold(columns: SegmentColumns, prints: Uint32Array, record: number): boolean {
  return columns.senders[record] !== 0 && ((columns.kinds[record] ?? 0) & kindFlag.deleted) === 0 && prints[record] !== emptyPrint;
}

/** Null: a part of them is gone. */
export async function readPhoneExports(
  index: Needs,
  places: readonly { readonly bundleId: string; readonly n: number }[],
): Promise<readonly ReadExport[] | null> {
  const conversations = await index.getConversations(places);
  if (conversations.size < places.length) return null;
  const segmentIds = [...conversations.values()].flatMap(({ segments }) => segments.map(({ id }) => id));
  const [heads, columns] = await Promise.all([index.readSegmentHeads(segmentIds), index.readSegmentPrints(segmentIds)]);
  if (heads.size < segmentIds.length || columns.size < segmentIds.length) return null;
  return places.flatMap(({ bundleId, n }) => {
    const conversation = conversations.get(`${bundleId}/${n}`);
    if (conversation === undefined) return [];
    const { records } = conversation.counts;
    const minutes = new Float64Array(records).fill(Number.NaN);
    const senders = new Uint16Array(records);
    const prints = new Uint32Array(records);
    const labels: string[] = [];
    const numbers = new Map<string, number>();
    const numberOf = (label: string) => {
      const number = numbers.get(label) ?? labels.length;
      if (number === labels.length) labels.push(label);
      numbers.set(label, number);
      return number;
    };
    const ofConversation = conversation.segments.flatMap(({ id }) => heads.get(id) ?? []);
    for (const head of ofConversation) {
      const read = columns.get(head.id);
      if (read === undefined) continue;
      const byNumber = head.senders.map(numberOf);
      for (let record = 0; record < head.count; record++) {
        if (!isTold(read.columns, read.prints, record)) continue;
        const at = head.base + record;
        minutes[at] = minuteOf(read.columns.times[record] ?? 0);
        senders[at] = byNumber[(read.columns.senders[record] ?? 0) - 1] ?? 0;
        prints[at] = read.prints[record] ?? 0;
      }
    }
    return [{ id: `${bundleId}/${n}`, bundleId, n, title: conversation.title, heads: ofConversation, minutes, senders, labels, prints }];
  });
}

export interface RecordPlace {
  readonly phone: ReadExport;
  readonly at: number;
}

/** Texts of single records; null: one is gone. */
export async function readTexts(index: Needs, places: readonly RecordPlace[]): Promise<((place: RecordPlace) => string) | null> {
  const blocks = new Map<string, { readonly segmentId: string; readonly block: number; readonly pages: number }>();
  const wanted = places.map(({ phone, at }) => {
    const head = phone.heads.find(({ base, count }) => at >= base && at < base + count);
    if (head === undefined) throw new Error('a record that no segment of its conversation holds');
    const block = head.blockStarts.findLastIndex((start) => start <= at - head.base);
    const key = `${head.id}/${block}`;
    blocks.set(key, { segmentId: head.id, block, pages: head.longBlocks[String(block)] ?? 1 });
    return { name: `${phone.id} ${at}`, key, row: at - head.base - (head.blockStarts[block] ?? 0) };
  });
  const rows = await index.readSegmentBlocks([...blocks.values()]);
  if (rows.size < blocks.size) return null;
  const texts = new Map<string, string>();
  for (const { name, key, row } of wanted) {
    const text = rows.get(key)?.[row];
    if (text === undefined) throw new Error('a block holds fewer records than its segment says');
    texts.set(name, decodeRecord(text).text);
  }
  return ({ phone, at }) => texts.get(`${phone.id} ${at}`) ?? '';
}
