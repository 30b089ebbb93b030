// Attachments in the real window: a picture in place, the text of a PDF by page, a contact card, a location without a map, a hit inside a file
// and on a screenshot. A web page that came along is only ever a download.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { cardFile, pdfFile } from '#test/fixtures/attachment-files.ts';
import { craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { expectAccessible, type OpenWindow, openWindow } from '#test/support/window.ts';

vi.setConfig({ testTimeout: 120_000 });

let open: OpenWindow;
let page: Page;

beforeAll(async () => {
  open = await openWindow();
  page = await open.signIn('employee');
}, 180_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await open.picture(task.name);
});
afterAll(() => open?.close());

const screenshot = readFileSync(new URL('../fixtures/attachments/screenshot-of-a-chat.png', import.meta.url));
const bodies = [
  'IMG-20240213-WA0001.png (bestand bijgevoegd)',
  'besluit.pdf (bestand bijgevoegd)',
  'Joris Kamp.vcf (bestand bijgevoegd)',
  'pagina.html (bestand bijgevoegd)',
  'locatie: https://maps.google.com/?q=52.370216,4.895168',
];
const fileName = 'WhatsApp-chat met Bijlagen.zip';

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const said = (words: string | RegExp) => page.getByText(words).first().waitFor({ timeout: 60_000 });

it('are kept, and read while one waits: the page of the bundle tells how far', async () => {
  const chat = `${bodies.map((body, i) => `13-02-2024 09:0${i} - Noor de Wit: ${body}`).join('\n')}\n`;
  const bytes = craftZip({
    entries: [
      { name: 'WhatsApp-chat met Bijlagen.txt', data: chat },
      { name: 'IMG-20240213-WA0001.png', data: screenshot },
      { name: 'besluit.pdf', data: await pdfFile({ pages: ['Inleiding', 'De damwandplanken worden vervangen'] }) },
      { name: 'Joris Kamp.vcf', data: cardFile('Joris Kamp') },
      { name: 'pagina.html', data: '<h1>klokkenstoel</h1><script>document.title="uitgevoerd"</script>' },
    ],
  });
  await page.goto('/uploaden');
  await page.locator('input[type=file]').setInputFiles({ name: fileName, mimeType: 'application/zip', buffer: Buffer.from(bytes) });
  await page.getByRole('button', { name: 'Uploaden', exact: true }).click();
  await said('5 berichten');
  await page.getByRole('link', { name: 'Mijn bundels' }).click();
  await page.getByRole('link', { name: fileName }).click();
  await heading(fileName);
  await said('4 bijlagen bekeken, in 4 tekst gevonden');
  await expectAccessible(page);
});

it('stand in the conversation: picture in place, text by page, card, location, and never a page that runs', async () => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('link', { name: 'Bijlagen', exact: true }).click();
  const picture = page.getByRole('img', { name: 'Foto IMG-20240213-WA0001.png' });
  await picture.waitFor();
  await expect.poll(() => page.evaluate("document.querySelector('.attachment__picture')?.naturalWidth"), { timeout: 20_000 }).toBeGreaterThan(0);
  await said('Mobile: +31 6 12345678');
  await said('Locatie 52.370216, 4.895168');
  const map = page.getByRole('link', { name: 'Kaart openen buiten het archief' });
  expect(await map.getAttribute('rel')).toBe('noopener noreferrer');
  const pdf = page.locator('.attachment', { hasText: 'besluit.pdf' });
  await pdf.getByRole('button', { name: 'Tekst tonen' }).click();
  await said('pagina 2');
  await said('De damwandplanken worden vervangen');
  await expectAccessible(page);
  expect(asked.filter((url) => !url.startsWith(open.ground.publicUrl) && !url.startsWith('data:') && !url.startsWith('blob:'))).toEqual([]);

  const link = await page
    .locator('.attachment', { hasText: 'pagina.html' })
    .getByRole('link', { name: /Download/ })
    .getAttribute('href');
  for (const address of [link, `${link}?view=inline`]) {
    const answer = await page.request.get(`${open.ground.publicUrl}${address}`);
    expect(answer.headers()).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringContaining('attachment; '),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("sandbox; default-src 'none'"),
    });
  }
  const shown = await page.request.get(`${open.ground.publicUrl}${await picture.getAttribute('src')}`);
  expect(shown.headers()).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringContaining('inline; '),
    'x-content-type-options': 'nosniff',
  });
});

it('are found by the words in them, with the page, and by the words on a screenshot', async () => {
  await page.goto('/zoeken');
  const search = async (query: string) => {
    await page.getByLabel('Zoekvraag').fill(query);
    await page.getByLabel('Zoekvraag').press('Enter');
  };
  await search('damwandplanken');
  await said('waarvan 1 in een bijlage');
  await said('Gevonden in bijlage besluit.pdf, pagina 2');
  await page.locator('[data-hit]').first().click();
  await page.getByRole('heading', { level: 3, name: 'Gevonden in bijlage besluit.pdf, pagina 2' }).waitFor();
  await expectAccessible(page);
  await search('kademuur ontheffing');
  await said('Gevonden in bijlage IMG-20240213-WA0001.png, foto 1');
  await page.locator('[data-hit]').first().click();
  await said(/procent zeker/);
  expect(open.complaints).toEqual([]);
});
