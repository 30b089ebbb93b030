// Cases at the door: import with its preview, the work list, the look-up, and the door of the Notificaties API (ZGW).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startZgwServer, type ZgwServer } from '#test/support/zgw-server.ts';
import { type FullGround, startFullGround } from './full-ground.ts';

let server: ZgwServer;
let ground: FullGround;
beforeAll(async () => {
  server = await startZgwServer();
  ground = await startFullGround({ config: { zgw: server.config, calendarStandsAt: '2026-03-02' } });
});
afterAll(() => Promise.all([ground.stop(), server.stop()]));

const head = 'zaaknummer;titel;afgehandeld op;selectielijst';
const importing = (query: string, ...lines: string[]) =>
  ground.call('records-manager', 'POST', `/v1/cases/_import${query}`, { csv: [head, ...lines].join('\n'), reason: 'uit het oude zaaksysteem' });
const chat = (word: string) => `13-02-2024 09:00 - Noor de Wit: ${word}\n`;

describe('an import', () => {
  it('is looked at first: what moves, what comes due, what is no longer due', async () => {
    const bundle = await ground.handIn('employee', 'chat.txt', chat('kademuur'), { caseIds: ['IMP-1'] });
    const looked = await importing('?dryRun=true', 'IMP-1;Kade;01-01-2024;6.2', 'IMP-2;Brug;;');
    expect(looked.json).toMatchObject({
      dryRun: true,
      stored: false,
      totals: { new: 1, changed: 1, unchanged: 0, refused: 0, bundles: 1, datesMoved: 1, newlyDue: 1, noLongerDue: 0 },
      next: null,
    });
    expect(looked.json.lines[0]).toMatchObject({ line: 2, caseId: 'IMP-1', before: { actionDate: null }, after: { actionDate: '2025-01-01' } });
    expect((await ground.call('records-manager', 'GET', '/v1/cases/IMP-1')).json).toMatchObject({ verified: false });

    expect((await importing('', 'IMP-1;Kade;01-01-2024;6.2', 'IMP-2;Brug;;')).json).toMatchObject({
      dryRun: false,
      stored: true,
      totals: { new: 1, changed: 1 },
    });
    expect((await ground.call('records-manager', 'GET', `/v1/bundles/${bundle.id}`)).json.retention.actionDate).toBe('2025-01-01');
    expect((await ground.call('records-manager', 'GET', '/v1/cases/IMP-1')).json).toMatchObject({
      source: 'import',
      reason: 'uit het oude zaaksysteem',
      verified: true,
    });
    const back = await importing('?dryRun=true', 'IMP-1;Kade;01-03-2026;6.2');
    expect(back.json.totals).toMatchObject({ changed: 1, datesMoved: 1, newlyDue: 0, noLongerDue: 1 });
  });

  it('done again changes nothing', async () => {
    expect((await importing('', 'IMP-1;Kade;01-01-2024;6.2')).json).toMatchObject({ stored: false, totals: { unchanged: 1, changed: 0 } });
  });

  it('with a bad line says which and why, and stores nothing at all', async () => {
    const refused = await importing('', 'IMP-8;Plein;01-01-2024;6.1', 'IMP-9;Plein;31-02-2024;6.1', 'IMP-10;Plein;01-01-2024;99.9');
    expect(refused.json).toMatchObject({ stored: false, totals: { new: 0, refused: 2 } });
    expect(refused.json.lines).toMatchObject([
      { line: 3, outcome: 'refused', message: expect.stringContaining('geen dag die bestaat') },
      { line: 4, outcome: 'refused', message: expect.stringContaining('Selectielijst') },
    ]);
    expect((await ground.raw('records-manager', 'GET', '/v1/cases/IMP-8')).status).toBe(404);
  });

  it('is read as text/csv too, as it comes out of another system', async () => {
    const response = await ground.raw('administrator', 'POST', '/v1/cases/_import?dryRun=true', { headers: { 'content-type': 'text/csv' } });
    expect(response.status).toBe(400);
    const token = await ground.raw('administrator', 'POST', '/v1/cases/_import', {
      headers: { 'content-type': 'text/csv; charset=utf-8' },
      text: `${head}\nIMP-20;Kade;01-01-2024;6.1`,
    });
    expect(await token.json()).toMatchObject({ stored: true, totals: { new: 1 } });
  });

  it('shows two cases of one bundle as they come together', async () => {
    await ground.handIn('employee', 'chat2.txt', chat('sluisdeur'), { caseIds: ['IMP-31', 'IMP-32'] });
    const looked = await importing('?dryRun=true', 'IMP-31;a;01-01-2020;6.2', 'IMP-32;b;01-01-2020;6.1');
    expect(looked.json.lines.map((line: { newlyDue: number }) => line.newlyDue)).toEqual([0, 1]);
  });

  it('is refused to whoever may not', async () => {
    expect((await ground.raw('employee', 'POST', '/v1/cases/_import', { body: { csv: head } })).status).toBe(403);
  });

  it('leaves its counts in the audit log, and nothing of the file', async () => {
    const { json } = await ground.call('auditor', 'GET', '/v1/audit/events?object=cases');
    expect(json.items[0]).toMatchObject({ action: 'case.import', facts: { new: expect.any(Number), whole: true } });
    expect(JSON.stringify(json)).not.toContain('Kade');
  });
});

describe('the work list', () => {
  it('counts by reason, pages, and shows only what still is so', async () => {
    for (const id of ['WERK-1', 'WERK-2', 'WERK-3']) await ground.handIn('employee', `${id}.txt`, chat(id), { caseIds: [id] });
    await ground.call('records-manager', 'PUT', '/v1/cases/WERK-4', { state: 'closed', closedOn: '2026-01-01', selection: '2.1' });
    await ground.call('records-manager', 'PUT', '/v1/cases/WERK-5', { state: 'closed', closedOn: '2026-01-01' });
    await ground.call('records-manager', 'PUT', '/v1/cases/WERK-6', { state: 'closed', closedOn: '2026-01-01', selection: '19.1.17' });
    const all = (await ground.call('records-manager', 'GET', '/v1/case-work')).json;
    const count = (reason: string) => all.counts.find((one: { reason: string }) => one.reason === reason)?.cases;
    expect(count('unverified')).toBeGreaterThanOrEqual(3);
    expect([count('closed-without-date'), count('nomination-missing'), count('period-missing')]).toEqual([1, 1, 1]);
    const first = (await ground.call('records-manager', 'GET', '/v1/case-work?reason=unverified&limit=2')).json;
    expect(first.items).toHaveLength(2);
    const second = (await ground.call('records-manager', 'GET', `/v1/case-work?reason=unverified&limit=2&next=${first.next}`)).json;
    expect(second.items[0].id > first.items[1].id).toBe(true);
    await ground.call('records-manager', 'PUT', '/v1/cases/WERK-4', { state: 'closed', closedOn: '2026-01-01', selection: '6.1' });
    expect((await ground.call('records-manager', 'GET', '/v1/case-work?reason=closed-without-date')).json.items).toEqual([]);
  });
});

describe('a look-up', () => {
  it('tells an employee what the case system knows', async () => {
    server.giveResult(server.addCase('ZGW-1', { einddatum: '2026-02-28' }), { selectielijst: { nummer: '6.1', procestermijn: 'nihil' } });
    expect((await ground.call('employee', 'POST', '/v1/cases/ZGW-1/_lookup', {})).json).toEqual({
      id: 'ZGW-1',
      found: 'in-case-system',
      title: 'Aanvraag evenement',
      state: 'closed',
      explanation: 'bewaren tot 28-02-2031: zaak ZGW-1 afgehandeld 28-02-2026 + 5 jaar (Selectielijst 2020, 6.1)',
    });
    expect((await ground.call('employee', 'POST', '/v1/cases/ZGW-NIETS/_lookup', {})).json).toMatchObject({ found: 'nowhere' });
  });
});

describe('the door of the Notificaties API', () => {
  const notify = (body: unknown, authorization: string | null) =>
    ground.raw(null, 'POST', '/v1/zgw/notifications', { body, headers: authorization === null ? {} : { authorization } });
  const right = 'Bearer bericht-van-de-proef';
  const test = {
    kanaal: 'test',
    resource: 'test',
    actie: 'test',
    hoofdObject: 'http://example.com',
    resourceUrl: 'http://example.com',
    aanmaakdatum: '2026-03-02T10:00:00Z',
    kenmerken: {},
  };

  it('answers the test message 401 without, 403 with another, 204 with the agreed value', async () => {
    expect((await notify(test, null)).status).toBe(401);
    expect((await notify(test, 'Bearer iets-anders')).status).toBe(403);
    expect((await notify(test, right)).status).toBe(204);
    expect((await notify({ hallo: 1 }, right)).status).toBe(400);
    expect((await notify({ hallo: 1 }, null)).status).toBe(401);
  });

  it('brings the case up to date; twice is once, and a case that is not ours is let be', async () => {
    const url = server.addCase('ZGW-2');
    server.giveResult(url);
    const bundle = await ground.handIn('employee', 'chat3.txt', chat('vlonder'), { caseIds: ['ZGW-2'] });
    server.changeCase(url, { einddatum: '2026-02-28' });
    const message = {
      kanaal: 'zaken',
      hoofdObject: url,
      resource: 'status',
      resourceUrl: `${url}/x`,
      actie: 'create',
      aanmaakdatum: '2026-03-02T10:00:00Z',
      kenmerken: {},
    };
    for (let i = 0; i < 2; i++) expect((await notify(message, right)).status).toBe(204);
    await ground.drain();
    expect((await ground.call('records-manager', 'GET', '/v1/cases/ZGW-2')).json).toMatchObject({
      source: 'zgw',
      state: 'closed',
      retention: { actionDate: '2031-02-28' },
    });
    expect((await ground.call('records-manager', 'GET', `/v1/bundles/${bundle.id}`)).json.retention.actionDate).toBe('2031-02-28');
    const { json } = await ground.call('auditor', 'GET', '/v1/audit/events?object=case:ZGW-2');
    expect(json.items.filter(({ action }: { action: string }) => action === 'case.sync')).toHaveLength(1);

    server.changeCase(url, { einddatum: null });
    await notify(message, right);
    await ground.drain();
    expect((await ground.call('records-manager', 'GET', `/v1/bundles/${bundle.id}`)).json.retention.actionDate).toBeNull();

    await notify({ ...message, hoofdObject: server.addCase('ZGW-VREEMD') }, right);
    await ground.drain();
    expect((await ground.raw('records-manager', 'GET', '/v1/cases/ZGW-VREEMD')).status).toBe(404);
  });

  it('asks for nothing at an address of another house', async () => {
    const before = server.asked.length;
    await notify({ kanaal: 'zaken', hoofdObject: 'https://elders.voorbeeld.example/zaken/1', actie: 'update' }, right);
    await ground.drain();
    expect(server.asked.length).toBe(before);
  });

  it('the nightly poll can be asked for now', async () => {
    const { json } = await ground.call('administrator', 'POST', '/v1/jobs/sync-cases/_run', {});
    await ground.drain();
    expect((await ground.call('administrator', 'GET', `/v1/jobs/runs/${json.run}`)).json).toMatchObject({ state: 'done', report: { reachable: true } });
    expect((await ground.call('records-manager', 'GET', '/v1/case-work')).json.caseSystem).toMatchObject({ reachable: true });
  });
});
