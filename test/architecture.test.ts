// Keeps the walls between the rooms: a plain text scan of imports, with planted breaches that prove it bites.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doors } from '#infra/manifest.ts';

const root = join(import.meta.dirname, '..');

/** Which rooms a room may import, and which packages, because. A package is named by its start. */
const rooms: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[]; readonly because: string }>> = {
  core: {
    rooms: [],
    packages: ['zod', 'fflate', 'saxes', 'postal-mime', 'unpdf'],
    because: 'core thinks: same input, same output, in Lambda and in the browser',
  },
  contract: { rooms: ['core'], packages: ['zod'], because: 'the contract is shapes only' },
  store: { rooms: ['core'], packages: ['@aws-sdk/', '@smithy/', 'node:', 'yauzl', 'file-type'], because: 'only the store knows DynamoDB, S3 and zip bytes' },
  flow: { rooms: ['core', 'store'], packages: [], because: 'a flow loads, asks core and saves' },
  runtime: {
    rooms: ['core', 'store', 'flow'],
    packages: ['@aws-sdk/', '@smithy/', '@aws-lambda-powertools/', 'node:', 'zod', 'aws-lambda'],
    because: 'runtime plugs in',
  },
  functions: {
    rooms: ['core', 'contract', 'flow', 'runtime'],
    packages: ['hono', '@hono/', 'zod', 'jose', 'openid-client', 'pdfkit', 'hucre/', 'tesseract.js', 'bidi-js', '@expo-google-fonts/', 'node:', 'aws-lambda'],
    because: 'doors never touch the store',
  },
  'command-line': { rooms: ['core', 'contract'], packages: ['zod', 'node:'], because: 'the command line is a client of the API, as any other' },
  infra: { rooms: ['core', 'store', 'flow', 'runtime', 'functions'], packages: [''], because: 'the ground may use anything, doors through the manifest' },
  web: { rooms: ['core', 'contract'], packages: [''], because: 'the window knows the contract, not the house' },
};

const importPattern = /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

function roomOf(file: string): string {
  const parts = file.split(sep);
  if (parts[0] === 'functions' && parts[1] === 'command-line') return 'command-line';
  return parts[0] === 'shared' ? (parts[1] ?? '') : (parts[0] ?? '');
}

function breaches(file: string, source: string): string[] {
  const room = roomOf(file);
  const rule = rooms[room];
  if (rule === undefined) return [];
  const found: string[] = [];
  for (const match of source.matchAll(importPattern)) {
    const target = match[1] ?? match[2] ?? match[3] ?? '';
    if (target.startsWith('#')) {
      const [named = '', stage = ''] = target.slice(1).split('/');
      const to = named === 'functions' && stage === 'command-line' ? stage : named;
      if (to !== room && !rule.rooms.includes(to)) found.push(`${file}: ${room} may not import ${target}: ${rule.because}`);
      if (room === 'core' && to === 'core') {
        const from = file.split(sep)[2] ?? '';
        if (stage !== from && stage !== 'model' && stage !== 'text')
          found.push(`${file}: core/${from} may not import core/${stage}: a stage never imports another`);
      }
      if (!target.endsWith('.ts') && !target.endsWith('.json')) found.push(`${file}: ${target} lacks its .ts ending`);
    } else if (target.startsWith('.')) {
      const to = roomOf(relative(root, join(root, file, '..', target)));
      if (to !== room) found.push(`${file}: ${target} leaves its room by a relative path`);
      if (room === 'core') {
        const [from, stage] = [file.split(sep)[2] ?? '', relative(root, join(root, file, '..', target)).split(sep)[2] ?? ''];
        if (stage !== from && !stage.endsWith('.ts')) found.push(`${file}: ${target} leaves its stage by a relative path`);
      }
    } else if (!rule.packages.some((name) => target === name || target.startsWith(name))) {
      found.push(`${file}: ${room} may not use the package ${target}: ${rule.because}`);
    }
  }
  const readsEnvironment = room === 'runtime' || room === 'infra' || file === join('functions', 'command-line', 'environment.ts');
  if (!readsEnvironment && /process\.env|\benv\b[^\n]*= process\b/.test(source)) found.push(`${file}: only runtime/config reads the environment`);
  if (room === 'core' && /\bDate\.now\(|new Date\(\)|Math\.random\(|\bIntl\./.test(source))
    found.push(`${file}: core takes clock, chance and zone as arguments`);
  return found;
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/node_modules|[\\/]dist[\\/]/.test(entry.parentPath))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const sources = ['shared', 'functions', 'infra', 'web'].flatMap(filesBelow);

describe('the walls between the rooms', () => {
  it('sees the house', () => {
    expect(sources.length).toBeGreaterThan(60);
  });

  it('finds no breach', () => {
    expect(sources.flatMap((file) => breaches(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  it.each([
    ['shared/core/search/plan.ts', "import { get } from '#store/bundle-store.ts';", 'core may not import #store'],
    ['shared/core/search/plan.ts', "import { readFileSync } from 'node:fs';", 'may not use the package node:fs'],
    ['shared/core/search/plan.ts', "import { x } from '#core/retention/period.ts';", 'a stage never imports another'],
    ['shared/core/search/plan.ts', "import { x } from '../retention/period.ts';", 'leaves its stage'],
    ['shared/core/search/plan.ts', 'export const now = () => new Date();', 'core takes clock'],
    ['shared/contract/bundle.ts', "import { x } from '#flow/put-case.ts';", 'contract may not import'],
    ['shared/flow/put-case.ts', "import { S3Client } from '@aws-sdk/client-s3';", 'flow may not use the package'],
    ['functions/api.ts', "import { makeBundleStore } from '#store/bundle-store.ts';", 'functions may not import'],
    ['functions/api.ts', "const load = () => import('#store/bundle-store.ts');", 'functions may not import'],
    ['functions/command-line/send-file.ts', "import { registerBundle } from '#flow/register-bundle.ts';", 'command-line may not import #flow'],
    ['functions/command-line/send-file.ts', "import { Config } from '#runtime/config.ts';", 'command-line may not import #runtime'],
    ['functions/command-line/send-file.ts', "import { problemResponse } from '../api/problem.ts';", 'leaves its room by a relative path'],
    ['functions/command-line/run.ts', 'const { env } = process;', 'only runtime/config reads the environment'],
    ['functions/api.ts', "import { text } from '#functions/command-line/text.nl.ts';", 'functions may not import #functions/command-line'],
    ['web/src/page.tsx', "import { put } from '#flow/put-case.ts';", 'web may not import'],
    ['shared/flow/put-case.ts', "import { x } from '../core/model/case.ts';", 'leaves its room by a relative path'],
    ['shared/flow/put-case.ts', "import { x } from '#core/model/case';", 'lacks its .ts ending'],
    ['functions/api.ts', "const key = process.env['KEY'];", 'only runtime/config reads the environment'],
  ])('bites: %s with %s', (file, source, complaint) => {
    expect(breaches(file.split('/').join(sep), source).join('\n')).toContain(complaint);
  });
});

describe('names and manner', () => {
  const banned = /(^|[\\/])(utils?|helpers?|common|misc|types|index)\.tsx?$/;

  it('has no file named after nothing, and none with capitals', () => {
    const tests = filesBelow('test');
    expect([...sources, ...tests].filter((file) => banned.test(file) || /[A-Z_]/.test(file.split(sep).pop() ?? ''))).toEqual([]);
    expect(banned.test('shared/core/utils.ts')).toBe(true);
  });

  it('has the doors side by side in functions/, and what serves them in folders', () => {
    const files = readdirSync(join(root, 'functions'), { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [`functions/${entry.name}`] : []));
    expect(files.sort()).toEqual(doors.map(({ entry }) => entry as string).sort());
  });

  it('mocks no module', () => {
    const mocking = filesBelow('test').filter((file) => !file.endsWith('architecture.test.ts') && /\bvi\.mock\(/.test(readFileSync(join(root, file), 'utf8')));
    expect(mocking).toEqual([]);
  });

  it('has no "if local"', () => {
    const asking = ['shared', 'functions'].flatMap(filesBelow).filter((file) => /if\s*\(\s*(is)?local/i.test(readFileSync(join(root, file), 'utf8')));
    expect(asking).toEqual([]);
  });
});
