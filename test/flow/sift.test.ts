// What was left out before a file was sent: it comes with the bundle, survives a broken registration, and goes with the bundle for good.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '#core/export/certificate.ts';
import type { StruckRange } from '#core/model/sift.ts';
import { readTableHead } from '#core/parse/generic/propose-mapping.ts';
import { changeSettings } from '#flow/change-settings.ts';
import { registerBundle, type SiftOrder } from '#flow/register-bundle.ts';
import { ledgerKey } from '#store/table.ts';
import { csvText } from '#test/fixtures/table-rows.ts';
import { androidChat, undecidedChat } from '#test/fixtures/whatsapp-lines.ts';
import { brokenAtEveryWrite } from '#test/support/breaking-clients.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { employee, ingested, servicesOn, sha256Of } from '#test/support/handed-in.ts';
import { carryOut, closedCase, confirmedList, everythingStored, havingCase, lifecycleOn, proposedList } from '#test/support/lifecycle.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

let count = 0;
const chat = () => androidChat(12, (i) => `regel ${i} van ${++count}`);
const untouched = sha256Of(Buffer.from('het hele bestand'));
const cut: SiftOrder = {
  mode: 'cut',
  originalSha256: untouched,
  originalSize: 5000,
  conversations: [
    {
      n: 1,
      ranges: [
        { from: 2, to: 4, reason: 'private' },
        { from: 5, to: 5, reason: 'health' },
        { from: 14, to: 15, reason: 'private' },
      ],
    },
  ],
  leftOut: [{ reason: 'other-case', conversations: 2, records: 30 }],
  files: 3,
};

describe('what was left out', () => {
  it('stands on the head as sums, and beside it as ranges', async () => {
    const services = servicesOn(engines);
    const bundle = await ingested(services, { fileName: 'a.txt', bytes: chat(), sift: cut });
    expect(bundle).toMatchObject({ state: 'indexed', counts: { records: 12 } });
    expect(bundle.sift).toEqual({
      mode: 'cut',
      originalSha256: untouched,
      originalSize: 5000,
      records: 6,
      reasons: [
        { reason: 'private', records: 5 },
        { reason: 'health', records: 1 },
      ],
      conversations: [1],
      leftOut: [{ reason: 'other-case', conversations: 2, records: 30 }],
      files: 3,
    });
    expect(await services.sifts.read(bundle.id, 1)).toEqual(cut.conversations[0]?.ranges);
    expect(await services.sifts.read(bundle.id, 2)).toEqual([]);
    const [registered] = (await services.audit.list({ object: bundle.id, limit: 10, next: null })).items;
    expect(registered).toMatchObject({ action: 'bundle.register', facts: { sift: 'cut', originalSha256: untouched, struck: 6 } });
  });

  it('may be as much as one half of a very long chat', async () => {
    const services = servicesOn(engines);
    const ranges = Array.from({ length: 45_000 }, (_, at): StruckRange => ({ from: at * 2, to: at * 2, reason: 'third-party' }));
    const bundle = await ingested(services, { fileName: 'a.txt', bytes: chat(), sift: { ...cut, conversations: [{ n: 1, ranges }] } });
    expect(await services.sifts.read(bundle.id, 1)).toEqual(ranges);
  });

  it('does not stand in the way of the same export with another selection, nor of the untouched file', async () => {
    const services = servicesOn(engines);
    const whole = chat();
    const sift = { ...cut, originalSha256: sha256Of(Buffer.from(whole)) };
    const bundles = [
      await ingested(services, { fileName: 'a.txt', bytes: chat(), sift, caseIds: ['ZAAK-A'] }),
      await ingested(services, { fileName: 'a.txt', bytes: chat(), sift, caseIds: ['ZAAK-B'] }),
      await ingested(services, { fileName: 'a.txt', bytes: whole }),
    ];
    expect(bundles.map(({ state }) => state)).toEqual(['indexed', 'indexed', 'indexed']);
  });

  it('tells the order of the dates where what is left proves it no more', async () => {
    const services = servicesOn(engines);
    const asked = await ingested(services, { fileName: 'a.txt', bytes: undecidedChat });
    const told = await ingested(services, {
      fileName: 'a.txt',
      bytes: `${undecidedChat}08/06/2023, 10:09 - Noor de Wit: slot\n`,
      sift: { ...cut, dateOrder: 'mdy' },
    });
    expect(asked.state).toBe('needs-answer');
    expect(told).toMatchObject({ state: 'indexed', period: { first: '2023-05-06T10:00' } });
  });

  it('tells which column is what, so that nobody is asked and the places hold', async () => {
    const services = servicesOn(engines);
    const bytes = [...csvText(2000)].join('');
    const { layout, proposal } = readTableHead('csv', Buffer.from(bytes));
    const asked = await ingested(services, { fileName: 'tabel.csv', bytes: `${bytes}` });
    const told = await ingested(services, { fileName: 'tabel.csv', bytes: `${bytes}\r\n`, sift: { ...cut, mappings: { [layout]: proposal } } });
    expect(asked.state).toBe('needs-answer');
    expect(told).toMatchObject({ state: 'indexed', answers: { mappings: { [layout]: proposal } } });
    expect(told.sift).not.toHaveProperty('mappings');
  });

  it('is refused where the whole file must be kept; marks are not', async () => {
    const services = servicesOn(engines);
    const order = { fileName: 'a.txt', size: 3, sha256: sha256Of(Buffer.from('abc')), caseIds: [] };
    await changeSettings(services, employee, { wholeOriginalRequired: true });
    try {
      expect(await registerBundle(services, employee, { ...order, sift: cut })).toMatchObject({ ok: false, fault: { code: 'sift.whole-required' } });
      const marked = await ingested(services, { fileName: 'a.txt', bytes: chat(), sift: { ...cut, mode: 'marked', leftOut: [], files: 0 } });
      expect(marked).toMatchObject({ state: 'indexed', sift: { mode: 'marked', records: 6 } });
    } finally {
      await changeSettings(services, employee, { wholeOriginalRequired: false });
    }
  });
});

describe('a registration that breaks', () => {
  it.each(['before', 'after'] as const)('%s any write has all its marks when it is made again', async (when) => {
    const breaks = await brokenAtEveryWrite(
      when,
      async () => {
        const { broken, house, breaker } = lifecycleOn(engines, '2026-03-02');
        return { world: { broken, house, bytes: Buffer.from(chat()) }, breaker };
      },
      ({ broken, bytes }) => registerBundle(broken, employee, { fileName: 'a.txt', size: bytes.length, sha256: sha256Of(bytes), caseIds: [], sift: cut }),
      async ({ house, bytes }, n) => {
        const id = await house.bundles.claimant(sha256Of(bytes));
        expect((await house.bundles.get(id ?? ''))?.sift?.records, `write ${n}`).toBe(6);
        expect(await house.sifts.read(id ?? '', 1), `write ${n}`).toEqual(cut.conversations[0]?.ranges);
        expect(await house.index.getNames(id ?? ''), `write ${n}`).not.toBeNull();
      },
    );
    expect(breaks).toBeGreaterThan(3);
  });
});

describe('destruction', () => {
  it('takes the marks with the bundle; the certificate counts what was handed in and nothing else', async () => {
    const own = await startEngines();
    try {
      const life = lifecycleOn(own, '2026-03-02');
      const { house } = life;
      const caseId = await havingCase(house, closedCase('2025-03-01', { selection: '6.2' }));
      const bundle = await ingested(house, { fileName: 'a.txt', bytes: chat(), caseIds: [caseId], sift: cut });
      expect(await house.sifts.isAbsent(bundle.id)).toBe(false);
      const list = await confirmedList(house, (await proposedList(house, bundle.id)).id);
      life.setToday('2026-03-09');
      await carryOut(life);
      const head = await house.bundles.get(bundle.id);
      expect(head?.state).toBe('destroyed');
      expect(head).not.toHaveProperty('sift');
      expect(await house.sifts.isAbsent(bundle.id)).toBe(true);
      expect((await house.catalogue.query({ partition: ['pk', `BUNDLE#${bundle.id}`], limit: 10 })).items.map(({ sk }) => sk)).toEqual(['HEAD']);
      const id = (await house.lists.get(list.id))?.certificateId ?? '';
      const certificate = JSON.parse(Buffer.from((await house.ledger.get(ledgerKey.certificateJson(id)))?.bytes ?? []).toString()) as Certificate;
      expect(JSON.stringify(certificate)).toContain('"records":12');
      expect(JSON.stringify(certificate)).not.toContain(untouched);
      // The log keeps what was announced; nothing else knows the untouched file any more.
      const traces = (await everythingStored(own)).split('\n').filter((line) => line.includes(untouched));
      expect(traces.every((line) => line.includes('bundle.register') && !line.includes('HEAD'))).toBe(true);
    } finally {
      await own.stop();
    }
  });
});
