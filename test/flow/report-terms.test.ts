// The search-term report on the engines: every term its own row, counted over one answer; held against searches of each term by itself.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '#core/model/bundle.ts';
import type { SearchQuestion } from '#core/model/saved-search.ts';
import type { TermReport } from '#core/model/term-report.ts';
import { addCustodian } from '#flow/add-custodian.ts';
import { type ReportOrder, reportTerms } from '#flow/report-terms.ts';
import { saveSearch } from '#flow/save-search.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { employee, handIn, ingested } from '#test/support/handed-in.ts';
import { anna, type House, lifecycleOn, person } from '#test/support/lifecycle.ts';

const wilma = person('sub-wilma', 'woo-coordinator');
let engines: Engines;
let house: House;
let first: Bundle;

const lines = [
  '12-11-2023 09:00 - Noor de Wit: de vergunning voor het plein',
  '13-02-2024 09:00 - Noor de Wit: vergunningen en subsidie',
  '13-02-2024 09:01 - Jan Smit: subsidie 👍',
  '14-03-2024 10:00 - Jan Smit: het plein is klaar',
];

beforeAll(async () => {
  engines = await startEngines();
  house = lifecycleOn(engines, '2026-03-02').house;
  const added = await addCustodian(house, anna, {
    name: 'Wethouder Meijer',
    function: 'wethouder',
    subject: employee.subject,
    rhythm: null,
    from: null,
    reminder: 'Graag inleveren',
  });
  expect(added.ok).toBe(true);
  first = await ingested(house, { fileName: 'WhatsApp-chat met Plein.txt', bytes: `${lines.join('\n')}\n` });
  await ingested(house, { fileName: 'WhatsApp-chat met Subsidie.txt', bytes: '05-05-2025 12:00 - Eva Bos: subsidie\n' });
  await handIn(house, { fileName: 'WhatsApp-chat met Later.txt', bytes: '05-05-2025 12:00 - Eva Bos: subsidie later\n' });
});
afterAll(() => engines.stop());

const everything: Pick<SearchQuestion, 'filters' | 'switchedOff'> = {
  filters: { caseIds: [], bundleIds: [], conversations: [], custodianIds: [], kinds: [], senders: [], platforms: [], from: null, to: null },
  switchedOff: [],
};

async function report(order: ReportOrder): Promise<TermReport> {
  const made = await reportTerms(house, wilma, order);
  if (!made.ok) throw new Error(`${made.fault.code} ${JSON.stringify(made.fault.errors)}`);
  return made.value;
}

const listOf = (...terms: readonly string[]): ReportOrder => ({ kind: 'terms', terms, ...everything });

describe('a list of terms', () => {
  it('has a row for each, also for what finds nothing, in the order in which they were typed', async () => {
    const { rows, total } = await report(listOf('vergunning', 'subsidie', 'onvindbaar', 'plein OF "is klaar"', '👍', 'vergunning'));
    expect(rows.map(({ term, hits, unique, conversations, first: from, last: to }) => [term, hits, unique, conversations, from, to])).toEqual([
      ['vergunning', 2, 0, 1, '2023-11-12', '2024-02-13'],
      ['subsidie', 3, 1, 2, '2024-02-13', '2025-05-05'],
      ['onvindbaar', 0, 0, 0, null, null],
      ['plein OF "is klaar"', 2, 1, 1, '2023-11-12', '2024-03-14'],
      ['👍', 1, 0, 1, '2024-02-13', '2024-02-13'],
      ['vergunning', 2, 0, 1, '2023-11-12', '2024-02-13'],
    ]);
    expect(total).toMatchObject({ hits: 5, messages: 5, inAttachments: 0, conversations: 2, first: '2023-11-12', last: '2025-05-05' });
  });

  it('counts as a search of each term by itself does', async () => {
    const terms = ['vergunning', 'subsid*', 'NIET plein', 'van:jan', 'datum:2024', 'subsidie NABIJ/2 vergunningen'];
    const { rows } = await report(listOf(...terms));
    const alone = await Promise.all(
      terms.map(async (query) => {
        const found = await house.searchMessages({ query, limit: 1 }, { kind: 'all' });
        return found.ok ? found.value.total : -1;
      }),
    );
    expect(rows.map(({ hits }) => hits)).toEqual(alone);
    expect(alone).toEqual([2, 3, 3, 2, 3, 1]);
  });

  it('tells whose chats it was found in, and in which months', async () => {
    const { rows } = await report(listOf('subsidie'));
    expect(rows[0]?.byCustodian).toEqual([{ custodianId: expect.stringMatching(/^custodian_/), name: 'Wethouder Meijer', hits: 3 }]);
    expect(rows[0]?.byMonth).toEqual([
      { month: '2024-02', hits: 2 },
      { month: '2025-05', hits: 1 },
    ]);
  });

  it('prints the settings that were used: filters that count, words that were refused, and what was not searched', async () => {
    const filters = { ...everything.filters, bundleIds: [first.id], from: '2024-01-01' as never };
    const made = await report({ kind: 'terms', terms: ['vergunning', 'subsidie'], filters, switchedOff: [{ leaf: 'vergunning', terms: ['vergunningen'] }] });
    expect(made.rows.map(({ hits }) => hits)).toEqual([0, 2]);
    expect(made.settings).toMatchObject({ query: null, searchId: null, filters, by: 'sub-wilma', today: '2026-03-02' });
    expect(made.expansions[0]).toEqual({ leaf: 'vergunning', terms: [{ term: 'vergunningen', messages: 1, off: true }] });
    expect(made.settings.watermark.bundles).toMatchObject({ indexed: 2, 'awaiting-upload': 1 });
    expect(made.excluded).toEqual([{ bundleId: expect.any(String), state: 'awaiting-upload' }]);
  });

  it('names every term that cannot be understood, each with its position', async () => {
    const refused = await reportTerms(house, wilma, listOf('goed', '(half', 'ook~goed', 'a OF'));
    expect(refused).toMatchObject({ ok: false, fault: { code: 'query.syntax' } });
    const places = refused.ok ? [] : (refused.fault.errors ?? []).map(({ field, position }) => [field, typeof position]);
    expect(places).toEqual([
      ['terms.1', 'number'],
      ['terms.2', 'number'],
      ['terms.3', 'number'],
    ]);
  });
});

describe('the words of one query', () => {
  it('are the rows, beside the query itself', async () => {
    const { rows, total, settings } = await report({ kind: 'query', query: 'subsidie EN (vergunning OF "is klaar") NIET plein', ...everything });
    expect(rows.map(({ term, hits }) => [term, hits])).toEqual([
      ['subsidie', 3],
      ['vergunning', 2],
      ['"is klaar"', 1],
      ['plein', 2],
    ]);
    expect(total).toMatchObject({ hits: 1, line: '(subsidie EN (vergunning OF "is klaar") EN NIET plein)' });
    expect(settings.query).toBe('subsidie EN (vergunning OF "is klaar") NIET plein');
  });

  it('on several lines are a list of terms; of a saved search they are its own, filters too', async () => {
    const saved = await saveSearch(house, wilma, 'Lijst', {
      query: 'subsidie\nplein',
      ...everything,
      filters: { ...everything.filters, bundleIds: [first.id] },
    });
    if (!saved.ok) throw new Error(saved.fault.code);
    const { rows, settings } = await report({ kind: 'search', searchId: saved.value.id });
    expect(rows.map(({ term, hits }) => [term, hits])).toEqual([
      ['subsidie', 2],
      ['plein', 2],
    ]);
    expect(settings).toMatchObject({ searchId: saved.value.id, filters: { bundleIds: [first.id] } });
    expect(await reportTerms(house, wilma, { kind: 'search', searchId: `search_${'0'.repeat(26)}` as never })).toMatchObject({
      ok: false,
      fault: { code: 'not-found' },
    });
  });
});
