// Attachments in the real window: a picture, sound and moving pictures in place, a PDF drawn page by page and its text, a contact card, a location
// without a map, a hit inside a file and on a screenshot. A web page or a drawing (SVG) that came along is only ever a download.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { cardFile, pdfFile, soundFile } from '#test/fixtures/attachment-files.ts';
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
  'PTT-20240213-WA0002.wav (bestand bijgevoegd)',
  'VID-20240213-WA0003.webm (bestand bijgevoegd)',
  'tekening.svg (bestand bijgevoegd)',
  'slot.pdf (bestand bijgevoegd)',
  'locatie: https://maps.google.com/?q=52.370216,4.895168',
];
const fileName = 'WhatsApp-chat met Bijlagen.zip';

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const said = (words: string | RegExp) => page.getByText(words).first().waitFor({ timeout: 60_000 });

/** Half a second of moving pictures, made by the browser itself. */
async function recordVideo(browser: Browser): Promise<Uint8Array> {
  const page = await browser.newPage();
  const base64 = await page.evaluate<string>(`(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 160; canvas.height = 120;
    const pen = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
    const pieces = [];
    recorder.ondataavailable = (event) => pieces.push(event.data);
    const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
    recorder.start();
    for (let i = 0; i < 12; i++) {
      pen.fillStyle = i % 2 === 0 ? '#205080' : '#a0c0e0';
      pen.fillRect(0, 0, 160, 120);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  })()`);
  await page.close();
  return Buffer.from(base64, 'base64');
}

/** What the player of this file has once it knows its length: seconds, width, error. */
function playerOf(selector: string) {
  return page.evaluate<{ seconds: number; width: number; error: number | null }>(`new Promise((resolve) => {
    const player = document.querySelector(${JSON.stringify(selector)});
    const tell = () => resolve({ seconds: player.duration, width: player.videoWidth ?? 0, error: player.error === null ? null : player.error.code });
    player.addEventListener('loadeddata', tell);
    player.addEventListener('error', tell);
    player.preload = 'auto';
    player.load();
  })`);
}

it('are kept, and read while one waits: the page of the bundle tells how far', async () => {
  const chat = `${bodies.map((body, i) => `13-02-2024 09:0${i} - Noor de Wit: ${body}`).join('\n')}\n`;
  const bytes = craftZip({
    entries: [
      { name: 'WhatsApp-chat met Bijlagen.txt', data: chat },
      { name: 'IMG-20240213-WA0001.png', data: screenshot },
      { name: 'besluit.pdf', data: await pdfFile({ pages: ['Inleiding', 'De damwandplanken worden vervangen'] }) },
      { name: 'Joris Kamp.vcf', data: cardFile('Joris Kamp') },
      { name: 'PTT-20240213-WA0002.wav', data: soundFile() },
      { name: 'VID-20240213-WA0003.webm', data: await recordVideo(open.browser) },
      { name: 'tekening.svg', data: '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="uitgevoerd"</script></svg>' },
      { name: 'slot.pdf', data: await pdfFile({ pages: ['Geheim'], password: 'dicht' }) },
      { name: 'pagina.html', data: '<h1>klokkenstoel</h1><script>document.title="uitgevoerd"</script>' },
    ],
  });
  await page.goto('/uploaden');
  await page.locator('input[type=file]').setInputFiles({ name: fileName, mimeType: 'application/zip', buffer: Buffer.from(bytes) });
  await page.getByRole('button', { name: 'Uploaden', exact: true }).click();
  await said('9 berichten');
  await page.getByRole('link', { name: 'Mijn bundels' }).click();
  await page.getByRole('link', { name: fileName }).click();
  await heading(fileName);
  await said(/8 bijlagen bekeken/);
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
  await pdf.getByRole('button', { name: 'PDF bekijken' }).click();
  await pdf.getByRole('img', { name: 'besluit.pdf, pagina 1 van 2' }).waitFor();
  const ink = () =>
    page.evaluate<number>(`(() => {
      const drawn = document.querySelector('.attachment__page');
      const copy = document.createElement('canvas');
      copy.width = drawn.width; copy.height = drawn.height;
      const pen = copy.getContext('2d');
      pen.drawImage(drawn, 0, 0);
      return pen.getImageData(0, 0, copy.width, copy.height).data.filter((value, at) => at % 4 === 0 && value < 128).length;
    })()`);
  const first = await ink();
  expect(first).toBeGreaterThan(20);
  await pdf.getByRole('button', { name: 'Volgende pagina' }).click();
  await pdf.getByRole('img', { name: 'besluit.pdf, pagina 2 van 2' }).waitFor();
  expect(await ink()).toBeGreaterThan(first);
  await expectAccessible(page);
  await pdf.getByRole('button', { name: 'PDF sluiten' }).click();
  expect(await pdf.getByRole('img').count()).toBe(0);
  const locked = page.locator('.attachment', { hasText: 'slot.pdf' });
  await locked.getByRole('button', { name: 'PDF bekijken' }).click();
  await said('Deze PDF heeft een wachtwoord. Wij kunnen hem niet tonen.');
  expect(await playerOf('audio[aria-label="Geluid PTT-20240213-WA0002.wav"]')).toEqual({ seconds: 0.5, width: 0, error: null });
  expect(await playerOf('video[aria-label="Video VID-20240213-WA0003.webm"]')).toMatchObject({ width: 160, error: null });
  expect(await page.title()).not.toBe('uitgevoerd');
  expect(asked.filter((url) => !url.startsWith(open.ground.publicUrl) && !url.startsWith('data:') && !url.startsWith('blob:'))).toEqual([]);

  const linkOf = (name: string) =>
    page
      .locator('.attachment', { hasText: name })
      .getByRole('link', { name: /Download/ })
      .getAttribute('href');
  const links = await Promise.all(['pagina.html', 'tekening.svg', 'besluit.pdf'].map(linkOf));
  for (const address of links.flatMap((link) => [link, `${link}?view=inline`])) {
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
