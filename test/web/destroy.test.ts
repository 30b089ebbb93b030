// Closing a case, deciding about destruction step by step, and the certificate: each role through the real window on the real ground.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
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

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const said = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

async function as(id: string, walk: (page: Page) => Promise<void>): Promise<void> {
  const page = await open.signIn(id);
  await walk(page);
  await page.context().close();
}

/** Runs a nightly job now and waits for its report. */
async function run(page: Page, job: string): Promise<string> {
  await page.getByRole('link', { name: 'Taken' }).click();
  await heading(page, 'Taken');
  await page.getByRole('button', { name: `${job}: Nu starten` }).click();
  const card = page.locator('section.card').filter({ has: page.getByRole('heading', { name: job }) });
  await card.getByText('klaar', { exact: true }).waitFor();
  return (await card.textContent()) ?? '';
}

describe('cases', () => {
  it('a records manager enters a case, finds its row in the selection list by number and by word, and sees how the date came about', async () => {
    await as('records-manager', async (page) => {
      await page.getByRole('link', { name: 'Zaken' }).click();
      await heading(page, 'Zaken');
      await expectAccessible(page);
      await page.getByLabel('Zaaknummer').fill('ZAAK-2026-7001');
      await button(page, 'Zaak openen').click();
      await said(page, 'Deze zaak kennen we nog niet.');
      await page.getByLabel('Onderwerp').fill('Subsidie muziekschool');
      await page.getByRole('group', { name: 'Is de zaak afgehandeld?' }).getByLabel('afgehandeld').check();
      await page.getByLabel('Afgehandeld op').fill('2026-02-28');
      await page.getByLabel('volgens de selectielijst').check();
      await page.getByLabel('Nummer of woord uit de selectielijst').fill('subsidie');
      await page.getByRole('list', { name: 'Uitkomsten in de selectielijst' }).getByRole('listitem').first().waitFor();
      await page.getByLabel('Nummer of woord uit de selectielijst').fill('6.1');
      await button(page, 'Kies 6.1').click();
      await said(page, 'Gekozen:');
      await expectAccessible(page);
      await button(page, 'Opslaan').click();
      await said(page, 'De zaak is opgeslagen.');
      await heading(page, 'ZAAK-2026-7001: Subsidie muziekschool');
      await page.getByRole('heading', { name: 'Zo is de datum bepaald' }).waitFor();
      expect(await page.locator('section.card').first().textContent()).toMatch(/28 februari 20\d\d/);
    });
  });

  it('says in words which field is wrong, and saves nothing', async () => {
    await as('records-manager', async (page) => {
      await page.goto('/zaken/ZAAK-2026-7002');
      await said(page, 'Deze zaak kennen we nog niet.');
      await page.getByLabel('zelf invullen').check();
      await page.getByRole('group', { name: 'Wat gebeurt er na afloop?' }).getByLabel('vernietigen').check();
      await button(page, 'Opslaan').click();
      expect(await page.locator('input:invalid').count()).toBe(1);
      await page.reload();
      await said(page, 'Deze zaak kennen we nog niet.');
    });
  });
});

describe('a destruction list', () => {
  let name = '';

  it('is proposed by the nightly job, which the administrator can start now', async () => {
    await as('administrator', async (page) => {
      await page.getByRole('link', { name: 'Instellingen' }).click();
      const days = page.getByLabel('Bedenktijd voor een vernietiging (dagen)');
      await days.fill('0');
      await page.locator('form').filter({ has: days }).getByRole('button', { name: 'Opslaan', exact: true }).click();
      await said(page, 'De instellingen zijn opgeslagen.');
      await said(page, 'Alleen de archivaris kan deze machtigingen geven of intrekken.');
      await expectAccessible(page);
      expect(await run(page, 'Vernietiging voorstellen')).toContain('klaar');
      await said(page, 'Er ligt geen werk stil.');
      await expectAccessible(page);
    });
  });

  it('waits for a records manager, who hands it in and cannot review it as well', async () => {
    await as('records-manager', async (page) => {
      await heading(page, 'Werklijst');
      await page.getByRole('link', { name: 'Indienen voor beoordeling' }).waitFor();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Indienen voor beoordeling' }).click();
      await page.getByRole('list', { name: 'De weg van deze lijst' }).waitFor();
      name = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
      await expectAccessible(page);
      await button(page, 'Indienen voor beoordeling').click();
      await said(page, 'U heeft deze lijst zelf ingediend.');
      expect(await button(page, 'Akkoord, naar de archivaris').count()).toBe(0);
    });
  });

  it('is reviewed by another records manager, who must give a reason for what stays', async () => {
    await as('records-manager-2', async (page) => {
      await page.getByRole('link', { name: 'Beoordelen' }).click();
      await heading(page, name);
      await page.getByRole('checkbox').first().check();
      await button(page, 'Akkoord, naar de archivaris').click();
      await said(page, 'Geef bij elke uitzondering een reden.');
      await expectAccessible(page);
      await page.getByRole('checkbox').first().uncheck();
      await button(page, 'Akkoord, naar de archivaris').click();
      await said(page, 'De lijst wacht op de archivaris.');
      expect(await page.getByRole('listitem').filter({ hasText: 'Archivaris' }).getAttribute('aria-current')).toBe('step');
    });
  });

  it('is sent back or authorised by the archivist', async () => {
    await as('archivist', async (page) => {
      await heading(page, 'Werklijst');
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Beslissen' }).click();
      await heading(page, name);
      await button(page, 'Terugsturen').click();
      await said(page, 'Schrijf op wat er moet veranderen.');
      await expectAccessible(page);
      await button(page, 'Machtiging geven').click();
      await said(page, 'De archivaris gaf de machtiging.');
      expect(await page.getByRole('link', { name: 'Bevestigen' }).count()).toBe(0);
    });
  });

  it('is confirmed by typing its name, on a page that says what will be gone', async () => {
    await as('records-manager', async (page) => {
      await page.getByRole('link', { name: 'Bevestigen' }).click();
      await page.getByRole('link', { name: 'Bevestigen' }).click();
      await heading(page, 'Deze vernietiging bevestigen');
      await said(page, /1 bundel, samen 9 berichten/);
      await page.getByLabel('Typ de naam van de lijst over').fill('verkeerde naam');
      await button(page, 'Bevestig deze vernietiging').click();
      await said(page, 'Dit is niet de naam van de lijst.');
      await expectAccessible(page);
      await page.getByLabel('Typ de naam van de lijst over').fill(name);
      await button(page, 'Bevestig deze vernietiging').click();
      await heading(page, name);
      await said(page, /De uitvoering begint op/);
      expect(await button(page, 'Lijst stoppen').count()).toBe(1);
    });
  });

  it('is carried out, and the certificate can be read and taken along', async () => {
    await as('administrator', async (page) => {
      expect(await run(page, 'Vernietiging uitvoeren')).toContain('klaar');
    });
    await as('records-manager', async (page) => {
      await page.getByRole('link', { name: 'Vernietigen' }).click();
      await heading(page, 'Vernietigingslijsten');
      await expectAccessible(page);
      await page.getByRole('link', { name }).click();
      await said(page, 'De lijst is uitgevoerd en gecontroleerd.');
      await expectAccessible(page);
      await page.getByRole('row').nth(1).getByRole('link').click();
      await said(page, 'Deze bundel is vernietigd');
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Verklaringen' }).click();
      await heading(page, 'Verklaringen van vernietiging');
      await expectAccessible(page);
      await page.getByRole('link', { name }).click();
      await heading(page, 'Verklaring van vernietiging');
      await said(page, name);
      await expectAccessible(page);
      await button(page, 'Controleer nu').click();
      await said(page, 'Alles klopt');
      await said(page, /^De verklaring is niet gewijzigd\. Van \d+ bundels? is nergens meer iets gevonden\.$/);
      await expectAccessible(page);
      const href = await page.getByRole('link', { name: 'Download als PDF' }).getAttribute('href');
      const pdf = await page.request.get(href ?? '');
      expect(pdf.headers()['content-type']).toBe('application/pdf');
      expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    });
  });

  it('leaves its trace in the log of the auditor, and no name or word of a chat', async () => {
    await as('auditor', async (page) => {
      await page.getByRole('link', { name: 'Logboek' }).click();
      await heading(page, 'Logboek');
      await page.getByRole('row').nth(1).waitFor();
      await button(page, 'Controleer het logboek').click();
      await said(page, /^Alles klopt: /);
      await expectAccessible(page);
      while ((await button(page, 'Meer laden').count()) > 0) await button(page, 'Meer laden').click();
      const log = (await page.getByRole('table').textContent()) ?? '';
      for (const action of ['list.submit', 'list.review', 'list.authorise', 'list.confirm']) expect(log).toContain(action);
      expect(log).not.toContain('Molenweg');
    });
  });
});

describe('settings and help', () => {
  it('the archivist gives a standing authorisation and withdraws it', async () => {
    await as('archivist', async (page) => {
      await page.getByRole('link', { name: 'Instellingen' }).click();
      await said(page, 'Er zijn geen doorlopende machtigingen.');
      await page.getByLabel('Selectielijst').fill('6.1');
      await page.getByLabel('Kenmerk van het besluit').fill('B&W 2026-0117');
      await page.getByLabel('Tot en met').fill('2027-12-31');
      await button(page, 'Machtiging toevoegen').click();
      await page.getByRole('row', { name: /B&W 2026-0117/ }).waitFor();
      await expectAccessible(page);
      await button(page, 'Intrekken').click();
      await said(page, 'Er zijn geen doorlopende machtigingen.');
      expect(await page.getByRole('row', { name: /B&W 2026-0117/ }).count()).toBe(0);
    });
  });

  it('help and an unknown address say what to do', async () => {
    await as('auditor', async (page) => {
      await page.getByRole('link', { name: 'Hulp' }).click();
      await heading(page, 'Hulp');
      await expectAccessible(page);
      await page.goto('/bestaat-niet');
      await heading(page, 'Deze pagina bestaat niet');
      await expectAccessible(page);
    });
  });

  it('moves the focus to the heading of the new page, and skips to the content by keyboard', async () => {
    await as('records-manager', async (page) => {
      await heading(page, 'Werklijst');
      await page.getByRole('link', { name: 'Zaken' }).click();
      await heading(page, 'Zaken');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Zaken');
      expect(await page.title()).toBe('Zaken · Woordspoor');
      await page.reload();
      await heading(page, 'Zaken');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Naar de inhoud');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('location.hash')).toBe('#inhoud');
    });
  });
});

it('gave the browser nothing to complain of: no error of a page, nothing that the content security policy refuses', () => {
  expect(open.complaints).toEqual([]);
});
