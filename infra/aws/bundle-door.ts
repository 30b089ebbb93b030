// One bundle a door, by esbuild on this machine: no Docker, no other runtime. The package's module builds are taken, which are a fifth smaller.
import { copyFileSync, cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';

export interface DoorBundle {
  readonly folder: string;
  readonly file: string;
  readonly bytes: number;
}

/** Some packages ask for `require`, which an ES module has not. The name differs from any that a bundled file may import. */
const banner = "import{createRequire as requireOfBundle}from'node:module';const require=requireOfBundle(import.meta.url);";

/** Fonts that a file names in its package: they come to lie beside the bundle. */
const fontName = /["'`]((?:@[\w.-]+\/)?[\w.-]+\/[\w./-]+\.ttf)["'`]/g;

/** What a bundle reads from the disk lies in `data/` beside it: the fonts that it names, and what pdfkit keeps there itself. */
function placeBeside(root: string, bundle: string, inputs: readonly string[], folder: string): void {
  const modules = join(root, 'node_modules');
  const data = join(folder, 'data');
  if (inputs.some((input) => input.includes('node_modules/pdfkit/'))) cpSync(join(modules, 'pdfkit', 'js', 'data'), data, { recursive: true });
  for (const [, font = ''] of readFileSync(bundle, 'utf8').matchAll(fontName)) {
    mkdirSync(data, { recursive: true });
    copyFileSync(join(modules, font), join(data, basename(font)));
  }
}

/** Bundles an entry (path from the root of the repository) into `folder/index.mjs`. Names stay readable, for stack traces. */
export function bundleEntry(root: string, entry: string, folder: string): DoorBundle {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'index.mjs');
  const { metafile } = buildSync({
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
    metafile: true,
  });
  placeBeside(root, file, Object.keys(metafile.inputs), folder);
  return { folder, file, bytes: statSync(file).size };
}
