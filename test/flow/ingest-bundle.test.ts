// From a file on a phone to a bundle that can be found: happy roads, refusals, questions, repetition. On the engines.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bundle } from '#core/model/bundle.ts';
import { CaseId } from '#core/model/id.ts';
import { segmentsOf } from '#core/search/segment-list.ts';
import { answerQuestion } from '#flow/answer-question.ts';
import type { IngestOutcome } from '#flow/ingest-bundle.ts';
import { leaseMs } from '#flow/ingest-lease.ts';
import { placeHold } from '#flow/place-hold.ts';
import { registerBundle } from '#flow/register-bundle.ts';
import type { Services } from '#runtime/services.ts';
import { vaultKey } from '#store/table.ts';
import { androidChat, undecidedChat } from '#test/fixtures/whatsapp-lines.ts';
import { craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { arrive, employee, handIn, ingested, type Sent, servicesOn, sha256Of } from '#test/support/handed-in.ts';
import { fixturesFolder, readFixture } from '#test/support/shared-fixtures.ts';

let engines: Engines;
let services: Services & { readonly sent: Sent[] };
let count = 0;

beforeAll(async () => {
  engines = await startEngines();
  services = servicesOn(engines);
});
afterAll(() => engines.stop());

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]), Buffer.alloc(500, 7)]);
/** Different bytes each time: the same file twice is refused. */
const unique = () => `bericht nummer ${++count}`;
const chatOf = (messages: number) => androidChat(messages, (i) => (i === 0 ? unique() : `regel ${i}`));

async function bytesIn(key: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of (await services.vault.open(key)) ?? []) parts.push(part);
  return Buffer.concat(parts);
}

async function traces(bundle: Bundle) {
  return {
    segments: (await services.index.listSegments(bundle.id)).length,
    conversations: (await services.index.listConversations(bundle.id)).length,
    attachments: (await services.index.listAttachments(bundle.id)).length,
    vault: await services.vault.countVersions(bundle.id),
    intake: (await services.intake.head(bundle.id)) !== null,
    claim: await services.bundles.claimant(bundle.sha256),
  };
}

describe('a chat as text', () => {
  test('is indexed, kept in the vault, and its upload taken away', async () => {
    const bytes = chatOf(200);
    const bundle = await ingested(services, { fileName: 'WhatsApp-chat met Wijkteam 👩‍🌾.txt', bytes, caseIds: ['ZAAK-1'] });
    expect(bundle).toMatchObject({ state: 'indexed', format: 'whatsapp', problem: null, caseIds: ['ZAAK-1'], uploader: 'noor' });
    expect(bundle.counts).toEqual({ conversations: 1, records: 200, messages: 200, systemMessages: 0, attachments: { present: 0, missing: 0, omitted: 0 } });
    expect(bundle.period).toEqual({ first: '2024-02-13T08:00', last: '2024-02-13T11:19' });
    expect(await traces(bundle)).toEqual({ segments: 1, conversations: 1, attachments: 0, vault: 1, intake: false, claim: bundle.id });
    expect((await bytesIn(vaultKey.original(bundle.id))).toString()).toBe(bytes);
    expect(await services.index.getNames(bundle.id)).toMatchObject({ fileName: 'WhatsApp-chat met Wijkteam 👩‍🌾.txt' });
    const [conversation] = await services.index.listConversations(bundle.id);
    expect(conversation).toMatchObject({ n: 1, title: 'Wijkteam 👩‍🌾', segments: [{ base: 0, count: 200 }] });
    expect(segmentsOf(bundle)).toEqual(await services.index.listSegments(bundle.id));
  });

  test('of many messages goes in segments that follow each other', async () => {
    const bundle = await ingested(services, { fileName: 'lang.txt', bytes: chatOf(20_000) });
    expect(bundle.counts?.records).toBe(20_000);
    expect((await services.index.listConversations(bundle.id))[0]?.segments.map(({ base, count: records }) => [base, records])).toEqual([
      [0, 16_384],
      [16_384, 3_616],
    ]);
  });

  test('writes audit events of register, receive and index, once each', async () => {
    const bundle = await ingested(services, { fileName: 'a.txt', bytes: chatOf(3) });
    const events = (await services.audit.list({ object: bundle.id, limit: 100, next: null })).items;
    expect(events.map((event) => event.action)).toEqual(['bundle.register', 'bundle.receive', 'bundle.index']);
  });
});

describe('a chat as a zip', () => {
  const zipOf = (entries: Parameters<typeof craftZip>[0]['entries']) => craftZip({ entries });

  test('keeps attachments in the vault and points messages to them', async () => {
    const text = `${chatOf(2)}13-02-2024 09:00 - Noor de Wit: IMG-20240213-WA0001.jpg (bestand bijgevoegd)\n13-02-2024 09:01 - Noor de Wit: IMG-20240213-WA0002.jpg (bestand bijgevoegd)\n13-02-2024 09:02 - Noor de Wit: <Media weggelaten>\n`;
    const bytes = zipOf([
      { name: 'WhatsApp-chat met Wijkteam.txt', data: text, deflate: true },
      { name: 'IMG-20240213-WA0001.jpg', data: jpeg },
      { name: '__MACOSX/._IMG-20240213-WA0001.jpg', data: 'x' },
    ]);
    const bundle = await ingested(services, { fileName: 'WhatsApp-chat met Wijkteam.zip', bytes });
    expect(bundle.state).toBe('indexed');
    expect(bundle.counts?.attachments).toEqual({ present: 1, missing: 1, omitted: 1 });
    expect(await services.index.listAttachments(bundle.id)).toEqual([
      {
        n: 1,
        name: 'IMG-20240213-WA0001.jpg',
        presence: 'present',
        mediaType: 'image/jpeg',
        size: jpeg.length,
        sha256: sha256Of(jpeg),
        vaultKey: vaultKey.attachment(bundle.id, 1),
      },
    ]);
    expect(Buffer.compare(await bytesIn(vaultKey.attachment(bundle.id, 1)), jpeg)).toBe(0);
    expect(Buffer.compare(await bytesIn(vaultKey.original(bundle.id)), Buffer.from(bytes))).toBe(0);
    const [segment] = segmentsOf(bundle);
    const head = await services.index.readSegmentHead(segment?.id ?? '');
    const rows = [...(await services.index.readSegmentBlocks([{ segmentId: head?.id ?? '', block: 0, pages: 1 }])).values()].flat();
    expect(rows[2]).toContain('IMG-20240213-WA0001.jpg');
    expect(bundle.doubts.map((doubt) => doubt.code)).toEqual(expect.arrayContaining(['entry.skipped', 'attachment.missing', 'attachment.omitted']));
  });

  test('names what is odd about the files that came along', async () => {
    const bytes = zipOf([
      { name: 'map\\_chat.txt', data: chatOf(3) },
      { name: 'map\\IMG-1.jpg', data: 'geen foto' },
      { name: 'map\\bijlage.zip', data: craftZip({ entries: [{ name: '_chat.txt', data: chatOf(3) }] }) },
    ]);
    const bundle = await ingested(services, { fileName: 'WhatsApp Chat - Wijkteam.zip', bytes });
    expect(bundle.state).toBe('indexed');
    expect(bundle.counts?.conversations).toBe(1);
    expect(bundle.doubts.map(({ code, count: places }) => [code, places])).toEqual(
      expect.arrayContaining([
        ['entry.name-cleaned', 3],
        ['attachment.type-differs', 1],
        ['entry.nested-zip', 1],
      ]),
    );
    expect((await services.index.listConversations(bundle.id))[0]?.title).toBe('Wijkteam');
  });

  test('finds the name that iOS put on the archive also on the folder of a chat', async () => {
    const bytes = zipOf([
      { name: 'WhatsApp Chat - Kade/_chat.txt', data: chatOf(2) },
      { name: 'WhatsApp Chat - Brug/_chat.txt', data: chatOf(2) },
    ]);
    const bundle = await ingested(services, { fileName: 'Archief.zip', bytes });
    expect((await services.index.listConversations(bundle.id)).map(({ title }) => title)).toEqual(['Kade', 'Brug']);
  });

  test('with several chats keeps each as a conversation with its own files', async () => {
    const photo = '13-02-2024 09:00 - Noor de Wit: IMG-1.jpg (bestand bijgevoegd)\n';
    const bytes = zipOf([
      { name: 'een/WhatsApp-chat met A.txt', data: chatOf(3) + photo },
      { name: 'een/IMG-1.jpg', data: jpeg },
      { name: 'twee/WhatsApp-chat met B.txt', data: chatOf(4) + photo },
      { name: 'twee/IMG-1.jpg', data: Buffer.concat([jpeg, jpeg]) },
    ]);
    const bundle = await ingested(services, { fileName: 'alles.zip', bytes });
    expect(bundle.counts).toMatchObject({ conversations: 2, records: 9, attachments: { present: 2, missing: 0, omitted: 0 } });
    expect((await services.index.listConversations(bundle.id)).map(({ n, title, counts }) => [n, title, counts.records])).toEqual([
      [1, 'A', 4],
      [2, 'B', 5],
    ]);
    expect(bundle.doubts.map((doubt) => doubt.code)).toContain('several-chats.found');
    expect((await services.index.getNames(bundle.id))?.sourceFiles).toEqual([
      { file: 1, name: 'WhatsApp-chat met A.txt' },
      { file: 2, name: 'WhatsApp-chat met B.txt' },
    ]);
  });
});

const telegramPage = (title: string) => `<!DOCTYPE html><html><head><title>${title}</title></head><body><div class="page_header"></div></body></html>`;

describe('refused, with nothing left behind', () => {
  const chat = () => ({ name: '_chat.txt', data: chatOf(2) });
  test.each<[string, () => Uint8Array | string, string]>([
    ['an empty file', () => '', 'file.empty'],
    ['one byte', () => 'x', 'file.not-a-chat'],
    ['a letter', () => `Geachte heer, mevrouw,\n\n${unique()}\n`, 'file.not-a-chat'],
    ['a photo', () => Buffer.concat([jpeg, Buffer.from(unique())]), 'file.not-a-chat'],
    ['a zip that is cut off', () => craftZip({ entries: [chat()] }).slice(0, -5), 'zip.damaged'],
    ['a zip without a chat', () => craftZip({ entries: [{ name: 'brief.txt', data: unique() }] }), 'zip.no-chat'],
    ['an empty zip', () => craftZip({ entries: [], comment: unique() }), 'zip.no-chat'],
    [
      'a zip with a password',
      () => craftZip({ entries: [{ ...chat(), encrypted: true, storedBytes: Buffer.alloc(20), claimedStoredSize: 20, claimedSize: 8 }] }),
      'zip.encrypted',
    ],
    ['a name that climbs', () => craftZip({ entries: [chat(), { name: '../x', data: unique() }] }), 'zip.hostile-name'],
    ['another chat format', () => telegramPage(unique()), 'file.format-not-read-yet'],
    ['another chat format in a zip', () => craftZip({ entries: [{ name: 'messages.html', data: telegramPage(unique()) }] }), 'file.format-not-read-yet'],
    ['an account report', () => craftZip({ entries: [{ name: 'whatsapp_connections/index.html', data: unique() }] }), 'file.account-report'],
    ['a photo that is damaged', () => craftZip({ entries: [chat(), { name: 'a.jpg', data: unique(), claimedCrc: 5 }] }), 'zip.damaged'],
  ])('%s', async (_case, bytes, code) => {
    const bundle = await ingested(services, { fileName: 'export.zip', bytes: bytes(), caseIds: ['ZAAK-REFUSED'] });
    expect(bundle).toMatchObject({ state: 'refused', counts: null, problem: { code } });
    expect(await traces(bundle)).toEqual({ segments: 0, conversations: 0, attachments: 0, vault: 0, intake: false, claim: null });
    expect(await services.bundles.isLinked('ZAAK-REFUSED', bundle.id)).toBe(false);
    expect(await services.index.getNames(bundle.id)).toMatchObject({ fileName: 'export.zip' });
  });

  async function sent(registered: string, really: string): Promise<Bundle> {
    const order = { fileName: 'a.txt', size: Buffer.byteLength(registered), sha256: sha256Of(Buffer.from(registered)), caseIds: [] };
    const answer = await registerBundle(services, employee, order);
    if (!answer.ok) throw new Error(answer.fault.code);
    const { id } = answer.value.bundle;
    const { bucket, key } = services.intake.where(id);
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    await services.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: really }));
    await arrive(services, id);
    return (await services.bundles.get(id))!;
  }

  test('other bytes than registered, of the same size', async () => {
    const text = chatOf(3);
    const bundle = await sent(text, text.replace('regel 1', 'regel 7'));
    expect(bundle.problem?.code).toBe('file.hash-differs');
    expect(await traces(bundle)).toEqual({ segments: 0, conversations: 0, attachments: 0, vault: 0, intake: false, claim: null });
  });

  test('another size than registered', async () => {
    const text = chatOf(3);
    expect((await sent(text, `${text}x`)).problem).toMatchObject({ code: 'file.size-differs', evidence: { registered: text.length, found: text.length + 1 } });
  });

  test('and can be handed in again once it is right', async () => {
    const text = chatOf(3);
    const refused = await sent(text, `${text}x`);
    const bundle = await ingested(services, { fileName: 'a.txt', bytes: text });
    expect(bundle.state).toBe('indexed');
    expect(bundle.id).not.toBe(refused.id);
  });
});

describe('a question', () => {
  test('is put before anything is kept, and the answer settles it', async () => {
    const text = undecidedChat.replaceAll('bericht', unique());
    const asked = await ingested(services, { fileName: 'WhatsApp Chat with X.txt', bytes: text });
    expect(asked.state).toBe('needs-answer');
    const question = asked.doubts.find((doubt) => doubt.code === 'date-order.ambiguous');
    expect(question).toMatchObject({ severity: 'question', choices: expect.arrayContaining(['dmy', 'mdy']) });
    expect(question?.evidence).toMatchObject({ 'dmy.first': '2023-05-06T10:01', 'mdy.last': '2023-07-06T10:03' });
    expect(await traces(asked)).toEqual({ segments: 0, conversations: 0, attachments: 0, vault: 0, intake: true, claim: asked.id });
    expect(await arrive(services, asked.id)).toBe('wait');

    expect(await answerQuestion(services, employee, asked.id, { code: 'date-order.ambiguous', choice: 'ymd' })).toMatchObject({
      ok: false,
      fault: { code: 'bundle.no-such-question' },
    });
    expect(await answerQuestion(services, employee, asked.id, { code: 'timer.on', choice: 'dmy' })).toMatchObject({
      ok: false,
      fault: { code: 'bundle.no-such-question' },
    });
    expect(await answerQuestion(services, employee, asked.id, { code: 'date-order.ambiguous', choice: 'mdy' })).toMatchObject({ ok: true });
    expect(services.sent.at(-1)).toMatchObject({ door: 'ingest-bundle', message: { bundleId: asked.id } });
    expect(await answerQuestion(services, employee, asked.id, { code: 'date-order.ambiguous', choice: 'mdy' })).toMatchObject({ ok: true });
    expect(await answerQuestion(services, employee, asked.id, { code: 'date-order.ambiguous', choice: 'dmy' })).toMatchObject({
      ok: false,
      fault: { code: 'bundle.wrong-state' },
    });

    await arrive(services, asked.id);
    const bundle = (await services.bundles.get(asked.id))!;
    expect(bundle).toMatchObject({ state: 'indexed', answers: { dateOrder: 'mdy' }, period: { first: '2023-05-06T10:00', last: '2023-07-06T10:03' } });
    expect(bundle.doubts.filter((doubt) => doubt.severity === 'question')).toEqual([]);
  });
});

test('an answer that comes when the upload has expired leads to a refusal, and the file can be handed in again', async () => {
  const bytes = undecidedChat.replaceAll('bericht', unique());
  const asked = await ingested(services, { fileName: 'vraag.txt', bytes });
  await services.intake.remove(asked.id);
  await answerQuestion(services, employee, asked.id, { code: 'date-order.ambiguous', choice: 'dmy' });
  expect(await arrive(services, asked.id)).toEqual({ kind: 'refused' });
  expect((await services.bundles.get(asked.id))?.problem).toEqual({ code: 'upload.expired' });
  expect((await ingested(services, { fileName: 'vraag.txt', bytes })).state).toBe('needs-answer');
});

describe('cases and holds', () => {
  test('makes an unknown case, open and unverified, and links it', async () => {
    const bundle = await ingested(services, { fileName: 'a.txt', bytes: chatOf(2), caseIds: ['ZAAK-NEW', 'ZAAK-NEW'] });
    expect(await services.cases.get('ZAAK-NEW')).toMatchObject({ state: 'open', verified: false });
    expect(await services.bundles.isLinked('ZAAK-NEW', bundle.id)).toBe(true);
    expect(bundle.retention).toMatchObject({ nomination: 'unknown', actionDate: null });
  });

  test('files its own period as due', async () => {
    const retention = { nomination: 'destroy', period: 'P5Y', startDate: '2020-02-29' } as unknown as NonNullable<Bundle['ownRetention']>;
    const bundle = await ingested(services, { fileName: 'a.txt', bytes: chatOf(2), retention });
    expect(bundle.retention.actionDate).toBe('2025-02-28');
    const month = services.clock.today().slice(0, 7);
    expect((await services.bundles.due(month, '2025-02-28', 100)).items.map((one) => one.id)).toContain(bundle.id);
  });

  test('takes over the holds of its case, on its head and on its objects', async () => {
    const first = await ingested(services, { fileName: 'a.txt', bytes: chatOf(2), caseIds: ['ZAAK-HELD'] });
    const placed = await placeHold(
      services,
      { ...employee, role: 'records-manager' },
      { reason: 'by-hand', note: null, scope: { caseIds: [CaseId.parse('ZAAK-HELD')] } },
    );
    if (!placed.ok) throw new Error(placed.fault.code);
    const later = await ingested(services, { fileName: 'b.txt', bytes: chatOf(2), caseIds: ['ZAAK-HELD'] });
    for (const bundle of [first, later]) {
      expect((await services.bundles.get(bundle.id))?.holds).toEqual([placed.value.id]);
      expect((await services.vault.head(vaultKey.original(bundle.id)))?.held).toBe(true);
    }
  });

  test('a hold that is placed between registration and ingest is on head and objects', async () => {
    const { id } = await handIn(services, { fileName: 'a.txt', bytes: chatOf(2), caseIds: ['ZAAK-BETWEEN'] });
    const placed = await placeHold(
      services,
      { ...employee, role: 'records-manager' },
      { reason: 'by-hand', note: null, scope: { caseIds: [CaseId.parse('ZAAK-BETWEEN')] } },
    );
    if (!placed.ok) throw new Error(placed.fault.code);
    await arrive(services, id);
    expect((await services.bundles.get(id))?.holds).toEqual([placed.value.id]);
    expect((await services.vault.head(vaultKey.original(id)))?.held).toBe(true);
  });
});

describe('delivered more than once', () => {
  test('twice after each other is the same as once', async () => {
    const { id } = await handIn(services, { fileName: 'a.txt', bytes: chatOf(50) });
    expect(await arrive(services, id)).toEqual({ kind: 'indexed' });
    const head = await services.bundles.get(id);
    expect(await arrive(services, id)).toEqual({ kind: 'indexed' });
    expect(await services.bundles.get(id)).toEqual(head);
  });

  test('at once: one works, the others stand back and are told when to come again', async () => {
    const { id } = await handIn(services, { fileName: 'a.txt', bytes: chatOf(3000) });
    const outcomes = await Promise.all([1, 2, 3].map(() => arrive(services, id)));
    const kinds = outcomes.map((outcome) => (outcome === 'wait' ? outcome : outcome.kind)).sort();
    expect(kinds.filter((kind) => kind === 'indexed')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(2);
    expect(await services.vault.countVersions(id)).toBe(1);
    expect((await services.bundles.get(id))?.counts?.records).toBe(3000);
  });

  test('who lost the lease to another stops, and the other has done it all', async () => {
    const { id } = await handIn(services, { fileName: 'a.txt', bytes: chatOf(40) });
    const muchLater = { ...services, clock: { ...services.clock, epochMs: () => services.clock.epochMs() + 2 * leaseMs } };
    let overtaken: IngestOutcome | 'wait' | null = null;
    const slow: Services = {
      ...services,
      index: {
        ...services.index,
        writeSegment: async (segment) => {
          overtaken ??= await arrive(muchLater, id);
          return services.index.writeSegment(segment);
        },
      },
    };
    expect(await arrive(slow, id)).toEqual({ kind: 'nothing' });
    expect(overtaken).toEqual({ kind: 'indexed' });
    const bundle = (await services.bundles.get(id))!;
    expect(bundle).toMatchObject({ state: 'indexed', lease: null, counts: { records: 40 } });
    expect(await services.vault.countVersions(id)).toBe(1);
    expect((await services.audit.list({ object: id, limit: 100, next: null })).items.map((event) => event.action)).toEqual([
      'bundle.register',
      'bundle.receive',
      'bundle.index',
    ]);
  });

  test('an upload that comes in again for a bundle that is done is taken away', async () => {
    const bundle = await ingested(services, { fileName: 'a.txt', bytes: chatOf(2) });
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    const { bucket, key } = services.intake.where(bundle.id);
    await services.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'nog eens' }));
    await arrive(services, bundle.id);
    expect(await services.intake.head(bundle.id)).toBeNull();
  });

  test('for a bundle that is not known, nothing happens', async () => {
    expect(await arrive(services, 'bundle_00000000000000000000000000')).toBe('wait');
  });
});

describe.runIf(fixturesFolder !== undefined)('public exports', () => {
  test('nl-android-group-zip: 78 records, 4 attachments that messages name', async () => {
    const bundle = await ingested(services, {
      fileName: 'WhatsApp-chat met Test export.zip',
      bytes: readFixture('whatsapp/nl-android-group-zip/WhatsApp-chat met Test export.zip'),
    });
    expect(bundle).toMatchObject({ state: 'indexed', period: { first: '2022-05-02T16:08', last: '2022-05-02T16:35' } });
    expect(bundle.counts).toEqual({ conversations: 1, records: 78, messages: 69, systemMessages: 9, attachments: { present: 4, missing: 0, omitted: 0 } });
    expect(await services.index.listAttachments(bundle.id)).toHaveLength(5);
  });

  test('zip-with-macosx: 10 records, the latest not the last in the file', async () => {
    const bundle = await ingested(services, { fileName: 'whatsapp_chat.zip', bytes: readFixture('whatsapp/zip-with-macosx/whatsapp_chat.zip') });
    expect(bundle.counts).toMatchObject({ conversations: 1, records: 10, messages: 9, systemMessages: 1 });
    expect(bundle.period).toEqual({ first: '2020-07-14T22:05:54', last: '2022-03-26T18:52:15' });
  });
});
