// Upkeep: what has stood still is sent again, what never came is closed, and nothing young is touched.
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bundle } from '#core/model/bundle.ts';
import { CaseId } from '#core/model/id.ts';
import { nightlyUpkeep } from '#flow/nightly-upkeep.ts';
import { placeHold } from '#flow/place-hold.ts';
import { registerBundle } from '#flow/register-bundle.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { employee, handIn, sha256Of } from '#test/support/handed-in.ts';
import { anna, havingBundle, type Lifecycle, lifecycleOn, night } from '#test/support/lifecycle.ts';

const engines: Engines[] = [];
let life: Lifecycle;
async function archive(): Promise<Lifecycle> {
  const started = await startEngines();
  engines.push(started);
  return lifecycleOn(started, '2026-03-02');
}
beforeEach(async () => {
  life = await archive();
});
afterAll(() => Promise.all(engines.map((one) => one.stop())));

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const upkeep = () => nightlyUpkeep(life.house, night);
const told = () => life.sent.splice(0).map(({ door, message }) => [door, message]);

async function announced(one: Lifecycle, size: number, text: string): Promise<Bundle> {
  const answer = await registerBundle({ ...one.house, limits: { multipartFromBytes: 1000, partBytes: 5 * 2 ** 20 } }, employee, {
    fileName: 'a.txt',
    size,
    sha256: sha256Of(Buffer.from(text)),
    caseIds: [CaseId.parse('ZAAK-UPKEEP')],
  });
  if (!answer.ok) throw new Error(answer.fault.code);
  return answer.value.bundle;
}

describe('stuck work', () => {
  it('that is received, being read or being destroyed for an hour is sent again', async () => {
    const { house } = life;
    const received = await handIn(house, { fileName: 'a.txt', bytes: '13-02-2024 09:00 - Noor: een\n' });
    const reading = await handIn(house, { fileName: 'b.txt', bytes: '13-02-2024 09:00 - Noor: twee\n' });
    const destroying = await havingBundle(house, []);
    const at = house.clock.now();
    const listId = house.ids.make('list');
    await house.bundles.move(received.id, ['awaiting-upload'], 'received', at, '2026-03-02');
    await house.bundles.move(reading.id, ['awaiting-upload'], 'received', at, '2026-03-02');
    await house.bundles.move(reading.id, ['received'], 'ingesting', at, '2026-03-02');
    await house.bundles.move(destroying.id, ['indexed'], 'destroying', at, '2026-03-02', {
      destruction: { listId, certificateId: null, startedAt: at, doneAt: null },
    });
    life.sent.length = 0;
    expect(await upkeep()).toEqual({ ingest: 0, destroy: 0, holds: 0, cases: 0, attachments: 0, uploadsExpired: 0 });
    expect(told()).toEqual([]);
    life.pass(hour + 1000);
    expect(await upkeep()).toEqual({ ingest: 2, destroy: 1, holds: 0, cases: 0, attachments: 0, uploadsExpired: 0 });
    expect(told()).toEqual([
      ['ingest-bundle', { bundleId: received.id }],
      ['ingest-bundle', { bundleId: reading.id }],
      ['destroy-bundle', { listId, bundleId: destroying.id }],
    ]);
  });

  it('of a hold in the making and of a case begun is sent again', async () => {
    const { house, broken, breaker } = life;
    const bundle = await havingBundle(house, []);
    breaker.breakAt(1);
    await expect(placeHold(broken, anna, { reason: 'by-hand', note: null, scope: { bundleIds: [bundle.id] } })).rejects.toThrow('broken');
    await house.pending.begin('case', 'ZAAK-9', house.clock.now());
    life.sent.length = 0;
    expect(await upkeep()).toMatchObject({ holds: 0, cases: 0 });
    life.pass(hour + 1000);
    expect(await upkeep()).toMatchObject({ holds: 1, cases: 1 });
    expect(told().map(([door]) => door)).toEqual(['apply-hold', 'apply-retention']);
  });

  it('of which the message that the file has come was lost is sent again, whatever its age', async () => {
    const bundle = await handIn(life.house, { fileName: 'a.txt', bytes: '13-02-2024 09:00 - Noor: kwijt\n' });
    life.pass(15 * day);
    life.sent.length = 0;
    expect(await upkeep()).toMatchObject({ ingest: 1, uploadsExpired: 0 });
    expect(told()).toEqual([['ingest-bundle', { bundleId: bundle.id }]]);
    expect((await life.house.bundles.get(bundle.id))?.state).toBe('awaiting-upload');
  });
});

describe('an upload that never came', () => {
  it('is closed after fourteen days; the file may then be announced anew', async () => {
    const bundle = await announced(life, 10, 'nooit');
    life.pass(14 * day - hour);
    expect(await upkeep()).toMatchObject({ uploadsExpired: 0 });
    life.pass(2 * hour);
    expect(await upkeep()).toMatchObject({ uploadsExpired: 1 });
    expect(await life.house.bundles.get(bundle.id)).toMatchObject({ state: 'refused', problem: { code: 'upload.expired' } });
    expect(await upkeep()).toMatchObject({ uploadsExpired: 0 });
    expect((await announced(life, 10, 'nooit')).id).not.toBe(bundle.id);
  });

  it.each(['before', 'after'] as const)('leaves nothing, also when broken %s every write', { timeout: 120_000 }, async (when) => {
    let n = 0;
    const breaks = await brokenAtEveryWrite<{ life: Lifecycle; bundle: Bundle }>(
      when,
      async () => {
        const bundle = await announced(life, 6 * 2 ** 20, `deel ${when} ${++n}`);
        life.pass(15 * day);
        return { world: { life, bundle }, breaker: life.breaker };
      },
      () => nightlyUpkeep(life.broken, night),
      async ({ bundle }, at) => {
        const { house } = life;
        expect(await house.bundles.get(bundle.id), `write ${at}`).toMatchObject({ state: 'refused', problem: { code: 'upload.expired' } });
        expect(await house.bundles.claimant(bundle.sha256), `write ${at}`).toBeNull();
        expect(await house.intake.listParts(bundle.id, bundle.upload.kind === 'multipart' ? bundle.upload.uploadId : ''), `write ${at}`).toBeNull();
        const events = (await house.audit.list({ object: bundle.id, limit: 10, next: null })).items.map(({ action }) => action);
        expect(events, `write ${at}`).toEqual(['bundle.register', 'bundle.refuse']);
        for await (const { id } of house.pending.each('expiry')) expect(id, `write ${at}`).not.toBe(bundle.id);
      },
    );
    expect(breaks).toBeGreaterThan(5);
    const left = await life.house.s3.send(new ListMultipartUploadsCommand({ Bucket: life.house.config.buckets.intake }));
    expect(left.Uploads ?? []).toEqual([]);
  });
});
