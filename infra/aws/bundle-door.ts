// One bundle a door, by esbuild on this machine: no Docker, no other runtime. The package's module builds are taken, which are a fifth smaller.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export interface DoorBundle {
  readonly folder: string;
  readonly file: string;
  readonly bytes: number;
}

/** Some packages ask for `require`, which an ES module has not. The name differs from any that a bundled file may import. */
const banner = "import{createRequire as requireOfBundle}from'node:module';const require=requireOfBundle(import.meta.url);";

/** Bundles an entry (path from the root of the repository) into `folder/index.mjs`. Names stay readable, for stack traces. */
export function bundleEntry(root: string, entry: string, folder: string): DoorBundle {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'index.mjs');
  buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    jsx: 'automatic',
    banner: { js: banner },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'error',
  });
  return { folder, file, bytes: statSync(file).size };
}
