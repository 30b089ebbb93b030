// Registration, signed parts and completion, on the engines: exactly these bytes, once, and an upload can be taken up again.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completeUpload } from '#flow/complete-upload.ts';
import { type Registered, registerBundle } from '#flow/register-bundle.ts';
import { type SignedPart, signParts } from '#flow/sign-parts.ts';
import type { Services } from '#runtime/services.ts';
import { androidChat } from '#test/fixtures/whatsapp-lines.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { arrive, employee, servicesOn, sha256Of } from '#test/support/handed-in.ts';

let engines: Engines;
let services: Services;
const arrived: string[] = [];

beforeAll(async () => {
  engines = await startEngines({
    onObjectCreated: ({ Records }) => {
      for (const record of Records) arrived.push(decodeURIComponent(record.s3.object.key.replaceAll('+', ' ')));
    },
  });
  const base = servicesOn(engines);
  services = { ...base, limits: { ...base.limits, multipartFromBytes: 6 * 2 ** 20, partBytes: 5 * 2 ** 20 } };
});
afterAll(() => engines.stop());

const send = async (signed: Pick<SignedPart, 'method' | 'url' | 'headers'>, body: Uint8Array) =>
  fetch(signed.url, { method: signed.method, headers: signed.headers, body: new Uint8Array(body) });

async function register(bytes: Uint8Array, more: { readonly partChecksums?: boolean } = {}): Promise<Registered> {
  const answer = await registerBundle(services, employee, { fileName: 'chat.txt', size: bytes.length, sha256: sha256Of(bytes), caseIds: [], ...more });
  if (!answer.ok) throw new Error(answer.fault.code);
  return answer.value;
}

async function value<T>(
  answer: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: { readonly code: string } }>,
): Promise<T> {
  const given = await answer;
  if (!given.ok) throw new Error(given.fault.code);
  return given.value;
}

describe('the same file', () => {
  test('twice is refused with the first', async () => {
    const bytes = randomBytes(100);
    const { bundle } = await register(bytes);
    const again = await registerBundle(services, employee, { fileName: 'x.txt', size: 100, sha256: sha256Of(bytes), caseIds: [] });
    expect(again).toEqual({ ok: false, fault: { code: 'bundle.duplicate', ids: { bundleId: bundle.id } } });
  });

  test('registered many times at once has one bundle that waits', async () => {
    const bytes = randomBytes(100);
    const order = { fileName: 'x.txt', size: 100, sha256: sha256Of(bytes), caseIds: [] };
    const answers = await Promise.all(Array.from({ length: 8 }, () => registerBundle(services, employee, order)));
    const made = answers.flatMap((answer) => (answer.ok ? [answer.value.bundle.id] : []));
    expect(made).toHaveLength(1);
    expect(await services.bundles.claimant(order.sha256)).toBe(made[0]);
    for (const answer of answers) if (!answer.ok) expect(answer.fault.code).toBe('bundle.duplicate');
  });
});

describe('a small upload', () => {
  test('can be taken up again with a fresh link', async () => {
    const bytes = Buffer.from(androidChat(3, () => 'klein'));
    const { bundle, upload } = await register(bytes);
    expect(upload).toMatchObject({ kind: 'single', method: 'PUT' });
    const [part] = await value(signParts(services, bundle.id, { numbers: [1] }));
    expect((await send(part!, bytes)).status).toBe(200);
    expect(await completeUpload(services, bundle.id, [])).toMatchObject({ ok: true });
    await arrive(services, bundle.id);
    expect(await signParts(services, bundle.id, { numbers: [1] })).toMatchObject({ ok: false, fault: { code: 'bundle.wrong-state' } });
    expect(await completeUpload(services, bundle.id, [])).toMatchObject({ ok: true, value: { state: 'indexed' } });
  });

  test('is not complete before it has come', async () => {
    const { bundle } = await register(randomBytes(10));
    expect(await completeUpload(services, bundle.id, [{ number: 1, etag: 'x' }])).toMatchObject({ ok: false, fault: { code: 'upload.incomplete' } });
    expect(await arrive(services, bundle.id)).toBe('wait');
    expect((await services.bundles.get(bundle.id))?.state).toBe('awaiting-upload');
  });
});

describe('a large upload', () => {
  const text = Buffer.from(androidChat(60_000, (i) => `regel ${i} ${'van een lang gesprek over de kade '.repeat(5)}`));

  test.each([true, false])('goes part by part, is taken up again, and starts the work (checksums of parts: %s)', async (partChecksums) => {
    const bytes = Buffer.concat([text, Buffer.from(`13-02-2024 09:00 - Noor: ${partChecksums}\n`)]);
    const { bundle, upload } = await register(bytes, { partChecksums });
    if (upload.kind !== 'multipart') throw new Error('not in parts');
    expect(upload).toEqual({ kind: 'multipart', partSize: 5 * 2 ** 20, partCount: Math.ceil(bytes.length / (5 * 2 ** 20)) });
    const numbers = Array.from({ length: upload.partCount }, (_, i) => i + 1);
    const bodies = numbers.map((n) => bytes.subarray((n - 1) * upload.partSize, n * upload.partSize));
    const parts: { number: number; etag: string }[] = [];
    const sendAll = async (wanted: readonly number[]) => {
      const sha256 = partChecksums ? wanted.map((n) => sha256Of(bodies[n - 1]!)) : undefined;
      for (const signed of await value(signParts(services, bundle.id, { numbers: wanted, sha256 }))) {
        const answer = await send(signed, bodies[signed.number - 1]!);
        expect(answer.status).toBe(200);
        parts.push({ number: signed.number, etag: answer.headers.get('etag') ?? '' });
      }
    };
    await sendAll(numbers.slice(1));
    expect(await completeUpload(services, bundle.id, parts)).toMatchObject({ ok: false, fault: { code: 'upload.incomplete', errors: [{ field: 'parts.1' }] } });
    await sendAll([1]);
    expect(
      await completeUpload(
        services,
        bundle.id,
        parts.map((part) => ({ ...part, etag: 'niet deze' })),
      ),
    ).toMatchObject({ ok: false, fault: { code: 'upload.incomplete' } });
    const completed = await Promise.all([completeUpload(services, bundle.id, parts), completeUpload(services, bundle.id, parts)]);
    expect(completed.map((answer) => answer.ok)).toEqual([true, true]);
    expect((await completeUpload(services, bundle.id, parts)).ok).toBe(true);
    await expect.poll(() => arrived).toContain(`uploads/${bundle.id}`);
    await arrive(services, bundle.id);
    expect(await services.bundles.get(bundle.id)).toMatchObject({ state: 'indexed', counts: { records: 60_001 } });
  });

  test('asks for the hash of each part when that was promised', async () => {
    const { bundle } = await register(Buffer.concat([text, randomBytes(8)]), { partChecksums: true });
    expect(await signParts(services, bundle.id, { numbers: [1] })).toMatchObject({
      ok: false,
      fault: { code: 'input.invalid', errors: [{ field: 'sha256' }] },
    });
  });

  test('knows which part numbers there are', async () => {
    const { bundle } = await register(Buffer.concat([text, randomBytes(9)]));
    expect(await signParts(services, bundle.id, { numbers: [1, 0, 99] })).toMatchObject({
      ok: false,
      fault: { code: 'input.invalid', errors: [{ field: 'numbers.1' }, { field: 'numbers.2' }] },
    });
  });

  test('that was broken off is expired', async () => {
    const { bundle } = await register(Buffer.concat([text, randomBytes(10)]));
    if (bundle.upload.kind !== 'multipart') throw new Error('not in parts');
    await services.intake.abort(bundle.id, bundle.upload.uploadId);
    expect(await completeUpload(services, bundle.id, [])).toMatchObject({ ok: false, fault: { code: 'upload.expired' } });
  });
});

test('an unknown bundle is not found', async () => {
  expect(await signParts(services, 'bundle_0', { numbers: [1] })).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  expect(await completeUpload(services, 'bundle_0', [])).toMatchObject({ ok: false, fault: { code: 'not-found' } });
});
