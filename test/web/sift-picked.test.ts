// A picked file that is looked through and cut before it is sent: what is left is what the archive reads, and media are never touched.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LocalTime } from '#core/model/time.ts';
import { readers } from '#core/parse/readers.ts';
import { gapsOf } from '#core/sift/gaps.ts';
import { planReading } from '#flow/plan-reading.ts';
import { inspectUpload } from '#store/inspect-upload.ts';
import { fromBytes } from '#store/random-access.ts';
import { makeSource } from '#test/core/parse/reader-suite.ts';
import { rsmfEvent, rsmfFile } from '#test/fixtures/rsmf-parts.ts';
import { smsText } from '#test/fixtures/sms-elements.ts';
import { csvRow } from '#test/fixtures/table-rows.ts';
import { androidChat } from '#test/fixtures/whatsapp-lines.ts';
import { type CraftedEntry, craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { sha256Of } from '#test/support/handed-in.ts';
import { type ConversationChoice, cutPicked, type Sifted, unnamedFiles } from '../../web/src/upload/sift/cut-picked.ts';
import { type OpenedFile, openPicked, type PickedFile } from '../../web/src/upload/sift/open-picked.ts';
import { makeSiftSession, type SiftSession } from '../../web/src/upload/sift/sift-session.ts';

const now = '2026-11-24T12:00' as LocalTime;

function picked(name: string, bytes: Uint8Array | string): PickedFile {
  return Object.assign(new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), { name });
}

async function read(file: PickedFile): Promise<{ readonly opened: OpenedFile; readonly session: SiftSession }> {
  const opened = await openPicked(file, now);
  if (!opened.ok) throw new Error(opened.problem);
  const session = makeSiftSession(opened);
  await session.read(() => undefined);
  return { opened, session };
}

interface Cut {
  readonly conversations: readonly ConversationChoice[];
  readonly unnamedFiles?: boolean;
}

async function cut(file: PickedFile, { conversations, unnamedFiles: along = false }: Cut): Promise<Sifted> {
  const { opened, session } = await read(file);
  return cutPicked(file, opened, session, { mode: 'cut', conversations, unnamedFiles: along });
}

async function bytesOf(sifted: Sifted): Promise<{ readonly bytes: Buffer; readonly sift: Extract<Sifted, { ok: true }>['sift'] }> {
  if (!sifted.ok) throw new Error(sifted.problem);
  return { bytes: Buffer.from(await sifted.file.arrayBuffer()), sift: sifted.sift };
}

/** As the archive sees it when it comes in. */
async function asArchived(fileName: string, bytes: Uint8Array) {
  const inspection = await inspectUpload(fromBytes(bytes), { fileName, size: bytes.length, sha256: sha256Of(bytes) });
  if (!inspection.ok) throw new Error(inspection.problem.code);
  const plan = planReading(inspection, { fileName, registeredAt: '2026-11-24T12:00:00.000Z' as never });
  if (!plan.ok) throw new Error(plan.problem.code);
  const texts: string[][] = [];
  for (const { reader, source } of plan.chats) {
    const own = new Map<string | undefined, string[]>();
    for await (const event of reader.read(source, {})) {
      if (event.type === 'records') own.set(event.conversation, [...(own.get(event.conversation) ?? []), ...event.records.map(({ text }) => text)]);
    }
    texts.push(...own.values());
  }
  return { files: inspection.files.map(({ name, sha256 }) => [name, sha256]), texts };
}

async function archived(fileName: string, bytes: Uint8Array) {
  const inspection = await inspectUpload(fromBytes(bytes), { fileName, size: bytes.length, sha256: sha256Of(bytes) });
  if (!inspection.ok) throw new Error(inspection.problem.code);
  return inspection;
}

async function doubtsOf(fileName: string, bytes: Uint8Array): Promise<readonly string[]> {
  const plan = planReading(await archived(fileName, bytes), { fileName, registeredAt: '2026-11-24T12:00:00.000Z' as never });
  if (!plan.ok) throw new Error(plan.problem.code);
  const found: string[] = [];
  for (const { reader, source } of plan.chats) for await (const event of reader.read(source, {})) if (event.type === 'doubt') found.push(event.doubt.code);
  return found;
}

async function manifestIn(fileName: string, bytes: Uint8Array): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of (await archived(fileName, bytes)).files[0]?.open() ?? []) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts).toString();
}

const strike = (from: number, to: number) => ({ from, to, reason: 'private' as const });
const attached = (name: string) => `13-02-2024 09:00 - Noor de Wit: ${name} (bestand bijgevoegd)\n`;
const photo = (seed: number) => Buffer.alloc(3000, seed);

const mixed: readonly CraftedEntry[] = [
  {
    name: 'WhatsApp-chat met Kade.txt',
    data: androidChat(10, (i) => `regel ${i}`) + attached('IMG-1.jpg') + attached('IMG-2.jpg') + attached('IMG-1.jpg'),
    deflate: true,
  },
  { name: 'IMG-1.jpg', data: photo(1) },
  { name: 'IMG-2.jpg', data: photo(2), deflate: true },
  { name: 'los.html', data: '<html>alles nog eens</html>' },
  { name: '__MACOSX/._IMG-1.jpg', data: 'x' },
];

describe('a zip of WhatsApp', () => {
  const file = picked('WhatsApp-chat met Kade.zip', craftZip({ entries: mixed }));

  it('is read as the archive reads it', async () => {
    const { session, opened } = await read(file);
    const { conversations, done } = session.progress();
    expect(done).toBe(true);
    expect(conversations).toMatchObject([{ title: 'Kade', records: 13, first: '2024-02-13T08:00', last: '2024-02-13T09:00' }]);
    expect(session.rows(0, 2, 4).map(({ ordinal, text }) => [ordinal, text])).toEqual([
      [2, 'regel 2'],
      [3, 'regel 3'],
    ]);
    expect(session.spansOf(0, 'Sem Bakker')).toEqual([
      [1, 1],
      [5, 5],
      [9, 9],
    ]);
    expect(unnamedFiles(opened, session)).toBe(1);
  });

  it('loses what is struck and the files of that, and takes the rest over byte for byte', async () => {
    const { bytes, sift } = await bytesOf(await cut(file, { conversations: [[strike(2, 4), strike(11, 12)]] }));
    const { files, texts } = await asArchived(file.name, bytes);
    expect(texts).toEqual([['regel 0', 'regel 1', 'regel 5', 'regel 6', 'regel 7', 'regel 8', 'regel 9', '']]);
    // IMG-1 is also named by a message that stays.
    expect(files).toEqual([
      ['WhatsApp-chat met Kade.txt', expect.any(String)],
      ['IMG-1.jpg', sha256Of(photo(1))],
    ]);
    expect(sift).toEqual({ mode: 'cut', conversations: [{ n: 1, ranges: [strike(2, 4), strike(11, 12)] }], leftOut: [], files: 2, dateOrder: 'dmy' });
    expect(bytes.includes('regel 3')).toBe(false);
    expect(bytes.includes('alles nog eens')).toBe(false);
  });

  it('takes files along that no message names when that is asked for', async () => {
    const { bytes, sift } = await bytesOf(await cut(file, { conversations: [[strike(0, 0)]], unnamedFiles: true }));
    expect((await asArchived(file.name, bytes)).files.map(([name]) => name)).toEqual(['WhatsApp-chat met Kade.txt', 'IMG-1.jpg', 'IMG-2.jpg', 'los.html']);
    expect(sift.files).toBe(0);
  });

  it('is made the same each time, so that an upload can be taken up again', async () => {
    const [one, two] = await Promise.all([0, 1].map(async () => bytesOf(await cut(file, { conversations: [[strike(3, 3)]] }))));
    expect(one?.bytes.equals(two?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('is not sent when nothing is left', async () => {
    expect(await cut(file, { conversations: [[strike(0, 12)]] })).toEqual({ ok: false, problem: 'nothing-left' });
    expect(await cut(file, { conversations: [{ leftOut: 'private' }] })).toEqual({ ok: false, problem: 'nothing-left' });
  });

  it('goes whole, with the marks, where the organisation asks for that', async () => {
    const { opened, session } = await read(file);
    const sifted = await cutPicked(file, opened, session, { mode: 'marked', conversations: [[strike(1, 2)]], unnamedFiles: false });
    expect(sifted).toEqual({ ok: true, file, sift: { mode: 'marked', conversations: [{ n: 1, ranges: [strike(1, 2)] }], leftOut: [], files: 0 } });
  });
});

describe('a zip with several chats', () => {
  const file = picked(
    'alles.zip',
    craftZip({
      entries: [
        { name: 'een/WhatsApp-chat met A.txt', data: androidChat(3) + attached('IMG-1.jpg') },
        { name: 'een/IMG-1.jpg', data: photo(1) },
        { name: 'twee/WhatsApp-chat met B.txt', data: androidChat(4) + attached('IMG-1.jpg') },
        { name: 'twee/IMG-1.jpg', data: photo(2) },
      ],
    }),
  );

  it('goes without the chats that stay out, and numbers what is left anew', async () => {
    const { bytes, sift } = await bytesOf(await cut(file, { conversations: [{ leftOut: 'other-case' }, [strike(1, 1)]] }));
    const { files, texts } = await asArchived(file.name, bytes);
    expect(files.map(([name]) => name)).toEqual(['twee/WhatsApp-chat met B.txt', 'twee/IMG-1.jpg']);
    expect(texts).toHaveLength(1);
    expect(sift).toMatchObject({
      conversations: [{ n: 1, ranges: [strike(1, 1)] }],
      leftOut: [{ reason: 'other-case', conversations: 1, records: 4 }],
      files: 1,
    });
  });
});

describe('one file with many conversations', () => {
  it('an SMS backup goes without a party, and counts the order anew when a first message has gone', async () => {
    const file = picked('sms.xml', [...smsText(20_000)].join(''));
    const { session } = await read(file);
    const all = session.progress().conversations;
    expect(all).toHaveLength(12);
    const choice = all.map((_, at): ConversationChoice => (at === 3 ? { leftOut: 'private' } : at === 0 ? [strike(0, 0)] : []));
    const { bytes, sift } = await bytesOf(await cut(file, { conversations: choice }));
    const { texts } = await asArchived(file.name, bytes);
    expect(texts).toHaveLength(11);
    expect(texts.flat()).toHaveLength(all.reduce((sum, { records }) => sum + records, 0) - (all[3]?.records ?? 0) - 1);
    // The conversation that came first now comes last: its first message was struck.
    expect(sift.conversations).toEqual([{ n: 11, ranges: [strike(0, 0)] }]);
    expect(texts[10]).toHaveLength((all[0]?.records ?? 0) - 1);
  });

  it('a Telegram account in a zip goes without its contacts, its other chats and the thumbnails of what is struck', async () => {
    const item = (id: number, rest: object) => ({
      id,
      type: 'message',
      date: '2024-03-01T10:00:00',
      date_unixtime: String(1709283600 + id),
      from: 'Sanne',
      from_id: 'user1',
      ...rest,
    });
    const chats = {
      contacts: { list: [{ first_name: 'Geheim', phone_number: '0031612345678' }] },
      chats: {
        list: [
          {
            name: 'Kade',
            type: 'personal_chat',
            id: 1,
            messages: [item(1, { text: 'zakelijk' }), item(2, { text: '', photo: 'photos/photo_1.jpg', thumbnail: 'photos/photo_1_thumb.jpg' })],
          },
          { name: 'Mama', type: 'personal_chat', id: 2, messages: [item(3, { text: 'tot straks' })] },
        ],
      },
    };
    const file = picked(
      'Telegram.zip',
      craftZip({
        entries: [
          { name: 'result.json', data: JSON.stringify(chats, null, 1), deflate: true },
          { name: 'photos/photo_1.jpg', data: photo(1) },
          { name: 'photos/photo_1_thumb.jpg', data: photo(2) },
        ],
      }),
    );
    const { bytes, sift } = await bytesOf(await cut(file, { conversations: [[strike(1, 1)], { leftOut: 'private' }] }));
    const { files, texts } = await asArchived(file.name, bytes);
    expect(files.map(([name]) => name)).toEqual(['result.json']);
    expect(texts).toEqual([['zakelijk']]);
    expect(sift).toMatchObject({ conversations: [{ n: 1, ranges: [strike(1, 1)] }], leftOut: [{ conversations: 1, records: 1 }], files: 2 });
    const whole = await bytesOf(await cut(file, { conversations: [[strike(0, 0)], []] }));
    expect((await asArchived(file.name, whole.bytes)).files.map(([name]) => name)).toEqual(['result.json', 'photos/photo_1.jpg', 'photos/photo_1_thumb.jpg']);
  });
});

describe('a conversation in several files', () => {
  const part = (...texts: readonly string[]) =>
    JSON.stringify({
      participants: [{ name: 'Sanne' }, { name: 'Omar' }],
      messages: texts.map((content, at) => ({ sender_name: 'Sanne', timestamp_ms: 1709283600000 - at * 60_000, content })),
      title: 'Kade',
      thread_path: 'inbox/kade_1',
    });
  const file = picked(
    'facebook.zip',
    craftZip({
      entries: [
        { name: 'inbox/kade_1/message_2.json', data: part('drie', 'vier') },
        { name: 'inbox/kade_1/message_1.json', data: part('een', 'twee') },
        { name: 'WhatsApp-chat met Dijk.txt', data: androidChat(4) },
      ],
    }),
  );

  it('is shown as the one that it is, and cut by the place that a message has in all of it', async () => {
    const { session } = await read(file);
    expect(session.progress().conversations.map(({ records }) => records)).toEqual([4, 4]);
    const { bytes, sift } = await bytesOf(await cut(file, { conversations: [[strike(1, 2)], [strike(0, 0)]] }));
    const { texts } = await asArchived(file.name, bytes);
    expect(texts.map((own) => own.length)).toEqual([1, 1, 3]);
    expect(texts.slice(0, 2)).toEqual([['een'], ['vier']]);
    expect(sift.conversations).toEqual([
      { n: 1, ranges: [strike(1, 2)] },
      { n: 2, ranges: [strike(0, 0)] },
    ]);
  });

  it('goes without a file of which nothing is left', async () => {
    const { bytes, sift } = await bytesOf(await cut(file, { conversations: [[strike(0, 1)], []] }));
    expect((await asArchived(file.name, bytes)).files.map(([name]) => name)).toEqual(['inbox/kade_1/message_2.json', 'WhatsApp-chat met Dijk.txt']);
    expect(sift).toMatchObject({ conversations: [{ n: 1, ranges: [strike(0, 1)] }], leftOut: [] });
  });

  it('can stay out as a whole, all its parts', async () => {
    const { bytes, sift } = await bytesOf(await cut(file, { conversations: [{ leftOut: 'private' }, []] }));
    expect((await asArchived(file.name, bytes)).files.map(([name]) => name)).toEqual(['WhatsApp-chat met Dijk.txt']);
    expect(sift).toMatchObject({ conversations: [], leftOut: [{ reason: 'private', conversations: 1, records: 4 }] });
  });

  it('counts as left out when every message of it is struck', async () => {
    const { sift } = await bytesOf(await cut(file, { conversations: [[strike(0, 3)], []] }));
    expect(sift).toMatchObject({ conversations: [], leftOut: [{ reason: 'private', conversations: 1, records: 4 }] });
  });
});

describe('a table without a fixed layout', () => {
  const rows = [
    'Tijdstip;Afzender;Gesprek;Bericht',
    ...Array.from({ length: 12 }, (_, n) => csvRow(n, `regel ${n}`).replace(/;(?=")/, `;Kanaal ${n % 2};`)),
    '',
  ];

  it('goes with what was said of its columns, so that the places hold', async () => {
    const file = picked('tabel.csv', rows.join('\r\n'));
    const { session } = await read(file);
    expect(session.progress().conversations.map(({ records }) => records)).toEqual([6, 6]);
    const { bytes, sift } = await bytesOf(await cut(file, { conversations: [[strike(0, 0)], [strike(5, 5)]] }));
    const [layout] = Object.keys(sift.mappings ?? {});
    expect(sift.mappings?.[layout ?? '']).toMatchObject({ time: [0], sender: 1, conversation: 2, text: [3], header: true });
    const reader = readers.find(({ format }) => format === 'generic-csv');
    const asked: string[] = [];
    const kept: string[] = [];
    for await (const event of reader?.read(makeSource(bytes), { mappings: sift.mappings ?? {} }) ?? []) {
      if (event.type === 'records') kept.push(...event.records.map(({ text }) => text));
      else if (event.type === 'doubt' && event.doubt.severity === 'question') asked.push(event.doubt.code);
    }
    expect(asked).toEqual([]);
    expect(kept.toSorted()).toEqual(Array.from({ length: 10 }, (_, n) => `regel ${n + 1}`).toSorted());
    expect(sift.conversations).toEqual([
      { n: 1, ranges: [strike(5, 5)] },
      { n: 2, ranges: [strike(0, 0)] },
    ]);
  });

  it('as a list in JSON of which a column shows in a struck message only, is told of by its own columns', async () => {
    const item = (n: number) => ({
      ...(n === 0 ? { mood: 'stil' } : {}),
      when: new Date(1_709_283_600_000 + n * 61_000).toISOString(),
      sender: 'Bo',
      text: `regel ${n}`,
    });
    const file = picked('lijst.json', JSON.stringify({ rows: Array.from({ length: 5 }, (_, n) => item(n)) }));
    const { sift } = await bytesOf(await cut(file, { conversations: [[strike(0, 0)]] }));
    expect(Object.values(sift.mappings ?? {})).toMatchObject([{ time: [0], sender: 1, text: [2] }]);
  });
});

describe('RSMF in its e-mail', () => {
  const manifest = (first: number) =>
    JSON.stringify({
      version: '2.0.0',
      participants: [
        { id: 'P0', display: 'Anna' },
        { id: 'P1', display: 'Omar' },
        { id: 'P2', display: 'Bo' },
        { id: 'P9', display: 'Nergens' },
      ],
      conversations: [0, 1, 2, 3].map((n) => ({ id: `C${n}`, display: `Gesprek ${n}`, platform: 'signal', participants: ['P0', 'P1'] })),
      events: Array.from({ length: 8 }, (_, n) => ({
        ...JSON.parse(rsmfEvent(first + n, `woord${first + n}x`)),
        ...(n === 1 ? { attachments: [{ id: 'plan.pdf' }] } : {}),
      })),
    });
  const mail = (first: number) =>
    Buffer.from(
      rsmfFile({ manifest: manifest(first), files: [{ name: 'plan.pdf', data: 'een plan' }], eventCount: 8 })
        .toString()
        .replace('From:', 'X-RSMF-Participants: Anna, Omar,\r\n Nergens\r\nX-RSMF-BeginDate: 2023-11-14T22:13:20Z\r\nFrom:'),
    );

  it('goes without what is struck, in an e-mail that tells no more of it', async () => {
    const file = picked('dag.rsmf', mail(0));
    const { session } = await read(file);
    expect(session.progress().conversations.map(({ records }) => records)).toEqual([2, 2, 2, 2]);
    const { bytes, sift } = await bytesOf(await cut(file, { conversations: [[strike(0, 0)], [strike(0, 0)], { leftOut: 'private' }, []] }));
    const text = bytes.toString();
    expect(text).toMatch(/^X-RSMF-EventCount: 4\r$/m);
    expect(text).not.toMatch(/Nergens|BeginDate|Alle tekst nog eens/);
    const { files, texts } = await asArchived('dag.rsmf', bytes);
    expect(files.map(([name]) => name)).toEqual(['rsmf_manifest.json']);
    expect(texts.flat().toSorted()).toEqual(['woord3x', 'woord4x', 'woord5x', 'woord7x']);
    expect(sift).toMatchObject({ files: 1, leftOut: [{ reason: 'private', conversations: 1, records: 2 }] });
    const doubts = await doubtsOf('dag.rsmf', bytes);
    expect(doubts).not.toContain('count.differs');
    const manifestOf = JSON.parse(await manifestIn('dag.rsmf', bytes));
    expect(manifestOf.conversations.map(({ id }: { id: string }) => id)).toEqual(['C0', 'C1', 'C3']);
    expect(manifestOf.participants.map(({ display }: { display: string }) => display)).not.toContain('Nergens');
  });

  it('of several days in a zip is one conversation each, cut in every day', async () => {
    const entries = [
      { name: 'dag 1.rsmf', data: mail(0), deflate: true },
      { name: 'dag 2.rsmf', data: mail(8), deflate: true },
      { name: 'leesmij.pdf', data: '%PDF-1.7' },
    ];
    const file = picked('dagen.zip', craftZip({ entries }));
    const { session } = await read(file);
    expect(session.progress().conversations.map(({ records }) => records)).toEqual([4, 4, 4, 4]);
    const { bytes } = await bytesOf(await cut(file, { conversations: [[strike(1, 2)], { leftOut: 'private' }, [], []] }));
    const { files, texts } = await asArchived('dagen.zip', bytes);
    expect(files.map(([name]) => name)).toEqual(['dag 1.rsmf/rsmf_manifest.json', 'dag 2.rsmf/rsmf_manifest.json']);
    expect(texts.flat().toSorted()).toEqual([0, 2, 3, 6, 7, 10, 11, 12, 14, 15].map((n) => `woord${n}x`).toSorted());
    const less = await bytesOf(await cut(file, { conversations: [[strike(0, 1)], [strike(0, 1)], [strike(0, 1)], [strike(0, 1)]] }));
    expect((await asArchived('dagen.zip', less.bytes)).files.map(([name]) => name)).toEqual(['dag 2.rsmf/rsmf_manifest.json', 'dag 2.rsmf/plan.pdf']);
  });

  it('that is damaged is named as such', async () => {
    const broken = Buffer.from(
      mail(0)
        .toString()
        .replace(/UEsD[^\r]*/, '@@@@'),
    );
    expect(await openPicked(picked('stuk.rsmf', broken), now)).toEqual({ ok: false, problem: 'zip.damaged' });
  });
});

describe('keys of an app', () => {
  const signal = readFileSync(join(import.meta.dirname, '../fixtures/signal/main.jsonl'));
  const keysIn = (bytes: Buffer) => bytes.toString('latin1').match(/R0VIRUlN/g)?.length ?? 0;
  const whole = async (file: PickedFile) => {
    const { opened, session } = await read(file);
    const none = session.progress().conversations.map(() => []);
    return bytesOf(await cutPicked(file, opened, session, { mode: 'marked', conversations: none, unnamedFiles: false }));
  };

  it('never leave the desk, also when nothing is struck', async () => {
    const { bytes, sift } = await whole(picked('main.jsonl', signal));
    expect(keysIn(signal)).toBeGreaterThan(8);
    expect(keysIn(bytes)).toBe(0);
    expect(sift).toEqual({ mode: 'marked', conversations: [], leftOut: [], files: 0, keys: 12 });
    expect((await asArchived('main.jsonl', bytes)).texts).toEqual((await asArchived('main.jsonl', signal)).texts);
  });

  it('go with what is struck, and the rest reads as it did', async () => {
    const file = picked('main.jsonl', signal);
    const { session } = await read(file);
    const { bytes, sift } = await bytesOf(
      await cut(file, { conversations: session.progress().conversations.map((_, at) => (at === 0 ? [strike(1, 2)] : [])) }),
    );
    expect(keysIn(bytes)).toBe(0);
    expect(sift).toMatchObject({ mode: 'cut', conversations: [{ n: 1, ranges: [strike(1, 2)] }] });
    const [before, after] = [await asArchived('main.jsonl', signal), await asArchived('main.jsonl', bytes)];
    expect(after.texts[0]).toEqual(before.texts[0]?.filter((_, at) => at !== 1 && at !== 2));
    expect(after.texts.slice(1)).toEqual(before.texts.slice(1));
  });

  it('go from a chat in a zip; the one by which a file is found stays', async () => {
    const name = '17d162474f8f8d441fe039a6e8b0398184157ecda414683c5e3e0c9c8336862f.pdf';
    const entries = [
      { name: 'main.jsonl', data: signal, deflate: true },
      { name: `files/17/${name}`, data: 'het besluit' },
    ];
    const { bytes, sift } = await whole(picked('signal.zip', craftZip({ entries })));
    expect(sift).toMatchObject({ mode: 'marked', keys: 11, files: 0 });
    const inspection = await inspectUpload(fromBytes(bytes), { fileName: 'signal.zip', size: bytes.length, sha256: sha256Of(bytes) });
    if (!inspection.ok) throw new Error(inspection.problem.code);
    const [chat, file] = inspection.files;
    const parts: Uint8Array[] = [];
    for await (const part of chat?.open() ?? []) parts.push(Uint8Array.from(part));
    expect(Buffer.concat(parts).toString()).toContain('"localKey":"');
    expect(Buffer.concat(parts).toString()).not.toMatch(/"(?:profileKey|masterKey|packKey|mediaRootBackupKey)":"[^…]/);
    expect(file?.name).toBe(`files/17/${name}`);
  });

  it('are looked for in formats that hold them only: another file goes as it is', async () => {
    const file = picked('_chat.txt', androidChat(4));
    const { opened, session } = await read(file);
    const sifted = await cutPicked(file, opened, session, { mode: 'marked', conversations: [[]], unnamedFiles: false });
    expect(sifted.ok && sifted.file).toBe(file);
    expect(session.progress().keys).toBe(0);
  });
});

describe('the place of what was left out', () => {
  const fixtures = join(import.meta.dirname, '../fixtures');
  const folders = ['whatsapp', 'sms-backup', 'telegram', 'imessage', 'messenger', 'rsmf', 'signal', 'threema', 'teams', 'generic'];
  const files = folders.flatMap((folder) => readdirSync(join(fixtures, folder)).map((name) => [folder, name] as const));
  const placed = new Set<string>();

  it.each(files)('%s: %s holds in what the archive reads, or nothing is sent', async (folder, name) => {
    const file = picked(name, readFileSync(join(fixtures, folder, name)));
    const { session } = await read(file);
    const { conversations } = session.progress();
    const rows = conversations.map(({ records }, at) => session.rows(at, 0, records).map(({ text }) => text));
    const choice = conversations.map(({ records }) => (records > 2 ? [strike(1, 1)] : []));
    const sifted = await cut(file, { conversations: choice });
    if (!sifted.ok) return expect(sifted.problem).toBe('reads-otherwise');
    const { texts } = await asArchived(name, Buffer.from(await sifted.file.arrayBuffer()));
    const left = rows.map((own, at) => own.filter((_, ordinal) => (choice[at]?.length ?? 0) === 0 || ordinal !== 1)).filter((own) => own.length > 0);
    expect(texts.toSorted()).toEqual(left.toSorted());
    for (const { n, ranges } of sifted.sift.conversations) {
      const gaps = gapsOf('cut', ranges);
      expect(gaps.before(1)).toEqual([{ reason: 'private', records: 1 }]);
      const whole = rows.find((own, at) => (choice[at]?.length ?? 0) > 0 && JSON.stringify(own.toSpliced(1, 1)) === JSON.stringify(texts[n - 1]));
      expect(whole).toBeDefined();
      placed.add(folder);
    }
    return undefined;
  });

  it('was tried in every folder of formats', () => {
    expect([...placed].toSorted()).toEqual(folders.toSorted());
  });
});

describe('a large zip', () => {
  it('is cut by its directory and its chat alone', async () => {
    // Two gigabytes and more, by the same bytes again and again.
    const some = new Blob([new Uint8Array(2 ** 20)]);
    const medium = new Blob(Array.from({ length: 2100 }, () => some));
    const small = Buffer.from(craftZip({ entries: [{ name: '_chat.txt', data: androidChat(5) + attached('VID-1.mp4') }] }));
    // The directory of a zip with one large member, put behind bytes that nobody may read.
    const video = Buffer.from(
      craftZip({ entries: [{ name: 'VID-1.mp4', data: '', storedBytes: Buffer.alloc(0), claimedSize: medium.size, claimedStoredSize: medium.size }] }),
    );
    const end = (zip: Buffer) => zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    const directory = (zip: Buffer) => zip.subarray(zip.readUInt32LE(end(zip) + 16), end(zip));
    const [local, far] = [video.subarray(0, video.readUInt32LE(end(video) + 16)), small.subarray(0, small.readUInt32LE(end(small) + 16))];
    const entry = Buffer.from(directory(video));
    entry.writeUInt32LE(far.length, 42);
    const tail = Buffer.from(small.subarray(end(small)));
    tail.writeUInt16LE(2, 8);
    tail.writeUInt16LE(2, 10);
    tail.writeUInt32LE(directory(small).length + entry.length, 12);
    tail.writeUInt32LE(far.length + local.length + medium.size, 16);
    const whole = new Blob([new Uint8Array(far), new Uint8Array(local), medium, new Uint8Array(directory(small)), new Uint8Array(entry), new Uint8Array(tail)]);
    const before = process.memoryUsage().rss;
    const reads: number[] = [];
    const slice = whole.slice.bind(whole);
    const watched = Object.assign(whole, { name: 'groot.zip' });
    watched.slice = (...range) => {
      const part = slice(...range);
      const read = part.arrayBuffer.bind(part);
      part.arrayBuffer = () => {
        reads.push(part.size);
        return read();
      };
      return part;
    };
    const sifted = await cut(watched, { conversations: [[strike(0, 1)]] });
    if (!sifted.ok) throw new Error(sifted.problem);
    expect(sifted.file.size).toBeGreaterThan(2 * 2 ** 30);
    expect(reads.reduce((sum, size) => sum + size, 0)).toBeLessThan(2 ** 20);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 2 ** 20);
  });
});

describe('what cannot be looked through', () => {
  it.each([
    ['notulen.txt', 'Notulen van het overleg.\n', 'file.not-a-chat'],
    ['stuk.zip', craftZip({ entries: [{ name: '_chat.txt', data: androidChat(3) }] }).slice(0, -3), 'zip.damaged'],
    ['slot.zip', craftZip({ entries: [{ name: '_chat.txt', data: androidChat(3), encrypted: true }] }), 'zip.encrypted'],
    ['leeg.zip', craftZip({ entries: [{ name: 'brief.txt', data: 'Geachte heer' }] }), 'zip.no-chat'],
    ['omhoog.zip', craftZip({ entries: [{ name: '../_chat.txt', data: androidChat(3) }] }), 'zip.hostile-name'],
  ])('%s is named as what it is', async (name, bytes, problem) => {
    expect(await openPicked(picked(name, bytes), now)).toEqual({ ok: false, problem });
  });
});
