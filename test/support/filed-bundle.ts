// A bundle in the index without the way there: conversations are built, written and given titles, as ingest does.
import type { LocalTime } from '#core/model/time.ts';
import type { FiledRecord, SegmentEntry, SegmentLimits } from '#core/search/segment.ts';
import { makeSegmentBuilder } from '#core/search/segment-builder.ts';
import type { FiledConversation } from '#store/index/conversation-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { zstdPacking } from '#store/index/packing.ts';
import { type PlainMessage, toRecords } from './chat-records.ts';

export interface PlainBundle {
  readonly state: string;
  readonly uploader: string;
  readonly caseIds: readonly string[];
  readonly custodianId?: string | null;
  readonly conversations: readonly { readonly title: string | null; readonly messages: readonly PlainMessage[] }[];
}

export interface FiledBundle {
  readonly id: string;
  readonly state: string;
  readonly uploader: string;
  readonly caseIds: readonly string[];
  readonly custodianId: string | null;
  readonly conversations: readonly { readonly n: number; readonly title: string | null; readonly records: readonly FiledRecord[] }[];
  readonly segments: readonly SegmentEntry[];
}

export async function fileBundle(index: IndexStore, id: string, plain: PlainBundle, limits: Partial<SegmentLimits> = {}): Promise<FiledBundle> {
  const segments: SegmentEntry[] = [];
  const conversations: FiledBundle['conversations'][number][] = [];
  for (const [i, { title, messages }] of plain.conversations.entries()) {
    const n = i + 1;
    const records = toRecords(messages);
    const builder = makeSegmentBuilder({ bundleId: id, n, platform: 'whatsapp', packing: zstdPacking, limits });
    const filed: FiledConversation['segments'][number][] = [];
    let base = 0;
    for (const segment of [...builder.add(records), ...builder.finish(title)]) {
      await index.writeSegment(segment);
      segments.push(segment.entry);
      filed.push({ id: segment.entry.id, base, count: segment.count });
      base += segment.count;
    }
    const locals = records.map(({ local }) => local).sort();
    const system = records.filter(({ kind }) => kind === 'system').length;
    await index.putConversation(id, {
      n,
      title,
      platform: 'whatsapp',
      kind: 'group',
      participants: [],
      counts: { records: records.length, messages: records.length - system, systemMessages: system, attachments: { present: 0, missing: 0, omitted: 0 } },
      period: locals.length === 0 ? null : { first: locals[0] as LocalTime, last: locals.at(-1) as LocalTime },
      segments: filed,
    });
    conversations.push({ n, title, records });
  }
  return { id, state: plain.state, uploader: plain.uploader, caseIds: plain.caseIds, custodianId: plain.custodianId ?? null, conversations, segments };
}
