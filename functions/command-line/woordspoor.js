#!/usr/bin/env node
// The command `woordspoor`. The program is TypeScript that Node 24 runs as it is; an older node hands over to the one that came with `npm ci`.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./run.ts', import.meta.url));
const packaged = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= 24) {
  await import('./run.ts');
} else if (existsSync(packaged)) {
  const child = spawn(packaged, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches both: the program ends in its own way, and we after it.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)));
} else {
  process.stderr.write('Woordspoor heeft Node 24 nodig. Installeer Node 24, of geef eerst de opdracht: npm ci\nWoordspoor needs Node 24 or newer.\n');
  process.exitCode = 2;
}
