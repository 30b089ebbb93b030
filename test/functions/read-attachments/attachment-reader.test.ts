// Attachments are read in a thread that can be ended: a picture gives its words offline, what hangs or dies is a reason and not an accident.
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { makeAttachmentReader } from '#functions/read-attachments/attachment-reader.ts';
import { docxFile, mailFile, pdfFile } from '#test/fixtures/attachment-files.ts';

const screenshot = readFileSync(new URL('../../fixtures/attachments/screenshot-of-a-chat.png', import.meta.url));
let close = async () => {};
afterEach(() => close());

function reader(settings?: Parameters<typeof makeAttachmentReader>[0]) {
  const made = makeAttachmentReader(settings);
  close = made.close;
  return made.readText;
}

const roomy = { documentMs: 60_000, pictureMs: 60_000, heapMb: 512 };

test('reads the words of a screenshot, and says how sure it is', async () => {
  const outcome = await reader()('picture', screenshot);
  expect(outcome).toMatchObject({ ok: true, pages: [{ unit: 'picture', number: 1 }] });
  const text = outcome.ok ? outcome.pages.map((page) => page.text.replaceAll('\n', ' ')).join() : '';
  expect(text).toContain('De ontheffing voor de kademuur is verleend op 14 mei');
  expect(text).toContain('overleg met de wethouder');
  expect(outcome.ok ? outcome.pages[0]?.confidence : 0).toBeGreaterThan(80);
}, 60_000);

test('reads a scanned letter, page by page, and a photo in an e-mail', async () => {
  const read = reader();
  const outcome = await read('pdf', await pdfFile({ pages: ['Getypte bladzijde', { picture: screenshot }] }));
  expect(outcome).toMatchObject({
    ok: true,
    pages: [
      { unit: 'page', number: 1, text: 'Getypte bladzijde' },
      { unit: 'page', number: 2 },
    ],
  });
  const scanned = outcome.ok ? outcome.pages[1] : undefined;
  expect(scanned?.text).toContain('kademuur');
  expect(scanned?.confidence).toBeGreaterThan(70);
  const mail = await read('mail', mailFile('Zie foto', screenshot, 'foto.png'));
  expect(mail.ok ? mail.pages.find(({ name }) => name === 'foto.png')?.text : '').toContain('wethouder');
}, 60_000);

test('finds no words in a picture without any', async () => {
  const width = 64;
  const row = Buffer.alloc(width * 3, 200);
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54 + row.length * 64, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(64, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  expect(await reader()('picture', Buffer.concat([header, ...Array.from({ length: 64 }, () => row)]))).toEqual({ ok: false, reason: 'no-text' });
}, 60_000);

test('looks at no picture whose header claims more pixels than memory holds, and at none that is damaged', async () => {
  const read = reader();
  const huge = Buffer.from(screenshot);
  huge.writeUInt32BE(100_000, 16);
  huge.writeUInt32BE(100_000, 20);
  expect(await read('picture', huge)).toEqual({ ok: false, reason: 'too-large' });
  expect(await read('picture', screenshot.subarray(0, 300))).toEqual({ ok: false, reason: 'damaged' });
  expect(await read('picture', Buffer.from('geen foto'))).toEqual({ ok: false, reason: 'damaged' });
}, 60_000);

test('is ended when time is up, and the next file is read', async () => {
  const slow = reader({ ...roomy, pictureMs: 1 });
  expect(await slow('picture', screenshot)).toEqual({ ok: false, reason: 'stopped' });
  expect(await slow('pdf', await pdfFile({ pages: ['daarna'] }))).toMatchObject({ ok: true, pages: [{ text: 'daarna' }] });
}, 60_000);

test('is ended when it eats memory, and the next file is read', async () => {
  const narrow = reader({ ...roomy, heapMb: 24 });
  expect(await narrow('office', docxFile('kruimel '.repeat(6_000_000)))).toEqual({ ok: false, reason: 'too-large' });
  expect(await narrow('text', Buffer.from('daarna'))).toMatchObject({ ok: true });
}, 60_000);
