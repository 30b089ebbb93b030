// Deciding what to keep, learning how to export, and the register of key persons, through the real window; axe looks at every page, wide and narrow.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectAccessible, type OpenWindow, openWindow } from '#test/support/window.ts';
import { drawingLabel } from '../../web/src/help/drawing-label.ts';
import { guideApps } from '../../web/src/help/guide-apps.ts';
import { exportGuides } from '../../web/src/text/export-guides.nl.ts';

vi.setConfig({ testTimeout: 120_000 });

let open: OpenWindow;
beforeAll(async () => {
  open = await openWindow();
}, 240_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await open.picture(task.name);
});
afterAll(() => open?.close());

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const said = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
const answer = (page: Page, question: string | RegExp, value: 'Ja' | 'Nee') => page.getByRole('group', { name: question }).getByLabel(value).check();

describe('the guides', () => {
  it('name for every app what to hand in, a road, what is left out, and the three settings', () => {
    for (const app of guideApps) {
      const guide = exportGuides[app];
      expect(
        guide.roads.some(({ steps }) => steps.length > 0),
        app,
      ).toBe(true);
      for (const { steps, note } of guide.roads) expect(steps.length > 0 || note !== undefined, app).toBe(true);
      expect(guide.leftOut.length, app).toBeGreaterThan(2);
      expect(guide.checked, app).toMatch(/\w{3}.* (?:met|aan) /);
      expect(guide.settings.length, app).toBe(3);
    }
  });

  it('say in words what every drawing shows, and point at something that is there', () => {
    const drawings = guideApps.flatMap((app) =>
      [...exportGuides[app].roads, ...exportGuides[app].settings].flatMap(({ steps }) =>
        steps.flatMap(({ drawing }) => (drawing === undefined ? [] : [drawing])),
      ),
    );
    expect(drawings.length).toBeGreaterThan(40);
    for (const drawing of drawings) {
      expect(drawingLabel(drawing)).toMatch(/^Tekening van .{10,}/);
      if ('items' in drawing && 'mark' in drawing) expect(drawing.items[drawing.mark]).toBeTypeOf('string');
    }
  });

  it('speak to the reader as "u"', () => {
    expect(JSON.stringify(exportGuides)).not.toMatch(/\b(jij|jouw|jullie|je moet|je kunt)\b/i);
  });
});

describe('an employee', () => {
  let page: Page;
  beforeAll(async () => {
    page = await open.signIn('employee-3');
  });
  afterAll(() => page.context().close());

  it('who answers four times no is told what to do, and nothing is sent; and may hand in all the same', async () => {
    await page.goto('/uploaden');
    await heading(page, 'Een chat uploaden');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/v1/bundles')) sent.push(request.url());
    });
    await page.getByText('Voorbeelden: wel of niet bewaren').click();
    await said(page, 'u of een ander geeft akkoord');
    await answer(page, /over uw werk/, 'Nee');
    await answer(page, /collega’s/, 'Nee');
    await answer(page, /rechten/, 'Nee');
    await said(page, 'Beantwoord de vier vragen.');
    await answer(page, /verantwoording/, 'Nee');
    await said(page, 'U hoeft deze chat niet te bewaren.');
    await said(page, 'Er wordt niets verstuurd.');
    await said(page, 'Loopt er een Woo-verzoek');
    expect(await page.getByText('U hoeft niets te versturen.').count()).toBe(2);
    expect(await page.locator('input[type=file]').count()).toBe(0);
    await expectAccessible(page);
    expect(sent).toEqual([]);
    await button(page, 'Toch inleveren').click();
    await page.locator('input[type=file]').waitFor({ state: 'attached' });
    await button(page, 'Toch niet inleveren').click();
    expect(await page.locator('input[type=file]').count()).toBe(0);
  });

  it('sees the ground of the decision on the bundle, and takes the receipt as a document', async () => {
    await answer(page, /rechten/, 'Ja');
    await said(page, 'Ja, bewaar deze chat.');
    await answer(page, /Staat alles al/, 'Ja');
    await said(page, 'Bewaren mag, ook als de inhoud al vastligt.');
    await answer(page, /Staat alles al/, 'Nee');
    await page.locator('input[type=file]').setInputFiles({
      name: 'WhatsApp-chat met Ilse.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('13-05-2022 10:00 - Ilse Hendrikx: De subsidie is toegezegd\n'),
    });
    await button(page, 'Uploaden').click();
    await said(page, 'Ontvangen en bewaard');
    const pdf = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Ontvangstbewijs als PDF' }).click();
    const { readFileSync } = await import('node:fs');
    expect(
      readFileSync(await (await pdf).path())
        .subarray(0, 5)
        .toString('latin1'),
    ).toBe('%PDF-');
    const json = page.waitForEvent('download');
    await button(page, 'Als JSON').click();
    expect(JSON.parse(readFileSync(await (await json).path(), 'utf8'))).toMatchObject({
      keepDecision: { outcome: 'keep', reasons: ['rights-derived'], answeredNo: ['municipal-task', 'others-should-know', 'public-accountability'] },
    });
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Lees het gesprek' }).click();
    await said(page, 'Bewaren: iemand kan er rechten aan ontlenen.');
  });

  it('learns beside the file how to export, without losing what was filled in', async () => {
    await page.goto('/uploaden');
    await answer(page, /over uw werk/, 'Ja');
    await page.getByText('Hoe exporteer ik een chat?').click();
    await page.getByLabel('Uit welke app komt de chat?').selectOption('telegram');
    await page
      .getByRole('img', { name: /drie puntjes|Chatgeschiedenis exporteren/ })
      .first()
      .waitFor();
    await said(page, 'geheime chats');
    await expectAccessible(page);
    await said(page, 'Ja, bewaar deze chat.');
  });

  it('reads a help page for every app', async () => {
    await page.getByRole('link', { name: 'Hulp' }).click();
    await heading(page, 'Hulp');
    await said(page, 'u zegt een inwoner iets toe over een besluit');
    await expectAccessible(page);
    for (const app of guideApps) {
      await page.goto(`/hulp/${app}`);
      await page.getByRole('heading', { level: 2, name: 'Wat er niet in de export zit' }).waitFor();
      await expectAccessible(page);
    }
    await page.goto('/hulp/icq');
    await heading(page, 'Deze pagina bestaat niet');
    await page.getByRole('link', { name: 'WhatsApp' }).click();
    await heading(page, 'Een chat exporteren uit WhatsApp');
  });
});

describe('a records manager', () => {
  let page: Page;
  beforeAll(async () => {
    page = await open.signIn('records-manager');
  });
  afterAll(() => page.context().close());

  async function add(name: string, role: string, account: string, from: string, rhythm = 'elke maand'): Promise<void> {
    await page.goto('/sleutelpersonen');
    await button(page, 'Sleutelpersoon toevoegen').click();
    const form = page.getByRole('dialog', { name: 'Sleutelpersoon toevoegen' });
    await form.getByLabel('Naam').fill(name);
    await form.getByLabel('Functie').fill(role);
    await form.getByLabel('Het ritme telt vanaf').fill(from);
    await form.getByLabel('Account').fill(account);
    await form.getByLabel('Hoe vaak inleveren').selectOption({ label: rhythm });
    await button(page, 'Opslaan').click();
    await heading(page, name);
  }

  it('puts key persons into the register and sees who is behind first', async () => {
    await add('Gijs Brandhof', 'griffier', '', '2020-01-01');
    await said(page, /loopt achter: \d+ dagen te laat/);
    await expectAccessible(page);
    // The demo's own upload is of today: with a rhythm of a week the next one is near.
    await add('Ruben Castelijn', 'projectleider', 'person-employee-4', '2020-01-01', 'elke week');
    await said(page, 'bijna aan de beurt');
    await add('Anouk Zwartewater', 'wethouder', '', '2999-01-01');
    await page.getByRole('link', { name: 'Sleutelpersonen' }).first().click();
    await said(page, /loopt achter|lopen achter/);
    await page.getByRole('rowheader', { name: /Anouk Zwartewater/ }).waitFor();
    const names = await page.getByRole('rowheader').getByRole('link').allTextContents();
    const ours = names.filter((name) => ['Gijs Brandhof', 'Ruben Castelijn', 'Anouk Zwartewater'].includes(name));
    expect(ours).toEqual(['Gijs Brandhof', 'Ruben Castelijn', 'Anouk Zwartewater']);
    await expectAccessible(page);
  });

  it('hands in for somebody who has no account', async () => {
    await page.getByRole('link', { name: 'Anouk Zwartewater' }).click();
    await page.getByRole('link', { name: 'Chat inleveren voor deze persoon' }).click();
    await said(page, 'U levert in voor Anouk Zwartewater, wethouder.');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'chat.txt', mimeType: 'text/plain', buffer: Buffer.from('13-05-2022 10:00 - Anouk: De brug gaat open\n') });
    await button(page, 'Uploaden').click();
    await said(page, 'Ontvangen en bewaard');
    await page.goto('/sleutelpersonen');
    await page.getByRole('link', { name: 'Anouk Zwartewater' }).click();
    await said(page, /met berichten van 13 mei 2022/);
    await page.getByRole('link', { name: 'Bekijk de bundel' }).click();
    await heading(page, 'chat.txt');
    await page.getByRole('link', { name: 'Bekijk wie dit is' }).click();
    await heading(page, 'Anouk Zwartewater');
    expect(new URL(page.url()).pathname).toMatch(/^\/sleutelpersonen\/custodian_/);
  });

  it('reminds, works off the checklist of leaving, and closes it', async () => {
    await said(page, 'Beste Anouk Zwartewater,');
    await button(page, 'Vastleggen dat u herinnerd hebt').click();
    await said(page, /Laatst herinnerd op/);
    await page.getByLabel('Laatste werkdag').fill('2999-12-31');
    await button(page, 'Vertreklijst beginnen').click();
    await said(page, '0 van 7 stappen klaar');
    await expectAccessible(page);
    await button(page, /^Niet nodig: Ook de eigen telefoon/).click();
    await page.getByLabel('Waarom is deze stap niet nodig?').fill('had alleen een werktelefoon');
    await page.getByRole('dialog').getByRole('button', { name: 'Opslaan' }).click();
    await said(page, /had alleen een werktelefoon/);
    for (let left = 6; left > 0; left--) {
      await button(page, /^Klaar: /)
        .first()
        .click();
      await said(page, `${8 - left} van 7 stappen klaar`);
    }
    await button(page, 'De persoon is weg').click();
    await said(page, 'Deze persoon is weg.');
    await expectAccessible(page);
  });

  it('takes somebody out of the register', async () => {
    await button(page, 'Uit het register halen').click();
    await page.getByRole('dialog', { name: 'Deze persoon uit het register halen?' }).waitFor();
    await expectAccessible(page);
    await button(page, 'Ja, uit het register halen').click();
    await heading(page, 'Sleutelpersonen');
    await page.getByRole('rowheader', { name: /Gijs Brandhof/ }).waitFor();
    expect(await page.getByText('Anouk Zwartewater').count()).toBe(0);
  });
});

describe('a key person', () => {
  it('is told at the upload what is expected; a Woo coordinator may look, not change', async () => {
    const ruben = await open.signIn('employee-4');
    await ruben.goto('/uploaden');
    await said(ruben, 'Uw chats over het werk');
    await said(ruben, /U levert elke week in\. De laatste keer was .* De volgende keer is uiterlijk/);
    await expectAccessible(ruben);
    await ruben.context().close();
    const hanneke = await open.signIn('woo-coordinator');
    await hanneke.getByRole('link', { name: 'Sleutelpersonen' }).click();
    await hanneke.getByRole('link', { name: 'Ruben Castelijn' }).click();
    await heading(hanneke, 'Ruben Castelijn');
    expect(await button(hanneke, /Opslaan|register|herinnerd|Vertreklijst/).count()).toBe(0);
    await expectAccessible(hanneke);
    await hanneke.context().close();
  });
});

describe('an administrator', () => {
  it('writes the words of the keep help, and the employee reads them', async () => {
    const page = await open.signIn('administrator');
    await page.goto('/instellingen');
    await page.getByLabel('Voorbeelden: wel bewaren').fill('u belooft een ondernemer een plek op de markt\n\nu stemt in met een offerte');
    await page.getByLabel('Bij wie kunnen medewerkers terecht?').fill('Bel Marijke, toestel 1234.');
    await expectAccessible(page);
    await page
      .locator('form', { has: page.getByLabel('Voorbeelden: wel bewaren') })
      .getByRole('button', { name: 'Opslaan' })
      .click();
    await said(page, 'De instellingen zijn opgeslagen.');
    await page.context().close();
    const samira = await open.signIn('employee');
    await samira.goto('/uploaden');
    await said(samira, 'Vragen? Bel Marijke, toestel 1234.');
    await samira.getByText('Voorbeelden: wel of niet bewaren').click();
    expect(await samira.getByText('u stemt in met een offerte').count()).toBe(1);
    expect(await samira.getByText('u of een ander geeft akkoord').count()).toBe(0);
    await samira.context().close();
  });

  it('sees no page error and no refused content anywhere', () => {
    expect(open.complaints).toEqual([]);
  });
});
