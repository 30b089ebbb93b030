// Gaps of conversations as a time line shows them: read from the columns, and from the notices about the timer.
import { recordKinds } from '#core/model/chat.ts';
import type { DoubtCode } from '#core/model/doubt.ts';
import { decodeRecord } from '#core/search/block-codec.ts';
import { type MonthOfGaps, monthGaps, type TimerChange } from '#core/search/month-gaps.ts';
import type { SearchScope } from '#core/search/question.ts';
import { localNumber, type SegmentColumns, type SegmentHead } from '#core/search/segment.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';

export interface ConversationGaps {
  readonly bundleId: string;
  readonly n: number;
  readonly months: readonly MonthOfGaps[];
  /** What was suspected of the bundle when it was read. */
  readonly suspected: readonly DoubtCode[];
}

export interface NeedsReadGaps {
  readonly index: Pick<IndexStore, 'getConversations' | 'readSegmentHeads' | 'readSegmentColumns' | 'readSegmentBlocks'>;
  readonly bundles: Pick<BundleStore, 'getMany' | 'sights'>;
}

type Place = Pick<ConversationGaps, 'bundleId' | 'n'>;
const gapDoubts: readonly DoubtCode[] = ['truncation.suspected', 'timer.on'];
const systemKind = recordKinds.indexOf('system');

/** Those that may be seen, in the order asked. A bundle that left while it was read is not among them. */
export async function readGaps({ index, bundles }: NeedsReadGaps, places: readonly Place[], scope: SearchScope): Promise<readonly ConversationGaps[]> {
  const heads = new Map((await bundles.getMany([...new Set(places.map(({ bundleId }) => bundleId))])).map((bundle) => [String(bundle.id), bundle]));
  const mayRead = (id: string) => {
    const bundle = heads.get(id);
    return bundle?.state === 'indexed' && (scope.kind === 'all' || bundle.uploader === scope.subject);
  };
  const wanted = places.filter(({ bundleId }) => mayRead(bundleId));
  const conversations = await index.getConversations(wanted);
  const found = await Promise.all(
    wanted.map(async ({ bundleId, n }) => {
      const conversation = conversations.get(`${bundleId}/${n}`);
      const months = conversation === undefined ? null : await monthsOf(index, conversation.segments);
      const suspected = (heads.get(bundleId)?.doubts ?? []).map(({ code }) => code).filter((code) => gapDoubts.includes(code));
      return months === null ? [] : [{ bundleId, n, months, suspected: [...new Set(suspected)] }];
    }),
  );
  const still = new Set((await bundles.sights([...heads.keys()])).filter(({ state }) => state === 'indexed').map(({ id }) => String(id)));
  return found.flat().filter(({ bundleId }) => still.has(bundleId));
}

/** Null: a part is gone. */
async function monthsOf(index: NeedsReadGaps['index'], segments: readonly { readonly id: string }[]): Promise<readonly MonthOfGaps[] | null> {
  const ids = segments.map(({ id }) => id);
  const [heads, columns] = await Promise.all([index.readSegmentHeads(ids), index.readSegmentColumns(ids)]);
  const read = ids.flatMap((id) => {
    const [head, ofSegment] = [heads.get(id), columns.get(id)];
    return head === undefined || ofSegment === undefined ? [] : [{ head, columns: ofSegment }];
  });
  if (read.length < ids.length) return null;
  const timer = await timerChanges(index, read);
  return timer === null ? null : monthGaps([...columns.values()], timer);
}

async function timerChanges(
  index: NeedsReadGaps['index'],
  read: readonly { readonly head: SegmentHead; readonly columns: SegmentColumns }[],
): Promise<readonly TimerChange[] | null> {
  const blocks = read.flatMap(({ head, columns }) =>
    head.blockStarts.slice(0, -1).flatMap((from, block) => {
      const kinds = columns.kinds.subarray(from, head.blockStarts[block + 1]);
      return kinds.some((kind) => (kind & 15) === systemKind) ? [{ segmentId: head.id, block, pages: head.longBlocks[String(block)] ?? 1 }] : [];
    }),
  );
  const rows = await index.readSegmentBlocks(blocks);
  if (rows.size < blocks.length) return null;
  const changes: TimerChange[] = [];
  for (const each of rows.values()) {
    for (const row of each) {
      const { system, local } = decodeRecord(row);
      if (system?.event === 'timer-on' || system?.event === 'timer-off') changes.push({ time: localNumber(local), on: system.event === 'timer-on' });
    }
  }
  return changes.sort((a, b) => a.time - b.time);
}
