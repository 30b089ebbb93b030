// The doors as the ground calls them: schedule events, queue messages, "run now". On the engines, queue included; with the real PDF.
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeHold } from '#flow/place-hold.ts';
import { handler as applyHold } from '#functions/apply-hold.ts';
import { handler as applyRetention } from '#functions/apply-retention.ts';
import { handler as destroy } from '#functions/destroy-bundle.ts';
import { handler as execute } from '#functions/execute-destruction.ts';
import { handler as upkeep } from '#functions/nightly-upkeep.ts';
import { handler as propose } from '#functions/propose-destruction.ts';
import { type Services, servicesFromEnvironment } from '#runtime/services.ts';
import { ledgerKey } from '#store/table.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { anna, closedCase, confirmedList, type House, havingBundle, havingCase, listOf, newCaseId } from '#test/support/lifecycle.ts';

let engines: Engines;
let services: Services;
let house: House;

beforeAll(async () => {
  engines = await startEngines({ withQueue: true, config: { calendarStandsAt: '2026-03-02' } });
  process.env['WOORDSPOOR_CONFIG'] = JSON.stringify(engines.config);
  services = servicesFromEnvironment('test');
  house = { ...services, intakeDays: 14, renderCertificate: async () => new Uint8Array() };
});
afterAll(async () => {
  delete process.env['WOORDSPOOR_CONFIG'];
  await engines.stop();
});

const records = (...bodies: readonly string[]) =>
  ({ Records: bodies.map((body, i) => ({ messageId: `m${i}`, receiptHandle: 'r', body, attributes: {}, messageAttributes: {} })) }) as unknown as SQSEvent;

/** Takes what lies in a door's queue, as the event source does, and hands it to the door. */
async function deliver(name: string, door: (event: SQSEvent) => Promise<SQSBatchResponse | undefined>): Promise<number> {
  const QueueUrl = engines.config.queues[name];
  const { Messages = [] } = await engines.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  if (Messages.length === 0) return 0;
  expect(await door(records(...Messages.map(({ Body }) => Body ?? '')))).toEqual({ batchItemFailures: [] });
  for (const { ReceiptHandle } of Messages) await engines.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.length;
}

async function askedRun(job: string): Promise<string> {
  const id = services.ids.make('run');
  await services.runs.put({ id, job, state: 'waiting', startedAt: null, endedAt: null, report: null });
  return id;
}

describe('the nights of a bundle', () => {
  it('propose by the clock, execute on request, destroy by the queue, a certificate to read', async () => {
    await services.settings.put({ ...(await services.settings.get()).settings, coolingOffDays: 0 }, 0, {
      id: services.ids.make('event'),
      at: services.clock.now(),
      actor: 'test',
      role: 'administrator',
      action: 'settings.change',
      object: 'settings',
      result: 'done',
      origin: 'test',
    });
    const bundle = await havingBundle(house, [await havingCase(house, closedCase('2025-03-01'))], { word: 'purperzwaluw', attachments: 1 });
    expect(await propose({})).toBeUndefined();
    const list = await listOf(house, bundle.id);
    if (list === null) throw new Error('not proposed');
    await confirmedList(house, list.id);

    const run = await askedRun('execute-destruction');
    expect(await execute(records(JSON.stringify({ run })))).toEqual({ batchItemFailures: [] });
    expect(await services.runs.get(run)).toMatchObject({ state: 'done', report: { started: 1, handedOn: 1 } });
    expect(await deliver('destroy-bundle', destroy)).toBe(1);
    expect((await services.bundles.get(bundle.id))?.state).toBe('destroyed');
    expect(await deliver('execute-destruction', execute)).toBe(1);

    const done = await services.lists.get(list.id);
    expect(done).toMatchObject({ state: 'executed' });
    const pdf = await services.ledger.get(ledgerKey.certificatePdf(done?.certificateId ?? ''));
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf?.bytes ?? [])), { mergePages: true });
    expect(text).toContain('Verklaring van vernietiging');
    expect(text.replaceAll(/\s/g, '')).toContain(bundle.sha256);
    expect(text).not.toContain('purperzwaluw');
  });

  it('a run that comes to grief is failed and its message comes back; the next one does the work', async () => {
    await havingBundle(house, [await havingCase(house, closedCase('2025-03-01'))]);
    const odd = { pk: 'PENDING#hold', sk: 'odd' };
    await services.catalogue.put({ ...odd, since: '2026-01-01T00:00:00.000Z', facts: null });
    const run = await askedRun('propose-destruction');
    expect(await propose(records(JSON.stringify({ run })))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(await services.runs.get(run)).toMatchObject({ state: 'failed', report: null });
    await expect(propose({})).rejects.toThrow('door propose-destruction failed');

    await services.catalogue.remove(odd);
    expect(await propose(records(JSON.stringify({ run })))).toEqual({ batchItemFailures: [] });
    expect(await services.runs.get(run)).toMatchObject({ state: 'done', report: { proposed: 1 } });
    const kept = await askedRun('nightly-upkeep');
    expect(await upkeep(records(JSON.stringify({ run: kept })))).toEqual({ batchItemFailures: [] });
    expect(await services.runs.get(kept)).toMatchObject({ state: 'done', report: { ingest: 0 } });
  });
});

describe('queue doors', () => {
  it('apply a hold and a case', async () => {
    const id = newCaseId();
    const bundle = await havingBundle(house, [id]);
    const hold = await placeHold(services, anna, { reason: 'by-hand', note: null, scope: { caseIds: [id] } });
    const holdId = hold.ok ? hold.value.id : '';
    expect(await applyHold(records(JSON.stringify({ holdId })))).toEqual({ batchItemFailures: [] });
    expect(await applyRetention(records(JSON.stringify({ caseId: id })))).toEqual({ batchItemFailures: [] });
    expect((await services.bundles.get(bundle.id))?.holds).toEqual([holdId]);
  });

  it.each([
    ['destroy-bundle', destroy],
    ['apply-hold', applyHold],
    ['apply-retention', applyRetention],
  ] as const)('%s: what cannot be read fails alone', async (_, door) => {
    expect(await door(records('geen json', '{"holdId":1}'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }] });
  });

  it('execute-destruction tells lists from runs, and what cannot be read fails alone', async () => {
    const run = await askedRun('execute-destruction');
    const answer = await execute(records('geen json', JSON.stringify({ listId: services.ids.make('list') }), JSON.stringify({ run })));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect((await services.runs.get(run))?.state).toBe('done');
  });
});
