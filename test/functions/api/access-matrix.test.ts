// Every route × every role: the door lets in exactly whom the table lets in. The routes are those of the published document.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, grantOf } from '#core/model/access.ts';
import { openApiOf } from '#functions/api/openapi.ts';
import { routes } from '#functions/api/routes.ts';
import { type FullGround, type Person, people, startFullGround } from './full-ground.ts';

let ground: FullGround;
beforeAll(async () => {
  ground = await startFullGround();
});
afterAll(() => ground.stop());

const zeros = '0'.repeat(26);
const values: Readonly<Record<string, string>> = { caseId: 'GEEN-ZAAK', n: '1', job: 'geen-taak', run: `run_${zeros}`, door: 'geen-deur' };

/** An address at which nothing is, so that whoever is let in changes nothing. */
function addressOf(path: string): string {
  const kind = path.split('/')[1] ?? '';
  const ids: Readonly<Record<string, string>> = {
    bundles: 'bundle',
    holds: 'hold',
    'destruction-lists': 'list',
    certificates: 'certificate',
    custodians: 'custodian',
    searches: 'search',
  };
  return `/v1${path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => (name === 'id' ? `${ids[kind]}_${zeros}` : (values[name] ?? '')))}`;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly action: Action;
}
const { paths } = openApiOf(routes, 'https://archief.voorbeeld.example') as { paths: Record<string, Record<string, { 'x-action'?: Action }>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { 'x-action': action }]): Operation[] =>
    action === undefined ? [] : [{ method: method.toUpperCase(), path, action }],
  ),
);
const everybody = Object.keys(people) as Person[];

describe('access', () => {
  it('has a route for every line of the published document', () => {
    expect(operations.length).toBe(routes.length);
    expect(operations.length).toBeGreaterThan(35);
  });

  it.each(operations)('$method $path asks who is there', async ({ method, path }) => {
    const response = await ground.raw(null, method, addressOf(path), method === 'GET' ? {} : { body: {} });
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'session.absent' }]);
  });

  it.each(operations.flatMap((operation) => everybody.map((who) => ({ ...operation, who }))))('$who: $method $path', async ({ who, method, path, action }) => {
    const response = await ground.raw(who, method, addressOf(path), method === 'GET' ? {} : { body: {} });
    const allowed = grantOf([people[who][1]], action) !== null;
    expect(response.status === 403).toBe(!allowed);
    expect(response.status).not.toBe(401);
    expect(response.status).toBeLessThan(500);
  });

  /** What API.md and ARCHITECTURE 11 say in words, written out so that a slip in the table is seen. */
  it.each([
    ['PUT', '/v1/cases/Z-1', ['records-manager', 'records-manager-2', 'administrator']],
    ['POST', '/v1/messages/_search', ['employee', 'employee-2', 'woo-coordinator', 'woo-reviewer']],
    ['POST', '/v1/searches', ['woo-coordinator']],
    ['POST', `/v1/searches/search_${zeros}/_run`, ['woo-coordinator']],
    ['POST', `/v1/searches/search_${zeros}/_close`, ['woo-coordinator']],
    ['GET', `/v1/searches/search_${zeros}/runs/1/hits`, ['woo-coordinator', 'woo-reviewer']],
    ['POST', `/v1/destruction-lists/list_${zeros}/_submit`, ['records-manager', 'records-manager-2']],
    ['POST', `/v1/destruction-lists/list_${zeros}/_review`, ['records-manager', 'records-manager-2']],
    ['POST', `/v1/destruction-lists/list_${zeros}/_authorise`, ['archivist']],
    ['POST', `/v1/destruction-lists/list_${zeros}/_confirm`, ['records-manager', 'records-manager-2']],
    ['POST', '/v1/jobs/geen-taak/_run', ['administrator']],
    ['PATCH', '/v1/settings', ['archivist', 'administrator']],
    ['GET', '/v1/custodians', ['employee', 'employee-2', 'woo-coordinator', 'records-manager', 'records-manager-2', 'administrator']],
    ['POST', '/v1/custodians', ['records-manager', 'records-manager-2', 'administrator']],
    ['DELETE', `/v1/custodians/custodian_${zeros}`, ['records-manager', 'records-manager-2', 'administrator']],
    ['GET', '/v1/audit/events', ['auditor']],
    ['POST', '/v1/audit/_verify', ['auditor']],
    [
      'GET',
      `/v1/bundles/bundle_${zeros}/original`,
      ['employee', 'employee-2', 'woo-coordinator', 'woo-reviewer', 'records-manager', 'records-manager-2', 'archivist'],
    ],
    [
      'POST',
      '/v1/bundles',
      ['employee', 'employee-2', 'woo-coordinator', 'woo-reviewer', 'records-manager', 'records-manager-2', 'archivist', 'administrator'],
    ],
  ])('lets into %s %s exactly %j', async (method, path, expected) => {
    const statuses = await Promise.all(
      everybody.map(async (who) => [who, (await ground.raw(who, method, path, method === 'GET' ? {} : { body: {} })).status] as const),
    );
    expect(statuses.filter(([, status]) => status !== 403).map(([who]) => who)).toEqual(expected);
  });

  it('wrote a refusal for everybody who was refused', async () => {
    const { json } = await ground.call('auditor', 'GET', '/v1/audit/events?actor=employee-2&limit=500');
    const refused = json.items.filter(
      (event: { result: string; facts?: { code?: string } }) => event.result === 'refused' && event.facts?.code === 'access.denied',
    );
    expect(new Set(refused.map(({ action }: { action: Action }) => action))).toEqual(
      new Set(operations.filter(({ action }) => grantOf(['employee'], action) === null).map(({ action }) => action)),
    );
  });
});
