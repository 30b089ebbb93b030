// Upload's text → searchable, on the embedded engine, beside the raw engine writing the same items.
import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { toKey } from '#store/index/batch.ts';
import { itemsOfSegment } from '#store/index/segment-items.ts';
import { indexKey } from '#store/table.ts';
import { type ArchiveOptions, benchBundleId, benchTables, chatOptionsOf, fillArchive, segmentsOfText, startBenchEngine } from './corpus/archive.ts';
import { whatsAppText } from './corpus/dutch-chat.ts';

function perSecond(count: number, ms: number): string {
  return `${Math.round((count / ms) * 1000).toLocaleString('en')}/s`;
}

function engineless(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The same items, made beforehand, by bare BatchWrite requests: what the engine can do at best. */
async function writeRaw(options: ArchiveOptions): Promise<{ readonly ms: number; readonly cpu: number; readonly items: number }> {
  const engine = await startBenchEngine();
  // All made before the clock starts: a pause between the writes would let the engine catch up with what it puts off.
  const requests: WriteRequest[] = [];
  for (let bundle = 0; bundle < options.bundles; bundle++) {
    const id = benchBundleId(bundle);
    for await (const segment of segmentsOfText(id, () => whatsAppText(chatOptionsOf(bundle, options)), `Wijkteam ${bundle}`)) {
      for (const Item of itemsOfSegment(segment, 1)) requests.push({ PutRequest: { Item } });
    }
    requests.push({ PutRequest: { Item: toKey(indexKey.conversation(id, 1)) } });
  }
  const before = engine.cpu().engine;
  const start = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < requests.length) {
      const part = requests.slice(next, next + 25);
      next += 25;
      await engine.dynamo.send(new BatchWriteItemCommand({ RequestItems: { [benchTables.index]: part } }));
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  const ms = performance.now() - start;
  const cpu = engine.cpu().engine - before;
  await engine.stop();
  return { ms, cpu, items: requests.length };
}

export async function benchIndex(options: ArchiveOptions = { bundles: 200, messagesEach: 5_000 }): Promise<void> {
  const total = options.bundles * options.messagesEach;
  // Made once without a clock: the corpus itself must not count, so its making is measured and taken off.
  const startMaking = performance.now();
  const cpuBefore = process.cpuUsage();
  let units = 0;
  for (let bundle = 0; bundle < options.bundles; bundle++) for (const piece of whatsAppText(chatOptionsOf(bundle, options))) units += piece.length;
  const making = performance.now() - startMaking;
  const makingCpu = engineless(cpuBefore);

  const engine = await startBenchEngine();
  const startCpu = engine.cpu();
  const start = performance.now();
  const archive = await fillArchive(engine, options);
  const gross = performance.now() - start;
  const used = engine.cpu();
  const oursCpu = used.ours - startCpu.ours - makingCpu * 2;
  const engineCpu = used.engine - startCpu.engine;
  const ms = gross - making * 2; // the reader opens the text twice: survey, then reading
  await engine.stop();

  const counted = await startBenchEngine();
  counted.counting.on = true;
  const sample = await fillArchive(counted, { ...options, bundles: Math.min(10, options.bundles) });
  await counted.stop();
  const raw = await writeRaw(options);

  console.log(`corpus              ${total.toLocaleString('en')} messages in ${options.bundles} bundles, ${Math.round(units / 1e6)} MB of text`);
  console.log(
    `text → searchable   ${perSecond(archive.messages, ms)} messages (${(ms / 1000).toFixed(1)} s; making the corpus, ${((making * 2) / 1000).toFixed(1)} s, taken off)`,
  );
  console.log(
    `processor           ${((oursCpu * 1000) / archive.messages).toFixed(1)} µs a message in our process, ${((engineCpu * 1000) / archive.messages).toFixed(1)} µs in the engine's (side by side on two cores)`,
  );
  console.log(`items               ${archive.items.toLocaleString('en')}: ${(archive.items / archive.messages).toFixed(3)} a message`);
  console.log(
    `write units         ${(counted.tally.writeUnits / sample.messages).toFixed(3)} a message, ${(counted.tally.requests / sample.messages).toFixed(4)} requests a message`,
  );
  console.log(
    `raw engine          ${(raw.ms / 1000).toFixed(1)} s for the same ${raw.items.toLocaleString('en')} items: ours takes ${(ms / raw.ms).toFixed(2)} × that; its processor ${(raw.cpu / 1000).toFixed(1)} s`,
  );
}
