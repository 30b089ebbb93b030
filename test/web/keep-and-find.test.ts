// Handing in, reading and finding, through the real window on the real ground; axe looks at every page, wide and narrow.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { expectAccessible, type OpenWindow, openWindow } from '#test/support/window.ts';

// A walk through several pages, each looked at twice by axe, on a machine that also runs the archive.
vi.setConfig({ testTimeout: 90_000 });

let open: OpenWindow;

beforeAll(async () => {
  open = await openWindow();
}, 180_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await open.picture(task.name);
});
afterAll(() => open?.close());

/** Own fiction: a chat of so many messages, one a minute, Dutch Android header. */
function chat(messages: number, word: string): string {
  const lines = Array.from({ length: messages }, (_, at) => {
    const day = 13 + Math.floor(at / 1000);
    const minute = at % 1000;
    const when = `${String(day).padStart(2, '0')}-05-2022 ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    return `${when} - ${at % 3 === 0 ? 'Alma Terhorst' : 'Bert Kuiper'}: ${word} nummer ${at}`;
  });
  return `${lines.join('\n')}\n`;
}

async function pick(page: Page, name: string, bytes: Uint8Array | string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const said = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

describe('at the door', () => {
  it('shows one button to somebody who has not signed in, and comes back to the page that was asked for', async () => {
    const page = await (await open.browser.newContext({ baseURL: open.ground.publicUrl, locale: 'nl-NL' })).newPage();
    await page.goto('/mijn-bundels');
    await heading(page, 'Inloggen bij Woordspoor');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Inloggen met uw werkaccount' }).click();
    await page.getByRole('button', { name: 'Samira Bakkali' }).click();
    await heading(page, 'Mijn bundels');
    expect(new URL(page.url()).pathname).toBe('/mijn-bundels');
    await button(page, 'Uitloggen').click();
    await button(page, 'Ja, uitloggen').click();
    await heading(page, 'Inloggen bij Woordspoor');
    await page.context().close();
  });

  it('shows in the rail only what the role may do', async () => {
    const rails: Record<string, readonly string[]> = {};
    for (const id of ['employee', 'woo-coordinator', 'archivist', 'administrator', 'auditor']) {
      const page = await open.signIn(id);
      rails[id] = await page.getByRole('navigation', { name: 'Hoofdmenu' }).getByRole('link').allTextContents();
      await page.context().close();
    }
    expect(rails).toEqual({
      employee: ['Uploaden', 'Mijn bundels', 'Zoeken', 'Hulp'],
      'woo-coordinator': ['Zoeken', 'Bundels', 'Sleutelpersonen', 'Bevriezingen', 'Hulp'],
      archivist: ['Werklijst', 'Bundels', 'Vernietigen', 'Bevriezingen', 'Verklaringen', 'Instellingen', 'Hulp'],
      administrator: ['Bundels', 'Zaken', 'Sleutelpersonen', 'Taken', 'Instellingen', 'Hulp'],
      auditor: ['Verklaringen', 'Logboek', 'Hulp'],
    });
  });
});

describe('an employee', () => {
  let page: Page;
  beforeAll(async () => {
    page = await open.signIn('employee-2');
  });
  afterAll(() => page.context().close());

  it('hands a chat in: the questions, the file, the report, the receipt', async () => {
    await page.getByRole('link', { name: 'Uploaden' }).click();
    await heading(page, 'Een chat uploaden');
    await page.getByRole('group', { name: 'Gaat de chat over uw werk voor de organisatie?' }).getByLabel('Ja').check();
    await said(page, 'Ja, bewaar deze chat.');
    await pick(page, 'WhatsApp-chat met Alma Terhorst.txt', chat(120, 'bomenkap'));
    await page.getByLabel('Bij welke zaak hoort de chat?').fill('ZAAK-2026-9001');
    await said(page, 'ZAAK-2026-9001 kennen we nog niet.');
    await expectAccessible(page);
    await button(page, 'Uploaden').click();
    await said(page, '120 berichten, alle regels begrepen, geen bijlagen ontbreken');
    await said(page, 'Het bestand is volledig opgenomen in het archief.');
    await expectAccessible(page);
    expect(await page.getByRole('region', { name: 'Ontvangstbewijs' }).textContent()).toContain('ZAAK-2026-9001');
  });

  it('finds it again among the own bundles, with its facts, and reads it as a chat', async () => {
    await page.getByRole('link', { name: 'Mijn bundels' }).click();
    await page.getByRole('link', { name: 'WhatsApp-chat met Alma Terhorst.txt' }).click();
    await heading(page, 'WhatsApp-chat met Alma Terhorst.txt');
    await said(page, 'Alma Terhorst, Bert Kuiper');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Alma Terhorst', exact: true }).click();
    await said(page, 'bomenkap nummer 0');
    await said(page, 'vrijdag 13 mei 2022');
    await expectAccessible(page);
    // Once a run: 0 is Alma's, 1 and 2 are Bert's.
    expect((await page.locator('.chat-sender').allTextContents()).slice(0, 3)).toEqual(['Alma Terhorst', 'Bert Kuiper', 'Alma Terhorst']);
  });

  it('is told where the first one is when the same file is handed in twice', async () => {
    await page.goto('/uploaden');
    await pick(page, 'nog een keer.txt', chat(120, 'bomenkap'));
    await button(page, 'Uploaden').click();
    await said(page, 'Dit bestand is al eerder aangeleverd');
    await page.getByRole('link', { name: 'Bekijk de eerste aanlevering' }).click();
    await heading(page, 'WhatsApp-chat met Alma Terhorst.txt');
    expect(await page.getByText('bewaard', { exact: true }).count()).toBeGreaterThan(0);
  });

  it('settles the order of day and month, with the dates of both readings in sight', async () => {
    await page.goto('/uploaden');
    await pick(page, 'gesprek rotonde.txt', '5/2/22, 16:08 - Alma Terhorst: De rotonde gaat dicht.\n5/2/22, 16:09 - Bert Kuiper: Tot wanneer?\n');
    await button(page, 'Uploaden').click();
    await said(page, 'We kunnen de datums op twee manieren lezen.');
    await expectAccessible(page);
    await page.getByLabel('dag – maand – jaar').check();
    expect(await page.locator('form.notice').textContent()).toContain('5 februari 2022');
    expect(await page.locator('form.notice').textContent()).toContain('2 mei 2022');
    await button(page, 'Zo klopt het').click();
    await said(page, '2 berichten, alle regels begrepen');
    await said(page, '5 februari 2022');
  });

  it('learns what is wrong with a file that is no chat', async () => {
    await page.goto('/uploaden');
    await pick(page, 'notulen.txt', 'Notulen van het overleg. Aanwezig: niemand.\n');
    await button(page, 'Uploaden').click();
    await said(page, 'Dit bestand konden we niet lezen');
    await said(page, 'Code: file.not-a-chat');
    await expectAccessible(page);
  });

  it('goes on with a large upload after the page was closed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'woordspoor-upload-'));
    const file = join(folder, 'WhatsApp-chat met Dijk.zip');
    writeFileSync(
      file,
      craftZip({
        entries: [
          { name: '_chat.txt', data: chat(20, 'dijkversterking') },
          { name: 'VID-20220513-WA0001.mp4', data: randomBytes(40 * 2 ** 20) },
        ],
      }),
    );
    await page.goto('/uploaden');
    // The third part never comes through while this stands: the upload hangs halfway.
    await page.route(/partNumber=3/, (route) => route.abort());
    await page.locator('input[type=file]').setInputFiles(file);
    await button(page, 'Uploaden').click();
    await said(page, 'De verbinding haperde');
    await said(page, /33,6 MB van 41,9/);
    await expectAccessible(page);
    await page.goto('about:blank');
    await page.unroute(/partNumber=3/);
    await page.goto('/uploaden');
    await said(page, 'Er staat nog een upload open');
    const sentAgain: string[] = [];
    page.on('request', (request) => {
      const part = new URL(request.url()).searchParams.get('partNumber');
      if (request.method() === 'PUT' && part !== null) sentAgain.push(part);
    });
    await page.locator('input[type=file]').setInputFiles(file);
    await said(page, 'Van dit bestand is al 33,6 MB verstuurd.');
    await button(page, 'Verder met uploaden').click();
    await said(page, '20 berichten');
    expect(sentAgain).toEqual(['3']);
    rmSync(folder, { recursive: true });
  });
});

describe('a Woo coordinator', () => {
  let page: Page;
  beforeAll(async () => {
    page = await open.signIn('woo-coordinator');
  });
  afterAll(() => page.context().close());

  async function search(query: string): Promise<void> {
    await page.getByLabel('Zoekvraag').fill(query);
    await page.getByLabel('Zoekvraag').press('Enter');
  }

  it('searches, sees exact counts, and reads a hit in its conversation', async () => {
    await heading(page, 'Zoeken in chats');
    await expectAccessible(page);
    await search('bomenkap');
    await page.getByRole('heading', { level: 2, name: '120 berichten in 1 gesprek' }).waitFor();
    expect(await page.locator('[data-hit]').count()).toBe(50);
    await page.locator('[data-hit]').nth(3).click();
    const beside = page.getByRole('region', { name: 'Het gesprek bij dit bericht' });
    await beside.locator('.chat-bubble[data-current=true] mark').waitFor();
    expect(await beside.locator('.chat-bubble[data-current=true]').textContent()).toContain('bomenkap nummer 116');
    await expectAccessible(page);
    await button(page, 'Meer laden').click();
    await page.locator('[data-hit]').nth(99).waitFor();
    await beside.getByRole('link', { name: 'Heel het gesprek openen' }).click();
    await page.waitForURL(/bericht=117$/);
    await said(page, 'bomenkap nummer 116');
    await page.goBack();
    await page.getByRole('heading', { level: 2, name: '120 berichten in 1 gesprek' }).waitFor();
  });

  it('narrows by sender, by month and by case, and takes each filter away again', async () => {
    await page.getByText('Afzender (2)').click();
    await page.getByRole('button', { name: /^Alma Terhorst/ }).click();
    await page.getByRole('heading', { level: 2, name: '40 berichten in 1 gesprek' }).waitFor();
    await page.getByLabel('Vanaf').fill('2022-05-14');
    await page.getByRole('heading', { level: 2, name: 'Geen berichten gevonden' }).waitFor();
    await expectAccessible(page);
    await button(page, 'Alle filters weghalen').click();
    await page.getByRole('heading', { level: 2, name: '120 berichten in 1 gesprek' }).waitFor();
    await page.getByText('Toon de cijfers als tabel').click();
    expect(await page.getByRole('table', { name: 'Berichten per maand' }).textContent()).toContain('mei 2022120');
  });

  it('walks the hits by keyboard alone', async () => {
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('query');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('[data-hit][aria-current=true]').waitFor();
    expect(await page.locator('[data-hit]').nth(1).getAttribute('aria-current')).toBe('true');
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Toetsen op deze pagina' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('is shown the place where a query goes wrong', async () => {
    await search('bomenkap EN (vergunning');
    await said(page, 'Deze zoekvraag begrijpen we niet');
    expect(await page.locator('#search-error').textContent()).toMatch(/Bij teken \d+/);
    await expectAccessible(page);
    await search('kwixotisch');
    await page.getByRole('heading', { level: 2, name: 'Geen berichten gevonden' }).waitFor();
    await button(page, 'Zo zoekt u').click();
    await page.getByRole('dialog', { name: 'Zo zoekt u' }).waitFor();
    await expectAccessible(page);
    await button(page, 'Sluiten').click();
  });

  it('switches a form of a word off and on again', async () => {
    await search('bomenkap AND 11*');
    const forms = page.getByRole('region', { name: 'Gezocht op deze vormen' });
    await page.getByRole('heading', { level: 2, name: '11 berichten in 1 gesprek' }).waitFor();
    await forms.getByRole('checkbox', { name: /^113/ }).uncheck();
    await page.getByRole('heading', { level: 2, name: '10 berichten in 1 gesprek' }).waitFor();
    expect(await page.getByLabel('Zoekvraag').inputValue()).toBe('bomenkap AND 11*');
    await expectAccessible(page);
    await forms.getByRole('checkbox', { name: /^113/ }).check();
    await page.getByRole('heading', { level: 2, name: '11 berichten in 1 gesprek' }).waitFor();
  });

  it('keeps a query out of the address and out of the history', async () => {
    await search('bomenkap');
    await page.locator('[data-hit]').first().waitFor();
    expect(page.url()).not.toContain('bomenkap');
    expect(await page.evaluate("JSON.stringify(history.state) ?? ''")).not.toContain('bomenkap');
  });

  it('places a hold on a case and releases it; the bundle says so', async () => {
    await page.getByRole('link', { name: 'Bevriezingen' }).click();
    await heading(page, 'Bevriezingen');
    await button(page, 'Bevriezing zetten').click();
    await said(page, 'Noem minstens een zaak of een bundel.');
    await page.getByLabel('Zaaknummers').fill('ZAAK-2026-9001');
    await button(page, 'Bevriezing zetten').click();
    await said(page, 'De bevriezing staat.');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Bundels' }).click();
    await page.getByLabel('Zaaknummer').fill('ZAAK-2026-9001');
    await button(page, 'Toon').click();
    await page.getByRole('link', { name: 'WhatsApp-chat met Alma Terhorst.txt' }).click();
    await said(page, 'Deze bundel mag niet worden vernietigd');
    await page.getByRole('link', { name: 'Bevriezingen' }).click();
    await page
      .getByRole('row', { name: /ZAAK-2026-9001/ })
      .getByRole('button', { name: 'Opheffen' })
      .click();
    await page.getByRole('dialog', { name: 'Bevriezing opheffen?' }).waitFor();
    await expectAccessible(page);
    await button(page, 'Ja, opheffen').click();
    await page.getByRole('row', { name: /ZAAK-2026-9001/ }).waitFor({ state: 'detached' });
    expect(await page.getByRole('row', { name: /ZAAK-2026-9001/ }).count()).toBe(0);
  });
});

describe('a conversation of 40,000 messages', () => {
  it('keeps few rows in the page and jumps to the last one', async () => {
    const page = await open.signIn('employee-3');
    await pick(
      page,
      'WhatsApp-chat met Wijkwacht.txt',
      chat(19_000, 'wijkwacht') +
        chat(19_000, 'nachtdienst')
          .replaceAll('-05-2022', '-06-2022')
          .replaceAll(/^(3[1-9]|[4-9]\d)-06/gm, '30-06') +
        chat(2_000, 'slotwoord').replaceAll('-05-2022', '-07-2022'),
    );
    await button(page, 'Uploaden').click();
    await said(page, '40.000 berichten');
    await page.getByRole('link', { name: 'Lees het gesprek' }).click();
    await page.getByRole('link', { name: 'Wijkwacht', exact: true }).click();
    await said(page, 'wijkwacht nummer 0');
    expect(await page.locator('.chat-row').count()).toBeLessThan(60);
    await page.getByLabel(/^Ga naar bericht/).fill('40000');
    await button(page, 'Ga').click();
    await said(page, 'slotwoord nummer 1999');
    expect(await page.locator('.chat-row').count()).toBeLessThan(60);
    // The view measures rows and jumps again until the row stands: the last one must come to stand, not at the first glance.
    await expect.poll(() => page.locator('.chat-row').last().getAttribute('aria-posinset'), { timeout: 10_000 }).toBe('40000');
    await page.locator('.chat').focus();
    await page.keyboard.press('Home');
    await said(page, 'wijkwacht nummer 0');
    await page.context().close();
  }, 120_000);
});

it('gave the browser nothing to complain of: no error of a page, nothing that the content security policy refuses', () => {
  expect(open.complaints).toEqual([]);
});
