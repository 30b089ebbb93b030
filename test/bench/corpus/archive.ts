// An archive to measure on: bundles of seeded chats in the index of an embedded engine that runs in a process of its own, and the
// means to count what is asked of it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { CalendarDate, Instant, type LocalTime } from '#core/model/time.ts';
import { whatsappReader } from '#core/parse/whatsapp/whatsapp-reader.ts';
import type { FiledRecord, Segment } from '#core/search/segment.ts';
import { makeSegmentBuilder } from '#core/search/segment-builder.ts';
import type { BundleSight } from '#flow/search-cache.ts';
import { createTables } from '#infra/local/dynamo.ts';
import { makeDynamo } from '#store/clients.ts';
import { type IndexStore, makeIndexStore } from '#store/index/index-store.ts';
import { zstdPacking } from '#store/index/packing.ts';
import { type ChatOptions, whatsAppText } from './dutch-chat.ts';

export const benchTables = { catalogue: 'catalogue', index: 'index', audit: 'audit' };

/** The corpus lies in the past: whatever is merged or made is made now. */
export const benchClock = {
  epochMs: Date.now,
  now: () => Instant.parse(new Date().toISOString()),
  today: () => CalendarDate.parse(new Date().toISOString().slice(0, 10)),
};

export interface Tally {
  requests: number;
  readUnits: number;
  writeUnits: number;
}

export interface BenchEngine {
  readonly dynamo: DynamoDBDocumentClient;
  readonly index: IndexStore;
  /** Counted while `count` is true: asking for units costs the engine time. */
  readonly tally: Tally;
  readonly counting: { on: boolean };
  /** Processor milliseconds used so far by this process and by the engine's (0 where the system does not tell). */
  readonly cpu: () => { readonly ours: number; readonly engine: number };
  readonly stop: () => Promise<void>;
}

export async function startBenchEngine(): Promise<BenchEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'woordspoor-bench-'));
  const child = spawn(process.execPath, [...process.execArgv, new URL('./dynamo-process.ts', import.meta.url).pathname, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const settings = { region: 'eu-central-1', endpoint: line.toString().trim(), credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
  const plain = new DynamoDBClient(settings);
  await createTables(plain, benchTables);
  plain.destroy();
  const dynamo = makeDynamo(settings);
  const tally: Tally = { requests: 0, readUnits: 0, writeUnits: 0 };
  const counting = { on: false };
  dynamo.middlewareStack.add(
    (next, context) => async (args) => {
      if (!counting.on) return next(args);
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as typeof args.input });
      const { ConsumedCapacity } = result.output as { ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[] };
      const units = [ConsumedCapacity ?? []].flat().reduce((sum, each) => sum + (each.CapacityUnits ?? 0), 0);
      tally.requests++;
      if (/Write|Put|Update|Delete/.test(String(context.commandName))) tally.writeUnits += units;
      else tally.readUnits += units;
      return result;
    },
    { step: 'initialize' },
  );
  return {
    dynamo,
    index: makeIndexStore({ dynamo, table: benchTables.index, shards: 1 }),
    tally,
    counting,
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return { ours: (user + system) / 1000, engine: cpuOf(child.pid) };
    },
    stop: async () => {
      dynamo.destroy();
      const gone = once(child, 'exit');
      child.stdin.end();
      await Promise.race([gone, new Promise((done) => setTimeout(done, 5_000).unref())]);
      if (child.exitCode === null) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Linux counts in hundredths of a second. */
function cpuOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

export interface ArchiveOptions {
  readonly bundles: number;
  readonly messagesEach: number;
}

export function chatOptionsOf(bundle: number, { messagesEach }: ArchiveOptions): ChatOptions {
  return { seed: 1_000 + bundle, messages: messagesEach, senders: 3 + (bundle % 12), firstDay: 19_000 + (bundle % 60) * 10, pace: 20 + (bundle % 5) * 25 };
}

export function benchBundleId(bundle: number): string {
  return `bundle_01J${String(bundle).padStart(23, '0')}`;
}

async function* bytesOf(text: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const piece of text) yield Buffer.from(piece);
}

/** Text of an export → segments, by the reader and the builder that ingest uses. */
export async function* segmentsOfText(bundleId: string, text: () => Iterable<string>, title: string): AsyncGenerator<Segment> {
  const builder = makeSegmentBuilder({ bundleId, n: 1, platform: 'whatsapp', packing: zstdPacking });
  const source = { file: 1, name: 'chat.txt', open: () => bytesOf(text()), siblings: new Set<string>(), notAfter: '2026-11-24T12:00' as LocalTime };
  for await (const event of whatsappReader.read(source, {})) {
    if (event.type === 'records') yield* builder.add(event.records as readonly FiledRecord[]);
  }
  yield* builder.finish(title);
}

export interface BenchArchive {
  readonly sights: readonly BundleSight[];
  readonly segments: ReadonlyMap<string, readonly { readonly id: string }[]>;
  readonly messages: number;
  readonly items: number;
}

/** Writes the archive: as many bundles at once as `lanes`, as queue workers would. */
export async function fillArchive(engine: BenchEngine, options: ArchiveOptions, lanes = 2): Promise<BenchArchive> {
  const sights: BundleSight[] = [];
  const segments = new Map<string, { id: string }[]>();
  let messages = 0;
  let items = 0;
  let next = 0;
  const lane = async () => {
    while (next < options.bundles) {
      const bundle = next++;
      const id = benchBundleId(bundle);
      const filed: { id: string; base: number; count: number }[] = [];
      let records = 0;
      for await (const segment of segmentsOfText(id, () => whatsAppText(chatOptionsOf(bundle, options)), `Wijkteam ${bundle}`)) {
        const written = await engine.index.writeSegment(segment);
        items += written.items;
        filed.push({ id: segment.entry.id, base: records, count: segment.count });
        records += segment.count;
      }
      await engine.index.putConversation(id, {
        n: 1,
        title: `Wijkteam ${bundle}`,
        platform: 'whatsapp',
        kind: 'group',
        participants: [],
        counts: { records, messages: records, systemMessages: 0, attachments: { present: 0, missing: 0, omitted: 0 } },
        period: null,
        segments: filed,
      });
      items++;
      messages += records;
      segments.set(id, filed);
      sights.push({ id, state: 'indexed', uploader: `person-${bundle % 20}`, caseIds: [`ZAAK-${bundle % 40}`], indexedAt: '2024-01-01T00:00:00.000Z' });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { sights, segments, messages, items };
}
