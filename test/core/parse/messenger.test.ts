// What the Messenger reader makes of an export: texts written as bytes, newest first, files, calls, notices; both shapes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { messengerReader } from '#core/parse/messenger/messenger-reader.ts';
import { readMetaText } from '#core/parse/messenger/meta-text.ts';
import { asMetaWrites } from '#test/fixtures/messenger-items.ts';
import { readAll } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/messenger');
const fixture = (name: string, siblings: readonly string[] = []) => readAll(messengerReader, readFileSync(join(folder, name)), { name, siblings });
const chatOf = (...messages: unknown[]) => readAll(messengerReader, Buffer.from(JSON.stringify({ participants: [{ name: 'A' }], messages })));
const codes = (all: Awaited<ReturnType<typeof fixture>>) => all.doubts.map(({ code }) => code);

describe('a group', async () => {
  const all = await fixture('message_1.json', ['gevel_één.jpg', 'plan.pdf', 'duim_1.png']);
  const [last, files, sticker, gif, shared, unsent, call, missed, added, empty, first] = all.records;

  it('has its letters and emoji back, with the raw text as it was written', () => {
    expect(first).toMatchObject({ sender: 'Anaïs Jansen', text: 'Kan de vergunning één week later?\nGroet, “Anaïs” €5' });
    expect(first?.raw).toContain('\\u00c3\\u00a9\\u00c3\\u00a9n week');
    expect(last).toMatchObject({ text: 'Tot donderdag 👍🏽', reactions: [{ emoji: '❤', sender: 'Anaïs Jansen' }] });
    expect(all.doubts.find(({ code }) => code === 'encoding.repaired')).toMatchObject({ severity: 'note', evidence: { repaired: 16 } });
    expect(codes(all)).not.toContain('encoding.guessed');
  });

  it('stays in the order of its file, and says which that is', () => {
    expect([last?.local, first?.local]).toEqual(['2024-04-25T01:16:40', '2024-04-25T01:06:40']);
    expect(last).toMatchObject({ instant: '2024-04-24T23:16:40.000Z', certainty: 'given' });
    expect(codes(all)).toContain('order.newest-first');
    expect(all.conversations).toEqual([
      {
        platform: 'messenger',
        kind: 'group',
        title: 'Kelder Dorpsstraat – één',
        participants: [
          { label: 'Anaïs Jansen', records: 2 },
          { label: 'Omar', records: 5 },
          { label: 'Zoë de Vries', records: 3 },
        ],
        dateOrder: null,
        layouts: [],
        order: 'newest-first',
      },
    ]);
  });

  it('tells files that came along, that did not, and that were never in the export', () => {
    expect(files?.attachments).toEqual([
      { name: 'gevel_één.jpg', presence: 'present', kind: 'image', path: 'photos/gevel_één.jpg' },
      { name: 'kelder.mp4', presence: 'missing', kind: 'video', path: 'videos/kelder.mp4' },
      { name: 'plan.pdf', presence: 'present', kind: 'document', path: 'files/plan.pdf' },
    ]);
    expect(sticker).toMatchObject({ kind: 'sticker', attachments: [{ name: 'duim_1.png', presence: 'present', kind: 'sticker' }] });
    expect(gif?.attachments).toEqual([{ name: '', presence: 'omitted', absence: 'remote-only', kind: 'gif' }]);
    expect(codes(all)).toEqual(expect.arrayContaining(['attachment.missing', 'attachment.omitted']));
  });

  it('reads what was passed on, withdrawn, called and who came', () => {
    expect(shared?.text).toBe('Zie https://voorbeeld.example/plan\nBestemmingsplan – ontwerp');
    expect(unsent).toMatchObject({ deleted: 'by-sender', text: '' });
    expect(call).toMatchObject({ kind: 'call', call: { outcome: 'answered', seconds: 75 } });
    expect(missed).toMatchObject({ kind: 'call', call: { outcome: 'missed' } });
    expect(added).toMatchObject({
      kind: 'system',
      sender: null,
      system: { event: 'member-added', actor: 'Anaïs Jansen', target: 'Zoë de Vries' },
      text: 'Anaïs added Zoë to the group.',
    });
  });

  it('tells of a message whose content the export does not give', () => {
    expect(empty).toMatchObject({ kind: 'unknown', sender: 'Zoë de Vries', text: '' });
    expect(codes(all)).toContain('message.empty');
  });
});

it('knows Instagram by where its files lie', async () => {
  const all = await fixture('instagram.json', ['1.jpg']);
  expect(all.conversations).toMatchObject([{ platform: 'instagram', kind: 'direct', title: 'Anaïs' }]);
  expect(all.records[0]?.attachments).toMatchObject([{ name: '1.jpg', presence: 'present', path: 'photos/1.jpg' }]);
});

it('leaves the texts of an end-to-end encrypted chat as they are: those are not written as bytes', async () => {
  const all = await fixture('versleuteld.json', ['foto één.jpeg']);
  expect(all.records.map(({ text, sender }) => [text, sender])).toEqual([
    ['', 'Omar'],
    ['', 'Omar'],
    ['Ã©én keer zo getypt', 'Anaïs Jansen'],
  ]);
  expect(all.records[0]?.attachments).toMatchObject([{ name: 'foto één.jpeg', presence: 'present', path: 'media/foto één.jpeg' }]);
  expect(all.records[1]).toMatchObject({ deleted: 'by-sender' });
  expect(all.records[2]?.reactions).toEqual([{ emoji: '😂', sender: 'Omar' }]);
  expect(all.conversations).toMatchObject([{ title: 'Omar', kind: 'direct', order: 'newest-first' }]);
  expect(codes(all)).toEqual(['order.newest-first']);
});

it('says so when part of the texts was not written as bytes', async () => {
  const all = await chatOf(
    { sender_name: 'A', timestamp_ms: 1714000000000, content: asMetaWrites('één') },
    { sender_name: 'A', timestamp_ms: 1714000000000, content: 'twee €' },
    { sender_name: 'A', timestamp_ms: 1714000000000, content: `${asMetaWrites('één')}\u00c3` },
  );
  expect(all.records.map(({ text }) => text)).toEqual(['één', 'twee €', `${asMetaWrites('één')}\u00c3`]);
  expect(all.doubts).toMatchObject([
    { code: 'encoding.repaired', evidence: { repaired: 1 } },
    { code: 'encoding.guessed', evidence: { repaired: 1, kept: 2 } },
  ]);
});

it('is old to new when the file is', async () => {
  const all = await chatOf({ sender_name: 'A', timestamp_ms: 1714000000000, content: 'a' }, { sender_name: 'A', timestamp_ms: 1714000001000, content: 'b' });
  expect(all.conversations[0]?.order).toBeUndefined();
  expect(codes(all)).toEqual([]);
});

it('takes seconds for seconds, with a doubt', async () => {
  const all = await chatOf({ sender_name: 'A', timestamp_ms: 1714000000, content: 'a' });
  expect(all.records[0]).toMatchObject({ local: '2024-04-25T01:06:40', certainty: 'assumed' });
  expect(codes(all)).toEqual(['time.unit-assumed']);
});

property.prop([fc.string({ unit: 'binary', maxLength: 60 })])('gives back any text that was written as bytes', (text) => {
  const read = readMetaText(asMetaWrites(text));
  expect(read.text).toBe(text.toWellFormed());
  expect(readMetaText(text).found === 'plain').toBe(/^[\0-\x7f]*$/.test(text));
});

it('knows an export by its content, whatever its name', () => {
  const sniff = (content: string | Buffer) => messengerReader.sniff(Buffer.from(content), 'x.txt');
  for (const name of ['message_1.json', 'instagram.json', 'versleuteld.json']) expect(sniff(readFileSync(join(folder, name)))).toBe(1);
  expect(sniff('{"participants":[],"messages":[],"title":"A","is_still_participant":true,"thread_path":"inbox/a_1"}')).toBe(0.9);
  expect(sniff('{"messages":[{"id":1,"sender":"a"}],"participants":[]}')).toBe(0);
});
