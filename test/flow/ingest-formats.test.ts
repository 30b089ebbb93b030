// Backups and accounts of many conversations, from file to bundle, on the engines: SMS Backup & Restore and Telegram.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeReadConversation } from '#flow/read-conversation.ts';
import type { Services } from '#runtime/services.ts';
import { vaultKey } from '#store/table.ts';
import { mmsElement, smsElement, smsText } from '#test/fixtures/sms-elements.ts';
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

describe('a backup of text messages', () => {
  test('becomes a conversation for each party, with its picture in the vault', async () => {
    const bytes = fixture('sms-backup/sms-20240501120000.xml');
    const bundle = await ingested(services, { fileName: 'sms-20240501120000.xml', bytes });
    expect(bundle).toMatchObject({ state: 'indexed', format: 'sms-backup', readerVersion: 'sms-backup-2', problem: null });
    expect(bundle.counts).toEqual({ conversations: 4, records: 11, messages: 11, systemMessages: 0, attachments: { present: 1, missing: 1, omitted: 0 } });
    expect(bundle.period).toEqual({ first: '2024-03-31T00:59:00', last: '2024-04-28T18:00:00' });
    expect(bundle.doubts.map(({ code, count }) => [code, count])).toEqual(
      expect.arrayContaining([
        ['several-chats.found', 4],
        ['reference.repaired', 2],
        ['record.duplicate', 1],
      ]),
    );
    const conversations = await services.index.listConversations(bundle.id);
    expect(conversations.map(({ n, title, platform, counts }) => [n, title, platform, counts.records])).toEqual([
      [1, 'Sanne Bakker (06-20000001)', 'sms', 6],
      [2, '+31620000002', 'sms', 2],
      [3, 'Gemeente', 'sms', 2],
      [4, 'Sanne Bakker, Omar', 'sms', 1],
    ]);
    const picture = Buffer.from(/data="([^"]+)"/.exec(bytes.toString())?.[1] ?? '', 'base64');
    expect(await services.index.listAttachments(bundle.id)).toEqual([
      {
        n: 1,
        name: 'tekening.png',
        presence: 'present',
        mediaType: 'image/png',
        size: picture.length,
        sha256: sha256Of(picture),
        vaultKey: vaultKey.attachment(bundle.id, 1),
      },
    ]);
    expect((await bytesIn(vaultKey.attachment(bundle.id, 1))).equals(picture)).toBe(true);
    expect((await bytesIn(vaultKey.original(bundle.id))).equals(bytes)).toBe(true);
    const items = await messagesOf(bundle.id, 1);
    expect(items.map(({ text }) => text)).toEqual([
      'Is de vergunning al binnen?\nGroet, Sanne',
      'Ja 😀 gisteren & getekend',
      'Nog één ding',
      'Concept dat nooit is verstuurd',
      'Bouwtekening\nZie de nieuwe gevel',
      'Zonder datum',
    ]);
    expect(items[0]?.sentAt).toEqual({ local: '2024-03-31T00:59:00', instant: '2024-03-30T23:59:00.000Z', zone: 'Europe/Amsterdam', certainty: 'given' });
    expect(items.map(({ direction, status }) => [direction, status]).slice(1, 4)).toEqual([
      ['outgoing', undefined],
      ['outgoing', 'failed'],
      ['outgoing', 'draft'],
    ]);
    expect(items[4]?.attachments).toMatchObject([{ n: 1, name: 'tekening.png', presence: 'present', mediaType: 'image/png' }]);
  });

  test('is found by word, by number and by who sent it, in the conversation where it stands', async () => {
    const bytes = `<smses count="3">\n${[
      smsElement({ address: '06-20000009', body: 'De kelderhals staat blank', name: 'Noor' }),
      smsElement({ address: 'Gemeente', body: 'Bel 06 2000 0009 over de kelderhals' }),
      smsElement({ address: '+31620000009', body: 'kelderhals is droog', type: 2, name: 'Noor' }),
    ].join('\n')}\n</smses>\n`;
    const { id } = await ingested(services, { fileName: 'sms.xml', bytes });
    const hits = async (query: string) => {
      const found = await services.searchMessages({ query, limit: 10, order: 'oldest', filters: { bundleIds: [id] } }, { kind: 'all' });
      if (!found.ok) throw new Error(found.fault.code);
      return found.value.items.map(({ message, conversation }) => [conversation.n, message.ordinal]);
    };
    expect((await hits('kelderhals')).sort()).toEqual([
      [1, 0],
      [1, 1],
      [2, 0],
    ]);
    expect(await hits('0031620000009')).toEqual([[2, 0]]);
    expect(await hits('van:noor')).toEqual([[1, 0]]);
    expect(await hits('van:"06-20000009"')).toEqual([[1, 0]]);
  });

  test('and calls go together in a zip, under any name', async () => {
    const bytes = craftZip({
      entries: [
        { name: 'a.txt', data: fixture('sms-backup/sms-20240501120000.xml'), deflate: true },
        { name: 'b.xml', data: fixture('sms-backup/calls-20240501120000.xml'), deflate: true },
      ],
    });
    const bundle = await ingested(services, { fileName: 'backup.zip', bytes });
    expect(bundle).toMatchObject({ state: 'indexed', format: 'sms-backup', counts: { conversations: 7, records: 17 } });
    expect((await services.index.listConversations(bundle.id)).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(bundle.doubts.find(({ code }) => code === 'several-chats.found')?.count).toBe(7);
    const [call] = await messagesOf(bundle.id, 5);
    expect(call).toMatchObject({ kind: 'call', call: { outcome: 'answered', seconds: 125 } });
  });

  test('with pictures of megabytes keeps every byte of them', async () => {
    const picture = (n: number) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2_000_000 + n, `Woordspoor ${n}`)]);
    const data = (n: number) =>
      (
        picture(n)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join(n === 2 ? '&#10;' : '');
    const elements = [1, 2].flatMap((n) => [mmsElement({ data: data(n), date: 1714000000000 + n }), smsElement({ body: `na foto ${n}` })]);
    const bundle = await ingested(services, { fileName: 'sms.xml', bytes: `<smses count="4">\n${elements.join('\n')}\n</smses>\n` });
    expect(bundle).toMatchObject({ state: 'indexed', counts: { records: 4, attachments: { present: 2 } } });
    const files = await services.index.listAttachments(bundle.id);
    expect(files.map(({ n, mediaType, sha256 }) => [n, mediaType, sha256])).toEqual([1, 2].map((n) => [n, 'image/jpeg', sha256Of(picture(n))]));
    expect((await bytesIn(vaultKey.attachment(bundle.id, 2))).equals(picture(2))).toBe(true);
  });

  test('of twelve parties that take turns loses none of them', async () => {
    const bundle = await ingested(services, { fileName: 'sms.xml', bytes: [...smsText(900_000)].join('') });
    const conversations = await services.index.listConversations(bundle.id);
    expect(conversations).toHaveLength(12);
    expect(conversations.reduce((sum, { counts }) => sum + counts.records, 0)).toBe(bundle.counts?.records);
    for (const { segments, counts } of conversations) expect(segments.reduce((sum, { count }) => sum + count, 0)).toBe(counts.records);
  });

  test('without a message is refused', async () => {
    const bundle = await ingested(services, { fileName: 'sms.xml', bytes: '<smses count="0"></smses>' });
    expect(bundle).toMatchObject({ state: 'refused', problem: { code: 'file.not-a-chat' } });
  });
});

describe('a Telegram export', () => {
  test('in a zip: one chat, its file pointed at by folder, replies by id', async () => {
    const bytes = craftZip({
      entries: [
        { name: 'ChatExport/result.json', data: fixture('telegram/single-chat.json'), deflate: true },
        { name: 'ChatExport/elders/besluit.pdf', data: 'een ander besluit' },
        { name: 'ChatExport/files/besluit.pdf', data: '%PDF-1.7 het besluit' },
      ],
    });
    const bundle = await ingested(services, { fileName: 'ChatExport.zip', bytes });
    expect(bundle).toMatchObject({
      state: 'indexed',
      format: 'telegram',
      counts: { conversations: 1, records: 9, messages: 7, systemMessages: 2, attachments: { present: 1, missing: 0, omitted: 1 } },
      period: { first: '2024-03-30T09:00:00', last: '2024-03-31T03:14:00' },
    });
    const items = await messagesOf(bundle.id, 1);
    expect(items[2]).toMatchObject({
      replyTo: items[1]?.id,
      forwarded: { from: 'Gemeente' },
      reactions: [
        { emoji: '👍', sender: 'Sanne Bakker' },
        { emoji: '👍', count: 2 },
      ],
    });
    expect(items[4]?.attachments).toMatchObject([{ n: 2, name: 'besluit.pdf', presence: 'present', sha256: sha256Of(Buffer.from('%PDF-1.7 het besluit')) }]);
  });

  test('of an account: every chat a conversation, also an empty one', async () => {
    const bundle = await ingested(services, { fileName: 'result.json', bytes: fixture('telegram/account.json') });
    expect(bundle).toMatchObject({
      state: 'indexed',
      counts: { conversations: 4, records: 4 },
      period: { first: '2016-10-30T02:30:00', last: '2024-05-01T12:00:00' },
    });
    const conversations = await services.index.listConversations(bundle.id);
    expect(conversations.map(({ title, platform, counts }) => [title, platform, counts.records])).toEqual([
      ['Omar', 'telegram', 2],
      [null, 'telegram', 1],
      ['Lege groep', 'telegram', 0],
      ['Oude groep', 'telegram', 1],
    ]);
    expect(await messagesOf(bundle.id, 3)).toEqual([]);
  });
});
