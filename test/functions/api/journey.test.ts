// From a case to what is found, through the API alone; every answer is held against the contract on its way.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleAnswer } from '#contract/bundle.ts';
import type { FullGround, Person } from './full-ground.ts';
import { expectQuietLog, picture, startJourney, zip } from './journey-ground.ts';

let journey: Awaited<ReturnType<typeof startJourney>>;
let ground: FullGround;
let bundle: BundleAnswer;
beforeAll(async () => {
  journey = await startJourney();
  ({ ground } = journey);
});
afterAll(() => ground.stop());

const get: typeof journey.get = (who, path) => journey.get(who, path);
const post: typeof journey.post = (who, path, body) => journey.post(who, path, body);

describe('a case', () => {
  it('is put, read and listed', async () => {
    const put = await journey.putCase();
    expect([put.status, put.json]).toMatchObject([200, { id: 'ZAAK-2022-0042', state: 'open', bundles: 0, verified: true, retention: { actionDate: null } }]);
    expect((await get('employee', '/v1/cases/ZAAK-2022-0042')).json).toEqual(put.json);
    expect((await get('records-manager', '/v1/cases?state=open')).json.items).toEqual([put.json]);
    expect((await get('records-manager', '/v1/cases?state=closed')).json).toEqual({ items: [], next: null });
    expect((await get('employee', '/v1/cases/ONBEKEND')).status).toBe(404);
  });
});

describe('a bundle', () => {
  it('is handed in and read', async () => {
    bundle = await journey.handInChat();
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
    const other = await journey.handInOther();
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

describe('the log', () => {
  it('had no accident on the way, and no word of a chat in its log', () => expectQuietLog(ground));
});
