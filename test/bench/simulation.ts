// An archive of a hundred million messages, without one: how many segments of which size it would have, what each would have in each drawer
// (taken from segments that the real builder makes of the corpus), and what a query then asks of the table: requests, bytes, read units, trips.
// What DynamoDB takes for that is an assumption, printed above the table; what is counted is not.
import { brotliCompressSync } from 'node:zlib';
import { drawersToOpen } from '#core/search/open-drawers.ts';
import { parseQuery } from '#core/search/parse-query.ts';
import { type Segment, segmentLimits } from '#core/search/segment.ts';
import { deepestLevel } from '#core/text/drawer.ts';
import { indexKey } from '#store/table.ts';
import { benchBundleId, segmentsOfText } from './corpus/archive.ts';
import { makeRandom, rankedWords, whatsAppText } from './corpus/dutch-chat.ts';
import { percentile } from './figures.ts';

/** One page of a Query, and what a partition may read in a second. */
const pageBytes = 1_048_576;
const unitBytes = 4_096;
const assumed = {
  tripMs: 5,
  /** A page of 1 MB, from the request to its last byte. */
  pageMs: 25,
  unitsASecond: 3_000,
  /** USD for a million read units on demand, Frankfurt, 2025. */
  priceOfMillion: 0.1525,
  /** What an ordinary word must be worth: so many times a second, before partitions are the bound. */
  timesASecond: 5,
};
const sizes = [30, 100, 300, 1_000, 3_000, 10_000, segmentLimits.records];
const archives = [1e6, 3e6, 10e6, 30e6, 100e6, 300e6];
const shardCounts = [1, 2, 4, 8, 16, 32];

/** Of segments of one size: how many there are, and one of them as the builder makes it. */
interface SizeClass {
  readonly messages: number;
  readonly count: number;
  readonly level: number;
  /** Bytes of the item in each drawer that has one, and of its positions where they lie beside it. */
  readonly items: ReadonlyMap<number, { readonly bytes: number; readonly beside: number }>;
}

async function segmentOf(messages: number): Promise<Segment> {
  const options = { seed: 77 + messages, messages, senders: Math.min(40, 2 + Math.floor(messages / 200)), pace: 40 };
  for await (const segment of segmentsOfText(benchBundleId(messages), () => whatsAppText(options), 'Wijkteam')) return segment;
  throw new Error('a chat without a segment');
}

function itemsOf({ entry, drawers }: Segment): SizeClass['items'] {
  const sum = (pages: readonly Uint8Array[]) => pages.reduce((all, page) => all + page.length, 0);
  return new Map(
    drawers.map(({ drawer, terms, positions, beside }) => {
      const { pk, sk } = indexKey.drawer(entry.level, drawer, entry.id, 0, null);
      const key = pk.length + sk.length + 'pkskvp'.length;
      return [drawer, { bytes: key + sum(terms) + (beside ? 0 : sum(positions)), beside: beside ? key + sum(positions) : 0 }];
    }),
  );
}

/** Conversations by size: half of them hold less than 250 messages, and one in a hundred more than ten thousand (log-normal). */
function countSegments(messages: number): ReadonlyMap<number, number> {
  const random = makeRandom(3);
  const counts = new Map<number, number>(sizes.map((size) => [size, 0]));
  const sample = 200_000;
  const drawn: number[] = [];
  let total = 0;
  for (let i = 0; i < sample; i++) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const held = Math.min(2_000_000, Math.max(1, Math.round(Math.exp(Math.log(250) + 1.6 * normal))));
    total += held;
    drawn.push(held);
  }
  const scale = messages / total;
  for (const held of drawn) {
    const whole = Math.floor(held / segmentLimits.records);
    const rest = held % segmentLimits.records;
    counts.set(segmentLimits.records, (counts.get(segmentLimits.records) ?? 0) + whole * scale);
    const nearest = sizes.reduce((best, size) => (Math.abs(Math.log(size / rest)) < Math.abs(Math.log(best / rest)) ? size : best), sizes[0] ?? 1);
    if (rest > 0) counts.set(nearest, (counts.get(nearest) ?? 0) + (rest / nearest) * scale);
  }
  return counts;
}

interface Cost {
  readonly requests: number;
  readonly bytes: number;
  readonly units: number;
  readonly ms: number;
  /** Times a second that one partition lets the query be asked. */
  readonly perSecond: number;
}

/** What opening the drawers of a query asks of the table. Pages of one partition come one after another; partitions beside each other. */
function costOf(query: string, classes: readonly SizeClass[], shards: number, decodeMs: number): Cost {
  const parsed = parseQuery(query);
  const opened = parsed.ok ? drawersToOpen(parsed.value, [...new Set(classes.filter(({ count }) => count >= 1).map(({ level }) => level))]) : parsed;
  if (!opened.ok) throw new Error(opened.fault.code);
  let requests = 0;
  let bytes = 0;
  let units = 0;
  let mostPages = 1;
  let mostUnits = 1;
  for (const { level, drawer } of opened.value) {
    let held = 0;
    for (const { count, level: own, items } of classes) if (own === level) held += count * (items.get(drawer)?.bytes ?? 0);
    const pages = Math.max(1, Math.ceil(held / shards / pageBytes));
    const unitsHere = Math.max(1, Math.ceil(held / shards / unitBytes));
    requests += pages * shards;
    units += unitsHere * shards;
    bytes += held;
    mostPages = Math.max(mostPages, pages);
    mostUnits = Math.max(mostUnits, unitsHere);
  }
  // Pages that come beside each other are still decoded by one processor.
  const ms =
    assumed.tripMs + Math.max(mostPages * Math.min(1, (mostUnits * unitBytes) / mostPages / pageBytes) * assumed.pageMs, (bytes / pageBytes) * decodeMs);
  return { requests, bytes, units, ms, perSecond: assumed.unitsASecond / mostUnits };
}

/** Measured here: an answer of 1 MB from its JSON to bytes, as the SDK does it. */
function measureDecoding(): number {
  const items = Array.from({ length: Math.floor(pageBytes / 450) }, (_, i) => ({
    sk: { S: `01J${i}.1.0` },
    v: { B: Buffer.alloc(430, i).toString('base64') },
  }));
  const text = Buffer.from(JSON.stringify({ Items: items }));
  const times: number[] = [];
  for (let i = 0; i < 30; i++) {
    const start = performance.now();
    const { Items } = JSON.parse(text.toString('utf8')) as { readonly Items: typeof items };
    const hits = Items.map(({ sk, v }) => ({ sk: sk.S, v: Buffer.from(v.B, 'base64') }));
    times.push(performance.now() - start);
    if (hits.length !== items.length) throw new Error('an item was lost');
  }
  return percentile(times, 0.5);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

export async function benchSimulation(): Promise<void> {
  const decodeMs = measureDecoding();
  const segments = new Map<number, Segment>();
  for (const size of sizes) segments.set(size, await segmentOf(size));
  const classesOf = (messages: number): SizeClass[] =>
    [...countSegments(messages)].flatMap(([size, count]) => {
      const segment = segments.get(size);
      return segment === undefined ? [] : [{ messages: size, count: Math.round(count), level: segment.entry.level, items: itemsOf(segment) }];
    });
  const hundred = classesOf(100e6);
  console.log('100,000,000 messages; segments by size (the real builder made one of each):');
  for (const { messages, count, level, items } of hundred) {
    const each = [...items.values()];
    const bytes = each.reduce((sum, item) => sum + item.bytes + item.beside, 0);
    console.log(
      `  ${String(messages).padStart(6)} messages  ${count.toLocaleString('en').padStart(9)} segments  level ${String(level).padStart(2)} of ${deepestLevel}  ${String(each.length).padStart(5)} items of ${Math.round(bytes / each.length)} bytes`,
    );
  }
  const segmentsInAll = hundred.reduce((sum, { count }) => sum + count, 0);
  const headBytes = hundred.reduce((sum, { messages, count }) => sum + count * brotliCompressSync(segments.get(messages)?.head ?? new Uint8Array()).length, 0);
  console.log(
    `  together ${segmentsInAll.toLocaleString('en')} segments; their heads ${megabytes(headBytes)} packed (a warm process remembers 20,000 of them)`,
  );
  console.log(
    `assumed: ${assumed.tripMs} ms a trip, ${assumed.pageMs} ms a page of 1 MB, ${assumed.unitsASecond} units a second of a partition, $ ${assumed.priceOfMillion} for a million units; measured: ${decodeMs.toFixed(1)} ms to decode 1 MB`,
  );

  const queries: Readonly<Record<string, string>> = {
    'commonest word': `"${rankedWords[0]}"`,
    'word of rank 100': `"${rankedWords[100]}"`,
    'word of rank 3,000': `"${rankedWords[3_000]}"`,
    'two words': `"${rankedWords[0]}" EN "${rankedWords[3_000]}"`,
    'word, its forms': 'vergunning',
    'prefix of five': 'vergu*',
    'prefix ver*': 'ver*',
  };
  console.log('\ndrawers of 100,000,000 messages:');
  console.log(
    `${'query'.padEnd(20)} ${'shards'.padStart(6)} ${'requests'.padStart(9)} ${'bytes'.padStart(9)} ${'units'.padStart(8)} ${'ms'.padStart(8)} ${'$ per 1,000'.padStart(12)} ${'a second'.padStart(9)}`,
  );
  for (const [name, query] of Object.entries(queries)) {
    for (const shards of shardCounts) {
      const { requests, bytes, units, ms, perSecond } = costOf(query, hundred, shards, decodeMs);
      const dollars = ((units * 1_000) / 1e6) * assumed.priceOfMillion;
      console.log(
        `${(shards === 1 ? name : '').padEnd(20)} ${String(shards).padStart(6)} ${requests.toLocaleString('en').padStart(9)} ${megabytes(bytes).padStart(9)} ${units.toLocaleString('en').padStart(8)} ${ms.toFixed(0).padStart(8)} ${dollars.toFixed(2).padStart(12)} ${perSecond.toFixed(1).padStart(9)}`,
      );
    }
  }

  console.log(
    `\nwhere the shard digit pays: the fewest shards that leave the time within a tenth of the best / that let it be asked ${assumed.timesASecond} times a second`,
  );
  for (const messages of archives) {
    const classes = classesOf(messages);
    const line = Object.entries(queries).map(([name, query]) => {
      const costs = shardCounts.map((shards) => ({ shards, ...costOf(query, classes, shards, decodeMs) }));
      const best = Math.min(...costs.map(({ ms }) => ms));
      const fast = costs.find(({ ms }) => ms <= best * 1.1);
      const often = costs.find(({ perSecond }) => perSecond >= assumed.timesASecond);
      return `${name} ${fast?.shards} / ${often?.shards ?? `more than ${shardCounts.at(-1)}`} (${costs[0]?.ms.toFixed(0)} → ${best.toFixed(0)} ms)`;
    });
    console.log(`  ${(messages / 1e6).toLocaleString('en').padStart(5)} million: ${line.join(', ')}`);
  }
}
