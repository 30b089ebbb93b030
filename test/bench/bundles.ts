// Size and import time of each door's bundle: what a cold start pays before the first line of the door runs. Each import in a process of its own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleEntry } from '#infra/aws/bundle-door.ts';
import { type Door, doors } from '#infra/manifest.ts';
import { startBundle } from '#test/infra/aws/bundle-process.ts';

export interface BundleFigures {
  readonly door: string;
  readonly kilobytes: number;
  readonly zippedKilobytes: number;
  /** Median of the imports. */
  readonly importMs: number;
}

const imports = 5;

async function importTime(file: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < imports; i++) {
    const child = await startBundle(file, '{}');
    times.push(child.importMs);
    await child.stop();
  }
  return times.sort((a, b) => a - b)[Math.floor(imports / 2)] ?? Number.NaN;
}

/** Prints a line for each door of the manifest; returns the figures. */
export async function benchBundles(): Promise<readonly BundleFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'woordspoor-bundles-'));
  const root = join(import.meta.dirname, '..', '..');
  const figures: BundleFigures[] = [];
  try {
    console.log(`${'door'.padEnd(22)}${'kB'.padStart(8)}${'gz kB'.padStart(8)}${'import ms'.padStart(11)}`);
    const every: readonly Door[] = doors;
    for (const { name, entry, beside } of every) {
      const { file, bytes } = bundleEntry(root, entry, join(folder, name), beside);
      const one = {
        door: name,
        kilobytes: Math.round(bytes / 1000),
        zippedKilobytes: Math.round(gzipSync(readFileSync(file)).length / 1000),
        importMs: await importTime(file),
      };
      figures.push(one);
      console.log(`${name.padEnd(22)}${String(one.kilobytes).padStart(8)}${String(one.zippedKilobytes).padStart(8)}${one.importMs.toFixed(0).padStart(11)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return figures;
}
