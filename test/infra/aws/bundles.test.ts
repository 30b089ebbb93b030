// The very bundles of cdk.out against the embedded engines: the whole road from upload to certificate, each door in a process of its own with nothing
// of the repository in reach, and every request to AWS held against the statements of its role.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, doors as manifest } from '#infra/manifest.ts';
import { type Answer, startArchiveOfBundles } from './archive-of-bundles.ts';
import { type SynthesisedBundles, synthBundles } from './synth-bundles.ts';

const doors: readonly Door[] = manifest;
const today = '2031-04-17';

let synthesised: SynthesisedBundles;
let archive: Awaited<ReturnType<typeof startArchiveOfBundles>>;

beforeAll(async () => {
  synthesised = await synthBundles();
  archive = await startArchiveOfBundles(synthesised.bundles, { calendarStandsAt: today });
}, 120_000);

afterAll(async () => {
  await archive?.stop();
  synthesised?.remove();
});

const json = (answer: Answer): Record<string, unknown> => JSON.parse(answer.body) as Record<string, unknown>;

async function as(subject: string, role: string) {
  const token = await archive.token(subject, role);
  return async (method: string, path: string, body?: unknown, status = 200): Promise<Record<string, unknown>> => {
    const answer = await archive.ask(method, path, { token, ...(body === undefined ? {} : { body }) });
    expect(answer.statusCode, `${method} ${path}: ${answer.body.slice(0, 500)}\n${archive.logOf('api').slice(-2000)}`).toBe(status);
    return json(answer);
  };
}

describe('cdk synth', () => {
  it('ends within a minute and leaves a bundle of every door', () => {
    expect(synthesised.milliseconds).toBeLessThan(60_000);
    expect([...synthesised.bundles.keys()]).toEqual(doors.map(({ name }) => name));
  });

  it.each(doors.map(({ name }) => name))('%s is one file that starts with nothing beside it', async (name) => {
    const bundle = synthesised.bundles.get(name);
    expect(bundle?.bytes).toBeLessThan(8_000_000);
    const process = await archive.process(name);
    expect(process.importMs).toBeGreaterThan(0);
    // A path of the machine that made the bundle would stand in the deployment.
    expect(readFileSync(bundle?.file ?? '', 'utf8')).not.toContain(import.meta.dirname.split('/test/')[0]);
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
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const caseId = 'ZAAK-2022-0042';
  let bundleId = '';
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
    await recordsManager('PUT', `/v1/cases/${caseId}`, {
      title: 'Zwemvijver',
      state: 'closed',
      closedOn: '2023-01-31',
      nomination: 'destroy',
      period: 'P5Y',
      derivation: { kind: 'afgehandeld' },
    });
    const employee = await as('employee-1', 'employee');
    const { bundle, upload } = (await employee(
      'POST',
      '/v1/bundles',
      { fileName: 'WhatsApp-chat met Joris Kamp.txt', size: bytes.length, sha256, caseIds: [caseId] },
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

  it('propose-destruction lists the bundle whose period is over, by its night', async () => {
    expect(await archive.hand('propose-destruction', '{}'), archive.logOf('propose-destruction').slice(-3000)).toBe(true);
    const recordsManager = await as('manager-1', 'records-manager');
    const { items } = (await recordsManager('GET', '/v1/destruction-lists?state=draft')) as { items: { id: string; name: string }[] };
    expect(items).toHaveLength(1);
    listId = items[0]?.id ?? '';
    const listed = (await recordsManager('GET', `/v1/destruction-lists/${listId}/items`)) as { items: { bundleId: string }[] };
    expect(listed.items.map((item) => item.bundleId)).toEqual([bundleId]);
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
    expect(await first('GET', `/v1/bundles/${bundleId}`), archive.logOf('destroy-bundle').slice(-3000)).toMatchObject({ state: 'destroyed' });
    const done = await first('GET', `/v1/destruction-lists/${listId}`);
    expect(done, archive.logOf('execute-destruction').slice(-3000)).toMatchObject({ state: 'executed' });
    const certificateId = String(done['certificateId']);
    expect(await first('GET', `/v1/certificates/${certificateId}`)).toBeTypeOf('object');
    const pdf = await archive.ask('GET', `/v1/certificates/${certificateId}.pdf`, { token: await archive.token('manager-1', 'records-manager') });
    expect(pdf.statusCode, pdf.body.slice(0, 500)).toBe(200);
    expect(
      Buffer.from(pdf.body, pdf.isBase64Encoded ? 'base64' : 'latin1')
        .subarray(0, 5)
        .toString('latin1'),
    ).toBe('%PDF-');
    const coordinator = await as('coordinator-1', 'woo-coordinator');
    expect(await coordinator('POST', '/v1/messages/_search', { query: 'vergunning' })).toMatchObject({ total: 0 });
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

  it('nightly-upkeep has its night', async () => {
    expect(await archive.hand('nightly-upkeep', '{}'), archive.logOf('nightly-upkeep').slice(-3000)).toBe(true);
  });

  it('api places a hold and apply-hold sets it', async () => {
    const recordsManager = await as('manager-1', 'records-manager');
    await recordsManager('POST', '/v1/holds', { reason: 'hotspot', scope: { caseIds: [caseId] } }, 201);
    expect(await archive.deliver()).toBeGreaterThan(0);
  });

  it('apply-retention follows a case that changes', async () => {
    const recordsManager = await as('manager-1', 'records-manager');
    await recordsManager('PUT', `/v1/cases/${caseId}`, { title: 'Zwemvijver', state: 'open' });
    expect(await archive.deliver()).toBeGreaterThan(0);
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
