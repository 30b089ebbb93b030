// Every fault code answers with its status and its sentence; those that a route can give are given by that route.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '#contract/problem.ts';
import { type FaultCode, faultStatus } from '#core/model/fault.ts';
import { faultText } from '#core/model/text.nl.ts';
import { problemResponse } from '#functions/api/problem.ts';
import { routes } from '#functions/api/routes.ts';
import type { CallOptions } from './api-ground.ts';
import { type FullGround, type Person, startFullGround } from './full-ground.ts';

let ground: FullGround;
const ids = { small: '', large: '', expired: '' };
const sha256 = () => createHash('sha256').update(randomBytes(8)).digest('hex');
beforeAll(async () => {
  ground = await startFullGround({
    config: { limits: { multipartFromBytes: 6 * 2 ** 20, partBytes: 5 * 2 ** 20, uploadLinkSeconds: 600, intakeDays: 14, sessionHours: 8, answerBytes: null } },
  });
  const register = async (size: number) =>
    (await ground.call('employee', 'POST', '/v1/bundles', { fileName: 'chat.zip', size, sha256: sha256() })).json.bundle.id;
  [ids.small, ids.large, ids.expired] = [await register(10), await register(6 * 2 ** 20), await register(6 * 2 ** 20)];
  const { bundles, intake, clock } = ground.services;
  const head = await bundles.get(ids.expired);
  if (head?.upload.kind === 'multipart') await intake.abort(head.id, head.upload.uploadId);
  expect(clock.today()).toMatch(/^\d{4}/);
});
afterAll(() => ground.stop());

type Ask = readonly [who: Person | null, method: string, path: string | (() => string), body?: unknown, options?: CallOptions];
const zeros = '0'.repeat(26);
const given: Partial<Record<FaultCode, Ask>> = {
  'input.invalid': ['records-manager', 'PUT', '/v1/cases/Z-1', { state: 'maybe' }],
  'query.syntax': ['woo-coordinator', 'POST', '/v1/messages/_search', { query: '(a' }],
  'cursor.invalid': ['records-manager', 'GET', '/v1/bundles?next=abc'],
  'session.absent': [null, 'GET', '/v1/me'],
  'access.denied': ['auditor', 'POST', '/v1/messages/_search', { query: 'a' }],
  'not-found': ['employee', 'GET', `/v1/bundles/bundle_${zeros}`],
  'method.not-allowed': ['employee', 'DELETE', `/v1/bundles/bundle_${zeros}`],
  'media-type.not-acceptable': ['employee', 'GET', '/v1/me', undefined, { headers: { accept: 'text/csv' } }],
  'media-type.unsupported': ['employee', 'POST', '/v1/bundles', { a: 1 }, { headers: { 'content-type': 'text/plain' } }],
  'payload.too-large': ['records-manager', 'POST', '/v1/holds', { note: 'x'.repeat(1_200_000) }],
  'bundle.wrong-state': ['employee', 'POST', () => `/v1/bundles/${ids.small}/answers`, { code: 'date-order.ambiguous', choice: 'dmy' }],
  'upload.incomplete': ['employee', 'POST', () => `/v1/bundles/${ids.large}/complete`, { parts: [{ number: 1, etag: 'x' }] }],
  'upload.expired': ['employee', 'POST', () => `/v1/bundles/${ids.expired}/complete`, { parts: [{ number: 1, etag: 'x' }] }],
  'case.closed-without-date': ['records-manager', 'PUT', '/v1/cases/Z-1', { state: 'closed' }],
  'case.selection-unknown': ['records-manager', 'PUT', '/v1/cases/Z-1', { state: 'open', selection: '99.99' }],
  'case.retention-contradicts': ['records-manager', 'PUT', '/v1/cases/Z-1', { state: 'open', selection: '6.1', nomination: 'keep' }],
  'job.unknown': ['administrator', 'POST', '/v1/jobs/geen/_run'],
};

describe('a fault', () => {
  it.each(Object.keys(faultStatus) as FaultCode[])('has its status and its sentence: %s', async (code) => {
    const response = problemResponse({ code, errors: [{ field: 'x', message: 'y' }], ids: { bundleId: 'bundle_1' } });
    expect(response.status).toBe(faultStatus[code]);
    expect(Problem.parse(await response.json())).toEqual({
      type: `urn:woordspoor:fault:${code}`,
      status: faultStatus[code],
      code,
      ...faultText[code],
      errors: [{ field: 'x', message: 'y' }],
      bundleId: 'bundle_1',
    });
  });

  it.each(Object.entries(given) as [FaultCode, Ask][])('is given by a route: %s', async (code, [who, method, path, body, options = {}]) => {
    const response = await ground.raw(who, method, typeof path === 'string' ? path : path(), { body, ...options });
    expect([response.status, response.headers.get('content-type'), await response.json()]).toMatchObject([
      faultStatus[code],
      'application/problem+json',
      { code, ...faultText[code] },
    ]);
  });

  it('is given to a pattern that stands for too many words, instead of a part of the answer', async () => {
    const words = Array.from({ length: 2100 }, (_, i) => `zz${(i + 1000).toString(36)}`);
    const lines = Array.from(
      { length: 70 },
      (_, i) => `17-05-2022 10:${String(i % 60).padStart(2, '0')} - Aafke: ${words.slice(i * 30, (i + 1) * 30).join(' ')}`,
    );
    await ground.handIn('employee', 'WhatsApp-chat met Aafke.txt', lines.join('\n'));
    const { json } = await ground.call('woo-coordinator', 'POST', '/v1/messages/_search', { query: 'zz*' });
    expect(json).toMatchObject({ status: 400, code: 'query.expansion-too-wide' });
  });

  it('says with 405 what may be asked, and with 409 of a duplicate where the first is', async () => {
    const response = await ground.raw('employee', 'DELETE', `/v1/bundles/bundle_${zeros}`);
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    const body = { fileName: 'a.txt', size: 5, sha256: sha256() };
    const first = await ground.call('employee', 'POST', '/v1/bundles', body);
    const second = await ground.call('employee-2', 'POST', '/v1/bundles', body);
    expect(second.json).toMatchObject({ code: 'bundle.duplicate', bundleId: first.json.bundle.id });
  });

  it('is declared by no route with a code that is none', () => {
    const declared = routes.flatMap(({ faults = [] }) => faults);
    expect(declared.length).toBeGreaterThan(10);
    expect(declared.filter((code) => !(code in faultStatus))).toEqual([]);
  });
});

describe('registering twice with one key', () => {
  it('makes one bundle and gives a link again', async () => {
    const body = { fileName: 'b.txt', size: 5, sha256: sha256() };
    const post = () => ground.call('employee', 'POST', '/v1/bundles', body, { 'idempotency-key': 'b-1' });
    const [first, again] = [await post(), await post()];
    expect([again.status, again.json.bundle]).toEqual([201, first.json.bundle]);
    expect(again.json.upload).toMatchObject({ kind: 'single', method: 'PUT' });
    const other = await ground.call('employee', 'POST', '/v1/bundles', { ...body, size: 6 }, { 'idempotency-key': 'b-1' });
    expect(other.json.code).toBe('idempotency.different-request');
  });
});

describe('a large upload', () => {
  it('goes in parts, and starts by its arrival', async () => {
    const bytes = Buffer.alloc(6 * 2 ** 20, '16-05-2022 10:00 - Aafke: nog een regel tekst\n');
    const { json } = await ground.call('employee', 'POST', '/v1/bundles', {
      fileName: 'c.txt',
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(json.upload).toEqual({ kind: 'multipart', partSize: 5 * 2 ** 20, partCount: 2 });
    expect(json.bundle.upload).toEqual(json.upload);
    const { json: signed } = await ground.call('employee', 'POST', `/v1/bundles/${json.bundle.id}/parts`, { numbers: [1, 2] });
    const parts = await Promise.all(
      signed.items.map(async ({ number, url, headers }: { number: number; url: string; headers: Record<string, string> }) => {
        const sent = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes.subarray((number - 1) * 5 * 2 ** 20, number * 5 * 2 ** 20)) });
        return { number, etag: sent.headers.get('etag') };
      }),
    );
    const completed = await ground.call('employee', 'POST', `/v1/bundles/${json.bundle.id}/complete`, { parts });
    expect([completed.status, completed.json.id]).toEqual([200, json.bundle.id]);
    expect((await ground.call('employee-2', 'POST', `/v1/bundles/${json.bundle.id}/parts`, { numbers: [1] })).status).toBe(404);
  });
});

describe('a large download', () => {
  it('goes by a link where an answer may not be so long, and a range is cut', async () => {
    const { download } = await import('#functions/api/download.ts');
    const file = {
      name: 'chat met Aafke.zip',
      size: 100,
      mediaType: null,
      link: async () => 'https://opslag.example/neutraal',
      open: async (from: number, to: number) => Buffer.alloc(to - from) as unknown as AsyncIterable<Uint8Array>,
    };
    const whole = await download(file, undefined, 10);
    expect(whole.ok && [whole.value.status, whole.value.headers.get('location')]).toEqual([307, 'https://opslag.example/neutraal']);
    const range = await download({ ...file, open: async (from, to) => [new Uint8Array(to - from)] as unknown as AsyncIterable<Uint8Array> }, 'bytes=20-89', 10);
    expect(range.ok && [range.value.status, range.value.headers.get('content-range'), (await range.value.arrayBuffer()).byteLength]).toEqual([
      206,
      'bytes 20-29/100',
      10,
    ]);
  });
});
