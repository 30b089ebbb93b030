// From a case to a certificate through the API alone; every answer is held against the contract on its way.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleAnswer } from '#contract/bundle.ts';
import { type FullGround, type Person, startFullGround, zipOf } from './full-ground.ts';

const chat = [
  '13-05-2022 16:08 - Berichten en oproepen zijn end-to-end versleuteld.',
  '13-05-2022 16:08 - Aafke: Is de kapvergunning al klaar?',
  '13-05-2022 16:09 - Bram: Ja, de vergunning ligt klaar 👍',
  '13-05-2022 16:10 - Aafke: IMG-20220513-WA0001.jpg (bestand bijgevoegd)',
  'de beuk op de foto',
  '14-05-2022 09:00 - Bram: Dank, tot maandag',
].join('\n');
const picture = new Uint8Array(Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300080606070605', 'hex'));

let ground: FullGround;
let zip: Uint8Array;
let bundle: BundleAnswer;
beforeAll(async () => {
  ground = await startFullGround();
  zip = await zipOf({ 'WhatsApp-chat met Bram.txt': chat, 'IMG-20220513-WA0001.jpg': picture });
});
afterAll(() => ground.stop());

const get = (who: Person, path: string) => ground.call(who, 'GET', path);
const post = (who: Person, path: string, body: unknown = {}) => ground.call(who, 'POST', path, body);

describe('a case', () => {
  it('is put, read and listed', async () => {
    const put = await ground.call('records-manager', 'PUT', '/v1/cases/ZAAK-2022-0042', { title: 'Kap beuk', state: 'open', selection: '6.1' });
    expect([put.status, put.json]).toMatchObject([200, { id: 'ZAAK-2022-0042', state: 'open', bundles: 0, verified: true, retention: { actionDate: null } }]);
    expect((await get('employee', '/v1/cases/ZAAK-2022-0042')).json).toEqual(put.json);
    expect((await get('records-manager', '/v1/cases?state=open')).json.items).toEqual([put.json]);
    expect((await get('records-manager', '/v1/cases?state=closed')).json).toEqual({ items: [], next: null });
    expect((await get('employee', '/v1/cases/ONBEKEND')).status).toBe(404);
  });
});

describe('a bundle', () => {
  it('is handed in and read', async () => {
    bundle = await ground.handIn('employee', 'WhatsApp-chat met Bram.zip', zip, {
      caseIds: ['ZAAK-2022-0042'],
      keepDecision: { formal: true, reasons: ['municipal-task'], recordedElsewhere: false },
    });
    expect(bundle).toMatchObject({
      state: 'indexed',
      fileName: 'WhatsApp-chat met Bram.zip',
      format: 'whatsapp',
      uploader: 'employee-1',
      counts: { conversations: 1, records: 5, messages: 4, systemMessages: 1, attachments: { present: 1, missing: 0, omitted: 0 } },
      period: { first: '2022-05-13T16:08', last: '2022-05-14T09:00' },
      problem: null,
    });
  });

  it('is refused a second time, with a pointer to the first', async () => {
    const again = await post('employee-2', '/v1/bundles', { fileName: 'kopie.zip', size: zip.length, sha256: createHash('sha256').update(zip).digest('hex') });
    expect([again.status, again.json]).toMatchObject([409, { code: 'bundle.duplicate', bundleId: bundle.id }]);
  });

  it('is listed by case, state, uploader and hash, page by page', async () => {
    const other = await ground.handIn('employee-2', 'WhatsApp-chat met Carla.txt', '15-05-2022 10:00 - Carla: Goedemorgen allemaal\n');
    const one = await get('records-manager', '/v1/bundles?limit=1');
    const two = await get('records-manager', `/v1/bundles?limit=1&next=${one.json.next}`);
    expect(new Set([one, two].flatMap(({ json }) => json.items.map(({ id }: BundleAnswer) => id)))).toEqual(new Set([bundle.id, other.id]));
    const ids = async (who: Person, query: string) => (await get(who, `/v1/bundles?${query}`)).json.items.map(({ id }: BundleAnswer) => id);
    expect(await ids('records-manager', 'caseId=ZAAK-2022-0042')).toEqual([bundle.id]);
    expect(await ids('records-manager', `sha256=${other.sha256.toUpperCase()}`)).toEqual([other.id]);
    expect(await ids('records-manager', `sha256=${other.sha256}&caseId=ZAAK-2022-0042`)).toEqual([]);
    expect(await ids('records-manager', `sha256=${'0'.repeat(64)}`)).toEqual([]);
    expect(await ids('employee', `sha256=${other.sha256}`)).toEqual([]);
    expect(await ids('records-manager', 'uploader=employee-2')).toEqual([other.id]);
    expect(await ids('records-manager', 'uploader=employee-2&state=refused')).toEqual([]);
    expect(await ids('employee', '')).toEqual([bundle.id]);
    expect(await ids('employee', 'uploader=employee-2')).toEqual([]);
    expect(await ids('employee-2', 'uploader=me')).toEqual([other.id]);
  });

  it('shows its file name only to those who may read it', async () => {
    expect((await get('administrator', `/v1/bundles/${bundle.id}`)).json.fileName).toBeNull();
    expect((await get('archivist', `/v1/bundles/${bundle.id}`)).json.fileName).toBe('WhatsApp-chat met Bram.zip');
  });

  it('gives a receipt and its doubts', async () => {
    const { json } = await get('employee', `/v1/bundles/${bundle.id}/receipt`);
    expect(json).toMatchObject({ bundleId: bundle.id, sha256: bundle.sha256, sentence: expect.stringContaining('4 berichten in 1 gesprek') });
    expect((await get('employee', `/v1/bundles/${bundle.id}/doubts`)).json).toMatchObject({ items: expect.any(Array), next: null });
  });

  it.each(['', '/conversations', '/conversations/1/messages', '/original', '/attachments/1', '/receipt', '/doubts'])(
    'does not exist for another employee: %s',
    async (path) => {
      const response = await ground.raw('employee-2', 'GET', `/v1/bundles/${bundle.id}${path}`);
      expect([response.status, await response.json()]).toMatchObject([404, { code: 'not-found' }]);
    },
  );

  it('asks what only a person can settle, and goes on with the answer', async () => {
    const asking = await ground.handIn('employee', 'WhatsApp Chat with Dirk.txt', '5/6/23, 10:01 - Dirk: hallo\n6/7/23, 10:02 - Eva: dag\n');
    expect(asking).toMatchObject({
      state: 'needs-answer',
      doubts: [{ code: 'date-order.ambiguous', severity: 'question', choices: expect.arrayContaining(['dmy', 'mdy']) }],
    });
    expect((await get('employee', `/v1/bundles/${asking.id}/conversations`)).json).toMatchObject({ code: 'bundle.wrong-state', status: 409 });
    expect((await ground.raw('employee', 'GET', `/v1/bundles/${asking.id}/original`)).status).toBe(409);
    const wrong = await post('employee', `/v1/bundles/${asking.id}/answers`, { code: 'date-order.ambiguous', choice: 'xyz' });
    expect([wrong.status, wrong.json.code]).toEqual([409, 'bundle.no-such-question']);
    const answered = await post('employee', `/v1/bundles/${asking.id}/answers`, { code: 'date-order.ambiguous', choice: 'dmy' });
    expect(answered.json).toMatchObject({ state: 'received', answers: { dateOrder: 'dmy' } });
    await ground.drain();
    expect((await get('employee', `/v1/bundles/${asking.id}`)).json).toMatchObject({
      state: 'indexed',
      period: { first: '2023-06-05T10:01', last: '2023-07-06T10:02' },
    });
  });

  it('asks what the columns of a table are, shows sample records on demand, and reads by the mapping', async () => {
    const table = 'when,who,what\n03/04/2024 10:00,Ana,meetlint\n03/05/2024 11:00,Bo,akkoord\n';
    const asking = await ground.handIn('employee', 'uitvoer.csv', table);
    expect(asking).toMatchObject({ state: 'needs-answer', format: 'generic-csv', doubts: [{ code: 'mapping.needed', choices: ['proposed', 'mapped'] }] });
    expect(JSON.stringify(asking)).not.toContain('meetlint');
    const path = `/v1/bundles/${asking.id}/mapping`;
    const { json: asked } = await get('employee', path);
    expect(asked).toMatchObject({
      file: 'uitvoer.csv',
      kind: 'csv',
      columns: ['when', 'who', 'what'],
      dateOrderCertain: false,
      samples: [
        ['03/04/2024 10:00', 'Ana', 'meetlint'],
        ['03/05/2024 11:00', 'Bo', 'akkoord'],
      ],
    });
    expect((await get('employee', `${path}?delimiter=%3B`)).json).toMatchObject({ columns: ['Kolom 1'] });
    expect((await ground.raw('employee-2', 'GET', path)).status).toBe(404);
    const events = await get('auditor', `/v1/audit/events?object=${asking.id}`);
    expect(events.json.items).toContainEqual(expect.objectContaining({ action: 'conversation.read', facts: expect.objectContaining({ samples: 2 }) }));
    const answer = { code: 'mapping.needed', choice: 'mapped', mapping: { ...asked.proposal, dateOrder: 'mdy' } };
    const wrong = await post('employee', `/v1/bundles/${asking.id}/answers`, { ...answer, mapping: { ...asked.proposal, time: [7] } });
    expect([wrong.status, wrong.json.code]).toEqual([409, 'bundle.no-such-question']);
    const invalid = await post('employee', `/v1/bundles/${asking.id}/answers`, { ...answer, mapping: { time: 'x' } });
    expect([invalid.status, invalid.json.code]).toEqual([400, 'input.invalid']);
    expect((await post('employee', `/v1/bundles/${asking.id}/answers`, answer)).json).toMatchObject({ state: 'received' });
    await ground.drain();
    expect((await get('employee', `/v1/bundles/${asking.id}`)).json).toMatchObject({
      state: 'indexed',
      period: { first: '2024-03-04T10:00:00', last: '2024-03-05T11:00:00' },
    });
    expect((await get('employee', path)).json).toMatchObject({ code: 'bundle.no-such-question' });
  });

  it('refuses what is no chat, in a sentence', async () => {
    const refused = await ground.handIn('employee', 'brief.txt', 'Geachte heer, mevrouw,\n\nHierbij de notulen.\n');
    expect(refused).toMatchObject({
      state: 'refused',
      problem: { code: 'file.not-a-chat', detail: expect.stringMatching(/^Dit is tekst, maar geen chat-export/) },
    });
  });
});

describe('a conversation', () => {
  it('is read by range, with its attachments', async () => {
    const { json: conversations } = await get('woo-coordinator', `/v1/bundles/${bundle.id}/conversations`);
    expect(conversations.items).toMatchObject([{ n: 1, platform: 'whatsapp', counts: { records: 5 } }]);
    const { json } = await get('employee', `/v1/bundles/${bundle.id}/conversations/1/messages?from=1&limit=2`);
    expect(json).toMatchObject({
      records: 5,
      items: [{ ordinal: 1, sender: 'Aafke', kind: 'text', text: 'Is de kapvergunning al klaar?', sentAt: { local: '2022-05-13T16:08' } }, { ordinal: 2 }],
    });
    const { json: rest } = await get('employee', `/v1/bundles/${bundle.id}/conversations/1/messages?from=1&limit=2&next=${json.next}`);
    expect(rest).toMatchObject({
      next: null,
      items: [{ ordinal: 3, attachments: [{ n: 1, name: 'IMG-20220513-WA0001.jpg', presence: 'present', size: picture.length }] }, { ordinal: 4 }],
    });
    expect((await get('employee', `/v1/bundles/${bundle.id}/conversations/2/messages`)).status).toBe(404);
  });

  it('is read in long ranges too, whole and in order', async () => {
    const lines = Array.from(
      { length: 1300 },
      (_, i) => `18-05-2022 ${String(8 + Math.floor(i / 120)).padStart(2, '0')}:${String(Math.floor((i % 120) / 2)).padStart(2, '0')} - Fleur: regel ${i}`,
    );
    const long = await ground.handIn('employee-2', 'WhatsApp-chat met Fleur.txt', lines.join('\n'));
    const first = await get('employee-2', `/v1/bundles/${long.id}/conversations/1/messages?limit=1000`);
    const rest = await get('employee-2', `/v1/bundles/${long.id}/conversations/1/messages?limit=1000&next=${first.json.next}`);
    const ordinals = [...first.json.items, ...rest.json.items].map(({ ordinal }: { ordinal: number }) => ordinal);
    expect(first.json.items.length).toBe(1000);
    expect(ordinals).toEqual(Array.from({ length: 1300 }, (_, i) => i));
    expect(rest.json.next).toBeNull();
  });

  it('leaves a trace of each reading, without its words', async () => {
    const { json } = await get('auditor', `/v1/audit/events?object=${bundle.id}`);
    expect(json.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ actor: 'employee-1', action: 'conversation.read', result: 'done', facts: { conversation: 1, from: 1, messages: 2 } }),
      ]),
    );
    expect(JSON.stringify(json)).not.toMatch(/kapvergunning|Aafke|Bram/);
  });
});

describe('the original', () => {
  const original = () => `/v1/bundles/${bundle.id}/original`;

  it('comes back byte for byte, as a download in a sandbox', async () => {
    const response = await ground.raw('employee', 'GET', original());
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), zip)).toBe(0);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-length': String(zip.length),
      'content-disposition': 'attachment; filename="WhatsApp-chat met Bram.zip"; filename*=UTF-8\'\'WhatsApp-chat%20met%20Bram.zip',
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'api-version': expect.any(String),
    });
  });

  it.each([
    ['bytes=0-3', 206, 0, 4],
    ['bytes=-4', 206, -4, undefined],
    ['bytes=10-', 206, 10, undefined],
    ['bytes=0-0,5-6', 200, 0, undefined],
  ])('comes by range: %s', async (range, status, from, to) => {
    const response = await ground.raw('employee', 'GET', original(), { headers: { range } });
    expect(response.status).toBe(status);
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), Buffer.from(zip).subarray(from, to))).toBe(0);
  });

  it('says how large it is when a range lies outside', async () => {
    const response = await ground.raw('employee', 'GET', original(), { headers: { range: `bytes=${zip.length}-` } });
    expect([response.status, response.headers.get('content-range'), await response.json()]).toMatchObject([
      416,
      `bytes */${zip.length}`,
      { code: 'range.not-satisfiable' },
    ]);
  });

  it('gives an attachment by its number, and no other', async () => {
    const response = await ground.raw('employee', 'GET', `/v1/bundles/${bundle.id}/attachments/1`);
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), picture)).toBe(0);
    expect(response.headers.get('content-disposition')).toContain('IMG-20220513-WA0001.jpg');
    expect((await ground.raw('employee', 'GET', `/v1/bundles/${bundle.id}/attachments/2`)).status).toBe(404);
  });
});

describe('a search', () => {
  it('finds every message, with exact total, expansions and facets', async () => {
    const { json } = await post('woo-coordinator', '/v1/messages/_search', { query: 'vergunning', facets: ['case', 'sender', 'month', 'conversation'] });
    expect(json).toMatchObject({
      total: 1,
      items: [{ message: { ordinal: 2, sender: 'Bram' }, conversation: { bundleId: bundle.id, n: 1 }, caseIds: ['ZAAK-2022-0042'], matched: ['vergunning'] }],
      facets: { case: [{ value: 'ZAAK-2022-0042', messages: 1 }], sender: [{ value: 'Bram', messages: 1 }], month: [{ value: '2022-05', messages: 1 }] },
      next: null,
    });
    const [[start, end]] = json.items[0].highlights;
    expect(json.items[0].message.text.slice(start, end)).toBe('vergunning');
  });

  it('pages by cursor, and refuses the cursor of another search', async () => {
    const search = (more: object) => post('woo-coordinator', '/v1/messages/_search', { query: 'klaar OF maandag OF vergunning', limit: 1, ...more });
    const first = await search({});
    const second = await search({ next: first.json.next });
    expect(first.json.total).toBeGreaterThan(1);
    expect(second.json.items[0].message.id).not.toBe(first.json.items[0].message.id);
    expect((await search({ query: 'klaar', next: first.json.next })).json.code).toBe('cursor.invalid');
  });

  it('shows an employee their own bundles only', async () => {
    expect((await post('employee', '/v1/messages/_search', { query: 'vergunning' })).json.total).toBe(1);
    expect((await post('employee-2', '/v1/messages/_search', { query: 'vergunning' })).json.total).toBe(0);
    expect((await post('employee-2', '/v1/terms/_expand', { leaf: 'vergun*' })).json.terms).toEqual([]);
  });

  it('expands a pattern to the words of the archive', async () => {
    expect((await post('woo-reviewer', '/v1/terms/_expand', { leaf: 'vergun*' })).json.terms).toEqual([{ term: 'vergunning', messages: 1 }]);
  });

  it('says where a query goes wrong', async () => {
    const { json } = await post('woo-coordinator', '/v1/messages/_search', { query: 'vergunning EN (kap' });
    expect(json).toMatchObject({ status: 400, code: 'query.syntax', errors: [{ position: expect.any(Number), message: expect.any(String) }] });
    expect(JSON.stringify(json)).not.toContain('vergunning');
  });

  it('leaves the hash of its query in the audit, not its words', async () => {
    const { json } = await get('auditor', '/v1/audit/events?object=messages');
    expect(json.items.findLast(({ result }: { result: string }) => result === 'done')).toMatchObject({
      action: 'message.search',
      facts: { queryHash: expect.stringMatching(/^[0-9a-f]{64}$/), queryLength: expect.any(Number) },
    });
    expect(JSON.stringify(json)).not.toContain('vergunning');
  });
});

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

  it('had no accident on the way, and no word of a chat in its log', () => {
    expect(ground.logged.filter((line) => /api\.(failed|unavailable)/.test(line))).toEqual([]);
    expect(ground.logged.join('\n')).not.toMatch(/kapvergunning|Aafke|Bram/);
  });
});
