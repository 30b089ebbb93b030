// Every kind of export through the real window: what is seen before it is sent is what is kept; a refused file says what it is; the receipt is
// on the page of the bundle; Telegram's period is told before anything leaves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectAccessible, type OpenWindow, openWindow } from '#test/support/window.ts';

vi.setConfig({ testTimeout: 60_000 });

let open: OpenWindow;
let page: Page;

beforeAll(async () => {
  open = await openWindow();
  page = await open.signIn('employee');
}, 240_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await open.picture(task.name);
});
afterAll(() => open?.close());

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures', name));
const said = (words: string | RegExp) => page.getByText(words).first().waitFor();

async function choose(name: string, bytes: Uint8Array): Promise<void> {
  await page.goto('/uploaden');
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
}

/** Records of each conversation as the page shows them before anything is sent. */
async function seen(): Promise<readonly number[]> {
  const panel = page.getByRole('region', { name: 'Haal eruit wat privé is' });
  await panel.getByRole('listbox').getByRole('option').first().waitFor();
  const several = await panel.getByRole('checkbox', { name: /bericht/ }).count();
  const facts =
    several > 1 ? await panel.locator('.sift-conversations li').allTextContents() : [await panel.locator('p', { has: page.locator('strong') }).textContent()];
  return facts
    .map((one) => Number(/(\d+) bericht(?:en)?/.exec(one ?? '')?.[1] ?? Number.NaN))
    .filter((records) => records > 0)
    .sort((a, b) => a - b);
}

interface Kept {
  readonly id: string;
  readonly format: string;
}

async function newest(): Promise<Kept> {
  const list = (await (await page.request.get('/v1/bundles?uploader=me&limit=50')).json()) as {
    readonly items: readonly (Kept & { readonly createdAt: string })[];
  };
  const [first] = list.items.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  if (first === undefined) throw new Error('no bundle');
  return first;
}

describe('an export', () => {
  it.each([
    ['sms-20240501.xml', 'sms-backup/sms-20240501120000.xml', 'sms-backup'],
    ['result.json', 'telegram/account.json', 'telegram'],
    ['main.jsonl', 'signal/main.jsonl', 'signal'],
    ['message_ABCD1234.csv', 'threema/message_ABCD1234.csv', 'threema'],
    ['rsmf_manifest.json', 'rsmf/rsmf_manifest.json', 'rsmf'],
    ['message_1.json', 'messenger/message_1.json', 'messenger'],
  ])('%s is seen before it is sent, and kept as it was seen', async (name, file, format) => {
    await choose(name, fixture(file));
    const before = await seen();
    expect(before.length).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Uploaden', exact: true }).click();
    await said('Ontvangen en bewaard');
    const bundle = await newest();
    expect(bundle.format).toBe(format);
    const conversations = (await (await page.request.get(`/v1/bundles/${bundle.id}/conversations`)).json()) as {
      readonly items: readonly { readonly counts: { readonly records: number } }[];
    };
    expect(before).toEqual(
      conversations.items
        .map(({ counts }) => counts.records)
        .filter((records) => records > 0)
        .sort((a, b) => a - b),
    );
  });

  it('of Telegram tells which period it holds, before anything is sent', async () => {
    await choose('result.json', fixture('telegram/single-chat.json'));
    await said(/^Dit bestand van Telegram gaat over .*20\d\d/);
    await said('Telegram houdt zich daar niet altijd aan');
    await expectAccessible(page);
  });
});

describe('afterwards', () => {
  it('the page of the bundle has the receipt, and calls the person "uzelf"', async () => {
    await choose('WhatsApp-chat met Ilse.txt', Buffer.from('13-05-2022 10:00 - Ilse Hendrikx: De subsidie is toegezegd\n'));
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.getByRole('button', { name: 'Uploaden', exact: true }).click();
    await said('Ontvangen en bewaard');
    await page.getByRole('link', { name: 'Lees het gesprek' }).click();
    await page.getByRole('heading', { level: 2, name: 'Ontvangstbewijs' }).waitFor();
    await page.getByText('Toon het ontvangstbewijs').click();
    const receipt = page.getByRole('region', { name: 'Ontvangstbewijs' });
    for (const fact of ['Vingerafdruk (SHA-256)', 'Berichten', 'Periode', 'Zaken', 'Bewaartermijn', 'Wat niet zeker is'])
      await receipt.getByText(fact).waitFor();
    await said('uzelf');
    const pdf = await page.request.get((await receipt.getByRole('link', { name: 'Ontvangstbewijs als PDF' }).getAttribute('href')) ?? '');
    expect((await pdf.body()).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    await expectAccessible(page);
  });

  it('a refused file says what it is, and points to the help instead of a conversation', async () => {
    await choose('besluit.pdf', Buffer.from('%PDF-1.7\nniets'));
    await page.getByRole('button', { name: 'Uploaden', exact: true }).click();
    await said('Dit bestand konden we niet lezen');
    await said('Dit is een PDF.');
    await page.getByRole('link', { name: 'Hoe exporteer ik een chat?' }).waitFor();
    expect(await page.getByRole('link', { name: 'Lees het gesprek' }).count()).toBe(0);
    await expectAccessible(page);
    expect(open.complaints).toEqual([]);
  });
});
