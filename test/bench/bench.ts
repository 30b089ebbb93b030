// `npm run bench [part …]`: figures of one run on this machine, as ratios beside the best alternative. Never in timed tests.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  parse: async () => (await import('./parse.ts')).benchParse(),
  index: async () => (await import('./indexing.ts')).benchIndex(),
  search: async () => (await import('./search.ts')).benchSearch(),
  dictionary: async () => (await import('./dictionary.ts')).benchDictionary(),
  simulation: async () => (await import('./simulation.ts')).benchSimulation(),
  'search-many': async () => (await import('./search.ts')).benchSearch({ bundles: 3_000, messagesEach: 300 }),
  destruction: async () => (await import('./destruction.ts')).benchDestruction(),
  audit: async () => (await import('./audit.ts')).benchAudit(),
  large: async () => (await import('./large.ts')).benchLarge(),
  bundles: async () => (await import('./bundles.ts')).benchBundles(),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((part) => parts[part] === undefined);
if (unknown.length > 0) {
  console.error(`unknown part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
const chosen = asked.length > 0 ? asked : Object.keys(parts);
for (const part of chosen) {
  if (chosen.length === 1) {
    await parts[part]?.();
    continue;
  }
  console.log(`\n## ${part}`);
  // A process for each part: what one leaves in memory must not slow the next.
  const { status } = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), part], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
