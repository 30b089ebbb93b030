// Teams, and tables without a fixed layout, from file to bundle on the engines: the question, its answer, and what is left of it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTableHead } from '#core/parse/generic/propose-mapping.ts';
import { answerQuestion } from '#flow/answer-question.ts';
import { makeReadConversation } from '#flow/read-conversation.ts';
import type { Services } from '#runtime/services.ts';
import { craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { arrive, employee, ingested, type Sent, servicesOn } from '#test/support/handed-in.ts';

let engines: Engines;
let services: Services & { readonly sent: Sent[] };

beforeAll(async () => {
  engines = await startEngines();
  services = servicesOn(engines);
});
afterAll(() => engines.stop());

const fixture = (path: string) => readFileSync(join(import.meta.dirname, '../fixtures', path));

async function textsOf(bundleId: string, n: number) {
  const read = await makeReadConversation(services).range({ bundleId, n, from: 0, limit: 100 });
  if (!read.ok) throw new Error(read.fault.code);
  return read.value.items.map(({ text }) => text);
}

async function readAgain(id: string) {
  await arrive(services, id);
  const head = await services.bundles.get(id);
  if (head === null) throw new Error('the head is gone');
  return head;
}

describe('Teams', () => {
  test('the personal export becomes a conversation for each chat', async () => {
    const bundle = await ingested(services, { fileName: 'messages.json', bytes: fixture('teams/messages.json') });
    expect(bundle).toMatchObject({ state: 'indexed', format: 'teams', readerVersion: 'teams-3' });
    expect(bundle.counts).toMatchObject({ conversations: 2, records: 6, messages: 5, systemMessages: 1 });
    const conversations = await services.index.listConversations(bundle.id);
    expect(conversations.map(({ title, platform }) => [title, platform])).toEqual([
      ['Havenoverleg', 'teams'],
      ['Els', 'teams'],
    ]);
  });

  test('pages of one chat become one conversation, in the order of their numbers', async () => {
    const item = (id: number) => ({
      id: String(id),
      messageType: 'message',
      createdDateTime: `2024-03-04T10:${59 - id}:00Z`,
      chatId: '19:a@thread.v2',
      from: { user: { id: 'u', displayName: 'Ana' } },
      body: { contentType: 'text', content: `bericht ${id}` },
    });
    const page = (...ids: number[]) => JSON.stringify({ '@odata.count': ids.length, value: ids.map(item) });
    const zip = craftZip({
      entries: [
        { name: 'uit/messages-00001.json', data: Buffer.from(page(3, 4)) },
        { name: 'uit/messages-00000.json', data: Buffer.from(page(1, 2)) },
      ],
    });
    const bundle = await ingested(services, { fileName: 'teams.zip', bytes: zip });
    expect(bundle.counts).toMatchObject({ conversations: 1, messages: 4 });
    expect(await textsOf(bundle.id, 1)).toEqual(['bericht 1', 'bericht 2', 'bericht 3', 'bericht 4']);
  });
});

describe('a table without a fixed layout', () => {
  const bytes = fixture('generic/berichten.csv');

  test('waits for a person, with nothing of it in the catalogue, and is then read as they say', async () => {
    const asked = await ingested(services, { fileName: 'uitvoer.txt', bytes });
    expect(asked).toMatchObject({ state: 'needs-answer', format: 'generic-csv', segments: '' });
    expect(asked.doubts[0]).toMatchObject({ code: 'mapping.needed', severity: 'question', choices: ['proposed', 'mapped'] });
    const { Items: catalogue } = await engines.dynamo.send(new ScanCommand({ TableName: engines.config.tables.catalogue }));
    for (const word of ['Goedemorgen', 'Zo\u00eb', 'Havenoverleg', 'Afzender', 'Bijlage']) expect(JSON.stringify(catalogue)).not.toContain(word);
    const table = await services.index.getAskedTable(asked.id);
    expect(table).toMatchObject({ file: 1, kind: 'csv', name: 'uitvoer.txt' });
    const { proposal, layout } = readTableHead('csv', table?.head ?? new Uint8Array());

    const wrong = { ...proposal, sender: 99 };
    expect(await answerQuestion(services, employee, asked.id, { code: 'mapping.needed', choice: 'mapped', mapping: wrong })).toMatchObject({
      ok: false,
      fault: { code: 'bundle.no-such-question', errors: [{ field: 'mapping' }] },
    });
    expect(await answerQuestion(services, employee, asked.id, { code: 'mapping.needed', choice: 'mapped' })).toMatchObject({ ok: false });
    expect(await answerQuestion(services, employee, asked.id, { code: 'date-order.ambiguous', choice: 'dmy' })).toMatchObject({ ok: false });
    const mapping = { ...proposal, id: 6 };
    expect(await answerQuestion(services, employee, asked.id, { code: 'mapping.needed', choice: 'mapped', mapping })).toMatchObject({ ok: true });
    // Given again after a broken connection: the work goes on, nothing else changes.
    expect(await answerQuestion(services, employee, asked.id, { code: 'mapping.needed', choice: 'mapped', mapping })).toMatchObject({ ok: true });

    const bundle = await readAgain(asked.id);
    expect(bundle).toMatchObject({
      state: 'indexed',
      answers: { mappings: { [layout]: mapping } },
      period: { first: '2024-03-04T10:05:00', last: '2024-03-15T09:30:00' },
    });
    expect(bundle.counts).toMatchObject({ conversations: 2, messages: 6 });
    expect(await textsOf(bundle.id, 1)).toEqual(['Goedemorgen, "allemaal"\r\nis zaal 3 vrij?', 'Ja: één uur']);
    expect(await services.index.getAskedTable(asked.id)).toBeNull();
  });

  test('asks once for files of one layout, and again for another', async () => {
    const csv = (word: string) => Buffer.from(`tijd;van;tekst\n2024-03-04 10:00;Ana;${word} een\n2024-03-04 10:01;Bo;${word} twee\n`);
    const zip = craftZip({
      entries: [
        { name: 'a.csv', data: csv('appel') },
        { name: 'b.csv', data: csv('peer') },
        { name: 'c.json', data: fixture('generic/chat.json') },
      ],
    });
    const first = await ingested(services, { fileName: 'tabellen.zip', bytes: zip });
    expect((await services.index.getAskedTable(first.id))?.name).toBe('a.csv');
    await answerQuestion(services, employee, first.id, { code: 'mapping.needed', choice: 'proposed' });
    const second = await readAgain(first.id);
    expect(second.state).toBe('needs-answer');
    expect((await services.index.getAskedTable(first.id))?.name).toBe('c.json');
    await answerQuestion(services, employee, first.id, { code: 'mapping.needed', choice: 'proposed' });
    const done = await readAgain(first.id);
    expect(done).toMatchObject({ state: 'indexed', counts: { conversations: 3, messages: 6, systemMessages: 1 } });
  });

  test('is a file that came along, beside a chat of a known format', async () => {
    const zip = craftZip({
      entries: [
        { name: 'chat.txt', data: Buffer.from('04-03-2024 09:12 - Marijke: goedemorgen\n04-03-2024 09:13 - Johan: tabel.csv (bestand bijgevoegd)\n') },
        { name: 'tabel.csv', data: bytes },
      ],
    });
    const bundle = await ingested(services, { fileName: 'chat.zip', bytes: zip });
    expect(bundle).toMatchObject({ state: 'indexed', format: 'whatsapp', counts: { conversations: 1, messages: 2, attachments: { present: 1 } } });
  });

  test('leaves nothing behind when its bundle range is emptied', async () => {
    const asked = await ingested(services, { fileName: 'weg.csv', bytes: Buffer.concat([bytes, Buffer.from('16-03-2024;09:30;Els;Piket;nog een;;7\r\n')]) });
    expect(await services.index.getAskedTable(asked.id)).not.toBeNull();
    await services.index.deleteBundleRange(asked.id);
    expect(await services.index.verifyBundleAbsent(asked.id)).toBe(true);
  });
});
