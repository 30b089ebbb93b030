// The audit log held against its seals: a million events without any store, to see what thinking costs, and through the engines, sealed and verified.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { dayPlus } from '#core/audit/audit-day.ts';
import { hexOf, type StoredItem } from '#core/audit/canonical-item.ts';
import { sealText } from '#core/audit/seal.ts';
import { sealDay } from '#core/audit/seal-day.ts';
import { type SealedLog, verifySeals } from '#core/audit/verify-seals.ts';
import type { CalendarDate, Instant } from '#core/model/time.ts';
import { sealAuditDays } from '#flow/seal-audit-days.ts';
import { verifyAudit } from '#flow/verify-audit.ts';
import { createTables } from '#infra/local/dynamo.ts';
import { makeDynamo } from '#store/clients.ts';
import { sha256 } from '#store/seal-store.ts';
import { startEngines } from '#test/support/engines.ts';
import { lifecycleOn, night } from '#test/support/lifecycle.ts';

const first = '2026-11-01' as CalendarDate;
const thought = { days: 100, perDay: 10_000 };
const stored = { days: 10, perDay: 10_000 };

function eventAt(day: string, n: number) {
  const at = `${day}T${new Date(n * 8_000).toISOString().slice(11)}`;
  const id = `event_${n
    .toString(32)
    .toUpperCase()
    .replaceAll(/[ILOU]/g, 'X')
    .padStart(26, '0')}`;
  const named = { actor: `sub-${n % 500}`, role: 'records-manager', action: 'conversation.read', object: `bundle_${String(n % 1000).padStart(26, '0')}` };
  return { id, at, ...named, result: 'done', origin: `api/${id.slice(6)}`, facts: { conversation: n % 7, from: n, messages: 100 } };
}

function itemAt(day: string, n: number): StoredItem {
  const { facts, ...event } = eventAt(day, n);
  const texts = Object.entries({ pk: `DAY#${day}`, sk: `${event.at}#${event.id}`, ...event }).map(([name, S]) => [name, { S }] as const);
  return { ...Object.fromEntries(texts), facts: { M: Object.fromEntries(Object.entries(facts).map(([name, N]) => [name, { N: String(N) }])) } };
}

interface Watched<T> {
  readonly value: T;
  readonly seconds: number;
  /** Of this process, whatever else the machine does. */
  readonly cpuSeconds: number;
}

async function watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const before = process.cpuUsage();
  const start = performance.now();
  const value = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { value, seconds, cpuSeconds: (user + system) / 1e6 };
}

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;
/** What is alive, in MB. */
function alive(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Events made anew each time they are asked for: nothing is kept but seals and pages of leaves. */
async function thinking(): Promise<void> {
  const seals = new Map<string, string>();
  const pages = new Map<string, string>();
  async function* events(day: CalendarDate) {
    for (let n = 0; n < thought.perDay; n += 2_000) yield Array.from({ length: 2_000 }, (_, i) => itemAt(day, n + i));
  }
  const log: SealedLog = {
    sealedDays: async () => [...seals.keys()] as CalendarDate[],
    seal: async (day) => seals.get(day) ?? null,
    leafPage: async (_day, name) => pages.get(name) ?? null,
    events: (day) => (seals.has(day) ? events(day) : noEvents()),
    lateEvents: noEvents,
    firstDayBefore: async () => null,
  };
  let previous: string | null = null;
  for (let n = 0; n < thought.days; n++) {
    const day = dayPlus(first, n);
    const seal = await sealDay(sha256, { day, previous, madeAt: `${day}T00:00:00.000Z` as Instant, events: events(day), late: [] }, async (text) => {
      const name = hexOf(sha256(text));
      pages.set(name, text);
      return name;
    });
    seals.set(day, sealText(seal));
    previous = hexOf(sha256(sealText(seal)));
  }
  const epochMs = Date.parse(dayPlus(first, thought.days + 1));
  const held: number[] = [];
  let day = 0;
  const outOfTime = () => {
    if (day++ % 10 === 0) held.push(alive());
    return false;
  };
  const { value, seconds, cpuSeconds } = await watched(() => verifySeals(log, sha256, { from: null, epochMs, outOfTime }));
  if (!value.ok || value.checked !== thought.days * thought.perDay) throw new Error('bench: the log does not fit');
  const memory = `memory alive on the way differs by ${(Math.max(...held) - Math.min(...held)).toFixed(1)} MB`;
  console.log(
    `verify, no store    ${value.checked} events in ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU, making the events included; ${memory}`,
  );
}

async function* noEvents(): AsyncGenerator<readonly StoredItem[]> {}

/** DynamoDB in a process of its own, as `npm start` has it. */
async function startDynamoApart(): Promise<{ readonly endpoint: string; readonly stop: () => void }> {
  const child = spawn(process.execPath, [...process.execArgv, new URL('./corpus/dynamo-process.ts', import.meta.url).pathname, ''], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { endpoint: line.toString().trim(), stop: () => child.stdin.end() };
}

async function throughEngines(): Promise<void> {
  const [engines, apart] = await Promise.all([startEngines(), startDynamoApart()]);
  const { config } = engines;
  const dynamo = makeDynamo({ region: config.region, endpoint: apart.endpoint, credentials: config.credentials });
  try {
    await createTables(dynamo, config.tables);
    const life = lifecycleOn({ ...engines, dynamo }, '2026-12-01');
    life.pass(Date.parse(`${dayPlus(first, stored.days)}T03:00:00Z`) - life.house.clock.epochMs());
    for (let d = 0; d < stored.days; d++) {
      const day = dayPlus(first, d);
      for (let n = 0; n < stored.perDay; n += 25) {
        const puts = Array.from({ length: 25 }, (_, i) => {
          const event = eventAt(day, n + i);
          return { PutRequest: { Item: { pk: `DAY#${day}`, sk: `${event.at}#${event.id}`, ...event } } };
        });
        await dynamo.send(new BatchWriteCommand({ RequestItems: { [config.tables.audit]: puts } }));
      }
    }
    const events = stored.days * stored.perDay;
    const sealed = await watched(() => sealAuditDays(life.house, night));
    const verified = await watched(() => verifyAudit(life.house, null, 600_000));
    if (!verified.value.ok || verified.value.checked !== events) throw new Error('bench: the log does not fit');
    const rate = ({ seconds }: { readonly seconds: number }) => `${Math.round(events / seconds)} events/s`;
    console.log(`through the engines ${events} events on ${stored.days} days: sealed ${rate(sealed)}, verified ${rate(verified)}`);
    const million = ((verified.seconds / events) * 1e6).toFixed(0);
    const cpu = ((verified.cpuSeconds / events) * 1e6).toFixed(0);
    console.log(
      `                    at this rate 1,000,000 are verified in ${million} s (goal: 60 s), ${cpu} s of CPU beside the engine's; load ${loadavg()[0]?.toFixed(1)}`,
    );
  } finally {
    dynamo.destroy();
    apart.stop();
    await engines.stop();
  }
}

export async function benchAudit(): Promise<void> {
  await thinking();
  await throughEngines();
}
