// Fills an empty archive as people would: through the public API, with the demo clients. Safe to run again after a break.
import { createHash } from 'node:crypto';
import { demoCustodians } from './custodians.ts';
import { demoCases, demoExports, demoHold, demoOrganisation } from './exports.ts';

type Json = Record<string, unknown>;

export interface SeedReport {
  readonly cases: number;
  readonly bundles: number;
}

/** `baseUrl`: where the window and API answer, e.g. `http://localhost:8080`. */
export async function seedDemo(baseUrl: string): Promise<SeedReport> {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (client: string) => {
    const held = tokens.get(client) ?? fetchToken(baseUrl, client);
    tokens.set(client, held);
    return held;
  };
  const call = async (client: string, method: string, path: string, body?: Json): Promise<{ status: number; json: Json }> => {
    const answer = await fetch(`${baseUrl}/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${await tokenOf(client)}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = (await answer.json()) as Json;
    if (!answer.ok && answer.status !== 409) throw new Error(`demo: ${method} ${path} answered ${answer.status} ${String(json['code'])}`);
    return { status: answer.status, json };
  };

  await call('demo-administrator', 'PATCH', 'settings', { organisation: demoOrganisation });
  for (const { id, body } of demoCases) await call('demo-records-manager', 'PUT', `cases/${id}`, { ...body });
  for (const one of demoExports) {
    const bytes = await one.bytes();
    const { status, json } = await call(one.client, 'POST', 'bundles', {
      fileName: one.fileName,
      size: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      caseIds: [one.caseId],
      keepDecision: { formal: true, reasons: ['municipal-task'], recordedElsewhere: false },
    });
    if (status === 409) continue;
    const upload = json['upload'] as { url: string; method: string; headers: Record<string, string> };
    const sent = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: new Blob([bytes]) });
    if (!sent.ok) throw new Error(`demo: upload answered ${sent.status}`);
  }
  const register = (await call('demo-records-manager', 'GET', 'custodians')).json['items'] as readonly { readonly name: string }[];
  for (const one of demoCustodians) {
    if (register.some(({ name }) => name === one.facts.name)) continue;
    const { id } = (await call('demo-records-manager', 'POST', 'custodians', { ...one.facts })).json;
    if (!('leavingOn' in one)) continue;
    await call('demo-records-manager', 'PATCH', `custodians/${id}`, { leavingOn: one.leavingOn });
    for (const step of one.done) await call('demo-records-manager', 'POST', `custodians/${id}/_step`, { step, state: 'done' });
  }
  const holds = (await call('demo-records-manager', 'GET', 'holds')).json['items'] as unknown[];
  if (holds.length === 0) await call('demo-records-manager', 'POST', 'holds', { ...demoHold, scope: { caseIds: [...demoHold.scope.caseIds] } });
  return { cases: demoCases.length, bundles: demoExports.length };
}

async function fetchToken(baseUrl: string, client: string): Promise<string> {
  const answer = await fetch(`${baseUrl}/oidc/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: 'demo' }),
  });
  if (!answer.ok) throw new Error(`demo: no token for ${client} (${answer.status})`);
  return ((await answer.json()) as { access_token: string }).access_token;
}
