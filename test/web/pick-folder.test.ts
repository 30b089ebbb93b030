// A folder, or loose files that belong together, as one zip: made in the browser, the same bytes each time, and picked from by the person.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readZipDirectory } from '#core/intake/zip-directory.ts';
import { inspectUpload } from '#store/inspect-upload.ts';
import { fromBytes } from '#store/random-access.ts';
import { sha256Of } from '#test/support/handed-in.ts';
import { expectAccessible, type OpenWindow, openWindow } from '#test/support/window.ts';
import { type FolderFile, packFiles } from '../../web/src/upload/folder/pack-files.ts';

vi.setConfig({ testTimeout: 120_000 });

const at = Date.UTC(2024, 1, 13, 9, 30, 10);
const file = (path: string, text: string): FolderFile => ({ path, file: new File([text], path.split('/').at(-1) ?? '', { lastModified: at }) });
const chat = (name: string, said: string) => `13-02-2024 09:00 - ${name}: ${said}\n14-02-2024 10:00 - ${name}: Tot morgen\n`;

describe('the zip of a folder', () => {
  const files = [file('Export/Wijkteam/chat.txt', chat('Noor', 'Goedemorgen')), file('Export/Wijkteam/foto é.jpg', 'abc'), file('Export/leeg.txt', '')];

  it('holds every file as it is, under its path, and passes the checks of the archive', async () => {
    const done: number[] = [];
    const bytes = new Uint8Array(await (await packFiles(files, (so) => done.push(so))).arrayBuffer());
    expect(done.at(-1)).toBe(files.reduce((sum, one) => sum + one.file.size, 0));
    const found = await inspectUpload(fromBytes(bytes), { fileName: 'Export.zip', size: bytes.length, sha256: sha256Of(bytes) });
    if (!found.ok) throw new Error(found.problem.code);
    expect(found.files.map(({ name, size }) => [name, size])).toEqual(files.map(({ path, file: own }) => [path, own.size]));
    const chunks: Uint8Array[] = [];
    for await (const chunk of found.files[0]?.open() ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(chat('Noor', 'Goedemorgen'));
  });

  it('is the same zip when it is made again, and dates its files', async () => {
    const make = async () => Buffer.from(await (await packFiles(files, () => undefined)).arrayBuffer());
    const bytes = await make();
    expect((await make()).equals(bytes)).toBe(true);
    const directory = await readZipDirectory({ size: bytes.length, read: async (from, to) => bytes.subarray(from, to) });
    if (!directory.ok) throw new Error(directory.problem);
    // 13 February 2024, 9.30 and 10 seconds.
    expect(directory.members[0]?.modified).toBe((((2024 - 1980) << 9) | (2 << 5) | 13) * 0x10000 + ((9 << 11) | (30 << 5) | 5));
  });
});

describe('in the window', () => {
  let open: OpenWindow;
  let page: Page;
  const root = mkdtempSync(join(tmpdir(), 'woordspoor-folder-'));
  const folder = join(root, 'Chats van het werk');

  beforeAll(async () => {
    for (const [name, said] of [
      ['Wijkteam', 'De damwand wordt dinsdag geplaatst'],
      ['Moeder', 'Wat eten we vanavond'],
    ] as const) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, `WhatsApp-chat met ${name}.txt`), chat(name, said));
    }
    writeFileSync(join(folder, '.DS_Store'), 'x');
    open = await openWindow();
    page = await open.signIn('employee');
  }, 240_000);
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await open.picture(task.name);
  });
  afterAll(async () => {
    await open?.close();
    rmSync(root, { recursive: true, force: true });
  });

  const said = (words: string | RegExp) => page.getByText(words).first().waitFor({ timeout: 60_000 });

  it('a chosen folder shows its conversations; the person takes one along and leaves the other', async () => {
    await page.goto('/uploaden');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Kies een map' }).click();
    await (await chooser).setFiles(folder);
    await said(/^Chats van het werk\.zip/);
    const moeder = page.getByRole('checkbox', { name: /Moeder/ });
    await moeder.waitFor();
    await expectAccessible(page);
    await moeder.uncheck();
    await page.getByRole('button', { name: /^Uploaden/ }).click();
    await said('Ontvangen en bewaard');
    await said(/2 berichten, alle regels begrepen/);
    await page.getByRole('link', { name: 'Lees het gesprek' }).click();
    await page.getByRole('link', { name: 'Wijkteam', exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Moeder', exact: true }).count()).toBe(0);
    await said('Weggelaten door inzender');
  });

  it('a dropped folder is walked to its end', async () => {
    await page.goto('/uploaden');
    await page.getByRole('button', { name: 'Kies een map' }).waitFor();
    // A browser makes entries of a real drop only: these are its shapes, with a folder that tells its files in two turns.
    await page.evaluate(`(() => {
      const text = ${JSON.stringify(chat('Stadhuis', 'Het sein staat op groen'))};
      const file = (name, path, content) => ({ isFile: true, isDirectory: false, name, fullPath: path, file: (ok) => ok(new File([content], name, { lastModified: ${at} })) });
      const turns = [[file('chat.txt', '/Map/chat.txt', text)], [file('IMG-1.jpg', '/Map/IMG-1.jpg', 'abc')], []];
      const folder = { isFile: false, isDirectory: true, name: 'Map', fullPath: '/Map', createReader: () => ({ readEntries: (ok) => ok(turns.shift()) }) };
      const drop = new Event('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(drop, 'dataTransfer', { value: { items: [{ webkitGetAsEntry: () => folder }], files: [] } });
      document.querySelector('.drop').dispatchEvent(drop);
    })()`);
    await said(/^Map\.zip/);
    await page.getByRole('button', { name: 'Uploaden', exact: true }).click();
    await said('Ontvangen en bewaard');
    await page.getByRole('link', { name: 'Lees het gesprek' }).click();
    await page
      .getByRole('link', { name: /chat|Stadhuis|zonder/i })
      .last()
      .waitFor();
    expect(open.complaints).toEqual([]);
  });

  it('loose files go together, called after the one text among them', async () => {
    await page.goto('/uploaden');
    const loose = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
    await page
      .locator('input[type=file]')
      .setInputFiles([
        loose('IMG-20240213-WA0001.jpg', 'abc'),
        loose('WhatsApp-chat met Ilse.txt', '13-02-2024 09:00 - Ilse: IMG-20240213-WA0001.jpg (bestand bijgevoegd)\n'),
      ]);
    await said(/^WhatsApp-chat met Ilse\.zip/);
    await page.getByRole('button', { name: 'Uploaden', exact: true }).click();
    await said(/1 bericht, alle regels begrepen, geen bijlagen ontbreken/);
    expect(open.complaints).toEqual([]);
  });

  it('an empty folder is told at once', async () => {
    const empty = join(root, 'Leeg');
    mkdirSync(empty);
    writeFileSync(join(empty, '.DS_Store'), 'x');
    await page.goto('/uploaden');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Kies een map' }).click();
    await (await chooser).setFiles(empty);
    await said('In deze map zitten geen bestanden.');
    await expectAccessible(page);
  });
});
