// The built window on the whole embedded ground, with a real browser: people sign in with their own button.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type DemoPerson, demoPeople } from '#infra/local/identity/demo-people.ts';
import { type Ground, startGround } from '#infra/local/start-ground.ts';
import { startBrowser } from './browser.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the window when it is not there, or older than what it is built from. */
async function buildWindow(): Promise<void> {
  const page = join(root, 'web/dist/index.html');
  const sources = ['web/src', 'web/public', 'shared/contract', 'shared/core'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const newest = Math.max(...[...sources, join(root, 'web/index.html')].map((file) => statSync(file).mtimeMs));
  if (existsSync(page) && statSync(page).mtimeMs > newest) return;
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

export interface OpenWindow {
  readonly ground: Ground;
  readonly browser: Browser;
  /** A fresh browser context in which this person has signed in through the front door. */
  readonly signIn: (id: DemoPerson['id']) => Promise<Page>;
  readonly close: () => Promise<void>;
}

export async function openWindow(): Promise<OpenWindow> {
  await buildWindow();
  const folder = mkdtempSync(join(tmpdir(), 'woordspoor-window-'));
  const [ground, browser] = await Promise.all([startGround({ port: 0, folder, empty: false, today: null }), startBrowser()]);
  return {
    ground,
    browser,
    signIn: async (id) => {
      const person = demoPeople.find((one) => one.id === id);
      if (person === undefined) throw new Error(`no demo person ${id}`);
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'nl-NL', reducedMotion: 'reduce', baseURL: ground.publicUrl });
      const page = await context.newPage();
      await page.goto('/');
      await page.getByRole('link', { name: 'Inloggen met uw werkaccount' }).click();
      await page.getByRole('button', { name: person.name }).click();
      await page.getByText(person.name).first().waitFor();
      return page;
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
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate("document.querySelectorAll('.rail, .top').forEach((bar) => { bar.style.position = ''; })");
}
