// From what is kept to its certificate, through the API alone, with what people decide on the way; every answer is held against the contract.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleAnswer } from '#contract/bundle.ts';
import type { FullGround, Person } from './full-ground.ts';
import { expectQuietLog, startJourney } from './journey-ground.ts';

let journey: Awaited<ReturnType<typeof startJourney>>;
let ground: FullGround;
let bundle: BundleAnswer;
beforeAll(async () => {
  journey = await startJourney();
  ({ ground } = journey);
  await journey.putCase();
  bundle = await journey.handInChat();
  await journey.handInOther();
});
afterAll(() => ground.stop());

const get: typeof journey.get = (who, path) => journey.get(who, path);
const post: typeof journey.post = (who, path, body) => journey.post(who, path, body);

describe('a hold', () => {
  it('is placed on a case, seen on its bundle, and released', async () => {
    const placed = await post('woo-coordinator', '/v1/holds', { reason: 'woo-request', note: 'Woo 2026-7', scope: { caseIds: ['ZAAK-2022-0042'] } });
    expect(placed.status).toBe(201);
    await ground.drain();
    expect((await get('employee', `/v1/bundles/${bundle.id}`)).json.holds).toEqual([{ id: placed.json.id, reason: 'woo-request' }]);
    expect((await get('records-manager', '/v1/holds?state=active')).json.items).toMatchObject([{ id: placed.json.id, state: 'active' }]);
    expect((await get('auditor', `/v1/holds/${placed.json.id}`)).json.id).toBe(placed.json.id);
    const released = await post('records-manager', `/v1/holds/${placed.json.id}/_release`);
    expect(released.status).toBe(200);
    await ground.drain();
    expect((await get('employee', `/v1/bundles/${bundle.id}`)).json.holds).toEqual([]);
    expect((await post('records-manager', `/v1/holds/${placed.json.id}/_release`)).json.code).toBe('hold.wrong-state');
  });

  it('is not placed on what is not there', async () => {
    const { status } = await post('records-manager', '/v1/holds', { reason: 'by-hand', scope: { caseIds: ['ONBEKEND'] } });
    expect(status).toBe(404);
  });
});

describe('settings', () => {
  it('are changed by whom they belong to, and refused as a whole otherwise', async () => {
    const authorisation = { selection: '15.1', from: '2020-01-01', until: '2040-01-01', decisionReference: 'B-2020-1' };
    expect((await ground.call('administrator', 'PATCH', '/v1/settings', { coolingOffDays: 0 })).json).toMatchObject({
      coolingOffDays: 0,
      standingAuthorisations: [],
    });
    const refused = await ground.call('administrator', 'PATCH', '/v1/settings', { coolingOffDays: 3, standingAuthorisations: [authorisation] });
    expect([refused.status, refused.json.errors]).toMatchObject([403, [{ field: 'standingAuthorisations' }]]);
    expect((await ground.call('archivist', 'PATCH', '/v1/settings', { standingAuthorisations: [authorisation] })).json.standingAuthorisations).toEqual([
      authorisation,
    ]);
    expect((await ground.call('archivist', 'PATCH', '/v1/settings', { coolingOffDays: 3 })).status).toBe(403);
    expect((await get('records-manager', '/v1/settings')).json).toMatchObject({ coolingOffDays: 0, zone: 'Europe/Amsterdam' });
  });
});

describe('destruction', () => {
  let listId: string;
  let name: string;

  it('is proposed by the nightly job, run now', async () => {
    await ground.call('records-manager', 'PUT', '/v1/cases/ZAAK-2022-0042', { title: 'Kap beuk', state: 'closed', closedOn: '2020-03-01', selection: '6.1' });
    await ground.drain();
    expect((await get('records-manager', '/v1/cases?dueBefore=2025-03-02')).json.items).toMatchObject([
      { id: 'ZAAK-2022-0042', retention: { actionDate: '2025-03-01' } },
    ]);
    expect((await get('records-manager', '/v1/cases?dueBefore=2025-03-01')).json.items).toEqual([]);
    const started = await post('administrator', '/v1/jobs/propose-destruction/_run');
    expect(started.status).toBe(202);
    expect((await get('administrator', `/v1/jobs/runs/${started.json.run}`)).json).toMatchObject({
      job: 'propose-destruction',
      state: 'waiting',
      report: null,
    });
    await ground.drain();
    expect((await get('administrator', `/v1/jobs/runs/${started.json.run}`)).json).toMatchObject({ state: 'done', report: { proposed: 1 } });
    const { json } = await get('archivist', '/v1/destruction-lists?state=draft');
    expect(json.items).toMatchObject([{ state: 'draft', authorisation: 'per-list', items: 1, executeFrom: null, certificateId: null }]);
    ({ id: listId, name } = json.items[0]);
    expect((await get('auditor', `/v1/destruction-lists/${listId}/items`)).json.items).toMatchObject([
      { bundleId: bundle.id, actionDate: '2025-03-01', decision: 'destroy', outcome: 'waiting' },
    ]);
  });

  it('goes from person to person, nobody twice', async () => {
    const step = async (who: Person, action: string, body: object = {}) => {
      const { status, json } = await post(who, `/v1/destruction-lists/${listId}/_${action}`, body);
      return status === 200 ? json.state : json.code;
    };
    expect(await step('archivist', 'authorise', { approve: true })).toBe('list.wrong-state');
    expect(await step('records-manager', 'submit')).toBe('in-review');
    expect(await step('records-manager', 'review', { approve: true })).toBe('approval.own-work');
    expect(await step('records-manager-2', 'review', { approve: true, decisions: [{ bundleId: 'bundle_00000000000000000000000000', keep: 'weg' }] })).toBe(
      'list.item-unknown',
    );
    expect(await step('records-manager-2', 'review', { approve: true, remark: 'akkoord' })).toBe('with-archivist');
    expect(await step('archivist', 'authorise', { approve: true })).toBe('authorised');
    expect(await step('records-manager', 'confirm', { name: `${name}!` })).toBe('list.name-differs');
    expect(await step('records-manager', 'confirm', { name })).toBe('cooling-off');
  });

  it('ends with a certificate, and nothing left to read', async () => {
    expect((await post('woo-coordinator', '/v1/messages/_search', { query: 'kapvergunning' })).json.total).toBe(1);
    await post('administrator', '/v1/jobs/execute-destruction/_run');
    await ground.drain();
    const { json: list } = await get('records-manager', `/v1/destruction-lists/${listId}`);
    expect(list).toMatchObject({ state: 'executed', certificateId: expect.stringMatching(/^certificate_/) });
    const { json: certificate } = await get('archivist', `/v1/certificates/${list.certificateId}`);
    expect(certificate).toMatchObject({ id: list.certificateId, destroyed: [{ bundleId: bundle.id, sha256: bundle.sha256, left: { index: 0, vault: 0 } }] });
    const { json: check } = await post('auditor', `/v1/certificates/${list.certificateId}/_verify`, {});
    expect(check).toMatchObject({ json: 'unchanged', pdf: 'unchanged', bundles: 1, checked: 1, remaining: [], next: null });
    const pdf = await ground.raw('auditor', 'GET', `/v1/certificates/${list.certificateId}.pdf`);
    expect([pdf.status, pdf.headers.get('content-type'), (await pdf.text()).slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    const asked = await ground.raw('auditor', 'GET', `/v1/certificates/${list.certificateId}`, { headers: { accept: 'application/pdf' } });
    expect(asked.headers.get('content-type')).toBe('application/pdf');
    expect((await get('employee', `/v1/bundles/${bundle.id}`)).json).toMatchObject({
      state: 'destroyed',
      fileName: null,
      destruction: { listId, certificateId: list.certificateId },
    });
    for (const path of ['conversations', 'conversations/1/messages', 'original', 'attachments/1']) {
      expect((await ground.raw('employee', 'GET', `/v1/bundles/${bundle.id}/${path}`)).status).toBe(404);
    }
    expect((await post('woo-coordinator', '/v1/messages/_search', { query: 'kapvergunning' })).json.total).toBe(0);
  });
});

describe('the rest', () => {
  it('tells a caller what they may do', async () => {
    const { json } = await get('auditor', '/v1/me');
    expect(json).toMatchObject({
      subject: 'auditor-1',
      roles: ['auditor'],
      actions: expect.arrayContaining(['audit.read']),
      csrf: null,
      organisation: 'Gemeente Voorbeeld',
    });
  });

  it('lists the events of a day, page by page, each once', async () => {
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const { json } = await get('auditor', `/v1/audit/events?limit=20&from=2020-01-01&actor=manager-1${next === null ? '' : `&next=${next}`}`);
      seen.push(...json.items.map(({ id }: { id: string }) => id));
      next = json.next;
    } while (next !== null);
    const day = (await get('auditor', '/v1/audit/events?limit=500')).json.items;
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(5);
    expect(day.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(seen));
  });

  it('shows what was laid aside and puts it back', async () => {
    ground.queue.send('ingest-bundle-dead-letters', JSON.stringify({ bundleId: bundle.id }));
    const { json } = await get('administrator', '/v1/dead-letters');
    expect(json.items).toEqual(
      expect.arrayContaining([
        { door: 'ingest-bundle', messages: 1 },
        { door: 'destroy-bundle', messages: 0 },
      ]),
    );
    expect((await post('administrator', '/v1/dead-letters/ingest-bundle/_retry')).json).toEqual({ door: 'ingest-bundle', moved: 1 });
    expect((await get('administrator', '/v1/dead-letters')).json.items).toContainEqual({ door: 'ingest-bundle', messages: 0 });
    expect((await post('administrator', '/v1/dead-letters/api/_retry')).status).toBe(404);
  });

  it('knows no other job', async () => {
    const { json } = await post('administrator', '/v1/jobs/destroy-everything/_run');
    expect(json).toMatchObject({ status: 404, code: 'job.unknown' });
  });

  it('had no accident on the way, and no word of a chat in its log', () => expectQuietLog(ground));
});
