// Import of cases with its preview, and their work list, through the real window on the real ground.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectAccessible, type OpenWindow, openWindow } from '#test/support/window.ts';

vi.setConfig({ testTimeout: 90_000 });

let open: OpenWindow;
const pictures = fileURLToPath(new URL('../../node_modules/.cache/window-pictures/', import.meta.url));

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  open = await openWindow();
}, 240_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await open.picture(task.name);
});
afterAll(async () => {
  await open?.close();
});

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const said = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

async function drawn(page: Page, name: string): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: width === 1280 ? 900 : 844 });
    await page.screenshot({ path: `${pictures}${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const choose = (page: Page, ...lines: string[]) =>
  page.getByLabel('CSV-bestand').setInputFiles({
    name: 'zaken.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['zaaknummer;titel;afgehandeld op;selectielijst', ...lines].join('\r\n')),
  });

describe('an import of cases', () => {
  it('names the bad lines and stores nothing, then shows what changes, then stores it', async () => {
    const page = await open.signIn('records-manager');
    await page.getByRole('link', { name: 'Zaken', exact: true }).click();
    await page.getByRole('link', { name: 'Zaken importeren' }).click();
    await heading(page, 'Zaken importeren');
    await page.locator('summary').filter({ hasText: 'Welke kolommen' }).click();
    await expectAccessible(page);

    await choose(page, 'IMP-2026-1;Brug;31-02-2024;6.1', 'IMP-2026-2;Kade;01-02-2024;6.1');
    await button(page, 'Bekijk wat er verandert').click();
    await said(page, '1 regel klopt niet');
    await said(page, 'de datum van afhandeling is geen dag die bestaat');
    await expectAccessible(page);
    await drawn(page, 'import-refused');
    expect(await button(page, /importeren$/).count()).toBe(0);

    await choose(page, 'IMP-2026-1;Brug;28-02-2026;6.1', 'IMP-2026-2;Kade;01-02-2024;2.1', 'IMP-2026-3;Plein;;');
    await page.getByLabel('Waarom importeert u?').fill('overgang naar nieuw zaaksysteem');
    await button(page, 'Bekijk wat er verandert').click();
    await said(page, 'Dit verandert er');
    await said(page, /bewaren tot 28-02-2031: zaak IMP-2026-1 afgehandeld 28-02-2026 \+ 5 jaar \(Selectielijst 2020, 6\.1\)/);
    await expectAccessible(page);
    await drawn(page, 'import-preview');
    await button(page, '3 zaken importeren').click();
    await said(page, 'De import is klaar');
    await said(page, '3 zaken toegevoegd, 0 gewijzigd.');
    await page.getByRole('link', { name: 'Zaken', exact: true }).first().click();
    await page.getByRole('link', { name: 'IMP-2026-1' }).click();
    await heading(page, 'IMP-2026-1: Brug');
    await said(page, 'uit een import');
    await expectAccessible(page);
    await drawn(page, 'case');

    await page.goto('/zaken-importeren');
    await choose(page, 'IMP-2026-1;Brug;28-02-2026;6.1');
    await button(page, 'Bekijk wat er verandert').click();
    await said(page, 'Er verandert niets');
    await page.context().close();
  });
});

describe('the work list', () => {
  it('shows what keeps a case from a date, by reason, and what to do about it', async () => {
    const page = await open.signIn('records-manager');
    await heading(page, 'Werklijst');
    await said(page, 'Zaken die aandacht vragen');
    await page.getByLabel('Toon').selectOption('closed-without-date');
    await page.getByRole('row', { name: /IMP-2026-2/ }).waitFor();
    await said(page, 'Vul de begindatum in als u die weet.');
    await expectAccessible(page);
    await drawn(page, 'work');
    await page.getByRole('link', { name: 'IMP-2026-2' }).click();
    await heading(page, 'IMP-2026-2: Kade');
    await said(page, 'Afgehandeld, zonder datum');
    await expectAccessible(page);
    await page.context().close();
  });

  it('had no accident on the way', () => {
    expect(open.complaints).toEqual([]);
  });
});
