// `npm run fuzz [-- --inputs 100000] [--seed 1] [--reader whatsapp] [--only 1234]`: a process thread per reader under a watchdog.
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { readers } from '#core/parse/readers.ts';
import type { FuzzFailure } from './fuzz-reader.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    reader: { type: 'string' },
    only: { type: 'string' },
  },
});
const timeCap = 5000;
const hangMs = 2 * timeCap;
const seed = Number(values.seed);
const from = values.only === undefined ? 0 : Number(values.only);
const to = values.only === undefined ? Number(values.inputs) : from + 1;
const chosen = readers.filter(({ format }) => values.reader === undefined || values.reader === format);
if (chosen.length === 0 || !Number.isSafeInteger(seed) || !Number.isSafeInteger(from) || !(to > from)) {
  console.error(`usage: npm run fuzz -- [--inputs N] [--seed N] [--only N] [--reader ${readers.map(({ format }) => format).join('|')}]`);
  process.exit(2);
}

/** A reader that hangs never lets its own thread look at the clock: this one does. */
function fuzzApart(format: string): Promise<readonly FuzzFailure[]> {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('fuzz-worker.ts', import.meta.url), { workerData: { format, seed, from, to, timeCap, progress } });
  return new Promise((resolve, reject) => {
    let seen = -1;
    let since = process.cpuUsage();
    const watch = setInterval(() => {
      const input = Atomics.load(progress, 0);
      // All that this process does is that thread's work. By the clock a busy machine would make every reader hang.
      const { user, system } = process.cpuUsage(since);
      if (input === seen && (user + system) / 1000 > hangMs) {
        clearInterval(watch);
        void worker.terminate();
        resolve([{ format, input, reason: `hangs for more than ${hangMs} ms` }]);
      }
      if (input !== seen) since = process.cpuUsage();
      seen = input;
    }, 1000);
    worker.once('message', (failures: readonly FuzzFailure[]) => {
      clearInterval(watch);
      resolve(failures);
    });
    worker.once('error', (cause) => {
      clearInterval(watch);
      reject(new Error(`${format} broke its thread at input ${Atomics.load(progress, 0)}`, { cause }));
    });
  });
}

let failed = 0;
for (const { format } of chosen) {
  const began = performance.now();
  const failures = await fuzzApart(format);
  failed += failures.length;
  console.log(`${format.padEnd(16)} ${to - from} inputs, ${failures.length} failures, ${((performance.now() - began) / 1000).toFixed(1)} s`);
  for (const { input, reason } of failures.slice(0, 5)) console.log(`  --seed ${seed} --reader ${format} --only ${input}: ${reason}`);
}
process.exitCode = failed === 0 ? 0 : 1;
