// The very bundles of cdk.out against the embedded engines: the whole road from upload to certificate, each door in a process of its own with nothing
// of the repository in reach, and every request to AWS held against the statements of its role.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectLegalHoldCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { type Door, doors as manifest } from '#infra/manifest.ts';
import { vaultKey } from '#store/table.ts';
import { startZgwServer, type ZgwServer } from '#test/support/zgw-server.ts';
import { type Answer, startArchiveOfBundles } from './archive-of-bundles.ts';
import { type SynthesisedBundles, synthBundles } from './synth-bundles.ts';

const doors: readonly Door[] = manifest;
const today = '2031-04-17';

let synthesised: SynthesisedBundles;
let archive: Awaited<ReturnType<typeof startArchiveOfBundles>>;
let zgw: ZgwServer;

beforeAll(async () => {
  synthesised = await synthBundles();
  zgw = await startZgwServer();
  archive = await startArchiveOfBundles(synthesised.bundles, { calendarStandsAt: today, limits: { multipartFromBytes: 300 }, zgw: zgw.config });
}, 300_000);

afterAll(async () => {
  await archive?.stop();
  await zgw?.stop();
  synthesised?.remove();
});

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const contentOf = (answer: Answer) => Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'latin1').toString('latin1');
const json = (answer: Answer): Record<string, unknown> => JSON.parse(answer.body) as Record<string, unknown>;

async function zipOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(content, name, { compress: false });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function legalHold(bundleId: string): Promise<string | undefined> {
  const { config, s3 } = archive.engines;
  const answer = await s3.send(new GetObjectLegalHoldCommand({ Bucket: config.buckets.vault, Key: vaultKey.original(bundleId) }));
  return answer.LegalHold?.Status;
}

async function as(subject: string, role: string) {
  const token = await archive.token(subject, role);
  return async (method: string, path: string, body?: unknown, status = 200): Promise<Record<string, unknown>> => {
    const answer = await archive.ask(method, path, { token, ...(body === undefined ? {} : { body }) });
    expect(answer.statusCode, `${method} ${path}: ${answer.body.slice(0, 500)}\n${archive.logOf('api').slice(-2000)}`).toBe(status);
    return json(answer);
  };
}

describe('cdk synth', () => {
  it('leaves a bundle of every door', () => {
    expect([...synthesised.bundles.keys()]).toEqual(doors.map(({ name }) => name));
  });

  it.each(doors.map(({ name }) => name))('%s is one file that starts with nothing beside it', async (name) => {
    const bundle = synthesised.bundles.get(name);
    expect(bundle?.bytes).toBeLessThan(8_000_000);
    const process = await archive.process(name);
    expect(process.importMs).toBeGreaterThan(0);
    // A queue that the code names and the role does not know would be found at night, on AWS.
    const text = readFileSync(bundle?.file ?? '', 'utf8');
    const named = new Set([...text.matchAll(/queue\.send\("([a-z-]+)"/g)].map(([, door = '']) => door));
    const door = doors.find((one) => one.name === name);
    expect(door?.grants).toEqual(expect.arrayContaining([...named].map((one) => `queue:${one}`)));
    // A path of the machine that made the bundle would stand in the deployment.
    expect(text).not.toContain(import.meta.dirname.split('/test/')[0]);
  });
});

describe('the doors as bundles', () => {
  const chat = [
    '02-05-2022 16:08 - Berichten en gesprekken zijn end-to-end versleuteld.',
    '02-05-2022 16:08 - Fatima Bouzidi: Is de vergunning voor de zwemvijver al rond?',
    '02-05-2022 16:09 - Joris Kamp: Ja, gisteren verleend 👍',
    '13-05-2022 09:30 - Fatima Bouzidi: Dan hang ik hem in het dossier',
    '',
  ].join('\n');
  const bytes = Buffer.from(chat);
  const zippedChat = [
    '03-05-2022 10:00 - Joris Kamp: ‎IMG-20220503-WA0001.jpg (bestand bijgevoegd)',
    '03-05-2022 10:01 - Joris Kamp: Dit is de plattegrond van de zwemvijver',
    '23-05-2022 11:15 - Fatima Bouzidi: Dank',
    '',
  ].join('\n');
  const caseId = 'ZAAK-2022-0042';
  let bundleId = '';
  let zipBundleId = '';
  let searchId = '';
  let listId = '';

  it('api answers health and its description to anybody, and a stranger nothing else', async () => {
    expect(json(await archive.ask('GET', '/v1/health'))).toEqual({ status: 'ok' });
    expect(json(await archive.ask('GET', '/v1/openapi.json'))['openapi']).toMatch(/^3\.1/);
    expect((await archive.ask('GET', '/v1/me')).statusCode).toBe(401);
    const employee = await as('employee-1', 'employee');
    expect(await employee('GET', '/v1/me')).toMatchObject({ subject: 'employee-1', roles: ['employee'] });
  });

  it('api registers an upload, and its link takes the bytes', async () => {
    const recordsManager = await as('manager-1', 'records-manager');
    await recordsManager('PUT', `/v1/cases/${caseId}`, { title: 'Zwemvijver', state: 'open' });
    const employee = await as('employee-1', 'employee');
    const { bundle, upload } = (await employee(
      'POST',
      '/v1/bundles',
      { fileName: 'WhatsApp-chat met Joris Kamp.txt', size: bytes.length, sha256: sha256Of(bytes), caseIds: [caseId] },
      201,
    )) as { bundle: { id: string }; upload: { method: string; url: string; headers: Record<string, string> } };
    bundleId = bundle.id;
    const put = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: bytes });
    expect(put.status, await put.text()).toBe(200);
  });

  it('ingest-bundle is woken by the event and makes the chat findable', async () => {
    expect(await archive.deliver()).toBeGreaterThan(0);
    const employee = await as('employee-1', 'employee');
    expect(await employee('GET', `/v1/bundles/${bundleId}`), archive.logOf('ingest-bundle').slice(-3000)).toMatchObject({
      state: 'indexed',
      counts: { conversations: 1, records: 4, messages: 3, systemMessages: 1 },
    });
    const coordinator = await as('coordinator-1', 'woo-coordinator');
    expect(await coordinator('POST', '/v1/messages/_search', { query: 'vergunning' })).toMatchObject({ total: 1 });
  });

  it('api keeps a search by name, shows what it found and reports its terms as a workbook', async () => {
    const coordinator = await as('coordinator-1', 'woo-coordinator');
    const { id } = (await coordinator('POST', '/v1/searches', { name: 'Vergunning', query: 'vergunning' }, 201)) as { id: string };
    searchId = id;
    expect(await coordinator('POST', `/v1/searches/${id}/_run`, {}, 201)).toMatchObject({ n: 2, total: 1 });
    expect(await coordinator('GET', `/v1/searches/${id}/runs/2/hits`)).toMatchObject({ items: [{ conversation: { bundleId } }] });
    const accept = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    const token = await archive.token('coordinator-1', 'woo-coordinator');
    const workbook = await archive.ask('POST', '/v1/terms/_report', { token, body: { searchId: id }, accept });
    expect(workbook.statusCode, workbook.body.slice(0, 500)).toBe(200);
    expect(contentOf(workbook)).toMatch(/^PK/);
  });

  it('takes a zip with an attachment, in parts, and shows what is in it', async () => {
    const zipped = await zipOf({
      'WhatsApp-chat met Fatima.txt': Buffer.from(zippedChat),
      'IMG-20220503-WA0001.jpg': readFileSync(join(import.meta.dirname, '../../fixtures/attachments/screenshot-of-a-chat.png')),
    });
    const employee = await as('employee-1', 'employee');
    const { bundle, upload } = (await employee(
      'POST',
      '/v1/bundles',
      { fileName: 'WhatsApp-chat met Fatima.zip', size: zipped.length, sha256: sha256Of(zipped), caseIds: [caseId] },
      201,
    )) as { bundle: { id: string }; upload: { kind: string } };
    zipBundleId = bundle.id;
    expect(upload.kind).toBe('multipart');
    const { items } = (await employee('POST', `/v1/bundles/${bundle.id}/parts`, { numbers: [1] })) as {
      items: { url: string; headers: Record<string, string> }[];
    };
    const part = await fetch(items[0]?.url ?? '', { method: 'PUT', headers: items[0]?.headers ?? {}, body: zipped });
    expect(part.status, await part.text()).toBe(200);
    await employee('POST', `/v1/bundles/${bundle.id}/complete`, { parts: [{ number: 1, etag: part.headers.get('etag') }] });
    expect(await archive.deliver()).toBeGreaterThan(0);
    expect(await employee('GET', `/v1/bundles/${bundle.id}`), archive.logOf('ingest-bundle').slice(-3000)).toMatchObject({
      state: 'indexed',
      counts: { attachments: { present: 1, missing: 0 } },
    });
    const { items: messages } = (await employee('GET', `/v1/bundles/${bundle.id}/conversations/1/messages?from=0&limit=10`)) as { items: { text: string }[] };
    expect(messages.some(({ text }) => text.includes('plattegrond'))).toBe(true);
    const token = await archive.token('employee-1', 'employee');
    for (const path of ['original', 'attachments/1', 'receipt', 'receipt.pdf']) {
      const answer = await archive.ask('GET', `/v1/bundles/${bundle.id}/${path}`, { token });
      expect(answer.statusCode, `${path}: ${answer.body.slice(0, 300)}\n${archive.logOf('api').slice(-2000)}`).toBe(200);
    }
  }, 120_000);

  it('read-attachments reads the words of a picture and of documents, with the packages beside its bundle and no network', async () => {
    const coordinator = await as('coordinator-1', 'woo-coordinator');
    expect(await coordinator('GET', `/v1/bundles/${zipBundleId}`), archive.logOf('read-attachments').slice(-3000)).toMatchObject({
      attachmentText: { state: 'done', total: 1, read: 1, withText: 1 },
      doubts: [],
    });
    expect(await coordinator('POST', '/v1/messages/_search', { query: 'kademuur' })).toMatchObject({
      total: 1,
      inAttachments: 1,
      items: [{ kind: 'attachment', attachment: { n: 1, unit: 'picture' } }],
    });
    expect(await coordinator('GET', `/v1/bundles/${zipBundleId}/attachments/1/text`)).toMatchObject({ outcome: 'read', pages: [{ unit: 'picture' }] });
    expect(archive.refused('read-attachments')).toEqual([]);
  });

  it('apply-retention follows the case when it is closed', async () => {
    const recordsManager = await as('manager-1', 'records-manager');
    const closing = { title: 'Zwemvijver', state: 'closed', closedOn: '2023-01-31', nomination: 'destroy', period: 'P5Y', derivation: { kind: 'afgehandeld' } };
    await recordsManager('PUT', `/v1/cases/${caseId}`, closing);
    await archive.deliver();
    expect(await archive.hand('apply-retention', JSON.stringify({ caseId })), archive.logOf('apply-retention').slice(-3000)).toBe(true);
    expect(await recordsManager('GET', `/v1/bundles/${bundleId}`), archive.logOf('apply-retention').slice(-3000)).toMatchObject({
      retention: { nomination: 'destroy', actionDate: '2028-01-31' },
    });
  });

  it('apply-hold freezes the objects of a held bundle and lets them go again', async () => {
    const recordsManager = await as('manager-1', 'records-manager');
    const { id } = (await recordsManager('POST', '/v1/holds', { reason: 'hotspot', scope: { bundleIds: [bundleId] } }, 201)) as { id: string };
    await archive.deliver();
    expect(await recordsManager('GET', `/v1/bundles/${bundleId}`), archive.logOf('apply-hold').slice(-3000)).toMatchObject({ holds: [{ id }] });
    expect(await legalHold(bundleId)).toBe('ON');
    await recordsManager('POST', `/v1/holds/${id}/_release`, {});
    await archive.deliver();
    expect(await recordsManager('GET', `/v1/bundles/${bundleId}`)).toMatchObject({ holds: [] });
    expect(await legalHold(bundleId)).toBe('OFF');
  });

  it('propose-destruction lists the bundles whose period is over, by its night', async () => {
    expect(await archive.hand('propose-destruction', '{}'), archive.logOf('propose-destruction').slice(-3000)).toBe(true);
    const recordsManager = await as('manager-1', 'records-manager');
    const { items } = (await recordsManager('GET', '/v1/destruction-lists?state=draft')) as { items: { id: string; name: string }[] };
    expect(items).toHaveLength(1);
    listId = items[0]?.id ?? '';
    const listed = (await recordsManager('GET', `/v1/destruction-lists/${listId}/items`)) as { items: { bundleId: string }[] };
    expect(listed.items.map((item) => item.bundleId).sort()).toEqual([bundleId, zipBundleId].sort());
  });

  it('destroy-bundle carries it out after the people, and the certificate stands in the ledger', async () => {
    const first = await as('manager-1', 'records-manager');
    const second = await as('manager-2', 'records-manager');
    const archivist = await as('archivist-1', 'archivist');
    const administrator = await as('administrator-1', 'administrator');
    const action = (name: string) => `/v1/destruction-lists/${listId}/_${name}`;
    await administrator('PATCH', '/v1/settings', { coolingOffDays: 0 });
    await first('POST', action('submit'), {});
    await second('POST', action('review'), { decisions: [], approve: true, remark: 'Akkoord' });
    await archivist('POST', action('authorise'), { approve: true, remark: 'Akkoord' });
    const { name } = (await first('GET', `/v1/destruction-lists/${listId}`)) as { name: string };
    await first('POST', action('confirm'), { name });

    const { run } = (await administrator('POST', '/v1/jobs/execute-destruction/_run', {}, 202)) as { run: string };
    await archive.deliver();
    expect(await administrator('GET', `/v1/jobs/runs/${run}`)).toMatchObject({ state: 'done' });
    for (const id of [bundleId, zipBundleId])
      expect(await first('GET', `/v1/bundles/${id}`), archive.logOf('destroy-bundle').slice(-3000)).toMatchObject({ state: 'destroyed' });
    const done = await first('GET', `/v1/destruction-lists/${listId}`);
    expect(done, archive.logOf('execute-destruction').slice(-3000)).toMatchObject({ state: 'executed' });
    const certificateId = String(done['certificateId']);
    expect(await first('GET', `/v1/certificates/${certificateId}`)).toBeTypeOf('object');
    const pdf = await archive.ask('GET', `/v1/certificates/${certificateId}.pdf`, { token: await archive.token('manager-1', 'records-manager') });
    expect(pdf.statusCode, pdf.body.slice(0, 500)).toBe(200);
    expect(contentOf(pdf)).toMatch(/^%PDF-/);
    const coordinator = await as('coordinator-1', 'woo-coordinator');
    expect(await coordinator('POST', '/v1/messages/_search', { query: 'vergunning' })).toMatchObject({ total: 0 });
    expect(await coordinator('GET', `/v1/searches/${searchId}/runs/2`)).toMatchObject({
      total: 1,
      standing: { shown: 0, destroyed: [{ certificateId, hits: 1 }] },
    });
  });

  it('api shows what was laid aside and puts it back', async () => {
    const administrator = await as('administrator-1', 'administrator');
    archive.layAside('destroy-bundle', JSON.stringify({ bundleId, listId }));
    const { items } = (await administrator('GET', '/v1/dead-letters')) as { items: { door: string; messages: number }[] };
    expect(items.find(({ door }) => door === 'destroy-bundle')).toEqual({ door: 'destroy-bundle', messages: 1 });
    expect(await administrator('POST', '/v1/dead-letters/destroy-bundle/_retry', {})).toMatchObject({ moved: 1 });
    // It was done already: doing it again changes nothing.
    expect(await archive.deliver()).toBeGreaterThan(0);
    const first = await as('manager-1', 'records-manager');
    expect(await first('GET', `/v1/bundles/${bundleId}`)).toMatchObject({ state: 'destroyed' });
  });

  it('sync-cases asks the case system', async () => {
    const id = 'ZAAK-2022-0077';
    zgw.giveResult(zgw.addCase(id, { omschrijving: 'Kapvergunning', einddatum: '2022-06-01' }));
    const manager = await as('manager-1', 'records-manager');
    const employee = await as('employee-1', 'employee');
    await employee('POST', '/v1/bundles', { fileName: 'kap.txt', size: 9, sha256: 'c'.repeat(64), caseIds: [id] }, 201);
    expect(await archive.deliver()).toBeGreaterThan(0);
    expect(await manager('GET', `/v1/cases/${id}`)).toMatchObject({ title: 'Kapvergunning', state: 'closed', closedOn: '2022-06-01' });
  });

  it('nightly-upkeep has its night', async () => {
    expect(await archive.hand('nightly-upkeep', '{}'), archive.logOf('nightly-upkeep').slice(-3000)).toBe(true);
  });

  it('a message that no door understands comes back, soon at first, and is not quoted', async () => {
    expect(await archive.hand('apply-retention', 'Fatima')).toBe(false);
    expect(archive.rests).toEqual([{ door: 'apply-retention', seconds: 60 }]);
  });

  // Last: by now each door has shown what it does.
  it.each(doors.map(({ name }) => name))('%s asked AWS for nothing that its role does not give', (name) => {
    expect(archive.asked(name)).toBeGreaterThan(0);
    expect(archive.refused(name)).toEqual([]);
  });

  it.each(doors.map(({ name }) => name))('%s wrote nothing of the chat into its log', (name) => {
    expect(archive.logOf(name)).not.toMatch(/zwemvijver|Fatima|Joris|Kamp|dossier|WhatsApp-chat/i);
  });
});
