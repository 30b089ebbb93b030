// One bundle a door, by esbuild on this machine: no Docker, no other runtime. The package's module builds are taken, which are a fifth smaller.
import { copyFileSync, cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { buildSync } from 'esbuild';
import type { Door } from '#infra/manifest.ts';

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

/** Files of a package that a door reads at work; of a package that is not named here all. */
const filesInUse: Readonly<Record<string, RegExp>> = {
  'tesseract.js': /^(?:src(?:\/.*)?|package\.json)$/,
  // One engine for each kind of processor, as the package chooses under Node; those for browsers weigh 35 MB.
  'tesseract.js-core': /^(?:package\.json|index\.js|tesseract-core-(?:relaxed)?simd\.(?:js|wasm))$/,
  zlibjs: /^(?:package\.json|bin(?:\/node-zlib\.js)?)$/,
  '@tesseract.js-data/nld': /^(?:package\.json|index\.js|4\.0\.0_best_int(?:\/.*)?)$/,
};
/** Asked for by a package, and of no use in a door: what fetches, what is for browsers, what begs. */
const unused: ReadonlySet<string> = new Set(['node-fetch', 'idb-keyval', 'opencollective-postinstall']);

/** Packages that read their own files lie in `node_modules/` beside the bundle, with what they need. */
function placePackages(root: string, names: readonly string[], folder: string, placed = new Set<string>()): void {
  for (const name of names) {
    if (placed.has(name) || unused.has(name)) continue;
    placed.add(name);
    const from = join(root, 'node_modules', name);
    const inUse = filesInUse[name] ?? /./;
    cpSync(from, join(folder, 'node_modules', name), {
      recursive: true,
      filter: (source) => source === from || inUse.test(relative(from, source).split(sep).join('/')),
    });
    const { dependencies = {} } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { readonly dependencies?: Readonly<Record<string, string>> };
    placePackages(root, Object.keys(dependencies), folder, placed);
  }
}

/** Bundles an entry (path from the root of the repository) into `folder/index.mjs`, with what must lie beside it. */
export function bundleEntry(root: string, entry: string, folder: string, beside: Door['beside'] = { entries: [], packages: [] }): DoorBundle {
  mkdirSync(folder, { recursive: true });
  for (const thread of beside.entries) bundleFile(root, thread, join(folder, basename(thread).replace(/\.ts$/, '.mjs')), beside.packages);
  placePackages(root, beside.packages, folder);
  return { folder, ...bundleFile(root, entry, join(folder, 'index.mjs'), beside.packages) };
}

/** Names stay readable, for stack traces. */
function bundleFile(root: string, entry: string, file: string, external: readonly string[]): Omit<DoorBundle, 'folder'> {
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    external: [...external],
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
  placeBeside(root, file, Object.keys(metafile.inputs), dirname(file));
  return { file, bytes: statSync(file).size };
}
