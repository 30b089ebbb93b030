// Saved searches and the search-term report through the http door: what goes out, who may, and what the audit and the addresses hold.
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListSearches, SaveSearch } from '#contract/saved-search.ts';
import { ReportTerms } from '#contract/term-report.ts';
import { parseCsv } from '#core/text/csv.ts';
import { type FullGround, startFullGround } from './full-ground.ts';
import { startSmallIssuer } from './small-issuer.ts';

let ground: FullGround;
beforeAll(async () => {
  ground = await startFullGround();
  await ground.handIn('employee', 'WhatsApp-chat met Plein.txt', '12-11-2023 09:00 - Noor: de vergunning\n13-02-2024 09:00 - Noor: =1+1 vergunningen\n');
});
afterAll(() => ground.stop());

const question = { name: 'Vergunningen 🏗️', query: 'vergunning' };

describe('a saved search', () => {
  it('is saved and run, listed, opened page by page, run again and closed', async () => {
    const { call } = ground;
    const saved = await call('woo-coordinator', 'POST', '/v1/searches', question, { 'idempotency-key': 'een' });
    expect([saved.status, saved.json]).toMatchObject([201, { ...question, state: 'open', last: { n: 1, total: 2 } }]);
    const again = await call('woo-coordinator', 'POST', '/v1/searches', question, { 'idempotency-key': 'een' });
    expect(again.json).toEqual(saved.json);
    const path = `/v1/searches/${saved.json.id}`;
    expect((await call('woo-reviewer', 'GET', '/v1/searches')).json.items.map(({ id }: { id: string }) => id)).toEqual([saved.json.id]);
    expect((await call('woo-reviewer', 'GET', path)).json).toEqual(saved.json);

    const hits = await call('woo-reviewer', 'GET', `${path}/runs/1/hits?limit=1`);
    expect(hits.json.items[0]).toMatchObject({ kind: 'message', message: { text: '=1+1 vergunningen' }, matched: ['vergunningen'] });
    const rest = await call('woo-reviewer', 'GET', `${path}/runs/1/hits?limit=1&next=${hits.json.next}`);
    expect(rest.json).toMatchObject({ items: [{ message: { text: 'de vergunning' } }], next: null });
    expect((await call('woo-reviewer', 'GET', `${path}/runs/1/hits?next=${hits.json.next}&order=oldest`)).json).toMatchObject({ code: 'cursor.invalid' });

    await ground.handIn('employee', 'WhatsApp-chat met Brug.txt', '01-03-2025 09:00 - Noor: nog een vergunning\n');
    const run = await call('woo-coordinator', 'POST', `${path}/_run`, {});
    expect(run.json).toMatchObject({ n: 2, total: 3 });
    expect((await call('woo-reviewer', 'GET', `${path}/runs`)).json.items.map(({ n, total }: { n: number; total: number }) => [n, total])).toEqual([
      [2, 3],
      [1, 2],
    ]);
    expect((await call('woo-reviewer', 'GET', `${path}/runs/2`)).json).toMatchObject({
      parsed: 'vergunning',
      standing: { shown: 3 },
      difference: { with: 1, new: 1, gone: [], destroyed: [] },
    });
    expect((await call('woo-reviewer', 'GET', `${path}/runs/2/hits?show=new`)).json.items).toMatchObject([{ message: { text: 'nog een vergunning' } }]);
    const bundles = await call('woo-reviewer', 'GET', `${path}/runs/2/bundles?limit=1`);
    expect(bundles.json.items).toMatchObject([{ hits: 2, state: 'shown', certificateId: null }]);
    expect((await call('woo-reviewer', 'GET', `${path}/runs/2/bundles?limit=1&next=${bundles.json.next}`)).json).toMatchObject({
      items: [{ hits: 1 }],
      next: null,
    });

    expect((await call('woo-coordinator', 'POST', `${path}/_close`, { reason: 'mistake' })).json).toMatchObject({
      state: 'closed',
      closed: { reason: 'mistake' },
    });
    expect((await call('woo-coordinator', 'POST', `${path}/_run`, {})).json).toMatchObject({ status: 409, code: 'search.closed' });
  });

  it('leaves its words out of the audit, and names the record instead', async () => {
    const { json } = await ground.call('auditor', 'GET', '/v1/audit/events?actor=coordinator-1&limit=500');
    const events = json.items.filter(({ action }: { action: string }) => action.startsWith('search.'));
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: 'search.save', object: expect.stringMatching(/^search_/), result: 'done', facts: { run: 1, total: 2 } }),
        expect.objectContaining({ action: 'search.run', facts: { run: 2, total: 3 } }),
        expect.objectContaining({ action: 'search.close', facts: { reason: 'mistake' } }),
      ]),
    );
    expect(JSON.stringify(json)).not.toMatch(/vergunning/i);
    expect(ground.logged.join('\n')).not.toMatch(/vergunning/i);
  });

  it('is not there for a role without it, nor for a reviewer of another organisation', async () => {
    expect((await ground.call('employee', 'POST', '/v1/searches', question)).json).toMatchObject({ status: 403, code: 'access.denied' });
    expect((await ground.call('woo-reviewer', 'POST', '/v1/searches', question)).json).toMatchObject({ status: 403, code: 'access.denied' });
    const elsewhere = await startSmallIssuer();
    const token = await elsewhere.token({ sub: 'reviewer-1', roles: ['woo-reviewer'] });
    const answer = await ground.raw(null, 'GET', '/v1/searches', { headers: { authorization: `Bearer ${token}` } });
    await elsewhere.stop();
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'session.absent' }]);
  });

  it('is not kept without a name, or with a query that cannot be understood', async () => {
    expect((await ground.call('woo-coordinator', 'POST', '/v1/searches', { ...question, name: '  ' })).json).toMatchObject({
      status: 400,
      errors: [{ field: 'name' }],
    });
    expect((await ground.call('woo-coordinator', 'POST', '/v1/searches', { ...question, query: '"half' })).json).toMatchObject({ code: 'query.syntax' });
    expect(SaveSearch.safeParse({ ...question, filters: { from: '2025-01-02', to: '2025-01-01' } }).success).toBe(false);
    expect(ListSearches.parse({})).toMatchObject({ limit: 50 });
  });
});

describe('the search-term report', () => {
  const terms = ['=1+1', 'vergunning', 'onvindbaar'];

  it('is JSON for the screen', async () => {
    const { json } = await ground.call('woo-reviewer', 'POST', '/v1/terms/_report', { terms });
    expect(json.rows.map(({ term, hits, unique }: { term: string; hits: number; unique: number }) => [term, hits, unique])).toEqual([
      ['=1+1', 1, 0],
      ['vergunning', 3, 2],
      ['onvindbaar', 0, 0],
    ]);
    expect(json.settings).toMatchObject({ by: 'reviewer-1', version: expect.stringMatching(/^\d/), watermark: { bundles: { indexed: 2 } } });
  });

  it('is a workbook or a csv for who asks for it, whatever the terms begin with', async () => {
    const accept = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    const workbook = await ground.raw('woo-reviewer', 'POST', '/v1/terms/_report', { body: { terms }, headers: { accept } });
    expect([workbook.status, workbook.headers.get('content-type')]).toEqual([200, accept]);
    expect(workbook.headers.get('content-disposition')).toMatch(/^attachment; filename="zoektermen-\d{4}-\d\d-\d\d\.xlsx"$/);
    const parts = unzipSync(new Uint8Array(await workbook.arrayBuffer()));
    expect(Object.keys(parts).filter((name) => name.startsWith('xl/worksheets/sheet'))).toHaveLength(6);
    expect(Object.entries(parts).some(([name, bytes]) => name.startsWith('xl/worksheets/') && Buffer.from(bytes).includes('<f'))).toBe(false);

    const csv = await ground.raw('woo-reviewer', 'POST', '/v1/terms/_report', { body: { terms }, headers: { accept: 'text/csv' } });
    const { rows } = parseCsv(await csv.text());
    expect(rows.slice(0, 6).map(({ fields }) => fields.slice(0, 3))).toEqual([
      ['Zoektermen'],
      ['Zoekterm', 'Begrepen als', 'Treffers'],
      ["'=1+1", "'=1+1", '1'],
      ['vergunning', 'vergunning', '3'],
      ['onvindbaar', 'onvindbaar', '0'],
      ['Alle termen samen', expect.any(String), '3'],
    ]);
    expect(rows.map(({ fields }) => fields.join(': '))).toEqual(
      expect.arrayContaining(['Bundels doorzocht: 2', 'Zoekvraag zoals getypt: geen', 'Gezocht door: reviewer-1', 'Alleen van afzenders: geen']),
    );
  });

  it('is asked for in one way at a time, and a saved search brings its own filters', async () => {
    const complaints = (body: unknown) => ReportTerms.safeParse(body).error?.issues.map(({ path }) => path.join('.')) ?? [];
    expect(complaints({})).toEqual(['terms']);
    expect(complaints({ terms: ['a'], query: 'a' })).toEqual(['terms']);
    expect(complaints({ terms: ['a\nb'] })).toEqual(['terms.0']);
    expect(complaints({ searchId: `search_${'0'.repeat(26)}`, filters: {} })).toEqual(['filters']);
    expect((await ground.call('woo-reviewer', 'POST', '/v1/terms/_report', { searchId: `search_${'0'.repeat(26)}` })).status).toBe(404);
    expect((await ground.call('employee', 'POST', '/v1/terms/_report', { terms })).status).toBe(403);
  });

  it('leaves its terms out of the audit', async () => {
    const { json } = await ground.call('auditor', 'GET', '/v1/audit/events?actor=reviewer-1&limit=500');
    const reports = json.items.filter(({ action }: { action: string }) => action === 'term.report');
    expect(reports[0]).toMatchObject({ object: 'terms', facts: { queryHash: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(JSON.stringify(reports)).not.toMatch(/vergunning|onvindbaar/);
  });
});
