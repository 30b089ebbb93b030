// The window stays light: all its JavaScript together, and what the first page needs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { buildWindow } from '#test/support/window.ts';

const dist = join(import.meta.dirname, '../../web/dist');
const packed = (file: string) => gzipSync(readFileSync(join(dist, file))).length;

beforeAll(buildWindow, 120_000);

it('loads at most 175 kB of JavaScript, gzipped, with the first page', () => {
  const first = readFileSync(join(dist, 'index.html'), 'utf8').match(/assets\/[\w.-]+\.js/g) ?? [];
  expect(first.length).toBeGreaterThan(1);
  expect([...new Set(first)].reduce((sum, name) => sum + packed(name), 0)).toBeLessThan(175_000);
});

// 23 kB of it is for who searches: the parser of queries, which the window shares with the archive, and the pages of saved searches and
// the report. None of it comes with the first page, whose limit went down by as much as moved out of it.
it('is at most 260 kB of JavaScript, all pages together, beside the table of the selection list, the readers and PDF.js', () => {
  const scripts = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js') && !/^(?:selection-list|sift-worker|pdf-worker)/.test(name));
  expect(scripts.reduce((sum, name) => sum + packed(`assets/${name}`), 0)).toBeLessThan(260_000);
});

it('loads the readers of all formats only when a file is picked: at most 125 kB', () => {
  const worker = readdirSync(join(dist, 'assets')).filter((name) => name.startsWith('sift-worker'));
  expect(worker).toHaveLength(1);
  expect(packed(`assets/${worker[0]}`)).toBeLessThan(125_000);
});

it('loads PDF.js only when somebody looks at a PDF: at most 500 kB', () => {
  const worker = readdirSync(join(dist, 'assets')).filter((name) => name.startsWith('pdf-worker'));
  expect(worker).toHaveLength(1);
  expect(packed(`assets/${worker[0]}`)).toBeLessThan(500_000);
  const pages = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js') && name !== worker[0]);
  expect(pages.filter((name) => readFileSync(join(dist, 'assets', name), 'utf8').includes('getTextContent'))).toEqual([]);
});

it('has no inline script, no inline style and nothing from elsewhere', () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|https?:/);
});

it('prunes the stylesheet', () => {
  const styles = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.css'));
  expect(styles.reduce((sum, name) => sum + packed(`assets/${name}`), 0)).toBeLessThan(25_000);
});
