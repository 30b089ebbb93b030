// The thread of one reader in `npm run fuzz`: says at which input it is, and at the end what failed.
import { parentPort, workerData } from 'node:worker_threads';
import { readers } from '#core/parse/readers.ts';
import { fuzzReader } from './fuzz-reader.ts';

const { format, seed, from, to, timeCap, progress } = workerData as {
  readonly format: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly timeCap: number;
  readonly progress: Int32Array;
};
const reader = readers.find((known) => known.format === format);
if (reader === undefined) throw new Error(`no reader of ${format}`);
parentPort?.postMessage(await fuzzReader(reader, { seed, from, to, timeCap, onInput: (input) => Atomics.store(progress, 0, input) }));
