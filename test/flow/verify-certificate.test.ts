// A certificate is held against the ledger and the stores on any later day; what does not fit is named.

import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleId, CertificateId } from '#core/model/id.ts';
import { executeList } from '#flow/execute-destruction.ts';
import { verifyCertificate } from '#flow/verify-certificate.ts';
import { vaultKey } from '#store/table.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { closedCase, confirmedList, drain, havingBundle, havingCase, type Lifecycle, lifecycleOn, night, proposedList } from '#test/support/lifecycle.ts';

let engines: Engines;
let life: Lifecycle;
let id: CertificateId;
const bundles: BundleId[] = [];

beforeAll(async () => {
  engines = await startEngines();
  life = lifecycleOn(engines, '2026-03-02');
  for (let i = 0; i < 12; i++) bundles.push((await havingBundle(life.house, [await havingCase(life.house, closedCase('2025-03-01'))])).id);
  const list = await proposedList(life.house, bundles[0] as BundleId);
  await confirmedList(life.house, list.id);
  life.setToday('2026-03-09');
  life.sent.length = 0;
  await executeList(life.house, night, list.id);
  await drain(life);
  id = (await life.house.lists.get(list.id))?.certificateId as CertificateId;
}, 60_000);
afterAll(() => engines.stop());

const verified = async (from = 0, forMs = 60_000) => {
  const found = await verifyCertificate(life.house, id, from, forMs);
  if (!found.ok) throw new Error(found.fault.code);
  return found.value;
};

describe('a certificate', () => {
  it('is unchanged, and nothing of what it names is left', async () => {
    expect(await verified()).toEqual({ json: 'unchanged', pdf: 'unchanged', bundles: 12, checked: 12, remaining: [], next: null });
  });

  it('is read back part by part when time is short', async () => {
    expect(await verified(0, 0)).toMatchObject({ checked: 10, next: 10 });
    expect(await verified(10, 0)).toMatchObject({ checked: 2, next: null });
    expect(await verified(99)).toMatchObject({ checked: 0, next: null });
  });

  it('that nobody made is not found', async () => {
    expect(await verifyCertificate(life.house, 'certificate_01J00000000000000000000000', 0, 1000)).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  });

  it('names what lies in the vault again, as after a copy that was put back', async () => {
    const [bundleId] = bundles as [BundleId];
    await engines.s3.send(new PutObjectCommand({ Bucket: engines.config.buckets.vault, Key: vaultKey.original(bundleId), Body: 'terug' }));
    expect((await verified()).remaining).toEqual([{ bundleId, places: ['vault'] }]);
    await life.house.vault.emptyPrefix(bundleId);
    expect((await verified()).remaining).toEqual([]);
  });

  it('names a head that says the bundle is there, as in a catalogue of before', async () => {
    const bundleId = bundles[1] as BundleId;
    const getMany: typeof life.house.bundles.getMany = async (ids) =>
      (await life.house.bundles.getMany(ids)).map((one) => (one.id === bundleId ? { ...one, state: 'indexed' } : one));
    const found = await verifyCertificate({ ...life.house, bundles: { ...life.house.bundles, getMany } }, id, 0, 60_000);
    expect(found).toMatchObject({ ok: true, value: { remaining: [{ bundleId, places: ['catalogue-head'] }] } });
  });

  it('says when a document is another than was made, or gone, and reads nothing by a changed one', async () => {
    const get: typeof life.house.ledger.get = async (key) => {
      const entry = await life.house.ledger.get(key);
      return entry === null || key.endsWith('.pdf') ? null : { ...entry, sha256: 'x' };
    };
    const found = await verifyCertificate({ ...life.house, ledger: { ...life.house.ledger, get } }, id, 0, 60_000);
    expect(found).toEqual({ ok: true, value: { json: 'changed', pdf: 'missing', bundles: 0, checked: 0, remaining: [], next: null } });
  });
});
