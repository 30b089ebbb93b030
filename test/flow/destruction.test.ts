// The main road: due → proposed → decided → cooled off → destroyed → certificate. On the engines (ARCHITECTURE 8; Archiefbesluit art. 8).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '#core/export/certificate.ts';
import { segmentsOf } from '#core/search/segment-list.ts';
import { executeDestruction } from '#flow/execute-destruction.ts';
import { proposeDestruction } from '#flow/propose-destruction.ts';
import { ledgerKey } from '#store/table.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import {
  carryOut,
  closedCase,
  confirmedList,
  everythingStored,
  havingBundle,
  havingCase,
  type Lifecycle,
  lifecycleOn,
  listOf,
  night,
  proposedList,
} from '#test/support/lifecycle.ts';

let engines: Engines;
let life: Lifecycle;

beforeAll(async () => {
  engines = await startEngines();
  life = lifecycleOn(engines, '2026-03-02');
});
afterAll(() => engines.stop());

describe('from due to certificate', () => {
  it('destroys what is due and leaves no word of it, and nothing of what is not due goes', async () => {
    const { house, setToday } = life;
    const short = await havingCase(house, closedCase('2025-03-01', { selection: '6.2', title: 'Bouw zwembad' }));
    const long = await havingCase(house, closedCase('2025-03-01', { selection: '6.1' }));
    const going = await havingBundle(house, [short], { word: 'purperzwaluw', attachments: 2, messages: 40 });
    const staying = await havingBundle(house, [long], { word: 'groenspecht' });
    const both = await havingBundle(house, [short, long], { word: 'blauwborst' });
    expect(await everythingStored(engines)).toContain('purperzwaluw');
    expect(going.retention.actionDate).toBe('2026-03-01');

    const list = await proposedList(house, going.id);
    expect(list).toMatchObject({ state: 'draft', selection: '6.2', items: 1, authorisation: 'per-list', name: 'Vernietigingslijst 6.2 van 02-03-2026' });
    expect(await listOf(house, staying.id)).toBeNull();
    expect(await listOf(house, both.id)).toBeNull();

    expect(await confirmedList(house, list.id)).toMatchObject({ state: 'cooling-off', executeFrom: '2026-03-09' });
    setToday('2026-03-08');
    expect(await executeDestruction(house, night)).toMatchObject({ started: 0, handedOn: 0 });
    expect((await house.bundles.get(going.id))?.state).toBe('indexed');

    setToday('2026-03-09');
    await carryOut(life);
    const done = await house.lists.get(list.id);
    expect(done).toMatchObject({ state: 'executed', excluded: [] });
    expect(await house.bundles.get(going.id)).toMatchObject({
      state: 'destroyed',
      sha256: going.sha256,
      caseIds: [short],
      counts: going.counts,
      segments: '',
      doubts: [],
      destruction: { listId: list.id, certificateId: done?.certificateId },
    });

    const stored = await everythingStored(engines);
    expect(stored).not.toContain('purperzwaluw');
    expect(stored).toContain('groenspecht');
    expect(stored).toContain('blauwborst');
    expect(await house.vault.countVersions(going.id)).toBe(0);
    expect(await house.index.verifyBundleAbsent(going.id, segmentsOf(going))).toBe(true);

    const head = await house.certificates.get(done?.certificateId ?? '');
    expect(head).toMatchObject({ number: 'V-2026-0001', listId: list.id });
    const json = await house.ledger.get(ledgerKey.certificateJson(head?.id ?? ''));
    expect(json?.sha256).toBe(head?.json.sha256);
    expect((await house.ledger.get(ledgerKey.certificatePdf(head?.id ?? '')))?.sha256).toBe(head?.pdf.sha256);
    const certificate = JSON.parse(Buffer.from(json?.bytes ?? []).toString('utf8')) as Certificate;
    expect(certificate).toMatchObject({
      keptPermanently: true,
      ground: { selections: ['6.2'], ownPeriods: false },
      authorisation: { kind: 'per-list' },
      categories: [{ selection: '6.2', bundles: 1, messages: 42, attachments: 2, dates: { first: '2024-02-13T09:00', last: '2024-02-13T10:00' } }],
      destroyed: [
        {
          bundleId: going.id,
          sha256: going.sha256,
          caseIds: [short],
          found: { versions: 3, segments: 1 },
          left: { index: 0, vault: 0, intake: 0, catalogue: 0 },
        },
      ],
      alreadyAbsent: [],
      leftOut: [],
      backups: { catalogueUntil: '2026-04-13' },
    });
    expect(certificate.authorisation.steps.map(({ action, role }) => `${action}/${role}`)).toEqual([
      'submit/records-manager',
      'review/records-manager',
      'authorise/archivist',
      'confirm/records-manager',
      'by-itself/system',
    ]);
    const events = (await house.audit.list({ object: going.id, limit: 100, next: null })).items.map(({ action }) => action);
    expect(events.filter((action) => action.startsWith('bundle.destroy'))).toEqual(['bundle.destroy', 'bundle.destroyed']);
    expect((await house.audit.list({ object: list.id, limit: 100, next: null })).items.map(({ action }) => action)).toEqual([
      'list.propose',
      'list.submit',
      'list.review',
      'list.authorise',
      'list.confirm',
      'list.execute',
      'list.executed',
    ]);
  });

  it('proposes the long one when its own time has come, and the one with both cases with it', async () => {
    life.setToday('2030-03-01');
    expect(await proposeDestruction(life.house, night)).toMatchObject({ due: 2, proposed: 2, lists: 1 });
  });
});
