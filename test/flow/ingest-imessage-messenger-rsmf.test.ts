// iMessage, Messenger and RSMF from file to bundle, on the engines: recognised by content, read, filed, files in the vault, found again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeReadConversation } from '#flow/read-conversation.ts';
import type { Services } from '#runtime/services.ts';
import { vaultKey } from '#store/table.ts';
import { rsmfFile, rsmfText } from '#test/fixtures/rsmf-parts.ts';
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

async function hits(bundleId: string, query: string, platforms: readonly string[] = []) {
  const found = await services.searchMessages({ query, limit: 10, order: 'oldest', filters: { bundleIds: [bundleId], platforms } }, { kind: 'all' });
  if (!found.ok) throw new Error(found.fault.code);
  return found.value.items.map(({ message, conversation }) => [conversation.n, message.ordinal]);
}

describe('an iMessage export', () => {
  test('in a zip: a conversation a file, with the files of its folder', async () => {
    const bytes = craftZip({
      entries: [
        { name: 'export/groep.txt', data: fixture('imessage/groep.txt'), deflate: true },
        { name: 'export/+31620000001.txt', data: fixture('imessage/+31620000001.txt'), deflate: true },
        { name: 'export/attachments/12/plan.pdf', data: '%PDF-1.7 het plan' },
      ],
    });
    const bundle = await ingested(services, { fileName: 'export.zip', bytes });
    expect(bundle).toMatchObject({
      state: 'indexed',
      format: 'imessage',
      readerVersion: 'imessage-1',
      counts: { conversations: 2, records: 15, systemMessages: 2, attachments: { present: 1, missing: 3, omitted: 0 } },
    });
    const conversations = await services.index.listConversations(bundle.id);
    expect(conversations.map(({ title, platform, kind, counts }) => [title, platform, kind, counts.records])).toEqual([
      ['groep', 'imessage', 'group', 12],
      ['+31620000001', 'imessage', 'direct', 3],
    ]);
    const items = await messagesOf(bundle.id, 1);
    expect(items[3]).toMatchObject({ text: 'Mooi, tot dan\nIk kom om 10 uur', replyTo: items[1]?.id, direction: 'outgoing' });
    expect(items[4]?.attachments).toMatchObject([{ n: 1, name: 'plan.pdf', presence: 'present', sha256: sha256Of(Buffer.from('%PDF-1.7 het plan')) }]);
    expect(await hits(bundle.id, '"mooi tot dan"')).toEqual([[1, 3]]);
  });

  test('as one page of html', async () => {
    const bundle = await ingested(services, { fileName: 'Kelder.html', bytes: fixture('imessage/groep.html') });
    expect(bundle).toMatchObject({ state: 'indexed', format: 'imessage', counts: { conversations: 1, records: 7, systemMessages: 1 } });
    expect(await hits(bundle.id, 'gevel')).toEqual([[1, 0]]);
    expect(await hits(bundle.id, 'tapbacks')).toEqual([]);
  });
});

describe('a Messenger account', () => {
  test('in a zip: letters are found as people write them, files by folder', async () => {
    const folder = 'your_facebook_activity/messages/inbox/kelderdorpsstraat_1001';
    const bytes = craftZip({
      entries: [
        { name: `${folder}/message_1.json`, data: fixture('messenger/message_1.json'), deflate: true },
        { name: `${folder}/photos/gevel_één.jpg`, data: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]), utf8: true },
        { name: 'your_facebook_activity/messages/inbox/anais_17/message_1.json', data: fixture('messenger/instagram.json'), deflate: true },
        { name: 'your_facebook_activity/messages/stickers_used/duim_1.png', data: Buffer.from('duim') },
      ],
    });
    const bundle = await ingested(services, { fileName: 'facebook.zip', bytes });
    expect(bundle).toMatchObject({ state: 'indexed', format: 'messenger', counts: { conversations: 2, records: 13 } });
    const conversations = await services.index.listConversations(bundle.id);
    expect(conversations.map(({ title, platform, kind, order }) => [title, platform, kind, order])).toEqual([
      ['Kelder Dorpsstraat – één', 'messenger', 'group', 'newest-first'],
      ['Anaïs', 'instagram', 'direct', 'newest-first'],
    ]);
    expect(bundle.doubts.map(({ code }) => code)).toEqual(expect.arrayContaining(['encoding.repaired', 'order.newest-first', 'message.empty']));
    const items = await messagesOf(bundle.id, 1);
    expect(items.map(({ attachments }) => attachments.map(({ name, presence }) => [name, presence])).slice(1, 3)).toEqual([
      [
        ['gevel_één.jpg', 'present'],
        ['kelder.mp4', 'missing'],
        ['plan.pdf', 'missing'],
      ],
      [['duim_1.png', 'present']],
    ]);
    expect(await hits(bundle.id, 'één')).toEqual(expect.arrayContaining([[1, 10]]));
    expect(await hits(bundle.id, 'van:anaïs vergunning')).toEqual([[1, 10]]);
    expect(await hits(bundle.id, 'vraag', ['instagram'])).toEqual([[2, 1]]);
    expect(await hits(bundle.id, 'vraag', ['messenger'])).toEqual([]);
  });
});

describe('a conversation in several files', () => {
  const folder = 'messages/inbox/kelderdorpsstraat_1001';
  const entries = [
    { name: `${folder}/message_2.json`, data: fixture('messenger/message_2.json'), deflate: true },
    { name: `${folder}/message_1.json`, data: fixture('messenger/message_1.json'), deflate: true },
  ];

  test('is one conversation, newest first from the first number to the last', async () => {
    const bundle = await ingested(services, { fileName: 'facebook.zip', bytes: craftZip({ entries }) });
    expect(bundle).toMatchObject({ state: 'indexed', counts: { conversations: 1, records: 13 } });
    expect(bundle.doubts.map(({ code }) => code)).not.toContain('several-chats.found');
    const [conversation] = await services.index.listConversations(bundle.id);
    expect(conversation).toMatchObject({ n: 1, title: 'Kelder Dorpsstraat – één', order: 'newest-first', counts: { records: 13 } });
    expect(conversation?.participants).toEqual([
      { label: 'Anaïs Jansen', records: 3 },
      { label: 'Omar', records: 6 },
      { label: 'Zoë de Vries', records: 3 },
    ]);
    const times = (await messagesOf(bundle.id, 1)).map(({ sentAt }) => sentAt.local);
    expect(times).toEqual([...times].sort().reverse());
    expect(await hits(bundle.id, 'begin')).toEqual([[1, 12]]);
    expect(await services.index.getNames(bundle.id)).toMatchObject({
      sourceFiles: [
        { file: 1, name: 'message_1.json' },
        { file: 2, name: 'message_2.json' },
      ],
    });
  });

  test('beside another conversation keeps to itself', async () => {
    const other = { name: 'messages/inbox/anais_17/message_1.json', data: fixture('messenger/instagram.json') };
    const bundle = await ingested(services, { fileName: 'facebook.zip', bytes: craftZip({ entries: [entries[0] ?? other, other, entries[1] ?? other] }) });
    expect((await services.index.listConversations(bundle.id)).map(({ n, title, counts }) => [n, title, counts.records])).toEqual([
      [1, 'Kelder Dorpsstraat – één', 13],
      [2, 'Anaïs', 2],
    ]);
    expect(bundle.doubts.find(({ code }) => code === 'several-chats.found')?.count).toBe(2);
  });
});

describe('RSMF', () => {
  const manifest = fixture('rsmf/rsmf_manifest.json');

  test.each([
    ['lines of 76', 76, '\r\n'],
    ['odd lines and bare line feeds', 61, '\n'],
    ['one long line', 100_000, '\r\n'],
  ])('as an e-mail with a zip, in base64 of %s', async (_, width, lineEnd) => {
    const files = [
      { name: 'plan.pdf', data: `%PDF-1.7 het plan ${width}` },
      { name: 'gesprek.txt', data: '04-03-2024 09:12 - Marijke: een chat die is meegestuurd\n04-03-2024 09:13 - Johan: ja\n' },
    ];
    const bytes = rsmfFile({ manifest, files, eventCount: 9, width, lineEnd });
    const bundle = await ingested(services, { fileName: 'slice.rsmf', bytes });
    expect(bundle).toMatchObject({
      state: 'indexed',
      format: 'rsmf',
      counts: { conversations: 3, records: 9, systemMessages: 3, attachments: { present: 1, missing: 1, omitted: 0 } },
    });
    expect(bundle.doubts.map(({ code }) => code)).not.toEqual(expect.arrayContaining(['count.differs']));
    const conversations = await services.index.listConversations(bundle.id);
    expect(conversations.map(({ title, platform }) => [title, platform])).toEqual([
      ['Kelder Dorpsstraat', 'whatsapp'],
      ['Sanne', 'sms'],
      ['Leeg', 'other'],
    ]);
    const items = await messagesOf(bundle.id, 1);
    expect(items[0]).toMatchObject({ text: 'Akkoord', replyTo: items[1]?.id });
    expect((await bytesIn(vaultKey.original(bundle.id))).equals(bytes)).toBe(true);
    const kept = await services.index.listAttachments(bundle.id);
    expect(kept.map(({ name }) => name)).toEqual(['plan.pdf', 'gesprek.txt']);
    expect(items[2]?.attachments).toMatchObject([{ n: 1, presence: 'present' }, { presence: 'missing' }]);
    expect((await bytesIn(vaultKey.attachment(bundle.id, 1))).toString()).toBe(`%PDF-1.7 het plan ${width}`);
    expect(await hits(bundle.id, 'akkoord', ['whatsapp'])).toEqual([[1, 0]]);
    expect(await hits(bundle.id, 'akkoord', ['sms'])).toEqual([]);
    expect(await hits(bundle.id, 'vergunnig')).toEqual([[1, 1]]);
  });

  test('slices of a day are one conversation, from old to new, with answers at their place; a number given anew is another', async () => {
    const slice = (day: number, other: string) =>
      JSON.stringify({
        version: '2.0.0',
        participants: [
          { id: 'P0', display: 'Anna' },
          { id: 'P1', display: 'Omar' },
        ],
        conversations: [
          { id: 'C0', display: 'Kelder', platform: 'signal', participants: ['P0', 'P1'] },
          { id: 'C1', display: other, platform: 'signal', participants: ['P0'] },
        ],
        events: [
          { id: `${day}a`, type: 'message', body: `Vraag van dag ${day}`, participant: 'P0', conversation: 'C0', timestamp: `2024-03-0${day}T09:00:00Z` },
          {
            id: `${day}b`,
            type: 'message',
            body: `Antwoord van dag ${day}`,
            participant: 'P1',
            conversation: 'C0',
            timestamp: `2024-03-0${day}T10:00:00Z`,
            parent: `${day}a`,
          },
          { id: `${day}c`, type: 'message', body: `Los van dag ${day}`, participant: 'P0', conversation: 'C1', timestamp: `2024-03-0${day}T11:00:00Z` },
        ],
      });
    const bytes = craftZip({
      entries: [
        { name: 'a.rsmf', data: rsmfFile({ manifest: slice(3, 'Nog iets') }), deflate: true },
        { name: 'b.rsmf', data: rsmfFile({ manifest: slice(1, 'Iets') }), deflate: true },
        { name: 'c.rsmf', data: rsmfFile({ manifest: slice(2, 'Iets') }), deflate: true },
      ],
    });
    const bundle = await ingested(services, { fileName: 'dagen.zip', bytes });
    expect(bundle).toMatchObject({
      state: 'indexed',
      counts: { conversations: 3, records: 9 },
      period: { first: '2024-03-01T10:00:00', last: '2024-03-03T12:00:00' },
    });
    const conversations = await services.index.listConversations(bundle.id);
    expect(conversations.map(({ title, platform, counts }) => [title, platform, counts.records])).toEqual([
      ['Kelder', 'signal', 6],
      ['Iets', 'signal', 2],
      ['Nog iets', 'signal', 1],
    ]);
    expect(conversations[0]?.participants).toEqual([
      { label: 'Anna', records: 3 },
      { label: 'Omar', records: 3 },
    ]);
    const messages = await messagesOf(bundle.id, 1);
    expect(messages.map(({ text }) => text)).toEqual([1, 2, 3].flatMap((day) => [`Vraag van dag ${day}`, `Antwoord van dag ${day}`]));
    expect(messages.map(({ replyTo }) => replyTo?.split('.').at(-1))).toEqual([undefined, '0', undefined, '2', undefined, '4']);
  });

  test('tells when the envelope counts or names it otherwise', async () => {
    const bytes = rsmfFile({ manifest: fixture('rsmf/versie-1.json'), version: '2.0.0', eventCount: 12 });
    const bundle = await ingested(services, { fileName: 'slice.eml', bytes });
    expect(bundle).toMatchObject({ state: 'indexed', format: 'rsmf', counts: { records: 2 } });
    expect(bundle.doubts.map(({ code }) => code)).toEqual(expect.arrayContaining(['count.differs', 'version.differs']));
  });

  test('as many envelopes in a zip, one a day: each is opened, a damaged one is told', async () => {
    const day = (text: string) => [{ name: 'plan.pdf', data: `%PDF-1.7 ${text}` }];
    const bytes = craftZip({
      entries: [
        { name: 'dag-1.rsmf', data: rsmfFile({ manifest, files: day('dag 1') }), deflate: true },
        { name: 'dag-2.rsmf', data: rsmfFile({ manifest: fixture('rsmf/versie-1.json'), files: day('dag 2') }), deflate: true },
        { name: 'dag-3.rsmf', data: 'X-RSMF-Version: 2.0.0\r\n\r\nniets', deflate: true },
      ],
    });
    const bundle = await ingested(services, { fileName: 'rsmf.zip', bytes });
    expect(bundle).toMatchObject({ state: 'indexed', format: 'rsmf', counts: { conversations: 4, records: 11 } });
    expect(bundle.doubts.map(({ code }) => code)).toContain('entry.nested-zip');
    const files = await services.index.listAttachments(bundle.id);
    expect(files.map(({ name }) => name)).toEqual(['plan.pdf', 'plan.pdf', 'dag-3.rsmf']);
    expect((await bytesIn(vaultKey.attachment(bundle.id, 1))).toString()).toBe('%PDF-1.7 dag 1');
    expect((await bytesIn(vaultKey.attachment(bundle.id, 2))).toString()).toBe('%PDF-1.7 dag 2');
    // The other one is of an earlier day.
    const { n } = (await services.index.listConversations(bundle.id)).find(({ title }) => title === 'Kelder Dorpsstraat') ?? { n: 0 };
    const [, , withFile] = await messagesOf(bundle.id, n);
    expect(withFile?.attachments).toMatchObject([{ n: 1, presence: 'present' }, { presence: 'missing' }]);
  });

  test('as a bare manifest in a zip, and alone', async () => {
    const zipped = craftZip({ entries: [{ name: 'rsmf_manifest.json', data: manifest, deflate: true }] });
    expect(await ingested(services, { fileName: 'rsmf.zip', bytes: zipped })).toMatchObject({ state: 'indexed', format: 'rsmf', counts: { records: 9 } });
    const text = [...rsmfText(700_000)].join('');
    expect(await ingested(services, { fileName: 'rsmf_manifest.json', bytes: text })).toMatchObject({ state: 'indexed', counts: { conversations: 4 } });
  });

  test.each([
    ['without a zip', 'X-RSMF-Version: 2.0.0\r\nContent-Type: text/plain\r\n\r\nniets\r\n'],
    ['with a zip that is none', rsmfFile({ manifest }).toString().replace(/UEsDB/, '@@@@@')],
    ['cut off', rsmfFile({ manifest }).subarray(0, 1200)],
  ])('is refused %s', async (_, bytes) => {
    expect(await ingested(services, { fileName: 'slice.rsmf', bytes: bytes.toString() })).toMatchObject({ state: 'refused', problem: { code: 'zip.damaged' } });
  });
});
