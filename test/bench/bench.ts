// `npm run bench [part …]`: figures of one run on this machine, as ratios beside the best alternative. Never in timed tests.
const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  parse: async () => (await import('./parse.ts')).benchParse(),
  index: async () => (await import('./indexing.ts')).benchIndex(),
  search: async () => (await import('./search.ts')).benchSearch(),
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
for (const part of asked.length > 0 ? asked : Object.keys(parts)) {
  console.log(`\n## ${part}`);
  await parts[part]?.();
}
