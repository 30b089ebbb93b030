// The door that files come in by: what a message names, and what happens with work that another is doing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlesNamed, ingestNamed } from '#functions/ingest-bundle.ts';
import { androidChat } from '#test/fixtures/whatsapp-lines.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { handIn, servicesOn } from '#test/support/handed-in.ts';

const id = 'bundle_01M86W7GCWENQGZBQ2K5M1ZNJB';
const created = (key: string, eventName = 'ObjectCreated:Put') => ({ eventName, s3: { object: { key } } });

describe('a message', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['asks for a bundle', { bundleId: id }, [id]],
    ['tells of an object', { Records: [created(`uploads/${id}`)] }, [id]],
    ['tells of an object in the per cents of S3', { Records: [created(`uploads%2F${id}`)] }, [id]],
    ['tells of several objects', { Records: [created(`uploads/${id}`), created(`uploads/${id}`, 'ObjectCreated:CompleteMultipartUpload')] }, [id, id]],
    ['tells of another prefix', { Records: [created('else/where')] }, []],
    ['tells of a removal', { Records: [created(`uploads/${id}`, 'ObjectRemoved:Delete')] }, []],
    ["is the bucket's own test", { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }, []],
  ])('that %s', (_case, body, named) => {
    expect(bundlesNamed(body)).toEqual(named);
  });

  test.each([[null], ['text'], [{}], [{ bundleId: 'x' }], [{ Records: [{ eventName: 'x' }] }]])('that says nothing of use fails: %j', (body) => {
    expect(() => bundlesNamed(body)).toThrow('names no bundle');
  });
});

describe('the door', () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines.stop());

  test('sends a bundle that another is reading again, for when that lease is over', async () => {
    const services = servicesOn(engines);
    const bundle = await handIn(services, { fileName: 'a.txt', bytes: androidChat(5) });
    const lease = { until: services.clock.epochMs() + 30_000, attempt: 'another' };
    await services.bundles.move(bundle.id, ['awaiting-upload'], 'received', services.clock.now(), services.clock.today());
    await services.bundles.move(bundle.id, ['received'], 'ingesting', services.clock.now(), services.clock.today(), { lease });
    await ingestNamed(services, bundle.id);
    expect(services.sent).toEqual([{ door: 'ingest-bundle', message: { bundleId: bundle.id }, delaySeconds: expect.any(Number) }]);
    expect(services.sent[0]!.delaySeconds).toBeGreaterThan(20);
    expect(services.sent[0]!.delaySeconds).toBeLessThanOrEqual(31);

    await ingestNamed({ ...services, clock: { ...services.clock, epochMs: () => lease.until + 1 } }, bundle.id);
    expect((await services.bundles.get(bundle.id))?.state).toBe('indexed');
    expect(services.sent).toHaveLength(1);
  });
});
