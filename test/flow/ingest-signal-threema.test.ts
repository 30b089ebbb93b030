// Signal and Threema from file to bundle, on the engines: files pointed at, earlier versions found, keys nowhere in the index, refusals named.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeReadConversation } from '#flow/read-conversation.ts';
import type { Services } from '#runtime/services.ts';
import { inspectUpload } from '#store/inspect-upload.ts';
import { fromBytes } from '#store/random-access.ts';
import { vaultKey } from '#store/table.ts';
import { craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { ingested, type Sent, servicesOn, sha256Of } from '#test/support/handed-in.ts';

let engines: Engines;
let services: Services & { readonly sent: Sent[] };

beforeAll(async () => {
  engines = await startEngines();
  services = servicesOn(engines);
});
afterAll(() => engines.stop());

const fixture = (path: string) => readFileSync(join(import.meta.dirname, '../fixtures', path));
const signal = fixture('signal/main.jsonl');
const besluit = Buffer.from('%PDF-1.7 het besluit van de fietsenstalling');
const besluitName = '17d162474f8f8d441fe039a6e8b0398184157ecda414683c5e3e0c9c8336862f.pdf';

async function bytesIn(key: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of (await services.vault.open(key)) ?? []) parts.push(part);
  return Buffer.concat(parts);
}

async function messagesOf(bundleId: string, n: number) {
  const read = await makeReadConversation(services).range({ bundleId, n, from: 0, limit: 100 });
  if (!read.ok) throw new Error(read.fault.code);
  return read.value.items;
}

async function hits(bundleId: string, query: string) {
  const found = await services.searchMessages({ query, limit: 10, order: 'oldest', filters: { bundleIds: [bundleId] } }, { kind: 'all' });
  if (!found.ok) throw new Error(found.fault.code);
  return found.value.items.map(({ message, conversation }) => [conversation.n, message.ordinal]);
}

/** Every record as it lies in the index, raw text and all. */
async function storedRecords(bundleId: string): Promise<string> {
  const conversations = await services.index.listConversations(bundleId);
  const heads = await services.index.readSegmentHeads(conversations.flatMap(({ segments }) => segments.map(({ id }) => id)));
  const places = [...heads.values()].flatMap(({ id, blockStarts, longBlocks }) =>
    blockStarts.slice(1).map((_, block) => ({ segmentId: id, block, pages: longBlocks[String(block)] ?? 1 })),
  );
  return [...(await services.index.readSegmentBlocks(places)).values()].flat().join('\n');
}

describe("Signal's own export", () => {
  const secrets = (signal.toString().match(/"[A-Za-z0-9+/=]{8,}"/g) ?? [])
    .map((value) => value.slice(1, -1))
    .filter((value) => Buffer.from(value, 'base64').toString().startsWith('GEHEIM'));
  const zip = craftZip({
    entries: [
      { name: 'signal-backup-2026-05-01-12-00-00/main.jsonl', data: signal, deflate: true },
      { name: 'signal-backup-2026-05-01-12-00-00/metadata.json', data: '{"version":1}' },
      { name: `signal-backup-2026-05-01-12-00-00/files/17/${besluitName}`, data: besluit },
    ],
  });

  test('in a zip: a conversation for each chat, its file under the name that the person gave it', async () => {
    const bundle = await ingested(services, { fileName: 'signal.zip', bytes: zip });
    expect(bundle).toMatchObject({ state: 'indexed', format: 'signal', readerVersion: 'signal-2', problem: null });
    expect(bundle.counts).toEqual({ conversations: 4, records: 18, messages: 14, systemMessages: 4, attachments: { present: 1, missing: 0, omitted: 2 } });
    expect((await services.index.listConversations(bundle.id)).map(({ title, platform, counts }) => [title, platform, counts.records])).toEqual([
      ['Sanne Bakker', 'signal', 10],
      ['Fietsenstalling Oost', 'signal', 6],
      ['Sanne Bakker (+31620000005)', 'signal', 1],
      ['Overleg stalling', 'signal', 1],
    ]);
    const items = await messagesOf(bundle.id, 1);
    expect(items[2]?.attachments[0]).toMatchObject({ name: 'besluit.pdf', presence: 'present', sha256: sha256Of(besluit) });
    expect(items[1]).toMatchObject({ edited: true, replyTo: items[0]?.id, revisions: [{ text: 'Nee, pas woensdag' }, { text: 'Nee, pas donderdag' }] });
    expect(bundle.doubts.map(({ code }) => code)).toEqual(expect.arrayContaining(['timer.on', 'secrets.present', 'attachment.omitted']));
    expect(await hits(bundle.id, 'woensdag')).toEqual([[1, 1]]);
    expect(await hits(bundle.id, '"een bericht dat verdwenen is"')).toEqual([[1, 3]]);
  });

  test('keeps no key in the index', async () => {
    const bundle = await ingested(services, { fileName: 'main.jsonl', bytes: signal });
    const stored = await storedRecords(bundle.id);
    expect(secrets.length).toBeGreaterThan(8);
    expect(stored).toContain('Nee, pas vrijdag');
    for (const secret of [...secrets, '1357']) {
      expect(stored).not.toContain(secret);
      expect(await hits(bundle.id, `"${secret}"`)).toEqual([]);
    }
  });

  test('keeps none in the vault: the original without them, its hash beside that of the file as it came', async () => {
    for (const [fileName, bytes] of [
      ['opnieuw.jsonl', Buffer.concat([signal, Buffer.from('\n')])],
      [
        'nog eens.zip',
        craftZip({
          entries: [
            { name: 'main.jsonl', data: signal, deflate: true },
            { name: `files/17/${besluitName}`, data: besluit },
          ],
        }),
      ],
    ] as const) {
      const bundle = await ingested(services, { fileName, bytes });
      const original = await bytesIn(vaultKey.original(bundle.id));
      expect(bundle).toMatchObject({ state: 'indexed', sha256: sha256Of(bytes), kept: { size: original.length, sha256: sha256Of(original) } });
      expect(bundle.doubts.map(({ code }) => code)).toContain('secrets.present');
      const inspection = await inspectUpload(fromBytes(original), { fileName, size: original.length, sha256: sha256Of(original) });
      if (!inspection.ok) throw new Error(inspection.problem.code);
      const texts: string[] = [];
      for (const file of inspection.files) for await (const part of file.open()) texts.push(Buffer.from(part).toString('latin1'));
      const whole = texts.join('');
      for (const secret of secrets) if (!whole.includes(`"localKey":"${secret}"`)) expect([fileName, whole.includes(secret)]).toEqual([fileName, false]);
      // The same file once more reads as it did, and holds no key any more.
      const again = await ingested(services, { fileName, bytes: original });
      expect(again.counts).toEqual(bundle.counts);
      expect(again.kept).toBeUndefined();
      expect(again.doubts.map(({ code }) => code)).not.toContain('secrets.present');
      expect(again.period).toEqual(bundle.period);
    }
  });

  test('is put in its place once, and never over something else', async () => {
    const bundle = await ingested(services, { fileName: 'eenmaal.jsonl', bytes: Buffer.concat([signal, Buffer.from('\n\n')]) });
    const left = await bytesIn(vaultKey.original(bundle.id));
    expect(left.includes('R0VIRUlN')).toBe(false);
    expect(
      await services.vault.putInstead(bundle.id, {
        size: left.length,
        open: async function* () {
          yield left;
        },
      }),
    ).toBe(sha256Of(left));
    await expect(
      services.vault.putInstead(bundle.id, {
        size: 3,
        open: async function* () {
          yield Buffer.from('abc');
        },
      }),
    ).rejects.toThrow('another object lies');
  });
});

test("what tools around Signal Desktop write goes together in a zip; a folder's name is its conversation's", async () => {
  const bytes = craftZip({
    entries: [
      { name: 'export/Sanne/chat.md', data: fixture('signal/chat.md') },
      { name: 'export/Sanne/data.json', data: fixture('signal/data.json'), deflate: true },
      { name: 'export/Sanne/media/gevel links.jpg', data: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]) },
      { name: 'export/Bo/chat.md', data: fixture('signal/chat.md') },
      { name: 'sigtop/Wijkteam (group).txt', data: fixture('signal/Wijkteam (group).txt') },
    ],
  });
  const bundle = await ingested(services, { fileName: 'signal-desktop.zip', bytes });
  expect(bundle).toMatchObject({ state: 'indexed', counts: { conversations: 3 } });
  const conversations = await services.index.listConversations(bundle.id);
  expect(conversations.map(({ title, counts }) => [title, counts.records])).toEqual([
    ['Sanne', 9],
    ['Bo', 8],
    ['Wijkteam', 6],
  ]);
  expect((await messagesOf(bundle.id, 1))[3]?.attachments[0]).toMatchObject({ name: 'gevel links.jpg', presence: 'present', mediaType: 'image/jpeg' });
  expect(bundle.doubts.map(({ code }) => code)).toContain('format.lossy');
});

describe('an encrypted backup of Signal', () => {
  const noise = Buffer.from(Array.from({ length: 4096 }, (_, n) => (Math.imul(n + 1, 2654435761) >>> 13) & 255));

  test('is refused by its name, with how to export', async () => {
    const bundle = await ingested(services, { fileName: 'signal-2026-05-01.backup', bytes: noise });
    expect(bundle).toMatchObject({ state: 'refused', problem: { code: 'file.signal-backup', evidence: { what: 'signal-backup' } } });
  });

  test('is refused as a folder too', async () => {
    const folder = 'SignalBackups/signal-backup-2026-05-01-12-00-00';
    const bytes = craftZip({
      entries: [
        { name: `${folder}/main`, data: noise },
        { name: `${folder}/metadata`, data: noise.subarray(0, 64) },
      ],
    });
    expect(await ingested(services, { fileName: 'SignalBackups.zip', bytes })).toMatchObject({ state: 'refused', problem: { code: 'file.signal-backup' } });
  });
});

test("Threema's messages: a conversation a file, its media under the number of their message", async () => {
  const bytes = craftZip({
    entries: [
      { name: 'message_ABCD1234.csv', data: fixture('threema/message_ABCD1234.csv'), deflate: true },
      { name: 'group_message_77.csv', data: fixture('threema/group_message_77.csv') },
      { name: 'contacts.csv', data: 'identity_id,identity,nick_name\nC1,ABCD1234,Sanne\n' },
      { name: 'message_media_u3', data: '%PDF-1.7 het besluit' },
    ],
  });
  const bundle = await ingested(services, { fileName: 'threema.zip', bytes });
  expect(bundle).toMatchObject({ state: 'indexed', format: 'threema', counts: { conversations: 2, records: 12 } });
  expect((await services.index.listConversations(bundle.id)).map(({ title, platform }) => [title, platform])).toEqual([
    ['ABCD1234', 'threema'],
    ['77', 'threema'],
  ]);
  expect((await messagesOf(bundle.id, 1))[2]?.attachments).toMatchObject([
    { name: 'besluit.pdf', presence: 'present', sha256: sha256Of(Buffer.from('%PDF-1.7 het besluit')) },
  ]);
  expect(await storedRecords(bundle.id)).not.toContain('deadbeef');
  expect(await hits(bundle.id, 'vergadering')).toEqual([[2, 0]]);
});
