// The road of a Woo coordinator through the search page, in the real window on the real ground with the demo's chats: a list of terms,
// forms and compounds as switches, facets, the timeline, hits by keyboard, saving, running again, the report.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { expectAccessible, type OpenWindow, openWindow } from '#test/support/window.ts';

vi.setConfig({ testTimeout: 90_000 });

let open: OpenWindow;
let page: Page;

beforeAll(async () => {
  open = await openWindow();
  page = await open.signIn('woo-coordinator');
}, 180_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await open.picture(task.name);
});
afterAll(() => open?.close());

const box = () => page.getByLabel('Zoekvraag');
const found = (words: string | RegExp) => page.getByRole('heading', { level: 2, name: words }).waitFor();
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

async function search(query: string): Promise<void> {
  await box().fill(query);
  await box().press('Enter');
}

/** Text twice as large, as a browser makes it. */
async function expectRoomForLargeText(): Promise<void> {
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  await expectAccessible(page);
  await page.evaluate("document.documentElement.style.fontSize = ''");
}

it('shows how a query is read while it is typed, and what is not finished, before anything is asked', async () => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') asked.push(new URL(request.url()).pathname);
  });
  await page.getByRole('heading', { level: 1, name: 'Zoeken in chats' }).waitFor();
  await button('Vul in: vergunning NABIJ/5 besluit').click();
  await page.getByText('hoogstens 5 woorden van').waitFor();
  await box().fill('vergunning EN (besluit');
  await page.getByText('Nog niet af.').waitFor();
  expect(await page.locator('#search-error').textContent()).toContain('Bij teken 15: Het haakje wordt niet gesloten.');
  expect(await page.locator('#search-error mark').textContent()).toBe('(');
  await box().press('Enter');
  await page.getByRole('alert').getByText('Deze zoekvraag begrijpen we niet').waitFor();
  expect(asked.filter((path) => path.startsWith('/v1/'))).toEqual([]);
});

it('offers compounds with their counts; one that is switched on stands in the query, and goes out of it again', async () => {
  await search('vergunning');
  await found('81 berichten in 3 gesprekken');
  const offers = page.getByRole('region', { name: 'Ook zoeken op' });
  const compound = offers.getByRole('checkbox', { name: 'omgevingsvergunning 1' });
  await compound.check();
  await found('82 berichten in 3 gesprekken');
  expect(await box().inputValue()).toBe('(vergunning OF "omgevingsvergunning")');
  await expectAccessible(page);
  await offers.getByRole('button', { name: 'alle 3 aan' }).click();
  await found('84 berichten in 4 gesprekken');
  for (const word of ['omgevingsvergunning', 'kapvergunning', 'parkeervergunning']) await offers.getByRole('checkbox', { name: `${word} 1` }).uncheck();
  await found('81 berichten in 3 gesprekken');
  expect(await box().inputValue()).toBe('vergunning');
});

it('filters by single conversations, one beside the other, each taken away as a chip', async () => {
  await page.getByText('Gesprek (3)').click();
  const facet = page.getByRole('region', { name: 'Beperken' });
  await facet.getByRole('button', { name: /^Storm Waterhoek 78/ }).click();
  await found('78 berichten in 1 gesprek');
  await facet.getByRole('button', { name: /^Ruben Castelijn 2/ }).click();
  await found('80 berichten in 2 gesprekken');
  const chips = page.getByRole('list', { name: 'Filters' });
  await chips.getByRole('button', { name: 'Filter Storm Waterhoek weghalen' }).click();
  await found('2 berichten in 1 gesprek');
  expect(new URL(page.url()).search).toMatch(/^\?gesprek=bundle_[0-9A-Z]{26}\.\d+$/);
  await chips.getByRole('button', { name: 'Alle filters weghalen' }).click();
  await found('81 berichten in 3 gesprekken');
});

it('narrows by app and in another order, and keeps that in the address', async () => {
  await page.getByText('App (1)').click();
  await page
    .getByRole('region', { name: 'Beperken' })
    .getByRole('button', { name: /^WhatsApp 81/ })
    .click();
  await page.waitForURL(/app=whatsapp/);
  await page.getByRole('button', { name: 'Filter WhatsApp weghalen' }).click();
  await page.getByLabel('Volgorde').selectOption('per gesprek');
  await page.waitForURL(/volgorde=gesprek/);
  await page.locator('[data-hit]').first().waitFor();
  await page.getByLabel('Volgorde').selectOption('nieuwste eerst');
  await page.getByRole('checkbox', { name: 'Hetzelfde bericht uit meer telefoons één keer tonen' }).check();
  await page.waitForURL(/samen=ja/);
  await found('81 berichten in 3 gesprekken');
  await page.getByRole('checkbox', { name: 'Hetzelfde bericht uit meer telefoons één keer tonen' }).uncheck();
  await page.waitForURL((url) => url.search === '');
  expect(await page.getByRole('list', { name: 'Filters' }).count()).toBe(0);
});

it('filters by months with the keyboard alone, and says what is chosen', async () => {
  const months = page.getByRole('slider');
  await page.getByText('In deze maanden kunnen berichten ontbreken').waitFor();
  await months.focus();
  await page.keyboard.press('ArrowLeft');
  expect(await months.getAttribute('aria-valuetext')).toBe('maart 2024: 2 berichten; hier kunnen berichten ontbreken');
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await months.getAttribute('aria-valuetext')).toBe('februari 2024 tot en met maart 2024: 2 berichten; hier kunnen berichten ontbreken');
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await found('2 berichten in 1 gesprek');
  expect(await page.getByLabel('Vanaf', { exact: true }).inputValue()).toBe('2024-03-01');
  await button('Alle filters weghalen').click();
  await found('81 berichten in 3 gesprekken');
});

it('filters by months by dragging over them', async () => {
  const frame = await page.getByRole('slider').boundingBox();
  if (frame === null) throw new Error('no chart');
  const y = frame.y + frame.height / 2;
  await page.mouse.move(frame.x + frame.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(frame.x + frame.width - 2, y, { steps: 5 });
  await page.mouse.up();
  await found('80 berichten in 2 gesprekken');
  expect(await page.getByLabel('Tot en met', { exact: true }).inputValue()).toBe('2024-03-31');
  await page.getByText('Toon de cijfers als tabel').click();
  const march = page.getByRole('table', { name: 'Berichten per maand' }).getByRole('row', { name: /^maart 2024/ });
  expect(await march.getByRole('cell').allTextContents()).toEqual(['2', '1', '0']);
  await button('Alle filters weghalen').click();
  await found('81 berichten in 3 gesprekken');
});

it('walks to a hit, into its conversation and back without a mouse, and lets go of single keys when asked', async () => {
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const beside = page.getByRole('region', { name: 'Het gesprek bij dit bericht' });
  await beside.locator('mark').first().waitFor();
  expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('Het gesprek bij dit bericht');
  await page.keyboard.press('Escape');
  expect(await page.evaluate("document.activeElement.getAttribute('aria-current')")).toBe('true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('?');
  const keys = page.getByRole('checkbox', { name: 'Losse letters en leestekens werken als toets' });
  await keys.uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('/');
  expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  await button('Toetsen').click();
  await keys.check();
  await page.keyboard.press('Escape');
});

it('says why hits cannot be collected to a request yet', async () => {
  const collect = button('Toevoegen aan een Woo-verzoek');
  expect(await collect.isDisabled()).toBe(true);
  expect(await page.locator(`#${await collect.getAttribute('aria-describedby')}`).textContent()).toContain('Dit kan nog niet');
});

it('takes a list of terms, keeps it by name, and shows the same hits', async () => {
  await search('zwembad\nvergunn*\nkwixotisch\n"niet op de mail"');
  await found(/^\d+ berichten in \d gesprekken$/);
  const forms = page.getByRole('region', { name: 'Gezocht op deze vormen' });
  await forms.getByText('kwixotisch').waitFor();
  await expectRoomForLargeText();
  const total = await page.locator('.found h2').textContent();
  await button('Bewaren onder een naam').click();
  const dialog = page.getByRole('dialog', { name: 'Zoekvraag bewaren' });
  await dialog.getByRole('button', { name: 'Bewaren onder een naam' }).click();
  await dialog.getByText('Geef de zoekvraag een naam.').waitFor();
  await expectAccessible(page);
  await dialog.getByLabel('Naam').fill('Woo zwembad, eerste ronde');
  await dialog.getByRole('button', { name: 'Bewaren onder een naam' }).click();
  await page.getByRole('heading', { level: 1, name: 'Woo zwembad, eerste ronde' }).waitFor();
  const hits = Number(/^\d+/.exec(total ?? '')?.[0]);
  await page.getByText(`Alle ${hits} berichten van deze keer staan er nog.`).waitFor();
  await page.locator('[data-hit]').first().waitFor();
  await expectAccessible(page);
});

it('runs it again and says what is new and gone', async () => {
  await button('Opnieuw uitvoeren').click();
  await page.getByRole('heading', { level: 3, name: 'Vergeleken met keer 1' }).waitFor();
  await page.getByText('Niets nieuw en niets weg.').waitFor();
  await page.getByLabel('alleen wat nieuw is').check();
  await page.getByText('Hier zijn geen berichten om te tonen.').waitFor();
  await page.getByRole('link', { name: 'Toon keer 1' }).click();
  await page.waitForURL(/keer=1$/);
  await page.locator('[data-hit]').first().waitFor();
  await expectAccessible(page);
});

it('reports each term, also the ones that find nothing, and gives the same as xlsx and csv', async () => {
  await page.getByRole('link', { name: 'Zoektermenrapport' }).click();
  const table = page.getByRole('table', { name: 'Per zoekterm' });
  await table.waitFor();
  await page.getByText('Deze termen vinden niets: kwixotisch.').waitFor();
  expect(await table.getByRole('rowheader').allTextContents()).toEqual(['zwembad', 'vergunn*', 'kwixotisch', '"niet op de mail"', 'Samen']);
  await expectRoomForLargeText();
  const arrives = page.waitForEvent('download');
  await button('Download als csv').click();
  const csv = await arrives;
  expect(csv.suggestedFilename()).toMatch(/^zoektermen-\d{4}-\d\d-\d\d\.csv$/);
  expect(await readFile(await csv.path(), 'utf8')).toContain('kwixotisch');
  const workbook = page.waitForEvent('download');
  await button('Download als xlsx').click();
  expect((await readFile(await (await workbook).path())).subarray(0, 2).toString()).toBe('PK');
});

it('lists what was kept, opens it in the search page again, and closes it with a reason', async () => {
  await page.goto('/zoeken/bewaard');
  await page.getByRole('link', { name: 'Woo zwembad, eerste ronde' }).click();
  await button('Openen in zoeken').click();
  await page.getByRole('heading', { level: 1, name: 'Zoeken in chats' }).waitFor();
  expect(await box().inputValue()).toBe('zwembad\nvergunn*\nkwixotisch\n"niet op de mail"');
  await page.getByRole('link', { name: 'Bewaarde zoekvragen' }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Woo zwembad, eerste ronde' }).click();
  await button('Afsluiten').click();
  const dialog = page.getByRole('dialog', { name: 'Afsluiten' });
  await dialog.getByLabel('zij klopte niet').check();
  await dialog.getByRole('button', { name: 'Afsluiten' }).click();
  await page.getByText(/^Afgesloten op .*: zij klopte niet\.$/).waitFor();
  expect(await button('Opnieuw uitvoeren').count()).toBe(0);
});

it('stops a search that takes long, and asks again', async () => {
  await page.goto('/zoeken');
  await page.route('**/v1/messages/_search', () => undefined);
  await search('leges');
  await button('Stoppen met zoeken').click();
  await page.getByText('Het zoeken is gestopt. Er is niets veranderd.').waitFor();
  await expectAccessible(page);
  await page.unroute('**/v1/messages/_search');
  await button('Opnieuw zoeken').click();
  await page.locator('[data-hit]').first().waitFor();
});

it('takes filters from a link, waits for the question, and keeps words out of the address', async () => {
  await page.goto('/zoeken?vanaf=2024-03-01&volgorde=oudste');
  await page.getByRole('button', { name: 'Filter vanaf 1 maart 2024 weghalen' }).waitFor();
  await search('vergunning');
  await found('2 berichten in 1 gesprek');
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ volgorde: 'oudste', vanaf: '2024-03-01' });
  expect(await page.evaluate('JSON.stringify(history.state)')).not.toContain('vergunning');
  expect(open.complaints).toEqual([]);
});
