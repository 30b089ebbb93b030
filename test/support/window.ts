// The built window on the whole embedded ground, with a real browser: people sign in with their own button.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type DemoPerson, demoPeople } from '#infra/local/identity/demo-people.ts';
import { type Ground, startGround } from '#infra/local/start-ground.ts';
import { startBrowser } from './browser.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const built = join(root, 'web/dist/index.html');
const lock = join(root, 'node_modules/.cache/window-build');

function isFresh(): boolean {
  const sources = ['web/src', 'web/public', 'shared/contract', 'shared/core'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const newest = Math.max(...[...sources, join(root, 'web/index.html')].map((file) => statSync(file).mtimeMs));
  return existsSync(built) && statSync(built).mtimeMs > newest;
}

/** Test files run side by side: one of them builds, the others wait. A lock that was left behind counts for two minutes. */
async function takeLock(): Promise<void> {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch {
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > 120_000) rmSync(lock, { recursive: true, force: true });
      else await sleep(200);
    }
  }
}

/** Builds the window when it is not there, or older than what it is built from. */
export async function buildWindow(): Promise<void> {
  await takeLock();
  try {
    if (isFresh()) return;
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    // Not the environment of the tests: a development build of React is larger and talks to the console.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error'], { cwd: root, env });
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

export interface OpenWindow {
  readonly ground: Ground;
  readonly browser: Browser;
  /** A fresh browser context in which this person has signed in through the front door. */
  readonly signIn: (id: DemoPerson['id']) => Promise<Page>;
  /** Errors of pages and what the content security policy refused, of every page that signed in. */
  readonly complaints: readonly string[];
  /** Pictures of all open pages, for whoever must find out why a test failed; they lie in the cache of node_modules. */
  readonly picture: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openWindow(): Promise<OpenWindow> {
  await buildWindow();
  const folder = mkdtempSync(join(tmpdir(), 'woordspoor-window-'));
  const [ground, browser] = await Promise.all([startGround({ port: 0, folder, empty: false, today: null }), startBrowser()]);
  const complaints: string[] = [];
  return {
    ground,
    browser,
    complaints,
    signIn: async (id) => {
      const person = demoPeople.find((one) => one.id === id);
      if (person === undefined) throw new Error(`no demo person ${id}`);
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'nl-NL', reducedMotion: 'reduce', baseURL: ground.publicUrl });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`${error.name}: ${error.message}`));
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
      });
      await page.goto('/');
      await page.getByRole('link', { name: 'Inloggen met uw werkaccount' }).click();
      await page.getByRole('button', { name: person.name }).click();
      await page.getByText(person.name).first().waitFor();
      return page;
    },
    picture: async (name) => {
      const pages = browser.contexts().flatMap((context) => context.pages());
      const file = join(root, 'node_modules/.cache/window-failures', name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80));
      await Promise.all(pages.map((page, at) => page.screenshot({ path: `${file}-${at}.png` })));
    },
    close: async () => {
      await browser.close();
      await ground.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** axe finds nothing and nothing sticks out, wide and narrow. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: width === 1280 ? 900 : 844 });
    // The bar at the edge of a narrow screen lies over whatever happens to be scrolled there: not a matter of that target's size.
    await page.evaluate("document.querySelectorAll('.rail, .top').forEach((bar) => { bar.style.position = 'static'; })");
    const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
    expect({ width, violations: violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`) }).toEqual({
      width,
      violations: [],
    });
    const sticksOut = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(sticksOut).toBe(0);
    expect(await page.locator('h1').count()).toBe(1);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate("document.querySelectorAll('.rail, .top').forEach((bar) => { bar.style.position = ''; })");
}
