// Looking a chat through before it is sent: by keyboard and by pointer, with what is private left at home; axe looks at it wide and narrow.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { expectAccessible, type OpenWindow, openWindow } from '#test/support/window.ts';

vi.setConfig({ testTimeout: 90_000 });

let open: OpenWindow;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), 'woordspoor-sift-'));

beforeAll(async () => {
  open = await openWindow();
  page = await open.signIn('employee-2');
}, 180_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await open.picture(task.name);
});
afterAll(async () => {
  await open?.close();
  rmSync(folder, { recursive: true });
});

const said = (words: string | RegExp) => page.getByText(words).first().waitFor();
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const list = () => page.getByRole('listbox');
const many = () => page.getByText('Veel berichten tegelijk weglaten').click();
const option = (at: number) => page.locator(`[role=option][data-index="${at}"]`);

/** Own fiction: messages of two people, one a minute. */
function chat(texts: readonly string[]): string {
  const lines = texts.map((text, at) => {
    const when = `13-05-2022 ${String(8 + Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    return `${when} - ${at % 3 === 0 ? 'Alma Terhorst' : 'Bert Kuiper'}: ${text}\n`;
  });
  return lines.join('');
}

const texts = Array.from({ length: 60 }, (_, at) =>
  at === 7 ? 'Ik ben ziek en ga naar de huisarts' : at === 20 ? 'Mijn BSN is 111222333' : at === 41 ? 'Bel mij op 06-12345678' : `dijkvak ${at}`,
);

/** A file on disk keeps its date: by that a browser knows it again. */
async function pick(name: string, bytes: Uint8Array | string): Promise<void> {
  const file = join(folder, name);
  if (!existsSync(file)) writeFileSync(file, bytes);
  await page.goto('/uploaden');
  await page.locator('input[type=file]').setInputFiles(file);
}

/** What the archive has of the newest bundle. */
async function kept(): Promise<Buffer> {
  const { items } = await (await page.request.get('/v1/bundles?uploader=me&limit=1')).json();
  return (await page.request.get(`/v1/bundles/${items[0].id}/original`)).body();
}

describe('an employee who leaves out what is private', () => {
  it('walks the messages and strikes them by keyboard alone', async () => {
    await pick('WhatsApp-chat met Alma Terhorst.txt', chat(texts));
    await said('3 berichten met iets dat privé kan zijn');
    await said('60 berichten');
    await expectAccessible(page);
    await list().focus();
    await page.keyboard.press('s');
    await option(7).and(page.locator('[data-active=true]')).waitFor();
    expect(await option(7).textContent()).toContain('let op: gezondheid');
    await page.keyboard.press(' ');
    await option(7).and(page.locator('[aria-selected=true]')).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await option(10).and(page.locator('[aria-selected=true]')).waitFor();
    expect(await page.locator('[role=option][aria-selected=true]').count()).toBe(4);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press(' ');
    expect(await page.locator('[role=option][aria-selected=true]').count()).toBe(3);
    await said('U laat 3 berichten weg: 3 privé.');
    await page.keyboard.press('s');
    await option(20).and(page.locator('[data-active=true]')).waitFor();
    expect(await list().getAttribute('aria-activedescendant')).toBe(await option(20).getAttribute('id'));
    await expectAccessible(page);
  });

  it('strikes a range and gives another reason, and takes the last step back', async () => {
    await page.getByLabel('Reden').selectOption({ label: 'gezondheid' });
    await many();
    await expectAccessible(page);
    await page.getByLabel('Van bericht').fill('51');
    await page.getByLabel('tot en met').fill('55');
    await button('Reeks weglaten').click();
    await said('U laat 8 berichten weg: 3 privé, 5 gezondheid.');
    await page.getByLabel('Persoon').selectOption({ label: 'Alma Terhorst (20)' });
    await button('Alles weglaten').click();
    await said(/U laat 2\d berichten weg/);
    await button('Ongedaan maken').click();
    await said('U laat 8 berichten weg: 3 privé, 5 gezondheid.');
    expect(await button('Uploaden zonder 8 berichten').isEnabled()).toBe(true);
  });

  it('finds the choice again when the page was closed in between', async () => {
    // The choice is written down a moment after the last change.
    await page.waitForTimeout(1000);
    await page.goto('about:blank');
    await pick('WhatsApp-chat met Alma Terhorst.txt', '');
    await said('U laat 8 berichten weg: 3 privé, 5 gezondheid.');
    await pick('iets anders.txt', chat(['iets anders']));
    await said('1 bericht');
    expect(await page.getByText(/^U laat/).count()).toBe(0);
  });

  it('sends the rest only, and the archive shows the gaps at their place', async () => {
    await pick('WhatsApp-chat met Bert Kuiper.txt', chat(texts));
    await option(7).click();
    await option(8).click({ modifiers: ['Shift'] });
    await page.getByLabel('Reden').selectOption({ label: 'gezondheid' });
    await many();
    await page.getByLabel('Van bericht').fill('58');
    await page.getByLabel('tot en met').fill('60');
    await button('Reeks weglaten').click();
    await button('Uploaden zonder 5 berichten').click();
    await said('55 berichten, alle regels begrepen, geen bijlagen ontbreken');
    await said('2 privé, 3 gezondheid');
    await expectAccessible(page);
    const body = (await kept()).toString();
    expect(body).toContain('dijkvak 9');
    expect(body).not.toMatch(/huisarts|dijkvak 8\n|dijkvak 57|dijkvak 59/);
    await page.getByRole('link', { name: 'Lees het gesprek' }).click();
    await page.getByRole('link', { name: 'Bert Kuiper', exact: true }).click();
    await said('2 berichten weggelaten door inzender (privé)');
    await page.getByRole('region', { name: 'Berichten van dit gesprek' }).focus();
    await page.keyboard.press('End');
    await said('3 berichten weggelaten door inzender (gezondheid)');
    await expectAccessible(page);
  });

  it('hands the same chat in again for another case with another selection', async () => {
    await pick('WhatsApp-chat met Bert Kuiper.txt', chat(texts));
    await option(1).click();
    await page.getByLabel('Bij welke zaak hoort de chat?').fill('ZAAK-2026-9002');
    await button('Uploaden zonder 1 bericht').click();
    await said('59 berichten, alle regels begrepen');
    expect((await kept()).toString()).toContain('huisarts');
  });

  it('is told when nothing would be left', async () => {
    await pick('WhatsApp-chat met Leeg.txt', chat(['een', 'twee']));
    await many();
    await page.getByLabel('Van bericht').fill('1');
    await page.getByLabel('tot en met').fill('2');
    await button('Reeks weglaten').click();
    await button('Uploaden zonder 2 berichten').click();
    await said('U laat alles weg. Dan is er niets om te bewaren.');
    await expectAccessible(page);
  });

  it('picks the conversations of an archive that go along', async () => {
    const bytes = craftZip({
      entries: [
        { name: 'een/WhatsApp-chat met Kade.txt', data: chat(['kade een', 'kade twee']) },
        { name: 'twee/WhatsApp-chat met Mama.txt', data: `${chat(['dag lieverd'])}13-05-2022 09:00 - Alma Terhorst: IMG-1.jpg (bestand bijgevoegd)\n` },
        { name: 'twee/IMG-1.jpg', data: 'foto van thuis' },
      ],
    });
    await pick('alles.zip', bytes);
    await said('Welke gesprekken gaan mee?');
    await button('Bekijk: Mama').click();
    await said('dag lieverd');
    await expectAccessible(page);
    await page.getByLabel(/^Mama/).uncheck();
    await said('gaat niet mee');
    await button('Uploaden zonder 2 berichten').click();
    await said('2 berichten, alle regels begrepen');
    await said('2 privé; 1 gesprek; 1 bestand');
    const body = (await kept()).toString('latin1');
    expect(body).not.toMatch(/Mama|IMG-1|foto van thuis/);
  });

  it('hears that a message which stays quotes a struck one, and strikes that too', async () => {
    const line = (body: string, quote: string) =>
      JSON.stringify({ date: '2024-03-01 10:00:00', sender: 'Me', body, quote, reactions: [], sticker: '', attachments: [] });
    const quoted = [line('Ik heb een afspraak', ''), line('Sterkte', '\n\n> Ik heb een afspraak\n\n'), line('dijkvak 3', ''), line('dijkvak 4', '')];
    await pick('data.json', quoted.join('\n'));
    await said('4 berichten');
    await option(0).click();
    await said('Een bericht dat u bewaart, haalt een weggelaten bericht aan.');
    await expectAccessible(page);
    await button('Laat dit bericht ook weg').click();
    await said('U laat 2 berichten weg: 2 privé.');
    expect(await page.getByText('haalt een weggelaten bericht aan').count()).toBe(0);
    await button('Uploaden zonder 2 berichten').click();
    await said('2 berichten, alle regels begrepen');
    expect((await kept()).toString()).not.toContain('afspraak');
  });

  it('never sends keys of the app, also when nothing is struck', async () => {
    const signal = readFileSync(join(import.meta.dirname, '../fixtures/signal/main.jsonl'));
    await pick('main.jsonl', signal);
    await said('Sleutels van de app gaan niet mee');
    await expectAccessible(page);
    await button('Uploaden').click();
    await said('12 sleutels van de app weggehaald');
    const body = (await kept()).toString();
    expect(body).toContain('Nee, pas vrijdag');
    expect(body).not.toContain('R0VIRUlN');
  });

  it('is told what a file is that cannot be shown', async () => {
    await pick('notulen.txt', 'Notulen.\n');
    await said('We kunnen dit bestand hier niet laten zien');
    await expectAccessible(page);
  });
});

describe('where the organisation asks for the whole file', () => {
  it('sends all of it, with the marks', async () => {
    const administrator = await open.signIn('administrator');
    await administrator.evaluate(async () => {
      const me = (await (await fetch('/v1/me')).json()) as { readonly csrf: string };
      await fetch('/v1/settings', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'x-csrf': me.csrf },
        body: JSON.stringify({ wholeOriginalRequired: true }),
      });
    });
    await administrator.context().close();
    await pick('WhatsApp-chat met Geheel.txt', chat(['een', 'twee', 'drie']));
    await said('Uw organisatie bewaart het hele bestand');
    await option(1).click();
    await said('U merkt 1 bericht: 1 privé. Het hele bestand gaat mee.');
    await expectAccessible(page);
    await button('Uploaden met 1 merk').click();
    await said('3 berichten, alle regels begrepen');
    await page.getByRole('link', { name: 'Lees het gesprek' }).click();
    await page.getByRole('link', { name: 'Geheel', exact: true }).click();
    await said('Door inzender gemerkt: privé');
    expect((await kept()).toString()).toBe(chat(['een', 'twee', 'drie']));
  });
});
