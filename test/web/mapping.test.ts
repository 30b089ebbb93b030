// A table without a fixed layout, handed in through the real window: the proposal with five sample records, a change, and the chat that follows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectAccessible, type OpenWindow, openWindow } from '#test/support/window.ts';

vi.setConfig({ testTimeout: 120_000 });

let open: OpenWindow;
let page: Page;

beforeAll(async () => {
  open = await openWindow();
  page = await open.signIn('employee-2');
}, 240_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await open.picture(task.name);
});
afterAll(() => open?.close());

const bytes = readFileSync(join(import.meta.dirname, '../fixtures/generic/berichten.csv'));
const samples = () => page.getByRole('region', { name: 'Zo lezen we de eerste berichten' }).locator('tbody tr').allTextContents();

const field = (name: string) => page.getByRole('combobox', { name, exact: true });

async function handIn(name: string, content: Uint8Array): Promise<void> {
  await page.goto('/uploaden');
  await page.getByRole('heading', { level: 1, name: 'Een chat uploaden' }).waitFor();
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
  await page.getByRole('button', { name: 'Uploaden', exact: true }).click();
  await page.getByRole('heading', { name: 'Wat staat er in de kolommen?' }).waitFor();
}

describe('a table without a fixed layout', () => {
  it('shows five sample records as they would be read, and follows what is changed', async () => {
    await handIn('uitvoer.csv', bytes);
    expect((await samples()).map((row) => row.replace(/\s+/g, ' '))).toEqual([
      expect.stringContaining('Zoë PrinsGoedemorgen, "allemaal"'),
      expect.stringContaining('Marijke de WitJa: één uur'),
      expect.stringContaining('Het water staat 2 € hoog'),
      expect.stringContaining('=SOM(A1:A2)'),
      expect.stringContaining('In de nacht'),
    ]);
    await expectAccessible(page);
    await field('Afzender').selectOption({ label: 'Gesprek (Havenoverleg)' });
    expect((await samples())[0]).toContain('HavenoverlegGoedemorgen');
    await field('Afzender').selectOption({ label: 'Afzender (Zoë Prins)' });
    await page.getByText('Hoe het bestand is gemaakt').click();
    await field('Letters met accenten').selectOption({ label: 'UTF-8' });
    await page.getByText('Zo\ufffd Prins', { exact: true }).first().waitFor();
    await field('Letters met accenten').selectOption({ label: 'Windows (Excel)' });
    await page.getByText('Zoë Prins', { exact: true }).first().waitFor();
    await expectAccessible(page);
  });

  it('is read as the person says, and stands in the archive as a chat', async () => {
    await field('Nummer van het bericht').selectOption({ label: 'Nummer (1)' });
    await page.getByRole('button', { name: 'Zo klopt het, lees het bestand' }).click();
    await page.getByText('Het bestand is volledig opgenomen in het archief.').waitFor();
    await page.getByRole('link', { name: 'Lees het gesprek' }).click();
    await page.getByRole('link', { name: 'Piket', exact: true }).click();
    await page.getByText('Het water staat 2 € hoog').waitFor();
    await expectAccessible(page);
  });

  it('can be answered later, from the page of the bundle', async () => {
    await handIn('later.csv', Buffer.concat([bytes, Buffer.from('16-03-2024;09:30;Els;Piket;nog een;;7\r\n')]));
    await page.getByRole('link', { name: 'Mijn bundels' }).click();
    await page.getByRole('link', { name: 'later.csv' }).click();
    await page.getByRole('heading', { name: 'Wat staat er in de kolommen?' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Zo klopt het, lees het bestand' }).click();
    await page
      .getByRole('heading', { name: '7 berichten' })
      .or(page.getByRole('heading', { name: /^7 berichten/ }))
      .first()
      .waitFor();
    expect(open.complaints).toEqual([]);
  });
});
